"""The test that the data can bear, and what is said of it."""

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from analysis.comparing.choosing import (
    Comparison,
    Order,
    compare,
    compare_options,
    compare_paired,
    in_family,
)
from analysis.comparing.effects import Size
from analysis.comparing.families import Correction, holm
from analysis.comparing.saying import Compared, inhabited_groups, p_words, sentence
from analysis.comparing.tables import Counts, table_of

NONE, ORDERED = Order.NONE, Order.ORDERED
CHARITIES = table_of([[18, 12, 6, 4, 2], [60, 92, 71, 55, 40]])
"""Charities and residents on “fair funding”, from strongly agree to strongly disagree."""


@pytest.mark.parametrize(
    ("counts", "values", "groups", "name"),
    [
        ([[30, 20], [20, 30]], NONE, NONE, "Pearson chi-square"),
        ([[3, 1], [1, 3]], NONE, NONE, "Fisher exact"),
        ([[3, 1, 0], [1, 3, 4]], NONE, NONE, "Fisher–Freeman–Halton"),
        ([[30, 20, 9], [20, 30, 9]], ORDERED, NONE, "Mann–Whitney U"),
        ([[3, 1, 0], [1, 3, 4]], ORDERED, NONE, "Mann–Whitney U"),
        ([[30, 20, 9], [20, 30, 9], [9, 9, 9]], ORDERED, NONE, "Kruskal–Wallis H"),
        ([[30, 20, 9], [20, 30, 9], [9, 9, 9]], ORDERED, ORDERED, "Kruskal–Wallis H"),
        ([[30, 20], [20, 30], [9, 19]], NONE, ORDERED, "Cochran–Armitage trend"),
        ([[30, 20], [20, 30]], NONE, ORDERED, "Pearson chi-square"),
        # Values and groups that nobody is in are no reason for another test.
        ([[30, 0, 20], [20, 0, 30], [0, 0, 0]], NONE, NONE, "Pearson chi-square"),
    ],
)
def test_the_test_fits_the_data(
    counts: list[list[int]], values: Order, groups: Order, name: str
) -> None:
    found = compare(table_of(counts), values=values, groups=groups)
    assert found is not None
    assert found.name == name
    assert 0 < found.p <= 1
    assert found.n == sum(map(sum, counts))


@pytest.mark.parametrize("counts", [[[0, 0], [0, 0]], [[3, 4], [0, 0]], [[3, 0], [4, 0]]])
def test_one_group_or_one_value_is_no_comparison(counts: list[list[int]]) -> None:
    assert compare(table_of(counts), values=NONE) is None


def test_several_groups_on_a_scale_have_their_pairs() -> None:
    table = np.vstack((CHARITIES, CHARITIES[::-1, ::-1]))
    found = compare(table, values=ORDERED)
    assert found is not None
    assert len(found.pairs) == 6


def test_a_multiple_choice_is_compared_option_by_option() -> None:
    chosen, answered = table_of([[30, 10, 0], [10, 12, 0]]), np.array([40, 40])
    first, second, third = compare_options(chosen, answered)
    assert first is not None
    assert second is not None
    assert third is None
    assert first.p < 0.001 < second.p
    alone = compare(table_of([[30, 10], [10, 30]]), values=NONE)
    assert first == alone


def test_the_whole_family_is_discounted_for() -> None:
    found = [compare(CHARITIES, values=ORDERED), None, compare(CHARITIES[:, :2], values=NONE)]
    first, untested, last = in_family(found, Correction.HOLM)
    assert untested is None
    assert first is not None
    assert last is not None
    assert first.p_adjusted == pytest.approx(2 * first.p)
    assert last.p_adjusted == pytest.approx(max(2 * first.p, last.p))


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=2, max_size=3),
    st.sampled_from(list(Order)),
    st.sampled_from(list(Order)),
)
def test_any_table_gets_a_p_or_none(counts: list[list[int]], values: Order, groups: Order) -> None:
    found = compare(table_of(counts), values=values, groups=groups)
    if found is not None:
        assert 0 < found.p <= 1
        assert found.effect is not None
        assert np.isfinite(found.effect.value)


def said(table: Counts, looked_at: int = 1) -> str:
    found = compare(table, values=ORDERED)
    (discounted, *_) = in_family([found, *[None] * (looked_at - 1)])
    names, rows = inhabited_groups(("Charities", "Residents", "Others")[: len(table)], table)
    asked = Compared(names, rows, (0, 1), "agreed", looked_at)
    return sentence(asked, discounted)


