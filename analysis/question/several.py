"""Tables of questions to which several answers are given: combinations, and rankings."""

from collections.abc import Sequence

from analysis.asked import AskedInWords
from analysis.counting import Cells
from analysis.question.behind import Behind
from analysis.question.look import Look
from analysis.question.shares import Shares, shares
from analysis.question.tables import (
    Cell,
    Line,
    Table,
    counted,
    share_cells,
    share_heads,
    share_line,
    share_of,
    states,
)
from analysis.summaries.combinations import Chosen, combinations, how_many
from analysis.summaries.ranking import Ranking

MOST_COMBINATIONS = 20


def ranking_table(
    asked: AskedInWords, cells: Cells, found: Ranking, look: Look, behind: Behind
) -> Table:
    first = shares(asked, cells, of_asked=look.of_asked, together=look.together)
    lines = [
        Line(
            line.label,
            (
                *share_cells(line, behind.of(*line.values)),
                counted(each.ranked, behind.ranked(line.values[0])),
                Cell("" if each.mean_rank is None else f"{each.mean_rank:.2f}"),
                Cell(f"{each.borda:.2f}"),
                Cell(str(len(each.beats)), len(each.beats)),
            ),
        )
        for line, each in zip(first.lines, found.options, strict=False)
    ]
    _, share, interval = share_heads(look)
    beats = f"Beats, of {len(asked.form.values) - 1} others"
    heads = ("Put first", share, interval, "Ranked at all", "Mean rank", "Borda points", beats)
    return Table(asked.title, "Option", heads, (*lines, *states(cells, look, behind, more=6)))


def pairwise_table(asked: AskedInWords, found: Ranking, behind: Behind) -> Table:
    values = asked.form.values
    lines = (
        Line(
            asked.options[one],
            tuple(
                Cell("–")
                if one == other
                else counted(int(found.preferred[row, column]), behind.over(one, other))
                for column, other in enumerate(values)
            ),
        )
        for row, one in enumerate(values)
    )
    heads = tuple(asked.options[value] for value in values)
    return Table("People who prefer the one to the other", "Prefer … to …", heads, tuple(lines))


def combinations_table(asked: AskedInWords, chosen: Chosen, behind: Behind) -> Table:
    people = chosen.shape[1]
    found = combinations(chosen)
    lines = [
        share_line(
            share_of(_together(asked, each.options), each.people, people),
            behind.exactly(tuple(asked.form.values[at] for at in each.options)),
        )
        for each in found[:MOST_COMBINATIONS]
    ]
    rest = sum(each.people for each in found[MOST_COMBINATIONS:])
    if rest:
        label = f"{len(found) - MOST_COMBINATIONS:,} other combinations"
        lines.append(share_line(share_of(label, rest, people), None))
    return Table(
        "Chosen together, and nothing else", "Combination", share_heads(Look()), tuple(lines)
    )


def _together(asked: AskedInWords, places: Sequence[int]) -> str:
    return " + ".join(asked.options[asked.form.values[at]] for at in places) or "None of them"


def how_many_table(chosen: Chosen, behind: Behind) -> Table:
    people = chosen.shape[1]
    each = how_many(chosen).tolist()
    most = max((number for number, n in enumerate(each) if n), default=0)
    lines = (
        share_line(
            share_of("1 answer" if number == 1 else f"{number} answers", n, people),
            behind.so_many(number),
        )
        for number, n in enumerate(each[: most + 1])
        if number or n
    )
    return Table("How many answers each chose", "", share_heads(Look()), tuple(lines))


def add_up_words(found: Shares) -> str:
    """The note of a multiple choice; what its shares add up to where all are shown."""
    if found.add_up_to is None:
        return "People could choose several, so the shares can exceed 100% together."
    return (
        f"People could choose several: the shares add up to {found.add_up_to}%, "
        "and can exceed 100% together."
    )
