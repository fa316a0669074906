"""The ledger: what came in and what became of it, so that every response is accounted for."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from responses.response import ANALYSED, Channel


class Entry(Struct, frozen=True):
    """So many responses of one round, one channel and one status."""

    round_number: int
    channel: Channel
    status: str
    count: int = 1


class Share(Struct, frozen=True):
    received: int
    analysed: int


class Event(Struct, frozen=True):
    """Attendees and organisations are units of their own: never added to responses."""

    name: str
    attendees: int
    organisations: int


class Petition(Struct, frozen=True):
    name: str
    signatures: int


class Ledger(Struct, frozen=True):
    """Encodes to the contract's `ledger`. Rounds are keyed by their number as a string."""

    received: int
    analysed: int
    excluded: dict[str, int]
    by_channel: dict[str, Share]
    by_round: dict[str, Share]
    events: tuple[Event, ...]
    petitions: tuple[Petition, ...]
    balanced: bool


def balance(
    entries: Iterable[Entry],
    *,
    events: tuple[Event, ...] = (),
    petitions: tuple[Petition, ...] = (),
    rounds: Iterable[int] = (),
) -> Ledger:
    """The balanced sheet. `rounds` are shown even where nothing came in."""
    entries = tuple(entries)
    statuses = _sums((entry.status, entry.count) for entry in entries)
    received = sum(entry.count for entry in entries)
    analysed = statuses.pop(ANALYSED, 0)
    by_channel = _shares((entry.channel.value, entry) for entry in entries)
    by_round = _shares(
        ((str(entry.round_number), entry) for entry in entries),
        shown=[str(number) for number in sorted(rounds)],
    )
    return Ledger(
        received=received,
        analysed=analysed,
        excluded=statuses,
        by_channel=by_channel,
        by_round=by_round,
        events=events,
        petitions=petitions,
        balanced=received == analysed + sum(statuses.values())
        and all(_adds_up(shares, received, analysed) for shares in (by_channel, by_round)),
    )


def _sums(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for name, count in counts:
        sums[name] += count
    return dict(sorted(sums.items()))


def _shares(entries: Iterable[tuple[str, Entry]], *, shown: Iterable[str] = ()) -> dict[str, Share]:
    shares = dict.fromkeys(shown, Share(0, 0))
    for name, entry in entries:
        so_far = shares.get(name, Share(0, 0))
        analysed = entry.count if entry.status == ANALYSED else 0
        shares[name] = Share(so_far.received + entry.count, so_far.analysed + analysed)
    return shares


def _adds_up(shares: dict[str, Share], received: int, analysed: int) -> bool:
    return (
        sum(share.received for share in shares.values()) == received
        and sum(share.analysed for share in shares.values()) == analysed
    )
