"""Bars of shares: a line for each answer, its number beside it."""

from collections.abc import Sequence

from msgspec import Struct

from analysis.charts.canvas import (
    INK,
    LEADING,
    NARROW,
    SOLID,
    TRACK,
    WIDE,
    Drawing,
    Named,
    box,
    drawn_name,
    framed,
    measured,
    paragraph,
    quiet_fill,
    rule,
    stacked,
    text,
    wrapped,
)

BAR, GAP = 22, 12


class Line(Struct, frozen=True):
    """`share` 0 to 1, None where it is not shown; `words` stand beside the bar, like “54, 69%”.
    `beside` marks what is no answer, which is hatched."""

    label: str
    share: float | None
    words: str
    interval: tuple[float, float] | None = None
    beside: bool = False


class Place(Struct, frozen=True):
    """Where a line's parts lie: labels beside the bars, or over them where there is no room."""

    label: float
    start: float
    width: float
    above: bool


def bars(named: Named, lines: Sequence[Line], *, width: int = WIDE) -> str:
    """All on one measure from nobody to everybody."""
    place = placed([line.words for line in lines], width)
    name = drawn_name(named, width)
    return framed(named, stacked(_line(name, line, place) for line in lines), width)


def placed(words: Sequence[str], width: int) -> Place:
    beside = max((measured(each) for each in words), default=0.0) + 10
    above = width <= NARROW
    label = width if above else width * 0.36
    start = 0 if above else label + 14
    return Place(label, start, width - start - beside, above)


def row(label: str, words: str, place: Place, parts: Sequence[str]) -> Drawing:
    """A line's label and words, around bars that are drawn from its own top."""
    lines = wrapped(label, place.label)
    over = LEADING * len(lines) + 3 if place.above else 0
    high = max(BAR, 0 if place.above else LEADING * len(lines))
    lower = over + (high - BAR) / 2
    top = 0 if place.above else (high - LEADING * len(lines)) / 2
    moved = f'<g transform="translate({place.start:g} {lower:g})">{"".join(parts)}</g>'
    beside = text(words, place.start + place.width + 8, lower + BAR * 0.72)
    return Drawing((*paragraph(lines, 0, top), moved, beside), over + high + GAP)


def _line(name: str, line: Line, place: Place) -> Drawing:
    wide = place.width
    parts = [box(0, 0, wide, BAR, fill=TRACK, kind="track")]
    if line.share is not None:
        fill = quiet_fill(name) if line.beside else SOLID
        kind, edge = ("beside", "#8a949d") if line.beside else ("bar", "")
        parts.append(box(0, 0, wide * min(line.share, 1), BAR, fill=fill, kind=kind, edge=edge))
    if line.interval:
        parts.append(_whisker(*line.interval, wide))
    return row(line.label, line.words, place, parts)


def _whisker(low: float, high: float, wide: float) -> str:
    """The interval, light around dark, so that it shows on the bar and beside it."""
    middle = BAR / 2
    ends = [rule(wide * at, middle - 5, wide * at, middle + 5, ink=INK) for at in (low, high)]
    halo = box(wide * low, middle - 2, wide * (high - low), 4, fill="#ffffff", kind="halo")
    return "".join([halo, rule(wide * low, middle, wide * high, middle, ink=INK), *ends])
