"""Diverging bars: every share has its length, on its side of one common line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bars import Side, diverging, places

FIVE = ("very good", "good", "neither", "bad", "very bad")


def test_a_bar_runs_from_the_most_negative_to_the_most_positive() -> None:
    (bar,) = diverging([[0.3, 0.2, 0.2, 0.2, 0.1]], FIVE)
    assert [one.value for one in bar.segments] == list(reversed(FIVE))
    assert [(one.side, one.strength) for one in bar.segments] == [
        (Side.DISAGREE, 2),
        (Side.DISAGREE, 1),
        (Side.NEUTRAL, 1),
        (Side.AGREE, 1),
        (Side.AGREE, 2),
    ]
    assert bar.middle == pytest.approx(40)
    assert bar.segments[2].start == pytest.approx(30)


def test_a_point_that_nobody_chose_has_no_segment() -> None:
    (bar,) = diverging([[0.5, 0, 0, 0.5, 0]], FIVE)
    assert [one.value for one in bar.segments] == ["bad", "very good"]


def test_an_even_scale_has_no_neutral_side() -> None:
    assert [side for _, side, _ in places(("a", "b", "c", "d"))] == [
        Side.DISAGREE,
        Side.DISAGREE,
        Side.AGREE,
        Side.AGREE,
    ]


def test_nobody_answering_draws_nothing() -> None:
    assert [bar.segments for bar in diverging([[0.0] * 5], FIVE)] == [()]


shares = st.lists(st.integers(0, 50), min_size=5, max_size=5).map(
    lambda counts: [count / max(sum(counts), 1) for count in counts]
)


@given(st.lists(shares, min_size=1, max_size=4))
def test_bars_of_one_question_share_a_measure_and_stay_within_it(
    lines: list[list[float]],
) -> None:
    bars = diverging(lines, FIVE)
    assert len({round(bar.middle, 6) for bar in bars}) == 1
    for bar in bars:
        for segment in bar.segments:
            end = segment.start + segment.width
            assert -1e-9 <= segment.start <= end <= 100 + 1e-9
            if segment.side is Side.AGREE:
                assert segment.start >= bar.middle - 1e-9
            if segment.side is Side.DISAGREE:
                assert end <= bar.middle + 1e-9
