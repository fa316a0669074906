"""Quotes for the public: words of an answer, with […] where something was left out."""

import re

GAP = "[…]"


def tidy_quote(typed: str) -> str:
    """The quote with single spaces and gaps written one way."""
    with_gaps = re.sub(r"\[\s*(?:…|\.\.\.)\s*\]", GAP, typed)
    return " ".join(with_gaps.split()).strip('“”" ')


def is_of(quote: str, answer: str) -> bool:
    """Whether the quote, as `tidy_quote` leaves it, is made of the answer's own words.

    Each part between gaps stands in the answer, in the same order. Straight and curly quotation
    marks are the same.
    """
    text, place = _plain(answer), 0
    parts = [part for part in (_plain(part) for part in quote.split(GAP)) if part]
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return bool(parts)


def _plain(text: str) -> str:
    straight = text.translate(str.maketrans("‘’“”", "''\"\""))
    return " ".join(straight.split()).strip()
