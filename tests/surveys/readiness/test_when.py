"""Dates to answer in: six weeks, holidays, and the weeks before local elections.

Checked against the dates that the Local Government Association published as the latest start of
the pre-election period: 27 March 2023 and 26 March 2024.
"""

from datetime import date

import pytest

from surveys.consultation import About
from surveys.readiness.when import (
    Nation,
    bank_holidays,
    first_thursday_of_may,
    latest_notice,
    untimely,
)


def found(
    opens: date, closes: date | None, *, about: About | None = None, nation: Nation = Nation.ENGLAND
) -> dict[str, str]:
    concerns = untimely(about or About(), opens=opens, closes=closes, nation=nation)
    return {each.code: each.found for each in concerns}


@pytest.mark.parametrize(
    ("year", "poll", "notice"),
    [
        (2023, date(2023, 5, 4), date(2023, 3, 27)),
        (2024, date(2024, 5, 2), date(2024, 3, 26)),
    ],
)
def test_notice_is_due_on_the_published_days(year: int, poll: date, notice: date) -> None:
    assert first_thursday_of_may(year) == poll
    assert latest_notice(poll, Nation.ENGLAND) == notice


def test_six_weeks_that_meet_nothing_are_in_order() -> None:
    assert found(date(2026, 9, 1), date(2026, 10, 12)) == {}


def test_a_day_less_than_six_weeks_needs_a_reason_given_once() -> None:
    opens, closes = date(2026, 9, 1), date(2026, 10, 11)
    assert found(opens, closes) == {
        "under_six_weeks": "5 weeks and 6 days to answer: 1 September 2026 to 11 October 2026."
    }
    assert found(opens, closes, about=About(why_short="A court set the day.")) == {}
    assert found(opens, closes, about=About(why_short={"cy": "Llys"})) == {}


def test_bank_holidays_count_where_they_leave_less_than_six_weeks() -> None:
    assert found(date(2027, 5, 24), date(2027, 7, 4)) == {
        "bank_holidays": "5 weeks and 6 days are left besides:\n31 May 2027: Spring Bank Holiday."
    }
    assert found(date(2027, 5, 24), date(2027, 7, 5)) == {}


def test_each_nation_has_its_own_bank_holidays() -> None:
    days = (date(2026, 3, 1), date(2026, 12, 31))
    assert date(2026, 11, 30) in bank_holidays(*days, Nation.SCOTLAND)
    assert date(2026, 3, 17) in bank_holidays(*days, Nation.NORTHERN_IRELAND)
    assert date(2026, 4, 6) not in bank_holidays(*days, Nation.SCOTLAND)
    assert bank_holidays(*days, Nation.WALES) == bank_holidays(*days, Nation.ENGLAND)


def test_august_and_christmas_count_where_they_leave_less_than_six_weeks() -> None:
    august = found(date(2026, 7, 20), date(2026, 9, 6))
    assert august["christmas_or_august"] == (
        "4 weeks and 3 days of the time to answer, 20 July 2026 to 6 September 2026, fall in the "
        "holidays, and 2 weeks and 4 days do not."
    )
    assert "christmas_or_august" not in found(date(2026, 6, 10), date(2026, 8, 10))
    assert "christmas_or_august" in found(date(2026, 12, 1), date(2027, 1, 15))


@pytest.mark.parametrize(
    ("opens", "closes", "near"),
    [
        (date(2024, 1, 1), date(2024, 3, 25), False),
        (date(2024, 1, 1), date(2024, 3, 26), True),
        (date(2024, 5, 2), date(2024, 7, 1), True),
        (date(2024, 5, 3), date(2024, 7, 1), False),
        (date(2023, 6, 1), date(2025, 1, 1), True),
        (date(2024, 4, 10), None, True),
        (date(2024, 1, 10), None, False),
    ],
)
def test_the_weeks_before_local_elections_are_told(
    opens: date, closes: date | None, *, near: bool
) -> None:
    assert ("pre_election" in found(opens, closes)) is near


def test_the_day_of_the_elections_and_of_the_notice_are_named() -> None:
    assert found(date(2024, 4, 10), None)["pre_election"] == (
        "Notice of the elections of 2 May 2024 is due by 26 March 2024."
    )
