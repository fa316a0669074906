"""How dates, numbers and plain text are written in pages: the filters of every template."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_words(when: date | datetime, zone: ZoneInfo | None) -> str:
    """Like “21 November 2026”; a moment counts as its day in `zone`."""
    day = when.astimezone(zone) if isinstance(when, datetime) else when
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(when: datetime, zone: ZoneInfo) -> str:
    """Like “21 November 2026 at 3:59pm”; noon and midnight are named, since 12am is misread."""
    local = when.astimezone(zone)
    return f"{date_words(local, zone)} at {_clock(local.hour, local.minute)}"


def _clock(hour: int, minute: int) -> str:
    if minute == 0 and hour in (0, 12):
        return "midnight" if hour == 0 else "midday"
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{'am' if hour < 12 else 'pm'}"


def paragraphs(text: str) -> Markup:
    """Plain text as HTML: an empty line parts paragraphs, a single one breaks the line."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    lines = [Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts]
    return Markup("\n").join(Markup('<p class="govuk-body">{}</p>').format(line) for line in lines)


def whole_percent(share: float) -> int:
    """A share of 0 to 1 as whole per cent; halves go up, and no float says otherwise: 57 of 200 is
    29."""
    return int(round(share * 100, 9) + 0.5)


def percent(share: float) -> str:
    """Like “69%”; never 0% of somebody, nor 100% without somebody."""
    exact, whole = round(share, 11), whole_percent(share)
    if whole == 0 and exact > 0:
        return "under 1%"
    return "over 99%" if whole == 100 and exact < 1 else f"{whole}%"


def number(value: int | float) -> str:
    """Thousands parted: “12,345”."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """The count with its noun: “1 response”, “12 responses”; `many` where an s will not do."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
