"""The same people, asked twice."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.comparing.association import How
from analysis.comparing.choosing import Order, compare_paired
from analysis.comparing.paired import mcnemar, wilcoxon
from analysis.comparing.tables import Counts, table_of

APPROVAL = table_of([[794, 150], [86, 570]])
"""A president's rating by 1,600 people asked twice: the example of R's documentation of
mcnemar.test, which has it from Agresti, Categorical Data Analysis, 1990, page 350."""

squares = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=3, max_size=3).map(
    table_of
)


def differences(table: Counts) -> list[int]:
    size = range(len(table))
    return [one - two for one in size for two in size for _ in range(int(table[one, two]))]


def test_mcnemar_is_the_binomial_test_of_those_who_changed() -> None:
    """Coin tosses counted in whole numbers. McNemar's own approximation lies by it."""
    found = mcnemar(APPROVAL)
    as_far = 2 * sum(comb(236, n) for n in range(150, 237))
    assert found.p == pytest.approx(as_far / 2**236, abs=1e-9)
    assert found.p == pytest.approx(stats.chi2.sf((150 - 86) ** 2 / (150 + 86), 1), abs=3e-5)


def test_those_who_changed_are_told_by_odds() -> None:
    found = compare_paired(APPROVAL, values=Order.NONE)
    assert found is not None
    assert found.effect is not None
    assert found.effect.value == pytest.approx(150 / 86)
    share = stats.binomtest(150, 236).proportion_ci(method="exact")
    assert found.effect.low == pytest.approx(share.low / (1 - share.low))
    assert found.n == 1600


def test_nobody_changing_their_mind_shows_nothing() -> None:
    found = compare_paired(table_of([[5, 0], [0, 7]]), values=Order.NONE)
    assert found is not None
    assert (found.p, found.effect) == (1, None)
    assert wilcoxon(table_of(np.diag([3, 4, 5]))).p == 1


@settings(max_examples=40)
@given(squares)
def test_the_signed_rank_p_is_that_of_every_way_to_turn_the_signs(table: Counts) -> None:
    moves = np.array([move for move in differences(table) if move])
    assume(0 < len(moves) <= 9)
    ranks = stats.rankdata(abs(moves))
    observed = ranks[moves > 0].sum()
    middle = ranks.sum() / 2
    sums = [np.dot(signs, ranks) for signs in product((0, 1), repeat=len(moves))]
    expected = np.mean([abs(each - middle) >= abs(observed - middle) - 1e-9 for each in sums])
    found = wilcoxon(table)
    assert found.how is How.EXACT
    assert found.statistic == pytest.approx(observed)
    assert found.p == pytest.approx(expected, abs=1e-9)


def test_of_many_the_signed_rank_p_is_scipys() -> None:
    table = table_of([[50, 90, 40, 9], [60, 70, 80, 30], [20, 66, 90, 80], [3, 12, 50, 99]])
    moves = np.array(differences(table))
    scipys = stats.wilcoxon(moves, correction=False, method="approx")
    found = wilcoxon(table)
    assert found.how is How.APPROXIMATE
    assert found.p == pytest.approx(scipys.pvalue, abs=1e-9)


def test_the_matched_rank_biserial_is_the_balance_of_ranks() -> None:
    table = table_of([[4, 1, 0], [6, 3, 1], [5, 2, 2]])
    moves = np.array([move for move in differences(table) if move])
    ranks = stats.rankdata(abs(moves))
    found = compare_paired(table, values=Order.ORDERED)
    assert found is not None
    assert found.effect is not None
    assert found.effect.value == pytest.approx((ranks * np.sign(moves)).sum() / ranks.sum())
    assert found.effect.low <= found.effect.value <= (found.effect.high or 1)


@given(squares)
def test_asking_the_other_way_round_leaves_p(table: Counts) -> None:
    assert wilcoxon(table).p == pytest.approx(wilcoxon(table.T).p, abs=1e-9)


def test_values_without_an_order_are_not_ranked() -> None:
    assert compare_paired(table_of(np.ones((3, 3))), values=Order.NONE) is None
    assert compare_paired(table_of(np.zeros((2, 2))), values=Order.NONE) is None
