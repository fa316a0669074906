"""When very many begin from one network: each waits once, for a said time, and then gets in.

A signed cookie holds the turn, so that those who waited do not wait for those who came after them.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from msgspec import Struct

from app.problems import Problem
from app.settings import settings
from app.speech import speech
from responses import store
from responses.pages.pace import BEGINNING, Line, network, time_words, wait_for

AnyRequest = Request[Any, Any, Any]

COOKIE = "hearback_turn"
KEPT = timedelta(hours=1)
MOST_TURNS = 100_000


class Turn(Struct, frozen=True):
    """`name` is by chance: a turn is taken once."""

    name: str
    at: datetime


class Slowed(Struct, frozen=True):
    """A problem for the page that would begin a draft, where everything typed stands still, and
    the turn that its reader has. Neither where nobody has to wait."""

    problems: tuple[Problem, ...] = ()
    cookie: Cookie | None = None


class Turns:
    """Who waits to begin, and which turns were taken in this process."""

    def __init__(self) -> None:
        self._line = Line()
        self._taken: OrderedDict[str, None] = OrderedDict()

    def give(self, network: str, now: datetime) -> Turn:
        return Turn(secrets.token_hex(8), self._line.join(network, now))

    def take(self, turn: Turn, now: datetime) -> bool:
        """Whether this one may begin: its time has come, it is not long past, and it is new."""
        if not turn.at <= now < turn.at + KEPT or turn.name in self._taken:
            return False
        self._taken[turn.name] = None
        while len(self._taken) > MOST_TURNS:
            self._taken.popitem(last=False)
        return True


async def slowed(
    request: AnyRequest, slug: str, consultation_id: int, language: str, *, now: datetime
) -> Slowed:
    """Whether a draft may be begun now; if not, how long to wait."""
    turns: Turns = request.app.state.setdefault("turns", Turns())
    held = read_turn(request.cookies.get(COOKIE, ""))
    if held and turns.take(held, now):
        return Slowed()
    if wait_for(request, "beginning", BEGINNING, now=now) is None:
        return Slowed()
    await store.count_held_up(consultation_id, store.HeldUp.BEGINNING)
    waits = held is not None and held.at > now
    turn = held if held and waits else turns.give(network(request), now)
    speaks = speech(language)
    words = speaks.say(
        "Very many people are answering from where you are. Wait {time}, then press Continue again",
        time=time_words(turn.at - now, speaks),
    )
    return Slowed((Problem("", words),), None if waits else _cookie(slug, turn))


def read_turn(typed: str) -> Turn | None:
    """The turn that a cookie of ours holds."""
    name, _, rest = typed.partition(".")
    at, _, seal = rest.partition(".")
    if not (typed.isascii() and at.isdigit() and len(at) < 12):
        return None
    if not hmac.compare_digest(seal, _seal(name, at)):
        return None
    return Turn(name, datetime.fromtimestamp(int(at), UTC))


def turn_words(turn: Turn) -> str:
    at = str(int(turn.at.timestamp()))
    return f"{turn.name}.{at}.{_seal(turn.name, at)}"


def _seal(name: str, at: str) -> str:
    message = f"turn to begin:{name}.{at}".encode()
    return hmac.digest(settings().secret_key, message, hashlib.sha256).hex()


def _cookie(slug: str, turn: Turn) -> Cookie:
    return Cookie(
        key=COOKIE,
        value=turn_words(turn),
        path=f"/consultations/{slug}/respond",
        max_age=int((Line.longest + KEPT).total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings().base_url.startswith("https://"),
    )
