"""The tables of who said what."""

from piccolo.columns import (
    UUID,
    Bytea,
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

from surveys.tables import ConsultationRow, QuestionnaireVersionRow, RoundRow


class DraftRow(Table, tablename="draft"):
    """`token_hash` is of the cookie's token; `response_key` becomes the response's own key."""

    id: Serial
    token_hash = Varchar(length=64, unique=True)
    round = ForeignKey(RoundRow, null=False, on_delete=OnDelete.restrict)
    version = ForeignKey(QuestionnaireVersionRow, null=False, on_delete=OnDelete.restrict)
    response_key = UUID(unique=True)
    language = Varchar(length=20)
    ordering = Integer(default=0, help_text="In which order this person sees options")
    began_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None)


class DraftAnswerRow(Table, tablename="draft_answer"):
    """One answer, unique by draft and question, so that two autosaves at once lose nothing."""

    id: Serial
    draft = ForeignKey(
        DraftRow, target_column=DraftRow.response_key, null=False, on_delete=OnDelete.cascade
    )
    question = Varchar(length=80, help_text="Its key, or key.other")
    answer = Text(help_text="JSON; null where the answer was taken back")
    saved_at = Timestamptz()


class ResponseRow(Table, tablename="response"):
    id: Serial
    key = UUID(unique=True)
    receipt_hash = Varchar(length=64, unique=True)
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    round = ForeignKey(RoundRow, null=False, on_delete=OnDelete.restrict)
    round_number = Integer(help_text="Kept here too: counting needs it, and it never changes")
    version = ForeignKey(QuestionnaireVersionRow, null=False, on_delete=OnDelete.restrict)
    channel = Varchar(length=20)
    submitted_at = Timestamptz()
    status = Varchar(length=40, help_text="analysed, withdrawn, or the reason it is excluded")
    record = Text(help_text="JSON of the answers as given, private ones left out")
    coded = Bytea()
    answers_hash = Varchar(length=64, help_text="Tells a retry from other answers on the same key")
    keyed_by = Varchar(length=200, default="", help_text="Who keyed an answer on paper")


class TextAnswerRow(Table, tablename="text_answer"):
    id: Serial
    response = ForeignKey(
        ResponseRow,
        target_column=ResponseRow.key,
        null=False,
        on_delete=OnDelete.restrict,
        index=True,
    )
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    question = Varchar(length=80)
    text = Text()


class PrivateAnswerRow(Table, tablename="private_answer"):
    """Contact details and protected characteristics, apart from the answers they came with."""

    id: Serial
    response = ForeignKey(
        ResponseRow,
        target_column=ResponseRow.key,
        null=False,
        on_delete=OnDelete.restrict,
        index=True,
    )
    kind = Varchar(length=20, help_text="contact or equality")
    question = Varchar(length=80)
    answer = Text(help_text="JSON")


class UploadRow(Table, tablename="upload"):
    """A file sent in answer to a question. `token` is its name in addresses and on the disk."""

    id: Serial
    token = Varchar(length=32, unique=True)
    key = UUID(help_text="Of the draft, which becomes the response's own")
    question = Varchar(length=80)
    name = Varchar(length=200)
    media_type = Varchar(length=100)
    size = Integer(help_text="Bytes")
    kept_at = Timestamptz(index=True)


class EventRow(Table, tablename="event"):
    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict)
    name = Text()
    held_on = Date(null=True, default=None)
    attendees = Integer(default=0)
    organisations = Integer(default=0)


class PetitionRow(Table, tablename="petition"):
    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict)
    name = Text()
    signatures = Integer(default=0)
