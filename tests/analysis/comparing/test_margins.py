"""Exact and drawn p against every table or choice there is."""

from itertools import combinations, product
from math import factorial, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from analysis.comparing.margins import drawn_p, enumerated_p, improbability, linear_p
from analysis.comparing.tables import Counts, table_of


def every_table(table: Counts) -> list[Counts]:
    """All tables with the same margins, by trying every number in every free cell."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    shape = len(rows) - 1, len(columns) - 1
    found = []
    for cells in product(range(int(table.sum()) + 1), repeat=shape[0] * shape[1]):
        made = np.zeros_like(table)
        made[:-1, :-1] = np.array(cells).reshape(shape)
        made[:-1, -1] = rows[:-1] - made[:-1].sum(axis=1)
        made[-1] = columns - made[:-1].sum(axis=0)
        if made.min() >= 0:
            found.append(made)
    return found


def probability(table: Counts) -> float:
    above = prod(factorial(int(n)) for side in (0, 1) for n in table.sum(axis=side))
    return above / (factorial(int(table.sum())) * prod(factorial(int(n)) for n in table.ravel()))


tables = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=2)


@settings(max_examples=25)
@given(tables)
def test_the_exact_p_is_that_of_going_through_every_table(counts: list[list[int]]) -> None:
    table = table_of(counts)
    each = [probability(one) for one in every_table(table)]
    assert sum(each) == pytest.approx(1)
    expected = sum(p for p in each if p <= probability(table) * (1 + 1e-9))
    assert enumerated_p(table) == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_of_two_by_two_the_exact_p_is_fishers(cells: list[int]) -> None:
    table = table_of([cells[:2], cells[2:]])
    assert enumerated_p(table) == pytest.approx(fisher_exact(table).pvalue, abs=1e-9)


def test_the_exact_p_is_that_of_the_job_satisfaction_table() -> None:
    """R's documentation of fisher.test, after Agresti, Categorical Data Analysis, 2002, p. 57."""
    job = table_of([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]])
    assert drawn_p(job, improbability) == pytest.approx(0.7827, abs=0.015)


def test_drawn_p_is_near_the_exact_one_never_zero_and_the_same_each_time() -> None:
    table = table_of([[3, 1, 0], [0, 2, 4], [5, 1, 1]])
    drawn = drawn_p(table, improbability)
    assert drawn == pytest.approx(enumerated_p(table), abs=0.006)
    assert drawn == drawn_p(table, improbability)
    assert drawn_p(table_of([[60, 0], [0, 60]]), improbability) == 1 / 10_000


def test_tables_beyond_counting_are_left_to_draws() -> None:
    assert enumerated_p(table_of([[400, 300], [300, 400]])) is None
    assert enumerated_p(table_of([[9] * 8] * 6)) is None


@settings(max_examples=40)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=4), st.data())
def test_the_exact_p_of_a_sum_of_scores_is_that_of_every_choice_of_people(
    values: list[int], data: st.DataObject
) -> None:
    total = sum(values)
    people = data.draw(st.integers(0, total))
    scores = np.cumsum(data.draw(st.lists(st.integers(0, 4), min_size=4, max_size=4)))
    halves = scores[: len(values)] / 2
    everybody = np.repeat(halves, values)
    if not total:
        return
    sums = [sum(chosen) for chosen in combinations(everybody.tolist(), people)]
    centre = people * everybody.mean()
    observed = data.draw(st.sampled_from(sums))
    expected = np.mean([abs(each - centre) >= abs(observed - centre) - 1e-9 for each in sums])
    found = linear_p(np.array(values), halves, people=people, observed=observed)
    assert found == pytest.approx(expected, abs=1e-9)


def test_sums_over_too_many_people_are_left_to_draws() -> None:
    assert linear_p(np.array([500, 500]), np.array([0.0, 1.0]), people=500, observed=250) is None
    assert linear_p(np.array([150] * 5), np.arange(5.0) * 37.5, people=370, observed=9) is None
