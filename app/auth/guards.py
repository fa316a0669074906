"""Who may open a page: a guard for each permission, and what happens to everyone else."""

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from app.auth.account import Account, Permission
from app.forms import Form, read_form
from app.problems import Refusal

AnyConnection = ASGIConnection[Any, Any, Any, Any]


class SignInFirst(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """Nobody is signed in. `wanted` is the address that was asked for, `form` what was posted."""

    def __init__(self, wanted: str, form: Form | None) -> None:
        super().__init__("Sign in first")
        self.wanted = wanted
        self.form = form


class NotAllowed(Refusal):
    status = 403
    title = "You do not have access to this"


def signed_in(connection: AnyConnection) -> Account:
    """The account of a page that has one of these guards."""
    account: Account = connection.scope["user"]
    return account


async def may_code(connection: AnyConnection, _: BaseRouteHandler) -> None:
    await _require(connection, Permission.CODE)


async def may_manage(connection: AnyConnection, _: BaseRouteHandler) -> None:
    await _require(connection, Permission.MANAGE)


async def may_publish(connection: AnyConnection, _: BaseRouteHandler) -> None:
    await _require(connection, Permission.PUBLISH)


async def may_administer(connection: AnyConnection, _: BaseRouteHandler) -> None:
    await _require(connection, Permission.ADMINISTER)


async def _require(connection: AnyConnection, permission: Permission) -> None:
    account = connection.scope.get("user")
    if not isinstance(account, Account):
        raise SignInFirst(_wanted(connection), await _posted(connection))
    if not account.may(permission):
        raise NotAllowed(
            "Your account's role does not cover this page. "
            "Someone who manages staff accounts can change your role."
        )


def _wanted(connection: AnyConnection) -> str:
    query = connection.scope.get("query_string", b"").decode("latin-1")
    return connection.scope["path"] + (f"?{query}" if query else "")


async def _posted(connection: AnyConnection) -> Form | None:
    if isinstance(connection, Request) and connection.scope["method"] == "POST":
        return await read_form(connection)
    return None
