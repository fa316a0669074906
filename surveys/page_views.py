"""The questions of a page made ready to be shown: in one language, with one person's answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.problems import Problem
from app.speech import ENGLISH, Speech, speech
from surveys.choices import choices, most_ranks, offers_other
from surveys.fields import DAY_PARTS, day_from
from surveys.instructions import example, limits
from surveys.map_view import map_view
from surveys.ordering import ordered, varies
from surveys.question_view import ChoiceView, PartView, QuestionView, Words
from surveys.questionnaire import (
    OTHER,
    Condition,
    Dropdown,
    Grid,
    Likert,
    Location,
    LongText,
    Multiple,
    Number,
    Option,
    Question,
    Questionnaire,
    Ranking,
    Row,
    ShortText,
    Single,
    Text,
    Upload,
    say,
    spoken,
    type_name,
)
from surveys.routing import condition_words, may_show
from surveys.scales import scale_points
from surveys.upload_view import FileView, UploadView, upload_view

MOST_RANKS_IN_A_LIST = 30

Answers = Mapping[str, Any]


def page_views(
    questionnaire: Questionnaire,
    questions: Collection[Question],
    *,
    language: str,
    answers: Answers,
    problems: Iterable[Problem] = (),
    lone_heading: bool = False,
    ordering: int = 0,
    files: Mapping[str, FileView] | None = None,
) -> tuple[QuestionView, ...]:
    """The questions of one page, leaving out those that answers on other pages hide. With
    `lone_heading` a question that has the page to itself is marked to be its main heading.
    `ordering` is the one that this person sees options in; `files` are theirs, by token."""
    left = may_show(questionnaire, questions, answers)
    reading = _reading(
        questionnaire, language, answers, problems, ordering=ordering, files=files or {}
    )
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
    views = (_view(each, reading, left=each.show_if, alone=False) for each in questions)
    marked = zip(views, questions, strict=True)
    return tuple(replace(view, varies=varies(question)) for view, question in marked)


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
    ordering: int
    files: Mapping[str, FileView]

    def words(self, text: Text) -> Words:
        lang = spoken(text, self.language, default=self.default)
        return self._marked(say(text, self.language), lang)

    @property
    def speech(self) -> Speech:
        return speech(self.language)

    def option_words(self, option: Option | Row) -> Words:
        # Built-in words are English first, whatever the questionnaire's own default is.
        if isinstance(option.text, dict) and ENGLISH in option.text:
            lang = spoken(option.text, self.language, default=ENGLISH)
            return self._marked(say(option.text, self.language), lang)
        return self.words(option.text)

    def _marked(self, words: str, lang: str) -> Words:
        return Words(words, None if lang == self.speech.language else lang)


def _reading(
    questionnaire: Questionnaire,
    language: str,
    answers: Answers,
    problems: Iterable[Problem],
    *,
    ordering: int = 0,
    files: Mapping[str, FileView] | None = None,
) -> _Reading:
    asked, default = questionnaire.by_key(), questionnaire.languages[0]
    errors = _errors(problems)
    return _Reading(asked, default, language, answers, errors, ordering, files or {})


def _view(
    question: Question, reading: _Reading, *, left: Condition | None, alone: bool
) -> QuestionView:
    answer = reading.answers.get(question.key)
    scaled = isinstance(question, Likert | Grid)
    place = question if isinstance(question, Location) else None
    return QuestionView(
        key=question.key,
        type=type_name(question),
        words=reading.words(question.text),
        speech=reading.speech,
        hints=tuple(_hints(question, reading)),
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
        max_words=question.max_words if isinstance(question, LongText) else None,
        upload=_upload(question, answer, reading),
        map=map_view(place.map, _typed(answer)) if place and place.map else None,
        map_words=reading.words(place.map.text) if place and place.map else None,
        whole=isinstance(question, Number) and question.whole,
        unit=_unit(question, reading),
    )


def _hints(question: Question, reading: _Reading) -> Iterator[Words]:
    """Its own, then its limits; an example where it has neither."""
    own, kept_to = say(question.hint, reading.language), limits(question, reading.speech)
    if own:
        yield reading.words(question.hint)
    if kept_to:
        yield Words(kept_to)
    if not (own or kept_to) and (words := example(question, reading.speech)):
        yield Words(words)


def _upload(question: Question, answer: Any, reading: _Reading) -> UploadView | None:
    if not isinstance(question, Upload):
        return None
    tokens = answer if isinstance(answer, list) else []
    return upload_view(question, tokens, files=reading.files)


def _unit(question: Question, reading: _Reading) -> Words | None:
    if isinstance(question, Number) and say(question.unit, reading.language):
        return reading.words(question.unit)
    return None


def _when(left: Condition | None, reading: _Reading) -> str:
    if left is None:
        return ""
    speaks = reading.speech
    words = condition_words(left, reading.asked, reading.language, speaks=speaks.language)
    return speaks.say("Answer this if {condition}.", condition=words)


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
    """What can be chosen, in the person's own order: “other” after the options, and last of all
    those that exclude the others."""
    picked = chosen if isinstance(chosen, list) else [chosen]
    multiple = isinstance(question, Multiple)
    views = (
        ChoiceView(
            option.value,
            reading.option_words(option),
            option.value in picked,
            multiple and option.exclusive,
        )
        for option in _in_order(question, reading.ordering)
    )
    return tuple(sorted(views, key=lambda choice: choice.exclusive))


def _in_order(question: Question, ordering: int) -> tuple[Option, ...]:
    listed = choices(question)
    if not isinstance(question, Single | Multiple | Dropdown) or not question.random_order:
        return listed
    alone = [option for option in listed if option.exclusive]
    mixed = [option for option in question.options if not option.exclusive]
    rest = [option for option in listed if option.value == OTHER]
    return (*ordered(mixed, ordering), *rest, *alone)


def _parts(question: Question, reading: _Reading) -> tuple[PartView, ...]:
    if isinstance(question, Grid):
        rows = ordered(question.rows, reading.ordering) if varies(question) else question.rows
        return tuple(_row(question, row, reading) for row in rows)
    if isinstance(question, Ranking):
        listed = question.options
        options = ordered(listed, reading.ordering) if varies(question) else listed
        return tuple(_rank(question, option, reading) for option in options)
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
    most = most_ranks(question)
    count = most if most <= MOST_RANKS_IN_A_LIST else 0
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
    words = Words(reading.speech.say("Your own answer"))
    return PartView(name, words, typed, reading.errors.get(name))
