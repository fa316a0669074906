"""What rankings say together: first choices, mean ranks, Borda's points and pairwise wins.

A ballot may rank some options only. Those it ranks it prefers to those it leaves out, between
which it says nothing.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Ranks = NDArray[np.uint8]
"""Options × ballots: 1 for the best, 0 for an option that was left out."""


class RankedOption(Struct, frozen=True):
    """`ranked` is how many ranked it at all, and `mean_rank` theirs alone, None of nobody. `borda`
    is its mean points a ballot, 0 to one less than there are options. `beats` and `ties_with` are
    the places of the options that fewer, and equally many, ballots prefer to it than it to them."""

    first_choices: int
    ranked: int
    mean_rank: float | None
    borda: float
    beats: tuple[int, ...]
    ties_with: tuple[int, ...]


class Ranking(Struct, frozen=True, eq=False):
    """`preferred` is options × options: how many ballots prefer the one to the other. `winner` is
    the place of the option that beats every other, which need not exist (Condorcet)."""

    ballots: int
    options: tuple[RankedOption, ...]
    preferred: NDArray[np.int64]
    winner: int | None


def ranking(ranks: Ranks) -> Ranking:
    """Ballots that rank nothing are left out.

    Borda's points: options less rank, and options left out share what is left equally, so that
    each ballot gives the same in all (Dummett, Principles of Electoral Reform, 1997, ch. 5).
    """
    given = np.ascontiguousarray(ranks[:, ranks.any(axis=0)])
    ballots = given.shape[1]
    preferred = pairwise(given)
    by_rank = rank_counts(given)
    borda = _borda(by_rank, given)
    options = tuple(
        _option(by_rank[at], float(borda[at]), preferred, at) for at in range(len(given))
    )
    every = len(options) - 1
    winner = next((at for at, each in enumerate(options) if len(each.beats) == every), None)
    return Ranking(ballots, options, preferred, winner if ballots else None)


def rank_counts(ranks: Ranks) -> NDArray[np.int64]:
    """Options × ranks: how many ballots put the option at each rank, those left out first."""
    most = len(ranks) + 1
    return np.array([np.bincount(row, minlength=most) for row in ranks], np.int64)


def pairwise(ranks: Ranks) -> NDArray[np.int64]:
    """Options × options: how many ballots prefer the first to the second."""
    # Less one, being left out turns from 0 into 255 and is worse than every rank.
    order = ranks - np.uint8(1)
    return np.array(
        [[np.count_nonzero(one < other) for other in order] for one in order], np.int64
    ).reshape(len(ranks), len(ranks))


def _borda(by_rank: NDArray[np.int64], ranks: Ranks) -> NDArray[np.float64]:
    ballots = ranks.shape[1]
    if not ballots:
        return np.zeros(len(ranks))
    options = len(ranks)
    points = by_rank[:, 1:] @ np.arange(options - 1, -1, -1)
    left = (options - 1 - np.count_nonzero(ranks, axis=0)) / 2
    shared = np.array([left[row == 0].sum() for row in ranks])
    mean: NDArray[np.float64] = (points + shared) / ballots
    return mean


def _option(
    counts: NDArray[np.int64], borda: float, preferred: NDArray[np.int64], at: int
) -> RankedOption:
    ranked = int(counts[1:].sum())
    whole = int(counts @ np.arange(len(counts)))
    for_it, against = preferred[at], preferred[:, at]
    others = np.arange(len(preferred)) != at
    return RankedOption(
        int(counts[1]),
        ranked,
        whole / ranked if ranked else None,
        borda,
        tuple(np.flatnonzero(for_it > against).tolist()),
        tuple(np.flatnonzero((for_it == against) & others).tolist()),
    )
