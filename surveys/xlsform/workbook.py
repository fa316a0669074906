"""An `.xlsx` file made sure of and read by pyxform into its tree of groups and questions."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from msgspec import Struct
from pyxform.errors import PyXFormError
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData, get_xlsform

from app.problems import Problem
from surveys.native_files import LARGEST_FILE as NATIVE_LARGEST
from surveys.native_files import UnusableQuestionnaire
from surveys.soundness import MOST_OPTIONS, MOST_QUESTIONS
from surveys.typed import shortened

LARGEST_FILE = 8 * 1024 * 1024
LARGEST_UNPACKED = 48 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 500
MOST_ROWS = 2 * MOST_QUESTIONS
MOST_CHOICES = 20_000
MOST_CELLS = 100_000
MOST_CHARACTERS = 2 * NATIVE_LARGEST
DEEPEST_GROUPS = 30
MOST_OF_CONDITIONS = 500_000
LONGEST_GAP = 100
LONGEST_MESSAGE = 300

READ = frozenset({"survey", "choices", "settings", "external_choices"})
_COMMAND = re.compile(
    r"^\s*(select|begin|end|rank)\S*( one| multiple| all that apply| group| repeat)?", re.IGNORECASE
)
_RULES = frozenset({"relevant", "relevance", "constraint", "bind:relevant", "bind::relevant"})
_OR_OTHER = re.compile(r"[ _]or[ _](specify[ _])?other\s*$", re.IGNORECASE)
# pyxform straightens quotation marks, which expressions need and words do not: words wear masks
# of Unicode's private characters while they pass through it.
_MASKED = str.maketrans("‘’“”", "\ue0f0\ue0f1\ue0f2\ue0f3")
_UNMASKED = str.maketrans("\ue0f0\ue0f1\ue0f2\ue0f3", "‘’“”")
_WORDS = ("label", "hint", "form_title", "title")

_NOT_A_WORKBOOK = "It is not an .xlsx workbook. Save the form as an Excel workbook and try again"
# Everything that openpyxl was seen to raise on workbooks damaged by chance and on purpose.
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Form(Struct, frozen=True):
    """pyxform's own tree (`children`, each with `type`, `name`, `label`…), the settings by their
    bare names, the names of the questions that offer “other” with a text box, and the sheets that
    were not read."""

    tree: Mapping[str, Any]
    settings: Mapping[str, str]
    with_other: frozenset[str]
    unread: tuple[str, ...]


def refused(words: str) -> UnusableQuestionnaire:
    return UnusableQuestionnaire([Problem("The workbook", words)])


def read_form(data: bytes) -> Form:
    """Raises UnusableQuestionnaire for a file that is no workbook, no XLSForm, or too large."""
    _check_archive(data)
    try:
        _check_cells(data)
        sheets = get_xlsform(io.BytesIO(data), file_type=".xlsx")
    except UnusableQuestionnaire:
        raise
    except PyXFormError as wrong:
        raise refused(_told(wrong)) from None
    except _UNREADABLE:
        raise refused(_NOT_A_WORKBOOK) from None
    _check_sheets(sheets)
    survey, with_other = _tidied(sheets.survey or ())
    _check_depth(survey)
    _check_conditions(survey)
    settings = dict((sheets.settings or [{}])[0])
    tree = _tree(sheets, survey, settings)
    _check_offered(tree.get("children", ()))
    return Form(
        tree=tree,
        settings={_bare(name): value for name, value in settings.items()},
        with_other=with_other,
        unread=tuple(each for each in sheets.sheet_names or () if each.lower() not in READ),
    )


def _check_archive(data: bytes) -> None:
    """A zip says how large its parts are before they are unpacked, and Python unpacks no more."""
    if len(data) > LARGEST_FILE:
        raise refused(f"It has {len(data):,} bytes and can have up to {LARGEST_FILE:,}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _UNREADABLE:
        raise refused(_NOT_A_WORKBOOK) from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        raise refused(
            f"It unpacks to {unpacked:,} bytes in {len(parts):,} parts. A form has far less: copy "
            "its sheets into a new workbook and try again"
        )


def _check_cells(data: bytes) -> None:
    """How much there is, counted before pyxform takes its time over each cell. A text that is
    stored once may stand in any number of cells."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    cells = characters = 0
    try:
        for sheet in book.worksheets:
            for row in _filled_rows(sheet):
                cells += sum(value is not None for value in row)
                characters += sum(len(value) for value in row if isinstance(value, str))
                if cells > MOST_CELLS or characters > MOST_CHARACTERS:
                    raise refused(
                        f"It has more than {MOST_CELLS:,} cells or {MOST_CHARACTERS:,} characters. "
                        "Split the form and try again"
                    )
    finally:
        book.close()


def _filled_rows(sheet: Any) -> Iterator[Sequence[object]]:
    """Up to the first long gap, where pyxform stops too; it fills every row up to the last
    column, however far to the right that is."""
    gap = 0
    for row in sheet.iter_rows(values_only=True):
        if len(row) > MOST_COLUMNS:
            raise refused(
                f"The sheet ‘{shortened(sheet.title, 60)}’ has {len(row):,} columns and can have "
                f"up to {MOST_COLUMNS}. Remove those that are not used"
            )
        gap = 0 if any(value is not None for value in row) else gap + 1
        if gap > LONGEST_GAP:
            return
        yield row


