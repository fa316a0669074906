"""Words bound to numbers: “most”, “around half”, “a few”, from bands that are printed as well."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from analysis.wording import FEW, whole_per_cent
from app.problems import Problem
from app.speech import ENGLISH, LANGUAGES, Speech, sentence, speech

ALL, NONE = sentence("all"), sentence("none")
LONGEST_WORD = 60
# “The most”, “at most” and “most of all” are no shares.
_NO_SHARE_AFTER = r"(?<!\bthe )(?<!\bat )(?<!\bits )(?<!\bour )(?<!\btheir )"


class Band(Struct, frozen=True):
    """The word for shares of at least `from_percent` that no higher band takes, going by the whole
    per cent that is printed. `words` are by language, where they are not the program's own."""

    word: str
    from_percent: int
    words: dict[str, str] = {}

    def said(self, speaks: Speech) -> str:
        return self.words.get(speaks.language) or speaks.say(self.word)


BANDS = (
    Band(sentence("almost all"), 90),
    Band(sentence("most"), 55),
    Band(sentence("around half"), 45),
    Band(sentence("a minority"), 10),
    Band(sentence("a few"), 0),
)
"""Ours, until a council sets its own. Whichever are in force are printed with the report."""


class Stated(Struct, frozen=True):
    """A word with the numbers that it was written of."""

    word: str
    n: int
    base: int


class Conflict(Struct, frozen=True):
    """The data or the bands changed under a word that somebody chose, and it no longer fits."""

    written: Stated
    now: Stated

    @property
    def words(self) -> str:
        if (self.now.n, self.now.base) == (self.written.n, self.written.base):
            return (
                f"“{self.written.word}” was written of {of_all(self.written)}, which the bands "
                f"call “{self.now.word}” now"
            )
        return (
            f"“{self.written.word}” was written of {of_all(self.written)}; it is "
            f"{of_all(self.now)} now, which is “{self.now.word}”"
        )


def band_problems(bands: Sequence[Band]) -> tuple[Problem, ...]:
    """What keeps bands from being used: they fall to nothing, each with its own word. A problem's
    place is `word-N` or `from-N`, N counted from 1."""
    return (*_word_problems(bands), *_limit_problems(bands))


