"""A count in words, by one fixed table, so that “most” means the same on every page."""

FEWEST_FOR_WORDS = 20
"""Below this many, words like “a minority” say more than the numbers can bear."""

_BANDS = (
    (0.90, "almost all"),
    (0.75, "a large majority"),
    (0.50, "most"),
    (0.30, "a large minority"),
    (0.15, "a minority"),
    (0.05, "a small minority"),
    (0.00, "a few"),
)


def how_many(people: int, read: int) -> str:
    """The band that `people` of `read` falls in, like “a small minority”; empty where no word fits.

    A band holds shares above its limit; exactly half is “half”.
    """
    if people == 0:
        return "none"
    if read < FEWEST_FOR_WORDS:
        return ""
    if people in (read, read / 2):
        return "all" if people == read else "half"
    return next(words for limit, words in _BANDS if people / read > limit)


BANDS_IN_WORDS = (
    "Almost all: over 90%. A large majority: over 75%. Most: over 50%. A large minority: over 30%. "
    "A minority: over 15%. A small minority: over 5%. A few: fewer. "
    f"Where fewer than {FEWEST_FOR_WORDS} written answers were read, only the numbers are given."
)
"""The table for readers of a report."""
