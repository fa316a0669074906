"""When a consultation is open, and for whom."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from surveys.consultation import (
    Document,
    Round,
    State,
    close_of_day,
    start_of_day,
    state_of,
    time_left,
)
from surveys.slugs import is_slug, slug_from

LONDON = ZoneInfo("Europe/London")
OPENS = datetime(2026, 5, 1, tzinfo=UTC)
CLOSES = datetime(2026, 5, 31, 22, 59, 59, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def asked(
    state: State = State.OPEN,
    *,
    number: int = 1,
    opens: datetime | None = OPENS,
    closes: datetime | None = CLOSES,
) -> Round:
    return Round(number, 1, number, 1, state, opens, closes, Document("Draft"))


def test_a_round_is_open_from_its_opening_to_its_close() -> None:
    assert [asked().is_open(at) for at in (OPENS - SECOND, OPENS, CLOSES, CLOSES + SECOND)] == [
        False,
        True,
        True,
        False,
    ]
    assert asked(closes=None).is_open(CLOSES + 999 * HOUR)


@pytest.mark.parametrize("state", [State.DRAFT, State.PAUSED, State.CLOSED])
def test_a_round_in_any_other_state_is_not_open(state: State) -> None:
    assert not asked(state).is_open(OPENS)


def test_someone_who_began_before_the_close_may_finish_within_the_hour() -> None:
    began = CLOSES - SECOND
    assert asked().may_finish(began, CLOSES + HOUR)
    assert not asked().may_finish(began, CLOSES + HOUR + SECOND)
    assert asked(State.CLOSED).may_finish(began, CLOSES + HOUR)


def test_nobody_who_began_after_the_close_may_finish() -> None:
    assert not asked().may_finish(CLOSES + SECOND, CLOSES + 2 * SECOND)


def test_a_pause_gives_no_time_to_finish() -> None:
    assert not asked(State.PAUSED).may_finish(OPENS, OPENS + SECOND)


@pytest.mark.parametrize(
    ("rounds", "reported", "state"),
    [
        ([], False, State.DRAFT),
        ([asked(State.DRAFT)], False, State.DRAFT),
        ([asked()], False, State.OPEN),
        ([asked(closes=OPENS)], False, State.CLOSED),
        ([asked(opens=CLOSES)], False, State.DRAFT),
        ([asked(State.PAUSED)], False, State.PAUSED),
        ([asked(State.CLOSED)], False, State.CLOSED),
        ([asked(State.CLOSED)], True, State.REPORTED),
        ([asked(State.CLOSED), asked(number=2)], True, State.OPEN),
        ([asked(State.CLOSED), asked(State.DRAFT, number=2)], False, State.CLOSED),
    ],
)
def test_a_consultation_stands_where_its_rounds_stand(
    rounds: list[Round], reported: bool, state: State
) -> None:
    assert state_of(rounds, OPENS + SECOND, reported=reported) is state


@pytest.mark.parametrize(
    ("day", "closes", "length"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), 24),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), 23),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, 59, 59, tzinfo=UTC), 24),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), 25),
    ],
)
def test_a_closing_day_ends_at_a_second_to_midnight_even_when_the_clocks_change(
    day: date, closes: datetime, length: int
) -> None:
    assert close_of_day(day, LONDON) == closes
    opens = start_of_day(day, LONDON).astimezone(UTC)
    assert closes + SECOND - opens == length * HOUR


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=9), "9 days left"),
        (timedelta(days=1), "closes tomorrow"),
        (timedelta(hours=1), "closes today"),
        (-SECOND, "closed"),
    ],
)
def test_how_long_is_left_is_told_by_the_calendar(before: timedelta, words: str) -> None:
    assert time_left(CLOSES, CLOSES - before, LONDON) == words


def test_just_after_midnight_a_close_at_the_end_of_the_day_is_today() -> None:
    assert time_left(CLOSES, datetime(2026, 5, 30, 23, 0, 1, tzinfo=UTC), LONDON) == "closes today"


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("month", [3, 10])
def test_the_countdown_turns_at_midnight_there_also_where_the_clocks_change(
    zone: str, month: int
) -> None:
    here = ZoneInfo(zone)
    closes = datetime(2026, month, 31, 23, 59, 59, tzinfo=here)
    for days in range(12):
        first = datetime(2026, month, 31 - days, tzinfo=here)
        last = first.replace(hour=23, minute=59, second=59)
        told = {time_left(closes, at.astimezone(UTC), here) for at in (first, last)}
        assert told == {
            ["closes today", "closes tomorrow"][days] if days < 2 else f"{days} days left"
        }


@pytest.mark.parametrize(
    ("days", "welsh", "arabic"),
    [
        (0, "yn cau heddiw", "تُغلق اليوم"),
        (1, "yn cau yfory", "تُغلق غدًا"),
        (2, "2 ddiwrnod ar ôl", "بقي يومان"),
        (3, "3 diwrnod ar ôl", "بقي 3 أيام"),
        (6, "6 diwrnod ar ôl", "بقي 6 أيام"),
        (11, "11 diwrnod ar ôl", "بقي 11 يومًا"),
        (100, "100 diwrnod ar ôl", "بقي 100 يوم"),
    ],
)
def test_the_countdown_is_in_the_readers_language(days: int, welsh: str, arabic: str) -> None:
    at = CLOSES - timedelta(days=days)
    assert time_left(CLOSES, at, LONDON, language="cy") == welsh
    assert time_left(CLOSES, at, LONDON, language="ar") == arabic


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/plan", "https://example.org/plan"),
        ("/documents/plan", "/documents/plan"),
        ("javascript:alert(1)", ""),
        ("//example.org", ""),
        ("example.org", ""),
    ],
)
def test_a_page_links_only_to_web_addresses(url: str, link: str) -> None:
    assert Document("Plan", url=url).link == link


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Kent’s Civil Society Strategy", "kents-civil-society-strategy"),
        ("Parciau: ŵyn a môr", "parciau-wyn-a-mor"),
        ("公園", "consultation"),
        ("Import", "consultation"),
        ("word " * 30, ("word-" * 16)[:-1]),
    ],
)
def test_a_slug_is_made_of_a_titles_words(title: str, slug: str) -> None:
    assert slug_from(title) == slug
    assert is_slug(slug)


@pytest.mark.parametrize("text", ["", "Parks", "a--b", "-a", "a b", "import", "x" * 81, "a/b"])
def test_what_is_no_slug_is_refused(text: str) -> None:
    assert not is_slug(text)
