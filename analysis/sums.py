"""The counts that a tally is made of. Those of parts add up to those of the whole, whether the
parts are blocks in memory or files that other processes read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from analysis.comparing.tables import Counts
from analysis.counting import Cells, Form
from analysis.crosstab import Crosstab, Marks, groups_by_question, people, table

Item = tuple[object, str | None]
"""What a question asks, and a grid's row; None is the whole question."""


class Wanted(Struct, frozen=True):
    """What to count: every question asked, of everybody and in each of `rounds` apart, and where
    there is `by`, in the groups that its answers make."""

    asked: tuple[Form, ...]
    rounds: tuple[int, ...] = ()
    by: Form | None = None

    def items(self) -> Iterator[tuple[Form, str | None]]:
        return ((form, row) for form in self.asked for row in (None, *form.rows))


class View(Struct, frozen=True, eq=False):
    """The counts of some responses. `bases` are people, everybody first and then each group;
    each table has a line for each of these × answered, missing, and the question's values."""

    bases: Counts
    tables: Mapping[Item, Counts]

    @property
    def base(self) -> int:
        return int(self.bases[0])

    def cells(self, asked: Form, row: str | None = None) -> Cells:
        """Whoever was not asked counts as not routed, in another version too."""
        answered, missing, *options = self.tables[asked.asks, row][0].tolist()
        there = () if asked.rows and row is None else tuple(options)
        return Cells(answered, missing, self.base - answered - missing, there)

    def by_group(self, asked: Form, by: Form, row: str | None = None) -> Crosstab:
        of_groups = self.tables[asked.asks, row][1:]
        answered, missing = of_groups[:, 0], of_groups[:, 1]
        not_routed = self.bases[1:] - answered - missing
        names = tuple((value,) for value in by.values)
        return Crosstab(names, asked.values, of_groups[:, 2:], answered, missing, not_routed)


class Sums(Struct, frozen=True, eq=False):
    whole: View
    rounds: Mapping[int, View]


def sums(wanted: Wanted, marks: Iterable[Marks]) -> Sums:
    """What is wanted of whoever is looked at in the blocks."""
    return added(wanted, (_of_block(wanted, each) for each in marks))


def added(wanted: Wanted, parts: Iterable[Sums]) -> Sums:
    """The parts as one; without any, nobody."""
    whole, rounds = _nobody(wanted), {number: _nobody(wanted) for number in wanted.rounds}
    for part in parts:
        whole = _both(whole, part.whole)
        rounds = {number: _both(view, part.rounds[number]) for number, view in rounds.items()}
    return Sums(whole, rounds)


def count(asked: Form, marks: Sequence[Marks], row: str | None = None) -> Cells:
    """The cells of one question, or of one row of a grid."""
    return sums(Wanted((asked,)), marks).whole.cells(asked, row)


def _of_block(wanted: Wanted, marks: Marks) -> Sums:
    rounds = {
        number: _view(wanted, marks.those(marks.of_round(number))) for number in wanted.rounds
    }
    return Sums(_view(wanted, marks), rounds)


def _view(wanted: Wanted, marks: Marks) -> View:
    everybody = marks.everybody()[np.newaxis]
    members = everybody[:0]
    if wanted.by:
        (members,) = groups_by_question(wanted.by, (marks,)).members
    return View(
        people(np.vstack((everybody, members))),
        {(form.asks, row): table(form, row, marks, members) for form, row in wanted.items()},
    )


def _nobody(wanted: Wanted) -> View:
    size = 1 + len(wanted.by.values if wanted.by else ())
    return View(
        np.zeros(size, np.int64),
        {
            (form.asks, row): np.zeros((size, 2 + len(form.values)), np.int64)
            for form, row in wanted.items()
        },
    )


def _both(one: View, other: View) -> View:
    return View(
        one.bases + other.bases,
        {item: counts + other.tables[item] for item, counts in one.tables.items()},
    )
