"""A question while its answer is checked, and what comes of it."""

from typing import Any, Generic, TypeVar

from msgspec import Struct

from app.problems import Problem
from app.speech import Part, Speech, speech
from surveys.choices import choices
from surveys.questionnaire import Question, say
from surveys.typed import shortened, tidy

MOST_UNKNOWN = 20
"""So many of the fields or rows that a question does not have are told."""

Q = TypeVar("Q", bound=Question)


def is_given(answer: Any) -> bool:
    """Whether anything was answered: blanks and empty lists are no answer."""
    if isinstance(answer, dict):
        return any(_is_filled(each) for each in answer.values())
    return _is_filled(answer)


def _is_filled(value: Any) -> bool:
    return bool(tidy(value)) if isinstance(value, str) else value not in (None, [], {})


def is_texts(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(value, str) for value in given)


class Found(Struct, frozen=True):
    """An answer made even (None: nothing fit to keep), its “other” text, and what is wrong."""

    answer: Any = None
    problems: tuple[Problem, ...] = ()
    other: str | None = None


class Asked(Struct, Generic[Q], frozen=True):
    """A question while its answer is checked: how to name it, and what to say is wrong.
    `{q}` in a sentence stands for the question's text."""

    question: Q
    language: str

    @property
    def speech(self) -> Speech:
        return speech(self.language)

    @property
    def name(self) -> str:
        return self.quoted(say(self.question.text, self.language), 70)

    def quoted(self, words: str, length: int = 60) -> str:
        return self.speech.quoted(shortened(words, length))

    def wrong(self, sentence: str, at: str = "", **parts: Part) -> Found:
        return Found(problems=(self.problem(sentence, at, **parts),))

    def problem(self, sentence: str, at: str = "", **parts: Part) -> Problem:
        """What is wrong with the answer, or with the field of it that `at` names."""
        return Problem(self._place(at), self.speech.say(sentence, q=self.name, **parts))

    def counted(self, one: str, many: str, count: int, *, at: str = "", **parts: Part) -> Problem:
        words = self.speech.plural(one, many, count, q=self.name, **parts)
        return Problem(self._place(at), words)

    def called(self, value: str) -> str:
        said = (say(each.text, self.language) for each in choices(self.question))
        values = (each.value for each in choices(self.question))
        return self.quoted(dict(zip(values, said, strict=True)).get(value, value))

    def _place(self, at: str) -> str:
        return f"{self.question.key}.{at}" if at else self.question.key


def too_long(asked: Asked[Any], text: str, most: int, *, at: str = "") -> Problem:
    return asked.counted(
        "Shorten your answer to {q} by {n} character. It can have up to {most}",
        "Shorten your answer to {q} by {n} characters. It can have up to {most}",
        len(text) - most,
        at=at,
        most=most,
    )
