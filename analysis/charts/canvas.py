"""What all charts are drawn with: text that wraps, boxes, patterns, and the frame around them."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from unicodedata import east_asian_width

from msgspec import Struct

from analysis.bars import Side

WIDE, NARROW = 720, 290
"""Widths in pixels; NARROW fits between the margins of the smallest phone."""

SIZE, LEADING = 15, 20
SMALL, LARGE = 13, 19
INK, QUIET, RULE, TRACK, GROUND = "#16202a", "#4a5560", "#d3d9de", "#eef1f3", "#ffffff"
SOLID = "#1f5f99"
FONT = "Atkinson Hyperlegible Next, Arial, Helvetica, sans-serif"
_AGREE = ("#7fb2dd", "#1f5f99", "#0f3557")
_STRIPES = (("#fbd8b4", "#c0622a"), ("#d9722e", "#8f3f0d"), ("#8f3f0d", "#5a2606"))
# In ems, ours or a face that a reader may get instead.
_THIN, _BROAD = frozenset("iljtfrI1.,:;'|!()[]‘’ "), frozenset("mwMWGOQ@%—…")


class Named(Struct, frozen=True):
    """A chart's title and, in words, what it shows; `id` is its own among all of a page. `heading`
    and `foot` are drawn over and under it, for an image that leaves its page."""

    id: str
    title: str
    says: str
    heading: str = ""
    foot: str = ""


class Drawn(Struct, frozen=True):
    """One chart for both kinds of room."""

    wide: str
    narrow: str


def drawn(draw: Callable[[int], str]) -> Drawn:
    """A chart at both widths; `analysis/_charts.html` shows the one that fits."""
    return Drawn(draw(WIDE), draw(NARROW))


class Drawing(Struct, frozen=True):
    """Parts of a picture, and how high they are together."""

    parts: tuple[str, ...]
    height: float


def measured(text: str, size: float = SIZE) -> float:
    """How wide words are at most, in pixels."""
    return size * sum(map(_ems, text))


@lru_cache(maxsize=4096)
def _ems(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    if character in _THIN:
        return 0.36
    if character in _BROAD:
        return 0.92
    return 0.7 if character.isupper() else 0.63


def wrapped(text: str, width: float, size: float = SIZE) -> tuple[str, ...]:
    """Lines that fit; a word that is too long for one is cut."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measured(joined, size) <= width:
            lines[-1] = joined
        else:
            *whole, rest = _cut(word, width, size)
            lines += [*whole, rest]
    return tuple(lines)


def _cut(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and measured(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: float = SIZE,
    anchor: str = "start",
    fill: str = INK,
    bold: bool = False,
) -> str:
    """One line of text; `y` is its foot."""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text class="svg-text" x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"'
        f' text-anchor="{anchor}" fill="{fill}"{weight}>{escape(words)}</text>'
    )


def paragraph(
    lines: Sequence[str], x: float, y: float, *, size: float = SIZE, leading: float = LEADING
) -> tuple[str, ...]:
    """Lines under each other; `y` is the top of the first."""
    return tuple(
        text(line, x, y + leading * at + leading * 0.75, size=size) for at, line in enumerate(lines)
    )


def box(
    x: float, y: float, width: float, height: float, *, fill: str, kind: str, edge: str = ""
) -> str:
    """A rectangle; `kind` names what it is for a style sheet."""
    stroke = f' stroke="{edge}"' if edge else ""
    return (
        f'<rect class="svg-{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}"'
        f' height="{_n(height)}" fill="{fill}"{stroke}/>'
    )


def rule(x1: float, y1: float, x2: float, y2: float, *, ink: str = RULE, kind: str = "rule") -> str:
    width = 2 if kind == "middle" else 1
    return (
        f'<path class="svg-{kind}" d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" stroke="{ink}"'
        f' stroke-width="{width}" fill="none"/>'
    )


def fill_of(name: str, side: Side, strength: int) -> str:
    """The fill of a side of a scale; patterns are those of `patterns(name)`."""
    step = min(strength, 3)
    if side is Side.AGREE:
        return _AGREE[step - 1]
    return f"url(#{name}-dots)" if side is Side.NEUTRAL else f"url(#{name}-stripes-{step})"


def quiet_fill(name: str) -> str:
    """The fill of what is beside the answers: left out, no opinion."""
    return f"url(#{name}-hatch)"


def patterns(name: str) -> str:
    stripes = (
        _pattern(
            f"{name}-stripes-{at}", back, f'<path d="{_SLANT}" stroke="{ink}" stroke-width="2"/>'
        )
        for at, (back, ink) in enumerate(_STRIPES, start=1)
    )
    dots = _pattern(f"{name}-dots", "#dde2e6", '<circle cx="4" cy="4" r="1.5" fill="#5b6670"/>')
    hatch = _pattern(
        f"{name}-hatch", "#ffffff", f'<path d="{_SLANT}" stroke="#8a949d" stroke-width="1"/>'
    )
    return f"<defs>{''.join(stripes)}{dots}{hatch}</defs>"


_SLANT = "M-2 2L2 -2M0 8L8 0M6 10L10 6"


def _pattern(name: str, back: str, marks: str) -> str:
    return (
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{back}"/>{marks}</pattern>'
    )


def framed(named: Named, drawing: Drawing, width: int) -> str:
    """The whole SVG: as wide as its place, at most its own width, and told in words."""
    name = drawn_name(named, width)
    drawing = stacked([_heading(named.heading, width), drawing, _foot(named.foot, width)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="svg-chart" role="img"'
        f' aria-labelledby="{name}-title {name}-says" width="{width}"'
        f' height="{_n(drawing.height)}" viewBox="0 0 {width} {_n(drawing.height)}"'
        f' font-family="{FONT}"><title id="{name}-title">{escape(named.title)}</title>'
        f'<desc id="{name}-says">{escape(named.says)}</desc>{patterns(name)}'
        f"{box(0, 0, width, drawing.height, fill=GROUND, kind='ground')}"
        f"{''.join(drawing.parts)}</svg>"
    )


def _heading(words: str, width: int) -> Drawing:
    lines = wrapped(words, width, LARGE)
    parts = (text(line, 0, 26 * at + 20, size=LARGE, bold=True) for at, line in enumerate(lines))
    return Drawing(tuple(parts), 26 * len(lines) + 14 if lines else 0)


def _foot(words: str, width: int) -> Drawing:
    lines = wrapped(words, width, SMALL)
    return Drawing(paragraph(lines, 0, 4, size=SMALL, leading=18), 18 * len(lines) + 4)


def drawn_name(named: Named, width: int) -> str:
    """A prefix for the ids of one drawing: a page may hold a chart at both widths."""
    return f"{named.id}-{width}"


def stacked(drawings: Iterable[Drawing]) -> Drawing:
    """One under the other, each drawn from its own top."""
    parts: list[str] = []
    height = 0.0
    for each in drawings:
        parts.append(f'<g transform="translate(0 {_n(height)})">{"".join(each.parts)}</g>')
        height += each.height
    return Drawing(tuple(parts), height)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
