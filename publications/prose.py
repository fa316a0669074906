"""Shares in free prose: words and numbers that no figure of the report stands behind."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from analysis.quantities import Band, stated, words_found
from analysis.wording import FEW, whole_per_cent

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_PER_CENT = re.compile(r"(?<![\d.,])(\d+(?:\.\d+)?)\s*(?:%|per\s?cent\b)", re.IGNORECASE)
_PAIR = re.compile(r"(?<![\d.,])(\d[\d,]*) (?:out )?of (?:the )?(\d[\d,]*)", re.IGNORECASE)


class Prose(Struct, frozen=True):
    """A text of the report. `where` names it: “the summary”; `place` is the page that mends it."""

    where: str
    text: str
    place: str


class Doubt(Struct, frozen=True):
    """Something that a text says of a share. `instead` is the word that its own numbers have."""

    said: str
    prose: Prose
    instead: str = ""


Pairs = frozenset[tuple[int, int]]
"""The figures of a report as n and base."""


def has_numbers(prose: Iterable[Prose]) -> bool:
    return any(_PER_CENT.search(each.text) or _PAIR.search(each.text) for each in prose)


def words_alone(prose: Iterable[Prose], bands: Sequence[Band]) -> tuple[Doubt, ...]:
    """Words of the bands in a sentence without a number; each once in a text. A question, like
    “what matters most?”, says nothing of a share."""
    found = (
        Doubt(word, each)
        for each in prose
        for sentence in _SENTENCES.split(each.text)
        if not re.search(r"\d", sentence) and not sentence.endswith("?")
        for word in words_found(sentence, bands)
    )
    return tuple(dict.fromkeys(found))


def numbers_unknown(prose: Iterable[Prose], figures: Pairs) -> tuple[Doubt, ...]:
    """Percentages, and numbers like “54 of 78”, that are no figure of the report."""
    shares = {whole_per_cent(n, base) for n, base in figures if base >= FEW}
    return tuple(dict.fromkeys(_unknown(prose, figures, shares)))


def _unknown(prose: Iterable[Prose], figures: Pairs, shares: set[int]) -> Iterator[Doubt]:
    for each in prose:
        for match in _PER_CENT.finditer(each.text):
            if float(match[1]) not in shares:
                yield Doubt(match[0], each)
        for match in _PAIR.finditer(each.text):
            if _pair(match) not in figures:
                yield Doubt(match[0], each)


def words_that_do_not_fit(
    prose: Iterable[Prose], figures: Pairs, bands: Sequence[Band]
) -> tuple[Doubt, ...]:
    """A sentence with one word and one figure like “54 of 78” says what the figure is."""
    found: dict[Doubt, None] = {}
    for each in prose:
        for sentence in _SENTENCES.split(each.text):
            words, pairs = words_found(sentence, bands), list(_PAIR.finditer(sentence))
            if len(words) == len(pairs) == 1 and (pair := _pair(pairs[0])) in figures:
                now = stated(*pair, bands)
                if now.word != words[0]:
                    found[Doubt(f"{words[0]}” beside “{pairs[0][0]}", each, now.word)] = None
    return tuple(found)


def _pair(match: re.Match[str]) -> tuple[int, int]:
    n, base = (int(part.replace(",", "")) for part in match.groups())
    return n, base
