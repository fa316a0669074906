"""Groups compared, as a page shows them: a table, what was found in words, and its tests."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import numpy as np
from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.charts import Drawn, HeatRow, Named, drawn, heat
from analysis.comparing.choosing import Comparison, Order
from analysis.comparing.effects import Effect
from analysis.comparing.saying import (
    HINT,
    Compared,
    effect_words,
    finding,
    hedge,
    inhabited_groups,
    p_words,
)
from analysis.comparing.tables import Counts
from analysis.contrast import (
    MISSING_VALUES,
    THEME_TYPE,
    Contrast,
    Grouped,
    compared_counts,
    looked_at,
    only_offered_by,
)
from analysis.contrast_addresses import Open
from analysis.results import Cell
from analysis.wording import FEW, either
from app.words import percent

MOST_PAIRS, MOST_PAIRS_TESTED, MOST_COLUMNS_DRAWN = 10, 45, 12
STEPS = 5


class HeatCell(Struct, frozen=True):
    """A number with its share; `heat` is the share in steps, 0 to 4, for the cell's shade. A value
    that the group could not choose has none of them."""

    n: int | None
    share: float | None
    heat: int
    address: str


class GroupLine(Struct, frozen=True):
    """One group: how many are in it, how many of them answered, what they said, and the rest."""

    name: str
    base: Cell
    answered: int
    cells: tuple[HeatCell, ...]
    rest: tuple[Cell, ...]


class Finding(Struct, frozen=True):
    """One comparison. `label` is the option's of a multiple choice."""

    label: str
    sentence: str
    test: str = ""
    n: int = 0
    p: str = ""
    p_adjusted: str = ""
    effect: str = ""


class PairLine(Struct, frozen=True):
    """Two groups beside each other, and where only they are compared. `p` is theirs alone."""

    words: str
    p: str
    p_adjusted: str
    address: str
    apart: bool


class Sheet(Struct, frozen=True):
    """One table and what it tells. `parts` name the layers that it is within; `notes` say what a
    group could not choose."""

    caption: str
    parts: tuple[str, ...]
    columns: tuple[str, ...]
    rest: tuple[str, ...]
    lines: tuple[GroupLine, ...]
    findings: tuple[Finding, ...]
    hedge: str
    pairs: tuple[PairLine, ...]
    pairs_left: int
    notes: tuple[str, ...]
    chart: Drawn | None

    @property
    def apart(self) -> tuple[PairLine, ...]:
        """The pairs that stand apart, or nearly, those furthest apart first."""
        return tuple(pair for pair in self.pairs if pair.apart)[:MOST_PAIRS]


class Told(Struct, frozen=True):
    """How a comparison is put: the values that its sentence counts, and the verb for them."""

    counted: tuple[int, ...]
    verb: str


class Shown(Struct, frozen=True, eq=False):
    """What a page compares. `here` is its address with all that was chosen but the groups, `opens`
    leads to the responses, and `together` names a first line of all groups as one."""

    asked: AskedInWords
    grouped: Grouped
    layers: tuple[Grouped, ...]
    opens: Open
    here: str
    together: str = ""


def sheets(shown: Shown, found: Sequence[Contrast]) -> tuple[Sheet, ...]:
    family = looked_at(found)
    return tuple(_sheet(shown, each, family, at) for at, each in enumerate(found, start=1))


def _sheet(shown: Shown, found: Contrast, family: int, number: int) -> Sheet:
    asked = shown.asked
    lines = tuple(_lines(shown, found))
    told = _findings(shown, found, family)
    pairs = _pairs(shown, found)
    return Sheet(
        caption=asked.rows[found.row] if found.row else asked.title,
        parts=tuple(
            layer.words[name] for layer, name in zip(shown.layers, found.within, strict=True)
        ),
        columns=tuple(asked.options[value] for value in found.tab.values),
        rest=tuple(words for _, words in _rest(asked)),
        lines=_with_all_together(shown, found, lines),
        findings=told,
        hedge=next((hedge(each) for each in found.comparisons if each), ""),
        pairs=pairs[:MOST_PAIRS_TESTED],
        pairs_left=max(len(pairs) - MOST_PAIRS_TESTED, 0),
        notes=tuple(_notes(shown, found)),
        chart=_chart(shown, found, lines, number),
    )


