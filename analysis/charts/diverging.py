"""Diverging bars: disagreement to the left, agreement to the right, of one line in between."""

from collections.abc import Sequence

from msgspec import Struct

from analysis.bars import Bar, places
from analysis.bars import diverging as on_one_measure
from analysis.charts.bars import BAR, GAP
from analysis.charts.canvas import (
    INK,
    LEADING,
    SMALL,
    TRACK,
    WIDE,
    Drawing,
    Named,
    box,
    drawn_name,
    fill_of,
    framed,
    measured,
    paragraph,
    rule,
    stacked,
    text,
    wrapped,
)
from app.words import percent

SWATCH, BETWEEN = 18, 18


class Row(Struct, frozen=True):
    """`shares` most positive first, 0 to 1, of those who answered; empty where they are not shown.
    `words` stand under the bar. Where `few` answered, so many, its ends are people."""

    label: str
    shares: tuple[float, ...]
    words: str = ""
    few: int = 0


def diverging(
    named: Named, points: Sequence[str], rows: Sequence[Row], *, width: int = WIDE
) -> str:
    """`points` is what the scale's points are called, most positive first."""
    name = drawn_name(named, width)
    values = [str(at) for at in range(len(points))]
    bars = on_one_measure([row.shares or (0.0,) * len(points) for row in rows], values)
    lines = (_row(name, row, bar, width) for row, bar in zip(rows, bars, strict=True))
    return framed(named, stacked([_legend(name, points, width), *lines]), width)


def _legend(name: str, points: Sequence[str], width: int) -> Drawing:
    """What each fill stands for, from left to right as in the bars."""
    words = dict(zip((str(at) for at in range(len(points))), points, strict=True))
    parts: list[str] = []
    x, y = 0.0, 0.0
    for value, side, strength in places(list(words)):
        lines = wrapped(words[value], width - SWATCH - 8, SMALL)
        wide = SWATCH + 8 + max(measured(line, SMALL) for line in lines)
        if x and x + wide > width:
            x, y = 0.0, y + LEADING
        fill = fill_of(name, side, strength)
        parts.append(box(x, y + 3, SWATCH, 14, fill=fill, kind=side, edge="#5b6670"))
        parts += paragraph(lines, x + SWATCH + 6, y, size=SMALL)
        x, y = x + wide + BETWEEN, y + LEADING * (len(lines) - 1)
    return Drawing(tuple(parts), y + LEADING + GAP)


def _row(name: str, row: Row, bar: Bar, width: int) -> Drawing:
    labels = wrapped(row.label, width)
    top = LEADING * len(labels) + (3 if labels else 0)
    under = wrapped(row.words, width, SMALL)
    parts = [*paragraph(labels, 0, 0), *_bar(name, row, bar, top, width)]
    parts += paragraph(under, 0, top + BAR + 3, size=SMALL)
    return Drawing(tuple(parts), top + BAR + LEADING * len(under) + GAP + (3 if under else 0))


def _bar(name: str, row: Row, bar: Bar, top: float, width: int) -> list[str]:
    """The bar between the shares of its two sides."""
    room = measured("100%", SMALL) + 6
    wide = (width - 2 * room) / 100
    parts = [box(room, top, 100 * wide, BAR, fill=TRACK, kind="track")]
    for each in bar.segments:
        fill = fill_of(name, each.side, each.strength)
        x, length = room + each.start * wide, each.width * wide
        parts.append(box(x, top, length, BAR, fill=fill, kind=each.side, edge="#ffffff"))
    if bar.segments:
        x = room + bar.middle * wide
        parts.append(rule(x, top - 3, x, top + BAR + 3, ink=INK, kind="middle"))
        parts += _ends(row, top, width)
    return parts


def _ends(row: Row, top: float, width: int) -> list[str]:
    half, foot = len(row.shares) // 2, top + BAR * 0.7
    left, right = (
        str(round(share * row.few)) if row.few else percent(share)
        for share in (sum(row.shares[len(row.shares) - half :]), sum(row.shares[:half]))
    )
    return [
        text(left, 0, foot, size=SMALL),
        text(right, width, foot, size=SMALL, anchor="end"),
    ]
