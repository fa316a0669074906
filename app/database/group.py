"""Group commit: units that arrive together are written together, and answered after the commit."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from app.database.refusals import TooBusy

# A group's length bounds how long an interactive transaction waits; the queue's bounds memory.
LONGEST_GROUP = 256
LONGEST_QUEUE = 2000

Row = dict[str, Any]


class Statement(NamedTuple):
    sql: str
    values: Sequence[Any] = ()


Unit = Sequence[Statement]
# The rows of each statement of a unit, or why the unit was refused.
Outcome = list[list[Row]] | Exception


class GroupCommit:
    """Queues units and writes all that wait as one group; no more than `at_once` groups at a time.

    Where a group takes several round trips, a second may go on while the first waits for its own.
    """

    def __init__(
        self,
        write_group: Callable[[list[Unit]], Awaitable[list[Outcome]]],
        *,
        longest_queue: int = LONGEST_QUEUE,
        at_once: int = 1,
    ) -> None:
        self._write_group = write_group
        self._longest_queue = longest_queue
        self._at_once = at_once
        self._waiting: deque[tuple[Unit, asyncio.Future[list[list[Row]]]]] = deque()
        self._draining: set[asyncio.Task[None]] = set()

    async def add(self, unit: Unit) -> list[list[Row]]:
        """The rows of each statement, once the unit is durable. Raises what refused the unit."""
        if len(self._waiting) >= self._longest_queue:
            raise TooBusy
        future: asyncio.Future[list[list[Row]]] = asyncio.get_running_loop().create_future()
        self._waiting.append((unit, future))
        if len(self._draining) < self._at_once:
            draining = asyncio.create_task(self._drain())
            self._draining.add(draining)
        return await future

    async def close(self) -> None:
        await asyncio.gather(*self._draining)

    async def _drain(self) -> None:
        try:
            await self._write_all()
        finally:
            # Nothing is awaited since the last look at the queue, so nobody waits for ever.
            self._draining.discard(asyncio.current_task())

    async def _write_all(self) -> None:
        while self._waiting:
            size = min(len(self._waiting), LONGEST_GROUP)
            taken = [self._waiting.popleft() for _ in range(size)]
            # Whoever gave up waiting was never answered: nothing is owed to them.
            group = [(unit, future) for unit, future in taken if not future.cancelled()]
            outcomes = await self._outcomes([unit for unit, _ in group])
            for (_, future), outcome in zip(group, outcomes, strict=True):
                _answer(future, outcome)

    async def _outcomes(self, units: list[Unit]) -> list[Outcome]:
        try:
            return await self._write_group(units)
        except Exception as error:
            return [error] * len(units)


def _answer(future: asyncio.Future[list[list[Row]]], outcome: Outcome) -> None:
    if future.cancelled():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
