"""Logs without personal data: lines of JSON on standard error, with routes, not addresses."""

import logging
import sys
import traceback
from time import perf_counter
from typing import Any

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()


def set_up_logs() -> None:
    """Structlog as JSON on standard error; libraries' own logs only from a warning upwards."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.getLogger("uvicorn.access").disabled = True


def log_requests(app: ASGIApp) -> ASGIApp:
    """A line for each request: method, route template, status, milliseconds, and nothing else."""

    async def logged(scope: Scope, receive: Receive, send: Send) -> None:
        started = perf_counter()
        status = 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, note_status)
        except Exception as error:
            # The answer had begun, so no page can say it. The server would log the error's message.
            log.error("cut off", error=type(error).__name__, where=where(error))
        finally:
            _write(scope, status, perf_counter() - started)

    return logged


def where(error: Exception) -> list[str]:
    """The innermost places that an error went through; nothing of what it says."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _write(scope: Any, status: int, seconds: float) -> None:
    log.info(
        "request",
        method=scope.get("method"),
        route=scope.get("path_template") or None,
        status=status,
        ms=round(seconds * 1000, 1),
    )
