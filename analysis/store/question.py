"""One question of those responses that are looked at, from what is stored."""

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from analysis.counting import Form
from analysis.crosstab import Bits, Groups, Marks, in_group
from analysis.groupings import Group, Grouping, grouped
from analysis.narrowing import Narrowing
from analysis.question.behind import How, People
from analysis.question.person_by_person import ranks_in_block
from analysis.question.read import Grouped, QuestionRead
from analysis.results import MISSING, NOT_ROUTED
from analysis.store.groupings import counts, groupings, members
from analysis.store.narrowed import narrowed, questions_of
from analysis.store.places import asked_by
from analysis.store.results import looked_at
from analysis.store.values import measured, values
from analysis.tally import cells_of
from surveys.consultation import Consultation

Mask = NDArray[np.bool_]


async def question(
    consultation: Consultation, key: str, narrowing: Narrowing, *, full: bool
) -> QuestionRead:
    """Without `full`, what everybody who codes may see. Raises NoSuchQuestion, NoSuchFilter and
    FullCountsOnly."""
    looked = await looked_at(consultation, narrowing, full=full)
    asked = asked_by(looked.asked, key)
    counted = looked.tally.questions[looked.asked.index(asked)]
    rows = counted.rows if isinstance(counted.rows, tuple) else ()
    found = QuestionRead(
        every=looked.asked,
        asked=asked,
        base=looked.tally.base,
        cells=cells_of(counted),
        rows=tuple(map(cells_of, rows)),
    )
    if asked.form.special_category and not full:
        return found
    marks = await narrowed(consultation, narrowing)
    is_measured = asked.form.type in ("number", "date")
    return replace(
        found,
        marks=marks,
        measured=await measured(consultation.id, asked.form, marks) if is_measured else None,
        grouped=await _grouped(consultation.id, asked.form, marks),
    )


async def people_behind(
    consultation: Consultation, key: str, narrowing: Narrowing, wanted: People
) -> tuple[int, ...]:
    """The ids of responses, in full: for those who may manage. Raises NoSuchQuestion and
    NoSuchFilter."""
    marks = await narrowed(consultation, narrowing)
    place = f"{key}.{wanted.row}" if wanted.row else key
    asked = asked_by(questions_of(marks), place).form
    found = [
        each.block.ids[mask & in_group(each.everybody(), mask.size)]
        for each, mask in zip(marks, await _masks(consultation, asked, marks, wanted), strict=True)
    ]
    return tuple(sorted(np.concatenate([*found, np.zeros(0, np.int64)]).tolist()))


async def _grouped(
    consultation_id: int, asked: Form, marks: Sequence[Marks]
) -> tuple[Grouped, ...]:
    own = [each for each in await groupings(consultation_id) if each.key == asked.key]
    return tuple([Grouped(each, await counts(each, marks)) for each in own])


async def _masks(
    consultation: Consultation, asked: Form, marks: Sequence[Marks], wanted: People
) -> list[Mask]:
    """For each response of each block whether it is meant, be it looked at or not."""
    if wanted.how is How.BAND:
        only = Grouping(0, consultation.id, "", asked.key, (Group("", band=wanted.band),))
        given = await values(consultation.id, asked, marks)
        return _masks_of(grouped(only, asked, marks, given), 0, marks)
    if wanted.how is How.GROUP:
        return await _in_group(consultation.id, wanted.values, marks)
    if wanted.how is How.UNGROUPED:
        return await _ungrouped(consultation.id, asked, wanted.values[0], marks)
    if wanted.how in (How.OVER, How.RANKED):
        return [_ranked(asked, each, wanted.values) for each in marks]
    if wanted.how is How.MANY:
        return [_so_many(asked, each, wanted.values[0]) for each in marks]
    bits = _exactly if wanted.how is How.EXACTLY else _any
    return [in_group(bits(asked, each, wanted), each.block.ids.size) for each in marks]


async def _in_group(
    consultation_id: int, group: tuple[str, ...], marks: Sequence[Marks]
) -> list[Mask]:
    number, name = group
    own = await _grouping(consultation_id, number)
    if own is None or name not in own.names:
        return _nobody(marks)
    found = await members(own, marks)
    return _masks_of(found, found.names.index((name,)), marks)


async def _ungrouped(
    consultation_id: int, asked: Form, number: str, marks: Sequence[Marks]
) -> list[Mask]:
    """Who answered, and is in none of the groups."""
    own = await _grouping(consultation_id, number)
    if own is None or own.key != asked.key:
        return _nobody(marks)
    found = await members(own, marks)
    return [
        in_group(each.states(asked, own.row)[0] & ~_either([*bits]), each.block.ids.size)
        for bits, each in zip(found.members, marks, strict=True)
    ]


async def _grouping(consultation_id: int, number: str) -> Grouping | None:
    own = (each for each in await groupings(consultation_id) if str(each.id) == number)
    return next(own, None)


def _nobody(marks: Sequence[Marks]) -> list[Mask]:
    return [np.zeros(each.block.ids.size, np.bool_) for each in marks]


def _masks_of(groups: Groups, at: int, marks: Sequence[Marks]) -> list[Mask]:
    return [
        in_group(bits[at], each.block.ids.size)
        for bits, each in zip(groups.members, marks, strict=True)
    ]


def _any(asked: Form, marks: Marks, wanted: People) -> Bits:
    here, out = marks.states(asked, wanted.row)
    neither = marks.everybody() & ~(here | out)
    known = {**marks.answers(asked, wanted.row), MISSING: out, NOT_ROUTED: neither}
    chosen = [known[value] for value in wanted.values if value in known]
    return _either([*chosen, marks.nobody()]) if wanted.values else here


def _exactly(asked: Form, marks: Marks, wanted: People) -> Bits:
    here, _ = marks.states(asked, None)
    answers = marks.answers(asked, None)
    others = [bits for value, bits in answers.items() if value not in wanted.values]
    both = [answers.get(value, marks.nobody()) for value in wanted.values]
    found: Bits = np.bitwise_and.reduce([here, *both]) & ~_either([*others, marks.nobody()])
    return found


def _either(bits: Sequence[Bits]) -> Bits:
    found: Bits = np.bitwise_or.reduce(bits)
    return found


def _so_many(asked: Form, marks: Marks, number: str) -> Mask:
    size = marks.block.ids.size
    here, _ = marks.states(asked, None)
    each = [in_group(bits, size) for bits in marks.answers(asked, None).values()]
    mask: Mask = (np.sum(each, axis=0) == int(number)) if number.isdigit() else np.zeros(size, bool)
    return mask & in_group(here, size)


def _ranked(asked: Form, marks: Marks, values: Sequence[str]) -> Mask:
    """Who ranked the one option, or ranked it above the other."""
    ranks = ranks_in_block(asked, marks)
    places = [asked.values.index(value) for value in values if value in asked.values]
    if len(places) < len(values):
        return np.zeros(marks.block.ids.size, np.bool_)
    # Less one, being left out turns from 0 into 255 and is worse than every rank.
    order = [ranks[at] - np.uint8(1) for at in places]
    mask: Mask = order[0] < (order[1] if len(order) > 1 else np.uint8(255))
    return mask
