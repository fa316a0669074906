"""What answers with a number or a date say, and how many lie in each band."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray


class Numbers(Struct, frozen=True):
    """`spread` is the standard deviation, None of one answer. Quartiles lie between answers where
    the share falls between two (definition 7 of Hyndman & Fan, American Statistician 50 (1996)
    361-365), since a number has values between."""

    n: int
    mean: float
    spread: float | None
    least: float
    quartiles: tuple[float, float, float]
    most: float


class Dates(Struct, frozen=True):
    """Quartiles are days that somebody gave."""

    n: int
    first: date
    quartiles: tuple[date, date, date]
    last: date


class Band(Struct, frozen=True):
    """From `low`, which is in it, up to `high`, which is not; None where it has no end."""

    low: float | None
    high: float | None


def numbers(answers: ArrayLike) -> Numbers | None:
    """None of nobody."""
    given = np.sort(np.asarray(answers, np.float64))
    if not given.size:
        return None
    low, middle, high = np.quantile(given, (0.25, 0.5, 0.75)).tolist()
    spread = float(given.std(ddof=1)) if given.size > 1 else None
    return Numbers(
        given.size,
        float(given.mean()),
        spread,
        float(given[0]),
        (low, middle, high),
        float(given[-1]),
    )


def dates(answers: Sequence[date]) -> Dates | None:
    """None of nobody."""
    if not answers:
        return None
    days = np.array([day.toordinal() for day in answers])
    quarters = np.quantile(days, (0.25, 0.5, 0.75), method="inverted_cdf")
    low, middle, high = (date.fromordinal(int(day)) for day in quarters)
    return Dates(len(answers), min(answers), (low, middle, high), max(answers))


def bands(edges: Sequence[float]) -> tuple[Band, ...]:
    """The bands between edges, and one open at each end. Raises ValueError unless they rise."""
    if any(low >= high for low, high in pairwise(edges)):
        raise ValueError("the edges of bands rise, each above the one before")
    ends = (None, *edges, None)
    return tuple(Band(low, high) for low, high in pairwise(ends))


def in_bands(answers: ArrayLike, edges: Sequence[float]) -> NDArray[np.int64]:
    """People in each band of `bands(edges)`."""
    places = np.searchsorted(np.asarray(edges, np.float64), np.asarray(answers), side="right")
    return np.bincount(places, minlength=len(edges) + 1)
