"""The task beside the server that sends what waits in the outbox."""

import asyncio
from contextlib import suppress

import structlog

from app.logs import where
from app.mail.store import send_waiting

SECONDS_BETWEEN = 10.0

log = structlog.get_logger()


async def run_outbox(stop: asyncio.Event) -> None:
    """Sends every few seconds until `stop` is set. Trouble is logged without its words."""
    while not stop.is_set():
        try:
            await send_waiting()
        except Exception as error:
            log.error("outbox", error=type(error).__name__, where=where(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SECONDS_BETWEEN)
