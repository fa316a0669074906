"""The codebook: themes in officers' words, and what is typed to make one."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

MOST_OF_A_SLUG = 60


class Theme(Struct, frozen=True):
    """`keywords` are the words and phrases that suggest it; `reference` is where a paper deals with
    it, like 4.9."""

    id: int
    slug: str
    label: str
    description: str
    keywords: tuple[str, ...]
    reference: str
    position: int
    created_at: datetime


class ThemeWords(Struct, frozen=True):
    """What an officer says of a theme."""

    label: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    reference: str = ""


def read_keywords(typed: str) -> tuple[str, ...]:
    """Words and phrases from text with one a line or between commas; repeats left out."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", typed))
    first: dict[str, str] = {}
    for part in parts:
        if part:
            first.setdefault(part.casefold(), part)
    return tuple(first.values())


def theme_slug(label: str, taken: Iterable[str]) -> str:
    """The label as it can stand in an address, made different from those that are taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:MOST_OF_A_SLUG].strip("-") or "theme"
    used = set(taken)
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in used:
        number += 1
    return slug


def same_label(one: str, other: str) -> bool:
    """Whether a reader would take the two for the same."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
