"""The answers to one question by group: n × m counts from the columns of coded answers.

Who gave an answer and who is in a group are bits, 64 people to a number, so that a cell is one
“and” and one count of bits, and layers are “and”s before it.
"""

from collections.abc import Callable, Sequence
from copy import copy

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from analysis.comparing.tables import Counts
from analysis.counting import Form, key_in
from analysis.matrix import Block, Coding, extended
from surveys.coded import ANSWERED, MISSING, Column

Bits = NDArray[np.uint64]
"""One bit for each response of a block, 64 to a number; the last dimension."""
MOST_KEPT = 32
"""Values: the bits of a question that offers more are made each time."""
Asked = tuple[str, str | None]
"""A question's key in the block's version, and a grid's row."""


class Lines(Struct, frozen=True, eq=False):
    """Lines of bits: who answered a question or a grid's row, who was asked and did not, and then
    who gave each of `values`, which are those that the block's version offers."""

    values: tuple[str, ...]
    bits: Bits


class Marks:
    """A block's answers as bits, a question's made when it is first asked for and then kept: a bit
    for each response and line, 18 bytes a response for 20 questions of five values.

    With a `mask` only those responses count; what is kept is of the whole block.
    Threads may share one: the worst that can happen is that a line is made twice.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        self.mask: Bits | None = None
        self._asked: dict[Asked, Lines] = {}
        self._known: dict[str, Bits] = {}

    def those(self, mask: Bits) -> "Marks":
        """Only these of the responses."""
        narrowed = copy(self)
        narrowed.mask = self.masked(mask)
        return narrowed

    def coded_as(self, coding: Coding) -> "Marks":
        """With what was said of the same version since."""
        again = copy(self)
        again.block = replace(self.block, coding=coding)
        return again

    def with_later(self, later: Block) -> "tuple[Marks, ...]":
        """These and newer responses to the same version, in this block while it has room."""
        grown, *another = extended(self.block, later)
        if another or not later.ids.size:
            return (self, *map(Marks, another))
        both, whole = Marks(grown), self.block.ids.size // 64
        tail = Marks(grown.after(64 * whole))
        for asked, known in self._asked.items():
            bits = np.hstack((known.bits[:, :whole], tail._lines(asked).bits))
            both._asked[asked] = Lines(known.values, bits)
        return (both,)

    @property
    def nbytes(self) -> int:
        """How much memory the block and what is kept of it take."""
        block = self.block
        codes = (block.lanes.nbytes, block.rounds.nbytes, block.ids.nbytes, block.channels.nbytes)
        lines = sum(each.bits.nbytes for each in self._asked.values())
        return sum(codes) + lines + sum(each.nbytes for each in self._known.values())

    def nobody(self) -> Bits:
        return packed(np.zeros(self.block.ids.size, np.bool_))

    def everybody(self) -> Bits:
        if self.mask is not None:
            return self.mask
        return self._of_each("everybody", lambda: np.ones(self.block.ids.size, np.bool_))

    def of_round(self, number: int) -> Bits:
        return self.masked(self._of_each(f"round {number}", lambda: self.block.rounds == number))

    def of_channel(self, name: str) -> Bits:
        return self.masked(self._of_each(f"channel {name}", lambda: self.block.of_channel(name)))

    def lines(self, asked: Form, row: str | None) -> Lines | None:
        """None where the block's version does not ask it, or asks it otherwise."""
        key = key_in(self.block, asked, row)
        if key is None:
            return None
        found = self._lines((key, row))
        return Lines(found.values, self.masked(found.bits))

    def answers(self, asked: Form, row: str | None) -> dict[str, Bits]:
        """Who gave each value, of those that the block's version offers."""
        found = self.lines(asked, row)
        return dict(zip(found.values, found.bits[2:], strict=True)) if found else {}

    def states(self, asked: Form, row: str | None) -> tuple[Bits, Bits]:
        """Who answered the question, and who was asked it and did not."""
        found = self.lines(asked, row)
        return (found.bits[0], found.bits[1]) if found else (self.nobody(), self.nobody())

    def masked(self, bits: Bits) -> Bits:
        return bits if self.mask is None else bits & self.mask

    def _of_each(self, what: str, mask: Callable[[], NDArray[np.bool_]]) -> Bits:
        if what not in self._known:
            self._known[what] = packed(mask())
        return self._known[what]

    def _lines(self, asked: Asked) -> Lines:
        found = self._asked.get(asked)
        if found is None:
            found = _made(self.block, asked)
            if len(found.values) <= MOST_KEPT:
                self._asked[asked] = found
        return found


class Groups(Struct, frozen=True, eq=False):
    """Groups of responses, which may overlap. `names` has the value of each layer for each group;
    `members` is groups × bits for each block."""

    names: tuple[tuple[str, ...], ...]
    members: tuple[Bits, ...]

    def bases(self) -> Counts:
        """How many responses are in each group."""
        bases = np.zeros(len(self.names), np.int64)
        for bits in self.members:
            bases += people(bits)
        return bases


class Crosstab(Struct, frozen=True, eq=False):
    """`options` is groups × values, the others one number a group; `answered`, `missing` and
    `not_routed` make up the group's base. A ranking counts first choices."""

    names: tuple[tuple[str, ...], ...]
    values: tuple[str, ...]
    options: Counts
    answered: Counts
    missing: Counts
    not_routed: Counts


def groups_by_question(asked: Form, marks: Sequence[Marks], row: str | None = None) -> Groups:
    """A group for each value that can be answered; of a multiple choice they overlap. Whoever did
    not answer is in none."""
    members = []
    for each in marks:
        found, nobody = each.answers(asked, row), each.nobody()
        members.append(np.array([found.get(value, nobody) for value in asked.values], np.uint64))
    return Groups(tuple((value,) for value in asked.values), tuple(members))


