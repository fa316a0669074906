"""Answers that the matrix does not hold, numbers, dates and postcodes, beside its responses."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.counting import Form, form
from analysis.crosstab import Marks
from analysis.matrix import Coding
from analysis.store.caught_up import caught_up
from analysis.store.matrices import codings_by_version
from responses.store.given import given

Reading = Callable[[Sequence[Any]], NDArray[Any]]
"""Answers as they stand in a record, as an array of the same length."""


class Column(Struct, frozen=True, eq=False):
    """The responses that hold an answer, ids rising, and what it was read as."""

    ids: NDArray[np.int64]
    answers: NDArray[Any]

    def and_later(self, later: Self) -> "Column":
        return _column(
            np.concatenate((self.ids, later.ids)), np.concatenate((self.answers, later.answers))
        )

    def beside(self, ids: NDArray[np.int64], *, nothing: object) -> NDArray[Any]:
        """The answer of each of these responses; `nothing` where it has none."""
        found = np.full(ids.size, nothing, self.answers.dtype)
        if self.ids.size:
            at = np.minimum(np.searchsorted(self.ids, ids), self.ids.size - 1)
            here = self.ids[at] == ids
            found[here] = self.answers[at[here]]
        return found


async def answers_beside(
    consultation_id: int, asked: Form, marks: Sequence[Marks], reading: Reading, *, nothing: object
) -> tuple[NDArray[Any], ...]:
    """For each of the matrix's blocks, in its order, what its responses answered, whether it is
    kept in the record or apart; `nothing` where they did not. Read once and kept."""
    record, private = _kept_in(await codings_by_version(consultation_id), asked)

    async def read(after: int, up_to: int) -> Column:
        span: Any = {"after": after, "up_to": up_to}
        stated = await given(consultation_id, record, private=False, **span)
        apart = await given(consultation_id, private, private=True, **span)
        ids = np.array(stated.ids + apart.ids, np.int64)
        return _column(ids, reading(stated.answers + apart.answers))

    what = reading, tuple(record.items()), tuple(private.items())
    column = await caught_up(consultation_id, what, read)
    return tuple(column.beside(each.block.ids, nothing=nothing) for each in marks)


def _kept_in(codings: Mapping[int, Coding], asked: Form) -> tuple[dict[int, str], dict[int, str]]:
    """By version id the question's key, of the versions that keep its answers in the record, and of
    those that keep them apart."""
    record: dict[int, str] = {}
    private: dict[int, str] = {}
    for version, coding in codings.items():
        question = coding.questionnaire.by_key().get(coding.called(asked.name) or "")
        if question and form(question, names=coding.names).asks == asked.asks:
            place = private if question.special_category else record
            place[version] = question.key
    return record, private


def _column(ids: NDArray[np.int64], answers: NDArray[Any]) -> Column:
    order = np.argsort(ids, kind="stable")
    return Column(ids[order], answers[order])
