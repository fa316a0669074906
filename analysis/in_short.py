"""Each question in short: its bars, its numbers, and what opens each of them."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.charts import Drawn, Named, Row, diverging, drawn
from analysis.counting import Form
from analysis.question.words import scale_words
from analysis.results import MISSING, NOT_ROUTED
from analysis.tally import OptionTally, QuestionTally, RowTally, cells_of
from analysis.wording import few

Open = Callable[[str, str | None], str]
"""The address that lists who gave a value in a place, or any with None; empty where none may."""

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


class Figure(Struct, frozen=True):
    """`n` None is a number that is not shown; `address` opens it."""

    n: int | None
    share: float | None = None
    address: str = ""


class Line(Struct, frozen=True):
    label: str
    figures: tuple[Figure, ...]


class Short(Struct, frozen=True):
    """One question. `columns` head the figures of each line: one of an answer, several of a grid;
    without lines there is nothing to choose. `ends` are who answered, and who did not."""

    key: str
    title: str
    note: str
    chart: Drawn | None
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    ends: tuple[Line, ...]
    in_words: bool = False


def in_short(asked: AskedInWords, counted: QuestionTally, opens: Open) -> Short:
    form = asked.form
    options = [asked.options[value] for value in form.values]
    return Short(
        key=form.key,
        title=asked.title,
        note=_note(form),
        chart=_chart(asked, counted) if form.points else None,
        columns=tuple(options) if form.rows else ("People",),
        lines=tuple(_lines(asked, counted, opens)),
        ends=tuple(
            Line(label, (Figure(n, None, opens(form.key, value)),))
            for label, value, n in _ends(counted)
        ),
        in_words=form.type in ("text", "long_text"),
    )


def _note(form: Form) -> str:
    if form.type == "multiple":
        return "People could choose several, so shares can add up to more than 100%."
    if form.type == "ranking":
        return "Counted by what each person put first."
    return "" if form.values else _WORDS.get(form.type, "")


def _ends(counted: QuestionTally) -> tuple[tuple[str, str | None, int | None], ...]:
    return (
        ("Answered", None, counted.answered),
        ("No answer", MISSING, counted.missing),
        ("Not asked", NOT_ROUTED, counted.not_routed),
    )


def _lines(asked: AskedInWords, counted: QuestionTally, opens: Open) -> list[Line]:
    form = asked.form
    if not form.rows:
        figures = _figures(counted.options, partial(opens, form.key))
        return [
            Line(asked.options[value], (figure,))
            for value, figure in zip(form.values, figures, strict=True)
        ]
    return [
        Line(
            asked.rows[row.value], _figures(row.options, partial(opens, f"{form.key}.{row.value}"))
        )
        for row in rows_of(counted)
    ]


def _figures(options: Sequence[OptionTally], opens: Callable[[str], str]) -> tuple[Figure, ...]:
    return tuple(Figure(each.n, each.share, opens(each.value)) for each in options)


def rows_of(counted: QuestionTally) -> tuple[RowTally, ...]:
    return counted.rows if isinstance(counted.rows, tuple) else ()


def _chart(asked: AskedInWords, counted: QuestionTally) -> Drawn:
    points = asked.form.points
    items: list[tuple[str, QuestionTally | RowTally]] = (
        [(asked.rows[row.value], row) for row in rows_of(counted)]
        if asked.form.rows
        else [("", counted)]
    )
    rows = [
        Row(
            label,
            _shares(item.options[: len(points)]),
            scale_words(asked, cells_of(item)),
            few(item.answered),
        )
        for label, item in items
    ]
    told = " ".join(f"{row.label}: {row.words}" if row.label else row.words for row in rows)
    named = Named(f"short-{asked.form.key}", asked.title, told)
    words = [asked.options[value] for value in points]
    return drawn(lambda width: diverging(named, words, rows, width=width))


def _shares(options: Sequence[OptionTally]) -> tuple[float, ...]:
    shares = [each.share for each in options]
    return () if None in shares else tuple(each or 0.0 for each in shares)
