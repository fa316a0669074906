"""Who is signed in: the session's cookie, and the middleware that reads it for officers' pages."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from app.auth import store
from app.clock import now
from app.settings import settings

COOKIE = "hearback_staff"
# Public pages never see the cookie, so they are the same for everyone and may be cached.
PATH = "/officer"


class StaffSession(ASGIMiddleware):
    """Below /officer: sets `user` to the account, and `session_token` in the state, or neither."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        path = scope["path"]
        if path == PATH or path.startswith(f"{PATH}/"):
            token = held_token(ASGIConnection(scope))
            account = await store.account_of_session(token, now()) if token else None
            scope["user"] = account
            if account:
                scope["state"]["session_token"] = token
        await next_app(scope, receive, send)


def held_token(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The token that the browser sent, whether or not it still holds."""
    return connection.cookies.get(COOKIE, "")


def session_cookie(token: str) -> Cookie:
    """Ends with the browser, or earlier when the session does."""
    return Cookie(
        key=COOKIE,
        value=token,
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=settings().base_url.startswith("https://"),
    )


def no_cookie() -> Cookie:
    """Takes the session's cookie out of the browser."""
    return Cookie(key=COOKIE, value="", path=PATH, max_age=0, httponly=True, samesite="lax")
