"""The tables of one question: each number with what it opens."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.counting import Cells
from analysis.groupings import Grouping, GroupingCounts
from analysis.likert import wilson
from analysis.measures import Measured
from analysis.question.behind import Behind
from analysis.question.look import Look
from analysis.question.shares import Share, base_of, scored_counts, shares, side_shares
from analysis.question.words import HIDDEN, net_of
from analysis.results import MISSING, NOT_ROUTED
from analysis.summaries.ordinal import mean_score, quartile_points


class Cell(Struct, frozen=True):
    """`number` is what a file says in place of the `words`; `aside` stands beside them, quieter."""

    words: str
    number: int | None = None
    address: str | None = None
    aside: str = ""


class Line(Struct, frozen=True):
    """`beside` is no answer, and stands apart."""

    label: str
    cells: tuple[Cell, ...]
    beside: bool = False


class Table(Struct, frozen=True):
    caption: str
    first: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


BLANK = Cell("")


def counted(n: int | None, address: str | None, *, aside: str = "") -> Cell:
    """A number that is not shown opens nothing."""
    return Cell(HIDDEN) if n is None else Cell(f"{n:,}", n, address, aside)


def shares_table(asked: AskedInWords, cells: Cells, look: Look, behind: Behind) -> Table:
    """Each answer, and apart from them who answered, who did not and who was not asked."""
    found = shares(asked, cells, of_asked=look.of_asked, together=look.together)
    lines = [share_line(line, behind.of(*line.values)) for line in found.lines]
    lines += states(cells, look, behind, more=2)
    return Table(asked.title, "Answer", share_heads(look), tuple(lines))


def share_heads(look: Look) -> tuple[str, str, str]:
    share = "Share of everybody asked" if look.of_asked else "Share of those who answered"
    return "People", share, "95% interval, all at once" if look.together else "95% interval"


def share_line(line: Share, address: str | None) -> Line:
    return Line(line.label, share_cells(line, address), line.beside)


def share_cells(line: Share, address: str | None) -> tuple[Cell, Cell, Cell]:
    return counted(line.n, address), Cell(line.printed), Cell(line.interval_printed)


def states(
    cells: Cells, look: Look, behind: Behind, *, more: int, row: str | None = None
) -> list[Line]:
    """Of everybody asked, “Answered” has a share, and “No answer” stands among the answers."""
    everybody = base_of(cells, of_asked=True) if look.of_asked else None
    ends: list[tuple[str, tuple[str, ...], int | None, int | None]] = [
        ("Answered", (), cells.answered, everybody),
        ("No answer", (MISSING,), cells.missing, None),
        ("Not asked", (NOT_ROUTED,), cells.not_routed, None),
    ]
    if look.of_asked:
        del ends[1]
    return [
        Line(label, (counted(n, behind.of(*value, row=row)), *rest[:more]), beside=True)
        for label, value, n, base in ends
        for rest in [(Cell(Share(label, value, n, base).printed), *([BLANK] * more))]
    ]


def sides_table(asked: AskedInWords, cells: Cells, look: Look, behind: Behind) -> Table | None:
    """A scale's positive side, middle and negative side."""
    sides = side_shares(asked, cells, of_asked=look.of_asked)
    if not sides:
        return None
    lines = (share_line(side, behind.of(*side.values)) for side in sides)
    return Table("Both sides of the scale", "Answers together", share_heads(look), tuple(lines))


def grid_table(asked: AskedInWords, rows: Sequence[Cells], look: Look, behind: Behind) -> Table:
    """A line for each row, its answers side by side."""
    heads = tuple(asked.options[value] for value in asked.form.values)
    lines = (
        Line(asked.rows[row], _grid_cells(asked, cells, row, look, behind))
        for row, cells in zip(asked.form.rows, rows, strict=True)
    )
    first = (
        "Each share is of everybody asked"
        if look.of_asked
        else "Each share is of the row’s answers"
    )
    return Table(asked.title, first, (*heads, "No answer", "Not asked"), tuple(lines))


def _grid_cells(
    asked: AskedInWords, cells: Cells, row: str, look: Look, behind: Behind
) -> tuple[Cell, ...]:
    found = shares(asked, cells, of_asked=look.of_asked).lines
    given = [_with_share(line, behind.of(*line.values, row=row)) for line in found]
    if not look.of_asked:
        given.append(counted(cells.missing, behind.of(MISSING, row=row)))
    return (*given, counted(cells.not_routed, behind.of(NOT_ROUTED, row=row)))


def _with_share(line: Share, address: str | None) -> Cell:
    return counted(line.n, address, aside=line.printed)


