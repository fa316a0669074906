"""The demonstration's files: what they hold, and reading them."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from publications.outcomes import Kind
from responses.response import Channel
from surveys.consultation import About, Document

FOLDER = Path(__file__).parent
SLUGS = ("kent-civil-society-strategy", "library-hours", "school-street")

Day: TypeAlias = int | date
"""A date, or days from the day of loading."""


class InventedResponse(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`day` counts from the round's first; `voice` tells the reader of the file who is imagined.

    `themes` has the free-text answers that an officer has read, with or without a theme, and
    `quotes` the words that were cleared, both by question.
    """

    id: str
    day: int
    time: str
    channel: Channel
    voice: str
    answers: dict[str, Any]
    themes: dict[str, tuple[str, ...]] = {}
    quotes: dict[str, str] = {}

    def sent_at(self, first_day: date, zone: ZoneInfo) -> datetime:
        day = first_day + timedelta(days=self.day)
        return datetime.combine(day, time.fromisoformat(self.time), zone)


class PlannedRound(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`questionnaire` and `responses` name files beside this one. `note` is what is new in it.
    `reasons` say why it was opened in spite of what the checks find, by the code of the check."""

    questionnaire: str
    responses: str
    opens: Day
    closes: Day
    asked_about: Document
    note: str = ""
    pause_reason: str = ""
    reasons: dict[str, str] = {}


class RecordedOutcome(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: Kind
    asked: str
    statement: str
    reason: str = ""
    document: str = ""
    section: str = ""
    before: str = ""
    after: str = ""
    instead: str = ""


class RecordedCommitment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    promise: str
    owner: str
    forum: str
    due: Day
    progress: str
    kept: Day | None = None


class RecordedTheme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`name` is what the responses of these files call it."""

    name: str
    label: str
    description: str
    keywords: tuple[str, ...]
    reference: str = ""
    outcome: RecordedOutcome | None = None
    commitments: tuple[RecordedCommitment, ...] = ()


class PlannedStatement(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement that the program words and the report prints."""

    question: str
    answers: tuple[str, ...]
    row: str = ""


class PlannedGrouping(Struct, frozen=True, forbid_unknown_fields=True):
    """Groups of a question's answers as an officer made them, values by name."""

    name: str
    question: str
    groups: dict[str, tuple[str, ...]]


class PlannedEdition(Struct, frozen=True, forbid_unknown_fields=True):
    on: Day
    reason: str = ""


class Plan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A consultation as its file tells it. `commitments` are those that stand without a theme."""

    about: About
    caveat: str
    threshold: int
    rounds: tuple[PlannedRound, ...]
    decided: Day = 0
    themes: tuple[RecordedTheme, ...] = ()
    commitments: tuple[RecordedCommitment, ...] = ()
    groupings: tuple[PlannedGrouping, ...] = ()
    statements: tuple[PlannedStatement, ...] = ()
    editions: tuple[PlannedEdition, ...] = ()


def read_plan(slug: str) -> Plan:
    return msgspec.json.decode((FOLDER / slug / "consultation.json").read_bytes(), type=Plan)


def read_document(slug: str, planned: PlannedRound) -> bytes:
    """The round's questionnaire as native JSON."""
    return (FOLDER / slug / planned.questionnaire).read_bytes()


def read_responses(slug: str, planned: PlannedRound) -> tuple[InventedResponse, ...]:
    found = (FOLDER / slug / planned.responses).read_bytes()
    return msgspec.json.decode(found, type=tuple[InventedResponse, ...])


def date_of(day: Day, *, today: date) -> date:
    return today + timedelta(days=day) if isinstance(day, int) else day
