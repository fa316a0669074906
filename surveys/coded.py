"""Closed answers as bytes: a version's own coding table, a column after another."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal

from msgspec import Struct

from surveys.choices import choices, shared_by_rows
from surveys.questionnaire import (
    Grid,
    Multiple,
    Question,
    Questionnaire,
    Ranking,
    Statement,
)

NOT_ROUTED, MISSING, ANSWERED = 0, 1, 2
MOST_IN_ONE_BYTE = 250

Kind = Literal["state", "choice", "bits", "rank"]


class Column(Struct, frozen=True):
    """`width` bytes at `offset`. `row` is a grid's row, or the ranked option; numbers are
    little-endian and count `values` from 1, 0 for none; a bit stands for each of `values`."""

    question: str
    row: str | None
    offset: int
    width: int
    kind: Kind
    values: tuple[str, ...]


class CodeTable(Struct, frozen=True):
    columns: tuple[Column, ...]
    width: int

    def encode(self, answers: Mapping[str, Any], shown: Collection[str]) -> bytes:
        """Answers that passed the checks, as `width` bytes."""
        coded = bytearray(self.width)
        for column in self.columns:
            if column.question in shown:
                answer = answers.get(column.question)
                number = _ENCODERS[column.kind](column, answer)
                place = slice(column.offset, column.offset + column.width)
                coded[place] = number.to_bytes(column.width, "little")
        return bytes(coded)

    def decode(self, coded: bytes) -> dict[str, Any]:
        """The closed answers that the bytes hold, in the JSON form of answers."""
        answers: dict[str, Any] = {}
        for column in self.columns:
            place = slice(column.offset, column.offset + column.width)
            number = int.from_bytes(coded[place], "little")
            if number and column.kind != "state":
                _add(answers, column, number)
        return {
            key: sorted(ranks, key=ranks.__getitem__) if _is_ranks(ranks) else ranks
            for key, ranks in answers.items()
        }


def _is_ranks(answer: Any) -> bool:
    return isinstance(answer, dict) and all(isinstance(rank, int) for rank in answer.values())


def _add(answers: dict[str, Any], column: Column, number: int) -> None:
    if column.kind == "bits":
        chosen = [value for bit, value in enumerate(column.values) if number >> bit & 1]
        answers[column.question] = chosen
    elif column.kind == "rank":
        answers.setdefault(column.question, {})[column.row] = number
    elif column.row is not None:
        answers.setdefault(column.question, {})[column.row] = column.values[number - 1]
    else:
        answers[column.question] = column.values[number - 1]


def _state(_: Column, answer: Any) -> int:
    return MISSING if answer in (None, "", [], {}) else ANSWERED


def _choice(column: Column, answer: Any) -> int:
    if column.row is not None:
        answer = (answer or {}).get(column.row)
    return 0 if answer is None else column.values.index(answer) + 1


def _bits(column: Column, answer: Any) -> int:
    chosen = set(answer or ())
    return sum(1 << bit for bit, value in enumerate(column.values) if value in chosen)


def _rank(column: Column, answer: Any) -> int:
    return answer.index(column.row) + 1 if answer and column.row in answer else 0


_ENCODERS: Mapping[Kind, Callable[[Column, Any], int]] = {
    "state": _state,
    "choice": _choice,
    "bits": _bits,
    "rank": _rank,
}


def code_table(questionnaire: Questionnaire) -> CodeTable:
    """The columns of a version, in the order asked; statements have none. A question of words has
    its state only."""
    columns: list[Column] = []
    width = 0
    for question in questionnaire.questions:
        for row, kind, size, values in _parts(question):
            columns.append(Column(question.key, row, width, size, kind, values))
            width += size
    return CodeTable(tuple(columns), width)


_Part = tuple[str | None, Kind, int, tuple[str, ...]]


def _parts(question: Question) -> list[_Part]:
    if isinstance(question, Statement):
        return []
    state: _Part = (None, "state", 1, ())
    return [state, *_answer_parts(question)]


def _answer_parts(question: Question) -> list[_Part]:
    values = tuple(choice.value for choice in choices(question))
    if isinstance(question, Multiple):
        return [(None, "bits", (len(values) + 7) // 8, values)]
    if isinstance(question, Ranking):
        return [(value, "rank", 1, ()) for value in values]
    if isinstance(question, Grid):
        return [(row, "choice", 1, values) for row in shared_by_rows(question)]
    return [(None, "choice", 2 if len(values) > MOST_IN_ONE_BYTE else 1, values)] if values else []
