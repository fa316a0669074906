"""Figures in words, for officers' pages."""

from collections.abc import Sequence

FEW = 30
"""Under this many answers a percentage says more than is known, so the count comes first."""


def per_cent(share: float) -> str:
    """A whole per cent; halves go up."""
    return f"{int(share * 100 + 0.5)}%"


def count_words(n: int, answered: int) -> str:
    """Like “9 of 12 (75%)” of a few answers, and “69% (54 of 78)” of more."""
    if not answered:
        return "nobody answered"
    of_all = f"{n:,} of {answered:,}"
    share = per_cent(n / answered)
    return f"{of_all} ({share})" if answered < FEW else f"{share} ({of_all})"


def net_words(net: float) -> str:
    """Net agreement in points, signed, like “+50” or “−12”."""
    points = int(abs(net) * 100 + 0.5)
    return str(points) if not points else f"{'+' if net > 0 else '−'}{points}"


def interval_words(interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{per_cent(low)} to {per_cent(high)}"


def either(words: Sequence[str]) -> str:
    """Like “Strongly agree” or “Agree”, each in quotation marks."""
    quoted = [f"“{each}”" for each in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
