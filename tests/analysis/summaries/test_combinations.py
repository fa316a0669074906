"""Combinations of a multiple choice."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.summaries.combinations import chosen_together, combinations, how_many

people = st.lists(st.frozensets(st.integers(0, 10)), max_size=30)


def as_chosen(given_sets: list[frozenset[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.array([[at in each for each in given_sets] for at in range(11)], np.bool_)


@given(people)
def test_everybody_is_in_one_combination(given_sets: list[frozenset[int]]) -> None:
    found = combinations(as_chosen(given_sets))
    assert {each.options: each.people for each in found} == Counter(
        tuple(sorted(each)) for each in given_sets
    )
    assert [each.people for each in found] == sorted((each.people for each in found), reverse=True)


@given(people)
def test_pairs_and_numbers_are_counted_of_the_same_people(
    given_sets: list[frozenset[int]],
) -> None:
    chosen = as_chosen(given_sets)
    together = chosen_together(chosen)
    for one in range(11):
        for two in range(11):
            assert together[one, two] == sum({one, two} <= each for each in given_sets)
    sizes = how_many(chosen)
    assert sizes.sum() == len(given_sets)
    assert (sizes * np.arange(12)).sum() == chosen.sum()


def test_options_are_counted_beside_combinations_not_instead() -> None:
    """Three people, two of whom chose the first: the combinations do not say so alone."""
    chosen = as_chosen([frozenset({0}), frozenset({0, 1}), frozenset({1})])
    assert len(combinations(chosen)) == 3
    assert np.diag(chosen_together(chosen))[:2].tolist() == [2, 2]
    assert pytest.approx(chosen.sum() / 3) == 2 / 3 + 2 / 3