def long_grid_table(
    asked: AskedInWords, rows: Sequence[Cells], look: Look, behind: Behind
) -> Table:
    """The same with a line for each answer to each row, as files have it, and then who gave one."""
    lines = [
        Line(asked.rows[row], (Cell(line.label), *line.cells))
        for row, cells in zip(asked.form.rows, rows, strict=True)
        for line in _long_row(asked, cells, row, look, behind)
    ]
    return Table(
        "Each share with its interval", "Row", ("Answer", *share_heads(look)), tuple(lines)
    )


def _long_row(
    asked: AskedInWords, cells: Cells, row: str, look: Look, behind: Behind
) -> Iterable[Line]:
    for line in shares(asked, cells, of_asked=look.of_asked, together=look.together).lines:
        yield share_line(line, behind.of(*line.values, row=row))
    yield from states(cells, look, behind, more=2, row=row)


def scale_table(asked: AskedInWords, rows: Sequence[Cells], look: Look, behind: Behind) -> Table:
    """What each row of a grid says: its sides, net, and where the middle of its answers lies."""
    of_rows = zip(asked.form.rows, rows, strict=True)
    sides = [_heading(asked, at) for at in _side_places(asked)]
    heads = [*sides, "Net", "Middle answer", "Half lie from, to"]
    lines = (
        Line(asked.rows[row], tuple(_scale_cells(asked, cells, row, look, behind)))
        for row, cells in of_rows
    )
    return Table(
        "What the rows say", "", (*heads, "Mean") if look.mean else tuple(heads), tuple(lines)
    )


def _side_places(asked: AskedInWords) -> list[tuple[str, ...]]:
    points = asked.form.points
    half = len(points) // 2
    middle = [points[half : half + 1]] if len(points) % 2 else []
    return [points[:half], *middle, points[len(points) - half :]]


def _heading(asked: AskedInWords, values: tuple[str, ...]) -> str:
    return " or ".join(f"“{asked.options[value]}”" for value in values)


def _scale_cells(
    asked: AskedInWords, cells: Cells, row: str, look: Look, behind: Behind
) -> Iterable[Cell]:
    sides = side_shares(asked, cells, of_asked=look.of_asked)
    if not sides:
        return [Cell(HIDDEN)] * (len(_side_places(asked)) + 3 + look.mean)
    return [
        *(_with_share(side, behind.of(*side.values, row=row)) for side in sides),
        Cell(net_of(sides)),
        *(Cell(words) for _, words in middles(asked, cells, mean=look.mean)),
    ]


def middles(asked: AskedInWords, cells: Cells, *, mean: bool) -> list[tuple[str, str]]:
    """The median and quartiles of a scale, points that can be answered, and on demand the mean."""
    points = scored_counts(asked, cells) or []
    found, average = quartile_points(points), mean_score(points)
    words = [asked.options[asked.form.points[at]] for at in found] if found else []
    low_to_high = f"“{words[0]}” to “{words[2]}”" if words and words[0] != words[2] else ""
    told = [
        ("Middle answer", f"“{words[1]}”" if words else ""),
        ("Half lie from, to", low_to_high or (f"“{words[0]}”" if words else "")),
    ]
    if mean:
        spread = "" if average is None or average.spread is None else f" (SD {average.spread:.2f})"
        told.append(("Mean", "" if average is None else f"{average.value:.2f}{spread}"))
    return told


def grouping_table(grouping: Grouping, found: GroupingCounts, behind: Behind) -> Table:
    """A net category, or groups, that officers made of this question's answers."""
    lines = [
        share_line(
            share_of(group.name, group.n, found.answered), behind.in_group(grouping.id, group.name)
        )
        for group in found.groups
    ]
    rest = share_of("In none of these", found.in_none, found.answered)
    beside = Line(rest.label, share_cells(rest, behind.ungrouped(grouping.id)), beside=True)
    return Table(grouping.name, "", share_heads(Look()), (*lines, beside))


def share_of(name: str, n: int, answered: int) -> Share:
    return Share(name, (), n, answered, wilson(n, answered))


def bands_table(asked: AskedInWords, cells: Cells, measured: Measured, behind: Behind) -> Table:
    lines = [
        share_line(share_of(band.name, band.n, measured.answered), behind.in_band(band.band))
        for band in measured.bands
    ]
    lines += states(cells, Look(), behind, more=2)
    return Table(asked.title, "Band", share_heads(Look()), tuple(lines))


def answered_table(asked: AskedInWords, cells: Cells, behind: Behind) -> Table:
    """Of a question that offers nothing to choose."""
    return Table(asked.title, "", ("People",), tuple(states(cells, Look(), behind, more=0)))
