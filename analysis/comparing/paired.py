"""Whether the same people answered otherwise the second time.

Every table is first answer × second answer, over people who gave both.
"""

from math import comb

import numpy as np
import scipy
from scipy.special import ndtr

from analysis.comparing.association import How, Tested
from analysis.comparing.tables import Counts, Floats, midranks, tied

MOST_EXACT = 300


def mcnemar(table: Counts) -> Tested:
    """McNemar's test of a 2 × 2 table, exact: of those who changed, half would go each way.

    The statistic is how many went from the first value to the second. p is 1 when nobody changed.
    """
    there, back = int(table[0, 1]), int(table[1, 0])
    p = float(scipy.stats.binomtest(there, there + back).pvalue) if there + back else 1.0
    return Tested("McNemar exact", float(there), p, How.EXACT)


def changes(table: Counts) -> tuple[Counts, Counts]:
    """People who moved by 1, 2, … places towards the first value, and away from it; tables may be
    stacked, … × first × second."""
    steps = range(1, table.shape[-1])
    towards = [np.trace(table, offset=-step, axis1=-2, axis2=-1) for step in steps]
    away = [np.trace(table, offset=step, axis1=-2, axis2=-1) for step in steps]
    return np.stack(towards, axis=-1), np.stack(away, axis=-1)


def wilcoxon(table: Counts) -> Tested:
    """Wilcoxon's signed-rank test of an ordered k × k table; whoever stayed is left out.

    The statistic is the sum of the ranks of moves towards the first value. Exact, with ties, up to
    300 people who moved; then normal with the correction for ties and none for continuity.
    Wilcoxon, Biometrics Bulletin 1 (1945) 80-83.
    """
    towards, away = changes(table)
    moved = towards + away
    people = int(moved.sum())
    ranks = midranks(moved)
    statistic = float((towards * ranks).sum())
    if not people:
        return Tested("Wilcoxon signed-rank", 0.0, 1.0, How.EXACT)
    if people <= MOST_EXACT:
        return Tested("Wilcoxon signed-rank", statistic, _exact(moved, ranks, statistic), How.EXACT)
    variance = people * (people + 1) * (2 * people + 1) / 24 - tied(moved) / 48
    z = (statistic - people * (people + 1) / 4) / np.sqrt(variance)
    return Tested("Wilcoxon signed-rank", statistic, float(2 * ndtr(-abs(z))), How.APPROXIMATE)


def _exact(moved: Counts, ranks: Floats, statistic: float) -> float:
    """Each mover's direction is a fair coin, so the sums are those of binomial counts of ranks."""
    chances = np.ones(1)
    for people, rank in zip(moved.tolist(), ranks.tolist(), strict=True):
        if people:
            one = np.zeros(people * round(2 * rank) + 1)
            one[:: round(2 * rank)] = [comb(people, n) / 2**people for n in range(people + 1)]
            chances = np.convolve(chances, one)
    centre = (len(chances) - 1) / 2
    sums = np.arange(len(chances))
    far = np.abs(sums - centre) >= abs(2 * statistic - centre) - 1e-9
    return float(min(1.0, chances[far].sum()))
