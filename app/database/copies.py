"""A consistent copy of the whole database in a folder, and the way back, all or nothing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, ClassVar

import asyncpg  # type: ignore[import-untyped]
import msgspec
from msgspec import Struct

from app.database.in_force import connected, engine, transaction
from app.database.migrating import (
    drop_every_table,
    every_table,
    holds_anything,
    known_migrations,
    migrate,
    migrate_to,
)
from app.database.postgres import CLEAR_REFUSALS, with_plain_errors
from app.database.sqlite import FOR_ITS_OWNER, SECONDS_TO_WAIT, hold_file, sqlite_path
from app.problems import Refusal

DESCRIPTION = "description.json"
SQLITE_COPY = "database.sqlite"
DAMAGED = "The database in the backup is damaged. Use another backup."
WHAT_RAN = "SELECT app_name, max(name) AS last FROM migration GROUP BY app_name"


class CopyDoesNotFit(Refusal):
    """The copy is of another kind of database, or of a later version of the program."""

    title: ClassVar[str] = "This backup cannot be restored here"


class Copied(Struct, frozen=True):
    """One PostgreSQL table: `last_id` is the last number that its sequence gave, if any."""

    table: str
    columns: tuple[str, ...]
    last_id: int | None


class Description(Struct, frozen=True):
    """`reached` is the last migration of each package; `tables` are empty for SQLite."""

    kind: str
    reached: dict[str, str]
    tables: tuple[Copied, ...] = ()


async def save_copy(url: str, folder: Path) -> None:
    """Copy the database at `url`, as it is at one moment, to an empty folder; others may write."""
    path = sqlite_path(url)
    if path is None:
        description = await _save_postgres(url, folder)
    else:
        description = await asyncio.to_thread(_save_sqlite, path, folder)
    (folder / DESCRIPTION).write_bytes(msgspec.json.encode(description))


@asynccontextmanager
async def loading_copy(url: str, folder: Path) -> AsyncIterator[None]:
    """Replace the database at `url` by the copy in `folder`, brought up to date.

    The body runs when all has been checked and is ready; only after it is the change made, in one
    transaction. Any exception leaves what was there. Raises CopyDoesNotFit. Ends the connection
    in force.
    """
    description = msgspec.json.decode((folder / DESCRIPTION).read_bytes(), type=Description)
    path = sqlite_path(url)
    _refuse_another_kind(description.kind, "postgres" if path is None else "sqlite")
    _refuse_a_later_version(description.reached)
    if path is None:
        async with connected(url), transaction():
            await _load_postgres(description, folder)
            yield
    else:
        copy = folder / SQLITE_COPY
        await _make_ready(copy)
        yield
        await asyncio.to_thread(_pour, copy, path)


async def is_empty(url: str) -> bool:
    """Whether the database at `url` has no row yet. Ends the connection in force."""
    async with connected(url):
        return not await holds_anything()


def _refuse_another_kind(kind: str, here: str) -> None:
    names = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
    if kind != here:
        raise CopyDoesNotFit(
            f"The backup is of {names[kind]} and HEARBACK_DATABASE_URL names {names[here]}. "
            f"Set it to a {names[kind]} database."
        )


def _refuse_a_later_version(reached: dict[str, str]) -> None:
    known = known_migrations()
    if any(last not in known.get(package, ()) for package, last in reached.items()):
        raise CopyDoesNotFit(
            "The backup was made by a later version of Hearback. Install that version first."
        )


def _save_sqlite(path: str, folder: Path) -> Description:
    copy = folder / SQLITE_COPY
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        # All pages in one step: a consistent snapshot, and in WAL mode no writer waits for it.
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode = DELETE")
        return Description("sqlite", dict(target.execute(WHAT_RAN).fetchall()))


async def _make_ready(copy: Path) -> None:
    await asyncio.to_thread(_refuse_damage, copy)
    async with connected(f"sqlite:///{copy}"):
        await migrate()


def _refuse_damage(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        if not _is_sound(connection):
            raise CopyDoesNotFit(DAMAGED)


def _is_sound(connection: sqlite3.Connection) -> bool:
    try:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:  # too damaged to be looked at
        return False
    return found == [("ok",)] and not orphans


def _pour(copy: Path, path: str) -> None:
    Path(path).touch(FOR_ITS_OWNER)
    with (
        hold_file(path),
        closing(sqlite3.connect(copy)) as source,
        closing(sqlite3.connect(path, timeout=SECONDS_TO_WAIT)) as target,
    ):
        target.execute("PRAGMA journal_mode = WAL")
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target, pages=-1)


async def _save_postgres(url: str, folder: Path) -> Description:
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            reached = dict(await connection.fetch(WHAT_RAN))
            names = [table._meta.tablename for table in every_table()]
            tables = [await _save_table(connection, name, folder) for name in names]
            return Description("postgres", reached, tuple(tables))
    finally:
        await connection.close()


async def _save_table(connection: Any, table: str, folder: Path) -> Copied:
    columns = await connection.fetch(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
        table,
    )
    await connection.copy_from_table(table, output=folder / f"{table}.copy")
    # Read after the rows, so that it is never behind them: sequences stand outside snapshots.
    last_id = await connection.fetchval(
        "SELECT pg_sequence_last_value(pg_get_serial_sequence(quote_ident($1), 'id')::regclass)",
        table,
    )
    return Copied(table, tuple(name for (name,) in columns), last_id)


async def _load_postgres(description: Description, folder: Path) -> None:
    await drop_every_table()
    await migrate_to(description.reached)
    try:
        await with_plain_errors(_load_tables(description.tables, folder))
    except CLEAR_REFUSALS as error:
        raise CopyDoesNotFit(DAMAGED) from error
    await migrate()


async def _load_tables(tables: Iterable[Copied], folder: Path) -> None:
    connection = engine().current_transaction.get().connection  # type: ignore[union-attr]
    for copied in tables:
        file = folder / f"{copied.table}.copy"
        await connection.copy_to_table(copied.table, source=file, columns=copied.columns)
        if copied.last_id is not None:
            await connection.execute(
                "SELECT setval(pg_get_serial_sequence(quote_ident($1), 'id'), $2)",
                copied.table,
                copied.last_id,
            )
