"""Responses written row by row: CSV, JSON lines and Excel workbooks."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import msgspec
import polars as pl
import xlsxwriter

from app.problems import Refusal
from responses.files.answer_columns import Cells
from responses.files.export_columns import Converter, ExportColumn, Kind
from responses.files.guarding import guarded

LONGEST_CELL = 32_767
MOST_SHEET_ROWS = 1_048_576
CODEBOOK_HEADER = ("column", "question", "holds", "value", "meaning")

Row = Sequence[Any]


class TooManyForASheet(Refusal):
    title = "A sheet cannot hold so many responses"


class Writer(Protocol):
    """`converters` turn answers into what `write` takes: columns of the same length, of one batch
    after another. `notes` are for whoever asked for it."""

    converters: Mapping[Kind, Converter]
    notes: list[str]

    def write(self, columns: Sequence[Cells]) -> None: ...

    def close(self) -> None: ...


def joined(values: Sequence[str]) -> str:
    return ";".join(values)


def _joined_guarded(values: Sequence[str]) -> str:
    return guarded(joined(values))


def _counted(files: Sequence[object]) -> str:
    return str(len(files))


class CsvWriter:
    """UTF-8 and commas. Text that a spreadsheet would calculate is guarded."""

    converters: Mapping[Kind, Converter] = {
        Kind.TEXT: guarded,
        Kind.CHOICE: guarded,
        Kind.SEVERAL: _joined_guarded,
        Kind.RANKING: _joined_guarded,
        Kind.NUMBER: str,
        Kind.WHOLE: str,
        Kind.FILES: _counted,
    }

    def __init__(self, path: Path, columns: Sequence[ExportColumn]) -> None:
        self.notes: list[str] = []
        self._names = [guarded(column.name) for column in columns]
        self._file = path.open("wb")
        self._file.write(pl.DataFrame(schema=self._names).write_csv().encode())

    def write(self, columns: Sequence[Cells]) -> None:
        named = dict(zip(self._names, columns, strict=True))
        frame = pl.DataFrame(named, schema=dict.fromkeys(self._names, pl.String))
        frame.write_csv(self._file, include_header=False)

    def close(self) -> None:
        self._file.close()


class JsonLinesWriter:
    """An object a line, without what was not answered."""

    converters: Mapping[Kind, Converter] = {Kind.FILES: len}

    def __init__(self, path: Path, columns: Sequence[ExportColumn]) -> None:
        self.notes: list[str] = []
        self._columns = columns
        self._file = path.open("wb")

    def write(self, columns: Sequence[Cells]) -> None:
        for row in zip(*columns, strict=True):
            self._file.write(msgspec.json.encode(self._object(row)) + b"\n")

    def close(self) -> None:
        self._file.close()

    def _object(self, row: Row) -> dict[str, Any]:
        """A grid's rows under its key again, as they are answered."""
        found: dict[str, Any] = {}
        for column, value in zip(self._columns, row, strict=True):
            grid_row = next((source[1] for source in column.sources.values() if source[1]), "")
            if value is None:
                continue
            if grid_row:
                found.setdefault(column.name.partition(".")[0], {})[grid_row] = value
            else:
                found[column.name] = value
        return found


class WorkbookWriter:
    """One sheet of responses and one of their codebook, a row at a time."""

    converters: Mapping[Kind, Converter] = {
        Kind.SEVERAL: joined,
        Kind.RANKING: joined,
        Kind.DATE: date.fromisoformat,
        Kind.FILES: len,
    }

    def __init__(
        self, path: Path, columns: Sequence[ExportColumn], codebook: Sequence[Row], rows: int
    ) -> None:
        if rows >= MOST_SHEET_ROWS:
            raise TooManyForASheet(
                f"There are {rows:,} and a sheet has {MOST_SHEET_ROWS:,} rows. Export them as CSV."
            )
        self.notes: list[str] = []
        self._cut = 0
        # Nothing that somebody typed becomes a formula, a link or a number.
        plain = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # What waits to be packed waits beside the file, where only its owner looks.
            "tmpdir": str(path.parent),
        }
        self._book = xlsxwriter.Workbook(str(path), plain)
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheet = self._book.add_worksheet("Responses")
        self._codebook = codebook
        self._next = 0
        self._row(self._sheet, 0, [column.name for column in columns])
        self._sheet.freeze_panes(1, 0)

    def write(self, columns: Sequence[Cells]) -> None:
        for row in zip(*columns, strict=True):
            self._next += 1
            self._row(self._sheet, self._next, row)

    def close(self) -> None:
        sheet = self._book.add_worksheet("Codebook")
        for number, row in enumerate((CODEBOOK_HEADER, *self._codebook)):
            self._row(sheet, number, row)
        self._book.close()
        if self._cut:
            self.notes.append(
                f"{self._cut:,} answers are longer than the {LONGEST_CELL:,} characters that a "
                "cell holds and were cut. CSV has them whole"
            )

    def _row(self, sheet: Any, number: int, row: Row) -> None:
        for place, value in enumerate(row):
            if isinstance(value, str):
                self._cut += len(value) > LONGEST_CELL
                sheet.write_string(number, place, value[:LONGEST_CELL])
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, self._day)
            elif value is not None:
                sheet.write_number(number, place, value)
