"""Answers held against the questions: made even where they fit, problems in words where not."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from app.problems import Problem
from app.speech import speech
from surveys.answers import MOST_UNKNOWN, found, is_given
from surveys.fields import field_names, read_fields
from surveys.questionnaire import Question, Questionnaire, Statement
from surveys.routing import holds
from surveys.typed import shortened

__all__ = ["Checked", "check", "read_fields"]


Answers = Mapping[str, Any]


class Checked(Struct, frozen=True):
    """`answers` in JSON form, fit to keep when there are no problems; `dropped` are the keys of
    questions that had answers though the route hides them."""

    answers: dict[str, Any]
    problems: tuple[Problem, ...]
    dropped: tuple[str, ...]


def check(
    questionnaire: Questionnaire,
    answers: Answers,
    *,
    questions: Iterable[Question] | None = None,
    earlier: Answers | None = None,
    language: str | None = None,
) -> Checked:
    """Hold answers against the whole questionnaire, or against `questions` (those of one page)
    with the kept answers to the other pages as `earlier`. Problems are in the order asked."""
    every = questionnaire.questions
    asked = {question.key: question for question in every}
    here = every if questions is None else tuple(questions)
    keys = {question.key for question in here}
    language = language or questionnaire.languages[0]
    known: dict[str, Any] = {}
    accepted: dict[str, Any] = {}
    problems = list(_unknown(here, answers, asked, language))
    dropped: list[str] = []
    for question in every:
        names = field_names(question)
        if question.show_if is not None and not holds(question.show_if, known, asked):
            if question.key in keys and any(is_given(answers.get(name)) for name in names):
                dropped.append(question.key)
            continue
        if question.key not in keys:
            known[question.key] = (earlier or {}).get(question.key)
            continue
        each = found(question, [answers.get(name) for name in names], language)
        problems += each.problems
        known[question.key] = each.answer
        kept = zip(names, (each.answer, each.other), strict=False)
        accepted.update((name, answer) for name, answer in kept if answer is not None)
    return Checked(accepted, tuple(problems), tuple(dropped))


def _unknown(
    here: Iterable[Question], answers: Answers, asked: Mapping[str, Question], language: str
) -> Iterator[Problem]:
    speaks = speech(language)
    expected = {name for question in here for name in field_names(question)}
    unknown = [key for key in answers if key not in expected and not str(key).startswith("_")]
    for key in unknown[:MOST_UNKNOWN]:
        name = shortened(str(key), 60)
        if key in asked and not isinstance(asked[key], Statement):
            words = speaks.say(
                "‘{name}’ is not a question on this page. Go back to its page", name=name
            )
        else:
            words = speaks.say("There is no question called ‘{name}’ here. Leave it out", name=name)
        yield Problem(name, words)
