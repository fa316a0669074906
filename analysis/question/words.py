"""One question's answers in plain words, by rule: every figure with its n and its base; of fewer
than 30 people counts only."""

from collections.abc import Sequence

from analysis.asked import AskedInWords
from analysis.counting import Cells
from analysis.measures import Measured
from analysis.question.shares import Share, Shares, shares, side_shares
from analysis.wording import FEW, net_words
from surveys.typed import day_words, figure

MOST_NAMED = 8
HIDDEN = "hidden"


def sentences(
    asked: AskedInWords,
    cells: Cells,
    rows: Sequence[Cells] = (),
    measured: Measured | None = None,
    *,
    of_asked: bool = False,
) -> str:
    """A few sentences that can stand in a report."""
    if cells.answered is None and not rows:
        return f"The numbers of “{asked.title}” are too small to show."
    if not cells.answered and not rows:
        return f"Nobody answered “{asked.title}”."
    if asked.form.rows:
        told = [f"Asked “{asked.title}”, row by row."]
        told += [_of_row(asked, each, name, of_asked) for each, name in _named(asked, rows)]
    elif asked.form.points:
        told = [_of_scale(asked, cells, of_asked), *_left_out(cells, of_asked)]
    elif asked.form.values:
        told = [_of_choice(asked, shares(asked, cells, of_asked=of_asked))]
        told += [*_added_up(asked, cells, of_asked), *_left_out(cells, of_asked)]
    else:
        told = [f"{_people(cells.answered or 0)} answered “{asked.title}”{_how(asked)}."]
        told += [*_of_numbers(measured), *_left_out(cells, of_asked)]
    return " ".join(told)


def of_base(n: int, base: int) -> str:
    """Like “69% (54)”, and of few “9”; the base is said before."""
    return f"{n:,}" if base < FEW else f"{Share('', (), n, base).printed} ({n:,})"


def with_base(share: Share) -> str:
    """Like “69% (54 of 78)”, and of few “9 of 12”; “hidden” where it is not shown."""
    if share.n is None or share.base is None:
        return HIDDEN
    of_all = f"{share.n:,} of {share.base:,}"
    return of_all if share.base < FEW else f"{share.printed} ({of_all})"


def near(number: float) -> str:
    """To two decimals at most."""
    return figure(round(number, 2))


def net_of(sides: Sequence[Share]) -> str:
    """Net agreement of the sides of a scale, in points; empty of nobody."""
    first, last = sides[0], sides[-1]
    if not first.base or first.n is None or last.n is None:
        return ""
    return net_words((first.n - last.n) / first.base)


def scale_words(asked: AskedInWords, cells: Cells, *, of_asked: bool = False) -> str:
    """What stands under a bar: who is on the positive side, how surely, and the net."""
    sides = side_shares(asked, cells, of_asked=of_asked)
    if not sides:
        return "The numbers are too small to show." if cells.answered != 0 else "Nobody answered."
    if not sides[0].base:
        return "Nobody answered."
    words = f"{sides[0].label}: {with_base(sides[0])}"
    if sides[0].base < FEW:
        return f"{words}."
    if sides[0].interval:
        words += f", 95% interval {sides[0].interval_printed}"
    return f"{words}. Net {net_of(sides)} points."


def _people(n: int) -> str:
    return "1 person" if n == 1 else f"{n:,} people"


def _how(asked: AskedInWords) -> str:
    ways = {"number": " with a number", "date": " with a date", "upload": " with files"}
    in_words = " in their own words" if asked.form.type in ("text", "long_text") else ""
    return ways.get(asked.form.type, in_words)


def _of_all(asked: AskedInWords, base: int, of_asked: bool) -> str:
    did = "were asked" if of_asked else "answered"
    return f"Of the {_people(base)} who {did} “{asked.title}”"


