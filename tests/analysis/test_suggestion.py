"""Suggestions by plain word matching, with the words that made them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import Theme
from analysis.suggestion import Suggestion, matching_words, stem, suggestions


def theme(number: int, *keywords: str) -> Theme:
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return Theme(number, f"theme-{number}", f"Theme {number}", "", keywords, "", number, made)


@pytest.mark.parametrize(
    ("keyword", "said"),
    [
        ("volunteer", "Volunteering"),
        ("funding", "funds"),
        ("charge", "charged"),
        ("community", "communities"),
        ("plan", "planning"),
        ("bid", "bidding"),
        ("business", "businesses"),
        ("tax", "taxes"),
        ("meeting", "meetings"),
        ("apply", "applied"),
        ("council", "council's"),
        ("housing", "houses"),
        ("CrowdFund", "crowdfund"),
    ],
)
def test_a_keyword_finds_its_simple_inflections(keyword: str, said: str) -> None:
    assert matching_words(f"We think {said} matter.", [keyword]) == (said,)


@pytest.mark.parametrize(
    ("keyword", "said"),
    [
        ("community", "communication"),
        ("car", "caring"),
        ("fund", "fundamental"),
        ("art", "start"),
        ("full cost recovery", "full recovery"),
        ("bus", "business"),
        ("organ", "organisation"),
    ],
)
def test_a_keyword_does_not_find_another_word(keyword: str, said: str) -> None:
    assert matching_words(f"We think {said} matters.", [keyword]) == ()


def test_a_phrase_is_found_in_a_row_as_it_was_written() -> None:
    text = "Contracts must pay FULL cost\nrecovery, not part of it; full cost recovery!"
    assert matching_words(text, ["full-cost recovery"]) == ("FULL cost recovery",)


def test_suggestions_say_which_words_made_them_and_the_strongest_is_first() -> None:
    text = (
        "Small groups need grants. Volunteers are tired; volunteering is hard. Thank a volunteer."
    )
    made = suggestions(text, [theme(1, "grant"), theme(2, "volunteer"), theme(3, "bus")])
    assert made == (
        Suggestion(2, ("Volunteers", "volunteering", "volunteer")),
        Suggestion(1, ("grants",)),
    )


def test_a_theme_without_keywords_is_never_suggested() -> None:
    assert suggestions("Anything at all", [theme(1), theme(2, "…")]) == ()


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=4))
def test_the_matching_words_stand_in_the_answer(text: str, keywords: list[str]) -> None:
    plain = " ".join(text.split())
    for words in matching_words(text, keywords):
        assert words in plain


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=15))
def test_the_stem_of_a_word_is_how_it_begins_but_for_y(word: str) -> None:
    assert word.startswith(stem(word).removesuffix("y"))
