"""Sides, net agreement, median and interval of scale items."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.likert import Sides, median_point, net_agreement, sides, wilson

counts = st.lists(st.integers(0, 500), min_size=2, max_size=11)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([30, 20, 10, 5, 1], Sides(50, 10, 6)),
        ([30, 20, 5, 1], Sides(50, 0, 6)),
        ([7, 3], Sides(7, 0, 3)),
        ([1, 2, 3], Sides(1, 2, 3)),
        ([1, 2, 3, 4, 5, 6, 7], Sides(6, 4, 18)),
    ],
)
def test_the_middle_of_an_odd_scale_is_neutral_and_an_even_scale_has_none(
    points: list[int], expected: Sides
) -> None:
    assert sides(points) == expected


@given(counts)
def test_everyone_scored_is_on_exactly_one_side(points: list[int]) -> None:
    assert sides(points).scored == sum(points)


@given(counts)
def test_reading_a_scale_backwards_swaps_the_sides(points: list[int]) -> None:
    forwards, backwards = sides(points), sides(points[::-1])
    assert (forwards.agree, forwards.disagree) == (backwards.disagree, backwards.agree)
    assert forwards.neutral == backwards.neutral


def test_net_agreement_is_of_those_who_answered() -> None:
    assert net_agreement(Sides(50, 10, 20), 100) == pytest.approx(0.3)
    assert net_agreement(Sides(0, 0, 0), 0) is None


@pytest.mark.parametrize(
    ("points", "median"),
    [
        ([0, 0, 0], None),
        ([1, 0, 0], 0),
        ([5, 0, 5], 0),  # the half falls between the two: the more positive one
        ([4, 1, 5], 1),
        ([4, 0, 5], 2),
        ([1, 2, 3, 4, 5], 3),
    ],
)
def test_the_median_is_the_first_point_that_reaches_half(
    points: list[int], median: int | None
) -> None:
    assert median_point(points) == median


@given(counts)
def test_at_most_half_lies_on_either_side_of_the_median(points: list[int]) -> None:
    assume(sum(points))
    median = median_point(points)
    assert median is not None
    assert sum(points[:median]) <= sum(points) / 2
    assert sum(points[median + 1 :]) <= sum(points) / 2


@given(st.integers(1, 2000), st.data())
def test_the_interval_is_that_of_scipy(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    scipys = binomtest(successes, trials).proportion_ci(method="wilson")
    assert wilson(successes, trials) == pytest.approx((scipys.low, scipys.high), abs=1e-12)


def test_nobody_asked_gives_no_interval() -> None:
    assert wilson(0, 0) is None
