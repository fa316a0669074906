"""The tables of every question as one Excel workbook, with notes."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from msgspec import Struct

from analysis.pack.lines import NET, Beside, Figures
from analysis.pack.packed import Packed, notes, printable
from analysis.question.read import QuestionRead
from analysis.question.words import HIDDEN

LONGEST_NAME = 31
LONGEST_CELL = 32_767
FIRST_YEAR = 1900
"""Excel knows no day before it."""
_FORBIDDEN = frozenset("[]:*?/\\'")
_ABOUT, _CONTENTS = "About", "Contents"
_WIDE, _NARROW = 60, 16
_FIGURE_HEADS = (
    "People",
    "Share of those who answered",
    "95% interval from",
    "95% interval to",
    "Figure",
)


class _Looks(Struct, frozen=True):
    """How cells look: each a format of the workbook's."""

    head: Any
    text: Any
    link: Any
    whole: Any
    share: Any
    points: Any
    decimal: Any
    day: Any
    hidden: Any


def workbook(packed: Packed) -> bytes:
    """Nothing that somebody typed becomes a formula, a link or a number."""
    written = io.BytesIO()
    plain = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(written, plain) as book:
        book.set_properties({"title": printable(packed.consultation.title), "category": "Results"})
        looks = _looks(book)
        names = sheet_names([read.asked.title for read in packed.reads])
        _about(book.add_worksheet(_ABOUT), packed, looks)
        _contents(book.add_worksheet(_CONTENTS), packed, names, looks)
        for at, name in enumerate(names):
            _question(book.add_worksheet(name), packed, at, looks)
    return written.getvalue()


