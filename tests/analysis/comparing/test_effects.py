"""Sizes of differences and their intervals."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.comparing.effects import (
    Size,
    cramers_v,
    epsilon_squared,
    matched_odds,
    rank_biserial,
)
from analysis.comparing.ranks import kruskal_wallis
from analysis.comparing.tables import Counts, is_sparse, table_of

PARTY = table_of([[762, 327, 468], [484, 239, 477]])


def bergsma(table: Counts) -> float:
    """The formula as the paper states it, with SciPy's uncorrected V inside."""
    rows, columns = table.shape
    n = table.sum()
    v = stats.contingency.association(table, method="cramer", correction=False)
    phi2 = v**2 * min(rows - 1, columns - 1)
    less = max(0, phi2 - (rows - 1) * (columns - 1) / (n - 1))
    smaller = min(side - (side - 1) ** 2 / (n - 1) for side in (rows, columns)) - 1
    return float(np.sqrt(less / smaller))


cells = st.lists(st.integers(0, 60), min_size=3, max_size=3)


@given(st.lists(cells, min_size=3, max_size=3).map(table_of))
def test_v_is_bergsmas(table: Counts) -> None:
    assume(table.sum(axis=0).min() > 0 and table.sum(axis=1).min() > 0 and table.sum() > 9)
    assert cramers_v(table).value == pytest.approx(min(1, bergsma(table)), abs=1e-9)


def test_its_interval_is_of_noncentral_chi_squares() -> None:
    """Both ends are where the chi-square found stands at 2.5 % of the tail, by SciPy's ncx2."""
    found = cramers_v(PARTY)
    chi2 = stats.chi2_contingency(PARTY, correction=False).statistic
    assert found.high is not None
    n = PARTY.sum()
    assert stats.ncx2.sf(chi2, 2, found.low**2 * n) == pytest.approx(0.025, abs=1e-6)
    assert stats.ncx2.cdf(chi2, 2, found.high**2 * n) == pytest.approx(0.025, abs=1e-6)
    assert found.low < found.value < found.high
    assert found.size is Size.SMALL


def test_where_chance_explains_it_the_interval_starts_at_nothing() -> None:
    found = cramers_v(table_of([[50, 51], [49, 50]]))
    assert (found.value, found.low, found.size) == (0, 0, Size.SLIGHT)


def test_of_a_sparse_table_the_interval_is_resampled_and_always_the_same() -> None:
    table = table_of([[9, 1, 0], [0, 2, 7]])
    assert is_sparse(table)
    assert cramers_v(table).resampled
    assert cramers_v(table) == cramers_v(table)


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=2, max_size=2))
def test_rank_biserial_is_the_balance_over_all_pairs_of_people(counts: list[list[int]]) -> None:
    table = table_of(counts)
    first, second = (np.repeat(np.arange(4), people) for people in table)
    assume(len(first) and len(second))
    nearer = np.sign(second[np.newaxis] - first[:, np.newaxis]).mean()
    found = rank_biserial(table)
    assert found.value == pytest.approx(nearer, abs=1e-9)
    assert found.low - 1e-9 <= found.value <= (found.high or 0) + 1e-9
    turned = rank_biserial(table[::-1])
    assert (turned.low, turned.high) == pytest.approx((-(found.high or 0), -found.low), abs=1e-6)


def test_newcombes_interval_holds_the_truth_as_often_as_it_says() -> None:
    """500 times 12 against 15 people, where the first are ahead 64 % of the time."""
    chance = np.random.default_rng(7)
    shift = np.sqrt(2) * stats.norm.ppf(0.64)
    held = 0
    for _ in range(500):
        ranks = stats.rankdata(
            np.concatenate((chance.normal(-shift, 1, 12), chance.normal(0, 1, 15)))
        )
        table = np.zeros((2, 27), np.int64)
        table[0, ranks[:12].astype(int) - 1] = 1
        table[1, ranks[12:].astype(int) - 1] = 1
        found = rank_biserial(table)
        held += found.low <= 2 * 0.64 - 1 <= (found.high or 0)
    assert 0.92 <= held / 500 <= 0.98


def test_epsilon_squared_is_h_over_n_less_one() -> None:
    table = table_of([[30, 20, 10, 5], [10, 20, 20, 15], [5, 10, 30, 30]])
    found = epsilon_squared(table)
    assert found.value == pytest.approx((kruskal_wallis(table).statistic or 0) / 204)
    assert found.low < found.value < (found.high or 0)
    assert found == epsilon_squared(table)


def test_odds_without_anybody_going_back_have_no_upper_limit() -> None:
    found = matched_odds(table_of([[3, 6], [0, 4]]))
    assert found is not None
    assert (found.value, found.high) == (np.inf, None)
    assert found.low > 1
