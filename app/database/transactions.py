"""What a transaction is on either database, and which task it belongs to."""

import asyncio
from abc import abstractmethod
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Self, TypeVar

from piccolo.engine.base import BaseTransaction

T = TypeVar("T")


class TransactionFailed(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """Something inside failed and its exception was caught: the whole was rolled back."""


class Changes:
    """How often the database was changed through one connection."""

    def __init__(self) -> None:
        self.number = 0

    def note(self) -> None:
        self.number += 1


class OpenTransactions:
    """The open transaction of each task.

    Stands where Piccolo keeps a context variable. A context variable is inherited by tasks that
    are started inside a transaction, which then fail when it ends or slip writes into it.
    """

    def __init__(self) -> None:
        self._of: dict[asyncio.Task[Any] | None, Transaction] = {}

    def get(self) -> "Transaction | None":
        return self._of.get(asyncio.current_task())

    def enter(self, transaction: "Transaction") -> None:
        self._of[asyncio.current_task()] = transaction

    def leave(self) -> None:
        del self._of[asyncio.current_task()]

    @contextmanager
    def spoilt_by_errors(self) -> Iterator[None]:
        """An error spoils the open transaction: so PostgreSQL has it, and so SQLite must too."""
        try:
            yield
        except BaseException:
            if transaction := self.get():
                transaction.spoil()
            raise


class Transaction(BaseTransaction):
    """One interactive transaction. A nested one joins the outer, and spoils it when it fails."""

    def __init__(self, open_transactions: OpenTransactions) -> None:
        self._open = open_transactions
        self._outer = open_transactions.get()
        self._spoilt = False

    async def __aenter__(self) -> Self:
        if self._outer is None:
            await self.begin()
            self._open.enter(self)
        return self

    # Always false: an exception is never swallowed.
    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if self._outer is not None:
            if error is not None:
                self._outer.spoil()
            return False
        self._open.leave()
        await to_the_end(self.finish(commit=error is None and not self._spoilt))
        if error is None and self._spoilt:
            raise TransactionFailed("A part of this transaction failed, so all was rolled back")
        return False

    def spoil(self) -> None:
        self._spoilt = True

    @abstractmethod
    async def begin(self) -> None: ...

    @abstractmethod
    async def finish(self, *, commit: bool) -> None:
        """Commit or roll back, and free what was taken, whatever happens."""


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, which goes on to its end even when the waiting task is cancelled."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
