"""Whether a share rises or falls along groups that have an order."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from analysis.comparing.association import How, Tested
from analysis.comparing.margins import SEED, drawn_p, linear_p
from analysis.comparing.tables import Counts, Floats, is_sparse


def cochran_armitage(table: Counts, *, scores: ArrayLike | None = None, seed: int = SEED) -> Tested:
    """Cochran & Armitage's z, of a table of groups in order × two values; two-sided.

    `scores` place the groups, in halves or wholes; without, they stand one apart. Positive where
    the first value's share rises. Exact in a sparse table while that is little work, else drawn.
    Armitage, Biometrics 11 (1955) 375-386.
    """
    placed = np.arange(len(table)) if scores is None else np.asarray(scores)
    places = placed.astype(np.float64)
    people, first = table.sum(axis=1), table[:, 0]
    total = int(people.sum())
    share = first.sum() / total
    spread = float((people * places**2).sum()) - float((people * places).sum()) ** 2 / total
    z = float((places * (first - people * share)).sum() / np.sqrt(share * (1 - share) * spread))
    if not is_sparse(table):
        return Tested("Cochran–Armitage trend", z, float(2 * ndtr(-abs(z))), How.APPROXIMATE)
    exact = _exact(table, places)
    if exact is not None:
        return Tested("Cochran–Armitage trend", z, exact, How.EXACT)
    return Tested("Cochran–Armitage trend", z, _drawn(table, places, seed), How.DRAWN)


def _drawn(table: Counts, places: Floats, seed: int) -> float:
    centre = float((table.sum(axis=1) * places).sum()) * float(table[:, 0].sum() / table.sum())

    def distance(tables: Counts) -> Floats:
        far: Floats = np.abs(tables[..., 0] @ places - centre)
        return far

    return drawn_p(table, distance, seed=seed)


def _exact(table: Counts, places: Floats) -> float | None:
    fewer = int(np.argmin(table.sum(axis=0)))
    return linear_p(
        table.sum(axis=1),
        places,
        people=int(table[:, fewer].sum()),
        observed=float((table[:, fewer] * places).sum()),
    )
