"""Whether groups and values hang together, when neither has an order."""

from enum import StrEnum

import scipy
from msgspec import Struct

from analysis.comparing.margins import SEED, drawn_p, enumerated_p, improbability
from analysis.comparing.tables import Counts, is_sparse

FEW_PEOPLE = 60


class How(StrEnum):
    """Where a p comes from."""

    EXACT = "exact"
    DRAWN = "Monte Carlo"
    APPROXIMATE = "approximate"


class Tested(Struct, frozen=True):
    """`statistic` is None where the test has none but the table itself."""

    name: str
    statistic: float | None
    p: float
    how: How


def association(table: Counts, *, seed: int = SEED) -> Tested:
    """The test of independence that the table can bear. Needs at least two groups and two values
    with people in them."""
    if not is_sparse(table):
        return chi_square(table)
    return fisher(table) if table.shape == (2, 2) else freeman_halton(table, seed=seed)


def chi_square(table: Counts) -> Tested:
    """Pearson's, without Yates's correction: where that would matter, Fisher's test is used."""
    result = scipy.stats.chi2_contingency(table, correction=False)
    return Tested(
        "Pearson chi-square", float(result.statistic), float(result.pvalue), How.APPROXIMATE
    )


def fisher(table: Counts) -> Tested:
    """Fisher's exact test of a 2 × 2 table, two-sided: all tables no more probable than this."""
    # Of few people going through the tables is six times as fast as SciPy; of many it is slower.
    exact = enumerated_p(table) if table.sum() <= FEW_PEOPLE else None
    # SciPy's sum can exceed 1 by a rounding.
    p = min(1.0, float(scipy.stats.fisher_exact(table).pvalue)) if exact is None else exact
    return Tested("Fisher exact", None, p, How.EXACT)


def freeman_halton(table: Counts, *, seed: int = SEED) -> Tested:
    """Fisher's test of any larger table; seeded draws where there are too many to go through."""
    exact = enumerated_p(table)
    if exact is not None:
        return Tested("Fisher–Freeman–Halton", None, exact, How.EXACT)
    drawn = drawn_p(table, improbability, seed=seed)
    return Tested("Fisher–Freeman–Halton", None, drawn, How.DRAWN)
