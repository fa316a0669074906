"""Measures what docs/decisions.md states, as ratios in one run, in less than a minute.

Exit 1 when a limit is broken. Rates depend on the machine and on what else it does: compare only
figures of one run.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.bench import editing, http, submissions
from tests.postgres import binaries, cluster

SECONDS = 3.0
IN_PROCESS = 1280
# Far below what was measured, so that only a broken grouping falls under it.
LEAST_GAIN = 1.5
MOST_MILLISECONDS = 200
NAMES = ("each", "grouped", "alone")


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def stored_is_acknowledged(url: str, factory: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        load = asyncio.run(http.measured(url, Path(folder), factory=factory, seconds=SECONDS))
    kept = load.stored == load.acknowledged > 0
    tell(
        f"  {factory.rpartition(':')[2]:<17} {load.rate:9,.0f}/s  "
        f"acknowledged {load.acknowledged:,} = stored {load.stored:,}{broken(kept)}"
    )
    return kept


def gains_enough(url: str) -> bool:
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


def measured(kind: str, each: str, grouped: str, alone: str) -> bool:
    """Whether every limit was kept."""
    tell(f"{kind}, through HTTP, {http.AT_ONCE} at once: checked, coded, stored")
    kept = [
        stored_is_acknowledged(each, "tests.bench.http:one_commit_each"),
        stored_is_acknowledged(grouped, "app.main:app_in_force"),
    ]
    tell(f"{kind}, storing alone")
    kept.append(gains_enough(alone))
    return all(kept)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = measured("SQLite", *(f"sqlite:///{folder}/{name}.sqlite" for name in NAMES))
    kept &= edits_soon_enough()
    if binaries() is None:
        tell("PostgreSQL is not installed, so it was not measured")
    else:
        with cluster(careful=True) as address:
            for name in NAMES:
                asyncio.run(submissions.make_database(f"{address}/postgres", name))
            kept &= measured("PostgreSQL", *(f"{address}/{name}" for name in NAMES))
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
