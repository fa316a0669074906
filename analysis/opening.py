"""Which list opens a number: the responses behind it, however they were narrowed."""

from datetime import date
from urllib.parse import urlencode

from analysis.narrowing import Narrowing


def opens(
    desk: str,
    narrowing: Narrowing,
    *,
    question: str = "",
    value: str | None = None,
    status: str = "analysed",
    day: date | None = None,
) -> str:
    """An address below a consultation's. The list of responses knows questions by their key; what
    analysis made of the answers, themes and groupings, its own list opens."""
    asked = {
        "question": question or None,
        "value": value if question else None,
        "day": day,
        "status": status or None,
    }
    given = urlencode({name: part for name, part in asked.items() if part is not None})
    query = "&".join(part for part in (narrowing.query(), given) if part)
    own = any(place.startswith("_") for place, _ in narrowing.where)
    return f"{desk}/{'results/responses-behind' if own else 'responses'}?{query}"
