"""What else could lie behind the same figures: two people of a round with each other's answers.

Such an exchange leaves alone how many gave each answer, in that round too, so a hidden number is
open where an exchange alters it and otherwise only numbers that are hidden as well.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.comparing.tables import Counts

Changes = NDArray[np.int8]
"""Exchanges × groups × answers: one more, one less."""


class Part(Struct, frozen=True, eq=False):
    """The table of one round, groups × answers, and how many people are in each group."""

    table: Counts
    people: Counts


class Rules(Struct, frozen=True, eq=False):
    """What of a table can be exchanged. An answer that is `alone` is a person's only one, as each
    is to a question that takes one; whoever gave none of these gave one or more of the others.
    Only `groups` and `answers` that are true take part."""

    alone: NDArray[np.bool_]
    groups: NDArray[np.bool_]
    answers: NDArray[np.bool_]


def possible(counts: Counts, people: Counts, alone: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether so many people (any shape) can have given these answers (the same with a last
    dimension). With several answers to a person, there are at least as many people as gave any
    one, and at most as many as all that was given."""
    several = people - counts[..., alone].sum(axis=-1)
    others = counts[..., ~alone]
    enough = several >= others.max(axis=-1, initial=0)
    fits: NDArray[np.bool_] = (several <= others.sum(axis=-1)) & enough & (counts >= 0).all(axis=-1)
    return fits


def steps(alone: NDArray[np.bool_], answers: NDArray[np.bool_]) -> Changes:
    """How one person's answers can be otherwise: one for another, and one more or less where people
    give several. The second half undoes the first."""
    own = np.eye(alone.size, dtype=np.int8)
    swaps = [
        own[one] - own[other]
        for one in np.flatnonzero(answers)
        for other in np.flatnonzero(answers)
        if one < other
    ]
    more = [own[one] for one in np.flatnonzero(answers & ~alone)]
    forth = np.array([*swaps, *more], np.int8).reshape(-1, alone.size)
    return np.concatenate((forth, -forth))


def exchanges_at_most(part: Part) -> int:
    """How many there can be: two groups, and a step from one answer to another or to none."""
    groups, answers = part.table.shape
    return int(groups * (groups - 1) // 2 * answers * (answers + 1))


def exchanges(part: Part, rules: Rules) -> Changes:
    """Every change that an exchange between people of two groups can make."""
    made = steps(rules.alone, rules.answers)
    after = part.table[:, np.newaxis, :] + made
    fits = possible(
        after, np.broadcast_to(part.people[:, np.newaxis], after.shape[:2]), rules.alone
    )
    fits &= rules.groups[:, np.newaxis]
    undone = np.roll(fits, made.shape[0] // 2, axis=1)
    one, other, step = np.nonzero(fits[:, np.newaxis] & undone[np.newaxis])
    chosen = one < other
    found = np.zeros((int(chosen.sum()), *part.table.shape), np.int8)
    each = np.arange(len(found))
    found[each, one[chosen]] = made[step[chosen]]
    found[each, other[chosen]] = -made[step[chosen]]
    return found
