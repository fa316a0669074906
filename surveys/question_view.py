"""A question as a page shows it: its words in one language, what was answered, what is wrong."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from app.problems import Problem
from surveys.around import Around, around
from surveys.choices import choices, offers_other
from surveys.fields import DAY_PARTS, day_from
from surveys.questionnaire import (
    OTHER,
    Condition,
    Grid,
    Likert,
    LongText,
    Multiple,
    Number,
    Option,
    Question,
    Questionnaire,
    Ranking,
    Row,
    ShortText,
    Text,
    say,
    spoken,
    type_name,
)
from surveys.routing import condition_words, may_show, value_words
from surveys.scales import scale_points

INTERFACE = "en"
MOST_RANKS_IN_A_LIST = 30

Answers = Mapping[str, Any]


class Words(Struct, frozen=True):
    """Words of the questionnaire; `lang` is None where they are in the language of the field."""

    text: str
    lang: str | None = None


class ChoiceView(Struct, frozen=True):
    value: str
    words: Words
    chosen: bool
    exclusive: bool = False


class PartView(Struct, frozen=True):
    """One field of a question with several: a grid's row, a ranked option, an “other” text."""

    name: str
    words: Words
    typed: str
    error: str | None
    choices: tuple[ChoiceView, ...] = ()


class QuestionView(Struct, frozen=True, kw_only=True):
    """`typed` is the answer of a one-field question; `day` a date's three parts. `condition` is
    what is left to decide by other answers on the page, as JSON, and `when` says it in words."""

    key: str
    type: str
    words: Words
    around: Around
    hint: Words | None
    required: bool
    alone: bool = False
    typed: str = ""
    day: Mapping[str, str]
    choices: tuple[ChoiceView, ...] = ()
    parts: tuple[PartView, ...] = ()
    other: PartView | None = None
    error: str | None = None
    when: str = ""
    condition: str = ""
    points: str = ""
    max_length: int | None = None
    whole: bool = False
    unit: Words | None = None


def page_views(
    questionnaire: Questionnaire,
    questions: Collection[Question],
    *,
    language: str,
    answers: Answers,
    problems: Iterable[Problem] = (),
    lone_heading: bool = False,
) -> tuple[QuestionView, ...]:
    """The questions of one page, leaving out those that answers on other pages hide. With
    `lone_heading` a question that has the page to itself is marked to be its main heading."""
    left = may_show(questionnaire, questions, answers)
    reading = _reading(questionnaire, language, answers, problems)
    showing = [question for question in questions if question.key in left]
    alone = lone_heading and len(showing) == 1 and type_name(showing[0]) != "statement"
    return tuple(
        _view(question, reading, left=left[question.key], alone=alone) for question in showing
    )


def every_view(
    questionnaire: Questionnaire, questions: Collection[Question], *, language: str
) -> tuple[QuestionView, ...]:
    """Every question of a page unanswered, each with its whole condition: for an officer's eye."""
    reading = _reading(questionnaire, language, {}, ())
    return tuple(_view(each, reading, left=each.show_if, alone=False) for each in questions)


def _errors(problems: Iterable[Problem]) -> dict[str, str]:
    """The words of the first problem at each place."""
    return {problem.place: problem.words for problem in reversed(list(problems))}


class _Reading(Struct, frozen=True):
    """What every question of a page is read with."""

    asked: Mapping[str, Question]
    default: str
    language: str
    answers: Answers
    errors: Mapping[str, str]

    def words(self, text: Text) -> Words:
        lang = spoken(text, self.language, default=self.default)
        return self._marked(say(text, self.language), lang)

    def option_words(self, option: Option | Row) -> Words:
        # Built-in words are English first, whatever the questionnaire's own default is.
        if isinstance(option.text, dict) and INTERFACE in option.text:
            lang = spoken(option.text, self.language, default=INTERFACE)
            return self._marked(say(option.text, self.language), lang)
        return self.words(option.text)

    def _marked(self, words: str, lang: str) -> Words:
        of_field = around(self.language).lang or INTERFACE
        return Words(words, None if lang == of_field else lang)


def _reading(
    questionnaire: Questionnaire, language: str, answers: Answers, problems: Iterable[Problem]
) -> _Reading:
    asked, default = questionnaire.by_key(), questionnaire.languages[0]
    return _Reading(asked, default, language, answers, _errors(problems))