def _check_sheets(sheets: DefinitionData) -> None:
    if not sheets.survey:
        raise refused("It has no sheet called ‘survey’ with questions, so it is not an XLSForm")
    if len(sheets.survey) > MOST_ROWS:
        raise refused(
            f"Its survey has {len(sheets.survey):,} rows. A questionnaire can have up to "
            f"{MOST_QUESTIONS:,} questions: split it and try again"
        )
    choices = len(sheets.choices or ())
    if choices > MOST_CHOICES:
        raise refused(f"It has {choices:,} choices and can have up to {MOST_CHOICES:,}")


def _tidied(rows: Sequence[Mapping[str, str]]) -> tuple[list[dict[str, str]], frozenset[str]]:
    """The rows in the way that pyxform reads them, and the questions that offer “other”: it adds
    that to the list itself, and so to every question that shares the list. What only serves a
    register of entities is left out."""
    kept: list[dict[str, str]] = []
    names: set[str] = set()
    for given in rows:
        row = {name: value for name, value in given.items() if value and _bare(name) != "save_to"}
        type_column = next((name for name in row if _bare(name) == "type"), "")
        if type_column:
            row[type_column] = _in_small_letters(row[type_column])
            if _OR_OTHER.search(row[type_column]):
                row[type_column] = _OR_OTHER.sub("", row[type_column])
                names.update(value for name, value in row.items() if _bare(name) == "name")
        kept.append(row)
    return kept, frozenset(names)


def _in_small_letters(given: str) -> str:
    """pyxform knows types in no others; the name of a list keeps its own."""
    if given.lower() in QUESTION_TYPE_DICT and given not in QUESTION_TYPE_DICT:
        return given.lower()
    return _COMMAND.sub(lambda found: found[0].lower(), given)


def _check_depth(rows: Sequence[Mapping[str, str]]) -> None:
    depth = 0
    for row in rows:
        command = next((value for name, value in row.items() if _bare(name) == "type"), "").strip()
        depth += command.startswith("begin") - command.startswith("end")
        if depth > DEEPEST_GROUPS:
            raise refused(
                f"Its groups stand more than {DEEPEST_GROUPS} deep in each other. Flatten them and "
                "try again"
            )


def _check_conditions(rows: Sequence[Mapping[str, str]]) -> None:
    told = sum(len(value) for row in rows for name, value in row.items() if _bare(name) in _RULES)
    if told > MOST_OF_CONDITIONS:
        raise refused(
            f"Its conditions and rules have {told:,} characters together and can have up to "
            f"{MOST_OF_CONDITIONS:,}. Split the form and try again"
        )


def _bare(column: str) -> str:
    """The name of a column in whatever way it is written, like `form_id` for `Form ID`."""
    return "_".join(column.lower().split())


def _tree(
    sheets: DefinitionData, survey: list[dict[str, str]], settings: Mapping[str, str]
) -> Mapping[str, Any]:
    prepared = DefinitionData(
        survey=_masked(survey),
        survey_header=sheets.survey_header,
        choices=_masked(sheets.choices or ()) or None,
        choices_header=sheets.choices_header,
        # Two choices of one name are mended here with a note; pyxform would refuse the form.
        settings=_masked([{**settings, "allow_choice_duplicates": "yes"}]),
        settings_header=[{**(sheets.settings_header or [{}])[0], "allow_choice_duplicates": None}],
        external_choices=sheets.external_choices,
        external_choices_header=sheets.external_choices_header,
        sheet_names=sheets.sheet_names,
    )
    try:
        tree: Mapping[str, Any] = workbook_to_json(prepared, form_name="form", warnings=[])
    except PyXFormError as wrong:
        raise refused(_told(wrong)) from None
    except _UNREADABLE:
        raise refused(
            "Its sheets do not hold together as an XLSForm. Check it with a form "
            "checker and try again"
        ) from None
    _fill_choices(tree.get("children", ()), tree.get("choices") or {})
    return tree


def _masked(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    return [
        {
            name: value.translate(_MASKED) if name.strip().lower().startswith(_WORDS) else value
            for name, value in row.items()
            if value is not None
        }
        for row in rows
    ]


def unmasked(words: str) -> str:
    """Words of the tree as they stand in the workbook."""
    return words.translate(_UNMASKED)


def _fill_choices(rows: Sequence[Any], lists: Mapping[str, Any]) -> None:
    """pyxform leaves the choices out of a question that shuffles or filters them."""
    for row in rows:
        if not row.get("choices") and row.get("itemset") in lists:
            row["choices"] = lists[row["itemset"]]
        _fill_choices(row.get("children", ()), lists)


def _check_offered(rows: Sequence[Any]) -> None:
    """Every question brings its choices along, however many share a list."""
    offered = sum(_weights(rows, {}))
    if offered > NATIVE_LARGEST:
        raise refused(
            f"The choices of all its questions come to {offered:,} characters and can come to "
            f"{NATIVE_LARGEST:,}. Let people answer long lists in words, or split the form"
        )


def _weights(rows: Sequence[Any], known: dict[int, int]) -> Iterator[int]:
    """The characters of each question's choices; `known` are those of the lists met so far."""
    for row in rows:
        choices = row.get("choices") or ()
        if id(choices) not in known:
            known[id(choices)] = sum(len(str(each)) for each in choices[:MOST_OPTIONS])
        yield known[id(choices)]
        yield from _weights(row.get("children", ()), known)


def _told(wrong: PyXFormError) -> str:
    words = " ".join(str(wrong).split())
    return f"It is not an XLSForm that can be read: {shortened(words, LONGEST_MESSAGE)}"
