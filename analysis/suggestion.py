"""First suggestions: the words of a theme found in an answer. A person decides."""

import re
from collections.abc import Iterable

from msgspec import Struct

from analysis.codebook import Theme

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Suggestion(Struct, frozen=True):
    """Not a coding until a person makes it one. `because` are the answer's own words."""

    theme_id: int
    because: tuple[str, ...]


def suggestions(text: str, themes: Iterable[Theme]) -> tuple[Suggestion, ...]:
    """A suggestion for each theme that has a keyword in the text, most matches first."""
    found = (Suggestion(theme.id, matching_words(text, theme.keywords)) for theme in themes)
    return tuple(sorted((s for s in found if s.because), key=lambda s: -len(s.because)))


def matching_words(text: str, keywords: Iterable[str]) -> tuple[str, ...]:
    """The answer's own words that match, in its order, each once.

    A keyword matches whole words, whatever their case and simple inflection: “volunteer” finds
    “Volunteering”. One of several words matches them in a row.
    """
    words = list(WORD.finditer(text))
    stems = [stem(word.group()) for word in words]
    spans: set[tuple[int, int]] = set()
    for keyword in keywords:
        wanted = [stem(word) for word in WORD.findall(keyword)]
        size = len(wanted)
        starts = range(len(stems) - size + 1) if wanted else ()
        spans |= {(at, at + size) for at in starts if stems[at : at + size] == wanted}
    first: dict[str, str] = {}
    for start, end in sorted(spans):
        said = " ".join(text[words[start].start() : words[end - 1].end()].split())
        first.setdefault(said.casefold(), said)
    return tuple(first.values())


def stem(word: str) -> str:
    """The word without plural, -ed or -ing, so that its forms compare equal; not always a word.

    Endings that make another word stay: a general stemmer takes “communication” for “community”.
    """
    bare = re.sub(r"['’]s?$", "", word.casefold())
    for endings in (_PLURALS, _PARTICIPLES):
        bare = next((one.sub(kept, bare) for one, kept in endings if one.search(bare)), bare)
    return bare[:-1] if bare.endswith("e") and len(bare) > 4 else bare


# Of each list, the first that matches. What is kept is long enough to leave “caring” and “car”,
# “speed” and “bus” alone.
_PLURALS = (
    (re.compile("(.{2,})ies$"), r"\1y"),
    (re.compile("(.{2,}(?:s|x|z|ch|sh))es$"), r"\1"),
    (re.compile("(.{2,}[^siu])s$"), r"\1"),
)
_PARTICIPLES = (
    (re.compile("(.{2,})ied$"), r"\1y"),
    (re.compile(r"(.+)([bdfgkmnprtv])\2(?:ing|ed)$"), r"\1\2"),
    (re.compile("(.{4,})(?:ing|ed)$"), r"\1"),
)