def test_the_answer_reads_like_a_careful_colleagues() -> None:
    words = said(CHARITIES)
    assert words.startswith(
        "Among “Charities”, 71% (30 of 42) agreed; among “Residents”, 48% (152 of 318)."
    )
    assert "Over the whole scale, chance alone would seldom make the groups differ as much" in words
    assert "n = 360" in words
    assert "which group people are in tells" in words
    assert re.search(
        r"The difference is (small|moderate) \(rank-biserial 0\.\d\d, 95% inter", words
    )
    assert words.endswith("This is about those who answered, not about everybody who could have.")


def test_how_many_were_looked_at_is_said() -> None:
    assert "after allowing for the 12 comparisons looked at" in said(CHARITIES, 12)
    assert "looked at" not in said(CHARITIES)


def test_nothing_found_is_not_called_no_difference() -> None:
    words = said(table_of([[20, 20, 20], [21, 20, 19]]))
    assert "That does not show that there is none" in words
    assert "slight" not in words


def test_few_answers_are_counted_and_hedged() -> None:
    words = said(table_of([[3, 1, 1], [1, 2, 1]]))
    assert "Among “Charities”, 4 of 5 (80%) agreed; among “Residents”, 3 of 4 (75%)." in words
    assert "with so few answers, no difference can be told from chance" in words
    assert "The smallest group has 4, so a few people could change this" in words


def test_pairs_that_stand_apart_are_named() -> None:
    table = np.vstack((CHARITIES, [[60, 92, 71, 55, 40]]))
    words = said(table)
    assert "these differ: “Charities” and “Residents”; “Charities” and “Others”." in words


def test_of_many_groups_the_two_ends_are_told_and_no_handful_is_one() -> None:
    table = table_of([[9, 1, 1], [6, 2, 2], [5, 3, 2], [2, 3, 5], [1, 0, 0], [0, 0, 2]])
    found = compare(table, values=ORDERED)
    words = sentence(Compared(tuple("ABCDEF"), table, (0,), "agreed", 1), found)
    ends = (
        "Of 6 groups, the furthest apart are “A”, where 9 of 11 (82%) agreed, and “D”, where "
        "2 of 10 (20%) did (groups of fewer than 5 aside)."
    )
    assert words.startswith(ends)


def test_the_size_is_told_with_the_least_and_the_greatest_that_are_likely() -> None:
    assert re.search(r"0\.\d\d: (slight|small) to (moderate|large)\)", said(CHARITIES))


def test_without_an_order_two_groups_at_a_time_are_as_if_alone() -> None:
    table = table_of([[12, 9], [0, 14], [4, 1], [0, 9]])
    found = compare(table, values=NONE, in_pairs=True)
    assert found is not None
    alone = [fisher_exact(table[[one, two]]).pvalue for one, two in combinations(range(4), 2)]
    assert [pair.p for pair in found.pairs] == pytest.approx(alone)
    assert tuple(pair.p_adjusted for pair in found.pairs) == holm([pair.p for pair in found.pairs])
    # The second and the fourth raised it alike: never.
    assert next(pair.p for pair in found.pairs if (pair.first, pair.second) == (1, 3)) == 1


def test_the_same_counts_give_the_same_comparison_again() -> None:
    again = compare(CHARITIES.copy(), values=ORDERED)
    assert again == compare(CHARITIES, values=ORDERED)
    assert again != compare(CHARITIES[::-1], values=ORDERED)


def test_there_may_be_nothing_to_compare() -> None:
    alone = said(table_of([[3, 1, 0], [0, 0, 0]]))
    assert alone == "Only “Charities” has answers (4), so there is nothing to compare it with."
    alike = said(table_of([[3, 0, 0], [6, 0, 0]]))
    assert alike == "Everybody in these groups, 9 in all, agreed, so there is no difference."
    none = said(table_of([[0, 0, 3], [0, 0, 6]]))
    assert none == "None of the 9 in these groups agreed, so there is no difference."
    nobody = said(table_of([[0, 0, 0], [0, 0, 0]]))
    assert nobody == "Nobody in these groups answered, so there is nothing to compare."


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=3))
def test_no_sentence_claims_more_than_it_knows(counts: list[list[int]]) -> None:
    words = said(table_of(counts)).lower()
    for claim in ("significan", "representative", "prove", "p = 0.000", "p = 0.00 ", "nan"):
        assert claim not in words
    assert "n = " in words or "nothing to compare" in words or "no difference" in words


@pytest.mark.parametrize(
    ("p", "words"),
    [(0, "p under 0.001"), (0.0123, "p = 0.012"), (0.5, "p = 0.50"), (1, "p over 0.99")],
)
def test_p_is_said_as_far_as_it_is_known(p: float, words: str) -> None:
    assert p_words(p) == words


def test_effects_have_words_for_their_size() -> None:
    found = compare_paired(table_of([[20, 9, 0], [1, 20, 9], [0, 1, 20]]), values=ORDERED)
    assert isinstance(found, Comparison)
    assert found.effect is not None
    assert found.effect.size is Size.LARGE
