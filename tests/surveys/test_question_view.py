"""A question as a page shows it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.problems import Problem
from surveys.answer_words import answer_words
from surveys.page_views import every_view, page_views
from surveys.question_view import Words
from surveys.questionnaire import (
    Condition,
    Date,
    Grid,
    Likert,
    Multiple,
    Number,
    Option,
    Page,
    Question,
    Questionnaire,
    Ranking,
    Row,
    ShortText,
    Single,
)
from tests.surveys.questionnaires import answers_for, questionnaires

OPTIONS = (
    Option("none", "None of these", exclusive=True),
    Option("walk", {"en": "Walking", "cy": "Cerdded"}),
    Option("run", "Running"),
)
GROUP = Single(key="group", text={"en": "A group?", "cy": "Grŵp?"}, options=OPTIONS, other=True)
USES = Multiple(key="uses", text="What for?", options=OPTIONS, other=True)
SIZE = Number(
    key="size", text="Size?", unit="people", show_if=Condition(question="group", is_="walk")
)
SINCE = Date(key="since", text="Since?", show_if=Condition(question="size", at_least=3))
VIEW = Likert(key="view", text="Agree?", scale="agreement", no_opinion=True)
GRID = Grid(key="grid", text="How?", rows=(Row("paths", "Paths"),), scale="frequency")
RANK = Ranking(key="rank", text="First?", options=OPTIONS)
PARKS = Questionnaire(
    "Parks",
    ("en", "cy"),
    (Page("One", (GROUP, SIZE)), Page("Two", (SINCE, USES, VIEW, GRID, RANK))),
)


def view(question: Question, language: str = "en", *problems: Problem, **answers: Any) -> Any:
    together = next(page.questions for page in PARKS.pages if question in page.questions)
    shown = page_views(PARKS, together, language=language, answers=answers, problems=problems)
    return next(each for each in shown if each.key == question.key)


def test_words_are_in_the_chosen_language_and_say_which_it_is() -> None:
    welsh = view(GROUP, "cy")
    assert welsh.words == Words("Grŵp?")
    assert [choice.words for choice in welsh.choices] == [
        Words("None of these", "en"),
        Words("Cerdded"),
        Words("Running", "en"),
        Words("Arall"),
    ]
    assert view(GROUP, "en").words == Words("A group?")


def test_the_words_around_a_question_are_in_welsh_for_welsh() -> None:
    welsh = view(GROUP, "cy")
    assert (welsh.speech.language, welsh.speech.say("optional")) == ("cy", "dewisol")
    assert welsh.other.words == Words("Eich ateb eich hun")
    assert view(GROUP, "en").speech.language == "en"


def test_plain_words_of_a_questionnaire_in_another_language_say_so() -> None:
    polish = Questionnaire("Parki", ("pl",), (Page("Jeden", (VIEW,)),))
    (shown,) = page_views(polish, [VIEW], language="pl", answers={})
    assert shown.words.lang == "pl"
    assert shown.choices[0].words == Words("Strongly agree")


def test_what_was_answered_is_still_there() -> None:
    assert [c.value for c in view(GROUP, group="run").choices if c.chosen] == ["run"]
    assert [c.value for c in view(USES, uses=["run", "other"]).choices if c.chosen] == [
        "run",
        "other",
    ]
    assert view(USES, uses=["other"], **{"uses.other": "Kites"}).other.typed == "Kites"
    assert view(SIZE, size=12).typed == "12"
    assert view(SIZE, size="lots").typed == "lots"
    assert view(SINCE, group="walk", size=3, since="2024-03-07").day == {
        "day": "7",
        "month": "3",
        "year": "2024",
    }
    typed = {"day": "31", "month": "2", "year": "2024"}
    assert view(SINCE, group="walk", size=3, since=typed).day == typed
    assert view(SINCE, group="walk", size=3, since="soon").day == {
        "day": "soon",
        "month": "",
        "year": "",
    }
    (row,) = view(GRID, grid={"paths": "often"}).parts
    assert [choice.value for choice in row.choices if choice.chosen] == ["often"]
    assert [part.typed for part in view(RANK, rank=["run", "walk"]).parts] == ["", "2", "1"]
    assert [part.typed for part in view(RANK, rank={"run": "9"}).parts] == ["", "", "9"]


def test_a_problem_stands_at_its_own_field() -> None:
    assert (
        view(SIZE, "en", Problem("size", "Too many"), Problem("size", "Second")).error == "Too many"
    )
    assert view(USES, "en", Problem("uses.other", "Write it")).other.error == "Write it"
    assert view(GRID, "en", Problem("grid.paths", "Choose")).parts[0].error == "Choose"
    assert view(GRID, "en", Problem("grid.paths", "Choose")).error is None
    assert view(RANK, "en", Problem("rank.run", "Twice")).parts[2].error == "Twice"


def test_what_excludes_the_others_comes_last_in_a_multiple_choice() -> None:
    assert [each.value for each in view(USES).choices] == ["walk", "run", "other", "none"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({}, "Choose all that apply"),
        ({"max_choices": 3}, "Choose up to 3 answers"),
        ({"min_choices": 1}, "Choose at least 1 answer"),
    ],
)
def test_how_many_options_may_be_chosen_is_said_beforehand(
    limits: dict[str, Any], words: str
) -> None:
    options = tuple(Option(value, value.upper()) for value in "abcd")
    question = Multiple(key="uses", text="What for?", options=options, **limits)
    asked = Questionnaire("Parks", ("en",), (Page("One", (question,)),))
    (view,) = page_views(asked, asked.questions, language="en", answers={})
    assert view.hints == (Words(words),)


def test_a_condition_on_the_same_page_is_said_and_given_to_the_script() -> None:
    shown = view(SIZE)
    assert shown.when == "Answer this if you answered ‘Walking’ to ‘A group?’."
    assert shown.condition == '{"question":"group","is":"walk"}'


def test_a_condition_that_earlier_pages_settled_is_not_mentioned() -> None:
    shown = page_views(
        PARKS, PARKS.pages[1].questions, language="en", answers={"group": "walk", "size": 3}
    )
    assert (shown[0].key, shown[0].when, shown[0].condition) == ("since", "", "")


def test_questions_that_earlier_pages_hide_are_left_out() -> None:
    shown = page_views(PARKS, PARKS.pages[1].questions, language="en", answers={"size": 3})
    assert [each.key for each in shown] == ["uses", "view", "grid", "rank"]


def test_an_officer_sees_every_question_with_its_whole_condition() -> None:
    shown = every_view(PARKS, PARKS.pages[1].questions, language="en")
    assert shown[0].when == "Answer this if you answered ‘3 people’ or more to ‘Size?’."


def test_a_question_alone_on_its_page_may_be_its_heading() -> None:
    only = Questionnaire("Q", ("en",), (Page("One", (ShortText(key="a", text="Why?"),)),))
    questions = only.pages[0].questions
    (shown,) = page_views(only, questions, language="en", answers={}, lone_heading=True)
    assert shown.alone


@pytest.mark.parametrize(
    ("question", "answers", "words"),
    [
        (GROUP, {"group": "walk"}, ("Walking",)),
        (GROUP, {"group": "other", "group.other": "Kites"}, ("Other: Kites",)),
        (USES, {"uses": ["walk", "other"], "uses.other": "Kites"}, ("Walking", "Other: Kites")),
        (SIZE, {"size": 1200}, ("1,200 people",)),
        (SINCE, {"since": "2024-03-07"}, ("7 March 2024",)),
        (VIEW, {"view": "dont_know"}, ("Don’t know",)),
        (GRID, {"grid": {"paths": "often"}}, ("Paths: Often",)),
        (RANK, {"rank": ["run", "walk"]}, ("1. Running", "2. Walking")),
        (SIZE, {}, ()),
    ],
)
def test_an_answer_is_told_in_words(
    question: Question, answers: dict[str, Any], words: tuple[str, ...]
) -> None:
    assert answer_words(question, answers, "en") == words


@given(st.data())
def test_every_answer_can_be_shown_and_told(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_for(questionnaire))
    for page in questionnaire.pages:
        page_views(questionnaire, page.questions, language="en", answers=answers)
    for question in questionnaire.questions:
        told = answer_words(question, answers, "en")
        assert bool(told) is (question.key in answers)
