"""Rank tests on counts, against SciPy on rows and the airquality example."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from analysis.comparing.association import How
from analysis.comparing.families import holm
from analysis.comparing.ranks import dunn, kruskal_wallis, mann_whitney, rank_sums
from analysis.comparing.tables import Counts, table_of

OZONE = {
    "May": "41 36 12 18 28 23 19 8 7 16 11 14 18 14 34 6 30 11 1 11 4 32 23 45 115 37",
    "June": "29 71 39 23 21 37 20 12 13",
    "July": "135 49 32 64 40 77 97 97 85 10 27 7 48 35 61 79 63 16 80 108 20 52 82 50 64 59",
    "August": "39 9 16 78 35 66 122 89 110 44 28 65 22 59 23 31 44 21 9 45 168 73 76 118 84 85",
    "September": "96 78 73 91 47 32 20 23 21 24 44 21 28 9 13 46 18 13 24 16 13 23 36 7 14 30 14 "
    "18 20",
}
"""Ozone in New York by month of 1973, days without a measurement left out: R's airquality."""
MONTHS = [[int(day) for day in days.split()] for days in OZONE.values()]


def table_from(groups: list[list[int]]) -> Counts:
    values = sorted({value for group in groups for value in group})
    return table_of([[group.count(value) for value in values] for group in groups])


def rows(table: Counts) -> list[NDArray[np.int64]]:
    return [np.repeat(np.arange(table.shape[1]), people) for people in table]


def tables(groups: int, most: int) -> st.SearchStrategy[Counts]:
    row = st.lists(st.integers(0, most), min_size=4, max_size=4)
    return st.lists(row, min_size=groups, max_size=groups).map(table_of)


def test_these_are_the_days_that_r_sums_up() -> None:
    """summary(airquality): quartiles 18, 31.5 and 63.25, mean 42.13, 1 to 168; 37 of 153 NA."""
    days = np.concatenate(MONTHS)
    assert (len(days), days.min(), days.max()) == (153 - 37, 1, 168)
    assert np.quantile(days, (0.25, 0.5, 0.75)).tolist() == [18, 31.5, 63.25]
    assert round(float(days.mean()), 2) == 42.13


def test_the_months_of_airquality_differ_as_r_says() -> None:
    """kruskal.test(Ozone ~ Month, data = airquality), as printed by r-tutor.com's “Kruskal-Wallis
    Test”: 29.267, df 4, p = 6.901e-06."""
    table = table_from(MONTHS)
    found = kruskal_wallis(table)
    assert found.statistic == pytest.approx(29.267, abs=5e-4)
    scipys = stats.kruskal(*MONTHS)
    assert found.statistic == pytest.approx(scipys.statistic, abs=1e-9)
    assert scipys.pvalue == pytest.approx(6.901e-06, abs=5e-10)
    # June has nine days, so its p is drawn: the least there can be among ten thousand.
    assert (found.how, found.p) == (How.DRAWN, 1e-4)


def test_its_pairs_are_dunns() -> None:
    """Each z from the mean ranks and the pooled variance, computed from the days themselves."""
    days = np.concatenate(MONTHS)
    ranks = stats.rankdata(days)
    months = np.repeat(np.arange(5), [len(each) for each in MONTHS])
    n = len(days)
    _, ties = np.unique(days, return_counts=True)
    pooled = n * (n + 1) / 12 - (ties**3 - ties).sum() / (12 * (n - 1))
    for pair in dunn(table_from(MONTHS)):
        one, two = ranks[months == pair.first], ranks[months == pair.second]
        z = (one.mean() - two.mean()) / np.sqrt(pooled * (1 / len(one) + 1 / len(two)))
        assert pair.z == pytest.approx(z, abs=1e-9)
        assert pair.p == pytest.approx(2 * stats.norm.sf(abs(z)), abs=1e-9)


def test_pairs_are_corrected_together() -> None:
    pairs = dunn(table_from(MONTHS))
    assert tuple(pair.p_adjusted for pair in pairs) == holm([pair.p for pair in pairs])


@given(tables(3, 30))
def test_h_is_that_of_scipy(table: Counts) -> None:
    assume(table.sum(axis=1).min() >= 10 and (table.sum(axis=0) > 0).sum() > 1)
    scipys = stats.kruskal(*rows(table))
    assume(scipys.statistic > 1e-9)
    found = kruskal_wallis(table)
    assert found.statistic == pytest.approx(scipys.statistic, abs=1e-9)
    assert found.p == pytest.approx(scipys.pvalue, abs=1e-9)


@settings(max_examples=30)
@given(tables(2, 2))
def test_a_small_u_has_the_p_of_every_way_to_deal_the_answers(table: Counts) -> None:
    assume(0 < table[0].sum() <= 6 and 0 < table[1].sum() <= 6)
    assume((table.sum(axis=0) > 0).sum() > 1)
    first, second = rows(table)
    scipys = stats.mannwhitneyu(first, second, method="asymptotic")
    found = mann_whitney(table)
    assert found.statistic == pytest.approx(scipys.statistic, abs=1e-9)
    ranks = stats.rankdata(np.concatenate((first, second)))
    middle = len(first) * ranks.mean()
    dealt = [abs(sum(each) - middle) for each in combinations(ranks, len(first))]
    observed = abs(ranks[: len(first)].sum() - middle)
    expected = np.mean([distance >= observed - 1e-9 for distance in dealt])
    assert found.how is How.EXACT
    assert found.p == pytest.approx(expected, abs=1e-9)


def test_without_ties_the_exact_p_is_that_of_the_u_tables() -> None:
    first, second = [1, 4, 6, 9, 12, 13], [2, 3, 5, 7, 8, 10, 11]
    scipys = stats.mannwhitneyu(first, second, method="exact")
    assert mann_whitney(table_from([first, second])).p == pytest.approx(scipys.pvalue, abs=1e-9)


@given(tables(2, 900))
def test_a_large_u_has_scipys_normal_p(table: Counts) -> None:
    assume(table.sum() > 900 and table.sum(axis=1).min() >= 10)
    found = mann_whitney(table)
    first, second = rows(table)
    scipys = stats.mannwhitneyu(first, second, use_continuity=False, method="asymptotic")
    assert found.statistic == pytest.approx(scipys.statistic, abs=1e-9)
    assert found.p == pytest.approx(scipys.pvalue, abs=1e-9)


def test_a_handful_among_thousands_gets_a_drawn_p() -> None:
    found = mann_whitney(table_of([[3, 1, 0, 0], [500, 900, 900, 700]]))
    assert found.how is How.DRAWN
    assert 0.001 < found.p < 0.05


def test_groups_that_answered_alike_have_p_1_though_rounding_goes_below_zero() -> None:
    found = kruskal_wallis(table_of([[8, 20, 3, 8], [8, 20, 3, 8], [24, 20, 3, 24]]))
    assert (found.statistic, found.p) == (0, 1)


@settings(max_examples=30)
@given(tables(2, 9))
def test_swapping_the_groups_leaves_p(table: Counts) -> None:
    assume(table.sum(axis=1).min() > 0 and (table.sum(axis=0) > 0).sum() > 1)
    assert mann_whitney(table).p == pytest.approx(mann_whitney(table[::-1]).p, abs=1e-9)
    assert mann_whitney(table).p == pytest.approx(mann_whitney(table[:, ::-1]).p, abs=1e-9)


@given(tables(3, 50))
def test_the_ranks_of_all_groups_are_those_of_everybody(table: Counts) -> None:
    total = int(table.sum())
    assert rank_sums(table).sum() == pytest.approx(total * (total + 1) / 2)
