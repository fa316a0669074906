"""The tone of an answer's words, by TextBlob. Never agreement: it scores words, not stance.

“I agree” and “I disagree” both score 0.0. Works without any downloaded corpus.
"""

from functools import cache
from threading import Lock
from typing import Any

from msgspec import Struct

WARM, SHARP = 0.1, -0.1
"""Within these the words are called plain: TextBlob gives small scores to many everyday words."""


class ToneWord(Struct, frozen=True):
    words: str
    polarity: float


class Tone(Struct, frozen=True):
    """`polarity` is -1 to 1, the mean over the words that made it, in the order they stand."""

    polarity: float
    made_by: tuple[ToneWord, ...]

    @property
    def words(self) -> str:
        if self.polarity > WARM:
            return "leans warm"
        return "leans sharp" if self.polarity < SHARP else "plain"


def tone(text: str) -> Tone:
    """The tone of English words; a text with no word that TextBlob knows is plain.

    The first call takes a second or more, so a server calls it from a thread.
    """
    with _LOADING:
        polarity, _, assessments = _analyser().analyze(text, keep_assessments=True)
    return Tone(
        float(polarity),
        tuple(
            ToneWord(" ".join(words), float(score)) for words, score, _, _ in assessments if score
        ),
    )


# A second thread must not read the lexicon while the first is filling it.
_LOADING = Lock()


@cache
def _analyser() -> Any:
    # TextBlob takes over a second to import and only the coding desk needs it.
    from textblob.en.sentiments import PatternAnalyzer  # type: ignore[import-untyped]

    return PatternAnalyzer()
