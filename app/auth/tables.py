"""The tables of staff accounts and of how they sign in."""

from piccolo.columns import Boolean, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class AccountRow(Table, tablename="account"):
    """Accounts are disabled, never deleted: the audit and the codings name them."""

    id: Serial
    email = Varchar(length=254, unique=True, help_text="In its normal form")
    role = Varchar(length=20)
    password_hash = Text(help_text="Argon2; empty until a password is set")
    disabled = Boolean(default=False)
    created_at = Timestamptz()
    signed_in_at = Timestamptz(null=True, default=None)


class SessionRow(Table, tablename="staff_session"):
    id: Serial
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(AccountRow, null=False, on_delete=OnDelete.restrict, index=True)
    began_at = Timestamptz()
    used_at = Timestamptz()


class LinkRow(Table, tablename="one_time_link"):
    """A link that sets a password, once."""

    id: Serial
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(AccountRow, null=False, on_delete=OnDelete.restrict, index=True)
    made_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)


class FailureRow(Table, tablename="sign_in_failure"):
    """A failed sign-in. Keyed hashes only: people type passwords into the wrong field."""

    id: Serial
    account_hash = Varchar(length=64)
    network_hash = Varchar(length=64, index=True)
    failed_at = Timestamptz(index=True)
