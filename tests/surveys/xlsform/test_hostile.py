"""Files that mean harm, and files that are only broken, get a clear refusal.

Nothing but `Imported` or `UnusableQuestionnaire` ever comes out, whatever goes in.
"""

import contextlib
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.native_files import UnusableQuestionnaire
from surveys.soundness import unsound
from surveys.xlsform import read_xlsform
from surveys.xlsform.workbook import LARGEST_FILE
from tests.surveys.xlsform.building import YES_NO, workbook

QUESTION = {"type": "text", "name": "a", "label": "What?"}
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is>'
    "</c></row></sheetData></worksheet>"
)


def refusal(data: bytes) -> str:
    with pytest.raises(UnusableQuestionnaire) as refused:
        read_xlsform(data)
    return refused.value.problems[0].words


def replaced(data: bytes, part: str, content: bytes) -> bytes:
    """The workbook with other bytes in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return file.getvalue()


def test_what_is_no_workbook_is_refused() -> None:
    for data in (b"", b"PK\x03\x04 and no more", b"type,name,label", b"<html></html>"):
        assert "not an .xlsx workbook" in refusal(data)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "workbook" in refusal(file.getvalue())


def test_a_large_file_is_refused_unread() -> None:
    assert "can have up to" in refusal(b"PK\x03\x04" + bytes(LARGEST_FILE))


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = replaced(workbook([QUESTION]), "xl/worksheets/sheet1.xml", bytes(60 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    assert "unpacks to" in refusal(bomb)


def test_entities_are_not_expanded() -> None:
    bomb = replaced(workbook([QUESTION]), "xl/worksheets/sheet1.xml", BOMB.encode())
    assert "workbook" in refusal(bomb)


def test_ten_thousand_questions_are_refused() -> None:
    rows = [{**QUESTION, "name": f"q{number}"} for number in range(10_000)]
    assert "10,000 rows" in refusal(workbook(rows))


def test_groups_a_thousand_deep_are_refused() -> None:
    begins = [{"type": "begin_group", "name": f"g{n}", "label": "Group"} for n in range(1_000)]
    assert "deep" in refusal(workbook([*begins, QUESTION, *[{"type": "end_group"}] * 1_000]))


def test_one_long_list_of_choices_for_every_question_is_refused() -> None:
    rows = [{"type": "select_one c", "name": f"q{n}", "label": "Which?"} for n in range(1_000)]
    choices = [{"list_name": "c", "name": f"c{n}", "label": f"Choice {n}"} for n in range(1_000)]
    assert "choices of all its questions" in refusal(workbook(rows, choices))


def test_a_text_that_is_stored_once_and_used_a_thousand_times_is_refused() -> None:
    rows = [{**QUESTION, "name": f"q{number}", "label": "long " * 5_000} for number in range(1_000)]
    data = workbook(rows)
    assert len(data) < 100_000
    assert "characters" in refusal(data)


def test_hundreds_of_languages_for_every_question_are_refused() -> None:
    row = {**QUESTION, **{f"label::L{number}": "x" for number in range(400)}}
    assert "cells" in refusal(workbook([{**row, "name": f"q{number}"} for number in range(300)]))


def test_conditions_that_are_too_long_together_are_refused() -> None:
    relevant = " or ".join(f"${{a}} = '{number}'" for number in range(300))
    rows = [{**QUESTION, "name": f"q{n}", "relevant": relevant} for n in range(200)]
    assert "conditions" in refusal(workbook([QUESTION, *rows]))


def test_marks_that_are_never_closed_are_words() -> None:
    words = "**a " * 8_000
    (question,) = read_xlsform(workbook([{**QUESTION, "label": words}])).questionnaire.questions
    assert question.text == words.strip()


def test_a_sheet_of_thousands_of_columns_is_refused() -> None:
    row = {**QUESTION, **{f"column{number}": "x" for number in range(600)}}
    assert "columns" in refusal(workbook([row]))


def test_a_row_far_down_is_not_reached_for() -> None:
    data = workbook([QUESTION])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>text</t></is></c></row>'
        b"</sheetData>",
    )
    read = read_xlsform(replaced(data, "xl/worksheets/sheet1.xml", far))
    assert [question.key for question in read.questionnaire.questions] == ["a"]


def test_a_form_that_asks_nothing_is_refused() -> None:
    assert "Nothing in it can be asked" in refusal(workbook([{"type": "start", "name": "s"}]))


def test_a_workbook_without_a_survey_is_refused_in_words() -> None:
    assert "survey" in refusal(workbook([], YES_NO))


def test_what_is_wrong_with_the_form_is_told_with_its_row() -> None:
    words = refusal(workbook([QUESTION, {**QUESTION, "label": "Again?"}]))
    assert "3" in words
    assert "unique" in words


TELLING = (
    *("text", "select_one yes_no", "begin_group", "end_group", "or_other", "true()"),
    *("${a}", "((((", "selected(${a}", "not(", "date('x')", "${", "=1+1", "a", "b", "1e999"),
)
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(TELLING),
)
COLUMNS = ("type", "name", "label", "label::Welsh (cy)", "hint", "relevant", "constraint")


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.dictionaries(st.sampled_from((*COLUMNS, "required", "appearance")), CELLS)),
)
def test_any_cells_give_a_questionnaire_or_a_refusal(rows: list[dict[str, str]]) -> None:
    fit = [
        {name: "".join(c for c in cell if c.isprintable()) for name, cell in row.items()}
        for row in rows
    ]
    data = workbook([QUESTION, *fit], YES_NO)
    with contextlib.suppress(UnusableQuestionnaire):
        assert unsound(read_xlsform(data).questionnaire) == []


@settings(max_examples=150)
@given(st.integers(0, 6_000), st.binary(min_size=1, max_size=40))
def test_any_damage_gives_a_questionnaire_or_a_refusal(place: int, wrong: bytes) -> None:
    data = workbook([QUESTION], YES_NO)
    damaged = data[:place] + wrong + data[place + len(wrong) :]
    with contextlib.suppress(UnusableQuestionnaire):
        assert unsound(read_xlsform(damaged).questionnaire) == []
