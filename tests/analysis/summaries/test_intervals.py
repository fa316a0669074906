"""Shares of all options at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import chi2

from analysis.summaries.intervals import goodman


def test_sison_and_glazs_seven_shares_have_goodmans_published_intervals() -> None:
    """Sangeetha, Subbiah & Srinivasan (2013), table 2, as the documentation of R's
    DescTools::MultinomCI quotes it."""
    found = goodman([56, 72, 73, 59, 62, 87, 58])
    assert found is not None
    published = [
        (0.085, 0.166),
        (0.115, 0.204),
        (0.116, 0.207),
        (0.091, 0.173),
        (0.096, 0.181),
        (0.143, 0.239),
        (0.089, 0.171),
    ]
    assert [(round(low, 3), round(high, 3)) for low, high in found] == published


@given(st.lists(st.integers(1, 300), min_size=2, max_size=6))
def test_each_end_solves_goodmans_equation(counts: list[int]) -> None:
    """n (share - end)² = χ² end (1 - end), at 5 % over the number of options."""
    n, quantile = sum(counts), chi2.ppf(1 - 0.05 / len(counts), 1)
    for count, ends in zip(counts, goodman(counts) or (), strict=True):

        def miss(end: float, share: float = count / n) -> float:
            return float(n * (share - end) ** 2 - quantile * end * (1 - end))

        assert ends[0] == pytest.approx(brentq(miss, 0, count / n, xtol=1e-14), abs=1e-9)
        assert ends[1] == pytest.approx(brentq(miss, count / n, 1, xtol=1e-14), abs=1e-9)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_the_shares_that_hold_together_can_make_a_whole(counts: list[int]) -> None:
    found = goodman(counts)
    if found is None:
        assert sum(counts) == 0
    else:
        assert sum(low for low, _ in found) <= 1 + 1e-9
        assert sum(high for _, high in found) >= 1 - 1e-9
