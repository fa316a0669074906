"""One comparison, its test and its effect chosen by what the data can bear."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

import numpy as np
from msgspec import Struct, structs

from analysis.comparing.association import How, Tested, association
from analysis.comparing.effects import (
    Effect,
    cramers_v,
    epsilon_squared,
    matched_odds,
    matched_rank_biserial,
    rank_biserial,
)
from analysis.comparing.families import Correction, adjusted
from analysis.comparing.margins import SEED
from analysis.comparing.paired import mcnemar, wilcoxon
from analysis.comparing.pairs import two_at_a_time
from analysis.comparing.ranks import Pair, dunn, kruskal_wallis, mann_whitney
from analysis.comparing.tables import Counts, inhabited
from analysis.comparing.trend import cochran_armitage


class Order(StrEnum):
    """Whether values, or groups, stand in an order that means something."""

    NONE = "none"
    ORDERED = "ordered"


class Comparison(Struct, frozen=True):
    """`bases` are the people of each group that was compared, in the table's order and without
    groups that nobody is in; `pairs` name groups by their places among these. `p_adjusted` is set
    once the whole family is known."""

    name: str
    statistic: float | None
    p: float
    how: How
    bases: tuple[int, ...]
    effect: Effect | None
    pairs: tuple[Pair, ...] = ()
    p_adjusted: float | None = None

    @property
    def n(self) -> int:
        return sum(self.bases)


def compare(
    table: Counts,
    *,
    values: Order,
    groups: Order = Order.NONE,
    in_pairs: bool = False,
    seed: int = SEED,
) -> Comparison | None:
    """Groups × values compared; None where fewer than two groups or two values have people.

    Two values along ordered groups: Cochran-Armitage. Ordered values: Mann-Whitney for two groups,
    Kruskal-Wallis with Dunn's pairs for more. Else chi-square, or Fisher's test where it is sparse,
    and on request every two groups of several alone.
    """
    table = inhabited(table)
    if min(table.shape) < 2:
        return None
    return _remembered(table.tobytes(), table.shape, values, groups, in_pairs, seed)


@lru_cache(maxsize=1_024)
def _remembered(
    counts: bytes, shape: tuple[int, ...], values: Order, groups: Order, in_pairs: bool, seed: int
) -> Comparison:
    """The same counts always give the same answer, and drawing it takes long."""
    table = np.frombuffer(counts, np.int64).reshape(shape)
    if table.shape[1] == 2 and groups is Order.ORDERED and len(table) > 2:
        return _compared(table, cochran_armitage(table, seed=seed), rank_biserial(table.T))
    if values is Order.ORDERED and len(table) == 2:
        return _compared(table, mann_whitney(table, seed=seed), rank_biserial(table))
    if values is Order.ORDERED and table.shape[1] > 2:
        made = _compared(table, kruskal_wallis(table, seed=seed), epsilon_squared(table, seed=seed))
        return structs.replace(made, pairs=dunn(table))
    made = _compared(table, association(table, seed=seed), cramers_v(table, seed=seed))
    if not in_pairs or len(table) < 3:
        return made
    return structs.replace(made, pairs=two_at_a_time(table, seed=seed))


def compare_options(
    chosen: Counts, answered: Counts, *, groups: Order = Order.NONE, seed: int = SEED
) -> tuple[Comparison | None, ...]:
    """A multiple choice, option by option: who chose it of those who answered.

    `chosen` is groups × options, `answered` the people of each group.
    """
    return tuple(
        compare(
            np.column_stack((people, answered - people)),
            values=Order.NONE,
            groups=groups,
            seed=seed,
        )
        for people in chosen.T
    )


def compare_paired(table: Counts, *, values: Order, seed: int = SEED) -> Comparison | None:
    """The same people's first × second answers; None where nobody gave both, and for more than two
    values without an order, which are compared option by option."""
    if not table.any() or (len(table) > 2 and values is Order.NONE):
        return None
    if len(table) == 2:
        return _compared_with(int(table.sum()), mcnemar(table), matched_odds(table))
    return _compared_with(
        int(table.sum()), wilcoxon(table), matched_rank_biserial(table, seed=seed)
    )


def in_family(
    comparisons: Sequence[Comparison | None], correction: Correction = Correction.HOLM
) -> tuple[Comparison | None, ...]:
    """All that was looked at together, each p discounted for the others."""
    ps = adjusted([each.p if each else None for each in comparisons], correction)
    return tuple(
        structs.replace(each, p_adjusted=p) if each else None
        for each, p in zip(comparisons, ps, strict=True)
    )


def _compared(table: Counts, tested: Tested, effect: Effect) -> Comparison:
    bases = tuple(int(n) for n in table.sum(axis=1))
    return Comparison(tested.name, tested.statistic, tested.p, tested.how, bases, effect)


def _compared_with(people: int, tested: Tested, effect: Effect | None) -> Comparison:
    return Comparison(tested.name, tested.statistic, tested.p, tested.how, (people,), effect)
