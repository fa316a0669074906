"""Many comparisons looked at together: how far each p must be discounted for the others."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import overload

import numpy as np
import scipy


class Correction(StrEnum):
    """Which promise is made of the whole family."""

    HOLM = "Holm"
    BENJAMINI_HOCHBERG = "Benjamini–Hochberg"


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p in the order given: at most 5 % of families flag anything by chance at 0.05.

    Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
    """
    order = np.argsort(ps, kind="stable")
    steps = np.asarray(ps, np.float64)[order] * np.arange(len(ps), 0, -1)
    adjusted = np.empty(len(ps))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return tuple(adjusted.tolist())


def benjamini_hochberg(ps: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p in the order given: of what is flagged, at most 5 % is expected to be by chance.

    Benjamini & Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300.
    """
    return tuple(scipy.stats.false_discovery_control(ps, method="bh").tolist()) if ps else ()


_CORRECT: dict[Correction, Callable[[Sequence[float]], tuple[float, ...]]] = {
    Correction.HOLM: holm,
    Correction.BENJAMINI_HOCHBERG: benjamini_hochberg,
}


@overload
def adjusted(ps: Sequence[float], correction: Correction) -> tuple[float, ...]: ...
@overload
def adjusted(ps: Sequence[float | None], correction: Correction) -> tuple[float | None, ...]: ...
def adjusted(ps: Sequence[float | None], correction: Correction) -> tuple[float | None, ...]:
    """Adjusted over those that could be tested; None stays None and counts for nothing."""
    tested = [p for p in ps if p is not None]
    found = iter(_CORRECT[correction](tested))
    return tuple(None if p is None else next(found) for p in ps)
