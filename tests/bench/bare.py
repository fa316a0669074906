"""As little as a server can do: an ASGI function that sends the bytes it was given at the start."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ANSWER = "HEARBACK_BENCH_ANSWER"
"""Names the file that holds the answer as it comes over the wire."""

Headers = list[tuple[bytes, bytes]]


def app() -> Callable[..., Awaitable[None]]:
    headers, body = parted(Path(os.environ[ANSWER]).read_bytes())
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    rest = {"type": "http.response.body", "body": body, "more_body": False}

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _lived(receive, send)
            return
        await send(start)
        await send(rest)

    return answer


def parted(answer: bytes) -> tuple[Headers, bytes]:
    """The headers, without the date that the server adds, and the body."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = (line.partition(b": ") for line in head.split(b"\r\n")[1:])
    return [(name, value) for name, _, value in lines if name.lower() != b"date"], body


async def _lived(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
