"""Independence: chi-square where there is enough, exact or drawn where there is not."""

from fractions import Fraction
from itertools import product
from math import exp

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.comparing.association import How, association, chi_square, fisher
from analysis.comparing.tables import Counts, inhabited, is_sparse, table_of

PARTY = table_of([[762, 327, 468], [484, 239, 477]])
"""Women and men by party: the example of R's documentation of chisq.test, which has it from
Agresti, An Introduction to Categorical Data Analysis, 2007, page 39."""


def test_chi_square_is_the_sum_over_the_cells_of_agrestis_gender_gap() -> None:
    """Added up cell by cell in whole fractions; with 2 degrees of freedom p is exp of -X²/2."""
    rows, columns = PARTY.sum(axis=1).tolist(), PARTY.sum(axis=0).tolist()
    total = sum(rows)
    squared = Fraction(0)
    for row, column in product(range(2), range(3)):
        mean = Fraction(rows[row] * columns[column], total)
        squared += (int(PARTY[row, column]) - mean) ** 2 / mean
    found = association(PARTY)
    assert found.statistic == pytest.approx(float(squared), abs=1e-9)
    assert found.p == pytest.approx(exp(-float(squared) / 2), rel=1e-9)
    assert found.how is How.APPROXIMATE


def test_the_lady_tasting_tea_is_tested_exactly() -> None:
    """Fisher's tea drinker, in R's documentation of fisher.test: one-sided 17/70, printed there
    as 0.2429. With margins alike the other tail is as large."""
    found = association(table_of([[3, 1], [1, 3]]))
    assert (found.name, found.how, found.statistic) == ("Fisher exact", How.EXACT, None)
    assert found.p == pytest.approx(34 / 70, abs=1e-9)


def test_p_never_exceeds_1_by_a_rounding() -> None:
    for table in product(range(5), repeat=4):
        if min(table[0] + table[1], table[2] + table[3]):
            assert fisher(table_of([table[:2], table[2:]])).p <= 1


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_of_few_and_of_many_fishers_p_is_scipys(counts: list[int]) -> None:
    table = table_of([counts[:2], counts[2:]])
    assert fisher(table).p == pytest.approx(stats.fisher_exact(table).pvalue, abs=1e-9)


def test_a_sparse_table_gets_a_real_p() -> None:
    """One expected count under 5 is where some programs say 1."""
    found = association(table_of([[9, 1, 0], [0, 2, 7]]))
    assert found.how is How.EXACT
    assert found.p < 0.001


def test_a_sparse_table_of_many_is_drawn() -> None:
    found = association(table_of([[1500, 800, 3], [1600, 790, 1]]))
    assert found.how is How.DRAWN
    assert 0.01 < found.p < 1


@pytest.mark.parametrize(
    ("counts", "sparse"),
    [
        ([[10, 10], [10, 10]], False),
        ([[5, 5], [5, 4]], True),
        ([[20, 20, 20, 20, 20], [20, 20, 20, 20, 3]], False),
        ([[200, 1], [200, 0]], True),
    ],
)
def test_sparse_is_as_cochran_says(counts: list[list[int]], sparse: bool) -> None:
    assert is_sparse(table_of(counts)) is sparse


cells = st.lists(st.integers(0, 90), min_size=3, max_size=3)


@given(st.lists(cells, min_size=2, max_size=4).map(table_of))
def test_the_order_of_groups_and_values_does_not_matter(table: Counts) -> None:
    table = inhabited(table)
    assume(min(table.shape) > 1 and not is_sparse(table))
    found = chi_square(table)
    assert found.p == pytest.approx(chi_square(table[::-1, ::-1]).p, abs=1e-9)
    assert found.p == pytest.approx(chi_square(table.T).p, abs=1e-9)
    assert found.p == pytest.approx(
        stats.chi2.sf(stats.contingency.chi2_contingency(table, correction=False)[0], _df(table)),
        abs=1e-9,
    )


def _df(table: Counts) -> int:
    return int((table.shape[0] - 1) * (table.shape[1] - 1))


def test_a_table_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        table_of([[1, -1]])
