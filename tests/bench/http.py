"""Servers in processes of their own, and what the same clients reach with each, turn by turn."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

import msgspec
from litestar import Litestar
from msgspec import Struct

from app import database as db
from app.clock import now
from app.database import group
from app.main import app_in_force
from responses.tables import ResponseRow
from surveys import store as surveys
from tests.bench.conversations import BY_NAME, DOCUMENT, SLUG
from tests.bench.load import Connection, Load

ROOT = Path(__file__).parents[2]
SECONDS = 1.5
TURNS = 5
OURS = "app.main:app_in_force"
EACH = "tests.bench.http:one_commit_each"
NOTHING = "tests.bench.without_storing:app_without_storing"
BARE = "tests.bench.bare:app"


class Server(Struct, frozen=True):
    port: int
    pid: int

    @property
    def megabytes(self) -> float:
        """How much memory it holds by now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return float(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)

    @property
    def worked(self) -> float:
        """Seconds of a processor that it has needed so far, its threads included."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return float(sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK"))


class Reached(Struct, frozen=True):
    """What one server reached over all of its turns; `ratio` is to another's rate, turn by turn,
    the median. `cost` is the processor's time for one, in microseconds: whoever else is busy on the
    machine changes it less. Memory is that after the warm-up and that at the end."""

    loads: tuple[Load, ...]
    ratio: float
    cost: float
    before: float
    after: float

    @property
    def done(self) -> int:
        return sum(each.done for each in self.loads)

    @property
    def failed(self) -> int:
        return sum(each.failed for each in self.loads)

    def middle(self, name: str) -> float:
        return float(median(getattr(each, name) for each in self.loads))


def one_commit_each() -> Litestar:
    """The same server, only that no two submissions share a commit."""
    group.LONGEST_GROUP = 1
    return app_in_force()


async def prepare(url: str) -> None:
    """An open round of twenty questions on one page."""
    async with db.connected(url):
        await db.migrate()
        document = msgspec.json.encode(DOCUMENT)
        await surveys.create_consultation(document, slug=SLUG, by="bench", now=now())
        await surveys.open_round(SLUG, by="bench", now=now())


async def stored(url: str) -> int:
    async with db.connected(url):
        return int(await ResponseRow.count())


@contextmanager
def served(factory: str, folder: Path, **environment: str) -> Iterator[Server]:
    """A server as `hearback serve` runs one, with its log in a file."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    quiet = ("--no-access-log", "--no-server-header", "--log-level", "warning")
    settings = {"HEARBACK_DATA_DIR": str(folder), "HEARBACK_RATE_LIMITS": "off"}
    with (folder / f"{factory.rpartition(':')[2]}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port), *quiet],
            cwd=ROOT,
            env=os.environ | settings | environment,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(900):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not start within 90 seconds")


def compared(
    servers: Mapping[str, Server], conversation: str, *, to: str, turns: int = TURNS
) -> dict[str, Reached]:
    """Each server for a moment, turn after turn, so that what else the machine does meets all of
    them alike. The first turn warms up."""
    warmed = {name: _loaded(server, conversation) for name, server in servers.items()}
    before = {name: server.megabytes for name, server in servers.items()}
    worked = {name: server.worked for name, server in servers.items()}
    loads: dict[str, list[Load]] = {name: [] for name in servers}
    for _ in range(turns):
        for name, server in servers.items():
            loads[name].append(_loaded(server, conversation))
    return {
        name: Reached(
            (warmed[name], *loads[name]),
            median(
                mine.rate / other.rate for mine, other in zip(loads[name], loads[to], strict=True)
            ),
            1e6 * (server.worked - worked[name]) / sum(each.done for each in loads[name]),
            before[name],
            server.megabytes,
        )
        for name, server in servers.items()
    }


def _loaded(server: Server, conversation: str) -> Load:
    return read_load(clients(server, conversation, seconds=SECONDS))


def clients(server: Server, conversation: str, *, seconds: float) -> "subprocess.Popen[bytes]":
    """The clients at work, in a process of their own: this one has a debt of imports."""
    command = [sys.executable, "-m", "tests.bench.load", str(server.port), str(seconds)]
    return subprocess.Popen([*command, conversation], cwd=ROOT, stdout=subprocess.PIPE)


def read_load(started: "subprocess.Popen[bytes]") -> Load:
    """What the clients tell once they are done."""
    told, _ = started.communicate()
    if started.returncode:
        raise RuntimeError("The clients broke off")
    return msgspec.json.decode(told, type=Load)


def one_answer(server: Server, conversation: str) -> bytes:
    """The first answer of a conversation, as it came over the wire."""
    play = BY_NAME[conversation]()
    connection = Connection(server.port, play)
    with closing(connection.socket):
        connection.send(next(play))
        while (answer := connection.answer()) is None:
            continue
    return answer
