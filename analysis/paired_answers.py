"""Two questions that the same people answered, with the same values: their answers beside each
other."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.comparing.choosing import Comparison, Order, compare_paired
from analysis.comparing.tables import Counts
from analysis.counting import Form, key_in
from analysis.crosstab import Marks

_CHOICES = ("single", "dropdown")


class Item(Struct, frozen=True):
    """A question, or one row of a grid."""

    asked: AskedInWords
    row: str | None = None

    @property
    def place(self) -> str:
        key = self.asked.form.key
        return f"{key}.{self.row}" if self.row else key

    @property
    def title(self) -> str:
        return self.asked.rows[self.row] if self.row else self.asked.title

    @property
    def whole_title(self) -> str:
        return f"{self.asked.title}: {self.title}" if self.row else self.title

    @property
    def values(self) -> tuple[str, ...]:
        """What is compared: the points of a scale, or two things to choose from."""
        return self.asked.form.points or self.asked.form.values


class Paired(Struct, frozen=True, eq=False):
    """`table` is first answer × second answer, of those who gave both; `left_out` gave both too,
    but one of them is not compared, like “don't know”."""

    first: Item
    second: Item
    table: Counts
    left_out: int
    found: Comparison | None


def items(asked: Sequence[AskedInWords]) -> Iterator[Item]:
    """What may be set against something else: scales, and choices between two."""
    for each in asked:
        form = each.form
        if form.points:
            yield from (Item(each, row) for row in form.rows or (None,))
        elif form.type in _CHOICES and len(form.values) == 2:
            yield Item(each)


def may_be_paired(one: Item, other: Item, marks: Sequence[Marks]) -> bool:
    """Whether both have the same values and one questionnaire asks both, so that the same people
    could answer them."""
    if one.place == other.place or one.values != other.values:
        return False
    if bool(one.asked.form.points) != bool(other.asked.form.points):
        return False
    return any(_asks(each, one) and _asks(each, other) for each in marks)


def _asks(marks: Marks, item: Item) -> bool:
    return key_in(marks.block, item.asked.form, item.row) is not None


def paired(first: Item, second: Item, marks: Sequence[Marks]) -> Paired:
    size = len(first.values)
    table, both = np.zeros((size, size), np.int64), 0
    for each in marks:
        one, other = each.answers(first.asked.form, first.row), each.answers(*_of(second))
        nobody = each.nobody()
        for at, value in enumerate(first.values):
            for beside, its in enumerate(second.values):
                here = one.get(value, nobody) & other.get(its, nobody)
                table[at, beside] += int(np.bitwise_count(here).sum())
        answered = each.states(first.asked.form, first.row)[0] & each.states(*_of(second))[0]
        both += int(np.bitwise_count(answered).sum())
    order = Order.ORDERED if first.asked.form.points else Order.NONE
    found = compare_paired(table, values=order)
    return Paired(first, second, table, both - int(table.sum()), found)


def _of(item: Item) -> tuple[Form, str | None]:
    return item.asked.form, item.row