def _rest(asked: AskedInWords) -> tuple[tuple[str, str], ...]:
    return MISSING_VALUES[asked.form.type == THEME_TYPE]


def _lines(shown: Shown, found: Contrast) -> Iterator[GroupLine]:
    tab, asked = found.tab, shown.asked
    for at, (*_, name) in enumerate(tab.names):
        names = (*found.within, name) if name else found.within
        answered = int(tab.answered[at])
        others = int(tab.missing[at]), int(tab.not_routed[at])
        yield GroupLine(
            name=shown.grouped.words[name],
            base=Cell(answered + sum(others), None, shown.opens(names, None, None)),
            answered=answered,
            cells=tuple(_cells(shown, found, at, names)),
            rest=tuple(
                Cell(n, None, shown.opens(names, value, found.row))
                for n, (value, _) in zip(others, _rest(asked), strict=False)
            ),
        )


def _cells(shown: Shown, found: Contrast, at: int, names: tuple[str, ...]) -> Iterator[HeatCell]:
    answered = int(found.tab.answered[at])
    for place, value in enumerate(found.tab.values):
        n = int(found.tab.options[at, place])
        could = found.offered is None or bool(found.offered[at, place])
        # Somebody of an earlier version of the round may have chosen it all the same.
        if n or could:
            yield _heat(n, answered, shown.opens(names, value, found.row))
        else:
            yield HeatCell(None, None, 0, "")


def _heat(n: int, answered: int, address: str) -> HeatCell:
    share = n / answered if answered else None
    return HeatCell(n, share, min(int((share or 0) * STEPS), STEPS - 1), address)


def _with_all_together(
    shown: Shown, found: Contrast, lines: tuple[GroupLine, ...]
) -> tuple[GroupLine, ...]:
    """A first line for all of the groups as one, whose members nobody is twice."""
    if not shown.together or len(lines) < 2:
        return lines
    answered = sum(line.answered for line in lines)

    def opens(value: str | None) -> str:
        return shown.opens(found.within, value, found.row if value else None)

    columns = zip(*(line.cells for line in lines), strict=True)
    rests = zip(*(line.rest for line in lines), strict=True)
    cells = (
        _heat(sum(cell.n or 0 for cell in column), answered, opens(value))
        for value, column in zip(found.tab.values, columns, strict=True)
    )
    rest = (
        Cell(sum(cell.n or 0 for cell in column), None, opens(value))
        for (value, _), column in zip(_rest(shown.asked), rests, strict=True)
    )
    base = Cell(sum(line.base.n or 0 for line in lines), None, opens(None))
    return (GroupLine(shown.together, base, answered, tuple(cells), tuple(rest)), *lines)


def _notes(shown: Shown, found: Contrast) -> Iterator[str]:
    words = shown.grouped.words
    for value, groups in only_offered_by(found):
        option = shown.asked.options[value]
        where = " and ".join(words[name] for name in groups)
        yield f"“{option}” could be chosen in {where} only, so the comparison leaves it out."


def _chart(shown: Shown, found: Contrast, lines: Sequence[GroupLine], number: int) -> Drawn | None:
    if len(lines) < 2 or len(found.tab.values) > MOST_COLUMNS_DRAWN:
        return None
    asked = shown.asked
    named = Named(
        f"heat-{number}",
        f"{asked.rows[found.row] if found.row else asked.title}: shares of each group",
        "Each row is a group and each cell the share of its answers, darker for more. "
        "The table below has every number.",
    )
    columns = [asked.options[value] for value in found.tab.values]
    rows = [
        HeatRow(line.name, tuple(_drawn_cell(cell, line.answered) for cell in line.cells))
        for line in lines
    ]
    return drawn(lambda width: heat(named, columns, rows, width=width))


