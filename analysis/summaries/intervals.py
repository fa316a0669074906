"""How surely the shares of all options of a question are known, taken together."""

from collections.abc import Sequence

from analysis.likert import wilson


def goodman(
    counts: Sequence[int], *, confidence: float = 0.95
) -> tuple[tuple[float, float], ...] | None:
    """An interval for each share, so that all hold at once with the confidence given; None of
    nobody.

    Goodman, Technometrics 7 (1965) 247-254: score intervals, each at its part of what is left of
    the confidence. A single option is everybody.
    """
    total = sum(counts)
    if not total:
        return None
    each = 1 - (1 - confidence) / len(counts)
    found = (wilson(count, total, confidence=each) for count in counts)
    return tuple(interval for interval in found if interval)
