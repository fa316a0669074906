"""Raking."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize, root

from analysis.reach.raking import (
    CannotWeigh,
    effective_of,
    raked,
    refuse_too_large,
    weighted_shares,
)

Table: TypeAlias = NDArray[Any]

COUNTS = np.array([[40, 30, 10], [35, 50, 100]])
TARGETS = [np.array([0.5, 0.5]), np.array([0.3, 0.4, 0.3])]


def test_the_weights_are_those_of_raking_ratio_calibration() -> None:
    """Deville & Särndal, Journal of the American Statistical Association 87 (1992) 376-382: the
    weights are exp of a sum of effects, those that minimise the dual, found here by SciPy."""
    total = COUNTS.sum()
    wanted = np.concatenate([target * total for target in TARGETS])

    def dual(effects: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        weights = np.exp(effects[:2, np.newaxis] + effects[np.newaxis, 2:])
        return float((COUNTS * weights).sum() - wanted @ effects)

    effects = minimize(dual, np.zeros(5), method="BFGS", options={"gtol": 1e-9}).x
    expected = np.exp(effects[:2, np.newaxis] + effects[np.newaxis, 2:])
    assert raked(COUNTS, TARGETS).weights == pytest.approx(expected, abs=1e-6)


def test_design_effect_and_effective_n_are_kishs() -> None:
    """(Σw)² / Σw² of the people's own weights."""
    found = raked(COUNTS, TARGETS)
    each = np.repeat(found.weights.ravel(), COUNTS.ravel())
    assert each.mean() == pytest.approx(1)
    assert found.effective_n == pytest.approx(each.sum() ** 2 / (each**2).sum(), abs=1e-9)
    assert found.design_effect == pytest.approx(265 / found.effective_n)
    assert (found.smallest, found.largest) == (each.min(), each.max())
    assert effective_of(COUNTS, found.weights) == pytest.approx(found.effective_n)


def test_schools_get_the_weights_that_r_gives_them() -> None:
    """R's survey package, `rake` of `apiclus1` by type of school (elementary, high, middle) and by
    whether it met its target, as its documentation has it: the weights are those that Survey.jl
    keeps of R in test/r_reference/rake_weights.csv. R stops when the margins are within one school
    of 6,194; two unlike cells of ours and of R's differ by less than that."""
    schools = np.array([[132, 12], [11, 3], [17, 8]])
    by_r = np.array(
        [
            [29.8704638727345, 39.838509410554],
            [50.3301527726748, 67.1257826263303],
            [36.7921816646831, 49.0700673992951],
        ]
    )
    found = raked(schools, [np.array([4421.0, 755.0, 1018.0]), np.array([5122.0, 1072.0])])
    assert found.weights * 6194 / 183 == pytest.approx(by_r, rel=5e-5)
    exactly = _calibrated(schools, (4421, 755, 1018), (5122, 1072))
    assert found.weights == pytest.approx(exactly, abs=1e-9)


def _calibrated(counts: Table, rows: Sequence[int], columns: Sequence[int]) -> Table:
    """Weights as products of effects, found by Newton's method where both margins hold."""
    total, (height, width) = counts.sum(), counts.shape
    first, second = (np.array(side) * total / sum(side) for side in (rows, columns))

    def misses(effects: Table) -> Table:
        fitted = counts * np.exp(effects[:height, np.newaxis] + np.append(effects[height:], 0))
        return np.append(fitted.sum(axis=1) - first, (fitted.sum(axis=0) - second)[:-1])

    effects = root(misses, np.zeros(height + width - 1), tol=1e-13).x
    found: Table = np.exp(effects[:height, np.newaxis] + np.append(effects[height:], 0))
    return found


def test_one_margin_alone_is_post_stratification() -> None:
    found = raked(np.array([30, 70]), [np.array([0.5, 0.5])])
    assert found.weights == pytest.approx([50 / 30, 50 / 70])


