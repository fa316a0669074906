"""A waterfall: from all that came in, less each thing taken out, to what is left."""

from collections.abc import Sequence

from msgspec import Struct

from analysis.bars import Side
from analysis.charts.bars import BAR, Place, placed, row
from analysis.charts.canvas import (
    INK,
    SOLID,
    TRACK,
    WIDE,
    Drawing,
    Named,
    box,
    drawn_name,
    fill_of,
    framed,
    rule,
    stacked,
)

LEAST = 3
"""Pixels: nothing that was taken out is too small to be seen."""


class Step(Struct, frozen=True):
    """`change` is added to what came before, or taken from it; a `whole` is all that there is so
    far, and its `change` is not added again."""

    label: str
    change: int
    words: str
    whole: bool = False


def waterfall(named: Named, steps: Sequence[Step], *, width: int = WIDE) -> str:
    """The first step is usually a whole: what came in."""
    place = placed([step.words for step in steps], width)
    levels = _levels(steps)
    most = max((max(pair) for pair in levels), default=0) or 1
    name = drawn_name(named, width)
    lines = (
        _line(name, step, (low / most, high / most), place)
        for step, (low, high) in zip(steps, levels, strict=True)
    )
    return framed(named, stacked(lines), width)


def _levels(steps: Sequence[Step]) -> list[tuple[int, int]]:
    """From where to where each bar runs."""
    reached = 0
    found = []
    for step in steps:
        before = 0 if step.whole else reached
        reached = before + step.change
        found.append((min(before, reached), max(before, reached)))
    return found


def _line(name: str, step: Step, span: tuple[float, float], place: Place) -> Drawing:
    low, high = span[0] * place.width, span[1] * place.width
    if step.whole:
        fill, kind = SOLID, "bar"
    else:
        side = Side.AGREE if step.change > 0 else Side.DISAGREE
        fill, kind = fill_of(name, side, 1), side
    wide = max(high - low, LEAST) if step.change else 0
    parts = [
        box(0, 0, place.width, BAR, fill=TRACK, kind="track"),
        box(min(low, place.width - wide), 0, wide, BAR, fill=fill, kind=kind),
        rule(high, -6, high, BAR + 6, ink=INK, kind="step"),
    ]
    return row(step.label, step.words, place, parts)
