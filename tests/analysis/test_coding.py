"""Codings, and taking a step back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.coding import ChangedMeanwhile, Codings, Step, codings, undone, with_merges

some_codings = st.builds(
    lambda themes, finished: codings(themes, finished=finished),
    st.frozensets(st.integers(1, 40)),
    st.booleans(),
)


@given(some_codings, some_codings)
def test_taking_a_step_back_restores_what_was_before(before: Codings, after: Codings) -> None:
    assert undone(Step(7, "a@example.org", before, after), after) == before


@given(some_codings, some_codings, some_codings)
def test_a_step_is_not_taken_back_over_someone_elses(
    before: Codings, after: Codings, now: Codings
) -> None:
    if now != after:
        with pytest.raises(ChangedMeanwhile):
            undone(Step(7, "a@example.org", before, after), now, by="b@example.org")


@given(some_codings, some_codings)
def test_marks_are_equal_just_when_the_codings_are(one: Codings, other: Codings) -> None:
    assert (one.mark == other.mark) == (one == other)


def test_codings_do_not_depend_on_order_or_repeats() -> None:
    assert codings([3, 1, 3], finished=True) == Codings((1, 3), True)


def test_a_merged_theme_is_counted_once() -> None:
    assert with_merges(Codings((1, 4), True), {4: 1}) == Codings((1,), True)
    assert with_merges(Codings((4, 9), False), {4: 1}) == Codings((1, 9), False)


def test_a_theme_merged_twice_is_followed_to_the_last() -> None:
    assert with_merges(Codings((7,), True), {7: 4, 4: 1}) == Codings((1,), True)
