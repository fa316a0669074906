"""The audit's chain: each entry's hash covers its content and the hash of the entry before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import pairwise

from msgspec import Struct


class Entry(Struct, frozen=True):
    """One thing done. `detail` is canonical JSON, kept as text so that its hash never wavers."""

    number: int
    at: datetime
    by: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str = ""


def canonical(value: Mapping[str, object]) -> str:
    """The one way to write `value` as JSON: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_hash(entry: Entry) -> str:
    """SHA-256, in hex, of the previous hash, a line feed and the canonical JSON of the entry."""
    content = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }
    return hashlib.sha256(f"{entry.previous}\n{canonical(content)}".encode()).hexdigest()


def first_break(entries: Iterable[Entry], *, before: Entry | None) -> Entry | None:
    """The first entry that was altered, or does not follow the one before it.

    `entries` are in order; `before` is the one that precedes them, None when they begin the chain.
    """
    start = before or Entry(0, datetime.min.replace(tzinfo=UTC), "", "", "", "", "", "")
    for earlier, entry in pairwise((start, *entries)):
        follows = entry.number == earlier.number + 1 and entry.previous == earlier.hash
        if not follows or entry.hash != entry_hash(entry):
            return entry
    return None
