"""Whether several items measure one thing, and whether they point the same way."""

import numpy as np
import scipy
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray


class Item(Struct, frozen=True):
    """`with_the_rest` is the correlation with the sum of the other items, None where either does
    not vary; `alpha_without` that of the others, None of fewer than two. `opposite` where people
    high on it are low on the rest: it wants turning round, or does not belong."""

    with_the_rest: float | None
    alpha_without: float | None
    opposite: bool


class Reliability(Struct, frozen=True):
    """`alpha` is Cronbach's, at most 1, `interval` Feldt's 95 %; None where nothing varies."""

    people: int
    left_out: int
    alpha: float | None
    interval: tuple[float, float] | None
    items: tuple[Item, ...]

    @property
    def opposite(self) -> tuple[int, ...]:
        return tuple(at for at, item in enumerate(self.items) if item.opposite)


def reliability(scores: ArrayLike) -> Reliability:
    """Of scores, people × items, nan where somebody gave none; only whoever scored every item is
    used. Raises ValueError under two items.

    Cronbach, Psychometrika 16 (1951) 297-334.
    """
    given = np.asarray(scores, np.float64)
    if given.ndim != 2 or given.shape[1] < 2:
        raise ValueError("a scale has at least two items")
    whole = given[~np.isnan(given).any(axis=1)]
    people, items = whole.shape
    covariance = np.cov(whole, rowvar=False) if people > 1 else np.zeros((items, items))
    alpha = _alpha(covariance)
    return Reliability(
        people,
        len(given) - people,
        alpha,
        None if alpha is None else feldt(alpha, people=people, items=items),
        tuple(_item(covariance, at) for at in range(items)),
    )


def feldt(
    alpha: float, *, people: int, items: int, confidence: float = 0.95
) -> tuple[float, float]:
    """Feldt, Woodruff & Salih, Applied Psychological Measurement 11 (1987) 93-103, (6) and (7)."""
    tails = (1 + confidence) / 2, (1 - confidence) / 2
    low, high = (
        1 - (1 - alpha) * float(scipy.stats.f.ppf(tail, people - 1, (people - 1) * (items - 1)))
        for tail in tails
    )
    return low, high


def _alpha(covariance: NDArray[np.float64]) -> float | None:
    items, whole = len(covariance), float(covariance.sum())
    if items < 2 or whole <= 0:
        return None
    return items / (items - 1) * (1 - float(np.trace(covariance)) / whole)


def _item(covariance: NDArray[np.float64], at: int) -> Item:
    rest = np.arange(len(covariance)) != at
    others = covariance[np.ix_(rest, rest)]
    together = float(covariance[at, rest].sum())
    spread = float(covariance[at, at] * others.sum())
    correlation = together / float(np.sqrt(spread)) if spread > 0 else None
    return Item(correlation, _alpha(others), correlation is not None and correlation < 0)
