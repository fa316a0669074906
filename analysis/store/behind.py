"""The responses behind a number, when what analysis made of answers is among the filters."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from analysis.crosstab import Marks, in_group
from analysis.narrowing import Narrowing
from analysis.results import MISSING, NOT_ROUTED
from analysis.store.coming_in import received_on
from analysis.store.narrowed import narrowed
from surveys.consultation import Consultation


class Asked(Struct, frozen=True):
    """Who of those looked at: gave a value in a place, or any answer without a value; and were
    received on a day by the calendar of `zone`. `outside` are the others of the same rounds and
    channels instead, whom the answers asked for leave out."""

    place: str
    value: str
    day: date | None
    zone: ZoneInfo
    outside: bool = False


async def people_looked_at(
    consultation: Consultation, narrowing: Narrowing, asked: Asked
) -> tuple[int, ...]:
    """The numbers of the responses, newest first. Raises NoSuchFilter."""
    marks = await narrowed(consultation, narrowing)
    if asked.outside:
        every = await narrowed(consultation, replace(narrowing, where=()))
        pairs = zip(every, marks, strict=True)
        marks = tuple(each.those(~here.everybody()) for each, here in pairs)
    marks = await _answered(consultation, marks, asked)
    days = await received_on(consultation.id, marks, asked.zone) if asked.day else ()
    found: list[int] = []
    for at, each in enumerate(marks):
        here = in_group(each.everybody(), each.block.ids.size)
        if asked.day:
            here = here & np.equal(days[at], asked.day.toordinal())
        found += each.block.ids[here].tolist()
    return tuple(sorted(found, reverse=True))


async def _answered(
    consultation: Consultation, marks: Sequence[Marks], asked: Asked
) -> tuple[Marks, ...]:
    if not asked.place:
        return tuple(marks)
    values = (asked.value,) if asked.value else (MISSING, NOT_ROUTED)
    said = Narrowing(where=tuple((asked.place, value) for value in values))
    those = [each.everybody() for each in await narrowed(consultation, said)]
    if not asked.value:
        those = [~bits for bits in those]
    return tuple(each.those(bits) for each, bits in zip(marks, those, strict=True))
