"""Which answer a group of a table is, where its name says so."""

import re
from collections.abc import Iterable, Mapping

_DASHES = re.compile(r"\s*[-–—−]\s*")
_AND_OVER = re.compile(r"\s*\+$| (and|or) (over|above|older|more)$")
_SILENT = re.compile(r"\b(aged?|years?|old|yrs?)\b|[^\w\s<>£$%.]")


def matched(groups: Iterable[str], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The value of the answer for each group, empty where none has that name. `answers` are values
    with their words; a name may be either, whatever its case, dashes and “aged … years”."""
    known: dict[str, str] = {}
    for value, words in answers.items():
        known.setdefault(_plain(words), value)
        known.setdefault(_plain(value), value)
    return tuple(known.get(_plain(group), "") for group in groups)


def _plain(name: str) -> str:
    """Like “65 over” of “Aged 65+”, and “16 to 24” of “16–24 years”."""
    lower = name.casefold().replace("_", " ").replace("&", " and ").strip()
    between = _DASHES.sub(" to ", lower) if re.search(r"\d", lower) else _DASHES.sub(" ", lower)
    silent = _SILENT.sub(" ", _AND_OVER.sub(" over", " ".join(between.split())))
    return " ".join(_AND_OVER.sub(" over", " ".join(silent.split())).split())
