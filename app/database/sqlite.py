"""SQLite behind Piccolo: one connection that writes, a few that read, grouped commits."""

import asyncio
import fcntl
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NoReturn, TypeVar

from piccolo.engine.sqlite import SQLiteEngine
from piccolo.querystring import QueryString

from app.database.group import GroupCommit, Outcome, Row, Statement, Unit
from app.database.refusals import AlreadyThere, TooBusy
from app.database.transactions import Changes, OpenTransactions, Transaction, to_the_end

T = TypeVar("T")

READERS = 4
SECONDS_TO_WAIT = 30.0
# Answers and contact details are in it. The log beside it takes over the database's own mode.
FOR_ITS_OWNER = 0o600
BROKEN_UNIQUENESS = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
WRITING_WORD: Final = re.compile(r"\b(insert|update|delete|replace)\b", re.IGNORECASE)


def sqlite_path(url: str) -> str | None:
    """The path in `sqlite:///PATH`; None for the address of another kind of database."""
    return url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else None


def only_reads(sql: str) -> bool:
    """Whether a reader may run it. When in doubt it goes to the writer, which can do both."""
    first = sql.split(maxsplit=1)[0].upper()
    return first == "SELECT" or (first == "WITH" and not WRITING_WORD.search(sql))


def open_connection(path: str) -> sqlite3.Connection:
    # check_same_thread is off so that a connection can be closed after its thread has ended.
    return sqlite3.connect(
        path,
        timeout=SECONDS_TO_WAIT,
        isolation_level=None,
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
        check_same_thread=False,
    )


def rows_of(connection: sqlite3.Connection, statement: Statement) -> list[Row]:
    try:
        found = connection.execute(statement.sql, statement.values)
        # All at once: a row factory is called for each, which takes four times as long.
        rows = found.fetchall()
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode in BROKEN_UNIQUENESS:
            raise AlreadyThere(str(error)) from None
        raise
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in rows]


def open_gate(path: str) -> IO[str]:
    Path(f"{path}.lock").touch(FOR_ITS_OWNER)
    return Path(f"{path}.lock").open("w")


@contextmanager
def hold_file(path: str) -> Iterator[None]:
    """Keep every writer of the file at `path` out, of this process and of others."""
    with open_gate(path) as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


class Writer:
    """The one connection that writes. Every method runs in one thread, so never two at once.

    The lock on a file beside the database keeps a second process out for the length of a group or
    a transaction. SQLite's own way of waiting sleeps, and before 3.51.3 two connections that
    check-point at once can damage the file.
    """

    def __init__(self, path: str) -> None:
        with hold_file(path):
            Path(path).touch(FOR_ITS_OWNER)
            self.connection = open_connection(path)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = FULL")
            self.connection.execute("PRAGMA foreign_keys = ON")
        self._gate = open_gate(path)

    def begin(self) -> None:
        """Raises TooBusy when a program that does not know our lock has the file for too long."""
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise TooBusy from None
            raise

    def leave(self) -> None:
        """Roll back what is still open, after a COMMIT that failed too, and let others in."""
        try:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def finish(self, commit: bool) -> None:
        try:
            if commit:
                self.connection.execute("COMMIT")
        finally:
            self.leave()

    def run(self, statement: Statement) -> list[Row]:
        return rows_of(self.connection, statement)

    def write_group(self, units: Sequence[Unit]) -> list[Outcome]:
        try:
            return self._together(units)
        except sqlite3.IntegrityError as error:
            # A constraint that is only checked at COMMIT: find out whose it was.
            return [error] if len(units) == 1 else [self._alone(unit) for unit in units]

    def close(self) -> None:
        # The last connection to close writes the log back into the database: a check-point too.
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        self.connection.close()
        self._gate.close()

    def _together(self, units: Sequence[Unit]) -> list[Outcome]:
        try:
            self.begin()
            outcomes = [self._in_savepoint(unit) for unit in units]
            self.connection.execute("COMMIT")
            return outcomes
        finally:
            self.leave()

    def _alone(self, unit: Unit) -> Outcome:
        try:
            return self._together([unit])[0]
        except Exception as error:  # this unit's own: those before it are already stored
            return error

    def _in_savepoint(self, unit: Unit) -> Outcome:
        outcome: Outcome
        self.connection.execute("SAVEPOINT unit")
        try:
            outcome = [self.run(statement) for statement in unit]
        except Exception as error:
            if not self.connection.in_transaction:  # a full disk, say, ends the whole group
                raise
            self.connection.execute("ROLLBACK TO unit")
            outcome = error
        self.connection.execute("RELEASE unit")
        return outcome


