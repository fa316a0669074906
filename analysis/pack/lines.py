"""One question's figures line by line, the same for every file; numbers stay numbers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.counting import Cells
from analysis.measures import Measured
from analysis.other import OtherCoded
from analysis.question.person_by_person import ballots
from analysis.question.read import QuestionRead
from analysis.question.shares import Share, shares, side_shares
from analysis.question.tables import middles, share_of
from analysis.question.words import HIDDEN
from analysis.summaries.ranking import ranking

ANSWERS, PUT_FIRST, WHO = "Answers", "Put first", "Who answered"
IN_SHORT = "In short"
ADDED_UP, NET = "All shares added up", "Net, in points"


class Figures(Struct, frozen=True):
    """`people` of `base`, `share` of 0 to 1, with its interval; `figure` is any other number, day
    or words. None is nothing to say, HIDDEN a number that is not shown."""

    people: int | str | None = None
    base: int | None = None
    share: float | str | None = None
    interval: tuple[float, float] | None = None
    figure: float | date | str | None = None


class Line(Struct, frozen=True):
    """`at` tells lines of the same words apart; `row` is a grid's row in words."""

    at: tuple[str, ...]
    part: str
    label: str
    figures: Figures
    row: str = ""


class Beside(Struct, frozen=True):
    """A line with its figures in each view, in their order; empty where a view has no such line."""

    line: Line
    figures: tuple[Figures, ...]


def side_by_side(views: Sequence[Sequence[Line]]) -> tuple[Beside, ...]:
    known: dict[tuple[str, ...], Line] = {}
    for view in views:
        known |= {line.at: line for line in view if line.at not in known}
    found = [{line.at: line.figures for line in view} for view in views]
    nothing = Figures()
    return tuple(
        Beside(line, tuple(each.get(at, nothing) for each in found)) for at, line in known.items()
    )


def lines(read: QuestionRead, coded: OtherCoded | None = None) -> tuple[Line, ...]:
    return tuple(_lines(read, coded))


def _lines(read: QuestionRead, coded: OtherCoded | None) -> Iterator[Line]:
    asked = read.asked
    for row, cells in zip(asked.form.rows, read.rows, strict=True):
        yield from _of_item(asked, cells, row)
    if not asked.form.rows:
        yield from _of_item(asked, read.cells, "")
    if asked.form.type == "ranking" and read.marks:
        yield from _of_ranking(read)
    if read.measured:
        yield from _of_measured(read.measured)
    for each in read.grouped:
        name, found = each.grouping.name, each.counts
        parts = [(group.name, group.n) for group in found.groups]
        for label, n in (*parts, ("In none of these", found.in_none)):
            at = ("grouping", str(each.grouping.id), label)
            yield Line(at, name, label, figures_of(share_of(label, n, found.answered)))
    if coded and (coded.moved or coded.left):
        yield from _of_other(asked, coded)
    if not asked.form.rows:
        yield from _who(read.cells, "", "")
    yield Line(("base",), WHO, "Responses looked at", Figures(people=read.base))


def _of_item(asked: AskedInWords, cells: Cells, row: str) -> Iterator[Line]:
    """A question without rows, or one row of a grid."""
    name = asked.rows.get(row, "")
    found = shares(asked, cells)
    part = PUT_FIRST if asked.form.type == "ranking" else ANSWERS
    for share in found.lines:
        yield Line((row, "answer", *share.values), part, share.label, figures_of(share), name)
    if asked.form.type == "multiple" and found.add_up_to is not None:
        total = Figures(base=found.base, share=found.add_up_to / 100)
        yield Line((row, "total"), ANSWERS, ADDED_UP, total, name)
    if asked.form.points:
        yield from _of_scale(asked, cells, row)
    if row:
        yield from _who(cells, row, name)


def _of_scale(asked: AskedInWords, cells: Cells, row: str) -> Iterator[Line]:
    name, part = asked.rows.get(row, ""), "Both sides of the scale"
    sides = side_shares(asked, cells)
    for side in sides:
        yield Line((row, "side", *side.values), part, side.label, figures_of(side), name)
    for label, figure in _of_points(asked, cells, sides):
        base = sides[0].base if sides else None
        yield Line((row, label), IN_SHORT, label, Figures(base=base, figure=figure), name)


def _of_points(
    asked: AskedInWords, cells: Cells, sides: Sequence[Share]
) -> Iterator[tuple[str, float | str | None]]:
    middle = middles(asked, cells, mean=False)
    if not sides:
        yield from ((label, HIDDEN) for label in (NET, *(label for label, _ in middle)))
        return
    first, last = sides[0], sides[-1]
    yield NET, 100 * ((first.n or 0) - (last.n or 0)) / first.base if first.base else None
    yield from ((label, words or None) for label, words in middle)


def _who(cells: Cells, row: str, name: str) -> Iterator[Line]:
    ends = (
        ("Answered", cells.answered),
        ("No answer", cells.missing),
        ("Not asked", cells.not_routed),
    )
    for label, n in ends:
        yield Line((row, "who", label), WHO, label, Figures(people=_shown(n)), name)


def _of_ranking(read: QuestionRead) -> Iterator[Line]:
    found = ranking(ballots(read.asked.form, read.marks))
    for value, each in zip(read.asked.form.values, found.options, strict=True):
        words = read.asked.options[value]
        yield Line(("ranked", value), "Ranked at all", words, Figures(people=each.ranked))
    parts: list[tuple[str, list[float | None]]] = [
        ("Mean rank, 1 being best", [each.mean_rank for each in found.options]),
        ("Borda points", [each.borda for each in found.options]),
        ("Other options that it beats", [len(each.beats) for each in found.options]),
    ]
    for part, numbers in parts:
        for value, number in zip(read.asked.form.values, numbers, strict=True):
            words = read.asked.options[value]
            yield Line((part, value), part, words, Figures(figure=number))


def _of_measured(found: Measured) -> Iterator[Line]:
    for band in found.bands:
        at = ("band", band.name)
        share = share_of(band.name, band.n, found.answered)
        yield Line(at, "In even bands", band.name, figures_of(share))
    for label, figure in _measures(found):
        yield Line(("measure", label), IN_SHORT, label, Figures(figure=figure))


def _measures(found: Measured) -> Iterable[tuple[str, float | date]]:
    labels = (
        "Lowest answer",
        "A quarter lie at or below",
        "Middle answer",
        "Three quarters lie at or below",
        "Highest answer",
    )
    if found.numbers:
        numbers = found.numbers
        return zip(labels, (numbers.least, *numbers.quartiles, numbers.most), strict=True)
    if found.dates:
        return zip(
            labels, (found.dates.first, *found.dates.quartiles, found.dates.last), strict=True
        )
    return ()


def _of_other(asked: AskedInWords, coded: OtherCoded) -> Iterator[Line]:
    part = "With “other” put where it belongs"
    for each in coded.lines:
        label = each.category or asked.options[each.value]
        at = ("coded", each.value, each.category)
        share = share_of(label, each.coded, coded.answered)
        yield Line(at, part, label, figures_of(share))
    for label, n in (
        ("“Other” put elsewhere", coded.moved),
        ("“Other” left as it is", coded.left),
        ("“Other” still to decide", coded.waiting),
        ("“Other” without words", coded.silent),
    ):
        yield Line(("coded", "", label), part, label, Figures(people=n))


def figures_of(share: Share) -> Figures:
    if share.n is None:
        return Figures(people=HIDDEN, share=HIDDEN)
    return Figures(share.n, share.base, share.share, share.interval)


def _shown(n: int | None) -> int | str:
    return HIDDEN if n is None else n
