"""Sessions: rows that a cookie's token leads to, until they are idle, old or ended."""

from datetime import datetime, timedelta

from app.auth.account import Account, Role
from app.auth.store.tokens import new_token, token_hash
from app.auth.tables import SessionRow
from app.database import transaction

# Long enough to key a letter or read a difficult answer; a working day at most.
IDLE = timedelta(hours=2)
AT_MOST = timedelta(hours=12)
# So that a session in use costs one write a minute and not one a page.
NOTED_EVERY = timedelta(minutes=1)


async def begin_session(account_id: int, *, instead_of: str, now: datetime) -> str:
    """A new token. The session of `instead_of`, this browser's last one, ends."""
    await SessionRow.delete().where(
        (SessionRow.token_hash == token_hash(instead_of))
        | (SessionRow.used_at < now - IDLE)
        | (SessionRow.began_at < now - AT_MOST)
    )
    token = new_token()
    await SessionRow.insert(
        SessionRow(token_hash=token_hash(token), account=account_id, began_at=now, used_at=now)
    )
    return token


async def account_of_session(token: str, now: datetime) -> Account | None:
    """Who is signed in with this token, if it still holds."""
    row = (
        await SessionRow.select(
            SessionRow.id,
            SessionRow.used_at,
            SessionRow.account.id.as_alias("account_id"),
            SessionRow.account.email.as_alias("email"),
            SessionRow.account.role.as_alias("role"),
        )
        .where(
            SessionRow.token_hash == token_hash(token),
            SessionRow.used_at >= now - IDLE,
            SessionRow.began_at >= now - AT_MOST,
            SessionRow.account.disabled == False,  # noqa: E712 (it builds SQL)
        )
        .first()
    )
    if row is None:
        return None
    if row["used_at"] < now - NOTED_EVERY:
        async with transaction():
            await SessionRow.update({SessionRow.used_at: now}).where(SessionRow.id == row["id"])
    return Account(row["account_id"], row["email"], Role(row["role"]))


async def end_session(token: str) -> None:
    async with transaction():
        await SessionRow.delete().where(SessionRow.token_hash == token_hash(token))


async def end_sessions(account_id: int) -> None:
    """Signs the account out everywhere. Inside a transaction."""
    await SessionRow.delete().where(SessionRow.account == account_id)