class Readers:
    """Connections that cannot write, one in each of a few threads."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []

    def run(self, statement: Statement) -> list[Row]:
        return rows_of(self._connection(), statement)

    def run_each(self, units: Sequence[Unit]) -> list[Outcome]:
        return [self._outcome(unit) for unit in units]

    def close(self) -> None:
        for connection in self._all:
            connection.close()

    def _outcome(self, unit: Unit) -> Outcome:
        try:
            return [self.run(statement) for statement in unit]
        except Exception as error:  # whoever asked for this is told, and nobody else
            return error

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if found is None:
            found = self._mine.connection = open_connection(self._path)
            found.execute("PRAGMA wal_autocheckpoint = 0")
            found.execute("PRAGMA query_only = ON")
            self._all.append(found)
        return found


class GroupingSQLiteEngine(SQLiteEngine):
    """Piccolo's engine with its ways to the database replaced; tables and queries stay stock."""

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self.changes = Changes()
        self._open = OpenTransactions()
        self.current_transaction = self._open  # type: ignore[assignment]
        self._writer = Writer(path)
        self._readers = Readers(path)
        self._writing = ThreadPoolExecutor(1, "sqlite-writer")
        self._reading = ThreadPoolExecutor(READERS, "sqlite-reader")
        self._turn = asyncio.Lock()
        self._group = GroupCommit(self._write_group)
        self._looking = GroupCommit(self._read_group, at_once=READERS)

    async def check_version(self) -> None:
        """An insert gives its id by RETURNING."""
        if sqlite3.sqlite_version_info < (3, 35):
            raise RuntimeError(f"SQLite 3.35 or later is needed; this is {sqlite3.sqlite_version}")

    async def close(self) -> None:
        await self._group.close()
        await self._looking.close()
        async with self._turn:
            await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._reading.shutdown()
        self._readers.close()
        self._writing.submit(self._writer.close).result()
        self._writing.shutdown()

    async def write(self, unit: Unit) -> list[list[Row]]:
        """Write a unit with whatever else is waiting: all of it or nothing, durable on return."""
        return await self._group.add(unit)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        return await self._run(Statement(*querystring.compile_string(engine_type="sqlite")))

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        return await self._run(Statement(ddl))

    async def run_prepared(self, querystring: QueryString) -> list[Row]:
        """As any other; but what is looked up at one moment goes to a reader together, since going
        to another thread and back takes longer than looking a row up."""
        statement = Statement(*querystring.compile_string(engine_type="sqlite"))
        if self.transaction_exists() or not only_reads(statement.sql):
            return await self._run(statement)
        return (await self._looking.add([statement]))[0]

    async def _read_group(self, units: list[Unit]) -> list[Outcome]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, self._readers.run_each, units)

    async def _run(self, statement: Statement) -> list[Row]:
        if self.transaction_exists():
            with self._open.spoilt_by_errors():
                return await self.in_writer(self._writer.run, statement)
        if only_reads(statement.sql):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._reading, self._readers.run, statement)
        try:
            return (await self.write([statement]))[0]
        finally:
            self.changes.note()

    async def in_writer(self, work: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writing, work, *given)

    async def _write_group(self, units: list[Unit]) -> list[Outcome]:
        async with self._turn:
            return await self.in_writer(self._writer.write_group, units)

    def transaction(self, *_: object, **__: object) -> "SQLiteTransaction":  # type: ignore[override]
        return SQLiteTransaction(self, self._open)

    async def begin(self) -> None:
        """Take the writer for one task alone. Raises TooBusy when it does not come free."""
        try:
            async with asyncio.timeout(SECONDS_TO_WAIT):
                await self._turn.acquire()
        except TimeoutError:
            raise TooBusy from None
        try:
            await self.in_writer(self._writer.begin)
        except BaseException:
            await to_the_end(self.finish(commit=False))
            raise

    async def finish(self, *, commit: bool) -> None:
        try:
            await self.in_writer(self._writer.finish, commit)
        finally:
            self.changes.note()
            self._turn.release()

    async def batch(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError("batch() swallows exceptions: select in parts by id instead")

    async def get_connection(self) -> NoReturn:
        raise NotImplementedError("Connections of their own would break the rule of one writer")


class SQLiteTransaction(Transaction):
    """Holds the writer from BEGIN IMMEDIATE to the end, so what was read stays true."""

    def __init__(self, engine: GroupingSQLiteEngine, open_transactions: OpenTransactions) -> None:
        super().__init__(open_transactions)
        self._engine = engine

    async def begin(self) -> None:
        await self._engine.begin()

    async def finish(self, *, commit: bool) -> None:
        await self._engine.finish(commit=commit)
