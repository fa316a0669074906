"""Who answered beside who lives here, or is on the register, group by group."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import scipy
from msgspec import Struct
from numpy.typing import NDArray
from scipy.special import gammaln

from analysis.comparing.association import How, Tested
from analysis.comparing.margins import DRAWS, SEED
from analysis.comparing.tables import LEAST_EXPECTED, Counts, Floats
from analysis.summaries.intervals import goodman


class Population(Struct, frozen=True):
    """How many are in each group, from a named source on a date: a census, a register."""

    groups: tuple[str, ...]
    people: tuple[int, ...]
    source: str
    on: date

    def shares(self) -> Floats:
        """Raises ValueError of a population of nobody, or one with fewer numbers than groups."""
        if len(self.people) != len(self.groups) or sum(self.people) <= 0 or min(self.people) < 0:
            raise ValueError("a population names each group once, with its number of people")
        return np.array(self.people) / sum(self.people)


class GroupReach(Struct, frozen=True):
    """`share` and its `interval` are of those who answered and told their group; `gap` is that
    share less the population's, and `under` that even the interval's upper end lies below it.
    `wanting` is how many more of the group would even it out, were nobody else to answer."""

    group: str
    n: int
    share: float
    interval: tuple[float, float]
    population_share: float
    gap: float
    under: bool
    over: bool
    wanting: int


class Reach(Struct, frozen=True):
    """`fit` tells whether the mix of groups could be a random draw from the population; what it
    cannot tell is whether those who answered think like the rest of their group. One group alone
    has none."""

    n: int
    groups: tuple[GroupReach, ...]
    fit: Tested | None


def reach(
    counts: Sequence[int], population: Population, *, looked_at: int = 1, seed: int = SEED
) -> Reach | None:
    """Of the people in each of the population's groups, in its order; None where nobody told.

    The intervals hold together, those of all the tables that are `looked_at` with this one, so
    that the groups called under or over are so at once.
    """
    shares, total = population.shares(), sum(counts)
    intervals = goodman(counts, confidence=1 - 0.05 / looked_at)
    if intervals is None:
        return None
    each = zip(population.groups, counts, intervals, shares.tolist(), strict=True)
    groups = tuple(_group(name, n, total, interval, share) for name, n, interval, share in each)
    fit = goodness_of_fit(np.array(counts), shares, seed=seed) if len(groups) > 1 else None
    return Reach(total, groups, fit)


def goodness_of_fit(counts: Counts, shares: Floats, *, seed: int = SEED) -> Tested:
    """Pearson's chi-square against the shares; seeded draws where under 5 are expected anywhere.

    Groups of which the population has nobody are left out, unless somebody answered: then p is 0.
    """
    if counts[shares == 0].any():
        return Tested("Goodness of fit", None, 0.0, How.EXACT)
    there = shares > 0
    people, expected = counts[there], shares[there] * counts.sum()
    if expected.min() >= LEAST_EXPECTED:
        result = scipy.stats.chisquare(people, expected)
        return Tested(
            "Goodness of fit", float(result.statistic), float(result.pvalue), How.APPROXIMATE
        )
    draws = np.random.default_rng(seed).multinomial(counts.sum(), shares[there], DRAWS)
    beyond = _improbability(draws, shares[there]) >= _improbability(people, shares[there]) - 1e-9
    p = (1 + int(np.count_nonzero(beyond))) / (DRAWS + 1)
    return Tested("Goodness of fit", None, p, How.DRAWN)


def _improbability(counts: Counts, shares: Floats) -> NDArray[np.float64]:
    """Of draws × groups, or of one: larger for those less probable of a multinomial draw."""
    found: NDArray[np.float64] = (gammaln(counts + 1.0) - counts * np.log(shares)).sum(axis=-1)
    return found


def _group(
    name: str, n: int, total: int, interval: tuple[float, float], share: float
) -> GroupReach:
    low, high = interval
    others = total - n
    wanted = int(np.ceil(others * share / (1 - share) - 1e-9)) if share < 1 else n
    return GroupReach(
        group=name,
        n=n,
        share=n / total,
        interval=interval,
        population_share=share,
        gap=n / total - share,
        under=high < share,
        over=low > share,
        wanting=max(0, wanted - n),
    )
