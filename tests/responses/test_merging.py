"""Two windows on one draft: whatever is overwritten was shown to whoever overwrote it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from responses.merging import (
    answer_hash,
    answers_seen,
    merged,
    read_seen,
    seen_words,
)
from surveys.native_files import read_questionnaire
from surveys.questionnaire import Questionnaire
from tests.responses.asking import ANSWERS, QUESTIONNAIRE


def asked() -> Questionnaire:
    import json

    return read_questionnaire(json.dumps(QUESTIONNAIRE).encode())


def held_against(
    given: dict[str, Any], stored: dict[str, Any], seen: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """What is written, and which questions are to be settled."""
    questions = asked().questions
    shown = read_seen(seen_words(questions, seen))
    both = merged(questions, given, stored, shown)
    return both.write, [each.question for each in both.differences]


def test_what_a_page_has_shown_comes_back_as_it_was_sent() -> None:
    questions = asked().questions
    seen = read_seen(seen_words(questions, ANSWERS))
    assert seen == {each.key: answer_hash(each, ANSWERS) for each in questions}
    assert read_seen("rides:xyz nonsense :: why:") == {}


def test_an_answer_changed_here_alone_is_written() -> None:
    before = {"town": "Ashford"}
    assert held_against({"town": "Dover"}, before, before) == ({"town": "Dover"}, [])


def test_an_answer_changed_elsewhere_is_never_overwritten_unseen() -> None:
    here, elsewhere, before = {"town": "Dover"}, {"town": "Deal"}, {"town": "Ashford"}
    assert held_against(here, elsewhere, before) == ({}, ["town"])


def test_an_answer_that_stands_here_as_it_was_shown_is_asked_about_too() -> None:
    assert held_against({"town": "Ashford"}, {"town": "Deal"}, {"town": "Ashford"}) == (
        {},
        ["town"],
    )


def test_the_same_change_in_both_windows_is_no_difference() -> None:
    assert held_against({"town": "Deal"}, {"town": "Deal"}, {"town": "Ashford"}) == ({}, [])


def test_a_question_left_empty_here_takes_the_answer_from_elsewhere() -> None:
    assert held_against({"why": "Because"}, {"town": "Deal"}, {}) == ({"why": "Because"}, [])


def test_an_answer_taken_back_here_and_changed_elsewhere_is_asked_about() -> None:
    assert held_against({}, {"town": "Deal"}, {"town": "Ashford"}) == ({}, ["town"])


def test_an_answer_in_ones_own_words_is_one_with_the_choice_beside_it() -> None:
    mine = {"rides": "other", "rides.other": "On Sundays"}
    assert held_against(mine, {"rides": "no"}, {"rides": "yes"}) == ({}, ["rides"])
    written, differing = held_against(mine, {"rides": "yes"}, {"rides": "yes"})
    assert (written, differing) == (mine, [])


def test_all_answers_together_are_the_same_only_where_each_is() -> None:
    assert answers_seen({"town": "Deal", "why": ""}) == answers_seen({"town": "Deal"})
    assert answers_seen({"town": "Deal"}) != answers_seen({"town": "Dover"})


towns = st.sampled_from(["", "Ashford", "Dover", "Deal"])


@given(
    here=st.fixed_dictionaries({"town": towns, "why": towns}),
    stored=st.fixed_dictionaries({"town": towns, "why": towns}),
    seen=st.fixed_dictionaries({"town": towns, "why": towns}),
)
def test_nothing_stored_that_was_not_shown_is_replaced(
    here: dict[str, str], stored: dict[str, str], seen: dict[str, str]
) -> None:
    written, differing = held_against(here, stored, seen)
    for key in ("town", "why"):
        if key in written and stored[key]:
            assert stored[key] == seen[key]
        if here[key] and here[key] not in (stored[key], ""):
            assert key in written or key in differing
