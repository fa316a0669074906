"""The tables of what was made of the answers; a machine's guesses and people's codings apart."""

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


class GroupingRow(Table, tablename="answer_grouping"):
    """Answers to one question that an officer counts together."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    version = Integer(help_text="Id of the version whose key `place` is")
    place = Text(help_text="Key of the question, or key.row of a grid")
    name = Varchar(length=120)
    made_of = Text(help_text="JSON list of analysis.groupings.Group")
    made_by = Varchar(length=320)
    made_at = Timestamptz()


class OtherDecisionRow(Table, tablename="other_decision"):
    """Where an officer put one text that people wrote beside “other”. The text is not kept here:
    `words` is its keyed hash, so that what is withdrawn is gone."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    version = Integer(help_text="Id of the version whose key `question` is")
    question = Varchar(length=60)
    step = Integer(help_text="What was decided together, from 1 for each consultation")
    words = Varchar(length=64)
    value = Text(help_text="The option that it is put to; empty where it is none")
    category = Varchar(length=120, default="", help_text="The new category; both empty: as other")
    decided = Boolean(default=True, help_text="False where a decision was taken back")
    undone = Boolean(default=False)
    decided_by = Varchar(length=320)
    decided_at = Timestamptz()


class ReachTableRow(Table, tablename="reach_table"):
    """How many there are in each group, from a census or a register, to set beside who answered."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    place = Varchar(length=200, help_text="The question, row or grouping that it stands beside")
    unit = Varchar(length=20, help_text="What its numbers count: people or organisations")
    source = Text()
    taken_on = Date()
    address = Text(help_text="Where it can be looked up; empty where nowhere")
    lines = Text(help_text="JSON list of analysis.reach.population.Line")
    kept_by = Varchar(length=200)
    kept_at = Timestamptz()


class PublishedBandsRow(Table, tablename="published_bands"):
    """The council's words for shares. Rows are added and never changed; the newest is in force."""

    id: Serial
    bands = Text(help_text="JSON list of analysis.quantities.Band")
    set_by = Varchar(length=320)
    set_at = Timestamptz()


class StatementRow(Table, tablename="bound_statement"):
    """A statement of counted answers. `word`, `n` and `base` are as they were when it was written;
    without a `sentence` of somebody's own the program words it."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    question = Varchar(length=80, help_text="Key of the question in the newest version asking it")
    row = Varchar(length=80)
    answers = Text(help_text="JSON list of the values that are counted together")
    round_number = Integer(null=True, default=None, help_text="NULL: all rounds together")
    sentence = Text()
    word = Varchar(length=80)
    n = Integer()
    base = Integer()
    in_report = Boolean(default=False)
    written_by = Varchar(length=320)
    written_at = Timestamptz()


class SavedViewRow(Table, tablename="saved_view"):
    """Filters of the results that an officer named, for all officers; unique by consultation and
    name as it is compared."""

    id: Serial
    consultation = ForeignKey(ConsultationRow, null=False, on_delete=OnDelete.restrict, index=True)
    name = Varchar(length=120)
    known_as = Varchar(length=400, help_text="The name as it is compared")
    query = Text(help_text="The filters as analysis.narrowing writes them")
    saved_by = Varchar(length=320)
    saved_at = Timestamptz()
