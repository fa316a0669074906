"""A heat map: rows by columns, the darker the larger the share, which stands in the cell."""

from collections.abc import Sequence

from msgspec import Struct

from analysis.charts.canvas import (
    INK,
    LEADING,
    NARROW,
    SMALL,
    WIDE,
    Drawing,
    Named,
    box,
    framed,
    measured,
    paragraph,
    stacked,
    text,
    wrapped,
)

HEIGHT, GAP = 34, 4
STEPS = ("#ffffff", "#e6eff7", "#cfe0f0", "#b3cfe8", "#9cc2e4")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class HeatRow(Struct, frozen=True):
    """For each column a share, 0 to 1, and its words, like “54 69%”; a share of None is a cell
    without colour, whatever the reason."""

    label: str
    cells: tuple[tuple[float | None, str], ...]


class _Grid(Struct, frozen=True):
    label: float
    column: float
    above: bool


def heat(
    named: Named, columns: Sequence[str], rows: Sequence[HeatRow], *, width: int = WIDE
) -> str:
    """Where columns are too narrow for their names, letters stand for them and are told above."""
    above = width <= NARROW
    label = 0.0 if above else width * 0.28
    grid = _Grid(label, (width - label) / max(len(columns), 1), above)
    lines = (_row(row, grid, width) for row in rows)
    return framed(named, stacked([*_heads(columns, grid, width), *lines]), width)


def _heads(columns: Sequence[str], grid: _Grid, width: int) -> list[Drawing]:
    room = grid.column - 8
    fits = all(measured(word, SMALL) <= room for name in columns for word in name.split())
    if fits or len(columns) > len(LETTERS):
        return [_names(columns, grid)]
    lettered = [f"{LETTERS[at]}: {name}" for at, name in enumerate(columns)]
    told = [line for name in lettered for line in wrapped(name, width, SMALL)]
    key = Drawing(paragraph(told, 0, 0, size=SMALL, leading=18), 18 * len(told) + 8)
    return [key, _names(LETTERS[: len(columns)], grid)]


def _names(columns: Sequence[str], grid: _Grid) -> Drawing:
    names = [wrapped(name, grid.column - 8, SMALL) for name in columns]
    most = max(map(len, names), default=0)
    parts = (
        text(
            line,
            _middle(grid, at),
            16 * (most - len(lines) + row + 1) - 2,
            size=SMALL,
            anchor="middle",
        )
        for at, lines in enumerate(names)
        for row, line in enumerate(lines)
    )
    return Drawing(tuple(parts), 16 * most + 6)


def _row(row: HeatRow, grid: _Grid, width: int) -> Drawing:
    labels = wrapped(row.label, width if grid.above else grid.label - 12)
    tall = LEADING * len(labels)
    top = tall + 2 if grid.above else 0
    high = HEIGHT if grid.above else max(HEIGHT, tall)
    size = SMALL if all(measured(words) > grid.column - 6 for _, words in row.cells) else 14
    parts = list(paragraph(labels, 0, 0 if grid.above else (high - tall) / 2))
    for at, (share, words) in enumerate(row.cells):
        x = grid.label + at * grid.column
        step = min(int((share or 0) * len(STEPS)), len(STEPS) - 1)
        shade = STEPS[step]
        parts.append(
            box(x, top, grid.column, high, fill=shade, kind=f"heat-{step}", edge="#8a949d")
        )
        parts += _centred(words, _middle(grid, at), top + high / 2, grid.column - 6, size)
    return Drawing(tuple(parts), top + high + (GAP * 3 if grid.above else GAP / 2))


def _centred(words: str, x: float, y: float, room: float, size: float) -> list[str]:
    lines = wrapped(words, room, size)
    first = y - (len(lines) - 1) * 8 + 5
    return [
        text(line, x, first + 16 * at, size=size, anchor="middle", fill=INK)
        for at, line in enumerate(lines)
    ]


def _middle(grid: _Grid, at: int) -> float:
    return grid.label + (at + 0.5) * grid.column
