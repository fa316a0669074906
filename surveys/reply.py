"""The promise to answer: by which day everyone can read what was said and what became of it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from app.speech import Speech
from surveys.consultation import Consultation, Round, State


class Promise(Struct, frozen=True):
    """`by` is None while there is no closing date to count from; `kept` once a report is out."""

    weeks: int
    by: date | None
    closed: bool
    kept: bool


def promise_of(consultation: Consultation, *, now: datetime, zone: ZoneInfo) -> Promise | None:
    """None where no day is promised. Counted from the last day on which anybody may answer."""
    weeks = consultation.about.reply_weeks
    if not weeks:
        return None
    asked = [
        each
        for each in consultation.rounds
        if each.standing(now) is not State.DRAFT or each.opens_at
    ]
    last = _last_close(asked)
    by = last.astimezone(zone).date() + timedelta(weeks=weeks) if last else None
    over = all(each.standing(now) is State.CLOSED for each in asked)
    return Promise(weeks, by, closed=over, kept=consultation.reported)


def _last_close(rounds: Iterable[Round]) -> datetime | None:
    """None while any round may go on for ever, and before any is planned."""
    closes = [each.closes_at for each in rounds]
    known = [each for each in closes if each]
    return max(known) if known and len(known) == len(closes) else None


def promise_words(promise: Promise, *, today: date, speaks: Speech) -> str:
    """What is promised, and honestly how it stands."""
    if promise.by is None:
        return speaks.plural(
            "We promise to publish what people said and what we will do within {n} week of the "
            "close.",
            "We promise to publish what people said and what we will do within {n} weeks of the "
            "close.",
            promise.weeks,
        )
    if not promise.closed:
        return speaks.plural(
            "We promise to publish what people said and what we will do by {day}: within {n} week "
            "of the close.",
            "We promise to publish what people said and what we will do by {day}: within {n} weeks "
            "of the close.",
            promise.weeks,
            day=promise.by,
        )
    if promise.kept:
        return speaks.say(
            "We promised to publish what people said and what we will do by {day}. It is "
            "published.",
            day=promise.by,
        )
    promised = speaks.say(
        "We promised to publish what people said and what we will do by {day}.", day=promise.by
    )
    return f"{promised} {_standing(promise.by, today, speaks)}"


def _standing(by: date, today: date, speaks: Speech) -> str:
    days = (by - today).days
    if days > 0:
        return speaks.plural("There is {n} day left.", "There are {n} days left.", days)
    if days == 0:
        return speaks.say("That is today.")
    return speaks.plural("We are {n} day late.", "We are {n} days late.", -days)
