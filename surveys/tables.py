"""The tables of what was asked."""

from piccolo.columns import (
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class ConsultationRow(Table, tablename="consultation"):
    id: Serial
    slug = Varchar(length=80, unique=True)
    title = Text()
    about = Text(help_text="JSON of surveys.consultation.About")
    caveat = Text()
    invented = Boolean(default=False)
    threshold = Integer(default=5)
    reported_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class QuestionnaireVersionRow(Table, tablename="questionnaire_version"):
    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict)
    number = Integer()
    document = Text(help_text="Native JSON, as it was given")
    frozen_at = Timestamptz(null=True, default=None)
    note = Text()
    created_at = Timestamptz()


class RoundRow(Table, tablename="round"):
    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict)
    number = Integer()
    version = ForeignKey(QuestionnaireVersionRow, null=False, on_delete=OnDelete.restrict)
    state = Varchar(length=20)
    opens_at = Timestamptz(null=True, default=None)
    closes_at = Timestamptz(null=True, default=None)
    asked_about = Text(help_text="JSON of surveys.consultation.Document")
    pause_reason = Text()
