"""Submissions stored a second: grouped, one commit each, and the limit that SQLite itself sets.

Prints rates and their ratios to what `write_together` reaches.
"""

import asyncio
import sqlite3
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]

from app import database as db
from responses.tables import ResponseRow, TextAnswerRow
from surveys.tables import ConsultationRow, QuestionnaireVersionRow, RoundRow

AT_ONCE = 64
RECORD = '{"role": "resident", ' + ", ".join(f'"q{n}": "agree"' for n in range(19)) + "}"
WORDS = "We run a lunch club in the village hall and would like to know what happens next. " * 3

Store = Callable[[], Awaitable[None]]


def submission() -> tuple[ResponseRow, TextAnswerRow]:
    """A response to 20 closed questions and one free-text question."""
    key = uuid.uuid4()
    response = ResponseRow(
        key=key,
        receipt_hash=key.hex,
        consultation=1,
        round=1,
        version=1,
        channel="online",
        submitted_at=datetime.now(UTC),
        status="analysed",
        record=RECORD,
        coded=bytes(40),
        answers_hash=key.hex,
    )
    return response, TextAnswerRow(response=key, consultation=1, question="why", text=WORDS)


async def prepare() -> None:
    await db.migrate()
    async with db.transaction():
        await ConsultationRow.insert(ConsultationRow(slug="bench", title="Bench"))
        await QuestionnaireVersionRow.insert(QuestionnaireVersionRow(consultation=1, number=1))
        await RoundRow.insert(RoundRow(consultation=1, number=1, version=1, state="open"))


async def grouped() -> None:
    response, words = submission()
    await db.write_together(ResponseRow.insert(response), TextAnswerRow.insert(words))


async def one_commit_each() -> None:
    response, words = submission()
    async with db.transaction():
        await ResponseRow.insert(response)
        await TextAnswerRow.insert(words)


async def rate(store: Store, number: int) -> float:
    """Stored a second, with AT_ONCE tasks that each wait for their answer before the next."""

    async def one_visitor() -> None:
        for _ in range(number // AT_ONCE):
            await store()

    began = time.perf_counter()
    await asyncio.gather(*(one_visitor() for _ in range(AT_ONCE)))
    return number // AT_ONCE * AT_ONCE / (time.perf_counter() - began)


def limit(file: Path, number: int) -> float:
    """The same rows through sqlite3 alone, SQL ready made, AT_ONCE to a commit."""
    statements = compiled(number)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    began = time.perf_counter()
    for start in range(0, len(statements), AT_ONCE):
        connection.execute("BEGIN IMMEDIATE")
        for unit in statements[start : start + AT_ONCE]:
            for sql, values in unit:
                connection.execute(sql, values)
        connection.execute("COMMIT")
    taken = time.perf_counter() - began
    connection.close()
    return number / taken


def compiled(number: int) -> list[list[tuple[str, list[object]]]]:
    units = []
    for _ in range(number):
        response, words = submission()
        queries = (ResponseRow.insert(response), TextAnswerRow.insert(words))
        units.append(
            [query.querystrings[0].compile_string(engine_type="sqlite") for query in queries]
        )
    return units


async def make_database(cluster: str, name: str) -> None:
    connection = await asyncpg.connect(cluster)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()


async def measure(url: str, number: int) -> float:
    """How many times as many are stored grouped as in a transaction each."""
    async with db.connected(url):
        await prepare()
        await rate(grouped, AT_ONCE * 4)  # connections and caches are made
        each = await rate(one_commit_each, number)
        together = await rate(grouped, number)
        show("one transaction each", each, together)
        show("write_together", together, together)
        if url.startswith("sqlite"):
            file = Path(url.removeprefix("sqlite:///"))
            show("sqlite3 alone", await asyncio.to_thread(limit, file, number), together)
    return together / each


def show(what: str, reached: float, together: float) -> None:
    sys.stdout.write(f"  {what:<24}{reached:>9,.0f}/s  {reached / together:5.2f}\n")
