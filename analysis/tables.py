"""The tables of what was made of the answers; a machine's guesses and people's codings apart."""

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

from responses.tables import TextAnswerRow
from surveys.tables import ConsultationRow


class ThemeRow(Table, tablename="theme"):
    """A theme that was merged stays, marked, so that what was said of it can still be explained."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    slug = Varchar(length=80)
    label = Text()
    description = Text()
    keywords = Text(help_text="JSON list of words and phrases that suggest it")
    reference = Varchar(length=40, default="", help_text="Where a paper deals with it, like 4.9")
    position = Integer(default=0)
    merged_into = Integer(null=True, default=None, help_text="Id of the theme that took it in")
    created_at = Timestamptz()


class SuggestionRow(Table, tablename="suggestion"):
    """A machine's guess. It is not a coding until a person makes it one."""

    id: Serial
    text_answer = ForeignKey(TextAnswerRow, null=False, on_delete=OnDelete.cascade, index=True)
    theme = ForeignKey(ThemeRow, null=False, on_delete=OnDelete.cascade, index=True)
    because = Text(help_text="JSON list of the words that matched")
    made_at = Timestamptz()


class CodingRow(Table, tablename="coding"):
    """A person's decision, unique by answer and theme."""

    id: Serial
    text_answer = ForeignKey(TextAnswerRow, null=False, on_delete=OnDelete.cascade, index=True)
    theme = ForeignKey(ThemeRow, null=False, on_delete=OnDelete.restrict, index=True)
    coder = Varchar(length=200)
    coded_at = Timestamptz()


class FinishedAnswerRow(Table, tablename="finished_answer"):
    """An answer that a person has read and finished coding, with or without a theme."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    text_answer = ForeignKey(TextAnswerRow, null=False, on_delete=OnDelete.cascade, unique=True)
    coder = Varchar(length=200)
    finished_at = Timestamptz()


class CodingStepRow(Table, tablename="coding_step"):
    """One coder's step: an answer's codings before and after it, so that it can be undone."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    text_answer = ForeignKey(TextAnswerRow, null=False, on_delete=OnDelete.cascade)
    coder = Varchar(length=200, index=True)
    before = Text(help_text="JSON of analysis.coding.Codings")
    after = Text(help_text="JSON of analysis.coding.Codings")
    undone = Boolean(default=False)
    taken_at = Timestamptz()


class ClearedQuoteRow(Table, tablename="cleared_quote"):
    """Words that an officer has cleared for the public, unique by answer and theme."""

    id: Serial
    text_answer = ForeignKey(TextAnswerRow, null=False, on_delete=OnDelete.cascade, index=True)
    theme = ForeignKey(ThemeRow, null=False, on_delete=OnDelete.restrict, index=True)
    quote = Text()
    cleared_by = Varchar(length=200)
    cleared_at = Timestamptz()