def _of_choice(asked: AskedInWords, found: Shares) -> str:
    verb = "put first" if asked.form.type == "ranking" else "chose"
    if not found.base:
        return "The numbers are too small to show."
    given = [line for line in found.lines if line.n and not line.beside]
    most = sorted(given, key=lambda line: -(line.n or 0))[:MOST_NAMED]
    of_all = _of_all(asked, found.base, of_asked=any(line.beside for line in found.lines))
    hidden = any(line.n is None for line in found.lines)
    if not most:
        return f"{of_all}, {'the numbers are too small to show' if hidden else 'nobody chose any'}."
    parts = [f"{of_base(most[0].n or 0, found.base)} {verb} “{most[0].label}”"]
    parts += [f"{of_base(line.n or 0, found.base)} “{line.label}”" for line in most[1:]]
    parts += [
        f"{of_base(line.n, found.base)} gave no answer"
        for line in found.lines
        if line.beside and line.n
    ]
    more = " The rest chose other answers." if len(given) > MOST_NAMED else ""
    more += " Numbers too small to show are left out." if hidden else ""
    return f"{of_all}, {_listed(parts)}.{more}"


def _added_up(asked: AskedInWords, cells: Cells, of_asked: bool) -> list[str]:
    total = shares(asked, cells, of_asked=of_asked).add_up_to
    if asked.form.type != "multiple" or not total:
        return []
    if (cells.answered or 0) < FEW:
        return ["People could choose several."]
    return [f"People could choose several, so the shares add up to {total}%."]


def _of_scale(asked: AskedInWords, cells: Cells, of_asked: bool) -> str:
    sides = side_shares(asked, cells, of_asked=of_asked)
    if not sides or not sides[0].base:
        return "The numbers are too small to show."
    base = sides[0].base
    parts = [f"{of_base(side.n or 0, base)} said {side.label}" for side in sides[:1]]
    parts += [f"{of_base(side.n or 0, base)} {side.label}" for side in sides[1:]]
    rest = [
        line for line in shares(asked, cells, of_asked=of_asked).lines if line.beside and line.n
    ]
    parts += [f"{of_base(line.n or 0, base)} {_beside(line)}" for line in rest]
    net = f" That is a net of {net_of(sides)} points." if base >= FEW else ""
    return f"{_of_all(asked, base, of_asked)}, {_listed(parts)}.{net}"


def _beside(line: Share) -> str:
    return "gave no answer" if line.values == ("_missing",) else f"“{line.label}”"


def _named(asked: AskedInWords, rows: Sequence[Cells]) -> list[tuple[Cells, str]]:
    return [(cells, asked.rows[row]) for cells, row in zip(rows, asked.form.rows, strict=True)]


def _of_row(asked: AskedInWords, cells: Cells, name: str, of_asked: bool) -> str:
    sides = side_shares(asked, cells, of_asked=of_asked)
    if not sides or not sides[0].base:
        return f"“{name}”: too few answered to show."
    first, last = sides[0], sides[-1]
    said = f"{with_base(first)} said {first.label}, {with_base(last)} {last.label}"
    return f"“{name}”: {said}."


def _of_numbers(measured: Measured | None) -> list[str]:
    if measured is None or not (measured.numbers or measured.dates):
        return []
    if measured.numbers:
        found = measured.numbers
        low, middle, high = (near(each) for each in found.quartiles)
        ends = near(found.least), near(found.most)
    elif measured.dates:
        low, middle, high = map(day_words, measured.dates.quartiles)
        ends = day_words(measured.dates.first), day_words(measured.dates.last)
    return [
        f"The middle answer is {middle}; half lie from {low} to {high}, and all from {ends[0]} to "
        f"{ends[1]}."
    ]


def _left_out(cells: Cells, of_asked: bool) -> list[str]:
    if not cells.missing or cells.answered is None or of_asked:
        return []
    asked = _people(cells.answered + cells.missing)
    return [f"{cells.missing:,} of the {asked} who were asked gave no answer."]


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
