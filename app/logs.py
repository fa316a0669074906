"""Logs without personal data: lines of JSON on standard error, with routes, not addresses."""

import asyncio
import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from time import perf_counter

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
            method, route = scope.get("method", ""), scope.get("path_template", "")
            log_request(str(method), str(route or ""), status, perf_counter() - started)

    return logged


def where(error: Exception) -> list[str]:
    """The innermost places that an error went through; nothing of what it says."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def log_request(method: str, route: str, status: int, seconds: float) -> None:
    """The line of one request, as structlog would write it: that takes longer over a line than a
    kept page takes to be sent."""
    sys.stderr.write(_line((line_start(method, route, status), seconds), _line_end()))


def line_start(method: str, route: str, status: int) -> str:
    named = {"method": method, "route": route or None, "status": status}
    return f'{json.dumps(named)[:-1]}, "ms": '


_waiting: list[tuple[str, float]] = []


def log_soon(start: str, seconds: float) -> None:
    """The same for what is answered faster than a line is written: whatever came in one round of
    the event loop is written together in the next. `start` is what `line_start` gave."""
    if not _waiting:
        asyncio.get_running_loop().call_soon(_write_waiting)
    _waiting.append((start, seconds))


def _write_waiting() -> None:
    end = _line_end()
    lines = "".join([_line(each, end) for each in _waiting])
    _waiting.clear()
    sys.stderr.write(lines)


def _line(begun: tuple[str, float], end: str) -> str:
    return f"{begun[0]}{begun[1] * 1000:.1f}{end}"


def _line_end() -> str:
    moment = datetime.now(UTC).isoformat()
    return f', "event": "request", "level": "info", "timestamp": "{moment}"}}\n'
