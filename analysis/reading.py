"""Which answer a coder reads next, and how far the reading has come."""

import hashlib
from collections.abc import Collection, Sequence

from msgspec import Struct


class QuestionProgress(Struct, frozen=True):
    """One question's answers in words: how many are read, of how many."""

    key: str
    title: str
    finished: int
    total: int


def next_unread(answers: Sequence[int], read: Collection[int], *, after: int | None) -> int | None:
    """The first unread answer after one, from the start again at the end; None when all are read.

    `answers` are ids in rising order. The answer at `after` itself comes last, so that skipping
    the only unread answer shows it again.
    """
    unread = [answer for answer in answers if answer not in read]
    later = [answer for answer in unread if after is None or answer > after]
    return next(iter(later or unread), None)


def starting_place(answers: Sequence[int], coder: str) -> int | None:
    """Where a further coder begins, so that two who start together read different answers: a place
    that depends on who they are."""
    if not answers:
        return None
    number = int.from_bytes(hashlib.sha256(coder.encode()).digest()[:4], "big")
    return answers[number % len(answers)]
