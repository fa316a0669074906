"""Which answer comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading import next_unread, starting_place


@pytest.mark.parametrize(
    ("read", "after", "expected"),
    [
        ({}, None, 1),
        ({1}, None, 2),
        ({}, 2, 3),
        ({3, 4}, 2, 1),
        ({1, 2, 4}, 3, 3),
        ({1, 2, 3, 4}, 3, None),
    ],
)
def test_the_next_unread_answer_is_after_this_one_and_then_from_the_start(
    read: set[int], after: int | None, expected: int | None
) -> None:
    assert next_unread([1, 2, 3, 4], read, after=after) == expected


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_going_on_reads_every_answer_once(answers: set[int], skipped: set[int]) -> None:
    order, read, after = sorted(answers), set[int](), None
    while (answer := next_unread(order, read, after=after)) is not None:
        read.add(answer)
        after = answer
    assert read == answers


def test_coders_start_in_places_of_their_own() -> None:
    answers = list(range(100, 600))
    places = {starting_place(answers, f"coder{number}@example.org") for number in range(20)}
    assert places <= set(answers)
    assert len(places) > 15
    assert starting_place([], "coder@example.org") is None
