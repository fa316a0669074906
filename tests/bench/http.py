"""Submissions through HTTP to a server of its own: what it acknowledged, and what it stored."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from litestar import Litestar
from msgspec import Struct

from app import database as db
from app.clock import now
from app.database import group
from app.main import app_in_force
from responses.tables import ResponseRow
from surveys import store as surveys

ROOT = Path(__file__).parents[2]
AT_ONCE = 64
SLUG = "bench"
ADDRESS = f"/api/consultations/{SLUG}/responses"
CLOSED = [f"q{n}" for n in range(19)]
QUESTIONS = [
    *({"key": key, "type": "likert", "scale": "agreement", "text": key} for key in CLOSED),
    {"key": "why", "type": "long_text", "text": "Why?"},
]
DOCUMENT = {
    "title": "Bench",
    "languages": ["en"],
    "pages": [{"title": "One", "questions": QUESTIONS}],
}
WORDS = "We run a lunch club in the village hall and would like to know what happens next. " * 3
BODY = json.dumps({"answers": {**dict.fromkeys(CLOSED, "agree"), "why": WORDS}}).encode()
POST = (
    f"POST {ADDRESS} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(BODY)}\r\n\r\n"
).encode() + BODY


class Load(Struct, frozen=True):
    """Acknowledged a second and in all, and the rows that there are afterwards."""

    rate: float
    acknowledged: int
    stored: int


def one_commit_each() -> Litestar:
    """The same server, only that no two submissions share a commit."""
    group.LONGEST_GROUP = 1
    return app_in_force()


async def measured(url: str, folder: Path, *, factory: str, seconds: float) -> Load:
    """Sends for so many seconds to a new server on an empty database, and counts its rows after."""
    await _opened(url)
    with _served(url, folder, factory) as port:
        await _answering(port)
        began = time.perf_counter()
        until = began + seconds
        sent = await asyncio.gather(*(_visitor(port, until) for _ in range(AT_ONCE)))
        taken = time.perf_counter() - began
    async with db.connected(url):
        return Load(sum(sent) / taken, sum(sent), await ResponseRow.count())


async def _opened(url: str) -> None:
    async with db.connected(url):
        await db.migrate()
        document = json.dumps(DOCUMENT).encode()
        await surveys.create_consultation(document, slug=SLUG, by="bench", now=now())
        await surveys.open_round(SLUG, by="bench", now=now())


@contextmanager
def _served(url: str, folder: Path, factory: str) -> Iterator[int]:
    """The port of a server in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"HEARBACK_DATABASE_URL": url, "HEARBACK_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


async def _answering(port: int) -> None:
    for _ in range(300):
        try:
            async with _connected(port):
                return
        except ConnectionRefusedError:
            await asyncio.sleep(0.1)
    raise RuntimeError("The server did not start within 30 seconds")


async def _visitor(port: int, until: float) -> int:
    """How many submissions were acknowledged to one client that sends one after another."""
    acknowledged = 0
    async with _connected(port) as (reader, writer):
        while time.perf_counter() < until:
            writer.write(POST)
            acknowledged += await _status(reader) == 201
    return acknowledged


@asynccontextmanager
async def _connected(
    port: int,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with closing(writer):
        yield reader, writer


async def _status(reader: asyncio.StreamReader) -> int:
    """The status of the next answer, read to its end. A client library costs more than this."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = head.partition("content-length: ")[2].partition("\r\n")[0]
    await reader.readexactly(int(length))
    return int(head.split()[1])
