"""The people and places of these tests."""

from datetime import UTC, datetime

from app.auth import store
from app.auth.account import Role

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "seven green bicycles"
OWNER = "ada@example.org"
HOME = "192.0.2.10"
ELSEWHERE = "198.51.100.7"


async def add(
    email: str = OWNER, role: Role = Role.OFFICER, password: str | None = PASSWORD
) -> int:
    """A new account's id."""
    await store.add_account(email, role, password=password, by="system", now=NOON)
    return next(one.account.id for one in await store.staff() if one.account.email == email)
