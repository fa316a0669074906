"""Quartiles and means of an ordered scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.likert import median_point
from analysis.summaries.ordinal import mean_score, quartile_points

counts = st.lists(st.integers(0, 400), min_size=2, max_size=9)


@given(counts)
def test_quartiles_are_numpys_of_the_answers_themselves(points: list[int]) -> None:
    found = quartile_points(points)
    if not sum(points):
        assert found is None
        return
    answers = np.repeat(np.arange(len(points)), points)
    expected = np.quantile(answers, (0.25, 0.5, 0.75), method="inverted_cdf")
    assert found == tuple(expected.tolist())
    assert found is not None
    assert found[1] == median_point(points)


@given(counts)
def test_the_mean_is_numpys_of_the_scores(points: list[int]) -> None:
    found = mean_score(points)
    if found is None:
        assert sum(points) == 0
        return
    scores = np.repeat(np.arange(len(points), 0, -1), points)
    assert found.value == pytest.approx(scores.mean(), abs=1e-9)
    assert found.scored == len(scores)
    if len(scores) > 1:
        assert found.spread == pytest.approx(scores.std(ddof=1), abs=1e-9)
    else:
        assert found.spread is None


@given(counts, counts)
def test_the_mean_of_two_groups_is_that_of_the_whole(one: list[int], two: list[int]) -> None:
    size = min(len(one), len(two))
    one, two = one[:size], two[:size]
    whole = mean_score([a + b for a, b in zip(one, two, strict=True)])
    parts = [found for found in (mean_score(one), mean_score(two)) if found]
    if whole:
        added = sum(part.value * part.scored for part in parts) / whole.scored
        assert added == pytest.approx(whole.value, abs=1e-9)
