"""How fast a page is read and how fast it is answered, as ratios to servers that do less."""

import asyncio
import sys
from contextlib import ExitStack
from pathlib import Path

from tests.bench.bare import ANSWER
from tests.bench.http import (
    BARE,
    EACH,
    NOTHING,
    OURS,
    Reached,
    compared,
    one_answer,
    prepare,
    served,
    stored,
)
from tests.bench.load import AT_ONCE

READ_GOAL, SEND_GOAL = 0.8, 0.6
# Far below the goals: a busy machine breaks no build, a page that is rendered each time does.
READ_LEAST, SEND_LEAST = 0.4, 0.2
BUSY = 0.9
HEAD = (
    f"  {'':<26}{'a second':>10}{'ratio':>7}{'cpu us':>8}{'median ms':>11}{'p99 ms':>8}"
    f"{'slowest':>9}{'MB':>12}{'client':>8}"
)


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def reads_fast(url: str, folder: Path) -> bool:
    """The blank page against a bare ASGI function that sends the same bytes."""
    asyncio.run(prepare(url))
    kept = True
    with served(OURS, folder, HEARBACK_DATABASE_URL=url) as ours:
        for name in ("read_page", "read_page_uncompressed"):
            answer = one_answer(ours, name)
            (folder / name).write_bytes(answer)
            with served(BARE, folder, **{ANSWER: str(folder / name)}) as bare:
                reached = compared({"bare ASGI": bare, "blank page": ours}, name, to="bare ASGI")
            tell(f"{name.replace('_', ' ').capitalize()}, {len(answer):,} bytes, {AT_ONCE} at once")
            kept &= _shown(reached, "blank page", goal=READ_GOAL, least=READ_LEAST)
    return kept


def stores_fast(kind: str, url: str, each_url: str, folder: Path) -> bool:
    """Submissions against the same server that parses and checks the same posts and stores
    nothing; afterwards, that all which was acknowledged is there."""
    asyncio.run(prepare(url))
    asyncio.run(prepare(each_url))
    kept, acknowledged = True, {"stored": 0, "one commit each": 0}
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(served(factory, folder, HEARBACK_DATABASE_URL=where))
            for name, factory, where in (
                ("not stored", NOTHING, url),
                ("stored", OURS, url),
                ("one commit each", EACH, each_url),
            )
        }
        for conversation, what in (
            ("send_as_json", "one post as JSON"),
            ("send_by_page", "two posts by the page"),
        ):
            reached = compared(servers, conversation, to="not stored", turns=3)
            tell(f"{kind}, 20 questions, {what}, {AT_ONCE} at once")
            kept &= _shown(reached, "stored", goal=SEND_GOAL, least=SEND_LEAST)
            for name in acknowledged:
                acknowledged[name] += reached[name].done
    for name, where in (("stored", url), ("one commit each", each_url)):
        kept &= _counted(name, acknowledged[name], asyncio.run(stored(where)))
    return kept


def _counted(name: str, acknowledged: int, found: int) -> bool:
    right = acknowledged == found > 0
    word = "=" if right else "IS NOT"
    tell(f"  {name}: acknowledged {acknowledged:,} {word} stored {found:,}")
    return right


def _shown(reached: dict[str, Reached], ours: str, *, goal: float, least: float) -> bool:
    tell(HEAD)
    for name, each in reached.items():
        failed = f"  {each.failed} FAILED" if each.failed else ""
        limited = "  client is the limit" if each.middle("busy") > BUSY else ""
        tell(
            f"  {name:<26}{each.middle('rate'):>10,.0f}{each.ratio:>7.2f}{each.cost:>8.0f}"
            f"{each.middle('median'):>11.1f}{each.middle('p99'):>8.1f}"
            f"{max(load.waited.slowest for load in each.loads):>9.0f}"
            f"{each.before:>6.0f}{each.after:>6.0f}{each.middle('busy'):>8.0%}{limited}{failed}"
        )
    ratio = reached[ours].ratio
    verdict = "reached" if ratio >= goal else "missed"
    broken = "" if ratio >= least else "  LIMIT BROKEN"
    tell(f"  ratio {ratio:.2f}: goal {goal} {verdict}, limit {least}{broken}")
    return ratio >= least and not any(each.failed for each in reached.values())
