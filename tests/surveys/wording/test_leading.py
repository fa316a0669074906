"""Leading wording is found, and even wording is left alone."""

import pytest

from surveys.wording.leading import leading

LEADING = [
    "Don’t you agree that parks matter?",
    "Do you agree that the library should close on Mondays?",
    "Surely the lane should be closed?",
    "Would you support our much-needed new pool?",
    "Most people agree that speeds are too high. Do you?",
    "As everyone knows, money is short. What would you cut?",
    "It is vital that we act now. What should we do?",
    "How much safer do you feel since the trial?",
    "Isn’t it time for a change?",
    "Experts agree that trees cool streets. Should we plant more?",
    "Should we end the wasteful night bus?",
]
EVEN = [
    "How far do you agree or disagree with the plan?",
    "Do you agree or disagree with the plan?",
    "Is the plan clearly written?",
    "Is it clear to you what we propose?",
    "What do most people in your street think about parking?",
    "How safe do you feel after dark?",
    "Which course did you take?",
    "How satisfied or dissatisfied are you with the service?",
    "What have we missed?",
    "Why do you say that?",
    "Would you say “surely not” to a neighbour?",
    "Which services are essential to you?",
]


@pytest.mark.parametrize("text", LEADING)
def test_a_leading_question_is_found(text: str) -> None:
    assert leading(text, both_ends=False)


@pytest.mark.parametrize("text", EVEN)
def test_an_even_question_is_left_alone(text: str) -> None:
    assert leading(text, both_ends=False) == ""


def test_a_scale_with_both_ends_makes_agreeing_even() -> None:
    text = "Do you agree that the library should close on Mondays?"
    assert leading(text, both_ends=True) == ""
    assert leading("Surely you agree?", both_ends=True)


def test_the_words_that_lead_are_named() -> None:
    assert leading("Surely the lane should be closed?", both_ends=False) == (
        "‘surely’ says what is plain to all"
    )
