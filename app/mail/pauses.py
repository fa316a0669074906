"""When a mail that could not be sent is tried again."""

from datetime import datetime, timedelta

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)


def next_try(tries: int, now: datetime) -> datetime | None:
    """After so many tries; None when it is given up."""
    return now + PAUSES[tries - 1] if tries <= len(PAUSES) else None
