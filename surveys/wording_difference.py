"""What changed between two wordings, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*|\s+|[^\w\s]")


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(Struct, frozen=True):
    """Some words in a row that are in both wordings, or in one of them only."""

    change: Change
    words: str


def wording_difference(before: str, after: str) -> tuple[Piece, ...]:
    """Both wordings as one run of pieces: without the added ones they are `before`, without the
    removed ones `after`, to the letter."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pieces: list[Piece] = []
    for piece in _pieces(matcher, old, new):
        if pieces and pieces[-1].change is piece.change:
            piece = Piece(piece.change, pieces.pop().words + piece.words)
        pieces.append(piece)
    return tuple(pieces)


def _pieces(matcher: "SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Piece(Change.REMOVED, "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece(Change.ADDED, "".join(new[new_from:new_to]))
