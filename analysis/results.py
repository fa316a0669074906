"""Results as an officer reads them: for each question its bars, in words too, and its tables."""

from collections.abc import Sequence
from urllib.parse import urlencode

from msgspec import UNSET, Struct

from analysis.asked import AskedInWords
from analysis.bars import Segment, Side, diverging, places
from analysis.tally import QuestionTally, RowTally
from analysis.wording import count_words, either, interval_words, net_words

MISSING, NOT_ROUTED = "_missing", "_not_routed"
_WORDS = {
    "text": "Answered in words",
    "long_text": "Answered in words",
    "number": "Answered with a number",
    "date": "Answered with a date",
    "email": "A contact detail",
    "postcode": "Answered with a postcode",
    "location": "Answered with a place",
    "upload": "Answered with files",
}

Counted = QuestionTally | RowTally


class Cell(Struct, frozen=True):
    """`n` None is a number too small to show. `address` opens the responses behind it."""

    n: int | None
    share: float | None
    address: str | None


class TableRow(Struct, frozen=True):
    label: str
    cells: tuple[Cell, ...]


class Table(Struct, frozen=True):
    """`first` heads the column of labels. With `bars`, each share is drawn beside its number."""

    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    bars: bool = False


class Line(Struct, frozen=True):
    """One bar with its label, and in words what it shows."""

    label: str
    segments: tuple[Segment, ...]
    middle: float | None
    words: str


class Key(Struct, frozen=True):
    """What a segment's look stands for."""

    label: str
    side: Side
    strength: int


class Result(Struct, frozen=True):
    """One question. A scale has `lines` with a `legend`; `open` says that it offers nothing to
    choose, so that its table only tells how many answered."""

    key: str
    title: str
    note: str
    legend: tuple[Key, ...]
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    open: bool = False
    in_words: bool = False
    beside: bool = False
    """Whether its chart and its table fit side by side."""


class Part(Struct, frozen=True):
    """One column of what is compared: all rounds together, or one."""

    name: str
    round_number: int | None
    counted: QuestionTally


class Addresses(Struct, frozen=True):
    """Where the responses behind a number are listed. Without `base`, nowhere."""

    base: str
    key: str

    def of(self, part: Part, value: str | None, row: str | None = None) -> str | None:
        if not self.base:
            return None
        asked = {
            "question": f"{self.key}.{row}" if row else self.key,
            "value": value,
            "round": part.round_number,
            "status": "analysed",
        }
        return f"{self.base}?{urlencode({k: v for k, v in asked.items() if v is not None})}"


def result(asked: AskedInWords, parts: Sequence[Part], *, base: str) -> Result:
    """One question's results. `base` is the address of the list of responses."""
    find = Addresses(base, asked.form.key)
    scaled = bool(asked.form.points)
    # Side by side, the bars are of the rounds; the whole stands in the table beside them.
    drawn = parts[1:] or parts
    return Result(
        key=asked.form.key,
        title=asked.title,
        note=_note(asked),
        legend=_legend(asked) if scaled else (),
        lines=_scale_lines(asked, drawn) if scaled else (),
        tables=_grid_tables(asked, parts, find)
        if asked.form.rows
        else (_table(asked, parts, find),),
        open=not asked.form.values,
        in_words=asked.form.type in ("text", "long_text"),
        beside=scaled and not asked.form.rows and len(parts) == 1,
    )


def _note(asked: AskedInWords) -> str:
    if asked.form.type == "multiple":
        return "People could choose several, so the shares add up to more than 100%."
    if asked.form.type == "ranking":
        return "Counted by what each person put first."
    return _WORDS.get(asked.form.type, "")


def _legend(asked: AskedInWords) -> tuple[Key, ...]:
    return tuple(
        Key(asked.options[value], side, strength)
        for value, side, strength in places(asked.form.points)
    )


