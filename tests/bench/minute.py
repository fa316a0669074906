"""Sixty-four people at once for a minute: how long they wait, that nothing is lost, and memory."""

import asyncio
import subprocess
from pathlib import Path

from tests.bench.answering import tell
from tests.bench.http import OURS, Server, clients, prepare, read_load, served, stored
from tests.bench.load import AT_ONCE, Load

SECONDS = 60
LOOKS = (10, 30, 60)
# What a process still gains while caches and threads come into use; a leak of a kilobyte for each
# answer would gain more.
MOST_GROWTH = 24


def holds_for_a_minute(kind: str, url: str, folder: Path) -> bool:
    """Everyone opens the blank page, answers twenty questions, checks them and sends, over and
    over without a pause."""
    asyncio.run(prepare(url))
    with served(OURS, folder, HEARBACK_DATABASE_URL=url) as server:
        load, megabytes = _watched(server)
    tell(f"{kind}, {AT_ONCE} people at once for {SECONDS} s: page, answers, check, send")
    _show(load)
    return all((_unlost(load, asyncio.run(stored(url))), _flat(megabytes)))


def _watched(server: Server) -> tuple[Load, tuple[float, ...]]:
    started = clients(server, "answer_and_send", seconds=SECONDS)
    megabytes, waited = [], 0
    for look in LOOKS:
        _wait(started, look - waited)
        waited = look
        megabytes.append(server.megabytes)
    return read_load(started), tuple(megabytes)


def _wait(started: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        started.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _show(load: Load) -> None:
    tell(f"  {'':<12}{'answers':>10}{'a second':>10}{'median ms':>11}{'p99 ms':>8}{'slowest':>9}")
    for name, method in (("pages", "GET"), ("posts", "POST")):
        each = load.by_method[method]
        tell(
            f"  {name:<12}{each.answers:>10,}{each.answers / load.seconds:>10,.0f}"
            f"{each.median:>11.1f}{each.p99:>8.1f}{each.slowest:>9.0f}"
        )
    tell(f"  {load.done:,} submissions, {load.rate:,.0f} a second; client busy {load.busy:.0%}")


def _unlost(load: Load, found: int) -> bool:
    right = load.done == found > 0 and not load.failed
    word = "=" if load.done == found else "IS NOT"
    tell(f"  acknowledged {load.done:,} {word} stored {found:,}; {load.failed} unexpected answers")
    return right


def _flat(megabytes: tuple[float, ...]) -> bool:
    growth = megabytes[-1] - megabytes[0]
    looks = ", ".join(
        f"{size:.0f} MB at {look} s" for look, size in zip(LOOKS, megabytes, strict=True)
    )
    kept = growth <= MOST_GROWTH
    tell(f"  memory {looks}: limit {MOST_GROWTH} MB more{'' if kept else '  LIMIT BROKEN'}")
    return kept