def sheet_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Each with its number in front, so that no two are the same; as Excel counts, a character
    outside the first 65,536 is two."""
    return tuple(_sheet_name(f"{at}", title) for at, title in enumerate(titles, start=1))


def _sheet_name(number: str, title: str) -> str:
    allowed = "".join(" " if each in _FORBIDDEN else each for each in printable(title))
    name = f"{number} {' '.join(allowed.split())}"
    while len(name.encode("utf-16-le")) // 2 > LONGEST_NAME:
        name = name[:-1]
    return name.rstrip()


def _looks(book: Any) -> _Looks:
    top = {"valign": "top"}
    return _Looks(
        head=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        text=book.add_format({"text_wrap": True, **top}),
        link=book.add_format({"text_wrap": True, "underline": 1, "font_color": "#1f5f99", **top}),
        whole=book.add_format({"num_format": "#,##0", **top}),
        share=book.add_format({"num_format": "0%", **top}),
        points=book.add_format({"num_format": "+0;-0;0", **top}),
        decimal=book.add_format({"num_format": "General", **top}),
        day=book.add_format({"num_format": "d mmmm yyyy", "align": "right", **top}),
        hidden=book.add_format({"align": "right", "italic": True, **top}),
    )


def _about(sheet: Any, packed: Packed, looks: _Looks) -> None:
    _heads(sheet, ("About this workbook", "In words"), (28, 90), looks)
    for row, (label, words) in enumerate(packed.about(), start=1):
        _text(sheet, row, 0, label, looks.text)
        _text(sheet, row, 1, words, looks.text)


def _contents(sheet: Any, packed: Packed, names: Sequence[str], looks: _Looks) -> None:
    heads = ("Number", "Question", "Answered", "No answer", "Not asked", "Notes")
    _heads(sheet, heads, (9, _WIDE, 12, 12, 12, _WIDE), looks)
    for row, (read, name) in enumerate(zip(packed.reads, names, strict=True), start=1):
        sheet.write_number(row, 0, row, looks.whole)
        title = printable(read.asked.title)[:LONGEST_CELL]
        sheet.write_url(row, 1, f"internal:'{name}'!A1", looks.link, string=title)
        # A grid is answered row by row, and its sheet says how many answered each.
        cells = read.cells
        for column, n in enumerate((cells.answered, cells.missing, cells.not_routed), start=2):
            _figure(sheet, row, column, HIDDEN if n is None else n, looks.whole, looks)
        _text(sheet, row, 5, " ".join(notes(read)), looks.text)


def _question(sheet: Any, packed: Packed, at: int, looks: _Looks) -> None:
    read = packed.reads[at]
    beside = packed.beside(at)
    shown = _shown(beside)
    first = (
        ["Row", "Part", read.asked.title] if read.asked.form.rows else ["Part", read.asked.title]
    )
    views = [view.words for view in packed.views]
    _heads(
        sheet,
        [*first, *_view_heads(views, shown)],
        [_WIDE // 2] * (len(first) - 1) + [_WIDE] + [_NARROW] * (len(views) * len(shown)),
        looks,
    )
    for row, each in enumerate(beside, start=1):
        _line(sheet, row, each, shown, looks, is_grid=bool(read.asked.form.rows))
    for row, (label, words) in enumerate(_notes(packed, read), start=len(beside) + 1):
        _text(sheet, row, len(first) - 2, label, looks.text)
        _text(sheet, row, len(first) - 1, words, looks.text)


def _notes(packed: Packed, read: QuestionRead) -> Iterator[tuple[str, str]]:
    yield from (("Note", words) for words in notes(read))
    if packed.narrowed:
        yield "Note", f"Only these responses: {packed.narrowed}."
    if packed.consultation.caveat:
        yield "Note", packed.consultation.caveat


def _shown(beside: Sequence[Beside]) -> tuple[int, ...]:
    """Which of the columns say anything."""
    every = [_cells(figures) for each in beside for figures in each.figures]
    return tuple(
        at for at in range(len(_FIGURE_HEADS)) if any(cells[at] is not None for cells in every)
    )


def _view_heads(views: Sequence[str], shown: Sequence[int]) -> Iterator[str]:
    for words in views:
        for at in shown:
            head = _FIGURE_HEADS[at]
            yield head if len(views) == 1 else f"{words}: {head[0].lower() + head[1:]}"


def _line(
    sheet: Any, row: int, each: Beside, shown: Sequence[int], looks: _Looks, *, is_grid: bool
) -> None:
    line = each.line
    words = [line.row, line.part, line.label] if is_grid else [line.part, line.label]
    for column, text in enumerate(words):
        _text(sheet, row, column, text, looks.text)
    formats = (
        looks.whole,
        looks.share,
        looks.share,
        looks.share,
        looks.points if line.label == NET else looks.decimal,
    )
    column = len(words)
    for figures in each.figures:
        cells = _cells(figures)
        for at in shown:
            _figure(sheet, row, column, cells[at], formats[at], looks)
            column += 1


def _cells(figures: Figures) -> tuple[Any, ...]:
    low, high = figures.interval or (None, None)
    return figures.people, figures.share, low, high, figures.figure


def _figure(sheet: Any, row: int, column: int, value: Any, look: Any, looks: _Looks) -> None:
    """A number as a number; what is not shown is the same word in every file."""
    if isinstance(value, date) and value.year >= FIRST_YEAR:
        sheet.write_datetime(row, column, value, looks.day)
    elif isinstance(value, date):
        _text(sheet, row, column, value.isoformat(), looks.text)
    elif isinstance(value, str):
        _text(sheet, row, column, value, looks.hidden if value == HIDDEN else looks.text)
    elif value is not None:
        sheet.write_number(row, column, value, look)


def _heads(sheet: Any, heads: Sequence[str], widths: Sequence[int], looks: _Looks) -> None:
    """In the first row, which stays in sight and is printed on each page."""
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        _text(sheet, 0, column, head, looks.head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)


def _text(sheet: Any, row: int, column: int, words: str, look: Any) -> None:
    sheet.write_string(row, column, printable(words)[:LONGEST_CELL], look)
