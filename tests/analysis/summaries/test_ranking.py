"""Rankings: Tennessee's capital, and what must hold of any ballots."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.summaries.ranking import pairwise, ranking

MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = range(4)
VOTERS = {
    (MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE): 42,
    (NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS): 26,
    (CHATTANOOGA, KNOXVILLE, NASHVILLE, MEMPHIS): 15,
    (KNOXVILLE, CHATTANOOGA, NASHVILLE, MEMPHIS): 17,
}
"""Where Tennessee's capital should lie: the example of Wikipedia's “Borda count”, whose points
liquisearch.com's copy (borda_count/an_example) prints as 126, 194, 173 and 107."""


def as_ranks(orders: list[tuple[int, ...]], options: int = 4) -> NDArray[np.uint8]:
    ranks = np.zeros((options, len(orders)), np.uint8)
    for ballot, order in enumerate(orders):
        for place, option in enumerate(order, start=1):
            ranks[option, ballot] = place
    return ranks


def tennessee() -> NDArray[np.uint8]:
    return as_ranks([order for order, people in VOTERS.items() for _ in range(people)])


def test_tennessee_is_counted_as_published() -> None:
    found = ranking(tennessee())
    assert [each.first_choices for each in found.options] == [42, 26, 15, 17]
    assert [round(100 * each.borda) for each in found.options] == [126, 194, 173, 107]
    assert found.winner == NASHVILLE
    # 42 + 26 put it before Chattanooga and before Knoxville, all but Memphis's 42 before Memphis.
    assert found.preferred[NASHVILLE].tolist() == [58, 0, 68, 68]
    assert found.options[CHATTANOOGA].beats == (MEMPHIS, KNOXVILLE)
    assert found.options[MEMPHIS].beats == ()


def test_the_mean_rank_is_of_those_who_ranked_it() -> None:
    found = ranking(as_ranks([(0, 1), (1,), (2, 1, 0), ()]))
    assert found.ballots == 3
    assert [each.ranked for each in found.options] == [2, 3, 1, 0]
    assert found.options[0].mean_rank == 2
    assert found.options[1].mean_rank == pytest.approx(5 / 3)
    assert found.options[3].mean_rank is None


def test_an_option_left_out_loses_to_those_ranked_and_says_nothing_of_the_others() -> None:
    preferred = pairwise(as_ranks([(0, 1)]))
    assert preferred[1].tolist() == [0, 0, 1, 1]
    assert preferred[2, 3] == preferred[3, 2] == 0


def test_a_circle_has_no_winner() -> None:
    assert ranking(as_ranks([(0, 1, 2), (1, 2, 0), (2, 0, 1)], 3)).winner is None


def test_equal_support_is_a_tie() -> None:
    found = ranking(as_ranks([(0, 1), (1, 0)], 2))
    assert (found.options[0].ties_with, found.options[0].beats) == ((1,), ())


ballots = st.lists(
    st.permutations(range(4)).flatmap(
        lambda order: st.integers(0, 4).map(lambda size: tuple(order[:size]))
    ),
    max_size=12,
)


@given(ballots)
def test_every_ballot_gives_the_same_points_and_every_pair_is_counted_once(
    orders: list[tuple[int, ...]],
) -> None:
    found = ranking(as_ranks(orders))
    given_orders = [order for order in orders if order]
    if given_orders:
        assert sum(each.borda for each in found.options) == pytest.approx(6)
    for one in range(4):
        for two in range(4):
            expected = sum(
                one in order and (two not in order or order.index(one) < order.index(two))
                for order in given_orders
                if one != two
            )
            assert found.preferred[one, two] == expected


@given(ballots, st.randoms())
def test_the_order_of_ballots_does_not_matter(
    orders: list[tuple[int, ...]], chance: object
) -> None:
    before = ranking(as_ranks(orders))
    chance.shuffle(orders)  # type: ignore[attr-defined]
    after = ranking(as_ranks(orders))
    assert [each.beats for each in before.options] == [each.beats for each in after.options]
    assert [each.borda for each in before.options] == pytest.approx(
        [each.borda for each in after.options]
    )


@given(ballots, ballots)
def test_two_groups_of_ballots_add_up(
    one: list[tuple[int, ...]], two: list[tuple[int, ...]]
) -> None:
    apart = pairwise(as_ranks(one)) + pairwise(as_ranks(two))
    assert (pairwise(as_ranks([*one, *two])) == apart).all()
