"""How responses came in: a day at a time, and from all that were received to those looked at."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.charts.days import Mark
from surveys.consultation import Round

QUARTER = 900
"""Seconds: every time zone's midnight falls on a quarter of an hour."""


class Day(Struct, frozen=True):
    """`by_channel` are the responses by each channel that brought any on any day, in order."""

    on: date
    n: int
    by_channel: tuple[int, ...]


class Exit(Struct, frozen=True):
    """So many responses that were received and are not looked at; `status` is what became of them,
    empty of those who are analysed and outside the filters."""

    status: str
    n: int


class Fall(Struct, frozen=True):
    """From received to looked at: `received` less every exit."""

    received: int
    exits: tuple[Exit, ...]
    analysed: int
    looked_at: int


def days_of(moments: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int32]:
    """The day of each moment, in seconds since 1970, by the calendar of a place; as ordinals."""
    quarters, places = np.unique(moments // QUARTER, return_inverse=True)
    ordinals = [
        datetime.fromtimestamp(each * QUARTER, zone).toordinal() for each in quarters.tolist()
    ]
    return np.array(ordinals, np.int32)[places]


def daily(days: NDArray[np.int32], by_channel: Sequence[NDArray[np.int32]]) -> tuple[Day, ...]:
    """Every day from the first to the last on which any came; `by_channel` are the same days by
    the channel that each came through."""
    if not days.size:
        return ()
    first, length = int(days.min()), int(days.max() - days.min()) + 1
    of_all, *of_each = (
        np.bincount(those - first, minlength=length).tolist() for those in (days, *by_channel)
    )
    return tuple(
        Day(date.fromordinal(first + at), n, tuple(each[at] for each in of_each))
        for at, n in enumerate(of_all)
    )


def opening_and_closing(asked: Round, now: datetime, zone: ZoneInfo) -> tuple[Mark, ...]:
    """What has happened to a round by now."""
    return tuple(
        Mark(moment.astimezone(zone).date(), f"round {asked.number} {words}")
        for moment, words in ((asked.opens_at, "opened"), (asked.closes_at, "closed"))
        if moment is not None and moment <= now
    )


def fall(entries: Sequence[tuple[str, int]], *, analysed: str, looked_at: int) -> Fall:
    """`entries` are how many responses have each status, of the rounds and channels looked at."""
    counts: dict[str, int] = {}
    for status, n in entries:
        counts[status] = counts.get(status, 0) + n
    kept = counts.pop(analysed, 0)
    exits = [Exit(status, n) for status, n in sorted(counts.items()) if n]
    if kept > looked_at:
        exits.append(Exit("", kept - looked_at))
    return Fall(kept + sum(counts.values()), tuple(exits), kept, looked_at)
