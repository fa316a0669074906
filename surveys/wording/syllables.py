"""How many syllables an English word has."""

import re
from functools import cache, lru_cache

import pyphen  # type: ignore[import-untyped]

LANGUAGE = "en_US"
"""American hyphenation breaks at nearly every syllable; British breaks at fewer."""

KEPT = 16_384
"""Words whose count is remembered."""

_VOWELS = re.compile("[aeiouy]+")
_SPOKEN_APART = re.compile(
    r"(?<![tcsgln])i[ao](?!us\b)|(?<=[tv])iou|[aeiou]ing\b|ie(?=t|n(?:t|ce))|eas?\b"
    r"|eo(?=s?\b|n)|u(?:al|ous|ate|ity)\b"
)
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e\b|(?<=[^td])ed\b|(?<=[^aeiouyscxzg])es\b|e(?=ly\b|ment|less|ful)"
    r"|ue(?=s?\b)(?<=[gq]ue)"
)


_SAID_SHORTER = {
    "business": 2,
    "businesses": 3,
    "evening": 2,
    "every": 2,
    "everyone": 3,
    "everything": 3,
    "framework": 2,
}
"""Everyday words with a vowel in their midst that nobody says."""


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=LANGUAGE)


@lru_cache(maxsize=KEPT)
def syllables(word: str) -> int:
    """Pyphen's parts, or the vowels that are heard where there are more of those: hyphenation
    leaves whole what typesetters do not break, like the a in “area”."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in _SAID_SHORTER:
        return _SAID_SHORTER[plain]
    heard = len(_VOWELS.findall(plain)) + len(_SPOKEN_APART.findall(plain))
    return max(len(_hyphens().positions(plain)) + 1, heard - len(_SILENT.findall(plain)), 1)
