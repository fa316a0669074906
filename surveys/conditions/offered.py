"""What a condition may test: the questions asked before, their tests in words, their answers."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from surveys.choices import choices, shared_by_rows
from surveys.conditions.written import NEGATED
from surveys.questionnaire import (
    Date,
    Dropdown,
    Grid,
    Likert,
    Number,
    Question,
    Questionnaire,
    Single,
    Statement,
    say,
)
from surveys.soundness import allowed_tests
from surveys.typed import shortened

Wants: TypeAlias = Literal["choice", "number", "date", "text"]
LONGEST_WORDS = 90


class Subjects(Struct, frozen=True):
    """The questions of one page that can be tested: names (`key` or `grid.row`) with words."""

    page: str
    questions: tuple[tuple[str, str], ...]


class Offer(Struct, frozen=True):
    """How one question can be tested: tests and answers, each with its words. `wants` is how the
    answer is given: chosen among `values`, or typed."""

    words: str
    tests: tuple[tuple[str, str], ...]
    wants: Wants
    values: tuple[tuple[str, str], ...] = ()


def asked_before(questionnaire: Questionnaire, key: str) -> dict[str, Question]:
    """The questions that stand before the one with this key, by key; all of them where there is
    no such question."""
    found: dict[str, Question] = {}
    for question in questionnaire.questions:
        if question.key == key:
            break
        found[question.key] = question
    return found


def subjects(
    questionnaire: Questionnaire, before: Mapping[str, Question], language: str
) -> tuple[Subjects, ...]:
    """The questions among `before` that have an answer to test, page by page; a grid stands there
    whole and by its rows."""
    groups = []
    for number, page in enumerate(questionnaire.pages, start=1):
        found = tuple(
            each
            for question in page.questions
            if question.key in before
            for each in _names(question, language)
        )
        if found:
            words = shortened(say(page.title, language), LONGEST_WORDS)
            groups.append(Subjects(f"Page {number}: {words}", found))
    return tuple(groups)


def _names(question: Question, language: str) -> list[tuple[str, str]]:
    if isinstance(question, Statement):
        return []
    words = shortened(say(question.text, language), LONGEST_WORDS)
    rows = question.rows if isinstance(question, Grid) else ()
    of_rows = [
        (f"{question.key}.{row.value}", f"{words}: {shortened(say(row.text, language), 60)}")
        for row in rows
    ]
    return [(question.key, f"{words} (any row)" if rows else words), *of_rows]


def offer(name: str, before: Mapping[str, Question], language: str) -> Offer | None:
    """How the question or row of this name can be tested; None where it cannot."""
    key, dot, row = name.partition(".")
    question = before.get(key)
    if question is None or isinstance(question, Statement):
        return None
    if dot and row not in shared_by_rows(question):
        return None
    return Offer(
        dict(_names(question, language))[name],
        tuple((test, _test_words(question, test)) for test in _tests(question, of_row=bool(dot))),
        _wants(question),
        tuple((choice.value, say(choice.text, language)) for choice in choices(question)),
    )


def _tests(question: Question, *, of_row: bool) -> list[str]:
    """The tests that a row offers: each with its opposite or its negation. Of a single choice
    “includes” says the same as “is”, so it is not offered there."""
    same = isinstance(question, Single | Dropdown)
    found = []
    for test in allowed_tests(question, of_row=of_row):
        if test in ("is", "is_not"):
            found.append(test)
        elif test != "includes" or not same:
            found += [test, f"{NEGATED}{test}"]
    return found


def _wants(question: Question) -> Wants:
    if choices(question):
        return "choice"
    if isinstance(question, Number):
        return "number"
    return "date" if isinstance(question, Date) else "text"


_WORDS = {
    "is": "is",
    "is_not": "is not",
    "includes": "includes",
    "not_includes": "does not include",
    "at_least": "is at least",
    "not_at_least": "is not at least",
    "at_most": "is at most",
    "not_at_most": "is not at most",
    "answered": "was answered",
    "not_answered": "was not answered",
}
_OF_DAYS = {
    "at_least": "is on or after",
    "not_at_least": "is not on or after",
    "at_most": "is on or before",
    "not_at_most": "is not on or before",
}
_OF_POINTS = {
    "at_least": "is this or more positive",
    "not_at_least": "is not this or more positive",
    "at_most": "is this or less positive",
    "not_at_most": "is not this or less positive",
}


def _test_words(question: Question, test: str) -> str:
    own: Mapping[str, str] = {}
    if isinstance(question, Date):
        own = _OF_DAYS
    if isinstance(question, Likert | Grid):
        own = _OF_POINTS
    return own.get(test, _WORDS[test])
