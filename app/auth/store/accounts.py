"""Staff accounts: adding, disabling, enabling and changing roles."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from app.audit import store as audit
from app.auth.account import Account, Role, normal_email
from app.auth.hashing import hash_password
from app.auth.passwords import password_problem
from app.auth.refusals import AccountExists, LastAdmin, NoSuchAccount, UnusableAccount
from app.auth.store.links import OneTimeLink, insert_link, send, spend_links
from app.auth.store.sessions import end_sessions
from app.auth.tables import AccountRow
from app.database import AlreadyThere, transaction


class StaffMember(Struct, frozen=True):
    """An account as those who manage accounts see it."""

    account: Account
    has_password: bool
    signed_in_at: datetime | None


async def staff() -> tuple[StaffMember, ...]:
    """Everyone, by email."""
    rows = await AccountRow.select().order_by(AccountRow.email)
    return tuple(_member(row) for row in rows)


async def account(account_id: int) -> StaffMember:
    row = await AccountRow.select().where(AccountRow.id == account_id).first()
    if row is None:
        raise NoSuchAccount("No staff account has this address. Choose one from the list of staff.")
    return _member(row)


async def add_account(
    email: str, role: Role, *, password: str | None, by: str, now: datetime
) -> OneTimeLink | None:
    """Adds an account; without a password, returns the link by which its owner sets one.

    Raises AccountExists, or UnusableAccount when the email or the password will not do.
    """
    known = _usable(email, password)
    kept = await hash_password(password) if password is not None else ""
    async with transaction():
        row = await _insert(known, role, kept, by=by, now=now)
        return None if kept else await insert_link(row, now=now)


async def invite(email: str, role: Role, *, by: str, now: datetime) -> int:
    """The id of a new account, whose owner is sent a link. Raises as add_account does."""
    async with transaction():
        row = await _insert(_usable(email, None), role, "", by=by, now=now)
        await send(await insert_link(row, now=now), row)
    return int(row["id"])


async def disable(account_id: int, *, by: str, now: datetime) -> None:
    """Signs the account out everywhere and spends its links. Raises LastAdmin."""
    async with transaction():
        member = await account(account_id)
        await _keep_an_admin(without=account_id)
        await AccountRow.update({AccountRow.disabled: True}).where(AccountRow.id == account_id)
        await end_sessions(account_id)
        await spend_links(account_id, now=now)
        await audit.record("disable-account", f"account:{member.account.email}", by=by)


async def enable(account_id: int, *, by: str) -> None:
    async with transaction():
        member = await account(account_id)
        await AccountRow.update({AccountRow.disabled: False}).where(AccountRow.id == account_id)
        await audit.record("enable-account", f"account:{member.account.email}", by=by)


async def change_role(account_id: int, role: Role, *, by: str) -> None:
    """Raises LastAdmin."""
    async with transaction():
        member = await account(account_id)
        if role is not Role.ADMIN:
            await _keep_an_admin(without=account_id)
        await AccountRow.update({AccountRow.role: role.value}).where(AccountRow.id == account_id)
        await audit.record(
            "change-role",
            f"account:{member.account.email}",
            by=by,
            detail={"from": member.account.role, "to": role},
        )


async def _keep_an_admin(*, without: int) -> None:
    """Raises LastAdmin unless someone else can still sign in and manage accounts."""
    admins = await AccountRow.select(AccountRow.id, AccountRow.password_hash).where(
        AccountRow.role == Role.ADMIN.value,
        AccountRow.disabled == False,  # noqa: E712 (it builds SQL)
    )
    ids = {row["id"] for row in admins}
    if without in ids and not any(r["password_hash"] for r in admins if r["id"] != without):
        raise LastAdmin(
            "Nobody else could manage staff accounts any more. "
            "Make someone else an admin who has set a password, then try again"
        )


def _usable(email: str, password: str | None) -> str:
    known = normal_email(email)
    if known is None:
        raise UnusableAccount(f"“{email}” is not an email address. Write one like name@example.org")
    problem = None if password is None else password_problem(password, email=known)
    if problem:
        raise UnusableAccount(f"The password cannot be used. {problem}.")
    return known


async def _insert(
    email: str, role: Role, password_hash: str, *, by: str, now: datetime
) -> dict[str, Any]:
    row = AccountRow(email=email, role=role.value, password_hash=password_hash, created_at=now)
    try:
        inserted = await AccountRow.insert(row).returning(*AccountRow.all_columns())
    except AlreadyThere as error:
        raise AccountExists(f"There is already an account for {email}") from error
    await audit.record("add-account", f"account:{email}", by=by, detail={"role": role})
    return inserted[0]


def _member(row: dict[str, Any]) -> StaffMember:
    known = Account(row["id"], row["email"], Role(row["role"]), row["disabled"])
    return StaffMember(known, bool(row["password_hash"]), row["signed_in_at"])
