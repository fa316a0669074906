"""The answers to every closed question as they are and weighed to the population, side by side."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.comparing.tables import Counts
from analysis.crosstab import Groups, Marks, crosstab, everybody, layered
from analysis.reach.fit import Population
from analysis.reach.raking import (
    CannotWeigh,
    Weights,
    effective_of,
    raked,
    refuse_too_large,
    weighted_shares,
)

MOST_CELLS = 2_000


class WeighedAnswer(Struct, frozen=True):
    """Shares are of those who answered the question: `plain` of everybody, `same` of the people who
    could be weighed, unweighted, and `weighed` of them, weighted. None of nobody."""

    words: str
    n: int
    plain: float | None
    same: float | None
    weighed: float | None


class WeighedQuestion(Struct, frozen=True):
    """`answered` is everybody who answered, `weighable` those of them with a weight, who tell as
    much of the weighted shares as `effective` people drawn without weights would."""

    title: str
    several: bool
    answered: int
    weighable: int
    effective: float
    answers: tuple[WeighedAnswer, ...]


class Weighed(Struct, frozen=True, eq=False):
    """`left_out` of the `base` did not say to which group they belong."""

    base: int
    left_out: int
    weights: Weights
    questions: tuple[WeighedQuestion, ...]


def weighed(
    by: Sequence[tuple[Groups, Population]],
    marks: Sequence[Marks],
    asked: Sequence[AskedInWords],
) -> Weighed:
    """`by` are groups that nobody is in two of, with the population of each, in the same order.
    Raises CannotWeigh."""
    shape = tuple(len(population.groups) for _, population in by)
    if int(np.prod(shape)) > MOST_CELLS:
        raise CannotWeigh(
            f"These tables have {int(np.prod(shape)):,} groups between them, and {MOST_CELLS:,} is "
            "the most. Weigh by fewer of them."
        )
    cells = by[0][0]
    for groups, _ in by[1:]:
        cells = layered(cells, groups)
    names = [population.groups for _, population in by]
    targets = [population.shares() for _, population in by]
    weights = raked(cells.bases().reshape(shape), targets, names=names)
    refuse_too_large(weights)
    base = int(everybody(marks).bases()[0])
    questions = tuple(_questions(cells, weights, marks, asked))
    return Weighed(base, base - weights.n, weights, questions)


def _questions(
    cells: Groups, weights: Weights, marks: Sequence[Marks], asked: Sequence[AskedInWords]
) -> Iterator[WeighedQuestion]:
    for each in asked:
        if each.form.values:
            for row in each.form.rows or (None,):
                yield _question(each, row, cells, weights, marks)


def _question(
    asked: AskedInWords, row: str | None, cells: Groups, weights: Weights, marks: Sequence[Marks]
) -> WeighedQuestion:
    of_cell = crosstab(asked.form, marks, cells, row)
    of_all = crosstab(asked.form, marks, everybody(marks), row)
    each = weights.weights.ravel()
    shares = weighted_shares(of_cell.options, of_cell.answered, each)
    weighable, answered = int(of_cell.answered.sum()), int(of_all.answered[0])
    same = _shares(of_cell.options.sum(axis=0), weighable)
    answers = zip(
        asked.form.values,
        of_all.options[0].tolist(),
        _shares(of_all.options[0], answered),
        same,
        shares.tolist() if weighable else [None] * len(same),
        strict=True,
    )
    return WeighedQuestion(
        f"{asked.title}: {asked.rows[row]}" if row else asked.title,
        asked.form.type == "multiple",
        answered,
        weighable,
        effective_of(of_cell.answered, each),
        tuple(WeighedAnswer(asked.options[value], *rest) for value, *rest in answers),
    )


def _shares(people: Counts, base: int) -> list[float | None]:
    return [n / base if base else None for n in people.tolist()]
