"""A consultation kept in memory for those who answer it, and never out of date for long."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from app import clock
from app.database import Changes, changes, engine
from surveys.consultation import Consultation, state_of
from surveys.store.reading import consultation

SECONDS = 1.0
"""What another process changes is noticed after this long, what this one changes at once."""
MOST = 1000


class Kept(Struct, frozen=True):
    """What was read, and until when it may be believed. Opening and closing by the clock needs no
    reading: the dates are in the rounds."""

    consultation: Consultation
    changes: Changes
    number: int
    until: float

    def holds(self) -> bool:
        return self.changes.number == self.number and monotonic() < self.until

    def at(self, moment: datetime) -> Consultation:
        found = self.consultation
        state = state_of(found.rounds, moment, reported=found.reported)
        return found if state is found.state else replace(found, state=state)


_kept: WeakKeyDictionary[Any, dict[str, Kept]] = WeakKeyDictionary()
_reading: WeakKeyDictionary[Any, dict[str, asyncio.Task[Kept]]] = WeakKeyDictionary()


async def kept_consultation(slug: str, *, at: datetime | None = None) -> Consultation:
    """As `consultation`, up to a second old where another process changed it. Inside a transaction
    it is read anew. Raises NoSuchConsultation."""
    moment = at or clock.now()
    if engine().transaction_exists():
        return await consultation(slug, at=moment)
    return (await kept(slug)).at(moment)


async def kept(slug: str) -> Kept:
    """The same with how long it holds. Many who ask at once cause one reading."""
    known = _kept.setdefault(engine(), {})
    found = known.get(slug)
    if found is not None and found.holds():
        return found
    reading = _reading.setdefault(engine(), {})
    # One that began before the last change may have read what was before it.
    name = f"{changes().number}:{slug}"
    task = reading.get(name)
    if task is None:
        task = reading[name] = asyncio.create_task(_forgotten(_read(slug), reading, name))
    found = await asyncio.shield(task)
    if len(known) >= MOST:
        known.clear()
    known[slug] = found
    return found


async def _forgotten(
    work: Coroutine[Any, Any, Kept], reading: dict[str, asyncio.Task[Kept]], name: str
) -> Kept:
    try:
        return await work
    finally:
        del reading[name]


async def _read(slug: str) -> Kept:
    counted, until = changes(), monotonic() + SECONDS
    number = counted.number
    return Kept(await consultation(slug), counted, number, until)
