"""Coded answers as columns: one block of bytes for each version, several joined by question."""

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from surveys.coded import ANSWERED, MISSING, NOT_ROUTED, CodeTable, Column
from surveys.questionnaire import Questionnaire


class CodedResponse(Protocol):
    @property
    def version_id(self) -> int: ...
    @property
    def round_number(self) -> int: ...
    @property
    def coded(self) -> bytes: ...


class Coding(Struct, frozen=True):
    """How one version's answers were coded. `names` are those that its questions share with the
    equivalent ones of other versions, by key; a question without one goes by its key."""

    questionnaire: Questionnaire
    table: CodeTable
    names: Mapping[str, str] = {}

    def called(self, name: str) -> str | None:
        """The key of the question that goes by this name; None where this version has none."""
        keys = (key for key in self.questionnaire.by_key() if self.names.get(key, key) == name)
        return next(keys, None)


class Block(Struct, frozen=True, eq=False):
    """The responses to one version. `codes` is bytes × responses, so that a column lies together;
    `rounds` has the round's number for each response."""

    coding: Coding
    codes: NDArray[np.uint8]
    rounds: NDArray[np.int64]

    def of_round(self, number: int) -> "Block":
        chosen = self.rounds == number
        return Block(self.coding, self.codes[:, chosen], self.rounds[chosen])

    def states(self, question: str) -> tuple[int, int, int]:
        """How many were not routed to the question, left it out, and answered it."""
        counts = np.bincount(self._state(question), minlength=3)
        return int(counts[NOT_ROUTED]), int(counts[MISSING]), int(counts[ANSWERED])

    def values(self, question: str, row: str | None = None) -> dict[str, int]:
        """People for each value. For a ranking: who put it first. Whoever did not answer has
        zeros, which stand for no value."""
        counts: dict[str, int] = {}
        for column in self._columns(question, row):
            counts |= _counts(column, self.codes[column.offset :][: column.width])
        return counts

    def _state(self, question: str) -> NDArray[np.uint8]:
        (column,) = (c for c in self._all(question) if c.kind == "state")
        states: NDArray[np.uint8] = self.codes[column.offset]
        return states

    def _columns(self, question: str, row: str | None) -> Iterable[Column]:
        return (
            column
            for column in self._all(question)
            if column.kind != "state" and (row is None or column.row == row)
        )

    def _all(self, question: str) -> Iterable[Column]:
        return (column for column in self.coding.table.columns if column.question == question)


def blocks(responses: Iterable[CodedResponse], codings: Mapping[int, Coding]) -> tuple[Block, ...]:
    """A block for each version, those without responses too; `codings` is by version id."""
    coded: dict[int, list[bytes]] = {version: [] for version in codings}
    rounds: dict[int, list[int]] = {version: [] for version in codings}
    for response in responses:
        coded[response.version_id].append(response.coded)
        rounds[response.version_id].append(response.round_number)
    return tuple(_block(codings[version], coded[version], rounds[version]) for version in codings)


def _block(coding: Coding, coded: list[bytes], rounds: list[int]) -> Block:
    width = coding.table.width
    if any(len(row) != width for row in coded):
        raise ValueError(f"coded answers are not the {width} bytes of their version's table")
    rows = np.frombuffer(b"".join(coded), np.uint8).reshape(len(coded), width)
    return Block(coding, np.ascontiguousarray(rows.T), np.array(rounds, np.int64))


def _counts(column: Column, codes: NDArray[np.uint8]) -> dict[str, int]:
    """`codes` is the column's bytes × responses."""
    if column.kind == "bits":
        bits = np.unpackbits(codes, axis=0, count=len(column.values), bitorder="little")
        return _named(column, bits.sum(axis=1))
    if column.kind == "rank":
        return {column.row or "": int(np.count_nonzero(codes == 1))}
    indices = codes[0] if column.width == 1 else codes[0] + codes[1].astype(np.uint16) * 256
    return _named(column, np.bincount(indices, minlength=len(column.values) + 1)[1:])


def _named(column: Column, counts: NDArray[np.int64]) -> dict[str, int]:
    return {value: int(n) for value, n in zip(column.values, counts, strict=True)}
