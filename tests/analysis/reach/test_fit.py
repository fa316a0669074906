"""Who answered beside who lives here."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.comparing.association import How
from analysis.reach.fit import Population, goodness_of_fit, reach

CENSUS = Population(
    ("16 to 34", "35 to 64", "65 and over"), (2800, 4700, 2500), "Census 2021", date(2021, 3, 21)
)


def test_mendels_peas_fit() -> None:
    """315, 108, 101 and 32 peas against 9 : 3 : 3 : 1. Crawley, The R Book, 2007, “A Four-Class
    Table of Counts”: X² = 0.470024, p = 0.9254."""
    found = goodness_of_fit(np.array([315, 108, 101, 32]), np.array([9, 3, 3, 1]) / 16)
    assert found.statistic == pytest.approx(0.470024, abs=5e-7)
    assert found.p == pytest.approx(0.9254, abs=5e-5)
    assert found.how is How.APPROXIMATE


def test_jurors_might_be_drawn_from_the_voters() -> None:
    """275 jurors by race against the registered voters: OpenIntro Statistics, section on testing
    for goodness of fit: X² = 5.89, p = 0.117, here to the digits of the sum itself."""
    jurors, voters = np.array([205, 26, 25, 19]), np.array([0.72, 0.07, 0.12, 0.09])
    found = goodness_of_fit(jurors, voters)
    expected = 275 * voters
    assert found.statistic == pytest.approx(5.89, abs=0.005)
    assert found.statistic == pytest.approx(float(((jurors - expected) ** 2 / expected).sum()))
    assert found.p == pytest.approx(0.117, abs=0.0005)


def test_a_jury_pool_is_not_its_community() -> None:
    """200 potential jurors against 60, 20, 10 and 10 %: X² = 10.033, p = 0.018, as a lecture on
    the test has it (coconote.app, “Chi-Square Goodness of Fit Test”)."""
    found = goodness_of_fit(np.array([137, 23, 18, 22]), np.array([0.6, 0.2, 0.1, 0.1]))
    assert found.statistic == pytest.approx(10.033, abs=0.0005)
    assert found.p == pytest.approx(0.018, abs=0.0005)


def test_of_nine_answers_p_is_drawn_near_the_exact_one() -> None:
    counts, shares = np.array([1, 2, 6]), np.array([0.28, 0.47, 0.25])
    every = [(a, b, 9 - a - b) for a in range(10) for b in range(10 - a)]
    chances = stats.multinomial(9, shares).pmf(every)
    observed = stats.multinomial(9, shares).pmf(counts)
    exact = chances[chances <= observed * (1 + 1e-9)].sum()
    found = goodness_of_fit(counts, shares)
    assert found.how is How.DRAWN
    assert found.p == pytest.approx(exact, abs=0.006)


def test_a_gap_is_told_with_what_would_even_it_out() -> None:
    found = reach((10, 60, 80), CENSUS)
    assert found is not None
    young, middle, old = found.groups
    assert (young.under, young.over, young.population_share) == (True, False, 0.28)
    assert (old.under, old.over) == (False, True)
    assert young.gap == pytest.approx(10 / 150 - 0.28)
    # 45 more would make 55 of 195, the first number at which 28 % is reached.
    assert young.wanting == 45
    assert 54 / 194 < 0.28 <= 55 / 195
    assert middle.wanting == 20
    assert found.fit is not None
    assert found.fit.p < 0.001


def test_a_small_gap_is_not_called_one() -> None:
    found = reach((25, 50, 25), CENSUS)
    assert found is not None
    assert not any(group.under or group.over for group in found.groups)


def test_of_many_tables_a_gap_must_be_wider_to_be_told_from_chance() -> None:
    alone, among_many = reach((38, 60, 52), CENSUS), reach((38, 60, 52), CENSUS, looked_at=20)
    assert alone is not None
    assert among_many is not None
    for one, other in zip(alone.groups, among_many.groups, strict=True):
        assert other.interval[0] <= one.interval[0]
        assert other.interval[1] >= one.interval[1]
    assert (alone.groups[2].over, among_many.groups[2].over) == (True, False)


def test_one_group_alone_has_nothing_to_fit() -> None:
    found = reach((44,), Population(("Known organisations",), (930,), "Register", CENSUS.on))
    assert found is not None
    assert (found.n, found.fit, found.groups[0].under) == (44, None, False)


@given(st.permutations(range(3)), st.lists(st.integers(0, 300), min_size=3, max_size=3))
def test_the_order_of_groups_does_not_matter(order: list[int], counts: list[int]) -> None:
    moved = Population(
        tuple(CENSUS.groups[at] for at in order),
        tuple(CENSUS.people[at] for at in order),
        CENSUS.source,
        CENSUS.on,
    )
    one, other = reach(counts, CENSUS), reach([counts[at] for at in order], moved)
    if one is not None and other is not None:
        assert {group.group: group.wanting for group in one.groups} == {
            group.group: group.wanting for group in other.groups
        }
        assert {g.group: (g.under, g.over) for g in one.groups} == {
            g.group: (g.under, g.over) for g in other.groups
        }


def test_nobody_and_impossible_groups() -> None:
    assert reach((0, 0, 0), CENSUS) is None
    assert goodness_of_fit(np.array([3, 1]), np.array([1.0, 0.0])).p == 0
    with pytest.raises(ValueError, match="names each group"):
        Population(("a", "b"), (5,), "Register", date(2026, 1, 1)).shares()


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3))
def test_gaps_close(counts: list[int]) -> None:
    found = reach(counts, CENSUS)
    if found is not None:
        assert sum(group.gap for group in found.groups) == pytest.approx(0, abs=1e-9)
        assert sum(group.share for group in found.groups) == pytest.approx(1)
