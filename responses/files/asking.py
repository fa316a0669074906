"""One question of a file: where a row says its answer, and what was found of the answers so far."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from msgspec import Struct

from app.problems import Problem
from responses.files.columns import question_columns
from responses.files.values import from_cells, from_json, values_of
from surveys.answers import found, is_given
from surveys.choices import choices
from surveys.coded import CodeTable
from surveys.fields import field_names
from surveys.questionnaire import OTHER, Question, Upload

LANGUAGE = "en"
# Closed questions have few different answers, so what was found of one serves the rows after it.
MOST_KEPT = 5_000


class Answer(Struct, frozen=True):
    """`fields` are the answer by its names in JSON, `coded` its bytes, `given` whether the row
    says anything at all."""

    fields: dict[str, Any]
    answer: Any
    problems: tuple[Problem, ...]
    coded: bytes
    given: bool


class AskedOfRows:
    """`places` are where each column of the file is, and `as_text` says that its cells are texts
    and no JSON. `mark` tells rows with different answers apart, and `known` is what was found."""

    def __init__(
        self,
        question: Question,
        places: Mapping[str, int],
        *,
        table: CodeTable,
        said: Mapping[str, str],
        as_text: bool,
    ) -> None:
        self.question = question
        self.key = question.key
        self.show_if = question.show_if
        self.hidden = bytes(table.width)
        here = [(part, places[name]) for part, name in _parts(question, as_text) if name in places]
        self._parts = [part for part, _ in here]
        self._cells = _getter([place for _, place in here])
        self._table = table
        self._values = values_of(question, said)
        self._as_text = as_text
        self._closed = bool(choices(question))
        self.mark = self._cells if as_text else self._mark_of_json
        self.known: dict[Any, Answer] = {}

    def _mark_of_json(self, row: Sequence[Any]) -> bytes:
        return msgspec.json.encode(self._cells(row))

    def looked_up(self, row: Sequence[Any], mark: Any) -> Answer:
        """The answer in a row, to be asked for where `known` has none for its `mark`."""
        cells = self._cells(row)
        given = [cells] if len(self._parts) == 1 else list(cells)
        looked_up = self._found(dict(zip(self._parts, given, strict=True)))
        if self._closed or not looked_up.given:
            if len(self.known) >= MOST_KEPT:
                self.known.clear()
            self.known[mark] = looked_up
        return looked_up

    def _found(self, parts: dict[str, Any]) -> Answer:
        question, names = self.question, field_names(self.question)
        other = parts.pop(OTHER, None) if len(names) > 1 else None
        if self._as_text:
            whole = from_cells(question, self._values, parts)
        else:
            whole = from_json(question, self._values, parts.get(""))
        answers = [whole, other or None]
        given = any(is_given(each) for each in answers)
        if given and isinstance(question, Upload):
            return _no_files(question)
        each = found(question, answers[: len(names)], LANGUAGE)
        pairs = zip(names, (each.answer, each.other), strict=False)
        return Answer(
            fields={name: answer for name, answer in pairs if answer is not None},
            answer=each.answer,
            problems=each.problems,
            coded=b""
            if each.problems
            else self._table.encode({question.key: each.answer}, {question.key}),
            given=given,
        )


def _getter(places: Sequence[int]) -> Callable[[Sequence[Any]], Any]:
    """One cell alone, several as a tuple."""
    return itemgetter(*places) if places else lambda row: ()


def _no_files(question: Upload) -> Answer:
    words = "Files cannot be imported. Leave this column out"
    return Answer({}, None, (Problem(question.key, words),), b"", True)


def _parts(question: Question, as_text: bool) -> list[tuple[str, str]]:
    """Each part of the answer with the name of its column; JSON has an object for a grid."""
    if as_text:
        return [(column.part, column.name) for column in question_columns(question)]
    return [(name.removeprefix(question.key).lstrip("."), name) for name in field_names(question)]
