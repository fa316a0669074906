"""Signing in, and changing one's own password."""

from datetime import datetime

from app.audit import store as audit
from app.auth.account import Account, normal_email
from app.auth.hashing import hash_password, password_matches
from app.auth.passwords import password_problem
from app.auth.refusals import UnusableAccount, WrongPassword
from app.auth.store.failures import begin_try, succeeded
from app.auth.store.links import spend_links
from app.auth.store.sessions import begin_session, end_sessions
from app.auth.tables import AccountRow
from app.database import transaction

# The same for a wrong password, an account that is disabled and one that there is not.
NOT_RIGHT = "The email address or the password is not right"


async def sign_in(
    email: str, password: str, *, host: str, old_token: str = "", now: datetime
) -> str:
    """A new session's token. `host` is the client's address, `old_token` what its browser held.

    Raises WrongPassword or TryLater. Takes as long whether or not there is such an account.
    """
    known = normal_email(email) or email.strip().lower()
    this = await begin_try(known, host, now=now)
    row = await AccountRow.select().where(AccountRow.email == known).first()
    kept = row["password_hash"] if row and not row["disabled"] else ""
    matches, upgraded = await password_matches(password, kept)
    if row is None or not matches:
        raise WrongPassword(NOT_RIGHT)
    async with transaction():
        if not await _note_sign_in(row["id"], kept, upgraded, now):
            raise WrongPassword(NOT_RIGHT)
        await succeeded(this, known, host)
        return await begin_session(row["id"], instead_of=old_token, now=now)


async def change_password(account: Account, old: str, new: str, *, host: str, now: datetime) -> str:
    """Signs the account out everywhere and returns a new session's token for this browser.

    Raises WrongPassword, TryLater, and UnusableAccount for a new password that will not do.
    """
    if problem := password_problem(new, email=account.email):
        raise UnusableAccount(problem)
    this = await begin_try(account.email, host, now=now)
    row = await AccountRow.select().where(AccountRow.id == account.id).first()
    kept = row["password_hash"] if row else ""
    matches, _ = await password_matches(old, kept)
    if not matches:
        raise WrongPassword("Your current password is not right")
    replacement = await hash_password(new)
    async with transaction():
        if not await _note_sign_in(account.id, kept, replacement, now):
            raise WrongPassword("Your password was changed in the meantime")
        await succeeded(this, account.email, host)
        await end_sessions(account.id)
        await spend_links(account.id, now=now)
        token = await begin_session(account.id, instead_of="", now=now)
        await audit.record("change-password", f"account:{account.email}", by=account.email)
    return token


async def _note_sign_in(account_id: int, kept: str, new_hash: str | None, now: datetime) -> bool:
    """False when the account was disabled or its password changed while this one was checked."""
    changed = (
        await AccountRow.update(
            {AccountRow.signed_in_at: now, AccountRow.password_hash: new_hash or kept}
        )
        .where(
            AccountRow.id == account_id,
            AccountRow.password_hash == kept,
            AccountRow.disabled == False,  # noqa: E712 (it builds SQL)
        )
        .returning(AccountRow.id)
    )
    return bool(changed)
