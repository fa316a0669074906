"""How fast answers are taken from one network: fast enough for a school or a library that answers
together, and never without saying what to do.

Counted in the memory of this process alone: no address is stored.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from litestar import Request
from msgspec.structs import replace

from app.auth.pages.signing_in import client_host
from app.auth.throttle import Pace, network_of, open_again_at
from app.settings import settings
from app.speech import Speech

AnyRequest = Request[Any, Any, Any]

BEGINNING = Pace(400, timedelta(seconds=1), timedelta(seconds=20), timedelta(minutes=10))
SENDING = Pace(200, timedelta(seconds=1), timedelta(seconds=20), timedelta(minutes=10))
# Five a second for ten minutes, from anywhere: more than any consultation has seen.
SENDING_BY_ALL = replace(SENDING, free=3_000)
MOST_NETWORKS = 10_000
EVERYONE = "everyone"


class Gate:
    """When each network last did one thing. The networks that were quiet longest are forgotten."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()

    def wait(self, network: str, now: datetime, *, pace: Pace | None = None) -> timedelta | None:
        """How long to wait; None, and this time is counted, where there is no need to."""
        again = open_again_at(self._moments(network), pace or self.pace, now)
        if again and again > now:
            return again - now
        self.note(network, now)
        return None

    def note(self, network: str, now: datetime) -> None:
        self._moments(network).append(now)

    def is_full(self, network: str, now: datetime) -> bool:
        """Whether as many came from there as cost nothing."""
        seen, free = self._seen.get(network, ()), self.pace.free
        return len(seen) >= free and seen[-free] > now - self.pace.within

    def _moments(self, network: str) -> deque[datetime]:
        moments = self._seen.setdefault(network, deque(maxlen=self.pace.free + 40))
        self._seen.move_to_end(network)
        while len(self._seen) > MOST_NETWORKS:
            self._seen.popitem(last=False)
        return moments


class Line:
    """Those who wait to send: one a second from one place, and nobody for longer than `longest`."""

    spacing = timedelta(seconds=1)
    shortest = timedelta(seconds=30)
    longest = timedelta(minutes=5)

    def __init__(self) -> None:
        self._last: OrderedDict[str, datetime] = OrderedDict()

    def join(self, place: str, now: datetime) -> datetime:
        """From when on whoever joins now may send."""
        after = self._last.get(place, now) + self.spacing
        until = min(max(now + self.shortest, after), now + self.longest)
        self._last[place] = until
        self._last.move_to_end(place)
        while len(self._last) > MOST_NETWORKS:
            self._last.popitem(last=False)
        return until


class Crowd:
    """How fast responses come from each network and from all together, and who waits."""

    def __init__(self) -> None:
        self.networks = Gate(SENDING)
        self.all = Gate(SENDING_BY_ALL)
        self._line = Line()

    def is_here(self, network: str, now: datetime) -> bool:
        return self.networks.is_full(network, now) or self.all.is_full(EVERYONE, now)

    def join(self, network: str, now: datetime) -> datetime:
        """From when on a draft from there may be sent: behind its own network where that one is
        the crowd, so that nobody else waits for it."""
        own = self.networks.is_full(network, now)
        return self._line.join(network if own else EVERYONE, now)

    def note(self, network: str, now: datetime) -> None:
        self.networks.note(network, now)
        self.all.note(EVERYONE, now)

    def wait(self, network: str, now: datetime) -> timedelta | None:
        """For programs, which have nobody to press a button: as `Gate.wait`."""
        pace = replace(SENDING, free=1) if self.all.is_full(EVERYONE, now) else None
        wait = self.networks.wait(network, now, pace=pace)
        if wait is None:
            self.all.note(EVERYONE, now)
        return wait


def crowd(request: AnyRequest) -> Crowd | None:
    """That of this process; None where no limits are wanted."""
    if not settings().rate_limits:
        return None
    here: Crowd = request.app.state.setdefault("crowd", Crowd())
    return here


def network(request: AnyRequest) -> str:
    return network_of(client_host(request))


def wait_for(request: AnyRequest, what: str, pace: Pace, *, now: datetime) -> timedelta | None:
    """How long this visitor's network should wait before it does this; None: not at all."""
    if not settings().rate_limits:
        return None
    gates: dict[str, Gate] = request.app.state.setdefault("gates", {})
    gate = gates.setdefault(what, Gate(pace))
    return gate.wait(network(request), now)


def time_words(wait: timedelta, speaks: Speech) -> str:
    """Rounded up: “20 seconds”, “3 minutes”."""
    seconds = max(1, ceil(wait.total_seconds()))
    if seconds <= 60:
        return speaks.plural("{n} second", "{n} seconds", seconds)
    return speaks.plural("{n} minute", "{n} minutes", ceil(seconds / 60))
