"""Figures in words, for officers' pages."""

from collections.abc import Sequence

from app.words import percent, whole_percent

FEW = 30
"""Under this many answers a percentage says more than is known, so the count comes first."""


def whole_per_cent(n: int, base: int) -> int:
    """Halves go up, and no float says otherwise: 29 of 200 is 15."""
    return (200 * n + base) // (2 * base)


def count_words(n: int, answered: int) -> str:
    """Like “9 of 12 (75%)” of a few answers, and “69% (54 of 78)” of more."""
    if not answered:
        return "nobody answered"
    of_all = f"{n:,} of {answered:,}"
    share = percent(n / answered)
    return f"{of_all} ({share})" if answered < FEW else f"{share} ({of_all})"


def few(answered: int | None) -> int:
    """How many, where they are too few for per cents; else nought."""
    return answered if answered and answered < FEW else 0


def net_words(net: float) -> str:
    """Net agreement in points, signed, like “+50” or “−12”."""
    points = whole_percent(abs(net))
    return str(points) if not points else f"{'+' if net > 0 else '−'}{points}"


def interval_words(interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{percent(low)} to {percent(high)}"


def either(words: Sequence[str]) -> str:
    """Like “Strongly agree” or “Agree”, each in quotation marks."""
    quoted = [f"“{each}”" for each in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