def _view(
    question: Question, reading: _Reading, *, left: Condition | None, alone: bool
) -> QuestionView:
    answer = reading.answers.get(question.key)
    scaled = isinstance(question, Likert | Grid)
    return QuestionView(
        key=question.key,
        type=type_name(question),
        words=reading.words(question.text),
        around=around(reading.language),
        hint=reading.words(question.hint) if say(question.hint, reading.language) else None,
        required=question.required,
        alone=alone,
        typed=_typed(answer),
        day=_day_parts(answer),
        choices=() if isinstance(question, Ranking) else _choices(question, answer, reading),
        parts=_parts(question, reading),
        other=_other(question, reading),
        error=reading.errors.get(question.key),
        when=_when(left, reading),
        condition=msgspec.json.encode(left).decode() if left else "",
        points=_points(question) if scaled else "",
        max_length=question.max_length if isinstance(question, ShortText | LongText) else None,
        whole=isinstance(question, Number) and question.whole,
        unit=_unit(question, reading),
    )


def _unit(question: Question, reading: _Reading) -> Words | None:
    if isinstance(question, Number) and say(question.unit, reading.language):
        return reading.words(question.unit)
    return None


def _when(left: Condition | None, reading: _Reading) -> str:
    if left is None:
        return ""
    return f"Answer this if {condition_words(left, reading.asked, reading.language)}."


def _points(question: Any) -> str:
    return msgspec.json.encode([point.value for point in scale_points(question)]).decode()


def _typed(answer: Any) -> str:
    return str(answer) if isinstance(answer, str | int | float) else ""


def _day_parts(answer: Any) -> dict[str, str]:
    if isinstance(answer, dict):
        return {part: _typed(answer.get(part)) for part in DAY_PARTS}
    year, _, rest = _typed(answer).partition("-")
    month, _, day = rest.partition("-")
    parts = {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
    # A day posted as one field that is no day is shown as typed, in the first box.
    return parts if day_from(parts) else {"day": _typed(answer), "month": "", "year": ""}


def _choices(question: Question, chosen: Any, reading: _Reading) -> tuple[ChoiceView, ...]:
    """What can be chosen, with the options that exclude the others last."""
    picked = chosen if isinstance(chosen, list) else [chosen]
    multiple = isinstance(question, Multiple)
    views = (
        ChoiceView(
            option.value,
            reading.option_words(option),
            option.value in picked,
            multiple and option.exclusive,
        )
        for option in choices(question)
    )
    return tuple(sorted(views, key=lambda choice: choice.exclusive))


def _parts(question: Question, reading: _Reading) -> tuple[PartView, ...]:
    if isinstance(question, Grid):
        return tuple(_row(question, row, reading) for row in question.rows)
    if isinstance(question, Ranking):
        return tuple(_rank(question, option, reading) for option in question.options)
    return ()


def _row(question: Grid, row: Row, reading: _Reading) -> PartView:
    name = f"{question.key}.{row.value}"
    answer = reading.answers.get(question.key)
    chosen = answer.get(row.value) if isinstance(answer, dict) else None
    options = _choices(question, chosen, reading)
    words = reading.words(row.text)
    return PartView(name, words, _typed(chosen), reading.errors.get(name), options)


def _rank(question: Ranking, option: Option, reading: _Reading) -> PartView:
    name = f"{question.key}.{option.value}"
    answer = reading.answers.get(question.key)
    rank = ""
    if isinstance(answer, dict):
        rank = _typed(answer.get(option.value))
    elif isinstance(answer, list) and option.value in answer:
        rank = str(answer.index(option.value) + 1)
    count = len(question.options) if len(question.options) <= MOST_RANKS_IN_A_LIST else 0
    ranks = tuple(
        ChoiceView(str(place), Words(str(place)), str(place) == rank)
        for place in range(1, count + 1)
    )
    return PartView(name, reading.words(option.text), rank, reading.errors.get(name), ranks)


def _other(question: Question, reading: _Reading) -> PartView | None:
    if not offers_other(question):
        return None
    name = f"{question.key}.{OTHER}"
    typed = _typed(reading.answers.get(name))
    words = Words(around(reading.language).own_answer)
    return PartView(name, words, typed, reading.errors.get(name))


def answer_words(question: Question, answers: Answers, language: str) -> tuple[str, ...]:
    """An answer in words: one for most questions, one for each of several choices, ranks or rows.
    Empty when there is none."""
    answer = answers.get(question.key)
    if answer in (None, "", [], {}):
        return ()
    if isinstance(question, Grid):
        rows = [(say(row.text, language), answer.get(row.value)) for row in question.rows]
        return tuple(
            f"{row}: {value_words(question, v, language)}" for row, v in rows if v is not None
        )
    if isinstance(question, Ranking):
        return tuple(
            f"{n}. {value_words(question, v, language)}" for n, v in enumerate(answer, start=1)
        )
    values = answer if isinstance(question, Multiple) else [answer]
    return tuple(_with_other(question, value, answers, language) for value in values)


def _with_other(question: Question, value: Any, answers: Answers, language: str) -> str:
    said = value_words(question, value, language)
    own = answers.get(f"{question.key}.{OTHER}") if value == OTHER else None
    return f"{said}: {own}" if own else said
