"""The one chart of a question, by its type."""

from collections.abc import Sequence

from analysis.asked import AskedInWords
from analysis.charts import Line, Named, Row, bars, diverging
from analysis.counting import Cells
from analysis.likert import wilson
from analysis.question.look import Look
from analysis.question.read import QuestionRead
from analysis.question.shares import Share, base_of, shares
from analysis.question.words import HIDDEN, scale_words
from analysis.results import MISSING
from analysis.wording import FEW, few


def chart(read: QuestionRead, look: Look, named: Named, width: int) -> str:
    """A scale on its two sides, everything else as bars; of everybody asked a scale as bars too,
    since “No answer” is on neither side."""
    asked, cells = read.asked, read.cells
    if asked.form.rows:
        return _scales(asked, _rows(read), look, named, width)
    if asked.form.points and not look.of_asked:
        return _scales(asked, [("", cells)], look, named, width)
    return bars(named, [_line(share) for share in _of_bars(read, look)], width=width)


def _rows(read: QuestionRead) -> list[tuple[str, Cells]]:
    names = (read.asked.rows[row] for row in read.asked.form.rows)
    return list(zip(names, read.rows, strict=True))


def _scales(
    asked: AskedInWords, items: Sequence[tuple[str, Cells]], look: Look, named: Named, width: int
) -> str:
    rows = [
        Row(label, _scored(asked, cells, look), _under(asked, cells, look), few(cells.answered))
        for label, cells in items
    ]
    words = [asked.options[value] for value in asked.form.points]
    return diverging(named, words, rows, width=width)


def _scored(asked: AskedInWords, cells: Cells, look: Look) -> tuple[float, ...]:
    """The shares of the points, or none where any is not shown."""
    found = shares(asked, cells, of_asked=look.of_asked).lines[: len(asked.form.points)]
    known = [line.share for line in found if line.share is not None]
    return tuple(known) if len(known) == len(found) else ()


def _under(asked: AskedInWords, cells: Cells, look: Look) -> str:
    """What the bar leaves out is named."""
    found = shares(asked, cells, of_asked=look.of_asked).lines
    beside = [f"{line.label}: {_words(line)}." for line in found if line.beside and line.n]
    return " ".join([scale_words(asked, cells, of_asked=look.of_asked), *beside])


def _of_bars(read: QuestionRead, look: Look) -> Sequence[Share]:
    asked, cells = read.asked, read.cells
    if asked.form.values:
        return shares(asked, cells, of_asked=look.of_asked, together=look.together).lines
    if read.measured and read.measured.bands:
        answered = read.measured.answered
        return [
            Share(band.name, (), band.n, answered, wilson(band.n, answered))
            for band in read.measured.bands
        ]
    everybody = base_of(cells, of_asked=True)
    return [
        Share("Answered", (), cells.answered, everybody),
        Share("No answer", (MISSING,), cells.missing, everybody, beside=True),
    ]


def _line(share: Share) -> Line:
    return Line(share.label, share.share, _words(share), share.interval, share.beside)


def _words(share: Share) -> str:
    """Like “54, 69%”, and of few “9 of 12”."""
    if share.n is None or share.base is None:
        return HIDDEN
    if share.base < FEW:
        return f"{share.n:,} of {share.base:,}"
    return f"{share.n:,}, {share.printed}"
