"""Measures what docs/performance.md and docs/decisions.md state, as ratios in one run.

Exit 1 when a limit is broken. Rates depend on the machine and on what else it does: compare only
figures of one run. `read`, `send`, `edit` or `count` as an argument measures that alone; `minute`,
which is left out otherwise, is 64 people for a minute.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import editing, files, http, submissions
from tests.bench.answering import reads_fast, stores_fast, tell
from tests.bench.counting import counts_fast
from tests.bench.minute import holds_for_a_minute
from tests.postgres import binaries, cluster

IN_PROCESS = 1280
# Far below what was measured, so that only a broken grouping falls under it.
LEAST_GAIN = 1.5
MOST_MILLISECONDS = 200
NAMES = ("each", "grouped", "alone")


def gains_enough(kind: str, url: str) -> bool:
    tell(f"{kind}, storing alone")
    gain = asyncio.run(submissions.measure(url, IN_PROCESS))
    kept = gain >= LEAST_GAIN
    tell(f"  grouping gains {gain:.1f} times, limit {LEAST_GAIN}{broken(kept)}")
    return kept


def edits_soon_enough() -> bool:
    tell(
        f"SQLite, an editor's pages with 300 questions in 5 languages, limit {MOST_MILLISECONDS} ms"
    )
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/editing.sqlite"
        timed = asyncio.run(editing.measured(url, Path(folder)))
    for each in timed:
        tell(f"  {each.what:<24}{each.took:>9,.0f} ms{broken(each.took <= MOST_MILLISECONDS)}")
    return all(each.took <= MOST_MILLISECONDS for each in timed)


def broken(kept: bool) -> str:
    return "" if kept else "  LIMIT BROKEN"


def exchanges_files() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/files.sqlite"
        return files.told(asyncio.run(files.measured(url, Path(folder))))


def reads() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        return reads_fast(f"sqlite:///{folder}/blank.sqlite", Path(folder))


def sends() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        kept = _sent("SQLite", *(f"sqlite:///{folder}/{name}.sqlite" for name in NAMES))
    if binaries() is None:
        tell("PostgreSQL is not installed, so it was not measured")
        return kept
    with cluster(careful=True) as address:
        for name in NAMES:
            asyncio.run(submissions.make_database(f"{address}/postgres", name))
        return _sent("PostgreSQL", *(f"{address}/{name}" for name in NAMES)) and kept


def holds() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        kept = holds_for_a_minute("SQLite", f"sqlite:///{folder}/minute.sqlite", Path(folder))
    if binaries() is None:
        tell("PostgreSQL is not installed, so it was not measured")
        return kept
    with cluster(careful=True) as address, tempfile.TemporaryDirectory() as folder:
        asyncio.run(submissions.make_database(f"{address}/postgres", "minute"))
        return holds_for_a_minute("PostgreSQL", f"{address}/minute", Path(folder)) and kept


def _sent(kind: str, each: str, grouped: str, alone: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        kept = stores_fast(kind, grouped, each, Path(folder))
    return gains_enough(kind, alone) and kept


def counts() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        kept = counts_fast("SQLite", f"sqlite:///{folder}/counting.sqlite", Path(folder))
    if binaries() is None:
        tell("PostgreSQL is not installed, so it was not measured")
        return kept
    with cluster(careful=True) as address, tempfile.TemporaryDirectory() as folder:
        asyncio.run(submissions.make_database(f"{address}/postgres", "counting"))
        return counts_fast("PostgreSQL", f"{address}/counting", Path(folder)) and kept


PARTS: dict[str, Callable[[], bool]] = {
    "read": reads,
    "send": sends,
    "edit": edits_soon_enough,
    "count": counts,
    "files": exchanges_files,
}
BY_NAME = PARTS | {"minute": holds}


def main() -> None:
    tell(f"{http.TURNS} turns of {http.SECONDS} s each, after one to warm up; medians of turns")
    kept = [BY_NAME[name]() for name in sys.argv[1:] or PARTS]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
