"""A count in words, by one fixed table, so that “most” means the same on every page."""

from app.speech import Speech, sentence

FEWEST_FOR_WORDS = 20
"""Below this many, words like “a minority” say more than the numbers can bear."""

_BANDS = (
    (0.90, sentence("almost all")),
    (0.75, sentence("a large majority")),
    (0.50, sentence("most")),
    (0.30, sentence("a large minority")),
    (0.15, sentence("a minority")),
    (0.05, sentence("a small minority")),
    (0.00, sentence("a few")),
)


def how_many(people: int, read: int) -> str:
    """The band that `people` of `read` falls in, like “a small minority”, in English, to be said in
    the reader's language; empty where no word fits.

    A band holds shares above its limit; exactly half is “half”.
    """
    if people == 0:
        return sentence("none")
    if read < FEWEST_FOR_WORDS:
        return ""
    if people in (read, read / 2):
        return sentence("all") if people == read else sentence("half")
    return next(words for limit, words in _BANDS if people / read > limit)


def bands_in_words(speaks: Speech) -> str:
    """The table for readers of a report."""
    return speaks.say(
        "Almost all: over 90%. A large majority: over 75%. Most: over 50%. A large minority: over "
        "30%. A minority: over 15%. A small minority: over 5%. A few: fewer. Where fewer than "
        "{fewest} written answers were read, only the numbers are given.",
        fewest=FEWEST_FOR_WORDS,
    )
