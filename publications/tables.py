"""The tables of what was done about it."""

from piccolo.columns import (
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from analysis.tables import ThemeRow
from surveys.tables import ConsultationRow


class OutcomeRow(Table, tablename="outcome"):
    """What became of one theme. Which of the texts are needed depends on the kind."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    theme = ForeignKey(ThemeRow, null=False, on_delete=OnDelete.restrict, unique=True)
    kind = Varchar(length=30)
    asked = Text(help_text="We asked: what was put to people about it, when a sentence helps")
    statement = Text(help_text="We did: one or two sentences for the public")
    reason = Text()
    document = Text()
    section = Text()
    before = Text()
    after = Text()
    instead = Text(help_text="Who can act, where it is not in our power")
    ready = Boolean(default=False, help_text="Respondents see it on their receipt's page")
    recorded_by = Varchar(length=200)
    recorded_at = Timestamptz()


class CommitmentRow(Table, tablename="commitment"):
    """A promise, with or without a theme."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    theme = ForeignKey(ThemeRow, null=True, default=None, on_delete=OnDelete.restrict)
    promise = Text()
    owner = Text()
    forum = Text()
    due_on = Date()
    kept_on = Date(null=True, default=None)
    progress = Text()


class EditionRow(Table, tablename="edition"):
    """A report as published: sealed, unique by consultation and number, never changed."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    number = Integer()
    published_at = Timestamptz()
    published_by = Varchar(length=200)
    reason = Text(help_text="Why a later edition replaces the one before")
    snapshot = Text(help_text="JSON of publications.report.Report")
    seal = Varchar(length=64, help_text="SHA-256 of the snapshot's bytes, hexadecimal")
