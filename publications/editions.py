"""A report as published: its exact bytes, sealed with SHA-256, so that any later change shows."""

import hashlib
import hmac
from datetime import datetime

import msgspec
from msgspec import Struct

from publications.report import Report


class Edition(Struct, frozen=True, kw_only=True):
    """`snapshot` is what was sealed, byte for byte; `seal` its SHA-256 in hexadecimal."""

    number: int
    published_at: datetime
    reason: str
    snapshot: bytes
    seal: str

    @property
    def is_intact(self) -> bool:
        return hmac.compare_digest(seal_of(self.snapshot), self.seal)

    @property
    def report(self) -> Report:
        return read_snapshot(self.snapshot)


class EditionMark(Struct, frozen=True, kw_only=True):
    """An edition as others refer to it, without its contents."""

    number: int
    published_at: datetime
    reason: str
    seal: str


def canonical(report: Report) -> bytes:
    """The report's one JSON form, keys sorted, no spaces: equal reports give equal bytes."""
    return msgspec.json.encode(report, order="sorted")


def seal_of(snapshot: bytes) -> str:
    return hashlib.sha256(snapshot).hexdigest()


def seal(report: Report) -> Edition:
    snapshot = canonical(report)
    return Edition(
        number=report.edition,
        published_at=report.published_at,
        reason=report.reason,
        snapshot=snapshot,
        seal=seal_of(snapshot),
    )


def read_snapshot(snapshot: bytes) -> Report:
    return msgspec.json.decode(snapshot, type=Report)
