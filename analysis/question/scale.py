"""A grid's rows as one scale, in plain words: whether they hang together, and what that says."""

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.question.tables import Cell, Line, Table
from analysis.summaries.scales import Reliability

FEWEST = 3
"""People who answered every row; of fewer nothing is said."""
_VERY, _WELL, _LOOSELY = 0.9, 0.7, 0.5


class ScaleTold(Struct, frozen=True):
    """`warnings` come first: rows that point the other way spoil every sum."""

    sentence: str
    meaning: str
    warnings: tuple[str, ...]
    table: Table | None


def scale_told(asked: AskedInWords, found: Reliability) -> ScaleTold:
    if found.people < FEWEST or found.alpha is None or found.interval is None:
        why = "too few answered every row" if found.people < FEWEST else "nobody’s answers differ"
        return ScaleTold(f"Whether the rows measure one thing cannot be told: {why}.", "", (), None)
    low, high = found.interval
    sentence = (
        f"The rows {_how_well(found.alpha)}: Cronbach’s alpha is "
        f"{decimal(found.alpha)} (95% interval {decimal(low)} to {decimal(high)}), of "
        f"{found.people:,} people who answered every row{_left_out(found.left_out)}."
    )
    return ScaleTold(sentence, _meaning(found.alpha), _warnings(asked, found), _table(asked, found))


def decimal(value: float | None) -> str:
    """Two places, with a real minus; empty for none."""
    return "" if value is None else f"{value:.2f}".replace("-", "−")


def _how_well(alpha: float) -> str:
    if alpha < _LOOSELY:
        return "hardly hang together"
    how = "loosely" if alpha < _WELL else "well" if alpha < _VERY else "very closely"
    return f"hang together {how}"


def _left_out(people: int) -> str:
    return f"; {people:,} who left a row out, or had no opinion, are not in it" if people else ""


def _meaning(alpha: float) -> str:
    adding = (
        "Adding the rows up to one score for groups is reasonable."
        if alpha >= _WELL
        else "Do not add the rows up to one score; read each for itself."
    )
    same = " Rows this alike may ask the same thing twice." if alpha >= _VERY else ""
    return (
        f"{adding}{same} Alpha says whether people who are high on one row are high on the others. "
        "It does not say that the rows measure what they are meant to, nor that they measure one "
        "thing only, and it rises with the number of rows."
    )


def _warnings(asked: AskedInWords, found: Reliability) -> tuple[str, ...]:
    """The row that goes most against the rest; others may only seem to, because of it."""
    if not found.opposite:
        return ()
    first, *others = sorted(found.opposite, key=lambda at: found.items[at].with_the_rest or 0.0)
    names = [f"“{asked.rows[row]}”" for row in asked.form.rows]
    words = (
        f"{names[first]} points the other way: people high on it are low on the rest. Turn its "
        "scale round before adding anything up, or leave it out; alpha is too low while it is in."
    )
    if others:
        listed = " and ".join(names[at] for at in others)
        words += f" Look at {listed} again after that: the sum with {names[first]} may mislead."
    return (words,)


def _table(asked: AskedInWords, found: Reliability) -> Table:
    lines = (
        Line(
            asked.rows[row],
            (
                Cell(decimal(item.with_the_rest)),
                Cell(decimal(item.alpha_without)),
                Cell("Yes" if item.opposite else "No"),
            ),
        )
        for row, item in zip(asked.form.rows, found.items, strict=True)
    )
    heads = ("Correlation with the other rows", "Alpha without it", "Points the other way")
    return Table("The rows as one scale", "", heads, tuple(lines))
