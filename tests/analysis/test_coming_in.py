"""Days by the council's calendar, and a way from received to looked at that adds up."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.coming_in import daily, days_of, fall, opening_and_closing
from surveys.consultation import Document, Round, State

moments = st.integers(0, 4_000_000_000)
ZONES = ["Europe/London", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]


@given(st.lists(moments, max_size=50), st.sampled_from(ZONES))
def test_a_moment_is_on_the_day_that_the_calendar_there_says(seconds: list[int], zone: str) -> None:
    there = ZoneInfo(zone)
    found = days_of(np.array(seconds, np.int64), there)
    expected = [datetime.fromtimestamp(each, there).date().toordinal() for each in seconds]
    assert found.tolist() == expected


@given(st.lists(st.tuples(st.integers(738_000, 738_040), st.booleans()), max_size=60))
def test_days_add_up_and_leave_none_out(people: list[tuple[int, bool]]) -> None:
    days = np.array([day for day, _ in people], np.int32)
    paper = np.array([day for day, on_paper in people if on_paper], np.int32)
    online = np.array([day for day, on_paper in people if not on_paper], np.int32)
    found = daily(days, [paper, online])
    assert sum(each.n for each in found) == len(people)
    assert all(each.n == sum(each.by_channel) for each in found)
    assert sum(each.by_channel[0] for each in found) == paper.size
    on = [each.on for each in found]
    assert on == [on[0] + timedelta(days=at) for at in range(len(on))] if on else not people


def test_a_round_tells_what_has_happened_to_it_by_now() -> None:
    opens, closes = (datetime(2026, 6, day, 23, 30, tzinfo=UTC) for day in (1, 30))
    asked = Round(1, 1, 2, 1, State.OPEN, opens, closes, Document(""))
    zone = ZoneInfo("Europe/London")
    told = opening_and_closing(asked, datetime(2026, 6, 10, tzinfo=UTC), zone)
    assert [(mark.on, mark.words) for mark in told] == [(date(2026, 6, 2), "round 2 opened")]
    assert len(opening_and_closing(asked, datetime(2026, 8, 1, tzinfo=UTC), zone)) == 2


@pytest.mark.parametrize("outside", [0, 3])
def test_received_less_every_exit_is_looked_at(outside: int) -> None:
    entries = [("analysed", 10), ("duplicate", 2), ("analysed", 5), ("withdrawn", 1), ("test", 0)]
    found = fall(entries, analysed="analysed", looked_at=15 - outside)
    assert (found.received, found.analysed) == (18, 15)
    assert found.received - sum(each.n for each in found.exits) == found.looked_at
    assert [each.status for each in found.exits] == ["duplicate", "withdrawn", ""][
        : 2 + bool(outside)
    ]
