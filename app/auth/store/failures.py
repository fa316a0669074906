"""Sign-ins that failed: counted to slow guessing down, and forgotten within a day."""

from datetime import datetime

from app.auth.refusals import TryLater
from app.auth.store.tokens import keyed_hash
from app.auth.tables import FailureRow
from app.auth.throttle import (
    SAME_ACCOUNT,
    SAME_NETWORK,
    Pace,
    later,
    network_of,
    open_again_at,
)
from app.database import transaction
from app.settings import settings

# Both pauses are at their longest well before this many.
ENOUGH = 500


async def begin_try(email: str, host: str, *, now: datetime, pace: Pace = SAME_ACCOUNT) -> int:
    """Notes a try as failed before it is made, so that tries at the same moment count each other.
    What is tried need not be an account: `email` names it, and `pace` is its own.

    Returns its id, for `succeeded`. Raises TryLater, and then does not count it.
    """
    row = FailureRow(
        account_hash=keyed_hash(email), network_hash=keyed_hash(network_of(host)), failed_at=now
    )
    async with transaction():
        await FailureRow.delete().where(FailureRow.failed_at < now - SAME_ACCOUNT.within)
        this = int((await FailureRow.insert(row).returning(FailureRow.id))[0]["id"])
    again = await _open_again_at(row, this, now, pace) if settings().rate_limits else None
    if again and again > now:
        async with transaction():
            await FailureRow.delete().where(FailureRow.id == this)
        raise TryLater(again - now)
    return this


async def succeeded(this: int, email: str, host: str) -> None:
    """Forgets this try and the earlier failures on this account from this network.

    The network's failures on other accounts stay: an account of one's own is no way to go on
    guessing at theirs. Inside a transaction.
    """
    await FailureRow.delete().where(
        (FailureRow.id == this)
        | (
            (FailureRow.account_hash == keyed_hash(email))
            & (FailureRow.network_hash == keyed_hash(network_of(host)))
        )
    )


async def forget_account(email: str) -> None:
    """Once its owner has set a new password. Inside a transaction."""
    await FailureRow.delete().where(FailureRow.account_hash == keyed_hash(email))


async def forget_try(this: int) -> None:
    """This one succeeded; those before it still count."""
    async with transaction():
        await FailureRow.delete().where(FailureRow.id == this)


async def _open_again_at(row: FailureRow, this: int, now: datetime, pace: Pace) -> datetime | None:
    rows = (
        await FailureRow.select(FailureRow.account_hash, FailureRow.failed_at)
        .where(
            FailureRow.network_hash == row.network_hash,
            FailureRow.id != this,
            FailureRow.failed_at > now - SAME_ACCOUNT.within,
        )
        .order_by(FailureRow.failed_at, ascending=False)
        .limit(ENOUGH)
    )
    network = [r["failed_at"] for r in rows]
    account = [r["failed_at"] for r in rows if r["account_hash"] == row.account_hash]
    return later(open_again_at(account, pace, now), open_again_at(network, SAME_NETWORK, now))
