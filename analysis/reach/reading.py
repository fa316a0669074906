"""A table of groups and people out of pasted text, a CSV file or a workbook."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from analysis.reach.population import LONGEST_GROUP, MOST_LINES, MOST_PEOPLE
from app.problems import Refusal
from responses.files.guarding import unguarded
from responses.files.workbook import read_workbook
from surveys.typed import read_number, shortened

BIGGEST_TABLE = 1_000_000
_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_GROUP, _PEOPLE = ("group", "groups", "name"), ("people", "number", "count", "organisations")
_TWO_COLUMNS = "Give it two columns, group and people, with a group on each row"


class UnusableTable(Refusal):
    """Nothing was taken from it; the words say where and how to mend it."""

    status: ClassVar[int] = 422
    title: ClassVar[str] = "This table cannot be used"


class Typed(Struct, frozen=True):
    """A row as it was given."""

    group: str
    people: str


def table_in_file(file: Path) -> tuple[Typed, ...]:
    """Raises UnusableTable."""
    if file.stat().st_size > BIGGEST_TABLE:
        raise UnusableTable("The file is larger than 1 MB. Save the sheet with the table alone")
    data = file.read_bytes()
    if data.startswith(_OLD_WORKBOOK):
        raise UnusableTable("It is an old Excel file. Save it as .xlsx or CSV and try again")
    if data.startswith(_ZIP):
        book = read_workbook(file, refuse=UnusableTable)
        return _typed([book.header, *_cells(book.lines)])
    try:
        return table_in_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        words = "It is not UTF-8 text. Save the file as “CSV UTF-8” in your spreadsheet"
        raise UnusableTable(words) from None


def table_in_text(text: str) -> tuple[Typed, ...]:
    """Rows parted by tabs, as spreadsheets copy them, or by commas or semicolons. Raises
    UnusableTable."""
    if "\0" in text:
        raise UnusableTable("It holds a null byte, which no text has. Export it again as CSV UTF-8")
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise UnusableTable(f"There is nothing in it. {_TWO_COLUMNS}")
    delimiter = max("\t,;", key=lambda mark: sum(mark in line for line in lines))
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        raise UnusableTable(f"It cannot be read as CSV. {_TWO_COLUMNS}") from None
    return _typed([[unguarded(cell.strip()) for cell in row] for row in rows])


def people_in(typed: str) -> int | None:
    """A whole number; thousands may be parted. None where it is none."""
    number = read_number(typed)
    whole = number is not None and number == int(number)
    return int(number) if whole and number is not None and 0 <= number <= MOST_PEOPLE else None


def _cells(lines: Iterable[tuple[int, list[str], str]]) -> Iterator[list[str]]:
    for _, cells, formula in lines:
        if formula:
            words = f"Cell {formula} is a formula. Copy the column and paste it as values"
            raise UnusableTable(words)
        yield [cell.strip() for cell in cells]


def _typed(rows: Sequence[Sequence[str]]) -> tuple[Typed, ...]:
    filled = [row for row in rows if any(row)]
    if not filled:
        raise UnusableTable(f"There is nothing in it. {_TWO_COLUMNS}")
    group, people = _columns(filled)
    headed = not any(people_in(cell) is not None for cell in filled[0])
    found = tuple(_row(at, row, group, people) for at, row in enumerate(filled, 1))[headed:]
    if not found:
        raise UnusableTable(f"There are headings and nothing under them. {_TWO_COLUMNS}")
    if len(found) > MOST_LINES:
        raise UnusableTable(
            f"It has {len(found):,} rows and can have up to {MOST_LINES}. Keep the rows of groups "
            "that the question asks about"
        )
    return found


def _columns(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Where groups and people stand: by their headings, else the only two columns."""
    names = [cell.casefold() for cell in rows[0]]
    group = next((at for at, name in enumerate(names) if name in _GROUP), None)
    people = next((at for at, name in enumerate(names) if name in _PEOPLE), None)
    if group is not None and people is not None:
        return group, people
    if max(len(row) for row in rows) > 2:
        raise UnusableTable(
            "It has more than two columns, and none are headed group and people. Name those two, "
            "and write thousands without a comma or in double quotes"
        )
    return 0, 1


def _row(number: int, row: Sequence[str], group: int, people: int) -> Typed:
    cells = [*row, *("",) * (max(group, people) + 1 - len(row))]
    name = cells[group]
    if not name or len(name) > LONGEST_GROUP:
        told = f"is longer than {LONGEST_GROUP} characters" if name else "names no group"
        raise UnusableTable(
            f"Row {number} {told}: “{shortened(' '.join(row), 60)}”. {_TWO_COLUMNS}"
        )
    return Typed(name, cells[people])
