"""A file of responses as rows, one at a time: told by its content, refused in words where unfit."""

import codecs
import csv
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, ClassVar

import msgspec
from msgspec import Struct

from app.problems import Refusal
from responses.files.guarding import unguarded
from responses.files.matching import Rejected
from responses.files.workbook import read_workbook
from surveys.typed import shortened

LARGEST_FILE = 4 * 1024**3
LONGEST_LINE = 2_000_000
MOST_COLUMNS = 5_000
PIECE = 1024 * 1024
TOLD_EVERY = 256
DELIMITERS = (",", "\t", ";")

_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class UnusableFile(Refusal):
    """The file as a whole cannot be read; nothing of it was stored."""

    status: ClassVar[int] = 422
    title: ClassVar[str] = "This file cannot be used"
    unusable: ClassVar[bool] = True


class Line(Struct, frozen=True):
    """A row by its number, from 1, with `share` of the file read so far. `wrong` is why its cells
    could not be made out."""

    number: int
    cells: Sequence[Any]
    share: float
    wrong: Rejected | None = None


class Rows(Struct, frozen=True):
    """`header` is None in JSON lines, where each row names its answers; `digest` is the bytes'."""

    header: list[str] | None
    lines: Iterator[Line]
    digest: bytes


def read_rows(file: Path) -> Rows:
    """Looks at all of the file's bytes once before any row is read. Raises UnusableFile, as does
    going through the lines."""
    size = file.stat().st_size
    if size > LARGEST_FILE:
        raise UnusableFile(
            f"It has {size:,} bytes and can have up to {LARGEST_FILE:,}. Split it and try again"
        )
    with file.open("rb") as opened:
        first = opened.read(4096)
    if not first.strip():
        raise UnusableFile("It is empty. Choose a file with a row of headings and a row a response")
    if first.startswith(_OLD_WORKBOOK):
        raise UnusableFile("It is an old Excel file. Save it as .xlsx or CSV and try again")
    if first.startswith(_ZIP):
        return _workbook_rows(file)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnusableFile(_not_utf8(1))
    digest = _look_through(file)
    # A byte order mark may stand before either.
    if first.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return Rows(None, _json_lines(file, size), digest)
    return _csv_rows(file, size, digest)


def _look_through(file: Path) -> bytes:
    """The hash of a text file. Raises UnusableFile where it is no text in UTF-8."""
    hashed = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 1
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            if b"\0" in piece:
                line = lines + piece[: piece.index(b"\0")].count(b"\n")
                raise UnusableFile(
                    f"Line {line:,} holds a null byte, which no text has. Export the file again as "
                    "CSV in UTF-8"
                )
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                line = lines + piece[: error.start].count(b"\n")
                raise UnusableFile(_not_utf8(line)) from None
            hashed.update(piece)
            lines += piece.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise UnusableFile(_not_utf8(lines)) from None
    return hashed.digest()


def _not_utf8(line: int) -> str:
    return (
        f"Line {line:,} is not UTF-8 text. Save the file as “CSV UTF-8” in your spreadsheet and "
        "try again"
    )


def _csv_rows(file: Path, size: int, digest: bytes) -> Rows:
    opened = file.open("rb")
    texts = _texts(opened)
    try:
        head = next(texts)
        rows = csv.reader(_again(head, texts), delimiter=_delimiter(head), strict=True)
        header = _record(rows, 1)
        if header is None or not any(cell.strip() for cell in header):
            raise UnusableFile("Its first row has no headings. Name each column after a question")
        if len(header) > MOST_COLUMNS:
            raise UnusableFile(_too_wide(len(header)))
    except BaseException:
        opened.close()
        raise
    return Rows(header, _csv_lines(opened, rows, len(header), size), digest)


def _too_wide(columns: int) -> str:
    return (
        f"It has {columns:,} columns and can have up to {MOST_COLUMNS:,}. Remove those not needed"
    )


def _delimiter(head: str) -> str:
    return max(DELIMITERS, key=head.count)


def _again(head: str, rest: Iterator[str]) -> Iterator[str]:
    yield head
    yield from rest


def _texts(opened: IO[bytes]) -> Iterator[str]:
    """Line after line as text, the marks of their ends kept: a quoted cell may hold several."""
    first = True
    while line := opened.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            raise UnusableFile(
                f"One of its lines is longer than {LONGEST_LINE:,} bytes, so it is no table. Check "
                "that each response is on a line of its own"
            )
        yield line.decode("utf-8-sig" if first else "utf-8")
        first = False


def _record(rows: Any, number: int) -> list[str] | None:
    try:
        found: list[str] | None = next(rows, None)
    except csv.Error as error:
        raise UnusableFile(
            f"Row {number:,} cannot be read as CSV ({error}). Text with a comma, a quotation mark "
            "or several lines stands in double quotes, and a quotation mark in it is doubled"
        ) from None
    return found


def _csv_lines(opened: IO[bytes], rows: Any, width: int, size: int) -> Iterator[Line]:
    number, share = 1, 0.0
    with opened:
        while True:
            number += 1
            cells = _record(rows, number)
            if cells is None:
                return
            if not cells:  # an empty line, as many programs leave at the end
                continue
            # To ask for the place takes as long as to read the row.
            share = opened.tell() / size if number % TOLD_EVERY == 0 else share
            if len(cells) != width:
                yield Line(number, (), share, _ragged(number, len(cells), width))
            else:
                yield Line(number, [unguarded(c) if c[:1] == "'" else c for c in cells], share)


def _ragged(number: int, cells: int, width: int) -> Rejected:
    return Rejected(
        number,
        "",
        f"The row has {cells:,} cells and the headings have {width:,}. Put text that holds a comma "
        "in double quotes, and give every column a cell",
    )


def _json_lines(file: Path, size: int) -> Iterator[Line]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    done = 0
    with file.open("rb") as opened:
        for number, text in enumerate(_texts(opened), start=1):
            done += len(text)
            if not text.strip():
                continue
            share = min(1.0, done / size)
            try:
                yield Line(number, (decoder.decode(text),), share)
            except (msgspec.DecodeError, RecursionError) as error:
                why = f"It is no JSON object ({shortened(str(error), 80)}). Write one on each line"
                yield Line(number, (), share, Rejected(number, "", why))


def _workbook_rows(file: Path) -> Rows:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").digest()
    rows = read_workbook(file, refuse=UnusableFile)
    header, width = rows.header, len(rows.header)
    if not any(header):
        raise UnusableFile("The first row of its first sheet has no headings. Name each column")
    if width > MOST_COLUMNS:
        raise UnusableFile(_too_wide(width))
    return Rows(header, _workbook_lines(rows.lines, width), digest)


def _workbook_lines(lines: Iterator[tuple[int, list[str], str]], width: int) -> Iterator[Line]:
    for number, cells, formula in lines:
        if formula:
            why = f"Cell {formula} is a formula. Copy the column and paste it as values"
            yield Line(number, (), 0, Rejected(number, "", why))
        elif len(cells) > width:
            yield Line(number, (), 0, _ragged(number, len(cells), width))
        elif cells:
            yield Line(number, cells + [""] * (width - len(cells)), 0)
