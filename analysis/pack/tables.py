"""A question's lines as tables for paper: of fewer than 30 counts only, and no shares."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from analysis.pack.lines import IN_SHORT, NET, PUT_FIRST, WHO, Beside, Figures
from analysis.pack.word import Grid
from analysis.question.read import QuestionRead
from analysis.question.shares import Share
from analysis.question.words import HIDDEN, near
from analysis.wording import FEW, net_words
from surveys.typed import day_words


def tables(read: QuestionRead, beside: Sequence[Beside], views: Sequence[str]) -> Iterator[Grid]:
    """The first has the question's answers. Of a grid and of ranks, all that is looked at together:
    by round they are in the workbook."""
    if read.asked.form.rows:
        yield from _of_grid(read, beside)
        return
    parts: dict[str, list[Beside]] = {}
    for each in beside:
        parts.setdefault(each.line.part, []).append(each)
    who = parts.pop(WHO, [])
    of_ranks = {part: parts.pop(part) for part in list(parts) if _is_of_ranks(read, part)}
    first = next(iter(parts), "")
    yield _of_part(read.asked.title, [*parts.pop(first, []), *who], views)
    if of_ranks:
        yield _of_ranks(of_ranks)
    for part, found in parts.items():
        yield _of_part(part, found, views)


def _is_of_ranks(read: QuestionRead, part: str) -> bool:
    own = {each.grouping.name for each in read.grouped}
    return read.asked.form.type == "ranking" and part not in {PUT_FIRST, WHO, *own}


def _of_part(caption: str, found: Sequence[Beside], views: Sequence[str]) -> Grid:
    first = "What" if found[0].line.part == IN_SHORT else "Answer"
    if len(views) > 1:
        lines = tuple((each.line.label, *map(_of(each), each.figures)) for each in found)
        return Grid(caption, (first, *views), lines)
    if found[0].line.part == IN_SHORT:
        lines = tuple((each.line.label, _of(each)(each.figures[0])) for each in found)
        return Grid(caption, (first, "Figure"), lines)
    cells = [(each.line.label, *_apart(each.figures[0])) for each in found]
    heads = (first, "People", "Share of those who answered", "95% interval")
    told = 1 + max(at for at in range(4) if at < 2 or any(line[at] for line in cells))
    return Grid(caption, heads[:told], tuple(line[:told] for line in cells))


def _of_ranks(parts: dict[str, list[Beside]]) -> Grid:
    columns = list(parts.values())
    lines = tuple(
        (each[0].line.label, *(_of(one)(one.figures[0]) for one in each))
        for each in zip(*columns, strict=True)
    )
    return Grid("Ranks", ("Option", *parts), lines)


def _of_grid(read: QuestionRead, beside: Sequence[Beside]) -> Iterator[Grid]:
    """A line for each row: its answers, and then what they say together."""
    of_scale = {"Both sides of the scale", IN_SHORT}
    own = {each.grouping.name for each in read.grouped}
    rows = [each for each in beside if each.line.row and each.line.part not in own]
    answers = [
        each for each in rows if each.line.part not in of_scale and each.line.label != "Answered"
    ]
    yield _by_row(read.asked.title, answers)
    together = [each for each in rows if each.line.part in of_scale]
    if together:
        yield _by_row("What the rows say", together)
    for name in own:
        yield _of_part(name, [each for each in beside if each.line.part == name], ("",))


def _by_row(caption: str, found: Sequence[Beside]) -> Grid:
    heads = {each.line.at[1:]: each.line.label for each in found}
    rows = {each.line.at[0]: each.line.row for each in found}
    cells = {each.line.at: _of(each)(each.figures[0]) for each in found}
    lines = tuple(
        (words, *(cells.get((row, *column), HIDDEN) for column in heads))
        for row, words in rows.items()
    )
    return Grid(caption, ("Row", *heads.values()), lines)


def _of(each: Beside) -> Callable[[Figures], str]:
    """How the line's numbers are said in one cell."""

    def said(figures: Figures) -> str:
        if figures.figure is not None:
            return _figure(figures, is_net=each.line.label == NET)
        people, share, _ = _apart(figures)
        return f"{people} ({share})" if people and share and people != HIDDEN else people or share

    return said


def _apart(figures: Figures) -> tuple[str, str, str]:
    """People, their share, and its interval."""
    people, share, base = figures.people, figures.share, figures.base
    counted = f"{people:,}" if isinstance(people, int) else people or ""
    if isinstance(share, str):
        return counted, share, ""
    if share is None or not base or base < FEW:
        return counted, "", ""
    if not isinstance(people, int):
        return counted, f"{share:.0%}", ""
    printed = Share("", (), people, base, figures.interval)
    return counted, printed.printed, printed.interval_printed


def _figure(figures: Figures, *, is_net: bool) -> str:
    figure, base = figures.figure, figures.base
    if is_net and isinstance(figure, float):
        return "" if base and base < FEW else net_words(figure / 100)
    if isinstance(figure, date):
        return day_words(figure)
    return near(figure) if isinstance(figure, float | int) else figure or ""
