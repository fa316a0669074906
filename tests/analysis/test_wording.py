"""Figures in words."""

import pytest

from analysis.wording import count_words, either, interval_words, net_words


@pytest.mark.parametrize(
    ("n", "answered", "words"),
    [
        (9, 12, "9 of 12 (75%)"),
        (54, 78, "69% (54 of 78)"),
        (29, 29, "29 of 29 (100%)"),
        (15, 30, "50% (15 of 30)"),
        (1, 200, "1% (1 of 200)"),
        (0, 0, "nobody answered"),
    ],
)
def test_few_answers_are_given_as_counts_first(n: int, answered: int, words: str) -> None:
    assert count_words(n, answered) == words


@pytest.mark.parametrize(("net", "words"), [(0.5, "+50"), (-0.125, "−13"), (0.001, "0"), (0, "0")])
def test_net_agreement_is_signed(net: float, words: str) -> None:
    assert net_words(net) == words


def test_intervals_and_choices_are_read_out() -> None:
    assert interval_words((0.2553, 0.3662)) == "26% to 37%"
    assert either(["Strongly agree", "Agree"]) == "“Strongly agree” or “Agree”"
    assert either(["A", "B", "C"]) == "“A”, “B” or “C”"
    assert either(["Agree"]) == "“Agree”"
