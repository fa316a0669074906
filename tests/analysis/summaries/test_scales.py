"""Reliability of scales, on published data and against formulas of another form."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.summaries.scales import feldt, reliability

CLERKS = """
43 51 30 39 61 92 45  63 64 51 54 63 73 47  71 70 68 69 76 86 48  61 63 45 47 54 84 35
81 78 56 66 71 83 47  43 55 49 44 54 49 34  58 67 42 56 66 68 35  71 75 50 55 70 66 41
72 82 72 67 71 83 31  67 61 45 47 62 80 41  64 53 53 58 58 67 34  67 60 47 39 59 74 41
69 62 57 42 55 63 25  68 83 83 45 59 77 35  77 77 54 72 79 77 46  81 90 50 72 60 54 36
74 85 64 69 79 79 63  65 60 65 75 55 80 60  65 70 46 57 75 85 46  50 58 68 54 64 78 52
50 40 33 34 43 64 33  64 61 52 62 66 80 41  53 66 52 50 63 80 37  40 37 42 58 50 57 49
63 54 42 48 66 75 33  66 77 66 63 88 76 72  78 75 58 74 80 78 49  48 57 44 45 51 83 38
85 85 71 71 77 74 55  82 82 39 59 64 78 39
"""
"""R's attitude (Chatterjee & Price, Regression Analysis by Example, 1977): 30 departments on 7
items."""
ATTITUDE = np.array(CLERKS.split(), np.float64).reshape(30, 7)


def alpha_by_covariances(items: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """Cronbach's alpha from the mean variance and the mean covariance."""
    size = items.shape[1]
    found = np.cov(items.T)
    mean_variance = np.trace(found) / size
    mean_covariance = (found.sum() - np.trace(found)) / (size * (size - 1))
    return float(size * mean_covariance / (mean_variance + (size - 1) * mean_covariance))


def test_attitude_is_as_reliable_as_its_covariances_say() -> None:
    found = reliability(ATTITUDE)
    assert found.alpha == pytest.approx(alpha_by_covariances(ATTITUDE), abs=1e-9)
    for at, item in enumerate(found.items):
        expected = alpha_by_covariances(np.delete(ATTITUDE, at, axis=1))
        assert item.alpha_without == pytest.approx(expected, abs=1e-9)
    assert found.opposite == ()


def test_the_interval_is_feldts() -> None:
    """MRC Cognition and Brain Sciences Unit, statistics wiki, FAQ/cafun: feldt1.return(0.913, 873,
    20, 0.95, 0) gives 0.9044024 and 0.9211588."""
    found = feldt(0.913, people=873, items=20)
    assert found == pytest.approx((0.9044024, 0.9211588), abs=5e-8)


scores = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=5, max_size=30)


@settings(max_examples=50)
@given(scores)
def test_items_are_correlated_with_the_sum_of_the_others(given_scores: list[list[int]]) -> None:
    table = np.array(given_scores, np.float64)
    found = reliability(table)
    for at, item in enumerate(found.items):
        rest = np.delete(table, at, axis=1)
        if table[:, at].std() == 0 or rest.sum(axis=1).std() == 0:
            continue
        expected = np.corrcoef(table[:, at], rest.sum(axis=1))[0, 1]
        assert item.with_the_rest == pytest.approx(expected, abs=1e-9)
        assert item.alpha_without == reliability(rest).alpha or item.alpha_without == (
            pytest.approx(reliability(rest).alpha, abs=1e-9)
        )
    variances, whole = table.var(axis=0, ddof=1).sum(), table.sum(axis=1).var(ddof=1)
    if whole > 1e-9:
        assert found.alpha == pytest.approx(4 / 3 * (1 - variances / whole), abs=1e-9)


def test_an_item_that_points_the_other_way_is_found() -> None:
    turned = ATTITUDE.copy()
    turned[:, 1] = 100 - turned[:, 1]
    assert reliability(turned).opposite == (1,)


def test_only_whoever_scored_every_item_is_used() -> None:
    gaps = np.vstack((ATTITUDE, [np.nan, 50, 50, 50, 50, 50, 50]))
    found = reliability(gaps)
    assert (found.people, found.left_out) == (30, 1)
    assert found.alpha == reliability(ATTITUDE).alpha


def test_without_people_or_differences_there_is_no_alpha() -> None:
    assert reliability(np.full((9, 3), 4.0)).alpha is None
    assert reliability(np.empty((0, 3))).interval is None
    with pytest.raises(ValueError, match="two items"):
        reliability(np.ones((9, 1)))
