"""A device that one person after another answers on: its pages keep nothing for the next one, and
lead nowhere else."""

import re
from collections.abc import Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.types import Message, Scope
from msgspec import Struct

from app.settings import settings

AnyConnection = ASGIConnection[Any, Any, Any, Any]

COOKIE = "hearback_kiosk"
_NAME = COOKIE.encode()
SEEN_AGAIN = re.compile(r'autocomplete="(?!off")[^"]*"')
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
EVERYWHERE = ("/accessibility", "/privacy", "/cookies")
_VALUE = re.compile(r"([a-z0-9-]{1,80})\.([a-z-]{5,120})")


class Device(Struct, frozen=True):
    """The kiosk that this device is, by its code, and the consultation that it is for."""

    slug: str
    code: str

    @property
    def start(self) -> str:
        """The page that waits for the next person."""
        return f"/consultations/{self.slug}/kiosk/{self.code}"

    def holds(self, address: str) -> bool:
        """Whether a page at this address has the way to finish, and is of what is asked here."""
        about = f"/consultations/{self.slug}"
        path = address.partition("?")[0].partition("#")[0]
        return path in ("", about, *EVERYWHERE) or path.startswith(f"{about}/respond")

    @property
    def finish(self) -> str:
        """Where a post ends one person's answering."""
        return f"/consultations/{self.slug}/respond/finish"


def device_of(connection: AnyConnection) -> Device | None:
    """What this device was set up as; None for one's own."""
    found = _VALUE.fullmatch(connection.cookies.get(COOKIE, ""))
    return Device(found[1], found[2]) if found else None


def device_cookie(device: Device | None) -> Cookie:
    """Says nothing of a person, so it stays from one to the next. With no device: takes it away."""
    return Cookie(
        key=COOKIE,
        value=f"{device.slug}.{device.code}" if device else "",
        path="/",
        max_age=None if device else 0,
        httponly=True,
        samesite="lax",
        secure=settings().base_url.startswith("https://"),
    )


def remembering_nothing(html: str) -> str:
    """The page with every form and field told not to be filled in from what others typed. Done to
    the whole page, so that no field of any page can be forgotten."""
    return SEEN_AGAIN.sub('autocomplete="off"', html).replace("<form ", '<form autocomplete="off" ')


def leading_nowhere_else(html: str, device: Device) -> str:
    """The page with the words of every link that leads away, and without the link: from a file or
    another website, whoever has no buttons of a browser does not find back."""
    return LINK.sub(lambda link: link[0] if device.holds(link[1]) else link[2], html)


def keep_nothing() -> Callable[[Message, Scope], Any]:
    """A hook: whatever a shared device is sent, it does not keep."""

    async def forbid(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start" or scope["path"].startswith("/static/"):
            return
        # Nearly nobody's is one: a look for the name is cheaper than taking every cookie apart.
        if _names_it(scope) and device_of(ASGIConnection(scope)):
            MutableScopeHeaders.from_message(message)["Cache-Control"] = "no-store"

    return forbid


def _names_it(scope: Scope) -> bool:
    return any(name == b"cookie" and _NAME in value for name, value in scope["headers"])
