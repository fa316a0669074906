"""Numbers, dates and bands."""

from datetime import date, timedelta
from statistics import mean, quantiles, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.summaries.numbers import bands, dates, in_bands, numbers

answers = st.lists(st.integers(-1000, 1000), min_size=2, max_size=40)


@given(answers)
def test_numbers_are_summed_up_as_by_the_standard_library(given_numbers: list[int]) -> None:
    found = numbers(given_numbers)
    assert found is not None
    assert found.mean == pytest.approx(mean(given_numbers), abs=1e-9)
    assert found.spread == pytest.approx(stdev(given_numbers), abs=1e-9)
    expected = quantiles(given_numbers, n=4, method="inclusive")
    assert found.quartiles == pytest.approx(expected, abs=1e-9)
    assert (found.least, found.most) == (min(given_numbers), max(given_numbers))


def test_one_answer_has_no_spread_and_nobody_no_figures() -> None:
    one = numbers([7])
    assert one is not None
    assert (one.spread, one.quartiles) == (None, (7, 7, 7))
    assert numbers([]) is None
    assert dates([]) is None


@given(answers)
def test_everybody_is_in_one_band(given_numbers: list[int]) -> None:
    edges = (-500, 0, 250)
    for band, people in zip(bands(edges), in_bands(given_numbers, edges), strict=True):
        low = -np.inf if band.low is None else band.low
        high = np.inf if band.high is None else band.high
        assert people == sum(low <= number < high for number in given_numbers)
    assert in_bands(given_numbers, edges).sum() == len(given_numbers)


def test_edges_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        bands((10, 10))


def test_quartiles_of_dates_are_days_that_were_given() -> None:
    days = [date(2026, 3, 1) + timedelta(days=7 * week) for week in range(8)]
    found = dates(days)
    assert found is not None
    assert found.quartiles == (days[1], days[3], days[5])
    assert (found.first, found.last) == (days[0], days[-1])
