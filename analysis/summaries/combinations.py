"""Which options of a multiple choice were chosen together."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.comparing.tables import Counts

Chosen = NDArray[np.bool_]
"""Options × people who answered."""


class Combination(Struct, frozen=True):
    """The places of the options, in order, that exactly these people chose and no others."""

    options: tuple[int, ...]
    people: int


def combinations(chosen: Chosen) -> tuple[Combination, ...]:
    """Every combination that somebody chose, commonest first; together they are everybody."""
    if not chosen.shape[1]:
        return ()
    packed = np.ascontiguousarray(np.packbits(chosen, axis=0, bitorder="little").T)
    keys = packed.view([("", np.uint8)] * packed.shape[1]).ravel()
    _, first, people = np.unique(keys, return_index=True, return_counts=True)
    found = (
        Combination(tuple(np.flatnonzero(chosen[:, at]).tolist()), int(n))
        for at, n in zip(first, people, strict=True)
    )
    return tuple(sorted(found, key=lambda each: (-each.people, each.options)))


def chosen_together(chosen: Chosen) -> Counts:
    """Options × options: the people who chose both; on the diagonal, those who chose the one."""
    people = chosen.astype(np.float64)
    return np.rint(people @ people.T).astype(np.int64)


def how_many(chosen: Chosen) -> Counts:
    """People by how many options they chose, from none to all."""
    return np.bincount(chosen.sum(axis=0), minlength=len(chosen) + 1)
