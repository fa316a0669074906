"""The engine in force: which database every table reads and writes."""

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from piccolo.query.base import Query
from piccolo.query.methods import Delete, Insert, Raw, Update
from piccolo.querystring import QueryString
from piccolo.table import TABLE_REGISTRY

from app.database.group import Statement, Unit
from app.database.postgres import PooledPostgresEngine
from app.database.refusals import CannotConnect, NotConnected
from app.database.sqlite import GroupingSQLiteEngine, sqlite_path
from app.database.transactions import Changes

AnyEngine = GroupingSQLiteEngine | PooledPostgresEngine
WRITING = (Insert, Update, Delete, Raw)

_in_force: AnyEngine | None = None


def engine() -> AnyEngine:
    if _in_force is None:
        raise NotConnected
    return _in_force


async def connect(url: str) -> None:
    """Use the database at `sqlite:///PATH` or `postgresql://…` for every table from now on.

    Raises CannotConnect.
    """
    global _in_force
    await disconnect()
    _in_force = await _opened(url)
    show_piccolo_the_way()
    _bind(_in_force)


def show_piccolo_the_way() -> None:
    """Piccolo finds the engine and the packages that have tables through this module."""
    os.environ["PICCOLO_CONF"] = "app.piccolo_conf"


async def disconnect() -> None:
    """Finish what is being written and close every connection. Nothing, when none is open."""
    global _in_force
    leaving, _in_force = _in_force, None
    _bind(None)
    if leaving is not None:
        leaving.changes.note()
        await leaving.close()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[None]:
    await connect(url)
    try:
        yield
    finally:
        await disconnect()


async def answers() -> bool:
    """Whether the database can be read at this moment."""
    try:
        await engine().run_querystring(QueryString("SELECT 1"))
    except Exception:
        # Whatever the reason, no request should be sent here now.
        return False
    return True


def changes() -> Changes:
    """Counts every transaction and every lone write of this process, once it is durable: what was
    read before may be out of date. Units that are written together, which are what the public
    sends, do not count. The end of the connection does."""
    return engine().changes


def transaction() -> AbstractAsyncContextManager[object]:
    """Reads and writes that belong together: all or nothing, and no other transaction meanwhile.

    Rolls back on any exception. A nested one joins the outer. After an error inside, caught or
    not, nothing of it is kept: the end raises TransactionFailed unless an exception does already.
    """
    return engine().transaction()


async def write_together(*queries: Query[Any, Any] | QueryString) -> None:
    """Write all of `queries` or none, with whatever others are writing at this moment.

    Returns only when they are durable. Raises AlreadyThere, and TooBusy when too much waits.
    Takes inserts, updates, deletes, raw SQL and what is prepared of these; other kinds raise
    TypeError. What one unit finds
    may be another's doing of the same moment: only constraints keep units apart, so what must
    first be read belongs in a transaction.
    """
    if engine().transaction_exists():
        raise RuntimeError("Inside a transaction write with plain queries")
    await engine().write(_unit(queries))


def _unit(queries: tuple[Query[Any, Any] | QueryString, ...]) -> Unit:
    return [statement for query in queries for statement in _statements(query)]


def _statements(query: Query[Any, Any] | QueryString) -> list[Statement]:
    if isinstance(query, QueryString):
        return [Statement(*query.compile_string(engine_type=engine().engine_type))]
    if not isinstance(query, WRITING):
        raise TypeError(f"write_together cannot write a {type(query).__name__}")
    query._validate()  # type: ignore[no-untyped-call]
    kind = engine().engine_type
    return [Statement(*string.compile_string(engine_type=kind)) for string in query.querystrings]


async def _opened(url: str) -> AnyEngine:
    path = sqlite_path(url)
    try:
        if path is not None:
            return GroupingSQLiteEngine(path)
        postgres = PooledPostgresEngine(url)
        await postgres.open()
    except (OSError, sqlite3.Error, asyncpg.PostgresError) as error:
        raise CannotConnect(error) from error
    return postgres


def _bind(to: AnyEngine | None) -> None:
    for table in TABLE_REGISTRY:
        table._meta._db = to
