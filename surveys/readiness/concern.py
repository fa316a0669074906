"""What a check before opening found, and the catalogue of checks with the reason for each."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Concern(Struct, frozen=True):
    """`found` says what this consultation lacks or holds, a line for each place; `why` names the
    law, guidance or rule; `fix` says what to do. `mend` is where, below the officer's address of
    the consultation. `code` names the check."""

    code: str
    title: str
    found: str
    why: str
    fix: str
    mend: str = ""


class Kind(StrEnum):
    """What a check looks at; the page groups them so."""

    SAID = "What people read first"
    TIME = "When people can answer"
    WORDS = "How it is worded"
    WAY = "What is asked, and of whom"


class Check(Struct, frozen=True):
    """`done` is what the page says of it when nothing was found."""

    code: str
    kind: Kind
    title: str
    done: str
    why: str
    fix: str
    mend: str = "about"

    def concern(self, *found: str, fix: str = "", mend: str = "") -> Concern:
        lines = "\n".join(found)
        return Concern(self.code, self.title, lines, self.why, fix or self.fix, mend or self.mend)


MOST_PLACES = 6


def listed(places: Iterable[str]) -> tuple[str, ...]:
    """The first few places, and how many more there are."""
    every = tuple(places)
    left = len(every) - MOST_PLACES
    return every if left <= 1 else (*every[:MOST_PLACES], f"And {left} more")