def everybody(marks: Sequence[Marks]) -> Groups:
    """One group, of whoever is looked at."""
    return Groups((("",),), tuple(each.everybody()[np.newaxis] for each in marks))


def groups_by_round(rounds: Sequence[int], marks: Sequence[Marks]) -> Groups:
    members = (np.array([each.of_round(number) for number in rounds]) for each in marks)
    return Groups(tuple((str(number),) for number in rounds), tuple(members))


def groups_by_mask(names: Sequence[str], masks: Sequence[NDArray[np.bool_]]) -> Groups:
    """By anything else that is known of responses, a channel, an area, a theme: for each block,
    groups × responses in the block's order."""
    return Groups(tuple((name,) for name in names), tuple(packed(mask) for mask in masks))


def layered(first: Groups, second: Groups) -> Groups:
    """Everybody who is in a group of each; the second's groups within each of the first's."""
    names = tuple((*one, *two) for one in first.names for two in second.names)
    members = tuple(
        (one[:, np.newaxis] & two[np.newaxis]).reshape(len(names), -1)
        for one, two in zip(first.members, second.members, strict=True)
    )
    return Groups(names, members)


def among(groups: Groups, those: Groups) -> Groups:
    """The groups with only their members who are in the one group of `those`."""
    members = (one & other for one, other in zip(groups.members, those.members, strict=True))
    return Groups(groups.names, tuple(members))


def picked(groups: Groups, names: Sequence[str]) -> Groups:
    """Only the groups of these names, in the order that they stand in."""
    places = [at for at, name in enumerate(groups.names) if name[-1] in names]
    return Groups(
        tuple(groups.names[at] for at in places), tuple(bits[places] for bits in groups.members)
    )


def crosstab(
    asked: Form, marks: Sequence[Marks], groups: Groups, row: str | None = None
) -> Crosstab:
    """One question, or one row of a grid, by groups of the same blocks.

    Responses to a version that did not ask it, or asked it otherwise, count as not routed.
    """
    counts = np.zeros((len(groups.names), 2 + len(asked.values)), np.int64)
    bases = np.zeros(len(groups.names), np.int64)
    for each, members in zip(marks, groups.members, strict=True):
        those = each.masked(members)
        counts += table(asked, row, each, those)[1:]
        bases += people(those)
    answered, missing = counts[:, 0], counts[:, 1]
    not_routed = bases - answered - missing
    return Crosstab(groups.names, asked.values, counts[:, 2:], answered, missing, not_routed)


def table(asked: Form, row: str | None, marks: Marks, members: Bits) -> Counts:
    """Everybody, and then the groups of these members × answered, missing, and the values."""
    counts = np.zeros((1 + len(members), 2 + len(asked.values)), np.int64)
    lines = marks.lines(asked, row)
    if lines is not None:
        places = {value: at for at, value in enumerate(asked.values, start=2)}
        told = [0, 1, *(places[value] for value in lines.values)]
        counts[0, told] = people(lines.bits)
        for at, group in enumerate(members, start=1):
            counts[at, told] = people(lines.bits & group)
    return counts


def in_group(members: Bits, size: int) -> NDArray[np.bool_]:
    """Of a group's bits in a block of so many responses: whether each is in it."""
    return np.unpackbits(members.view(np.uint8), count=size).astype(np.bool_)


def packed(mask: NDArray[np.bool_] | NDArray[np.uint8]) -> Bits:
    """Bits of the last dimension, with zeros to the end of a number."""
    found = np.zeros((*mask.shape[:-1], -(-mask.shape[-1] // 64)), np.uint64)
    ones = np.packbits(mask, axis=-1)
    found.view(np.uint8)[..., : ones.shape[-1]] = ones
    return found


def people(bits: Bits) -> Counts:
    """Ones in each line of bits."""
    ones: Counts = np.add.reduce(np.bitwise_count(bits), axis=-1, dtype=np.uint32).astype(np.int64)
    return ones


def _made(block: Block, asked: Asked) -> Lines:
    key, row = asked
    state, *answers = (each for each in block.coding.table.columns if each.question == key)
    told = [each for each in answers if _tells(each, row)]
    states = packed(np.array([block.in_state(state, each) for each in (ANSWERED, MISSING)]))
    bits = np.vstack((states, *(_given(block, each) for each in told)))
    if row is not None:
        answered = np.bitwise_or.reduce(bits[2:], axis=0)
        bits[0], bits[1] = answered, (bits[0] | bits[1]) & ~answered
    return Lines(tuple(value for each in told for value in _values(each)), bits)


def _tells(column: Column, row: str | None) -> bool:
    """Whether it is of the row, or where none is wanted of the whole question."""
    return column.row == row or (row is None and column.kind == "rank")


def _values(column: Column) -> tuple[str, ...]:
    return (column.row or "",) if column.kind == "rank" else column.values


def _given(block: Block, column: Column) -> Bits:
    """Who gave each value of a column; of a ranked option who put it first."""
    codes = block.codes(column)
    if column.kind == "rank":
        return packed(codes == 1)
    if column.kind == "bits":
        each = np.unpackbits(codes, axis=0, count=len(column.values), bitorder="little")
        return packed(each)
    places = codes[0] if column.width == 1 else codes[0] + codes[1].astype(np.uint16) * 256
    numbers = np.arange(1, 1 + len(column.values), dtype=places.dtype)[:, np.newaxis]
    several = range(0, len(numbers), MOST_KEPT)
    return np.vstack([packed(places == numbers[at : at + MOST_KEPT]) for at in several])
