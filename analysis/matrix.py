"""Coded answers as columns: blocks of responses to one version, versions joined by question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from responses.coded_rows import CHANNELS, MOST_TOGETHER, CodedRows
from responses.response import Channel
from surveys.coded import ANSWERED, MISSING, NOT_ROUTED, CodeTable, Column
from surveys.questionnaire import Questionnaire

LEFT_OUT: Final = 255
"""In the lane of a choice: was asked and did not answer. No option has so high a place."""


class CodedResponse(Protocol):
    @property
    def version_id(self) -> int: ...
    @property
    def response_id(self) -> int: ...
    @property
    def round_number(self) -> int: ...
    @property
    def channel(self) -> str: ...
    @property
    def coded(self) -> bytes: ...


class Coding(Struct, frozen=True):
    """How one version's answers were coded. `names` are those that its questions share with the
    equivalent ones of other versions, by key; a question without one goes by its key. `found` is
    what was looked up here before."""

    questionnaire: Questionnaire
    table: CodeTable
    names: Mapping[str, str] = {}
    version_id: int = 0
    found: dict[object, str | None] = {}

    def called(self, name: str) -> str | None:
        """The key of the question that goes by this name; None where this version has none."""
        keys = (key for key in self.questionnaire.by_key() if self.names.get(key, key) == name)
        return next(keys, None)


class Layout(Struct, frozen=True, eq=False):
    """Where the bytes of a code table lie in a block: `taken` has the byte of each lane, `lanes`
    the first lane of the column at an offset. A question with one choice has one lane: LEFT_OUT in
    it tells what the state at the offsets in `told` would."""

    taken: NDArray[np.intp]
    lanes: Mapping[int, int]
    told: Mapping[int, int]


class Block(Struct, frozen=True, eq=False):
    """The responses to one version, or some of them. `lanes` is bytes × responses, so that a column
    lies together; the others have one for each response, in the order stored."""

    coding: Coding
    layout: Layout
    lanes: NDArray[np.uint8]
    rounds: NDArray[np.uint16]
    ids: NDArray[np.int64]
    channels: NDArray[np.uint8]

    def after(self, first: int) -> "Block":
        """Without so many of the first; nothing is copied."""
        return Block(
            self.coding,
            self.layout,
            self.lanes[:, first:],
            self.rounds[first:],
            self.ids[first:],
            self.channels[first:],
        )

    def of_channel(self, name: str) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.channels == CHANNELS.index(Channel(name))
        return found

    def in_state(self, state: Column, wanted: int) -> NDArray[np.bool_]:
        """Who is in this state of the question: NOT_ROUTED, MISSING or ANSWERED."""
        first = self.lanes[self.layout.lanes[state.offset]]
        if state.offset not in self.layout.told:
            found: NDArray[np.bool_] = first == wanted
        elif wanted == ANSWERED:
            found = (first != 0) & (first != LEFT_OUT)
        else:
            found = first == {MISSING: LEFT_OUT, NOT_ROUTED: 0}[wanted]
        return found

    def codes(self, column: Column) -> NDArray[np.uint8]:
        """Of any column but a state: its bytes × responses, as the code table describes them."""
        first = self.layout.lanes[column.offset]
        found = self.lanes[first : first + column.width]
        shared = column.offset in self.layout.told.values()
        return np.where(found == LEFT_OUT, 0, found) if shared else found


def layout(table: CodeTable) -> Layout:
    told = {
        state.offset: choice.offset
        for state, choice in pairwise(table.columns)
        if state.kind == "state"
        and (choice.question, choice.kind, choice.row) == (state.question, "choice", None)
        and choice.width == 1
    }
    taken: list[int] = []
    lanes: dict[int, int] = {}
    for column in table.columns:
        if column.offset not in told:
            lanes[column.offset] = len(taken)
            taken += range(column.offset, column.offset + column.width)
    lanes |= {state: lanes[choice] for state, choice in told.items()}
    return Layout(np.array(taken, np.intp), lanes, told)


def blocks(responses: Iterable[CodedResponse], codings: Mapping[int, Coding]) -> tuple[Block, ...]:
    """The responses in blocks, at least one for each version; `codings` is by version id."""
    return blocks_of(rows_by_version(responses, codings), codings)


def blocks_of(rows: Iterable[CodedRows], codings: Mapping[int, Coding]) -> tuple[Block, ...]:
    """The versions in the order of `codings`, the rows of each in the order given."""
    found: dict[int, list[Block]] = {version: [] for version in codings}
    layouts = {version: layout(coding.table) for version, coding in codings.items()}
    for some in rows:
        coding = codings[some.version_id]
        found[some.version_id].append(_block(coding, layouts[some.version_id], some))
    empty = {version: _nobody(coding) for version, coding in codings.items()}
    return tuple(
        block
        for version, several in found.items()
        for block in several or [_block(codings[version], layouts[version], empty[version])]
    )


def rows_by_version(
    responses: Iterable[CodedResponse], codings: Mapping[int, Coding]
) -> Iterator[CodedRows]:
    of_version: dict[int, list[CodedResponse]] = {version: [] for version in codings}
    for response in responses:
        of_version[response.version_id].append(response)
    for version, several in of_version.items():
        for start in range(0, len(several), MOST_TOGETHER):
            part = several[start : start + MOST_TOGETHER]
            yield _rows(codings[version], part)


def extended(block: Block, later: Block) -> tuple[Block, ...]:
    """Both blocks of one version, as one while that has room. A full block is never touched again,
    so little is copied."""
    if not later.ids.size:
        return (block,)
    if block.ids.size + later.ids.size > MOST_TOGETHER:
        return (block, later)
    both = Block(
        block.coding,
        block.layout,
        np.hstack((block.lanes, later.lanes)),
        np.concatenate((block.rounds, later.rounds)),
        np.concatenate((block.ids, later.ids)),
        np.concatenate((block.channels, later.channels)),
    )
    return (both,)


def _rows(coding: Coding, responses: Sequence[CodedResponse]) -> CodedRows:
    width = coding.table.width
    coded = [response.coded for response in responses]
    if any(len(row) != width for row in coded):
        raise ValueError(f"coded answers are not the {width} bytes of their version's table")
    places = {channel.value: at for at, channel in enumerate(CHANNELS)}
    return CodedRows(
        responses[0].version_id,
        np.array([response.response_id for response in responses], np.int64),
        np.array([response.round_number for response in responses], np.uint16),
        np.array([places[response.channel] for response in responses], np.uint8),
        np.frombuffer(b"".join(coded), np.uint8).reshape(len(coded), width),
    )


def _nobody(coding: Coding) -> CodedRows:
    nothing = np.zeros(0, np.int64)
    return CodedRows(
        coding.version_id,
        nothing,
        nothing.astype(np.uint16),
        nothing.astype(np.uint8),
        np.zeros((0, coding.table.width), np.uint8),
    )


def _block(coding: Coding, there: Layout, rows: CodedRows) -> Block:
    if rows.coded.shape[1] != coding.table.width:
        raise ValueError(f"coded answers are not the {coding.table.width} bytes of their table")
    columns = np.ascontiguousarray(rows.coded.T)
    lanes = columns[there.taken]
    for state in there.told:
        lanes[there.lanes[state]][columns[state] == MISSING] = LEFT_OUT
    return Block(coding, there, lanes, rows.rounds, rows.ids, rows.channels)
