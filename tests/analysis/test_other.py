"""Texts beside “other”: which are the same, and the figures once they are put somewhere.

Against going through the answers one by one.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.counting import form
from analysis.other import (
    OtherCoded,
    Put,
    Writing,
    Wrote,
    folded,
    with_other_coded,
    words_mark,
    writings,
)
from surveys.questionnaire import OTHER
from tests.analysis.examples import as_marks, coded, multiple, questionnaire

SECRET = b"secret"
ASKED = questionnaire(multiple(other=True))
PLACES = form(ASKED.by_key()["places"])
TEXTS = ("The market", "the MARKET!", "Hill", "docks")
WAYS = (None, Put(), Put("north"), Put("", "Markets"))


@pytest.mark.parametrize(
    "same",
    [
        ("Town centre", "town-centre", " TOWN  CENTRE. "),
        ("Café", "cafe\u0301"),
        ("سوق", " سوق!"),
        ("C++", "c++"),
        ("Straße", "strasse"),
    ],
)
def test_case_spaces_and_punctuation_make_no_difference(same: tuple[str, ...]) -> None:
    assert len({folded(text) for text in same}) == 1


@pytest.mark.parametrize(
    "different", [("C", "C++"), ("Hill", "Hills"), ("£5", "5"), ("cafe", "café"), ("?", "!")]
)
def test_other_words_are_told_apart(different: tuple[str, str]) -> None:
    assert folded(different[0]) != folded(different[1])


def test_what_stands_for_a_text_needs_the_secret() -> None:
    assert words_mark(b"one", "Hill") != words_mark(b"another", "Hill")
    assert words_mark(SECRET, "Hill") == words_mark(SECRET, " hill. ")
    assert "hill" not in words_mark(SECRET, "hill")


def test_undecided_texts_come_first_then_those_of_most_people() -> None:
    wrote = [
        Wrote(at, "places", text)
        for at, text in enumerate(("Docks", "The market", "Hill", "hill", "HILL", "the market"))
    ]
    put = {words_mark(SECRET, "hill"): Put("north")}
    found = writings(wrote, put, secret=SECRET)
    assert [(each.text, len(each.people), each.spellings) for each in found] == [
        ("The market", 2, 2),
        ("Docks", 1, 1),
        ("HILL", 3, 3),
    ]
    assert [each.put for each in found] == [None, None, Put("north")]


def figures(
    answers: list[tuple[list[str], str | None]], put: Mapping[str, Put | None]
) -> OtherCoded:
    given_places = [{"places": places} for places, _ in answers]
    rows = [replaced(each, at) for at, each in enumerate(coded(ASKED, *given_places), start=1)]
    wrote = [
        Wrote(at, "places", text)
        for at, (places, text) in enumerate(answers, start=1)
        if text and OTHER in places
    ]
    decided = {words_mark(SECRET, text): to for text, to in put.items() if to is not None}
    written: tuple[Writing, ...] = writings(wrote, decided, secret=SECRET)
    return with_other_coded(PLACES, as_marks({1: ASKED}, rows), written)


def replaced(row: Any, response_id: int) -> Any:
    return type(row)(row.version_id, row.round_number, row.coded, response_id)


chosen = st.lists(st.sampled_from(("north", "east", OTHER)), unique=True)
people = st.lists(st.tuples(chosen, st.sampled_from((*TEXTS, None))), max_size=30)
decisions = st.fixed_dictionaries({text: st.sampled_from(WAYS) for text in TEXTS[1:]})


@given(people, decisions, st.randoms())
def test_each_person_counts_once_for_a_value(
    answers: list[tuple[list[str], str | None]], put: dict[str, Put | None], chance: Any
) -> None:
    found = figures(answers, put)
    whose = {words_mark(SECRET, text): to for text, to in put.items()}
    after: list[set[tuple[str, str]]] = []
    states = {"moved": 0, "left": 0, "waiting": 0, "silent": 0}
    for places, text in answers:
        belongs = {(place, "") for place in places}
        if OTHER in places:
            to = whose.get(words_mark(SECRET, text)) if text else None
            moves = to is not None and to.moves
            state = "silent" if not text else "waiting" if to is None else "left"
            states["moved" if moves else state] += 1
            if to is not None and moves:
                belongs = belongs - {(OTHER, "")} | {(to.value, to.category)}
        after.append(belongs)
    for line in found.lines:
        assert line.coded == sum((line.value, line.category) in each for each in after)
        if line.value:
            assert line.given == sum(line.value in places for places, _ in answers)
    assert {line.category for line in found.lines if line.category} == {
        category for each in after for _, category in each if category
    } | {to.category for text, to in put.items() if to and to.category and wrote(answers, text)}
    assert (found.moved, found.left, found.waiting, found.silent) == tuple(states.values())
    assert found.answered == sum(bool(places) for places, _ in answers)
    shuffled = list(answers)
    chance.shuffle(shuffled)
    assert sorted(map(str, figures(shuffled, put).lines)) == sorted(map(str, found.lines))


def wrote(answers: list[tuple[list[str], str | None]], text: str) -> bool:
    return any(
        each and OTHER in places and folded(each) == folded(text) for places, each in answers
    )


def test_nothing_changes_until_somebody_decides() -> None:
    found = figures([([OTHER], "Hill"), (["north", OTHER], None)], {})
    assert all(line.given == line.coded for line in found.lines)
    assert (found.moved, found.waiting, found.silent) == (0, 1, 1)