def _word_problems(bands: Sequence[Band]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for number, band in enumerate(bands, start=1):
        word = band.word.casefold()
        if not word.strip():
            yield Problem(f"word-{number}", "Give this band a word")
        elif word in (ALL, NONE):
            yield Problem(
                f"word-{number}", f"“{band.word}” is kept for {_KEPT[word]}: choose another word"
            )
        for language, said in {ENGLISH: band.word, **band.words}.items():
            if len(said) > LONGEST_WORD:
                yield Problem(
                    _place("word", number, language), f"Use {LONGEST_WORD} characters or fewer"
                )
            if (language, said.casefold()) in seen and said.strip():
                yield Problem(
                    _place("word", number, language),
                    f"“{said}” is there twice: give each band its own word",
                )
            seen.add((language, said.casefold()))


_KEPT = {ALL: "everybody", NONE: "nobody"}


def _place(field: str, number: int, language: str) -> str:
    return f"{field}-{number}" if language == ENGLISH else f"{field}-{number}-{language}"


def _limit_problems(bands: Sequence[Band]) -> Iterator[Problem]:
    for number, band in enumerate(bands, start=1):
        if not 0 <= band.from_percent <= 100:
            yield Problem(f"from-{number}", "Shares lie between 0 and 100%")
    for number, (higher, lower) in enumerate(pairwise(bands), start=2):
        if lower.from_percent >= higher.from_percent:
            yield Problem(
                f"from-{number}",
                f"“{lower.word}” starts at or above “{higher.word}”: make it lower",
            )
    if not bands or bands[-1].from_percent != 0:
        yield Problem(
            f"from-{max(len(bands), 1)}",
            "Let the last band start at 0, so that every share has one",
        )


def stated(n: int, base: int, bands: Sequence[Band] = BANDS) -> Stated:
    """The word for n of a base. Nobody and everybody are “none” and “all”; under 30 the word is the
    count itself, “9 of 12”, since a share of so few says more than is known."""
    if not 0 <= n <= base:
        raise ValueError("n is a part of its base")
    return Stated(_word(n, base, bands), n, base)


def _word(n: int, base: int, bands: Sequence[Band]) -> str:
    if base < FEW:
        return f"{n} of {base}"
    if n in (0, base):
        return ALL if n else NONE
    printed = whole_per_cent(n, base)
    return next(band.word for band in bands if printed >= band.from_percent)


def restated(
    written: Stated, n: int, base: int, *, by_hand: bool, bands: Sequence[Band] = BANDS
) -> Stated | Conflict:
    """The words for data as they are now. A word that the program put changes with them; one
    that somebody wrote `by_hand` is never changed for them: where it no longer fits, a conflict."""
    now = stated(n, base, bands)
    return Conflict(written, now) if by_hand and now.word != written.word else now


def said(stated: Stated, bands: Sequence[Band], speaks: Speech) -> str:
    """The word in a language, like “y rhan fwyaf”."""
    if stated.base < FEW:
        return of_all(stated, speaks)
    own = next((band for band in bands if band.word == stated.word), None)
    return own.said(speaks) if own else speaks.say(stated.word)


def of_all(stated: Stated, speaks: Speech | None = None) -> str:
    """The numbers behind the word, always shown with it: “54 of 78, 69%”; few without per cent."""
    spoken = speaks or speech(ENGLISH)
    counts = spoken.say("{some} of {all}", some=stated.n, all=stated.base)
    if stated.base < FEW:
        return counts
    share = spoken.percent(stated.n / stated.base)
    return spoken.say("{counts}, {share}", counts=counts, share=share)


def in_words(stated: Stated, bands: Sequence[Band] = BANDS, *, speaks: Speech | None = None) -> str:
    """Like “most (54 of 78, 69%)”, and of few “9 of 12”."""
    spoken = speaks or speech(ENGLISH)
    if stated.base < FEW:
        return of_all(stated, spoken)
    return f"{said(stated, bands, spoken)} ({of_all(stated, spoken)})"


def bands_in_words(bands: Sequence[Band] = BANDS, *, speaks: Speech | None = None) -> list[str]:
    """What the report prints, a line for each: “most: 55% to 89%”."""
    spoken = speaks or speech(ENGLISH)
    ends = [None, *(band.from_percent for band in bands[:-1])]
    return [_band_in_words(band, end, spoken) for band, end in zip(bands, ends, strict=True)]


def _band_in_words(band: Band, end: int | None, speaks: Speech) -> str:
    word, low = band.said(speaks), speaks.percent(band.from_percent / 100)
    if end is None:
        return speaks.say("{word}: {share} or more", word=word, share=low)
    if not band.from_percent:
        return speaks.say("{word}: under {share}", word=word, share=speaks.percent(end / 100))
    high = speaks.percent((end - 1) / 100)
    if high == low:
        return speaks.say("{word}: {share}", word=word, share=low)
    return speaks.say("{word}: {low} to {high}", word=word, low=low, high=high)


def in_every_language(bands: Sequence[Band]) -> tuple[Band, ...]:
    """The bands with their words in each language that the program speaks, so that they read the
    same when its own translations change."""
    return tuple(
        replace(
            band,
            words={code: band.said(speech(code)) for code in LANGUAGES if code != ENGLISH},
        )
        for band in bands
    )


def words_found(text: str, bands: Sequence[Band]) -> tuple[str, ...]:
    """The words of the bands that stand in a text, in its order; “the most” is none of them."""
    known: Mapping[str, str] = {band.word.casefold(): band.word for band in bands}
    longest_first = sorted(known, key=len, reverse=True)
    either = "|".join(re.escape(word) for word in longest_first)
    found = re.finditer(rf"{_NO_SHARE_AFTER}\b(?:{either})\b", text, re.IGNORECASE)
    return tuple(known[match.group().casefold()] for match in found)
