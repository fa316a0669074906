"""Two groups at a time, where their values have no order."""

from itertools import combinations

from analysis.comparing.association import association
from analysis.comparing.families import holm
from analysis.comparing.margins import SEED
from analysis.comparing.ranks import Pair
from analysis.comparing.tables import Counts, inhabited


def two_at_a_time(table: Counts, *, seed: int = SEED) -> tuple[Pair, ...]:
    """Every two groups by the test of independence that they can bear, p corrected for all pairs.

    Two groups that gave one and the same value have a p of 1.
    """
    pairs = list(combinations(range(len(table)), 2))
    ps = [_p(inhabited(table[list(pair)]), seed) for pair in pairs]
    each = zip(pairs, ps, holm(ps), strict=True)
    return tuple(Pair(one, two, None, p, adjusted) for (one, two), p, adjusted in each)


def _p(table: Counts, seed: int) -> float:
    return association(table, seed=seed).p if min(table.shape) > 1 else 1.0
