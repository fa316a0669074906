"""Answers to one question person by person, for what sums of people cannot tell."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.counting import Form, key_in
from analysis.crosstab import Marks, in_group
from analysis.summaries.combinations import Chosen
from analysis.summaries.ranking import Ranks
from surveys.coded import Column


def chosen(asked: Form, marks: Sequence[Marks]) -> Chosen:
    """Of a multiple choice, options × people who answered: whether each chose each."""
    return np.hstack([_chosen(asked, each) for each in marks] or [_nobody(asked, np.bool_)])


def ballots(asked: Form, marks: Sequence[Marks]) -> Ranks:
    """Of a ranking, options × people: the rank that each gave, 0 for none."""
    return np.hstack([_ballots(asked, each) for each in marks] or [_nobody(asked, np.uint8)])


def scores(asked: Form, marks: Sequence[Marks]) -> NDArray[np.float64]:
    """Of a grid, people × rows: the last point scores 1 and each before it one more, nan where
    somebody gave no scored answer. Whoever scored no row is left out."""
    every = np.vstack([_scores(asked, each) for each in marks] or [np.zeros((0, len(asked.rows)))])
    some: NDArray[np.float64] = every[~np.isnan(every).all(axis=1)]
    return some


def _nobody(asked: Form, kind: type[Any]) -> NDArray[Any]:
    return np.zeros((len(asked.values), 0), kind)


def _chosen(asked: Form, marks: Marks) -> Chosen:
    size = marks.block.ids.size
    here, _ = marks.states(asked, None)
    answered, answers = in_group(here, size), marks.answers(asked, None)
    nobody = marks.nobody()
    rows = [in_group(answers.get(value, nobody), size)[answered] for value in asked.values]
    return np.array(rows, np.bool_).reshape(len(asked.values), -1)


def ranks_in_block(asked: Form, marks: Marks) -> Ranks:
    """Options × every response of the block, whoever is looked at."""
    columns = {column.row: column for column in _columns(asked, marks, None)}
    found = np.zeros((len(asked.values), marks.block.ids.size), np.uint8)
    for at, value in enumerate(asked.values):
        if value in columns:
            found[at] = marks.block.codes(columns[value])[0]
    return found


def _ballots(asked: Form, marks: Marks) -> Ranks:
    those = in_group(marks.everybody(), marks.block.ids.size)
    return ranks_in_block(asked, marks)[:, those]


def _scores(asked: Form, marks: Marks) -> NDArray[np.float64]:
    those = in_group(marks.everybody(), marks.block.ids.size)
    found = np.full((int(those.sum()), len(asked.rows)), np.nan)
    for at, row in enumerate(asked.rows):
        for column in _columns(asked, marks, row):
            if column.row == row:
                codes = marks.block.codes(column)[0][those]
                found[:, at] = _score_of_code(asked, column)[codes]
    return found


def _score_of_code(asked: Form, column: Column) -> NDArray[np.float64]:
    score = {value: len(asked.points) - at for at, value in enumerate(asked.points)}
    return np.array([np.nan, *(score.get(value, np.nan) for value in column.values)])


def _columns(asked: Form, marks: Marks, row: str | None) -> list[Column]:
    key = key_in(marks.block, asked, row)
    columns = marks.block.coding.table.columns
    return [each for each in columns if each.question == key and each.kind != "state"]
