"""A question as a person with a pen meets it: its number, its words, its limits, where to mark."""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.speech import Speech, sentence, speech
from surveys.instructions import example, limits
from surveys.marked import marked
from surveys.page_views import every_view
from surveys.paper.marks import (
    Box,
    Boxes,
    Line,
    Lines,
    Mark,
    Numbers,
    Table,
    Tick,
    Ticks,
    TicksByRow,
)
from surveys.paper.said import Said, paragraphs, said
from surveys.question_view import ChoiceView, QuestionView
from surveys.questionnaire import (
    OTHER,
    Date,
    Dropdown,
    Email,
    Grid,
    Likert,
    Location,
    LongText,
    Multiple,
    Number,
    Postcode,
    Question,
    Questionnaire,
    Ranking,
    ShortText,
    Single,
    Statement,
    Text,
    Upload,
)
from surveys.routing import condition_words

# In points: how wide a table is, how wide a letter of its head is on average in either size of
# print, and what stands between columns. The words of a row take as much as 1.5 columns.
TABLE_WIDTH, BETWEEN = 493, 6
LETTER = {False: 4.8, True: 8.1}
LONG_ANSWER, SHORT_ANSWER = 9, 2
SHORTER_THAN_A_LINE = 80
POSTCODE = 8


class PrintedQuestion(Struct, frozen=True):
    """`number` is 0 for a statement, which has no marks. `how` says how to answer, a sentence
    each; `together` that it fits on one page and is kept on it."""

    number: int
    words: tuple[Said, ...]
    when: str
    hint: Said | None
    how: tuple[str, ...]
    marks: tuple[Mark, ...]
    together: bool


class Printing(Struct, frozen=True):
    """What every question of a form is printed by: `numbers` by key, `told` the questions with
    their numbers before their words, for conditions that speak of them."""

    language: str
    speaks: Speech
    large: bool
    numbers: Mapping[str, int]
    told: Mapping[str, Question]


def printing_of(questionnaire: Questionnaire, language: str, *, large: bool) -> Printing:
    asked = (each for each in questionnaire.questions if not isinstance(each, Statement))
    numbers = {question.key: number for number, question in enumerate(asked, start=1)}
    told = {
        question.key: replace(question, text=_numbered(question.text, numbers.get(question.key)))
        for question in questionnaire.questions
    }
    return Printing(language, speech(language), large, numbers, told)


def printed_questions(
    questionnaire: Questionnaire, questions: tuple[Question, ...], printing: Printing
) -> tuple[PrintedQuestion, ...]:
    views = every_view(questionnaire, questions, language=printing.language)
    return tuple(
        _printed(question, view, questionnaire, printing)
        for question, view in zip(questions, views, strict=True)
    )


def _numbered(text: Text, number: int | None) -> Text:
    if number is None:
        return text
    if isinstance(text, str):
        return f"{number}. {text}"
    return {language: f"{number}. {words}" for language, words in text.items() if words}


def _printed(
    question: Question, view: QuestionView, questionnaire: Questionnaire, printing: Printing
) -> PrintedQuestion:
    speaks = printing.speaks
    statement = isinstance(question, Statement)
    marks = tuple(_marks(question, view, printing))
    hint = _hint(question, questionnaire, printing)
    # Officers often say themselves what goes without saying: once is enough.
    known = {"", hint.text.rstrip(".") if hint else ""}
    return PrintedQuestion(
        number=printing.numbers.get(question.key, 0),
        words=paragraphs(view.words, speaks) if statement else (said(view.words, speaks),),
        when=_when(question, printing),
        hint=hint,
        how=() if statement else tuple(e for e in _how(question, speaks) if e not in known),
        marks=marks,
        together=not statement and all(map(_is_small, marks)),
    )


def _hint(question: Question, questionnaire: Questionnaire, printing: Printing) -> Said | None:
    default = questionnaire.languages[0]
    hint = marked(question.hint, printing.language, default=default)
    return said(hint, printing.speaks) if hint.text else None


def _when(question: Question, printing: Printing) -> str:
    if question.show_if is None:
        return ""
    words = condition_words(
        question.show_if, printing.told, printing.language, speaks=printing.speaks.language
    )
    return printing.speaks.say("Answer this only if {condition}.", condition=words)


