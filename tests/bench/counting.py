"""How fast a million responses to twenty closed questions are counted, as ratios in one run."""

import asyncio
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]
import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.crosstab import Marks, crosstab, groups_by_question
from analysis.store.matrices import matrix
from analysis.tally import Plan, Tally, forms_of, tally
from app import database as db
from app.clock import now
from app.settings import load_settings, use_settings
from surveys import store as surveys
from surveys.coded import ANSWERED, MISSING
from surveys.consultation import Consultation

RESPONSES, QUESTIONS, LATER = 1_000_000, 20, 1_000
POINTS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
SLUG, SEED = "counted", 20_261_122
TIMES = 9
DOCUMENT = {
    "title": "What a million people think",
    "languages": ["en"],
    "pages": [
        {
            "title": "Your views",
            "questions": [
                {"key": f"q{n}", "type": "likert", "scale": "agreement", "text": f"Statement {n}"}
                for n in range(QUESTIONS)
            ],
        }
    ],
}
COLUMNS = (
    *("key", "receipt_hash", "consultation", "round", "round_number", "version", "channel"),
    *("submitted_at", "status", "record", "coded", "answers_hash", "keyed_by"),
)


Codes = NDArray[np.uint8]
Row = tuple[Any, ...]


class Measured(Struct, frozen=True):
    """`goal` is what was set out to reach; over the limit only something broken goes."""

    what: str
    took: float
    unit: str
    goal: float
    limit: float

    @property
    def kept(self) -> bool:
        return self.took <= self.limit

    def line(self) -> str:
        verdict = "reached" if self.took <= self.goal else "missed"
        broken = "" if self.kept else "  LIMIT BROKEN"
        return (
            f"  {self.what:<44}{self.took:>9,.1f} {self.unit:<16}"
            f"goal {self.goal:g} {verdict}, limit {self.limit:g}{broken}"
        )


def counts_fast(kind: str, url: str, folder: Path, *, responses: int = RESPONSES) -> bool:
    use_settings(load_settings({"HEARBACK_DATABASE_URL": url, "HEARBACK_DATA_DIR": str(folder)}))
    sys.stdout.write(f"{kind}, {responses:,} responses to {QUESTIONS} closed questions\n")
    measured = asyncio.run(_measured(url, responses))
    for each in measured:
        sys.stdout.write(f"{each.line()}\n")
    return all(each.kept for each in measured)


async def _measured(url: str, responses: int) -> list[Measured]:
    async with db.connected(url):
        await db.migrate()
        document = msgspec.json.encode(DOCUMENT)
        await surveys.create_consultation(document, slug=SLUG, by="bench", now=now())
        await surveys.open_round(SLUG, by="bench", now=now())
        consultation = await surveys.consultation(SLUG)
        codes = drawn(responses)
        await stored(url, consultation, codes)
        found = await _cold(consultation, codes)
        marks = await matrix(consultation.id)
        found += _warm(marks)
        await stored(url, consultation, codes[:LATER], first=responses)
        return [*found, await _refreshed(consultation, responses + LATER)]


def drawn(responses: int) -> Codes:
    """Responses × bytes: a state and a choice for each question; one in thirty left it out."""
    chance = np.random.default_rng(SEED)
    choices = chance.integers(1, len(POINTS) + 1, (responses, QUESTIONS), np.uint8)
    choices[chance.random((responses, QUESTIONS)) < 1 / 30] = 0
    codes = np.empty((responses, 2 * QUESTIONS), np.uint8)
    codes[:, 0::2] = np.where(choices, ANSWERED, MISSING)
    codes[:, 1::2] = choices
    return codes


def _rows(consultation: Consultation, codes: Codes, first: int, at: object) -> Iterator[Row]:
    (round_,) = consultation.rounds
    answers = [None, *POINTS]
    for number, coded in enumerate(map(bytes, codes), start=first):
        record = ", ".join(
            f'"q{n}": "{answers[code]}"' for n, code in enumerate(coded[1::2]) if code
        )
        key = UUID(int=number)
        yield (
            key,
            f"{number:064x}",
            consultation.id,
            round_.id,
            1,
            round_.version_id,
            "online",
            at,
            "analysed",
            f"{{{record}}}",
            coded,
            f"{number:064x}",
            "",
        )


async def stored(url: str, consultation: Consultation, codes: Codes, *, first: int = 0) -> None:
    """Straight into the table: what storing costs is measured elsewhere."""
    if url.startswith("sqlite"):
        await asyncio.to_thread(_into_sqlite, url, consultation, codes, first)
        return
    connection = await asyncpg.connect(url)
    rows = _rows(consultation, codes, first, now())
    await connection.copy_records_to_table("response", records=rows, columns=COLUMNS)
    await connection.execute("VACUUM ANALYZE response")
    await connection.close()


def _into_sqlite(url: str, consultation: Consultation, codes: Codes, first: int) -> None:
    rows = _rows(consultation, codes, first, now().isoformat())
    places = ", ".join("?" for _ in COLUMNS)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.executemany(
            f"INSERT INTO response ({', '.join(COLUMNS)}) VALUES ({places})",
            ((str(key), *rest) for key, *rest in rows),
        )


async def _cold(consultation: Consultation, codes: Codes) -> list[Measured]:
    """From the database to the figures, and the longest that anything else had to wait."""
    waited: list[float] = []
    watching = asyncio.create_task(_watch(waited))
    began = time.perf_counter()
    made = tally(await matrix(consultation.id), Plan((1,)))
    took = time.perf_counter() - began
    await asyncio.sleep(0.01)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    _check(made, codes)
    return [
        Measured("cold, from the database to the figures", took, "s", 0.8, 4),
        Measured("longest wait of others meanwhile", 1000 * max(waited), "ms", 100, 1000),
    ]


async def _watch(waited: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        waited.append(time.perf_counter() - began)


def _check(made: Tally, codes: Codes) -> None:
    """The figures are those that were drawn."""
    for n, question in enumerate(made.questions):
        drawn_counts = np.bincount(codes[:, 2 * n + 1], minlength=len(POINTS) + 1).tolist()
        if [question.missing, *(option.n for option in question.options)] != drawn_counts:
            raise RuntimeError(f"{question.key} was not counted right")


def _warm(marks: Sequence[Marks]) -> list[Measured]:
    reading = _least(lambda: [each.block.lanes.max() for each in marks])
    counting = _least(lambda: tally(marks, Plan((1,))))
    crossing = _least(lambda: _crossed(marks))
    people = sum(each.block.ids.size for each in marks)
    held = sum(each.nbytes for each in marks) / people
    return [
        Measured("full tally, times reading the columns once", counting / reading, "", 10, 30),
        Measured("filtered cross-tab of every question", 1000 * crossing, "ms", 50, 250),
        Measured("memory", held, "bytes a response", 60, 60),
    ]


def _crossed(marks: Sequence[Marks]) -> None:
    """By the first question, of those only who chose one point of the second."""
    first, second, *_ = forms = forms_of(marks)
    those = [each.those(each.answers(second, None)["agree"]) for each in marks]
    groups = groups_by_question(first, those)
    for form in forms:
        crosstab(form, those, groups)


async def _refreshed(consultation: Consultation, people: int) -> Measured:
    began = time.perf_counter()
    marks = await matrix(consultation.id)
    took = time.perf_counter() - began
    if sum(each.block.ids.size for each in marks) != people:
        raise RuntimeError("Later responses were not found")
    return Measured(f"refresh after {LATER:,} more", 1000 * took, "ms", 5, 50)


def _least(work: Callable[[], object]) -> float:
    """Of several, in seconds: what else the machine does can only add to it."""
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)
