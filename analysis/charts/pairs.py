"""Two shares of each group beside each other: those who answered over the population."""

from collections.abc import Sequence

from msgspec import Struct

from analysis.charts.bars import BAR, Place, placed, row
from analysis.charts.canvas import (
    LEADING,
    SOLID,
    TRACK,
    WIDE,
    Drawing,
    Named,
    box,
    drawn_name,
    framed,
    measured,
    quiet_fill,
    stacked,
    text,
)

HALF, EDGE = BAR / 2, "#4a5560"


class Pair(Struct, frozen=True):
    """Shares of 0 to 1; `words` stand beside the two bars, like “4%, 18%”."""

    label: str
    first: float
    second: float
    words: str


def pairs(
    named: Named, lines: Sequence[Pair], *, first: str, second: str, width: int = WIDE
) -> str:
    """All on one measure, up to the largest share. `first` and `second` name the bars of each line:
    the upper is solid, the lower hatched with an edge, so that they differ without colour."""
    place = placed([line.words for line in lines], width)
    name = drawn_name(named, width)
    most = max((max(line.first, line.second) for line in lines), default=0.0) or 1.0
    key = _key(name, first, second, width)
    return framed(named, stacked([key, *(_line(name, each, place, most) for each in lines)]), width)


def _line(name: str, line: Pair, place: Place, most: float) -> Drawing:
    upper, lower = (place.width * share / most for share in (line.first, line.second))
    parts = [
        box(0, 0, place.width, BAR, fill=TRACK, kind="track"),
        box(0, 0, upper, HALF, fill=SOLID, kind="bar"),
        box(0, HALF, lower, HALF, fill=quiet_fill(name), kind="beside", edge=EDGE),
    ]
    return row(line.label, line.words, place, parts)


def _key(name: str, first: str, second: str, width: int) -> Drawing:
    """What each bar stands for; under each other where there is no room beside."""
    beside = 28 + measured(first) + 24
    wraps = beside + 28 + measured(second) > width
    x, y = (0.0, LEADING) if wraps else (beside, 0)
    parts = (
        box(0, 4, 18, HALF, fill=SOLID, kind="bar"),
        text(first, 26, 14),
        box(x, y + 4, 18, HALF, fill=quiet_fill(name), kind="beside", edge=EDGE),
        text(second, x + 26, y + 14),
    )
    return Drawing(parts, y + LEADING + 10)
