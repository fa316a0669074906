"""Two questions in one are found, and one thing with two names is left alone."""

import pytest

from surveys.wording.double_barrelled import double_barrelled

TWO = [
    "How often do you use the library, and why?",
    "Was the form clear and easy to use?",
    "How satisfied are you with the speed and quality of repairs?",
    "How far do you agree with closing the pool and raising fees?",
    "Should the council cut grants and raise council tax?",
    "How satisfied are you with the staff and the building?",
    "Do you visit the park? How often?",
    "Were our staff helpful and friendly?",
    "How far do you agree that the group should be independent, chosen by the sector, and change "
    "its members in turn?",
    "The council should reduce speed limits and build more crossings",
    "Do you support the new road and the new bridge?",
    "Who is your favourite relative? Why?",
]
ONE = [
    "Do you accept the terms and conditions?",
    "How important is health and social care to you?",
    "How far do you agree with a strategy for the voluntary and community sector?",
    "Do you run a group for adults and children?",
    "When should the library open and close?",
    "Is the plan fair and reasonable?",
    "What difference would it make to you and your family?",
    "How many people work between the office and the depot?",
    "How satisfied are you with parks and open spaces?",
    "How could we and you have a better conversation?",
    "How often do you walk or cycle to the shops and schools?",
    "Which of the hours from Monday and up to Friday suit you?",
    "Do you have any physical or mental health conditions lasting 12 months or more?",
    "How far do you agree with “cut waste and raise standards”?",
    "What is your age (in years and months)?",
    "How long have you known the department of health and safety?",
]


@pytest.mark.parametrize("text", TWO)
def test_two_questions_in_one_are_found(text: str) -> None:
    assert double_barrelled(text)


@pytest.mark.parametrize("text", ONE)
def test_one_question_is_left_alone(text: str) -> None:
    assert double_barrelled(text) == ""


def test_the_end_of_the_words_is_named() -> None:
    assert double_barrelled("Was the form clear and easy to use?") == "‘clear and easy’"
