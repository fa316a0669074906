"""Servers in processes of their own that can be killed and started again soon: all are forked from
one that has done already what takes long about starting."""

import asyncio
import multiprocessing
import os
import socket
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx
import uvicorn

from app.main import create_app
from app.settings import load_settings

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.responses.warmed"])


class Server:
    """One port and one database. `up` is set while it answers."""

    def __init__(self, url: str, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.up = asyncio.Event()
        self._arguments = (url, str(data), self.port)
        self._running: BaseProcess | None = None

    async def start(self) -> None:
        self._running = FORKS.Process(target=_serve, args=self._arguments)
        self._running.start()
        async with httpx.AsyncClient(base_url=self.address, verify=False) as client:
            while not await _answers(client):
                assert self._running.is_alive(), "the server ended by itself"
                await asyncio.sleep(0.02)
        self.up.set()

    async def kill(self) -> None:
        """By SIGKILL: it gets no chance to finish anything."""
        self.up.clear()
        if self._running:
            self._running.kill()
            await asyncio.to_thread(self._running.join)


async def _answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/health/live")).is_success
    except httpx.TransportError:
        return False


def _serve(url: str, data: str, port: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    current = load_settings(
        {
            "HEARBACK_DATABASE_URL": url,
            "HEARBACK_DATA_DIR": data,
            "HEARBACK_RATE_LIMITS": "off",
        }
    )
    uvicorn.run(create_app(current), port=port, access_log=False, log_config=None)
