"""The report as a value: what was asked, who answered, what they said, what was done about it."""

from datetime import date, datetime

from msgspec import UNSET, Struct, UnsetType

from analysis.quantities import Band
from analysis.statements import Saying
from publications.outcomes import Kind
from surveys.consultation import Document


class ReportedRound(Struct, frozen=True, kw_only=True):
    number: int
    opened_at: datetime | None
    closed_at: datetime | None
    asked_about: Document
    pause_reason: str


class Part(Struct, frozen=True):
    received: int
    analysed: int


class EventHeld(Struct, frozen=True):
    """Attendees and organisations are units of their own, never added to responses."""

    name: str
    attendees: int
    organisations: int


class PetitionReceived(Struct, frozen=True):
    name: str
    signatures: int


class Answered(Struct, frozen=True, kw_only=True):
    """The ledger as published. `excluded` is by reason, `by_round` by the round's number."""

    received: int
    analysed: int
    excluded: dict[str, int]
    by_channel: dict[str, Part]
    by_round: dict[str, Part]
    events: tuple[EventHeld, ...] = ()
    petitions: tuple[PetitionReceived, ...] = ()


class ReportedQuote(Struct, frozen=True):
    """`round_number` is None where a round has so few people that it would tell who wrote it."""

    words: str
    round_number: int | None


class ReportedOutcome(Struct, frozen=True, kw_only=True):
    kind: Kind
    statement: str
    asked: str
    reason: str
    document: str
    section: str
    before: str
    after: str
    instead: str


class ReportedCommitment(Struct, frozen=True, kw_only=True):
    """A promise as sealed. `theme` is its theme's slug, None where it stands alone."""

    promise: str
    owner: str
    forum: str
    due_on: date
    kept_on: date | None
    progress: str
    theme: str | None


class ThemeRound(Struct, frozen=True):
    """The same of one round: `people` of `read`."""

    people: int
    read: int


class ReportedTheme(Struct, frozen=True, kw_only=True):
    """`people` of `read`: responses counted under it, of those whose written answers were read.

    `by_round` is by the round's number.
    """

    slug: str
    label: str
    description: str
    reference: str
    people: int
    read: int
    by_round: dict[str, ThemeRound]
    quotes: tuple[ReportedQuote, ...]
    outcome: ReportedOutcome


class ReportedOption(Struct, frozen=True, kw_only=True):
    """`n` None: left out because so few chose it, or because it would give another away.

    `share` is of those who answered, 0 to 1.
    """

    value: str
    text: str
    n: int | None
    share: float | None


class ReportedItem(Struct, frozen=True, kw_only=True):
    """One thing counted: a whole question, or one row of a grid.

    On scales `agree` is the share above the middle, `disagree` below, of those who answered.
    """

    row: str
    text: str
    answered: int | None
    missing: int | None
    not_routed: int | None
    options: tuple[ReportedOption, ...]
    scored: int | None = None
    agree: float | None = None
    disagree: float | None = None
    net: float | None = None
    interval: tuple[float, float] | None = None


class ReportedQuestion(Struct, frozen=True, kw_only=True):
    """`special_category` says that its small numbers are left out, or that it is asked because of
    such a question."""

    key: str
    type: str
    text: str
    items: tuple[ReportedItem, ...]
    special_category: bool = False


class ReportedStatement(Struct, frozen=True, kw_only=True):
    """A statement as sealed: `words` as printed in English, `word` the one that its numbers bear,
    `saying` what it counts. `sentence` is somebody's own; empty: it was worded by rule."""

    id: int
    words: str
    word: str
    n: int
    base: int
    sentence: str
    saying: Saying


class Figure(Struct, frozen=True, kw_only=True):
    """A number of the report. `place` finds it in the tree; `counted` is its recipe in words."""

    number: int
    place: str
    what: str
    value: int | float | None
    counted: str
    rounds: tuple[int, ...]


class Report(Struct, frozen=True, kw_only=True):
    """Everything a reader sees, as sealed. `replaces` is the seal of the edition before. `bands`
    are those in force when it was sealed; editions from before they were kept have none."""

    slug: str
    title: str
    summary: str
    why: str
    caveat: str
    invented: bool
    threshold: int
    edition: int
    published_at: datetime
    reason: str
    replaces: str
    rounds: tuple[ReportedRound, ...]
    asked: tuple[str, ...]
    answered: Answered
    themes: tuple[ReportedTheme, ...]
    questions: tuple[ReportedQuestion, ...]
    commitments: tuple[ReportedCommitment, ...]
    statements: tuple[ReportedStatement, ...] = ()
    bands: tuple[Band, ...] | UnsetType = UNSET
    figures: tuple[Figure, ...] = ()
