"""One-time links that set a password: an invitation or a reset, good once and for a while."""

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from app.audit import store as audit
from app.auth import letters
from app.auth.account import Account, Role, normal_email
from app.auth.hashing import hash_password
from app.auth.passwords import password_problem
from app.auth.refusals import AccountDisabled, LinkSpent, NoSuchAccount, UnusableAccount
from app.auth.store.failures import forget_account
from app.auth.store.sessions import end_sessions
from app.auth.store.tokens import new_token, token_hash
from app.auth.tables import AccountRow, LinkRow
from app.database import transaction
from app.mail.store import queue_mail
from app.settings import settings

INVITATION_HOURS = 72
RESET_HOURS = 1
# Whoever asks again and again for someone else's account does not fill that person's post.
NOT_AGAIN_WITHIN = timedelta(minutes=5)


class OneTimeLink(Struct, frozen=True):
    """The whole address, and when it stops working. Only its hash is kept."""

    address: str
    expires_at: datetime


async def make_link(email: str, *, by: str, now: datetime) -> OneTimeLink:
    """A link to hand over in person, for an account whose owner's mail does not arrive.

    Raises NoSuchAccount or AccountDisabled.
    """
    async with transaction():
        row = await AccountRow.select().where(AccountRow.email == normal_email(email)).first()
        return await _make(_enabled(row), by=by, now=now)


async def send_link(account_id: int, *, by: str, now: datetime) -> None:
    """Queues an invitation, or a reset where a password was set. Raises as make_link does."""
    async with transaction():
        row = await AccountRow.select().where(AccountRow.id == account_id).first()
        owner = _enabled(row)
        await send(await _make(owner, by=by, now=now), owner)


async def ask_for_reset(email: str, *, now: datetime) -> None:
    """Queues a link if there is such an account. Never says whether there is.

    Earlier links keep working, so that asking on someone's behalf does not spend theirs.
    """
    async with transaction():
        row = await AccountRow.select().where(AccountRow.email == normal_email(email)).first()
        if row is None or row["disabled"] or await _made_since(row["id"], now - NOT_AGAIN_WITHIN):
            return
        await send(await insert_link(row, now=now), row)


async def account_of_link(token: str, *, now: datetime) -> Account:
    """Whose password the link sets. Raises LinkSpent."""
    row = await AccountRow.select().where(AccountRow.id == await _account_id(token, now)).first()
    if row is None or row["disabled"]:
        raise _spent()
    return Account(row["id"], row["email"], Role(row["role"]))


async def set_password_by_link(token: str, password: str, *, now: datetime) -> Account:
    """Sets the password, spends every link of the account and signs it out everywhere.

    Raises LinkSpent, and UnusableAccount for a password that will not do.
    """
    account = await account_of_link(token, now=now)
    if problem := password_problem(password, email=account.email):
        raise UnusableAccount(problem)
    kept = await hash_password(password)
    async with transaction():
        if not await _spend(token, now):
            raise _spent()
        await AccountRow.update({AccountRow.password_hash: kept}).where(AccountRow.id == account.id)
        await spend_links(account.id, now=now)
        await end_sessions(account.id)
        await forget_account(account.email)
        await audit.record("set-password", f"account:{account.email}", by=account.email)
    return account


async def insert_link(row: dict[str, Any], *, now: datetime) -> OneTimeLink:
    """A link for the account of `row`. Inside a transaction."""
    hours = _hours(row)
    token = new_token()
    expires_at = now + timedelta(hours=hours)
    await LinkRow.insert(
        LinkRow(token_hash=token_hash(token), account=row["id"], made_at=now, expires_at=expires_at)
    )
    return OneTimeLink(f"{settings().base_url}/officer/password/{token}", expires_at)


async def send(link: OneTimeLink, row: dict[str, Any]) -> None:
    """Queues the letter with the link. Inside a transaction."""
    write = letters.reset if row["password_hash"] else letters.invitation
    letter = write(link.address, organisation=settings().organisation, hours=_hours(row))
    await queue_mail(row["email"], letter.subject, letter.text)


async def spend_links(account_id: int, *, now: datetime) -> None:
    """No link of the account works any more. Inside a transaction."""
    await LinkRow.update({LinkRow.used_at: now}).where(
        LinkRow.account == account_id, LinkRow.used_at.is_null()
    )


def _enabled(row: dict[str, Any] | None) -> dict[str, Any]:
    if row is None:
        raise NoSuchAccount("There is no staff account with this email address.")
    if row["disabled"]:
        raise AccountDisabled("Enable the account first, then send its owner a link")
    return row


async def _make(row: dict[str, Any], *, by: str, now: datetime) -> OneTimeLink:
    link = await insert_link(row, now=now)
    await audit.record("make-link", f"account:{row['email']}", by=by)
    return link


async def _made_since(account_id: int, moment: datetime) -> bool:
    return await LinkRow.exists().where(
        LinkRow.account == account_id, LinkRow.made_at > moment, LinkRow.used_at.is_null()
    )


async def _account_id(token: str, now: datetime) -> int | None:
    row = (
        await LinkRow.select(LinkRow.account)
        .where(
            LinkRow.token_hash == token_hash(token),
            LinkRow.used_at.is_null(),
            LinkRow.expires_at > now,
        )
        .first()
    )
    return None if row is None else int(row["account"])


async def _spend(token: str, now: datetime) -> bool:
    spent = (
        await LinkRow.update({LinkRow.used_at: now})
        .where(
            LinkRow.token_hash == token_hash(token),
            LinkRow.used_at.is_null(),
            LinkRow.expires_at > now,
        )
        .returning(LinkRow.id)
    )
    return bool(spent)


def _hours(row: dict[str, Any]) -> int:
    return RESET_HOURS if row["password_hash"] else INVITATION_HOURS


def _spent() -> LinkSpent:
    return LinkSpent(
        "Links like this work once and for a limited time, and this one was used or has run out. "
        "Ask for a new one on the page for setting a new password."
    )
