"""How the responses came in that are looked at: by day, and what became of the others."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.coming_in import Day, Fall, daily, days_of, fall
from analysis.crosstab import Bits, Marks, everybody, in_group
from analysis.narrowing import Narrowing
from analysis.store.answers_kept import Column
from analysis.store.caught_up import caught_up
from analysis.store.narrowed import narrowed
from analysis.store.results import refuse_unless_full
from responses import store as responses
from responses.response import ANALYSED, CHANNEL_WORDS
from responses.store.received import received
from surveys.consultation import Consultation

Days = NDArray[np.int32]
"""The day on which each response was received, as its ordinal."""


class RoundDays(Struct, frozen=True):
    number: int
    days: tuple[Day, ...]


class ComingIn(Struct, frozen=True):
    """Rounds in which anything came in. `channels` are those that brought any, in the order of
    each day's."""

    rounds: tuple[RoundDays, ...]
    channels: tuple[str, ...]
    fall: Fall


async def coming_in(
    consultation: Consultation, narrowing: Narrowing, *, zone: ZoneInfo, full: bool
) -> ComingIn:
    """Days are by the calendar of `zone`. Raises NoSuchFilter and FullCountsOnly."""
    refuse_unless_full(narrowing, full=full)
    marks = await narrowed(consultation, narrowing)
    days = await received_on(consultation.id, marks, zone)
    used = [name for name in CHANNEL_WORDS if any(each.of_channel(name).any() for each in marks)]
    numbers = (each.number for each in consultation.rounds)
    found = (RoundDays(number, _daily(marks, days, number, used)) for number in numbers)
    return ComingIn(
        tuple(each for each in found if each.days),
        tuple(map(str, used)),
        await _fall(consultation.id, narrowing, int(everybody(marks).bases()[0])),
    )


def _daily(
    marks: Sequence[Marks], days: Sequence[Days], number: int, channels: Sequence[str]
) -> tuple[Day, ...]:
    """Of one round; every day from its first response to its last."""
    of_round = [each.of_round(number) for each in marks]
    there = list(zip(marks, of_round, strict=True))
    by_channel = [
        _those(days, [each.those(here).of_channel(name) for each, here in there])
        for name in channels
    ]
    return daily(_those(days, of_round), by_channel)


def _those(days: Sequence[Days], masks: Sequence[Bits]) -> Days:
    chosen = (each[in_group(mask, each.size)] for each, mask in zip(days, masks, strict=True))
    return np.concatenate([np.zeros(0, np.int32), *chosen])


async def received_on(
    consultation_id: int, marks: Sequence[Marks], zone: ZoneInfo
) -> tuple[Days, ...]:
    """For each block the days on which its responses were received, as ordinals. Read once and
    kept."""

    async def read(after: int, up_to: int) -> Column:
        found = await received(consultation_id, after=after, up_to=up_to)
        ids = np.array(found.ids, np.int64)
        order = np.argsort(ids, kind="stable")
        return Column(ids[order], days_of(np.array(found.moments, np.int64), zone)[order])

    kept = await caught_up(consultation_id, ("received", zone.key), read)
    return tuple(kept.beside(each.block.ids, nothing=0) for each in marks)


async def _fall(consultation_id: int, narrowing: Narrowing, looked_at: int) -> Fall:
    entries = [
        (each.status, each.count)
        for each in await responses.ledger_entries(consultation_id)
        if each.round_number in (narrowing.rounds or (each.round_number,))
        and each.channel in (narrowing.channels or (each.channel,))
    ]
    return fall(entries, analysed=ANALYSED, looked_at=looked_at)
