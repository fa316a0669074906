"""Dates, numbers and plain text as pages write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app import words
from app.problems import Problem, problem_at

LONDON = ZoneInfo("Europe/London")


def test_dates_are_told_in_the_local_zone() -> None:
    assert words.date_words(date(2026, 11, 21), LONDON) == "21 November 2026"
    assert words.date_words(datetime(2021, 6, 30, 23, 30, tzinfo=UTC), LONDON) == "1 July 2021"


@pytest.mark.parametrize(
    ("hour", "minute", "told"),
    [
        (15, 59, "3:59pm"),
        (9, 5, "9:05am"),
        (16, 0, "4pm"),
        (12, 0, "midday"),
        (0, 0, "midnight"),
        (0, 30, "12:30am"),
        (12, 30, "12:30pm"),
    ],
)
def test_moments_are_told_in_the_local_zone(hour: int, minute: int, told: str) -> None:
    when = datetime(2026, 11, 21, hour, minute, tzinfo=LONDON).astimezone(UTC)
    assert words.moment_words(when, LONDON) == f"21 November 2026 at {told}"


def test_plain_text_becomes_paragraphs_and_nothing_in_it_becomes_html() -> None:
    told = words.paragraphs("One\r\ntwo\n\n\n<b>three</b>\n")
    assert told == (
        '<p class="govuk-body">One<br>two</p>\n<p class="govuk-body">&lt;b&gt;three&lt;/b&gt;</p>'
    )


@pytest.mark.parametrize(
    ("share", "told"), [(0.692, "69%"), (0.125, "13%"), (0.005, "1%"), (0, "0%"), (1, "100%")]
)
def test_shares_are_whole_per_cent(share: float, told: str) -> None:
    assert words.percent(share) == told


def test_halves_go_up_whatever_the_float_says() -> None:
    assert words.percent(57 / 200) == "29%"


def test_nothing_is_printed_of_nobody_alone_and_everything_of_everybody() -> None:
    assert [words.percent(share) for share in (1 / 437, 436 / 437)] == ["under 1%", "over 99%"]
    assert words.percent(0.1 + 0.2 + 0.7) == words.percent(0.9999999999999999) == "100%"


def test_counts_come_with_their_noun() -> None:
    assert words.plural(1, "response") == "1 response"
    assert words.plural(0, "response") == "0 responses"
    assert words.plural(12345, "response") == "12,345 responses"
    assert words.plural(2, "reply", "replies") == "2 replies"


def test_a_field_finds_its_own_first_problem() -> None:
    problems = (Problem("a", "First"), Problem("b", "Other"), Problem("b", "Later"))
    assert problem_at(problems, "b") == {"text": "Other"}
    assert problem_at(problems, "c") is None
