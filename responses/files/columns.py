"""The columns of a response file: those of the questions, and those that say what a row is."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from surveys.choices import offers_other
from surveys.questionnaire import OTHER, Grid, Question, Statement, say

ABOUT_A_ROW = ("id", "submitted_at", "round", "channel", "status")


class Column(Struct, frozen=True):
    """`part` is a grid's row, or `other` for the text beside that option; else empty."""

    name: str
    question: Question
    part: str = ""

    @property
    def field(self) -> str:
        """What the answers in JSON call it: a grid's rows share one object."""
        return self.question.key if isinstance(self.question, Grid) else self.name

    @property
    def row(self) -> str:
        return self.part if isinstance(self.question, Grid) else ""

    def label(self, language: str) -> str:
        text = say(self.question.text, language)
        if isinstance(self.question, Grid):
            rows = {row.value: say(row.text, language) for row in self.question.rows}
            return f"{text}: {rows[self.part]}"
        return f"{text}: in their own words" if self.part else text


def columns(questions: Iterable[Question]) -> tuple[Column, ...]:
    """In the order asked; statements have none."""
    return tuple(column for question in questions for column in question_columns(question))


def question_columns(question: Question) -> Iterator[Column]:
    if isinstance(question, Statement):
        return
    if isinstance(question, Grid):
        for row in question.rows:
            yield Column(f"{question.key}.{row.value}", question, row.value)
        return
    yield Column(question.key, question)
    if offers_other(question):
        yield Column(f"{question.key}.{OTHER}", question, OTHER)


def names_about_a_row(keys: Iterable[str]) -> dict[str, str]:
    """What each of the columns about a row is called beside questions with these keys."""
    taken = set(keys)
    return {name: f"_{name}" if name in taken else name for name in ABOUT_A_ROW}
