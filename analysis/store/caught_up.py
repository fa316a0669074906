"""What was read of stored responses: kept as long as it holds, and caught up by id."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, Self, TypeVar
from weakref import WeakKeyDictionary

from msgspec import Struct

from app.audit import store as audit
from app.database import engine
from responses import store as responses
from responses.store.given import last_analysed

MOST_KEPT = 24
"""Of any consultation; what was not asked for longest goes."""


class Read(Protocol):
    """What was read of some responses."""

    def and_later(self, later: Self) -> Self: ...


R = TypeVar("R", bound=Read)


class _Kept(Struct, frozen=True):
    """It holds as long as the audit has no new entry, since every change of a stored response is
    audited, and as many analysed responses as before lie up to the id `last`."""

    head: str
    last: int
    people: int
    read: Any


_kept: WeakKeyDictionary[object, OrderedDict[object, _Kept]] = WeakKeyDictionary()


async def caught_up(
    consultation_id: int, what: object, read: Callable[[int, int], Awaitable[R]]
) -> R:
    """All that `read` reads of the analysed responses. It is told after which id and up to which;
    `what` tells it from other reading of the consultation."""
    newest = await audit.latest()
    head = newest.hash if newest else ""
    here = _kept.setdefault(engine(), OrderedDict())
    kept = here.get((consultation_id, what))
    if kept is not None and (
        kept.head != head
        or await responses.analysed_up_to(consultation_id, kept.last) != kept.people
    ):
        kept = None
    last = await last_analysed(consultation_id)
    if kept is None or kept.last != last:
        kept = await _further(kept, consultation_id, last, head, read)
    here[consultation_id, what] = kept
    here.move_to_end((consultation_id, what))
    while len(here) > MOST_KEPT:
        here.popitem(last=False)
    found: R = kept.read
    return found


async def _further(
    kept: _Kept | None,
    consultation_id: int,
    last: int,
    head: str,
    read: Callable[[int, int], Awaitable[R]],
) -> _Kept:
    # Counted first: what is stored meanwhile makes the count too small, and is found next time.
    people = await responses.analysed_up_to(consultation_id, last)
    if kept is None:
        return _Kept(head, last, people, await read(0, last))
    later = await read(kept.last, last)
    return _Kept(head, last, people, kept.read.and_later(later))
