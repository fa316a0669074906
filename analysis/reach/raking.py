"""Weights that give every group its share of the population; on request, beside plain figures."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.comparing.tables import Counts, Floats
from app.problems import Refusal

ENOUGH = 1e-12
MOST_ROUNDS = 1_000
LARGEST_WEIGHT = 5.0
"""Beyond it an answer speaks for too many: the limit of DeBell & Krosnick, Computing Weights for
American National Election Study Survey Data, 2009."""


class CannotWeigh(Refusal):
    title = "These answers cannot be weighted"


class Weights(Struct, frozen=True, eq=False):
    """`weights` is one weight for everybody in a cell, in the shape of the counts, with mean 1 over
    people and 0 where nobody is. `design_effect` is how much larger the variance of a mean gets by
    weighting alone, 1 + the squared coefficient of variation of the weights (Kish, Survey Sampling,
    1965, section 11.7), and `effective_n` what is left of n."""

    weights: Floats
    n: int
    design_effect: float
    effective_n: float
    largest: float
    smallest: float


def raked(
    counts: Counts, targets: Sequence[Floats], *, names: Sequence[Sequence[str]] | None = None
) -> Weights:
    """Weights for a table of people with a dimension for each thing to be evened out, and the
    population's shares for each, in the order of the dimensions; `names` are the groups'.

    Raises CannotWeigh where nobody is in the table, where a group that the population has is empty,
    where people are in a group that it has not, and where no weights meet all the shares.
    Deming & Stephan, Annals of Mathematical Statistics 11 (1940) 427-444.
    """
    total = int(counts.sum())
    if not total:
        raise CannotWeigh("Nobody has answered all the questions that the weights are made of.")
    called = names or [[f"group {at + 1}" for at in range(side)] for side in counts.shape]
    shares = [_checked(counts, axis, each, called[axis]) for axis, each in enumerate(targets)]
    fitted = counts / total
    for _ in range(MOST_ROUNDS):
        if _miss(fitted, shares) < ENOUGH:
            return _weights(counts, fitted, total)
        for axis, share in enumerate(shares):
            fitted = fitted * _factors(fitted, axis, share)
    raise CannotWeigh(
        "No weights give every group its share at once: too few people are in two groups at the "
        "same time. Weigh by fewer tables, or put small groups together in the tables."
    )


def refuse_too_large(weights: Weights, *, at_most: float = LARGEST_WEIGHT) -> None:
    """Raises CannotWeigh."""
    if weights.largest > at_most:
        raise CannotWeigh(
            f"One person’s answer would count as {weights.largest:.1f}, and {at_most:g} is the "
            "most that is defensible. Put the smallest groups together with others in the tables, "
            "weigh by fewer tables, or hear from more people in those groups."
        )


def weighted_shares(options: Counts, answered: Counts, weights: Floats) -> Floats:
    """The share of each value, the last dimension of `options`, of those who answered; the
    dimensions before it are the weights'. Nobody with a weight: nan."""
    dimensions = tuple(range(weights.ndim))
    people = (options * weights[..., np.newaxis]).sum(axis=dimensions)
    base = float((answered * weights).sum())
    found: Floats = people / base if base else np.full(people.shape, np.nan)
    return found


def effective_of(answered: Counts, weights: Floats) -> float:
    """Kish's effective n of the people who answered one question."""
    total, squares = float((answered * weights).sum()), float((answered * weights**2).sum())
    return total**2 / squares if squares else 0.0


def _checked(counts: Counts, axis: int, target: Floats, names: Sequence[str]) -> Floats:
    share: Floats = np.asarray(target, np.float64) / np.sum(target)
    people = counts.sum(axis=_others(counts, axis))
    for at, name in enumerate(names):
        if people[at] == 0 and share[at] > 0:
            raise CannotWeigh(
                f"Nobody in “{name}” answered every question that the weights are made of, and no "
                "weight makes up for nobody. Put the group together with another in its table, or "
                "hear from it first."
            )
        if people[at] > 0 and share[at] == 0:
            raise CannotWeigh(
                f"People answered from “{name}”, and the table says that nobody is in it. Check "
                "that number, or leave the group out of the table."
            )
    return share


def _miss(fitted: Floats, shares: Sequence[Floats]) -> float:
    """How far the worst share is from the one wanted."""
    margins = (fitted.sum(axis=_others(fitted, axis)) for axis in range(fitted.ndim))
    return max(
        float(np.abs(margin - share).max()) for margin, share in zip(margins, shares, strict=True)
    )


def _factors(fitted: Floats, axis: int, share: Floats) -> Floats:
    now = fitted.sum(axis=_others(fitted, axis))
    factors: Floats = np.divide(share, now, out=np.zeros_like(share), where=now > 0)
    shape = [1] * fitted.ndim
    shape[axis] = -1
    return factors.reshape(shape)


def _others(table: NDArray[np.generic], axis: int) -> tuple[int, ...]:
    return tuple(each for each in range(table.ndim) if each != axis)


def _weights(counts: Counts, fitted: Floats, total: int) -> Weights:
    weights = np.divide(fitted * total, counts, out=np.zeros(counts.shape), where=counts > 0)
    squares = float((counts * weights**2).sum()) / total
    there = weights[counts > 0]
    return Weights(weights, total, squares, total / squares, float(there.max()), float(there.min()))
