"""The coded answers of each consultation, kept in memory and caught up with what came since.

What is kept holds as long as the audit has no new entry that may tell of changed answers, since
whatever takes a response out of the figures, brings it back or changes its coded answers is audited
with it. What was stored since is then read and added.
"""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from msgspec import Struct

from analysis.crosstab import Marks
from analysis.matrix import Coding, blocks, blocks_of
from analysis.sums import Wanted, sums
from analysis.tally import forms_of
from app.audit import store as audit
from app.audit.chain import Entry
from app.database import engine
from responses import store as responses
from responses.coded_rows import CodedRows
from responses.store import CodedRow, Reached
from surveys import store as surveys
from surveys.coded import code_table

MOST_KEPT = 8
"""Consultations; the one that was not asked for longest goes."""
LEAVES_ANSWERS = frozenset(
    {
        *(
            "add-theme",
            "edit-theme",
            "merge-themes",
            "move-theme",
            "clear-quote",
            "take-back-quote",
        ),
        *("add-grouping", "change-grouping", "remove-grouping", "set-bands"),
        *("add-reach-table", "change-reach-table", "remove-reach-table"),
        *("save-view", "rename-view", "remove-view", "export-responses", "look-at-response"),
        "take-figures-out",
        *("record-outcome", "remove-outcome", "remove-commitment", "publish-edition"),
        *("change-about", "change-questionnaire", "map-question", "begin-version", "add-version"),
        *("import-responses", "key-response"),
    }
)
"""What is done often and changes no stored answer; the last two add some. Of any other action that
is not about an account or mail it is taken that it may."""


class _Kept(Struct, frozen=True, eq=False):
    """`marks` are newest version first, `head` the audit's newest entry before they were read."""

    head: Entry | None
    reached: Reached
    marks: tuple[Marks, ...]


class _Store:
    """What is kept of one database. A lock for each consultation, so that it is read once."""

    def __init__(self) -> None:
        self.kept: OrderedDict[int, _Kept] = OrderedDict()
        self.turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    def keep(self, consultation_id: int, kept: _Kept) -> None:
        self.kept[consultation_id] = kept
        self.kept.move_to_end(consultation_id)
        while len(self.kept) > MOST_KEPT:
            self.turns.pop(self.kept.popitem(last=False)[0], None)


_stores: WeakKeyDictionary[object, _Store] = WeakKeyDictionary()


async def matrix(consultation_id: int) -> tuple[Marks, ...]:
    """The analysed responses of every version, newest version first, each in one or more blocks."""
    store = _stores.setdefault(engine(), _Store())
    async with store.turns[consultation_id]:
        codings = await codings_by_version(consultation_id)
        kept = await _caught_up(store.kept.get(consultation_id), consultation_id, codings)
        # What a transaction sees may yet be rolled back.
        if not engine().transaction_exists():
            store.keep(consultation_id, kept)
        return kept.marks


async def codings_by_version(consultation_id: int) -> dict[int, Coding]:
    """How each version's answers are coded, newest version first."""
    versions = sorted(
        await surveys.versions(consultation_id), key=lambda version: version.number, reverse=True
    )
    same = await surveys.equivalences(consultation_id, known=tuple(reversed(versions)))
    return {
        version.id: Coding(
            version.questionnaire,
            code_table(version.questionnaire),
            same.of(version.id),
            version.id,
        )
        for version in versions
    }


async def _caught_up(
    kept: _Kept | None, consultation_id: int, codings: Mapping[int, Coding]
) -> _Kept:
    if kept is None:
        return await _read(consultation_id, codings)
    since = await audit.entries_since(kept.head)
    if since is None or any(map(_may_change_answers, since)):
        return await _read(consultation_id, codings)
    rows, reached = await responses.later_coded_rows(consultation_id, kept.reached)
    marks = _added(_coded_as_now(kept.marks, codings), _unread(rows, kept))
    return _Kept(since[-1] if since else kept.head, reached, marks)


def _may_change_answers(entry: Entry) -> bool:
    elsewhere = entry.subject.startswith(("account:", "mail:"))
    return not elsewhere and entry.action not in LEAVES_ANSWERS


async def _read(consultation_id: int, codings: Mapping[int, Coding]) -> _Kept:
    # Both are asked first: what happens meanwhile is found again, and never missed.
    head, since = await audit.latest(), await responses.reached_now()
    if engine().transaction_exists() or not await responses.are_many(consultation_id):
        rows = await responses.coded_rows(consultation_id)
        marks = tuple(map(Marks, blocks(rows, codings)))
    else:
        widths = {version: coding.table.width for version, coding in codings.items()}
        many = await responses.many_coded_rows(consultation_id, widths)
        marks = await asyncio.to_thread(_counted_once, many, codings)
    last = max((int(each.block.ids.max(initial=0)) for each in marks), default=0)
    return _Kept(head, Reached(last, since), marks)


def _counted_once(many: Iterable[CodedRows], codings: Mapping[int, Coding]) -> tuple[Marks, ...]:
    """With the bits made that counting everything needs, while others are answered."""
    marks = tuple(map(Marks, blocks_of(many, codings)))
    sums(Wanted(forms_of(marks)), marks)
    return marks


def _coded_as_now(marks: tuple[Marks, ...], codings: Mapping[int, Coding]) -> tuple[Marks, ...]:
    """A draft may have been edited or begun, and officers may have said what is equivalent. The
    codes of a version that has been answered never change."""
    there = {each.block.coding.version_id: each.block.coding for each in marks}
    if [_meaning(each) for each in there.values()] == [_meaning(each) for each in codings.values()]:
        return marks
    return tuple(
        found
        for version, coding in codings.items()
        for found in [each.coded_as(coding) for each in _of_version(marks, version)]
        or map(Marks, blocks((), {version: coding}))
    )


def _meaning(coding: Coding) -> tuple[object, ...]:
    return coding.version_id, coding.questionnaire, coding.names


def _of_version(marks: Iterable[Marks], version: int) -> list[Marks]:
    answered = (each for each in marks if each.block.ids.size)
    return [each for each in answered if each.block.coding.version_id == version]


def _unread(rows: Sequence[CodedRow], kept: _Kept) -> Sequence[CodedRow]:
    low = [row.response_id for row in rows if row.response_id <= kept.reached.last]
    if not low:
        return rows
    read = (each.block.ids[np.isin(each.block.ids, low)].tolist() for each in kept.marks)
    known = {number for several in read for number in several}
    return [row for row in rows if row.response_id not in known]


def _added(marks: tuple[Marks, ...], rows: Sequence[CodedRow]) -> tuple[Marks, ...]:
    """The rows join the last block of their version."""
    if not rows:
        return marks
    last = {each.block.coding.version_id: each for each in marks}
    later = blocks(rows, {version: each.block.coding for version, each in last.items()})
    found: list[Marks] = []
    for each in marks:
        grown = [each]
        for block in later if each is last[each.block.coding.version_id] else ():
            if block.coding is each.block.coding:
                grown[-1:] = grown[-1].with_later(block)
        found += grown
    return tuple(found)
