"""How large a difference is, with an interval: what matters, where p only says how sure.

Intervals are at 95 %. Where no formula is known they are percentiles of seeded resamples.
"""

from collections.abc import Callable
from enum import StrEnum
from math import inf, sqrt

import numpy as np
import scipy
from msgspec import Struct
from numpy.random import Generator
from scipy.optimize import brentq
from scipy.special import chdtr, chndtrinc, ndtri

from analysis.comparing.margins import SEED
from analysis.comparing.paired import changes
from analysis.comparing.ranks import kruskal_statistic, rank_sums
from analysis.comparing.tables import Counts, Floats, is_sparse

RESAMPLES = 1_999
CONFIDENCE = 0.95
_TAILS = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
_Z = float(ndtri(_TAILS[1]))


class Size(StrEnum):
    """Cohen's words for a size, for readers; they know nothing of the subject."""

    SLIGHT = "slight"
    SMALL = "small"
    MODERATE = "moderate"
    LARGE = "large"


class Effect(Struct, frozen=True):
    """`high` is None where nothing bounds it. `likely` are the least and the greatest size that the
    interval allows. `resampled` says where the interval comes from."""

    name: str
    value: float
    low: float
    high: float | None
    size: Size
    likely: tuple[Size, Size]
    resampled: bool = False


def cramers_v(table: Counts, *, seed: int = SEED) -> Effect:
    """Cramér's V without its bias, 0 to 1: Bergsma, Journal of the Korean Statistical Society 42
    (2013) 323-328.

    Its interval holds the noncentralities under which the chi-square found is not unusual
    (Smithson, Confidence Intervals, 2003, chapter 4); of a sparse table it is resampled.
    """
    value = float(_unbiased_v(table[np.newaxis])[0])
    smaller = min(table.shape) - 1
    sparse = is_sparse(table)
    if sparse:
        low, high = _resampled(_all_together(table), _unbiased_v, seed)
    else:
        total = int(table.sum())
        df = (table.shape[0] - 1) * (table.shape[1] - 1)
        found = float(_chi_square(table[np.newaxis])[0])
        low, high = (sqrt(nc / (total * smaller)) for nc in _noncentralities(found, df))
    return _effect(
        "Cramér’s V, bias-corrected",
        value,
        (low, min(1.0, high)),
        lambda v: _size(v * sqrt(smaller), 0.1, 0.3, 0.5),
        resampled=sparse,
    )


def rank_biserial(table: Counts) -> Effect:
    """How much likelier it is that somebody of the first of two groups lies nearer the first value
    than somebody of the second, than the other way about: -1 to 1.

    The interval is the one that Newcombe recommends (Statistics in Medicine 25 (2006) 559-573),
    which takes the scale to be continuous: with many ties it is somewhat wide.
    """
    first, second = (int(n) for n in table.sum(axis=1))
    beyond = float(rank_sums(table)[0]) - first * (first + 1) / 2
    area = 1 - beyond / (first * second)
    low, high = _newcombe(area, first, second)
    return _effect("rank-biserial", 2 * area - 1, (2 * low - 1, 2 * high - 1), _size_of_balance)


def epsilon_squared(table: Counts, *, seed: int = SEED) -> Effect:
    """The share of the spread of ranks that lies between groups, 0 to 1: H / (n - 1), Kelley as in
    Tomczak & Tomczak, Trends in Sport Sciences 1 (2014) 19-25. Resampled within groups."""
    people = int(table.sum())

    def statistic(tables: Counts) -> Floats:
        return kruskal_statistic(tables) / (people - 1)

    value = float(statistic(table[np.newaxis])[0])
    ends = _resampled(_within_groups(table), statistic, seed)
    return _effect(
        "epsilon squared", value, ends, lambda v: _size(v, 0.01, 0.08, 0.26), resampled=True
    )


def matched_odds(table: Counts) -> Effect | None:
    """How many changed from the first value to the second for each who changed back; None where
    nobody changed. Exact (Clopper & Pearson on the share of those who changed)."""
    there, back = int(table[0, 1]), int(table[1, 0])
    if not there + back:
        return None
    share = scipy.stats.binomtest(there, there + back).proportion_ci(CONFIDENCE, method="exact")
    value, low, high = (_odds(each) for each in (there / (there + back), share.low, share.high))
    ends = (low, None if high == inf else high)
    return _effect("matched odds ratio", value, ends, _size_of_odds, nothing=1.0)


