"""The coded answers of a consultation's analysed responses: a few by a query, many without keeping
the server from answering."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from typing import Final

import numpy as np
from msgspec import Struct
from piccolo.querystring import QueryString

from app.database import engine
from app.database.group import Row
from app.database.postgres import PooledPostgresEngine
from app.settings import settings
from responses import rows_apart
from responses.coded_rows import CHANNELS, MOST_TOGETHER, CodedRows, parts_told, rows_copied
from responses.response import ANALYSED

MANY: Final = 30_000
"""Responses. A process of its own for fewer would take longer than reading them here."""

# A sum is no column, so SQLite gives its numbers without asking Piccolo to read each.
_COLUMNS = (
    "+id AS response_id, +version AS version_id, +round_number AS round_number, channel, coded"
)
_THOSE = "FROM response WHERE consultation = {} AND status = {}"
_SINCE = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS since"
# PostgreSQL gives ids out before it commits, so a response may come after others with higher ids:
# what could not be seen is from `since` on, the oldest transaction that was under way. Responses
# that were restored from another cluster may bear numbers of transactions yet to come.
_LATER = {
    "sqlite": f"""
        SELECT {_COLUMNS} FROM response INDEXED BY response_consultation
        WHERE consultation = {{}} AND status = {{}} AND id > {{}} ORDER BY id
    """,  # noqa: S608 (our own words)
    "postgres": f"""
        SELECT {_COLUMNS}, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS since
        {_THOSE} AND transaction_id >= {{}}::text::xid8
        AND (transaction_id < pg_snapshot_xmax(pg_current_snapshot())
             OR transaction_id = pg_current_xact_id_if_assigned())
        ORDER BY id
    """,
}
_COPIED = """
    SELECT id::bigint, round_number, array_position($1::text[], channel::text) - 1, coded
    FROM response WHERE consultation = $2 AND status = $3 AND version = $4
"""


class CodedRow(Struct, frozen=True):
    """One analysed response as its version's code table wrote it."""

    response_id: int
    version_id: int
    round_number: int
    channel: str
    coded: bytes


class Reached(Struct, frozen=True):
    """How far responses were read: the highest id, and on PostgreSQL the transaction from which on
    others may come that have lower ids."""

    last: int = 0
    since: int = 0


async def coded_rows(consultation_id: int) -> tuple[CodedRow, ...]:
    """Every analysed response of a consultation in the order stored."""
    query = f"SELECT {_COLUMNS} {_THOSE} ORDER BY id"
    found = await engine().run_querystring(QueryString(query, consultation_id, ANALYSED))
    return tuple(map(_coded_row, found))


async def reached_now() -> int:
    """Asked before everything is read: from which transaction on more may come."""
    if engine().engine_type == "sqlite":
        return 0
    since: int = (await engine().run_querystring(QueryString(_SINCE)))[0]["since"]
    return since


async def later_coded_rows(
    consultation_id: int, reached: Reached
) -> tuple[tuple[CodedRow, ...], Reached]:
    """Those that came since, and how far they reach. Some that were read before may be among them,
    all with ids up to `reached.last`."""
    kind = engine().engine_type
    mark = str(reached.since) if kind == "postgres" else reached.last
    query = QueryString(_LATER[kind], consultation_id, ANALYSED, mark)
    found = await engine().run_querystring(query)
    if not found:
        return (), reached
    rows = tuple(map(_coded_row, found))
    return rows, Reached(max(reached.last, rows[-1].response_id), found[0].get("since", 0))


def _coded_row(row: Row) -> CodedRow:
    return CodedRow(
        row["response_id"], row["version_id"], row["round_number"], row["channel"], row["coded"]
    )


async def coded_rows_in_parts(
    consultation_id: int, most: int
) -> AsyncIterator[tuple[CodedRow, ...]]:
    """Every analysed response by id, at most so many at a time."""
    last = 0
    query = f"SELECT {_COLUMNS} {_THOSE} AND id > {{}} ORDER BY id LIMIT {{}}"
    while found := await engine().run_querystring(
        QueryString(query, consultation_id, ANALYSED, last, most)
    ):
        yield tuple(map(_coded_row, found))
        last = found[-1]["response_id"]


async def are_many(consultation_id: int) -> bool:
    """Whether reading them all is better left to others than this process."""
    query = QueryString(
        "SELECT 1 AS one FROM response WHERE consultation = {} LIMIT 1 OFFSET {}",
        consultation_id,
        MANY,
    )
    return bool(await engine().run_querystring(query))


async def many_coded_rows(consultation_id: int, widths: Mapping[int, int]) -> list[CodedRows]:
    """All of them, read by another process, or by PostgreSQL itself; never from within a
    transaction, whose own changes they cannot see. `widths` are bytes by version id."""
    there = engine()
    if not isinstance(there, PooledPostgresEngine):
        return await _from_sqlite(str(there.path), consultation_id)
    return [
        part
        for version, width in widths.items()
        for part in await _from_postgres(there, consultation_id, version, width)
    ]


async def _from_sqlite(path: str, consultation_id: int) -> list[CodedRows]:
    """What the process tells goes through a file without a name, which ends with its last user."""
    asked = {
        "path": path,
        "consultation": consultation_id,
        "status": ANALYSED,
        "channels": CHANNELS,
        "together": MOST_TOGETHER,
    }
    with tempfile.TemporaryFile(dir=settings().data_dir) as told:
        reading = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-S",
            rows_apart.__file__,
            stdin=asyncio.subprocess.PIPE,
            stdout=told,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            _, complaint = await reading.communicate(json.dumps(asked).encode())
        except BaseException:
            reading.kill()
            raise
        if reading.returncode:
            raise RuntimeError(f"Coded answers could not be read: {complaint.decode()}")
        told.seek(0)
        return await asyncio.to_thread(lambda: list(parts_told(np.fromfile(told, np.uint8))))


async def _from_postgres(
    there: PooledPostgresEngine, consultation_id: int, version: int, width: int
) -> list[CodedRows]:
    copied = await there.copied(_COPIED, list(CHANNELS), consultation_id, ANALYSED, version)
    return await asyncio.to_thread(lambda: list(rows_copied(version, copied, width)))
