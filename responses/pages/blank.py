"""The first page that everyone sees, blank: kept as bytes, and sent before all else is looked at.

The ordinary handler makes the page and offers it; whatever it does not offer is never kept. A kept
page is sent without routing, session or template, as long as the consultation is known to be what
it was when the page was made: see `surveys.store.keeping`.
"""

import gzip
import secrets
from asyncio import Lock
from functools import lru_cache
from hashlib import sha256
from re import compile as pattern
from time import monotonic, perf_counter, time
from typing import Any, NamedTuple, cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from msgspec import Struct

from app.clock import now
from app.logs import line_start, log_soon
from app.problems import Refusal
from surveys import store as surveys
from surveys.consultation import Round
from surveys.ordering import ORDERINGS

MOST_ADDRESSES = 1000
# However sure we are that nothing changed, a page is made anew after so many seconds.
LONGEST = 60.0
OURS = b"hearback_"
START, END = "/consultations/", "/respond"
TAG = pattern(rb'"[0-9a-f]{32}-([0-9]{1,2})[-"]')

Headers = list[tuple[bytes, bytes]]


class Offer(Struct, frozen=True):
    """A page that may be kept: in which language it is, and in which order its options are, if
    there are several orders."""

    language: str
    ordering: int
    varies: bool

    @property
    def query(self) -> bytes:
        return f"lang={self.language}".encode()


class Form(NamedTuple):
    """One form of a page as a server sends it: the start, the body, or that it is unchanged."""

    start: Message
    body: Message
    unchanged: Message


class Page(Struct, frozen=True):
    plain: Form
    zipped: Form
    tags: tuple[bytes, bytes]

    def is_known(self, tags: bytes) -> bool:
        # A proxy that compresses makes the tag a weak one, and a browser may name several.
        return self.tags[0] in tags or self.tags[1] in tags or tags.strip() == b"*"


class Entry:
    """What is kept for one address: a page in each order that it was asked for so far."""

    def __init__(self, read: surveys.Kept, asked: Round) -> None:
        self.read = read
        self.closes = asked.closes_at.timestamp() if asked.closes_at else float("inf")
        self.until = monotonic() + LONGEST
        self.pages: dict[int, Page] = {}
        self.varies = True
        self.offered = True
        self.line_200 = self.line_304 = ""
        self.making = Lock()

    def holds(self) -> bool:
        return self.read.holds() and time() <= self.closes

    def is_as_before(self, read: surveys.Kept) -> bool:
        return self.read.consultation == read.consultation and monotonic() < self.until

    def ordering(self, tags: bytes) -> int:
        """Whoever loads the page again sees the order of before."""
        if not self.varies:
            return 0
        seen = TAG.search(tags)
        return int(seen[1]) % ORDERINGS if seen else secrets.randbelow(ORDERINGS)

    def keep(self, offer: Offer, messages: list[Message], *, route: str) -> Page:
        self.varies = offer.varies
        self.line_200, self.line_304 = (line_start("GET", route, each) for each in (200, 304))
        self.pages[offer.ordering] = page = page_of(messages, offer.ordering)
        return page


