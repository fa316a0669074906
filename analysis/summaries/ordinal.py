"""Where the answers on an ordered scale lie, beside their shares and their median."""

from collections.abc import Sequence
from itertools import accumulate
from math import sqrt

from msgspec import Struct

QUARTERS = (0.25, 0.5, 0.75)


class Mean(Struct, frozen=True):
    """`value` on the scale's scores; `spread` is the standard deviation, None of one answer."""

    value: float
    spread: float | None
    scored: int


def quartile_points(points: Sequence[int]) -> tuple[int, int, int] | None:
    """The indices of the points by which a quarter, half and three quarters of the scored answers
    have been counted, in the scale's own order; None when nobody was scored.

    Always points that can be answered: definition 1 of Hyndman & Fan, American Statistician 50
    (1996) 361-365. The middle one is likert.median_point.
    """
    total = sum(points)
    if not total:
        return None
    reached = list(accumulate(points))
    low, middle, high = (
        next(at for at, people in enumerate(reached) if people >= quarter * total)
        for quarter in QUARTERS
    )
    return low, middle, high


def mean_score(points: Sequence[int]) -> Mean | None:
    """The mean where the last point scores 1 and each before it one more; None of nobody.

    For officers who ask for it: it takes the points to be equally far apart.
    """
    total = sum(points)
    if not total:
        return None
    scores = range(len(points), 0, -1)
    mean = sum(n * score for n, score in zip(points, scores, strict=True)) / total
    squares = sum(n * (score - mean) ** 2 for n, score in zip(points, scores, strict=True))
    return Mean(mean, sqrt(squares / (total - 1)) if total > 1 else None, total)
