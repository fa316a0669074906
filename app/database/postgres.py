"""PostgreSQL behind Piccolo: its pool, with exits that give connections back."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final, NoReturn, TypeVar

import asyncpg  # type: ignore[import-untyped]
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

from app.database.group import GroupCommit, Outcome, Row, Unit
from app.database.refusals import AlreadyThere, NotConnected, TooBusy
from app.database.transactions import (
    Changes,
    OpenTransactions,
    Transaction,
    TransactionFailed,
)

T = TypeVar("T")

CONNECTIONS = 10
# The round trips of one hide those of another. Constraints keep units apart, here as elsewhere.
GROUPS = 4
SECONDS_TO_WAIT = 30
# One interactive transaction at a time, over all processes, as on SQLite: what it reads (the last
# number, the last hash of a chain) stays true until it ends. Units do not wait for this lock.
TAKE_TURN: Final = f"""
    BEGIN;
    SET LOCAL lock_timeout = '{SECONDS_TO_WAIT}s';
    SELECT pg_advisory_xact_lock({0x68656172});
"""


class DoesNotFit(ValueError):  # noqa: N818 (named as a sentence, like a refusal)
    """A value is of the wrong kind or too long for its column. Names no value."""


# Errors that are about the rows, after which PostgreSQL surely kept nothing. After any other, a
# lost connection say, the commit may have been done: to write the units again could double them.
CLEAR_REFUSALS = (
    AlreadyThere,
    DoesNotFit,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.DeadlockDetectedError,
)


async def with_plain_errors(work: Awaitable[T]) -> T:
    """PostgreSQL's errors quote the row's values: here they lose them, so that no log has them."""
    try:
        return await work
    except asyncpg.UniqueViolationError as error:
        raise AlreadyThere(f"unique constraint {error.constraint_name}") from None
    except asyncpg.DataError as error:
        raise DoesNotFit(type(error).__name__) from None
    except asyncpg.LockNotAvailableError:
        raise TooBusy from None
    except asyncpg.PostgresError as error:
        error.detail = None
        raise


async def nothing_to_reset(connection: object) -> None:
    """We leave no state in a session, so asyncpg's reset would be a round trip for nothing.

    It rolls back a transaction that is still open before this is called.
    """


class PooledPostgresEngine(PostgresEngine):
    """Piccolo's engine with transactions of our own; tables and queries stay stock."""

    def __init__(self, url: str) -> None:
        super().__init__(config={"dsn": url})
        self.changes = Changes()
        self._open = OpenTransactions()
        self.current_transaction = self._open  # type: ignore[assignment]
        self._turn = asyncio.Lock()
        self._group = GroupCommit(self._write_group, at_once=GROUPS)

    async def check_version(self) -> None:
        """Piccolo would open a connection for this before there is a pool."""

    async def open(self) -> None:
        await self.start_connection_pool(min_size=1, max_size=CONNECTIONS, reset=nothing_to_reset)

    async def close(self) -> None:
        await self._group.close()
        await self.close_connection_pool()

    @property
    def _connections(self) -> Any:
        if self.pool is None:
            raise NotConnected
        return self.pool

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[Row]:
        try:
            with self._open.spoilt_by_errors():
                return await with_plain_errors(super().run_querystring(querystring))
        finally:
            # Whatever may not be a reading counts as a change: too many are harmless.
            if not querystring.template.startswith("SELECT"):
                self.changes.note()

    async def run_prepared(self, querystring: QueryString) -> list[Row]:
        return await self.run_querystring(querystring)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[Row]:
        try:
            with self._open.spoilt_by_errors():
                return await with_plain_errors(super().run_ddl(ddl))
        finally:
            self.changes.note()

    async def write(self, unit: Unit) -> None:
        """Write a unit with whatever else is waiting: all of it or nothing, durable on return."""
        await self._group.add(unit)

    async def _write_group(self, units: list[Unit]) -> list[Outcome]:
        try:
            await with_plain_errors(self._together(units))
        except CLEAR_REFUSALS as error:
            return [error] if len(units) == 1 else [await self._alone(unit) for unit in units]
        return [[] for _ in units]

    async def _alone(self, unit: Unit) -> Outcome:
        try:
            await with_plain_errors(self._together([unit]))
        except Exception as error:  # this unit's own: those before it are already stored
            return error
        return []

    async def _together(self, units: list[Unit]) -> None:
        """One transaction; units of one shape go statement by statement, in few round trips.

        Measured with the server on the same two busy cores: 1.2 to 3 times a transaction each over
        ten connections. With a network between, the round trips saved count for more.
        """
        shapes: dict[tuple[str, ...], list[Unit]] = {}
        for unit in units:
            shapes.setdefault(tuple(sql for sql, _ in unit), []).append(unit)
        async with self._connections.acquire() as connection, connection.transaction():
            for shape, alike in shapes.items():
                for place, sql in enumerate(shape):
                    await connection.executemany(sql, [unit[place].values for unit in alike])

    async def copied(self, query: str, *values: Any) -> bytearray:
        """All that a query finds, in the binary form of COPY. Never part of a transaction."""
        found = bytearray()

        async def keep(part: bytes) -> None:
            found.extend(part)

        async with self._connections.acquire() as connection:
            copying = connection.copy_from_query(query, *values, output=keep, format="binary")
            await with_plain_errors(copying)
        return found

    def transaction(self, allow_nested: bool = True) -> "PostgresTransaction":  # type: ignore[override]
        return PostgresTransaction(self, self._open)

    async def begin(self) -> Any:
        """A connection whose transaction has its turn. Raises TooBusy when that takes too long."""
        try:
            # Waiting here, not in the pool, leaves its connections to those who read.
            async with asyncio.timeout(SECONDS_TO_WAIT):
                await self._turn.acquire()
        except TimeoutError:
            raise TooBusy from None
        connection = None
        try:
            connection = await self._connections.acquire()
            await with_plain_errors(connection.execute(TAKE_TURN))
        except BaseException:
            await self._give_back(connection)
            raise
        return connection

    async def finish(self, connection: Any, *, commit: bool) -> None:
        try:
            ending = "COMMIT" if commit else "ROLLBACK"
            if await with_plain_errors(connection.execute(ending)) != ending:
                raise TransactionFailed("PostgreSQL rolled back instead of committing")
        finally:
            self.changes.note()
            await self._give_back(connection)

    async def _give_back(self, connection: Any) -> None:
        # Releasing also rolls back a transaction that is still open.
        try:
            if connection is not None:
                await self._connections.release(connection)
        finally:
            self._turn.release()

    async def batch(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError("batch() swallows exceptions: select in parts by id instead")


class PostgresTransaction(Transaction):
    """Holds one connection of the pool from BEGIN to the end."""

    connection: Any

    def __init__(self, engine: PooledPostgresEngine, open_transactions: OpenTransactions) -> None:
        super().__init__(open_transactions)
        self._engine = engine

    async def begin(self) -> None:
        self.connection = await self._engine.begin()

    async def finish(self, *, commit: bool) -> None:
        await self._engine.finish(self.connection, commit=commit)