def _drawn_cell(cell: HeatCell, answered: int) -> tuple[float | None, str]:
    if cell.n is None:
        return None, "–"
    if cell.share is None:
        return None, "0"
    return cell.share, percent(cell.share) if answered >= FEW else f"{cell.n} of {answered}"


def _findings(shown: Shown, found: Contrast, family: int) -> tuple[Finding, ...]:
    if shown.grouped.overlapping:
        return (
            Finding("", "People could be in several of these groups, so they are not compared."),
        )
    return tuple(
        _finding(shown, found, place, each, family) for place, each in enumerate(found.comparisons)
    )


def _finding(
    shown: Shown, found: Contrast, place: int, comparison: Comparison | None, family: int
) -> Finding:
    asked, grouped = shown.asked, shown.grouped
    option = found.tab.values[place] if asked.form.type == "multiple" else None
    label = asked.options[option] if option else ""
    if not found.shared[place] and option:
        return Finding(label, "Not every group could choose this, so it is not compared.")
    counts = compared_counts(asked.form, found, grouped, place)
    names = [grouped.words[name[-1]] for name in found.tab.names[: len(counts)]]
    there, table = inhabited_groups(names, counts)
    told = _told(asked, table, option)
    put = Compared(
        there,
        table,
        told.counted,
        told.verb,
        family,
        order=Order.ORDERED if grouped.ordered else Order.NONE,
        empty=tuple(name for name in names if name not in there),
    )
    return _tested(label, finding(put, comparison), comparison)


def _tested(label: str, words: str, found: Comparison | None) -> Finding:
    if found is None:
        return Finding(label, words)
    statistic = "" if found.statistic is None else f" = {found.statistic:,.4g}"
    return Finding(
        label=label,
        sentence=words,
        test=f"{found.name}{statistic} ({found.how})",
        n=found.n,
        p=p_words(found.p),
        p_adjusted=p_words(found.p if found.p_adjusted is None else found.p_adjusted),
        effect=_effect(found.effect),
    )


def _effect(effect: Effect | None) -> str:
    return f"{effect.size.capitalize()}: {effect_words(effect)}" if effect else ""


def _told(asked: AskedInWords, table: Counts, option: str | None) -> Told:
    """Of a scale its positive side, of a choice the answer that most people gave."""
    form = asked.form
    if option is not None:
        return Told((0,), f"chose “{asked.options[option]}”")
    if form.type == THEME_TYPE:
        return Told((0,), f"raised “{asked.title}”")
    if form.points:
        top = range(len(form.points) // 2)
        return Told(
            tuple(top), f"answered {either([asked.options[form.points[at]] for at in top])}"
        )
    most = int(np.argmax(table.sum(axis=0)))
    verb = "put first" if form.type == "ranking" else "chose"
    return Told((most,), f"{verb} “{asked.options[form.values[most]]}”, the answer given most")


def _pairs(shown: Shown, found: Contrast) -> tuple[PairLine, ...]:
    """Two groups at a time, those furthest apart first. Places count groups with people only."""
    comparison = found.comparisons[0] if found.comparisons else None
    if comparison is None or not comparison.pairs:
        return ()
    counts = compared_counts(shown.asked.form, found, shown.grouped, 0)
    there, _ = inhabited_groups([name[-1] for name in found.tab.names[: len(counts)]], counts)
    lines = []
    for pair in sorted(comparison.pairs, key=lambda pair: pair.p):
        two = (there[pair.first], there[pair.second])
        words = " and ".join(f"“{shown.grouped.words[name]}”" for name in two)
        only = urlencode([("group", name) for name in two])
        lines.append(
            PairLine(
                words,
                p_words(pair.p),
                p_words(pair.p_adjusted),
                f"{shown.here}&{only}",
                pair.p_adjusted < HINT,
            )
        )
    return tuple(lines)
