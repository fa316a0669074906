"""Cochran and Armitage's trend."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.comparing.association import How
from analysis.comparing.tables import Counts, table_of
from analysis.comparing.trend import cochran_armitage

DRINKS = table_of([[48, 17066], [38, 14464], [5, 788], [1, 126], [1, 37]])
"""Malformed and other children by the mother's drinks a day: Graubard & Korn's data in Biometrics,
as the makers of StatXact print them in their example 6."""


def tables(most: int) -> st.SearchStrategy[Counts]:
    row = st.lists(st.integers(0, most), min_size=2, max_size=2)
    return st.lists(row, min_size=3, max_size=5).map(table_of)


def test_more_drinks_go_with_more_malformation_as_statxact_says() -> None:
    """With average drinks as scores its p is 0.0078 by the normal distribution and 0.0159 exactly;
    with scores one apart 0.1792 exactly. Ours is drawn, so it lies by that."""
    found = cochran_armitage(DRINKS, scores=[0, 0.5, 1.5, 4, 8])
    assert found.statistic is not None
    assert found.statistic > 0
    assert 2 * stats.norm.sf(found.statistic) == pytest.approx(0.0078, abs=5e-5)
    assert found.how is How.DRAWN
    assert found.p == pytest.approx(0.0159, abs=0.004)
    assert cochran_armitage(DRINKS).p == pytest.approx(0.1792, abs=0.012)


@given(tables(60))
def test_its_square_is_n_times_that_of_the_correlation(table: Counts) -> None:
    assume(table.sum(axis=0).min() > 0 and (table.sum(axis=1) > 0).sum() > 1)
    places = np.repeat(np.arange(len(table)), table.sum(axis=1))
    first = np.concatenate([np.repeat([1, 0], row) for row in table])
    r = stats.pearsonr(places, first).statistic
    found = cochran_armitage(table)
    assert found.statistic == pytest.approx(r * np.sqrt(len(places)), abs=1e-9)


@given(tables(60))
def test_turning_the_groups_round_turns_the_sign_and_leaves_p(table: Counts) -> None:
    assume(table.sum(axis=0).min() > 0 and (table.sum(axis=1) > 0).sum() > 1)
    forwards, backwards = cochran_armitage(table), cochran_armitage(table[::-1])
    assert forwards.statistic == pytest.approx(-(backwards.statistic or 0), abs=1e-9)
    assert forwards.p == pytest.approx(backwards.p, abs=1e-9)


def test_a_sparse_trend_is_exact() -> None:
    """Every way to deal five of the twelve to the first value."""
    table = table_of([[0, 4], [1, 3], [4, 0]])
    found = cochran_armitage(table)
    assert found.how is How.EXACT
    weights = {}
    for cells in np.ndindex(5, 5, 5):
        if sum(cells) == 5:
            weights[cells] = np.prod([stats.binom.pmf(n, 4, 0.5) for n in cells])
    far = [abs(cells[2] - cells[0]) >= 4 for cells in weights]
    expected = sum(w for w, f in zip(weights.values(), far, strict=True) if f)
    assert found.p == pytest.approx(expected / sum(weights.values()), abs=1e-9)