def _items(asked: AskedInWords, parts: Sequence[Part]) -> list[tuple[str, Counted]]:
    """What gets a bar: each part of a likert item; each row of a grid, part by part."""
    several = len(parts) > 1
    if not asked.form.rows:
        return [(part.name if several else "", part.counted) for part in parts]
    return [
        (f"{asked.rows[row.value]} ({part.name})" if several else asked.rows[row.value], row)
        for rows in zip(*(_rows(part) for part in parts), strict=True)
        for part, row in zip(parts, rows, strict=True)
    ]


def _rows(part: Part) -> tuple[RowTally, ...]:
    return part.counted.rows if isinstance(part.counted.rows, tuple) else ()


def _scale_lines(asked: AskedInWords, parts: Sequence[Part]) -> tuple[Line, ...]:
    items = _items(asked, parts)
    points = asked.form.points
    bars = diverging(
        [[option.share or 0.0 for option in item.options[: len(points)]] for _, item in items],
        points,
    )
    return tuple(
        Line(label, bar.segments, bar.middle, _scale_words(asked, item))
        for (label, item), bar in zip(items, bars, strict=True)
    )


def _scale_words(asked: AskedInWords, item: Counted) -> str:
    """Who is on the positive side, how surely, the net of both sides, and the middle answer."""
    if item.answered == 0:
        return "Nobody answered."
    if not (item.answered and isinstance(item.agree, float) and isinstance(item.net, float)):
        return "The numbers are too small to show."
    top = [asked.options[value] for value in asked.form.points[: len(asked.form.points) // 2]]
    words = f"{either(top)} from {count_words(round(item.agree * item.answered), item.answered)}"
    if isinstance(item.interval, tuple):
        words += f", Wilson 95% interval {interval_words(item.interval)}"
    words += f". Net {net_words(item.net)} points."
    if isinstance(item.median, str):
        words += f" Middle answer “{asked.options[item.median]}”."
    return words


def _table(asked: AskedInWords, parts: Sequence[Part], find: Addresses) -> Table:
    options = [
        TableRow(
            asked.options[value],
            tuple(
                Cell(
                    part.counted.options[at].n,
                    part.counted.options[at].share,
                    find.of(part, value),
                )
                for part in parts
            ),
        )
        for at, value in enumerate(asked.form.values)
    ]
    ends = (
        ("Answered", None, [part.counted.answered for part in parts]),
        ("No answer", MISSING, [part.counted.missing for part in parts]),
        ("Not asked", NOT_ROUTED, [part.counted.not_routed for part in parts]),
    )
    rest = [
        TableRow(
            label,
            tuple(Cell(n, None, find.of(part, value)) for part, n in zip(parts, ns, strict=True)),
        )
        for label, value, ns in ends
    ]
    columns = tuple(part.name for part in parts)
    first = "Answer" if options else ""
    return Table(asked.title, first, columns, (*options, *rest), bars=not asked.form.points)


def _grid_tables(asked: AskedInWords, parts: Sequence[Part], find: Addresses) -> tuple[Table, ...]:
    columns = (*(asked.options[value] for value in asked.form.values), "No answer", "Not asked")
    several = len(parts) > 1
    return tuple(
        Table(
            f"{asked.title} ({part.name})" if several else asked.title,
            "",
            columns,
            tuple(_grid_row(asked, part, row, find) for row in _rows(part)),
        )
        for part in parts
    )


def _grid_row(asked: AskedInWords, part: Part, row: RowTally, find: Addresses) -> TableRow:
    options = [
        Cell(option.n, option.share, find.of(part, option.value, row.value))
        for option in row.options
    ]
    rest = [
        Cell(n, None, find.of(part, value, row.value))
        for value, n in ((MISSING, row.missing), (NOT_ROUTED, row.not_routed))
    ]
    return TableRow(asked.rows[row.value], (*options, *rest))


def parts_of(question: QuestionTally, *, name: str, round_number: int | None) -> tuple[Part, ...]:
    """The whole, and each round beside it where the tally compares them."""
    whole = Part(name, round_number, question)
    rounds = () if question.rounds is UNSET else question.rounds
    return (
        whole,
        *(Part(f"Round {each.round}", each.round or None, each) for each in rounds),
    )
