"""The tables of who said what."""

from piccolo.columns import (
    UUID,
    Boolean,
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
    saved_at = Timestamptz(null=True, default=None, help_text="When an answer last changed")
    saving = Varchar(length=32, default="", help_text="The last save's own name, by chance")
    later = Boolean(default=False, help_text="Whether there is a code to come back with")
    shared = Boolean(default=False, help_text="Whether people of an organisation answer together")


class DraftAnswerRow(Table, tablename="draft_answer"):
    """One answer, unique by draft and question, so that two autosaves at once lose nothing."""

    id: Serial
    draft = ForeignKey(
        DraftRow, target_column=DraftRow.response_key, null=False, on_delete=OnDelete.cascade
    )
    question = Varchar(length=80, help_text="Its key, or key.other")
    answer = Text(help_text="JSON; null where the answer was taken back")
    saved_at = Timestamptz()


class DraftReturnRow(Table, tablename="draft_return"):
    """How to come back to a draft: hashes of its code and of its link, gone once it is sent."""

    id: Serial
    draft = ForeignKey(
        DraftRow,
        target_column=DraftRow.response_key,
        null=False,
        on_delete=OnDelete.cascade,
        unique=True,
    )
    attempt = Integer(default=0, help_text="Which of its codes: another where one was taken")
    code_hash = Varchar(length=64, unique=True)
    link_hash = Varchar(length=64, unique=True)
    made_at = Timestamptz()


class DraftAddressRow(Table, tablename="draft_address"):
    """Where to send the link of a draft, apart from its answers, and gone before they are."""

    id: Serial
    draft = ForeignKey(
        DraftRow,
        target_column=DraftRow.response_key,
        null=False,
        on_delete=OnDelete.cascade,
        unique=True,
    )
    email = Varchar(length=254)
    language = Varchar(length=20)
    remind = Boolean(default=False, help_text="Whether one reminder was asked for")
    reminded_at = Timestamptz(null=True, default=None)
    letters = Text(help_text="JSON: the ids of what the outbox was given")


class OrganisationRow(Table, tablename="draft_organisation"):
    """For whom several people answer together; gone once it is sent."""

    id: Serial
    draft = ForeignKey(
        DraftRow,
        target_column=DraftRow.response_key,
        null=False,
        on_delete=OnDelete.cascade,
        unique=True,
    )
    name = Varchar(length=200)
    declaration = Text(help_text="JSON")


class MemberRow(Table, tablename="draft_member"):
    """Somebody who answers for the organisation: contact details, gone before the answers are.
    The hashes are null until they have joined, and again once they have left."""

    id: Serial
    draft = ForeignKey(
        DraftRow,
        target_column=DraftRow.response_key,
        null=False,
        on_delete=OnDelete.cascade,
    )
    name = Varchar(length=100)
    known_as = Varchar(length=100, help_text="The name as it is compared, unique by draft")
    post = Varchar(length=100)
    agrees = Boolean(default=False)
    sends = Boolean(default=False)
    language = Varchar(length=20)
    key = UUID(help_text="What the cookie, the code and the link are derived from")
    attempt = Integer(default=0, help_text="Which of the codes: another where one was taken")
    token_hash = Varchar(length=64, null=True, default=None, unique=True)
    code_hash = Varchar(length=64, null=True, default=None, unique=True)
    link_hash = Varchar(length=64, null=True, default=None, unique=True)
    joined_at = Timestamptz(null=True, default=None)
    left_at = Timestamptz(null=True, default=None)
    agreed_to = Text(help_text="JSON: hashes of what was agreed to; empty before")
    agreed_at = Timestamptz(null=True, default=None)


class SectionRow(Table, tablename="draft_section"):
    """One page of an organisation's draft, unique by draft and section; members by their id."""

    id: Serial
    draft = ForeignKey(
        DraftRow, target_column=DraftRow.response_key, null=False, on_delete=OnDelete.cascade
    )
    section = Varchar(length=80)
    editor = Integer(null=True, default=None)
    edit_until = Timestamptz(null=True, default=None)
    taken_from = Integer(null=True, default=None)
    taken_by = Integer(null=True, default=None)
    taken_at = Timestamptz(null=True, default=None)
    note = Varchar(length=300, default="")
    changed_by = Integer(null=True, default=None)
    changed_at = Timestamptz(null=True, default=None)
    ready_by = Integer(null=True, default=None)
    ready_at = Timestamptz(null=True, default=None)
    ready_as = Varchar(length=64, default="", help_text="Hash of the answers that were ready")


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


class DeclarationRow(Table, tablename="response_declaration"):
    """Whom the organisation that sent a response represents; holds nobody's name."""

    id: Serial
    response = ForeignKey(
        ResponseRow,
        target_column=ResponseRow.key,
        null=False,
        on_delete=OnDelete.restrict,
        unique=True,
    )
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    organisation = Varchar(length=200)
    represented = Varchar(length=20)
    other = Varchar(length=200, default="")
    number = Integer(null=True, default=None, help_text="How many they are; null: not known")
    asked = Text(help_text="JSON: the ways in which they were asked")
    more = Text()
    to_agree = Integer(default=0)
    agreed = Integer(default=0)
    because = Text(help_text="Why it was sent without the agreement of everyone asked")


class SignatoryRow(Table, tablename="response_signatory"):
    """Who agreed to a response and who sent it: contact details, apart from all else."""

    id: Serial
    response = ForeignKey(
        ResponseRow,
        target_column=ResponseRow.key,
        null=False,
        on_delete=OnDelete.restrict,
        index=True,
    )
    name = Varchar(length=100)
    post = Varchar(length=100)
    sent = Boolean(default=False)
    at = Timestamptz()


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


class MarkRow(Table, tablename="response_mark"):
    """A response that an officer should look at: stored and counted like any other meanwhile."""

    id: Serial
    response = ForeignKey(
        ResponseRow,
        target_column=ResponseRow.key,
        null=False,
        on_delete=OnDelete.restrict,
        unique=True,
    )
    reason = Varchar(length=40)
    looked_at = Timestamptz(null=True, default=None)


class DraftHoldRow(Table, tablename="draft_hold"):
    """A draft that was to be sent in a crowd: from `until` on it may be, whatever else happens."""

    id: Serial
    draft = ForeignKey(
        DraftRow,
        target_column=DraftRow.response_key,
        null=False,
        on_delete=OnDelete.cascade,
        unique=True,
    )
    until = Timestamptz()
    passed = Varchar(length=10, default="", help_text="work or wait: by which it was sent")


class HeldUpRow(Table, tablename="held_up"):
    """How often a limit held somebody up, so that nothing is done to anyone unseen. Unique by
    consultation and what."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict)
    what = Varchar(length=20, help_text="sending, beginning or api")
    times = Integer(default=0)


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


class KioskRow(Table, tablename="kiosk"):
    """A device at a library or an event, on which one person after another answers."""

    id: Serial
    key = UUID(unique=True, help_text="What its code is derived from")
    code_hash = Varchar(length=64, unique=True)
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    name = Varchar(length=120, help_text="Of the place")
    made_at = Timestamptz()
    stopped_at = Timestamptz(null=True, default=None)


class KioskResponseRow(Table, tablename="kiosk_response"):
    """A response that was given at a kiosk."""

    id: Serial
    kiosk = ForeignKey(KioskRow, null=False, on_delete=OnDelete.restrict, index=True)
    response = ForeignKey(
        ResponseRow,
        target_column=ResponseRow.key,
        null=False,
        on_delete=OnDelete.restrict,
        unique=True,
    )
