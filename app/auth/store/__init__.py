"""Accounts, their one-time links and their sessions, as the database keeps them."""

from app.auth.store.accounts import (
    StaffMember,
    account,
    add_account,
    change_role,
    disable,
    enable,
    invite,
    staff,
)
from app.auth.store.links import (
    OneTimeLink,
    account_of_link,
    ask_for_reset,
    make_link,
    send_link,
    set_password_by_link,
)
from app.auth.store.sessions import account_of_session, end_session
from app.auth.store.sign_in import change_password, sign_in

__all__ = [
    "OneTimeLink",
    "StaffMember",
    "account",
    "account_of_link",
    "account_of_session",
    "add_account",
    "ask_for_reset",
    "change_password",
    "change_role",
    "disable",
    "enable",
    "end_session",
    "invite",
    "make_link",
    "send_link",
    "set_password_by_link",
    "sign_in",
    "staff",
]
