"""The task beside the server that deletes files which were never sent."""

import asyncio
from contextlib import suppress

import structlog

from app.clock import now
from app.logs import where
from responses.store.uploads import clear_unsent

SECONDS_BETWEEN = 24 * 60 * 60.0

log = structlog.get_logger()


async def run_clearing(stop: asyncio.Event) -> None:
    """Clears at once and then every day until `stop` is set. Trouble is logged without words."""
    while not stop.is_set():
        try:
            await clear_unsent(now())
        except Exception as error:
            log.error("clearing", error=type(error).__name__, where=where(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SECONDS_BETWEEN)
