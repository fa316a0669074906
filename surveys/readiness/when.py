"""Whether people have long enough to answer, and what else goes on meanwhile."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import holidays

from surveys.consultation import About
from surveys.readiness.concern import Check, Concern, Kind, listed
from surveys.typed import day_words

SIX_WEEKS = 42
NOTICE = 25
"""Notice of a local election is published no later than so many working days before it."""

_SATURDAY = 5
_THURSDAY = 3
_MAY = 5
_AUGUST = 8
_DAY = timedelta(days=1)
_PRINCIPLES = (
    "the Cabinet Office’s Consultation Principles (2018), written for central government and used "
    "well beyond it"
)


class Nation(StrEnum):
    """Where the council is, which decides on its bank holidays."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


SHORT = Check(
    "under_six_weeks",
    Kind.TIME,
    "There are fewer than six weeks to answer",
    "There are six weeks to answer, or it says why there are fewer",
    "Adequate time is the third of the Gunning principles, approved in R (Moseley) v Haringey "
    "London Borough Council [2014] UKSC 56. No general law sets a length, and principle E of "
    f"{_PRINCIPLES}, leaves it to judgment. Six weeks is our own mark for stopping to think.",
    "Close it later, or say why there are fewer than six weeks",
    "about#why_short",
)
BANK_HOLIDAYS = Check(
    "bank_holidays",
    Kind.TIME,
    "Bank holidays take from the time to answer",
    "There are six weeks besides the bank holidays",
    f"Principle G of {_PRINCIPLES}: where holidays fall in the time to answer, think about the "
    "effect, and make up for it or extend. Our own rule counts six weeks besides them.",
    "Close it later",
    "questionnaire/open",
)
HOLIDAY_SEASON = Check(
    "christmas_or_august",
    Kind.TIME,
    "Christmas or August takes from the time to answer",
    "There are six weeks besides Christmas and August",
    f"Principle G of {_PRINCIPLES}: where a holiday period falls in the time to answer, think "
    "about the effect, and make up for it or extend. Our own rule counts six weeks besides "
    "22 December to 2 January and August.",
    "Close it later, or ask before the holidays or after them",
    "questionnaire/open",
)
PRE_ELECTION = Check(
    "pre_election",
    Kind.TIME,
    "Local elections may be held meanwhile",
    "It is clear of the first Thursday in May and the weeks before it",
    "Between the notice of an election and the poll, publicity needs particular care: section 2 of "
    "the Local Government Act 1986 and the Code of Recommended Practice on Local Authority "
    f"Publicity made under section 4. Principle K of {_PRINCIPLES}: do not generally launch a "
    "consultation then. The ordinary day of local elections in England and Wales is the first "
    "Thursday in May (section 37 of the Representation of the People Act 1983), and notice is "
    "given at least 25 working days before.",
    "Ask before the notice or after the poll. If nothing is elected in your area that year, say so",
    "questionnaire/open",
)
CHECKS = (SHORT, BANK_HOLIDAYS, HOLIDAY_SEASON, PRE_ELECTION)


def untimely(
    about: About, *, opens: date, closes: date | None, nation: Nation
) -> Iterator[Concern]:
    """What is to be said against the dates; both days are among those to answer. Without a closing
    date only the opening can come at a bad time."""
    if closes is not None:
        yield from _short(about, opens, closes)
        yield from _on_bank_holidays(opens, closes, nation)
        yield from _in_holiday_season(opens, closes)
    yield from _before_elections(opens, closes or opens, nation)


def _short(about: About, opens: date, closes: date) -> Iterator[Concern]:
    days = _length(opens, closes)
    if days < SIX_WEEKS and not about.said("why_short", "en").strip():
        yield SHORT.concern(f"{_words(days)} to answer: {_window(opens, closes)}.")


def _on_bank_holidays(opens: date, closes: date, nation: Nation) -> Iterator[Concern]:
    found = bank_holidays(opens, closes, nation)
    left = _length(opens, closes) - len(found)
    if found and left < SIX_WEEKS:
        named = listed(f"{day_words(day)}: {name}." for day, name in found.items())
        yield BANK_HOLIDAYS.concern(f"{_words(left)} are left besides:", *named)


def _in_holiday_season(opens: date, closes: date) -> Iterator[Concern]:
    lost = [day for day in days_of(opens, closes) if _is_holiday_season(day)]
    left = _length(opens, closes) - len(lost)
    if lost and left < SIX_WEEKS:
        yield HOLIDAY_SEASON.concern(
            f"{_words(len(lost))} of the time to answer, {_window(opens, closes)}, fall in the "
            f"holidays, and {_words(left)} do not."
        )


def _before_elections(opens: date, closes: date, nation: Nation) -> Iterator[Concern]:
    for year in range(opens.year, closes.year + 1):
        poll = first_thursday_of_may(year)
        notice = latest_notice(poll, nation)
        if opens <= poll and closes >= notice:
            yield PRE_ELECTION.concern(
                f"Notice of the elections of {day_words(poll)} is due by {day_words(notice)}."
            )
            return


def _is_holiday_season(day: date) -> bool:
    return (
        day.month == _AUGUST or (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 2)
    )


def first_thursday_of_may(year: int) -> date:
    first = date(year, _MAY, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7)


def latest_notice(poll: date, nation: Nation) -> date:
    """The last day to publish notice of an election: 25 days before it, not counting weekends and
    bank holidays (Local Elections (Principal Areas) (England and Wales) Rules 2006)."""
    off = bank_holidays(poll - timedelta(days=60), poll, nation)
    day, left = poll, NOTICE
    while left:
        day -= _DAY
        left -= day.weekday() < _SATURDAY and day not in off
    return day


def bank_holidays(opens: date, closes: date, nation: Nation) -> dict[date, str]:
    """Those on weekdays from one day to another; a weekend is nobody's working time anyway."""
    years = range(opens.year, min(closes.year, opens.year + 10) + 1)
    known = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=years)
    return {
        day: name
        for day, name in sorted(known.items())
        if opens <= day <= closes and day.weekday() < _SATURDAY
    }


def days_of(opens: date, closes: date) -> Iterator[date]:
    return (opens + timedelta(days=count) for count in range(min(_length(opens, closes), 3_660)))


def _length(opens: date, closes: date) -> int:
    return (closes - opens).days + 1


def _window(opens: date, closes: date) -> str:
    return f"{day_words(opens)} to {day_words(closes)}"


def _words(days: int) -> str:
    weeks, over = divmod(max(days, 0), 7)
    said = [
        f"{n} {unit if n == 1 else unit + 's'}" for n, unit in ((weeks, "week"), (over, "day")) if n
    ]
    return " and ".join(said) or "No days"
