"""What is known of one question, of those responses that are looked at."""

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.counting import Cells
from analysis.crosstab import Marks
from analysis.groupings import Grouping, GroupingCounts
from analysis.measures import Measured


class Grouped(Struct, frozen=True):
    """A grouping of this question, and how many are in it."""

    grouping: Grouping
    counts: GroupingCounts


class QuestionRead(Struct, frozen=True, eq=False):
    """`every` question in the order asked. `cells` are the question's, and of a grid `rows` those
    of each row; None in them is a number that is not shown. `marks` are there only for what may be
    told person by person."""

    every: tuple[AskedInWords, ...]
    asked: AskedInWords
    base: int
    cells: Cells
    rows: tuple[Cells, ...]
    marks: tuple[Marks, ...] = ()
    measured: Measured | None = None
    grouped: tuple[Grouped, ...] = ()
