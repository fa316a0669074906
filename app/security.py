"""What browsers are told to forbid, and which requests are refused."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Message, Scope

from app.auth.csrf import FIELD, csrf_holds
from app.forms import read_form
from app.problems import Refusal
from app.settings import Settings, origin, settings
from app.speech import sentence

AnyConnection = ASGIConnection[Any, Any, Any, Any]

# What an integer column of either database holds.
BIGGEST_ID = 2**31 - 1
READING = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
# For the few pages that show another of our own in a frame, and for those that are shown so.
HOLDS_A_FRAME = {"Content-Security-Policy": f"{POLICY}; frame-src 'self'"}
SHOWN_IN_A_FRAME = {
    "Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "X-Frame-Options": "SAMEORIGIN",
}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
A_YEAR = "max-age=31536000"


class FromAnotherSite(Refusal):
    status = 403
    title = sentence("This was sent from another website")


class FormTooOld(Refusal):
    status = 403
    title = "This page was open for too long"


def security_headers(current: Settings) -> Callable[[Message, Scope], Any]:
    """A hook that adds the headers to every answer, unless it has them already."""
    secure = current.base_url.startswith("https://")
    always = _raw({**HEADERS, **({"Strict-Transport-Security": A_YEAR} if secure else {})})
    to_staff = (*always, *_raw({"Cache-Control": "no-store"}))

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        sent = list(message.get("headers", ()))
        there = {name.lower() for name, _ in sent}
        wanted = to_staff if scope["path"].startswith("/officer") else always
        message["headers"] = [*sent, *(each for each in wanted if each[0] not in there)]

    return add


def _raw(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


async def refuse_unfit(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """The guard of every page. One, since Litestar copies the handler for each; and not a plain
    function, since it would run that in a thread, at several times the cost of what is looked at.
    """
    refuse_impossible_numbers(connection)
    refuse_other_sites(connection)
    await hold_staff_token(connection)


def refuse_other_sites(connection: AnyConnection) -> None:
    """A post that a browser says comes from another site is refused.

    `Origin` decides, else `Sec-Fetch-Site`; a post with neither comes from a program or from a
    browser of long ago, and is accepted.
    """
    if connection.scope.get("method") in READING:
        return
    sent_from = connection.headers.get("origin")
    site = connection.headers.get("sec-fetch-site")
    if sent_from == "null":
        # Our own pages that send no referrer (a receipt) post without their origin as well.
        ours = site == "same-origin"
    elif sent_from is not None:
        ours = _is_ours(sent_from, connection)
    else:
        ours = site in {None, "same-origin", "none"}
    if not ours:
        raise FromAnotherSite(
            sentence(
                "Nothing was saved. Open the page on this website and send the form from there."
            )
        )


def refuse_impossible_numbers(connection: AnyConnection) -> None:
    """No row has a number that no column holds, and databases fail to look for one."""
    numbers = (given for given in connection.path_params.values() if isinstance(given, int))
    if any(abs(number) > BIGGEST_ID for number in numbers):
        raise NotFoundException


def _is_ours(sent_from: str, connection: AnyConnection) -> bool:
    if sent_from == settings().base_url:
        return True
    # Another name of this machine (localhost, a spare port). A page elsewhere cannot choose the
    # Host that a browser sends; where a name was pointed at us, its pages have no cookie of ours.
    return sent_from == origin(urlsplit(f"{connection.scope['scheme']}://{_host(connection)}"))


def _host(connection: AnyConnection) -> str:
    return connection.headers.get("host", "")


async def hold_staff_token(connection: AnyConnection) -> None:
    """An officer's post without the token of the page that it came from is refused.

    Without a session there is nothing that another site could misuse: those posts (signing in)
    are held by their origin alone.
    """
    session: str = connection.scope["state"].get("session_token", "")
    if not session or connection.scope.get("method") in READING:
        return
    if not isinstance(connection, Request):
        return
    form = await read_form(connection)
    if not csrf_holds(session, form.text(FIELD)):
        raise FormTooOld("Nothing was saved. Go back, load the page again, and send it once more.")
