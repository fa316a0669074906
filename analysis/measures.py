"""What the numbers or dates given to one question say, and the bands that they lie in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import floor, log10

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.counting import Form
from analysis.crosstab import Marks, in_group
from analysis.summaries.numbers import Band, Dates, Numbers, dates, in_bands, numbers
from surveys.typed import day_words, figure

MOST_BANDS = 12
MONTHS_IN_A_YEAR = 12

Values = tuple[NDArray[np.float64], ...]
"""A question's numbers, or the ordinals of its dates, for each block in its order: nan where
somebody gave none."""


class BandCount(Struct, frozen=True):
    name: str
    band: Band
    n: int


class Measured(Struct, frozen=True):
    """`answered`, `missing` and `not_routed` are people, of those who are looked at. `numbers` or
    `dates` is there by the question's type, None of nobody; a mean is shown only where asked for.
    `bands` are even ones from the least to the greatest, for a chart; together they are everybody
    who answered. All of it in full: for those who may manage."""

    type: str
    answered: int
    missing: int
    not_routed: int
    numbers: Numbers | None
    dates: Dates | None
    bands: tuple[BandCount, ...]


def measured_by(asked: Form, marks: Sequence[Marks], values: Values) -> Measured:
    given = those_given(marks, values)
    states = [each.states(asked, None) for each in marks]
    answered, missing = (
        sum(int(np.bitwise_count(state[at]).sum()) for state in states) for at in (0, 1)
    )
    base = sum(int(np.bitwise_count(each.everybody()).sum()) for each in marks)
    is_date = asked.type == "date"
    days = [date.fromordinal(int(day)) for day in given] if is_date else []
    return Measured(
        type=asked.type,
        answered=answered,
        missing=missing,
        not_routed=base - answered - missing,
        numbers=None if is_date else numbers(given),
        dates=dates(days) if is_date else None,
        bands=_counted(given, even_edges(given, is_date=is_date), is_date=is_date),
    )


def those_given(marks: Sequence[Marks], values: Values) -> NDArray[np.float64]:
    """What those who are looked at gave, in no order."""
    found = [
        here[in_group(each.everybody(), here.size)]
        for each, here in zip(marks, values, strict=True)
    ]
    together: NDArray[np.float64] = np.concatenate([*found, np.empty(0)])
    given: NDArray[np.float64] = together[~np.isnan(together)]
    return given


def even_edges(given: NDArray[np.float64], *, is_date: bool) -> tuple[float, ...]:
    """Where even bands begin, with the end of the last: years or months of dates, steps of 1, 2
    or 5 and zeros of numbers. Empty of nobody."""
    if not given.size:
        return ()
    least, most = float(given.min()), float(given.max())
    return _day_edges(least, most) if is_date else _number_edges(least, most)


def band_name(band: Band, *, is_date: bool, whole: bool) -> str:
    """Like “Under 18”, “18 to 64”, “1.5 to under 2”, “March 2026”, “2026”."""
    return _day_name(band) if is_date else _number_name(band, whole=whole)


def month_starts(first: date, last: date) -> Iterator[date]:
    """The first of each month from the one of the first day to the one after the last."""
    at = first.year * MONTHS_IN_A_YEAR + first.month - 1
    until = last.year * MONTHS_IN_A_YEAR + last.month
    for month in range(at, until + 1):
        yield date(month // MONTHS_IN_A_YEAR, month % MONTHS_IN_A_YEAR + 1, 1)


def year_starts(first: date, last: date) -> Iterator[date]:
    """The first of January of each year, to the one after the last day."""
    return (date(year, 1, 1) for year in range(first.year, last.year + 2))


def all_whole(given: Iterable[float]) -> bool:
    return all(float(each).is_integer() for each in given)


def _counted(
    given: NDArray[np.float64], edges: Sequence[float], *, is_date: bool
) -> tuple[BandCount, ...]:
    if not edges:
        return ()
    # Nobody lies before the first edge, nor from the last on.
    people = in_bands(given, edges)[1:-1].tolist()
    whole = bool((given == np.floor(given)).all()) and all_whole(edges)
    spans = (Band(low, high) for low, high in pairwise(edges))
    return tuple(
        BandCount(band_name(band, is_date=is_date, whole=whole), band, n)
        for band, n in zip(spans, people, strict=True)
    )


def _day_edges(least: float, most: float) -> tuple[float, ...]:
    first, last = date.fromordinal(int(least)), date.fromordinal(int(most))
    months = tuple(month_starts(first, last))
    starts = months if len(months) <= MOST_BANDS + 1 else tuple(year_starts(first, last))
    while len(starts) > MOST_BANDS + 1:
        # Two years, four, and so on; the end stays beyond the last day.
        starts = (*starts[:-1:2], starts[-1])
    return tuple(float(day.toordinal()) for day in starts)


def _number_edges(least: float, most: float) -> tuple[float, ...]:
    step = _step((most - least) / MOST_BANDS) if most > least else 1.0
    first = floor(least / step)
    edges = tuple(round(at * step, 10) for at in range(first, floor(most / step) + 2))
    return edges if edges[0] <= least and most < edges[-1] else ()


def _step(least: float) -> float:
    """The first of 1, 2 and 5 times a power of ten that is not less."""
    power = 10.0 ** floor(log10(least))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least)


def _number_name(band: Band, *, whole: bool) -> str:
    low, high = band.low, band.high
    if low is None:
        return "Any number" if high is None else f"Under {figure(high)}"
    if high is None:
        return f"{figure(low)} and over"
    if not whole:
        return f"{figure(low)} to under {figure(high)}"
    return figure(low) if high - low == 1 else f"{figure(low)} to {figure(high - 1)}"


def _day_name(band: Band) -> str:
    low = None if band.low is None else date.fromordinal(int(band.low))
    high = None if band.high is None else date.fromordinal(int(band.high))
    if low is None:
        return "Any date" if high is None else f"Before {day_words(high)}"
    if high is None:
        return f"From {day_words(low)}"
    if low.day == high.day == 1 and low.month == high.month == 1:
        years = high.year - low.year
        return str(low.year) if years == 1 else f"{low.year} to {high.year - 1}"
    if (low.day, high) == (1, tuple(month_starts(low, low))[1]):
        return f"{low:%B %Y}"
    last = date.fromordinal(high.toordinal() - 1)
    return day_words(low) if last == low else f"{day_words(low)} to {day_words(last)}"
