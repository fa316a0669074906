"""Responses a day: a column for each day, from the first to the last."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from analysis.charts.canvas import (
    INK,
    NARROW,
    QUIET,
    SMALL,
    SOLID,
    WIDE,
    Drawing,
    Named,
    box,
    framed,
    measured,
    paragraph,
    rule,
    text,
    wrapped,
)

HEIGHT = 180
TOP, FOOT = 24, 24


class Mark(Struct, frozen=True):
    """Something that happened on a day, like “Round 1 closed”."""

    on: date
    words: str


def days(
    named: Named,
    counted: Sequence[tuple[date, int]],
    *,
    marks: Sequence[Mark] = (),
    width: int = WIDE,
) -> str:
    """Days without a response need not be given. Marks are numbered, and told underneath."""
    every = _every_day(counted, marks)
    most = max((n for _, n in every), default=0) or 1
    left = measured(f"{most:,}", SMALL) + 10
    step = (width - left) / max(len(every), 1)
    parts = [*_scale(most, left, width), *_columns(every, most, left, step)]
    parts += _ends(every, left, width)
    first = every[0][0] if every else date.min
    ordered = sorted(marks, key=lambda mark: mark.on)
    for at, mark in enumerate(ordered, start=1):
        x = left + ((mark.on - first).days + 0.5) * step
        parts.append(rule(x, TOP - 6, x, TOP + HEIGHT, ink=INK, kind="step"))
        parts.append(text(str(at), x, TOP - 9, size=SMALL, anchor="middle"))
    told = [
        line
        for at, mark in enumerate(ordered, start=1)
        for line in wrapped(f"{at}: {_day(mark.on)}, {mark.words}", width, SMALL)
    ]
    under = TOP + HEIGHT + FOOT
    parts += paragraph(told, 0, under, size=SMALL, leading=18)
    return framed(named, Drawing(tuple(parts), under + 18 * len(told) + 4), width)


def _every_day(
    counted: Sequence[tuple[date, int]], marks: Sequence[Mark]
) -> list[tuple[date, int]]:
    there = [day for day, _ in counted] + [mark.on for mark in marks]
    if not there:
        return []
    people = dict(counted)
    first, last = min(there), max(there)
    each = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [(day, people.get(day, 0)) for day in each]


def _scale(most: int, left: float, width: int) -> list[str]:
    parts = []
    for n in sorted({0, most // 2, most}):
        y = TOP + HEIGHT * (1 - n / most)
        parts.append(rule(left, y, width, y))
        parts.append(text(f"{n:,}", left - 6, y + 4, size=SMALL, anchor="end", fill=QUIET))
    return parts


def _columns(every: Sequence[tuple[date, int]], most: int, left: float, step: float) -> list[str]:
    gap = min(step * 0.2, 4) if step > 3 else 0
    return [
        box(
            left + at * step + gap / 2,
            TOP + HEIGHT * (1 - n / most),
            step - gap,
            HEIGHT * n / most,
            fill=SOLID,
            kind="bar",
        )
        for at, (_, n) in enumerate(every)
        if n
    ]


def _ends(every: Sequence[tuple[date, int]], left: float, width: int) -> list[str]:
    """The first day and the last, and where there is room the one in the middle."""
    if not every:
        return []
    y = TOP + HEIGHT + 17
    parts = [text(_day(every[0][0]), left, y, size=SMALL)]
    if len(every) > 1:
        parts.append(text(_day(every[-1][0]), width, y, size=SMALL, anchor="end"))
    if len(every) > 4 and width > NARROW:
        at = len(every) // 2
        x = left + (at + 0.5) * (width - left) / len(every)
        parts.append(text(_day(every[at][0]), x, y, size=SMALL, anchor="middle"))
    return parts


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