class BlankPages:
    """Stands before the application and answers for it where it has the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._entries: dict[tuple[str, bytes], Entry] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["path"].endswith(END):
            began = perf_counter()
            wanted = wanted_from(scope)
            if wanted is not None:
                entry = self._entries.get((scope["path"], scope["query_string"]))
                if entry is None or not entry.holds():
                    entry = await self._current(scope)
                if entry is not None and entry.offered:
                    zipped, tags = wanted
                    ordering = entry.ordering(tags)
                    page = entry.pages.get(ordering)
                    if page is None:
                        page = await self._made(entry, ordering, scope, receive, send)
                    if page is not None:
                        line = entry.line_200
                        start, body, unchanged = page.zipped if zipped else page.plain
                        if tags and page.is_known(tags):
                            start, body, line = unchanged, EMPTY, entry.line_304
                        await send(start)
                        await send(EMPTY if scope["method"] == "HEAD" else body)
                        log_soon(line, perf_counter() - began)
                    return
        await self._app(scope, receive, send)

    async def _current(self, scope: HTTPScope) -> Entry | None:
        """The entry of an address, what was kept still in it if nothing has changed."""
        key = (scope["path"], scope["query_string"])
        slug = scope["path"].removeprefix(START).removesuffix(END)
        query = scope["query_string"]
        if not scope["path"].startswith(START) or "/" in slug or not is_usual(query):
            return None
        try:
            read = await surveys.kept(slug)
        except Refusal:
            return None
        asked = read.consultation.open_round(now())
        entry = self._entries.get(key)
        if asked is None:
            self._entries.pop(key, None)
            return None
        if entry is not None and entry.is_as_before(read):
            entry.read = read
            return entry
        if len(self._entries) >= MOST_ADDRESSES:
            self._entries.clear()
        self._entries[key] = entry = Entry(read, asked)
        return entry

    async def _made(
        self, entry: Entry, ordering: int, scope: HTTPScope, receive: Receive, send: Send
    ) -> Page | None:
        """The page as the application makes it, by one request at a time; None where it does not
        offer the page: then its answer has been sent."""
        async with entry.making:
            ordering = ordering if entry.varies else 0
            if ordering in entry.pages:
                return entry.pages[ordering]
            inner, messages = _as_first_visit(scope, ordering), list[Message]()

            async def take(message: Message) -> None:
                messages.append(message)

            await self._app(inner, receive, take)
            offer: Offer | None = inner["state"].get("blank_page")
            if offer is not None and scope["query_string"] in (b"", offer.query):
                return entry.keep(offer, messages, route=inner["path_template"])
            entry.offered = False
        await _replay(messages, send, head=scope["method"] == "HEAD")
        return None


EMPTY: Message = {"type": "http.response.body", "body": b"", "more_body": False}


def wanted_from(scope: HTTPScope) -> tuple[bool, bytes] | None:
    """Whether compressed, and the tags that are known already. None for a request that only the
    application can answer: somebody's who has begun, say."""
    if scope["method"] not in ("GET", "HEAD"):
        return None
    zipped, tags = False, b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            zipped = takes_gzip(value)
        elif name == b"cookie":
            # Cookies of other programs on the same host change nothing here.
            if OURS in value:
                return None
        elif name == b"if-none-match":
            tags += value
    return zipped, tags


@lru_cache(maxsize=200)
def takes_gzip(accepted: bytes) -> bool:
    """Whether `Accept-Encoding` allows gzip: named with a weight above 0, or by `*`."""
    weights: dict[str, bool] = {}
    for part in accepted.decode("latin-1").lower().split(","):
        name, _, weight = part.partition(";")
        number = weight.strip().removeprefix("q=")
        weights[name.strip()] = not number or number.strip("0.") != ""
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", False)))


def is_usual(query: bytes) -> bool:
    return not query or (query.startswith(b"lang=") and query[5:].replace(b"-", b"").isalnum())


def _as_first_visit(scope: HTTPScope, ordering: int) -> Any:
    """The request as of somebody who has nothing yet, and whom the page may be made for."""
    left_out = (b"if-none-match", b"accept-encoding", b"cookie")
    headers = [(name, value) for name, value in scope["headers"] if name not in left_out]
    state = {**scope.get("state", {}), "blank_ordering": ordering}
    return {**scope, "method": "GET", "headers": headers, "state": state}


async def _replay(messages: list[Message], send: Send, *, head: bool) -> None:
    for message in messages:
        if head and message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)


def page_of(messages: list[Message], ordering: int) -> Page:
    start = cast(Any, messages[0])
    body = b"".join(cast(Any, each).get("body", b"") for each in messages[1:])
    name = f"{sha256(body).hexdigest()[:32]}-{ordering}"
    tags = f'"{name}"'.encode(), f'"{name}-gzip"'.encode()
    headers = [(name.lower(), value) for name, value in start["headers"]]
    return Page(
        plain=_form(headers, body, tags[0]),
        zipped=_form(headers, gzip.compress(body, mtime=0), tags[1], encoding=b"gzip"),
        tags=tags,
    )


def _form(headers: Headers, body: bytes, tag: bytes, *, encoding: bytes = b"") -> Form:
    of_the_body = (b"content-type", b"content-length")
    always = [*(each for each in headers if each[0] not in of_the_body), (b"etag", tag)]
    sent = [*always, *(each for each in headers if each[0] == b"content-type")]
    sent.append((b"content-length", str(len(body)).encode()))
    if encoding:
        sent.append((b"content-encoding", encoding))
    return Form(
        start={"type": "http.response.start", "status": 200, "headers": sent},
        body={"type": "http.response.body", "body": body, "more_body": False},
        unchanged={"type": "http.response.start", "status": 304, "headers": always},
    )
