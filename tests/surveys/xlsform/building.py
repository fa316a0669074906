"""XLSForm workbooks made of a few rows, for the tests of the importer."""

import io
from collections.abc import Mapping, Sequence

import openpyxl

from surveys.imported import Imported
from surveys.questionnaire import Question
from surveys.xlsform import read_xlsform

Row = Mapping[str, str]

TITLED = {"form_title": "Parks"}
YES_NO = (
    {"list_name": "yes_no", "name": "yes", "label": "Yes"},
    {"list_name": "yes_no", "name": "no", "label": "No"},
)
PARKS = (
    {"list_name": "parks", "name": "north", "label": "North park"},
    {"list_name": "parks", "name": "south", "label": "South park"},
    {"list_name": "parks", "name": "none", "label": "None of them"},
)


def workbook(
    survey: Sequence[Row],
    choices: Sequence[Row] = (),
    settings: Row | None = None,
    *,
    sheets: Mapping[str, Sequence[Row]] | None = None,
) -> bytes:
    """`sheets` stand beside the three that every form has."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    form = {"survey": survey, "choices": choices, "settings": [settings or TITLED]}
    for name, rows in {**form, **(sheets or {})}.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def imported(
    survey: Sequence[Row], choices: Sequence[Row] = (), settings: Row | None = None
) -> Imported:
    return read_xlsform(workbook(survey, choices, settings))


def asked(row: Row, *, choices: Sequence[Row] = (*YES_NO, *PARKS)) -> Question:
    """What one row becomes; `label` and `name` are filled in."""
    (question,) = imported(
        [{"name": "a", "label": "What?", **row}], choices
    ).questionnaire.questions
    return question


def noted(read: Imported) -> str:
    return "\n".join(f"{note.where}: {note.what}" for note in read.notes)
