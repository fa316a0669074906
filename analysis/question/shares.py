"""The shares of one question, or of one row of a grid, each with how surely it is known."""

from collections.abc import Sequence

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.counting import Cells
from analysis.likert import sides, wilson
from analysis.results import MISSING
from analysis.summaries.intervals import goodman
from analysis.wording import either, whole_per_cent
from app.words import percent

Interval = tuple[float, float]


class Share(Struct, frozen=True):
    """`n` people of a base, who gave any of `values`. None is a number that is not shown, or a
    share of nobody. `beside` marks what is no opinion."""

    label: str
    values: tuple[str, ...]
    n: int | None
    base: int | None
    interval: Interval | None = None
    beside: bool = False

    @property
    def share(self) -> float | None:
        return None if self.n is None or not self.base else self.n / self.base

    @property
    def per_cent(self) -> int | None:
        return None if self.n is None or not self.base else whole_per_cent(self.n, self.base)

    @property
    def printed(self) -> str:
        """Never 0% of somebody, nor 100% without somebody; empty where it is not shown."""
        return "" if self.share is None else percent(self.share)

    @property
    def interval_printed(self) -> str:
        if self.interval is None:
            return ""
        low, high = (percent(end) for end in self.interval)
        return f"{low} to {high}"


class Shares(Struct, frozen=True):
    """`base` is those who answered, or everybody asked, who have “No answer” among them."""

    base: int | None
    lines: tuple[Share, ...]

    @property
    def add_up_to(self) -> int | None:
        """What the printed shares add up to, in per cent; None where one is not shown."""
        known = [line.per_cent for line in self.lines if line.per_cent is not None]
        return sum(known) if known and len(known) == len(self.lines) else None


def shares(
    asked: AskedInWords, cells: Cells, *, of_asked: bool = False, together: bool = False
) -> Shares:
    """With `together`, the intervals of answers that exclude each other hold all at once (Goodman);
    otherwise, and of a multiple choice, each by itself (Wilson)."""
    base = base_of(cells, of_asked=of_asked)
    found = [
        Share(asked.options[value], (value,), n, base, beside=_is_beside(asked, value))
        for value, n in zip(asked.form.values, cells.options, strict=True)
    ]
    if of_asked:
        found.append(Share("No answer", (MISSING,), cells.missing, base, beside=True))
    together = together and asked.form.type != "multiple"
    intervals = _intervals([line.n for line in found], base, together=together)
    lines = zip(found, intervals, strict=True)
    return Shares(
        base,
        tuple(
            Share(line.label, line.values, line.n, base, interval, line.beside)
            for line, interval in lines
        ),
    )


def base_of(cells: Cells, *, of_asked: bool) -> int | None:
    if not of_asked or cells.answered is None:
        return cells.answered
    return None if cells.missing is None else cells.answered + cells.missing


def side_shares(asked: AskedInWords, cells: Cells, *, of_asked: bool = False) -> tuple[Share, ...]:
    """Of a scale those on its positive side, in its middle and on its negative side; nothing where
    any point is not shown."""
    counts = scored_counts(asked, cells)
    if counts is None:
        return ()
    points, base = asked.form.points, base_of(cells, of_asked=of_asked)
    half, on = len(points) // 2, sides(counts)
    parts = [(points[:half], on.agree), (points[len(points) - half :], on.disagree)]
    if len(points) % 2:
        parts.insert(1, (points[half : half + 1], on.neutral))
    return tuple(
        Share(
            either([asked.options[value] for value in values]),
            values,
            n,
            base,
            wilson(n, base) if base else None,
        )
        for values, n in parts
    )


def scored_counts(asked: AskedInWords, cells: Cells) -> list[int] | None:
    """People at each point of the scale, most positive first; None where any is not shown."""
    known = [n for n in cells.options[: len(asked.form.points)] if n is not None]
    return known if known and len(known) == len(asked.form.points) else None


def _is_beside(asked: AskedInWords, value: str) -> bool:
    """Of a scale “don't know”, which is counted and not scored."""
    return bool(asked.form.points) and value not in asked.form.points


def _intervals(
    counts: Sequence[int | None], base: int | None, *, together: bool
) -> Sequence[Interval | None]:
    known = [n for n in counts if n is not None]
    if together and len(known) == len(counts) and known and sum(known) == base:
        return goodman(known) or [None] * len(counts)
    return [None if n is None or not base else wilson(n, base) for n in counts]
