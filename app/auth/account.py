"""A staff account, its role, and what each role may do."""

from enum import StrEnum

from msgspec import Struct


class Permission(StrEnum):
    """What an account may do. Each page names one."""

    CODE = "code"
    MANAGE = "manage"
    PUBLISH = "publish"
    ADMINISTER = "administer"


class Role(StrEnum):
    """What an account is for."""

    OFFICER = "officer"
    CODER = "coder"
    PUBLISHER = "publisher"
    ADMIN = "admin"

    @property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self]

    @property
    def words(self) -> str:
        return WORDS[self]


PERMISSIONS = {
    Role.CODER: frozenset({Permission.CODE}),
    Role.OFFICER: frozenset({Permission.CODE, Permission.MANAGE}),
    Role.PUBLISHER: frozenset({Permission.CODE, Permission.MANAGE, Permission.PUBLISH}),
    Role.ADMIN: frozenset(Permission),
}

WORDS = {
    Role.CODER: "Reads answers and codes them to themes",
    Role.OFFICER: "Runs consultations, codes answers and records outcomes",
    Role.PUBLISHER: "Does what an officer does, and publishes reports",
    Role.ADMIN: "Does all of that, manages staff accounts and reads the audit",
}


class Account(Struct, frozen=True):
    """Someone on the staff. `email` is in its normal form."""

    id: int
    email: str
    role: Role
    disabled: bool = False

    def may(self, permission: Permission) -> bool:
        return not self.disabled and permission in self.role.permissions


def normal_email(typed: str) -> str | None:
    """The one spelling under which an address is kept; None when it cannot be one."""
    email = typed.strip().lower()
    name, at, domain = email.rpartition("@")
    fits = name and at and "." in domain.strip(".") and len(email) <= 254
    if not fits or any(c.isspace() or not c.isprintable() or c in "<>,;" for c in email):
        return None
    return email
