"""Tables of groups and people out of text, files and workbooks."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reach.matching import matched
from analysis.reach.reading import Typed, UnusableTable, people_in, table_in_file, table_in_text

AGES = (Typed("16 to 24", "61,200"), Typed("25 and over", "140,000"))


@pytest.mark.parametrize(
    "text",
    [
        'group,people\n16 to 24,"61,200"\n25 and over,"140,000"\n',
        "16 to 24\t61,200\n\n25 and over\t140,000\n",
        "Group; People\r\n16 to 24; 61,200\r\n25 and over; 140,000",
        'Area,People,Group\nKent,"61,200",16 to 24\nKent,"140,000",25 and over\n',
    ],
    ids=["csv", "copied", "semicolons", "more columns"],
)
def test_a_table_is_read_however_it_is_parted(text: str) -> None:
    assert table_in_text(text) == AGES


def workbook(*rows: tuple[str | float, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_is_read(tmp_path: Path) -> None:
    file = tmp_path / "table"
    file.write_bytes(workbook(("Group", "People"), ("16 to 24", 61200), ("25 and over", 140000.0)))
    assert table_in_file(file) == (Typed("16 to 24", "61200"), Typed("25 and over", "140000"))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "nothing in it"),
        (b"group,people\n", "nothing under them"),
        (b"16 to 24,61,200\n", "more than two columns"),
        (b"16 to 24,5\n,7\n", "Row 2 names no group"),
        ("Zürich,5\n".encode("latin-1"), "CSV UTF-8"),
        (b"a,5\0\n", "null byte"),
        (b"\xd0\xcf\x11\xe0", "old Excel file"),
        (b"PK\x03\x04 no workbook", "no .xlsx workbook"),
        (workbook(("Group", "People"), ("16 to 24", "=1+1")), "B2 is a formula"),
        (b"x,1\n" * 250_001, "larger than 1 MB"),
        (b"x,1\n" * 300, "300 rows"),
    ],
)
def test_what_is_no_table_is_refused_with_how_to_mend_it(
    tmp_path: Path, data: bytes, why: str
) -> None:
    file = tmp_path / "table"
    file.write_bytes(data)
    with pytest.raises(UnusableTable, match=why):
        table_in_file(file)


@pytest.mark.parametrize(
    ("typed", "people"),
    [("61,200", 61200), ("61 200", 61200), ("8.0", 8), ("0", 0), ("-5", None), ("1.5", None)],
)
def test_numbers_are_whole(typed: str, people: int | None) -> None:
    assert people_in(typed) == people


@given(st.text(max_size=200))
def test_no_text_is_a_bug(text: str) -> None:
    with suppress(UnusableTable):
        assert all(row.group for row in table_in_text(text))


def test_groups_are_matched_by_value_or_words() -> None:
    answers = {"young": "16 to 24", "old": "65 and over", "other": "Prefer not to say"}
    groups = ("Aged 16–24", "65+", "Aged 65 and over", "prefer not to say", "OLD", "Under 16")
    assert matched(groups, answers) == ("young", "old", "old", "other", "old", "")
