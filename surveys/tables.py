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
    revision = Integer(default=0, help_text="How many changes officers have made to it")


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


class ChangeRow(Table, tablename="questionnaire_change"):
    """One change that an officer made to a version not yet frozen, with what undoes it."""

    id: Serial
    version = ForeignKey(QuestionnaireVersionRow, null=False, on_delete=OnDelete.restrict)
    number = Integer(help_text="The version's revision after it, from 1")
    operation = Text(help_text="JSON of surveys.drafting.Operation")
    inverse = Text(help_text="JSON of the operation that undoes it")
    words = Text(help_text="What was done, in a few words")
    undone = Boolean(default=False)
    made_by = Varchar(length=320)
    made_at = Timestamptz()


class EquivalenceRow(Table, tablename="question_equivalence"):
    """An officer's word on which earlier question a later version's question is the same as."""

    id: Serial
    version = ForeignKey(QuestionnaireVersionRow, null=False, on_delete=OnDelete.restrict)
    key = Varchar(length=60)
    same_as = Varchar(length=60, help_text="The earlier key; empty: the same as none")
    made_by = Varchar(length=320)
    made_at = Timestamptz()


class OverriddenCheckRow(Table, tablename="overridden_check"):
    """An opening check that found something, and why the round was opened all the same."""

    id: Serial
    round = ForeignKey(RoundRow, null=False, on_delete=OnDelete.restrict)
    code = Varchar(length=60)
    found = Text(help_text="What the check said")
    reason = Text()
    overridden_by = Varchar(length=320)
    overridden_at = Timestamptz()


class SavedQuestionRow(Table, tablename="saved_question"):
    """A question that the organisation keeps for its later consultations."""

    id: Serial
    name = Varchar(length=120, unique=True)
    question = Text(help_text="Native JSON of one question")
    source = Text()
    saved_by = Varchar(length=320)
    saved_at = Timestamptz()


class DocumentRow(Table, tablename="consultation_document"):
    """Something to read before answering, whichever of its versions is the newest."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict)
    number = Integer()
    title = Text(help_text="JSON of surveys.questionnaire.Text")
    kind = Varchar(length=40)
    strand = Varchar(length=60, default="")
    removed_at = Timestamptz(null=True, default=None)


class DocumentVersionRow(Table, tablename="document_version"):
    """One version in one language: a link, or a file kept below the data folder."""

    id: Serial
    document = ForeignKey(DocumentRow, null=False, on_delete=OnDelete.restrict)
    number = Integer()
    language = Varchar(length=35)
    name = Varchar(length=100, help_text="Which version it is, in words, like Final draft")
    note = Text(help_text="What changed since the version before")
    url = Text(help_text="Where it is kept; empty for a file")
    file_name = Varchar(length=200, default="")
    media_type = Varchar(length=100, default="")
    size = Integer(default=0)
    digest = Varchar(length=64, default="", help_text="SHA-256 of the file, which names it")
    added_by = Varchar(length=320)
    added_at = Timestamptz()


class ImportNoteRow(Table, tablename="import_note"):
    """Something that a file from elsewhere held and a version made of it does not."""

    id: Serial
    version = ForeignKey(QuestionnaireVersionRow, null=False, on_delete=OnDelete.restrict)
    place = Text(help_text="Where in the file")
    what = Text()
