"""A narrowing is what its address says, and its address what it is."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import MultiDict

from analysis.narrowing import (
    MOST_CONDITIONS,
    THEME,
    Narrowing,
    NoSuchFilter,
    narrowing,
    number_in,
)

words = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)
places = words.filter(lambda word: ":" not in word)


def read(query: str) -> Narrowing:
    return narrowing(MultiDict(parse_qsl(query, keep_blank_values=True)))


@given(
    st.lists(st.integers(0, 999_999_999)),
    st.lists(words),
    st.lists(st.tuples(places, words), max_size=MOST_CONDITIONS),
)
def test_an_address_is_read_as_it_was_written(
    rounds: list[int], channels: list[str], where: list[tuple[str, str]]
) -> None:
    told = MultiDict(
        [("round", str(each)) for each in rounds]
        + [("channel", each) for each in channels]
        + [("where", f"{place}:{value}") for place, value in where]
    )
    found = narrowing(told)
    assert read(found.query()) == found
    assert set(found.rounds) == set(rounds)
    assert set(found.channels) == set(channels)
    assert set(found.where) == set(where)


def test_values_of_one_place_are_together_and_nothing_stands_twice() -> None:
    found = read("round=2&round=1&round=2&where=plan:agree&where=group:yes&where=plan:neither")
    assert found.rounds == (1, 2)
    assert found.by_place() == {"plan": ("agree", "neither"), "group": ("yes",)}
    assert found.and_where("group", "yes") == found


def test_what_is_left_empty_is_not_asked() -> None:
    assert not read("round=&channel=&where=&by=group").is_on


def test_each_part_can_be_taken_away() -> None:
    found = read("round=1&channel=paper&where=plan:agree&where=plan:neither")
    assert found.without(round_number=1).rounds == ()
    assert found.without(channel="paper").channels == ()
    left = found.without(place="plan", value="agree")
    assert left.query() == "round=1&channel=paper&where=plan:neither"


@pytest.mark.parametrize("query", ["round=two", "round=²", "round=1234567890", "where=plan"])
def test_what_cannot_be_meant_is_refused(query: str) -> None:
    with pytest.raises(NoSuchFilter):
        read(query)


def test_more_answers_than_anybody_means_are_refused() -> None:
    with pytest.raises(NoSuchFilter, match="20 answers"):
        read("&".join(f"where=q{number}:yes" for number in range(MOST_CONDITIONS + 1)))


def test_a_place_of_a_theme_holds_its_number() -> None:
    assert number_in("_theme.12", THEME) == 12
    assert number_in("plan", THEME) is None
    with pytest.raises(NoSuchFilter):
        number_in("_theme.lakes", THEME)