def _how(question: Question, speaks: Speech) -> Iterable[str]:
    """What must be answered, how, and within which limits."""
    say = speaks.say
    if question.required:
        yield say("You must answer this question")
    if type(question) in _DEEDS:
        yield say(_DEEDS[type(question)])
    if isinstance(question, Number) and question.whole:
        yield say("A whole number")
    if isinstance(question, LongText):
        yield _length(question, speaks)
    elif isinstance(question, Upload):
        yield speaks.plural(
            "You can enclose {n} document or picture",
            "You can enclose up to {n} documents or pictures",
            question.max_files,
        )
    elif not isinstance(question, Location):
        yield limits(question, speaks) or (
            "" if isinstance(question, Date) else example(question, speaks)
        )
    if isinstance(question, Location) and question.map:
        yield say("The form on the website has a map to choose a point on")
    if isinstance(question, Email) or question.special_category:
        yield say("Kept apart from your other answers")


def _length(question: LongText, speaks: Speech) -> str:
    if question.max_words:
        return speaks.plural(
            "You can write up to {n} word", "You can write up to {n} words", question.max_words
        )
    return speaks.plural(
        "You can write up to {n} character",
        "You can write up to {n} characters",
        question.max_length,
    )


_DEEDS: Mapping[type, str] = {
    Single: sentence("Tick one box"),
    Dropdown: sentence("Tick one box"),
    Likert: sentence("Tick one box"),
    Grid: sentence("Tick one box in each row"),
    Ranking: sentence("Write a number in the box beside each of your choices"),
    Upload: sentence("Enclose it with this form, with the code of this page written on it"),
    Location: sentence("A postcode, or the name of a place or street"),
}


def _marks(question: Question, view: QuestionView, printing: Printing) -> Iterable[Mark]:
    speaks = printing.speaks
    if isinstance(question, Single | Dropdown | Likert | Multiple):
        yield Ticks(tuple(_tick(choice, speaks) for choice in view.choices))
    elif isinstance(question, Grid):
        yield _table(view, printing)
    elif isinstance(question, Ranking):
        yield Numbers(tuple(said(part.words, speaks) for part in view.parts))
    elif isinstance(question, Date):
        yield Boxes(
            (
                Box(speaks.say("Day"), 2),
                Box(speaks.say("Month"), 2),
                Box(speaks.say("Year"), 4),
            )
        )
    elif isinstance(question, Postcode):
        yield Boxes((Box("", POSTCODE),))
    elif isinstance(question, Number):
        yield Line(said(view.unit, speaks) if view.unit else None)
    elif isinstance(question, ShortText | LongText | Email | Location):
        yield Lines(_room(question))


def _tick(choice: ChoiceView, speaks: Speech) -> Tick:
    note = speaks.say("If you tick this box, tick no other") if choice.exclusive else ""
    return Tick(said(choice.words, speaks), note, choice.value == OTHER)


def _room(question: Question) -> int:
    """How many lines to write on."""
    if isinstance(question, LongText):
        words = question.max_words or question.max_length / 6
        return max(SHORT_ANSWER, min(LONG_ANSWER, round(words / 8)))
    if isinstance(question, ShortText) and question.max_length > SHORTER_THAN_A_LINE:
        return SHORT_ANSWER
    return SHORT_ANSWER if isinstance(question, Location) else 1


def _table(view: QuestionView, printing: Printing) -> Mark:
    speaks = printing.speaks
    columns = tuple(said(choice.words, speaks) for choice in view.parts[0].choices)
    rows = tuple(said(part.words, speaks) for part in view.parts)
    longest = max((len(word) for each in columns for word in each.text.split()), default=0)
    room = TABLE_WIDTH / (len(columns) + 1.5) - BETWEEN
    fits = longest * LETTER[printing.large] <= room
    return Table(columns, rows) if fits else TicksByRow(columns, rows)


def _is_small(mark: Mark) -> bool:
    if isinstance(mark, Ticks):
        return len(mark.choices) <= 10
    if isinstance(mark, Numbers):
        return len(mark.options) <= 8
    return isinstance(mark, Lines | Line | Boxes) or (
        isinstance(mark, Table) and len(mark.rows) <= 6
    )
