"""Where a promise stands depends on the day, on its date, and on the day it was kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.commitments import Status, status, timing

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "expected", "words"),
    [
        (-1461, Status.OVERDUE, "4 years overdue"),
        (-365, Status.OVERDUE, "12 months overdue"),
        (-91, Status.OVERDUE, "91 days overdue"),
        (-92, Status.OVERDUE, "3 months overdue"),
        (-1, Status.OVERDUE, "1 day overdue"),
        (0, Status.DUE_SOON, "due today"),
        (1, Status.DUE_SOON, "due in 1 day"),
        (30, Status.DUE_SOON, "due in 30 days"),
        (31, Status.DUE, "due in 31 days"),
        (150, Status.DUE, "due in 4 months"),
        (729, Status.DUE, "due in 23 months"),
        (1500, Status.DUE, "due in 4 years"),
    ],
)
def test_a_promise_not_kept_stands_by_its_date(days: int, expected: Status, words: str) -> None:
    due_on = DAY + timedelta(days=days)
    assert status(due_on, None, today=DAY) is expected
    assert timing(due_on, None, today=DAY) == words


@pytest.mark.parametrize(
    ("kept_on", "words"),
    [
        (date(2026, 11, 1), "kept on time"),
        (date(2026, 11, 10), "kept on time"),
        (date(2026, 11, 11), "kept 1 day late"),
        (date(2026, 11, 20), "kept 10 days late"),
    ],
)
def test_a_kept_promise_says_whether_it_was_late(kept_on: date, words: str) -> None:
    due_on = date(2026, 11, 10)
    assert status(due_on, kept_on, today=DAY) is Status.KEPT
    assert timing(due_on, kept_on, today=DAY) == words


@given(st.dates(), st.none() | st.dates(), st.dates())
def test_a_promise_is_overdue_just_when_its_day_is_past_and_it_is_not_kept(
    due_on: date, kept_on: date | None, today: date
) -> None:
    kept = kept_on is not None and kept_on <= today
    is_overdue = status(due_on, kept_on, today=today) is Status.OVERDUE
    assert is_overdue == (due_on < today and not kept)
