"""How long to wait between sign-ins that fail.

Failures count for one account from one network, and, more generously, for one network. Never for
an account alone: whoever fails on purpose from elsewhere cannot keep its owner out.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from math import ceil

from msgspec import Struct


class Pace(Struct, frozen=True):
    """`free` failures cost nothing; each further one doubles the pause, up to `longest`."""

    free: int
    first: timedelta
    longest: timedelta
    within: timedelta


SAME_ACCOUNT = Pace(5, timedelta(seconds=15), timedelta(minutes=15), timedelta(hours=24))
# An office shares one address, so a whole network is slowed late and never for long.
SAME_NETWORK = Pace(50, timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1))


def open_again_at(failed_at: Sequence[datetime], pace: Pace, now: datetime) -> datetime | None:
    """When the next try may be made; None when at once. The moments are in any order."""
    counted = [moment for moment in failed_at if moment > now - pace.within]
    if len(counted) < pace.free:
        return None
    # Thirty doublings are past every longest pause, and a small enough number.
    factor: int = 2 ** min(len(counted) - pace.free, 30)
    return max(counted) + min(pace.first * factor, pace.longest)


def later(*moments: datetime | None) -> datetime | None:
    """The last of those moments that there are."""
    return max((moment for moment in moments if moment), default=None)


def network_of(host: str) -> str:
    """Whose address it is: an IPv4 address, or the /64 that one IPv6 subscriber has."""
    try:
        address = IPv6Address(host.partition("%")[0])
    except AddressValueError:
        return host
    mapped: IPv4Address | None = address.ipv4_mapped
    return str(mapped) if mapped else f"{IPv6Address(int(address) >> 64 << 64)}/64"


def pause_words(seconds: float) -> str:
    """The wait as a reader wants it: “20 seconds”, “3 minutes”. Rounded up."""
    if seconds <= 60:
        return _counted(max(1, ceil(seconds)), "second")
    return _counted(ceil(seconds / 60), "minute")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