def matched_rank_biserial(table: Counts, *, seed: int = SEED) -> Effect:
    """The rank sum of moves towards the first value less that of moves away, of all ranks: -1 to 1.

    Kerby, Comprehensive Psychology 3 (2014) 1. Resampled over everybody.
    """
    value = float(_matched(table[np.newaxis])[0])
    ends = _resampled(_all_together(table), _matched, seed)
    return _effect("matched rank-biserial", value, ends, _size_of_balance, resampled=True)


def _effect(
    name: str,
    value: float,
    ends: tuple[float, float | None],
    size_of: Callable[[float], Size],
    *,
    nothing: float = 0.0,
    resampled: bool = False,
) -> Effect:
    """`nothing` is the value of no effect at all."""
    low, high = ends
    sizes = (size_of(low), Size.LARGE if high is None else size_of(high))
    least, most = sorted(sizes, key=list(Size).index)
    if low <= nothing and (high is None or nothing <= high):
        least = Size.SLIGHT
    return Effect(name, value, low, high, size_of(value), (least, most), resampled)


def _size_of_balance(value: float) -> Size:
    return _size(abs(value), 0.1, 0.3, 0.5)


def _size_of_odds(value: float) -> Size:
    return _size(max(value, 1 / value if value else inf), 1.5, 3.5, 9)


def _size(value: float, small: float, moderate: float, large: float) -> Size:
    """Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988, sections 3.2, 7.2."""
    if value < small:
        return Size.SLIGHT
    if value < moderate:
        return Size.SMALL
    return Size.MODERATE if value < large else Size.LARGE


def _chi_square(tables: Counts) -> Floats:
    """Pearson's, of draws × groups × values; a cell that nothing is expected in adds nothing."""
    total = tables.sum(axis=(-2, -1), keepdims=True)
    means = tables.sum(axis=-1, keepdims=True) * tables.sum(axis=-2, keepdims=True) / total
    parts = np.divide((tables - means) ** 2, means, out=np.zeros(tables.shape), where=means > 0)
    found: Floats = parts.sum(axis=(-2, -1))
    return found


def _unbiased_v(tables: Counts) -> Floats:
    total = float(tables[0].sum())
    if total < 2:
        return np.zeros(len(tables))
    rows, columns = tables.shape[-2:]
    less = (rows - 1) * (columns - 1) / (total - 1)
    shared = np.maximum(0, _chi_square(tables) / total - less)
    sides = (side - (side - 1) ** 2 / (total - 1) for side in (rows, columns))
    smaller = min(sides) - 1
    found: Floats = (
        np.sqrt(np.minimum(1, shared / smaller)) if smaller > 0 else np.zeros(len(tables))
    )
    return found


def _noncentralities(found: float, df: int) -> tuple[float, float]:
    """The ends of the noncentral chi-squares of which `found` lies within the middle 95 %; 0 where
    even the central one would usually give less."""
    central = float(chdtr(df, found))
    low, high = (
        float(chndtrinc(found, df, tail)) if central > tail else 0.0 for tail in reversed(_TAILS)
    )
    return low, high


def _newcombe(area: float, first: int, second: int) -> tuple[float, float]:
    middle = (first + second) / 2 - 1

    def miss(theta: float) -> float:
        spread = 1 + middle * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return (area - theta) ** 2 - _Z**2 * theta * (1 - theta) * spread / (first * second)

    low = 0.0 if area <= 0 else float(brentq(miss, 0, area, xtol=1e-12))
    high = 1.0 if area >= 1 else float(brentq(miss, area, 1, xtol=1e-12))
    return low, high


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def _matched(tables: Counts) -> Floats:
    """Of draws × first × second; 0 where nobody moved."""
    towards, away = changes(tables)
    moved = towards + away
    ranks = np.cumsum(moved, axis=-1) - (moved - 1) / 2
    balance, whole = (((towards - away) * ranks).sum(axis=-1), (moved * ranks).sum(axis=-1))
    found: Floats = np.divide(balance, whole, out=np.zeros(len(tables)), where=whole > 0)
    return found


def _all_together(table: Counts) -> Callable[[Generator], Counts]:
    shares = (table / table.sum()).ravel()
    shape = (RESAMPLES, *table.shape)
    return lambda chance: chance.multinomial(table.sum(), shares, RESAMPLES).reshape(shape)


def _within_groups(table: Counts) -> Callable[[Generator], Counts]:
    people = table.sum(axis=1)
    shares = table / people[:, np.newaxis]
    size = (RESAMPLES, len(table))
    return lambda chance: chance.multinomial(people, shares, size=size)


def _resampled(
    draw: Callable[[Generator], Counts], statistic: Callable[[Counts], Floats], seed: int
) -> tuple[float, float]:
    low, high = np.quantile(statistic(draw(np.random.default_rng(seed))), _TAILS)
    return float(low), float(high)