@settings(max_examples=50)
@given(
    st.lists(st.lists(st.integers(1, 60), min_size=3, max_size=3), min_size=2, max_size=4),
    st.data(),
)
def test_weighted_margins_are_the_populations(counts: list[list[int]], data: st.DataObject) -> None:
    table = np.array(counts)
    targets = []
    for side in table.shape:
        people = data.draw(st.lists(st.integers(1, 20), min_size=side, max_size=side))
        targets.append(np.array(people) / sum(people))
    found = raked(table, targets)
    fitted = table * found.weights / table.sum()
    assert fitted.sum(axis=1) == pytest.approx(targets[0], abs=1e-9)
    assert fitted.sum(axis=0) == pytest.approx(targets[1], abs=1e-9)
    assert found.design_effect >= 1 - 1e-9


def test_people_as_they_should_be_keep_the_weight_of_one() -> None:
    table = np.array([[10, 20], [30, 60]])
    targets = [np.array([0.25, 0.75]), np.array([1 / 3, 2 / 3])]
    found = raked(table, targets)
    assert found.weights == pytest.approx(np.ones((2, 2)))
    assert found.design_effect == pytest.approx(1)


def test_weighted_shares_stand_beside_the_plain_ones() -> None:
    weights = raked(np.array([30, 70]), [np.array([0.5, 0.5])]).weights
    answers = np.array([[24, 6], [21, 49]])
    assert weighted_shares(answers, answers.sum(axis=1), weights) == pytest.approx([0.55, 0.45])


def test_a_multiple_choice_is_shared_by_people_and_not_by_ticks() -> None:
    weights = raked(np.array([30, 70]), [np.array([0.5, 0.5])]).weights
    ticked, answered = np.array([[30, 30], [35, 70]]), np.array([30, 70])
    assert weighted_shares(ticked, answered, weights) == pytest.approx([0.75, 1.0])
    assert np.isnan(weighted_shares(0 * ticked, 0 * answered, weights)).all()


@settings(max_examples=30)
@given(st.permutations(range(3)), st.permutations(range(2)))
def test_the_order_of_groups_and_of_tables_does_not_matter(
    columns: list[int], rows: list[int]
) -> None:
    plain, ages = raked(COUNTS, TARGETS), TARGETS[1][columns]
    moved = raked(COUNTS[np.ix_(rows, columns)], [TARGETS[0][rows], ages])
    assert moved.weights == pytest.approx(plain.weights[np.ix_(rows, columns)], abs=1e-9)
    turned = raked(COUNTS.T, TARGETS[::-1])
    assert pytest.approx(plain.weights, abs=1e-9) == turned.weights.T


def test_weights_that_are_too_large_are_refused_with_what_to_do() -> None:
    counts = np.array([4, 396])
    with pytest.raises(
        CannotWeigh, match=r"would count as 18\.0.*Put the smallest groups together"
    ):
        refuse_too_large(raked(counts, [np.array([0.18, 0.82])]))
    refuse_too_large(raked(counts, [np.array([0.05, 0.95])]))


@pytest.mark.parametrize(
    ("counts", "targets", "why"),
    [
        ([0, 9], [[0.5, 0.5]], "Nobody in “young” answered.*Put the group together"),
        ([4, 9], [[0.0, 1.0]], "answered from “young”, and the table says that nobody is in it"),
        ([0, 0], [[0.5, 0.5]], "Nobody has answered all the questions"),
    ],
)
def test_groups_without_people_cannot_be_weighted(
    counts: list[int], targets: list[list[float]], why: str
) -> None:
    with pytest.raises(CannotWeigh, match=why):
        raked(np.array(counts), [np.array(target) for target in targets], names=[("young", "old")])


def test_shares_that_no_weights_meet_are_refused() -> None:
    with pytest.raises(CannotWeigh, match="No weights give every group its share"):
        raked(np.array([[9, 0], [0, 9]]), [np.array([0.9, 0.1]), np.array([0.1, 0.9])])
