"""A consultation, its rounds and the states that each goes through."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from app.speech import ENGLISH, speech
from surveys.questionnaire import Questionnaire, Text, say

TIME_TO_FINISH = timedelta(hours=1)
END_OF_DAY = time(23, 59, 59)
TWELVE_WEEKS = 12
"""Within which to answer: principle J of the Cabinet Office’s Consultation Principles (2018)."""


class State(StrEnum):
    """Where a round stands. A consultation adds `reported` once an edition is published."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    REPORTED = "reported"


class Document(Struct, frozen=True):
    """Something to read before answering: a title, which draft it is, and where it is kept."""

    title: str
    version: str = ""
    url: str = ""

    @property
    def link(self) -> str:
        """The address if a page may link to it, so never a `javascript:` one; else nothing."""
        safe = self.url.startswith(("https://", "http://")) or (
            self.url.startswith("/") and not self.url.startswith("//")
        )
        return self.url if safe else ""


class About(Struct, frozen=True):
    """What a respondent reads before answering. Plain text, in one language or in several; blank
    lines part paragraphs. `why_short` says why there are fewer than six weeks to answer;
    `reply_weeks` is how soon after the close a reply is promised, 0 where none is."""

    summary: Text = ""
    why: Text = ""
    can_change: Text = ""
    cannot_change: Text = ""
    alternatives: Text = ""
    what_happens_next: Text = ""
    about_reply: Text = ""
    why_short: Text = ""
    privacy: Text = ""
    lawful_basis: Text = ""
    retention: Text = ""
    freedom_of_information: Text = ""
    contact: Text = ""
    other_formats: Text = ""
    documents: tuple[Document, ...] = ()
    reply_weeks: int = 0

    def said(self, name: str, language: str) -> str:
        """One of the texts in a language, else in the first that it is written in."""
        return say(getattr(self, name), language)


ABOUT_TEXTS = tuple(
    name for name in About.__struct_fields__ if name not in ("documents", "reply_weeks")
)
"""The names of the texts, in the order of the form."""


class Version(Struct, frozen=True):
    """A questionnaire as it was on one day. Once frozen it never changes."""

    id: int
    consultation_id: int
    number: int
    questionnaire: Questionnaire
    frozen: bool
    note: str = ""


class Round(Struct, frozen=True):
    """One period of asking, on one version. Without `closes_at` it stays open until closed."""

    id: int
    consultation_id: int
    number: int
    version_id: int
    state: State
    opens_at: datetime | None
    closes_at: datetime | None
    asked_about: Document
    pause_reason: str = ""

    def is_open(self, now: datetime) -> bool:
        return self.standing(now) is State.OPEN

    def standing(self, now: datetime) -> State:
        """The state that the dates make of it: an open round closes by itself, and waits for its
        opening as a draft."""
        if self.state not in (State.OPEN, State.PAUSED):
            return self.state
        if self.closes_at is not None and now > self.closes_at:
            return State.CLOSED
        if self.opens_at is not None and now < self.opens_at:
            return State.DRAFT
        return self.state

    def is_scheduled(self, now: datetime) -> bool:
        """Whether it opens by itself on a day to come."""
        return self.state is State.OPEN and self.standing(now) is State.DRAFT

    def would_overlap(self, other: "Round", now: datetime) -> bool:
        """Whether this round, open or due to open, shares any time with another that is."""
        if self.state not in (State.OPEN, State.PAUSED) or self.standing(now) is State.CLOSED:
            return False
        begins_later = other.closes_at and self.opens_at and self.opens_at > other.closes_at
        ends_before = self.closes_at and other.opens_at and self.closes_at < other.opens_at
        return not begins_later and not ends_before

    def may_finish(self, began_at: datetime, now: datetime) -> bool:
        """Whether someone who began before the close may still submit: for an hour after it."""
        if self.is_open(now):
            return True
        if self.closes_at is None or self.standing(now) is not State.CLOSED:
            return False
        return began_at <= self.closes_at and now <= self.closes_at + TIME_TO_FINISH


class Consultation(Struct, frozen=True):
    """`state` is as of the reading. `caveat` stands beside every figure; `invented` marks
    demonstration answers as made up; a `reported` one has a published edition."""

    id: int
    slug: str
    title: str
    about: About
    state: State
    caveat: str
    invented: bool
    threshold: int
    rounds: tuple[Round, ...]
    reported: bool = False

    def open_round(self, now: datetime) -> Round | None:
        return next((each for each in self.rounds if each.is_open(now)), None)


def state_of(rounds: Iterable[Round], now: datetime, *, reported: bool) -> State:
    """Where a consultation stands: asking comes before reporting, and reporting before closed."""
    standing = {each.standing(now) for each in rounds}
    for state in (State.OPEN, State.PAUSED):
        if state in standing:
            return state
    if reported:
        return State.REPORTED
    return State.CLOSED if State.CLOSED in standing else State.DRAFT


def close_of_day(day: date, zone: ZoneInfo) -> datetime:
    """When a round that closes on `day` closes: 23:59:59 there."""
    return datetime.combine(day, END_OF_DAY, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def time_left(
    closes_at: datetime, now: datetime, zone: ZoneInfo, *, language: str = ENGLISH
) -> str:
    """How long is left, in words, by the calendar of `zone`: “9 days left”, “closes today”."""
    speaks = speech(language)
    if now > closes_at:
        return speaks.say("closed")
    days = (closes_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return speaks.say("closes today")
    if days == 1:
        return speaks.say("closes tomorrow")
    return speaks.plural("{n} day left", "{n} days left", days)
