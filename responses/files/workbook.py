"""The first sheet of an `.xlsx` workbook, a row at a time and weighed before it is unpacked."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from msgspec import Struct
from openpyxl.utils import get_column_letter

from surveys.typed import even_number

LARGEST_UNPACKED = 600 * 1024 * 1024
LARGEST_STRINGS = 200 * 1024 * 1024
MOST_PARTS = 2_000
# Text in a workbook packs to a tenth or so. What packs to a thousandth is made to burst.
MOST_PACKED = 200
SMALL = 10 * 1024 * 1024
MOST_ROWS = 1_048_576

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
_NO_WORKBOOK = "It is no .xlsx workbook that can be read. Save it as CSV in UTF-8 and try again"

Refuse = Callable[[str], Exception]


class Workbook(Struct, frozen=True):
    """`lines` are each row's number, its cells as text, and the first cell that is a formula."""

    header: list[str]
    lines: Iterator[tuple[int, list[str], str]]


def read_workbook(file: Path, *, refuse: Refuse) -> Workbook:
    """Raises what `refuse` makes of the reason, as does going through the lines."""
    _weigh(file, refuse)
    lines = _lines(file, refuse)
    first = next(lines, None)
    if first is None or first[0] != 1:
        return Workbook([], iter(()))
    if first[2]:
        raise refuse(f"Its heading {first[2]} is a formula. Paste the headings as values")
    return Workbook(first[1], lines)


def _weigh(file: Path, refuse: Refuse) -> None:
    """A zip says how large its parts are, and Python unpacks no more of one than it says."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except _UNREADABLE:
        raise refuse(_NO_WORKBOOK) from None
    unpacked = sum(part.file_size for part in parts)
    strings = sum(part.file_size for part in parts if "sharedstrings" in part.filename.lower())
    packed = sum(part.compress_size for part in parts)
    bursts = unpacked > SMALL and unpacked > MOST_PACKED * max(packed, 1)
    if (
        bursts
        or len(parts) > MOST_PARTS
        or unpacked > LARGEST_UNPACKED
        or strings > LARGEST_STRINGS
    ):
        raise refuse(
            f"It unpacks to {unpacked:,} bytes in {len(parts):,} parts, which is more than is "
            "read from a workbook. Save the sheet as CSV in UTF-8 and try again"
        )


def _lines(file: Path, refuse: Refuse) -> Iterator[tuple[int, list[str], str]]:
    """Rows without a single filled cell are passed over."""
    try:
        # By its bytes: openpyxl goes by the ending of a name, and an upload may have none.
        with file.open("rb") as opened:
            book = openpyxl.load_workbook(opened, read_only=True, data_only=False, keep_links=False)
            sheet = book.worksheets[0]
            # What the sheet claims of its size may be anything.
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(), start=1):
                if number > MOST_ROWS:
                    raise refuse(_NO_WORKBOOK)
                cells, formula = _read(row, number)
                if cells or formula:
                    yield number, cells, formula
    except _UNREADABLE:
        raise refuse(_NO_WORKBOOK) from None


def _read(row: Any, number: int) -> tuple[list[str], str]:
    cells = [_text(cell.value) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    formula = next((place for place, cell in enumerate(row, 1) if _is_formula(cell)), 0)
    return cells, f"{get_column_letter(formula)}{number}" if formula else ""


def _is_formula(cell: Any) -> bool:
    return cell.value is not None and cell.data_type == "f"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(even_number(value))
    return str(value) if not isinstance(value, timedelta) else str(value.total_seconds())
