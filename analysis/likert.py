"""What a scale item says: who agrees, who does not, where the middle lies, and how surely."""

from collections.abc import Sequence
from itertools import accumulate
from math import sqrt

from msgspec import Struct
from scipy.special import ndtri


class Sides(Struct, frozen=True):
    """People on each side of a scale. No-opinion answers are on none."""

    agree: int
    neutral: int
    disagree: int

    @property
    def scored(self) -> int:
        return self.agree + self.neutral + self.disagree


def sides(points: Sequence[int]) -> Sides:
    """The sides of a scale, from the count of each point, most positive first.

    An odd number of points has its middle for neutral; an even number has no neutral.
    """
    half = len(points) // 2
    middle = points[half] if len(points) % 2 else 0
    return Sides(sum(points[:half]), middle, sum(points[len(points) - half :]))


def net_agreement(counted: Sides, answered: int) -> float | None:
    """The share that agrees less the share that disagrees, -1 to 1, of those who answered."""
    return (counted.agree - counted.disagree) / answered if answered else None


def median_point(points: Sequence[int]) -> int | None:
    """The index of the median answer, most positive first; None when nobody was scored.

    The first point, in the scale's own order, by which at least half of the scored answers have
    been counted. A scale has no point between two points, so where the half falls exactly between
    two, the more positive one is the median.
    """
    total = sum(points)
    if not total:
        return None
    return next(index for index, sum_ in enumerate(accumulate(points)) if 2 * sum_ >= total)


def wilson(successes: int, trials: int, *, confidence: float = 0.95) -> tuple[float, float] | None:
    """The score interval for a proportion, without continuity correction; None without trials.

    Wilson (1927), as in Newcombe, Statistics in Medicine 17 (1998) 857-872, method 3.
    """
    if not trials:
        return None
    z = float(ndtri(0.5 + confidence / 2))
    share = successes / trials
    centre = share + z * z / (2 * trials)
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
