"""How old one must be to read a text, by its sentences and syllables."""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from surveys.wording.syllables import syllables

KEPT = 4_096
"""Texts whose count is remembered: one questionnaire is looked at many times over."""
FEWEST_WORDS = 100
"""Of fewer words the formula says little: it was fitted on passages, not on single lines."""
AGE_OF_GRADE = 5
"""Grade 1 of American schools is begun at six."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?:;])[”’\"')]*\s+|\n+")


class Reading(Struct, frozen=True):
    """What was counted in a text."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """The Flesch–Kincaid grade: Kincaid, Fishburne, Rogers and Chissom, Derivation of New
        Readability Formulas for Navy Enlisted Personnel, Research Branch Report 8-75, 1975."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def age(self) -> int:
        """Whole years, and no less than those of a child who begins to read."""
        return max(round(self.grade) + AGE_OF_GRADE, AGE_OF_GRADE)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences with a word in them. A line of a heading or a list is one of its own."""
    return tuple(part.strip() for part in _SENTENCE.split(text) if _WORD.search(part))


@lru_cache(maxsize=KEPT)
def _read(text: str) -> Reading:
    words = _WORD.findall(text)
    counted = len(sentences(text))
    return Reading(len(words), counted, sum(map(syllables, words)))


def reading(texts: Iterable[str]) -> Reading:
    """The count of all texts together; each begins a sentence of its own."""
    read = [_read(text) for text in texts]
    return Reading(
        sum(each.words for each in read),
        sum(each.sentences for each in read),
        sum(each.syllables for each in read),
    )


def hardest(texts: Iterable[str], *, count: int, least_words: int = 12) -> tuple[str, ...]:
    """The sentences with the highest grades, those of fewer than `least_words` left aside."""
    every = {sentence for text in texts for sentence in sentences(text)}
    long = [sentence for sentence in every if _read(sentence).words >= least_words]
    return tuple(sorted(long, key=lambda each: (-_read(each).grade, each))[:count])
