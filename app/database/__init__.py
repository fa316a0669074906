"""The one way to the database: connect, migrate, read, and write so that nothing is half done."""

from app.database.in_force import (
    answers,
    changes,
    connect,
    connected,
    disconnect,
    engine,
    transaction,
    write_together,
)
from app.database.migrating import migrate
from app.database.prepared import Prepared, Ready
from app.database.refusals import AlreadyThere, CannotConnect, NotConnected, TooBusy
from app.database.transactions import Changes, TransactionFailed

__all__ = [
    "AlreadyThere",
    "CannotConnect",
    "Changes",
    "NotConnected",
    "Prepared",
    "Ready",
    "TooBusy",
    "TransactionFailed",
    "answers",
    "changes",
    "connect",
    "connected",
    "disconnect",
    "engine",
    "migrate",
    "transaction",
    "write_together",
]
