"""Counts in words, by the bands that an edition was sealed with, so that “most” means one thing."""

from collections.abc import Sequence

from msgspec import Struct, UnsetType

from analysis.quantities import Band, said, stated
from analysis.quantities import bands_in_words as lines_of
from analysis.wording import FEW
from app.speech import Speech, sentence

_FEWEST_AT_FIRST = 20
_AT_FIRST = (
    (0.90, sentence("almost all")),
    (0.75, sentence("a large majority")),
    (0.50, sentence("most")),
    (0.30, sentence("a large minority")),
    (0.15, sentence("a minority")),
    (0.05, sentence("a small minority")),
    (0.00, sentence("a few")),
)


class BandsPrinted(Struct, frozen=True):
    """The table for readers of a report: a paragraph, and a line for each band."""

    words: str
    lines: tuple[str, ...] = ()


def how_many(people: int, read: int, bands: Sequence[Band] | UnsetType, *, speaks: Speech) -> str:
    """The word for `people` of `read`, like “a minority”; empty where no word fits."""
    if isinstance(bands, UnsetType):
        words = _how_many_at_first(people, read)
        return speaks.say(words) if words else ""
    return said(stated(people, read, bands), bands, speaks) if read >= FEW else ""


def bands_printed(bands: Sequence[Band] | UnsetType, *, speaks: Speech) -> BandsPrinted:
    if isinstance(bands, UnsetType):
        return BandsPrinted(_printed_at_first(speaks))
    return BandsPrinted(
        speaks.say(
            "Words like these stand for shares in whole per cent. “All” is everybody and “none” is "
            "nobody. Where fewer than {fewest} people answered, only the numbers are given.",
            fewest=FEW,
        ),
        tuple(lines_of(bands, speaks=speaks)),
    )


def _how_many_at_first(people: int, read: int) -> str:
    """A band held shares above its limit; exactly half was “half”."""
    if people == 0:
        return sentence("none")
    if read < _FEWEST_AT_FIRST:
        return ""
    if people in (read, read / 2):
        return sentence("all") if people == read else sentence("half")
    return next(words for limit, words in _AT_FIRST if people / read > limit)


def _printed_at_first(speaks: Speech) -> str:
    return speaks.say(
        "Almost all: over 90%. A large majority: over 75%. Most: over 50%. A large minority: over "
        "30%. A minority: over 15%. A small minority: over 5%. A few: fewer. Where fewer than "
        "{fewest} written answers were read, only the numbers are given.",
        fewest=_FEWEST_AT_FIRST,
    )
