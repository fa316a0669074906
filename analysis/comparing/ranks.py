"""Whether groups lie differently along an ordered scale, from counts alone.

Every table is groups × values, the values in order. All ranks are midranks.
"""

from itertools import combinations

import numpy as np
from msgspec import Struct
from scipy.special import chdtrc, ndtr

from analysis.comparing.association import How, Tested
from analysis.comparing.families import holm
from analysis.comparing.margins import SEED, drawn_p, linear_p
from analysis.comparing.tables import Counts, Floats, midranks, tied

FEW = 10
"""In groups smaller than this the normal and chi-square approximations are not trusted."""


class Pair(Struct, frozen=True):
    """Two groups by their places in the table. `z` is positive where the second lies nearer the
    first value, None where values have no order; `p_adjusted` is Holm's over all the pairs of the
    table."""

    first: int
    second: int
    z: float | None
    p: float
    p_adjusted: float


def rank_sums(tables: Counts) -> Floats:
    """The sum of ranks of each group; tables may be stacked, … × groups × values."""
    sums: Floats = tables @ midranks(tables.reshape(-1, *tables.shape[-2:])[0].sum(axis=0))
    return sums


def mann_whitney(table: Counts, *, seed: int = SEED) -> Tested:
    """Mann & Whitney's U of the first of two groups, two-sided.

    Exact while that is little work, drawn for small groups, else normal with the correction for
    ties and none for continuity.
    """
    first, second = (int(n) for n in table.sum(axis=1))
    values = table.sum(axis=0)
    total = first + second
    u = float(rank_sums(table)[0]) - first * (first + 1) / 2
    small = int(np.argmin([first, second]))
    exact = linear_p(
        values,
        midranks(values),
        people=min(first, second),
        observed=float(rank_sums(table)[small]),
    )
    if exact is not None:
        return Tested("Mann–Whitney U", u, exact, How.EXACT)
    if min(first, second) < FEW:
        drawn = drawn_p(table, _distance, seed=seed)
        return Tested("Mann–Whitney U", u, drawn, How.DRAWN)
    variance = first * second / 12 * (total + 1 - tied(values) / (total * (total - 1)))
    z = (u - first * second / 2) / np.sqrt(variance)
    return Tested("Mann–Whitney U", u, float(2 * ndtr(-abs(z))), How.APPROXIMATE)


def kruskal_wallis(table: Counts, *, seed: int = SEED) -> Tested:
    """Kruskal & Wallis's H with the correction for ties; p is drawn where any group is small."""
    h = float(kruskal_statistic(table[np.newaxis])[0])
    if int(table.sum(axis=1).min()) < FEW:
        return Tested("Kruskal–Wallis H", h, drawn_p(table, _spread, seed=seed), How.DRAWN)
    return Tested("Kruskal–Wallis H", h, float(chdtrc(len(table) - 1, h)), How.APPROXIMATE)


def _spread(tables: Counts) -> Floats:
    """What of H differs between tables with the same margins: the squares of the sums of ranks,
    from the middle, each over the people of its group."""
    people = tables[0].sum(axis=-1)
    far = rank_sums(tables) - people * (people.sum() + 1) / 2
    found: Floats = (far**2 / people).sum(axis=-1)
    return found


def kruskal_statistic(tables: Counts) -> Floats:
    """H of tables that share their margins' total, draws × groups × values.

    Kruskal & Wallis, Journal of the American Statistical Association 47 (1952) 583-621.
    """
    values = tables.sum(axis=-2)
    people = tables.sum(axis=-1)
    total = people[0].sum()
    ranks = np.cumsum(values, axis=-1) - (values - 1) / 2
    sums = (tables * ranks[:, np.newaxis, :]).sum(axis=-1)
    means = np.divide(sums**2, people, out=np.zeros_like(sums), where=people > 0)
    raw = 12 / (total * (total + 1)) * means.sum(axis=-1) - 3 * (total + 1)
    # Groups that answered alike come out a rounding below zero, of which there is no p.
    raw = np.maximum(raw, 0)
    loss = (values.astype(np.float64) ** 3 - values).sum(axis=-1) / (float(total) ** 3 - total)
    adjusted: Floats = np.divide(raw, 1 - loss, out=np.zeros_like(raw), where=loss < 1)
    return adjusted


def dunn(table: Counts) -> tuple[Pair, ...]:
    """Every two groups compared on the ranks of all, with the correction for ties.

    Dunn, Technometrics 6 (1964) 241-252.
    """
    values, people = table.sum(axis=0), table.sum(axis=1)
    total = int(people.sum())
    means = rank_sums(table) / people
    spread = total * (total + 1) / 12 - tied(values) / (12 * (total - 1))
    pairs = list(combinations(range(len(table)), 2))
    zs = [
        float((means[one] - means[two]) / np.sqrt(spread * (1 / people[one] + 1 / people[two])))
        for one, two in pairs
    ]
    ps = [float(2 * ndtr(-abs(z))) for z in zs]
    each = zip(pairs, zs, ps, holm(ps), strict=True)
    return tuple(Pair(one, two, z, p, adjusted) for (one, two), z, p, adjusted in each)


def _distance(tables: Counts) -> Floats:
    """How far the first group's sum of ranks is from what chance gives."""
    people, total = tables[0, 0].sum(), tables[0].sum()
    far: Floats = np.abs(rank_sums(tables)[..., 0] - people * (total + 1) / 2)
    return far
