"""Tables that have the margins of the observed one: all of them where they are few, else draws.

Under “no difference” each such table has a known probability, so p is right however sparse it is.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import comb, factorial, prod

import numpy as np
import scipy
from scipy.special import gammaln

from analysis.comparing.tables import Counts, Floats

SEED = 1710
DRAWS = 9_999
"""With the observed table ten thousand, so that p is known to about two digits where it matters."""
MOST_STEPS = 4_000
MOST_WORK = 30_000_000
MOST_PEOPLE = 900
"""With more, the ways to choose half of them are more than a float can count."""
_NEARLY = 1e-9
"""Statistics that differ by rounding alone are the same."""

Statistic = Callable[[Counts], Floats]
"""From tables, draws × groups × values, to a number each."""


def improbability(tables: Counts) -> Floats:
    """Larger for tables less probable under fixed margins; shape draws × groups × values."""
    logs = gammaln(np.arange(int(tables.max(initial=0)) + 1) + 1.0)
    whole: Floats = logs[tables].sum(axis=(-2, -1))
    return whole


def drawn_p(table: Counts, statistic: Statistic, *, seed: int = SEED) -> float:
    """The share of drawn tables, the observed one with them, whose statistic is at least as large.

    Never 0: Phipson & Smyth, Statistical Applications in Genetics 9 (2010) 39.
    """
    model = scipy.stats.random_table(table.sum(axis=1), table.sum(axis=0))
    draws = model.rvs(DRAWS, random_state=np.random.default_rng(seed)).astype(np.int64)
    observed = statistic(table[np.newaxis])[0]
    beyond = statistic(draws) >= observed - _NEARLY * max(1.0, abs(observed))
    return (1 + int(beyond.sum())) / (DRAWS + 1)


def enumerated_p(table: Counts) -> float | None:
    """The probability of all tables no more probable than this one; None where they are too many.

    Freeman & Halton, Biometrika 38 (1951) 141-149. Goes column by column, in whole numbers: a
    table's weight is the product over columns of the ways to share the column out, and tables that
    leave the same rows to fill with the same weight are gone on with together.
    """
    if table.sum() > MOST_PEOPLE:
        return None
    rows, columns = _shorter_first(table)
    left: Counter[tuple[tuple[int, ...], int]] = Counter({(tuple(sorted(rows)), 1): 1})
    steps = 0
    for people in columns:
        onwards: Counter[tuple[tuple[int, ...], int]] = Counter()
        for (remaining, weight), tables in left.items():
            for shares in _shared_out(people, remaining):
                steps += 1
                if steps > MOST_STEPS:
                    return None
                ways = factorial(people) // prod(map(factorial, shares))
                after = tuple(sorted(r - s for r, s in zip(remaining, shares, strict=True)))
                onwards[after, weight * ways] += tables
        left = onwards
    return _no_more_probable(left, table)


def _shorter_first(table: Counts) -> tuple[Sequence[int], Sequence[int]]:
    sums = table.sum(axis=1).tolist(), table.sum(axis=0).tolist()
    rows, columns = sorted(sums, key=len)
    return rows, sorted(columns, reverse=True)


def _shared_out(people: int, room: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if len(room) == 1:
        if people <= room[0]:
            yield (people,)
        return
    rest = sum(room[1:])
    for first in range(max(0, people - rest), min(people, room[0]) + 1):
        for others in _shared_out(people - first, room[1:]):
            yield (first, *others)


def _no_more_probable(left: Counter[tuple[tuple[int, ...], int]], table: Counts) -> float:
    rows, columns = sorted((table.sum(axis=1).tolist(), table.sum(axis=0).tolist()), key=len)
    cells = prod(factorial(n) for n in table.ravel().tolist())
    observed = prod(map(factorial, columns)) // cells
    beyond = sum(weight * n for (_, weight), n in left.items() if weight <= observed)
    return beyond / (factorial(int(table.sum())) // prod(map(factorial, rows)))


def linear_p(values: Counts, scores: Floats, *, people: int, observed: float) -> float | None:
    """Two-sided p of a sum of scores over `people` drawn from everybody; None where too large.

    `values` are everybody at each value, `scores` theirs, in halves. The share of draws whose sum
    is at least as far from its expectation as the observed one, ties and all: the exact form of
    the rank-sum and the trend test (Mehta, Patel & Tsiatis, Biometrics 40 (1984) 819-825).
    """
    whole = np.round(2 * scores).astype(np.int64)
    if values.sum() > MOST_PEOPLE:
        return None
    step = int(np.gcd.reduce(whole - whole.min())) or 1
    places = (whole - whole.min()) // step
    span = _largest_sum(values, places, people)
    if int(values.sum()) * people * span > MOST_WORK:
        return None
    ways = np.zeros((people + 1, span + 1))
    ways[0, 0] = 1
    for at, place in zip(values.tolist(), places.tolist(), strict=True):
        ways = _with_value(ways, at, place)
    sums = (np.arange(span + 1) * step + whole.min() * people) / 2
    centre = people * float((values * scores).sum()) / float(values.sum())
    far = np.abs(sums - centre) >= abs(observed - centre) - _NEARLY * max(1.0, abs(centre))
    return min(1.0, float(ways[people, far].sum() / ways[people].sum()))


def _largest_sum(values: Counts, places: Counts, people: int) -> int:
    """The largest sum of places that so many people can have."""
    everybody = np.sort(np.repeat(places, np.minimum(values, people)))
    return int(everybody[-people:].sum()) if people else 0


def _with_value(ways: Floats, at: int, place: int) -> Floats:
    """The ways to choose people with sums (people × sum), with one more value to choose from."""
    after = np.zeros_like(ways)
    people, span = ways.shape
    for chosen in range(min(at, people - 1) + 1):
        shift = chosen * place
        if shift >= span:
            break
        after[chosen:, shift:] += comb(at, chosen) * ways[: people - chosen, : span - shift]
    return after
