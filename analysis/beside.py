"""Two groups of responses side by side: shares beside each other, and points between them."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.in_short import Figure, rows_of
from analysis.narrowing import Narrowing
from analysis.tally import OptionTally, QuestionTally, RowTally
from analysis.wording import net_words

Open = Callable[[str, str | None], str]
"""The address that lists who of one side gave a value in a place, or any with None."""
Side = tuple[QuestionTally | RowTally, Open]


class Line(Struct, frozen=True):
    """`points` is the second less the first, in words; empty where there is nothing to compare."""

    label: str
    left: Figure
    right: Figure
    points: str


class Table(Struct, frozen=True):
    """A question, or one row of a grid; the last line tells who answered."""

    label: str
    lines: tuple[Line, ...]


class Beside(Struct, frozen=True):
    key: str
    title: str
    tables: tuple[Table, ...]


def beside(asked: AskedInWords, left: Side, right: Side) -> Beside:
    return Beside(asked.form.key, asked.title, tuple(_tables(asked, left, right)))


def same_way(left: Narrowing, right: Narrowing) -> str:
    """What a comparison would make its groups by, as the query of its address, where the two sides
    differ in one way alone; empty where they do not."""
    ways = {
        "by=_round": (left.rounds, right.rounds),
        "by=_channel": (left.channels, right.channels),
    }
    places = (left.by_place(), right.by_place())
    for place in {**places[0], **places[1]}:
        ways[f"by={place}"] = (places[0].get(place, ()), places[1].get(place, ()))
    differ = [way for way, (one, other) in ways.items() if one != other]
    return differ[0] if len(differ) == 1 else ""


def _tables(asked: AskedInWords, left: Side, right: Side) -> Iterator[Table]:
    form = asked.form
    if not form.rows:
        yield Table("", _lines(asked, form.key, left, right))
    for one, other in zip(_rows(left), _rows(right), strict=True):
        place = f"{form.key}.{one.value}"
        lines = _lines(asked, place, (one, left[1]), (other, right[1]))
        yield Table(asked.rows[one.value], lines)


def _rows(side: Side) -> tuple[RowTally, ...]:
    counted = side[0]
    return rows_of(counted) if isinstance(counted, QuestionTally) else ()


def _lines(asked: AskedInWords, place: str, left: Side, right: Side) -> tuple[Line, ...]:
    options = zip(
        asked.form.values,
        _figures(left[0].options, partial(left[1], place)),
        _figures(right[0].options, partial(right[1], place)),
        strict=True,
    )
    lines = [
        Line(asked.options[value], one, other, _points(one.share, other.share))
        for value, one, other in options
    ]
    one, other = (
        Figure(counted.answered, None, opens(place, None)) for counted, opens in (left, right)
    )
    return (*lines, Line("Answered", one, other, ""))


def _figures(options: Sequence[OptionTally], opens: Callable[[str], str]) -> tuple[Figure, ...]:
    return tuple(Figure(each.n, each.share, opens(each.value)) for each in options)


def _points(left: float | None, right: float | None) -> str:
    return "" if left is None or right is None else net_words(right - left)
