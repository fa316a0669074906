"""Answers held against the questions.

1. What fits is made even and kept; what does not is a problem with its field and words.
2. Only what is shown is asked for; answers to hidden questions are dropped and named.
3. Whatever arrives, in whatever type, is an answer or a problem, never an exception.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.checks import Checked, check, read_fields
from surveys.questionnaire import (
    Condition,
    Date,
    Dropdown,
    Email,
    Grid,
    Likert,
    Location,
    LongText,
    Multiple,
    Number,
    Option,
    Page,
    Postcode,
    Question,
    Questionnaire,
    Ranking,
    Row,
    ShortText,
    Single,
    Statement,
    Upload,
)
from tests.surveys.questionnaires import KINDS, answers_for, questionnaires

COLOURS = (Option("red", "Red"), Option("blue", "Blue"))
WITH_NONE = (*COLOURS, Option("none", "None of these", exclusive=True))
ROWS = (Row("paths", "Paths"), Row("toilets", "Toilets"))


def asking(*questions: Question) -> Questionnaire:
    return Questionnaire("Parks", ("en",), (Page("One", questions),))


def checked(question: Question, answer: Any, **more: Any) -> Checked:
    answers = {} if answer is None else {question.key: answer}
    return check(asking(question), {**answers, **more})


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        (ShortText(key="a", text="?"), "  two\r\n words ", "two words"),
        (ShortText(key="a", text="?"), "nul\x00l\x07", "null"),
        (LongText(key="a", text="?"), "one\r\n\r\ntwo\rthree ", "one\n\ntwo\nthree"),
        (LongText(key="a", text="?"), "half \ud83d gone, ŵ stays", "half  gone, ŵ stays"),
        (Number(key="a", text="?"), "1,234.50", 1234.5),
        (Number(key="a", text="?"), "12 000", 12000),
        (Number(key="a", text="?"), " -3 ", -3),
        (Number(key="a", text="?"), "−3", -3),
        (Number(key="a", text="?"), ".5", 0.5),
        (Number(key="a", text="?"), 7.0, 7),
        (Date(key="a", text="?"), "2024-02-29", "2024-02-29"),
        (Email(key="a", text="?"), " sam@example.org ", "sam@example.org"),
        (Postcode(key="a", text="?"), "me141xq", "ME14 1XQ"),
        (Postcode(key="a", text="?"), "M1  1AA", "M1 1AA"),
        (Location(key="a", text="?"), "cf104uw", "CF10 4UW"),
        (Location(key="a", text="?"), "By  the school", "By the school"),
        (Single(key="a", text="?", options=COLOURS), "red", "red"),
        (Dropdown(key="a", text="?", options=COLOURS), "blue", "blue"),
        (Multiple(key="a", text="?", options=COLOURS), ["blue", "red", "blue"], ["red", "blue"]),
        (Multiple(key="a", text="?", options=WITH_NONE), ["none"], ["none"]),
        (Likert(key="a", text="?", scale="agreement"), "neither", "neither"),
        (Likert(key="a", text="?", scale="agreement", no_opinion=True), "dont_know", "dont_know"),
        (Ranking(key="a", text="?", options=WITH_NONE), ["none", "red"], ["none", "red"]),
        (
            Grid(key="a", text="?", rows=ROWS, scale="frequency"),
            {"paths": "often", "toilets": ""},
            {"paths": "often"},
        ),
    ],
)
def test_an_answer_that_fits_is_made_even(question: Question, typed: Any, kept: Any) -> None:
    result = checked(question, typed)
    assert result.problems == ()
    assert result.answers == {"a": kept}
    assert type(result.answers["a"]) is type(kept)


@pytest.mark.parametrize(
    ("question", "typed", "words"),
    [
        (
            ShortText(key="a", text="Who?", max_length=5),
            "sixsix",
            "Shorten your answer to ‘Who?’ by 1 character. It can have up to 5",
        ),
        (
            LongText(key="a", text="Why?"),
            "x" * 1_000_000,
            "Shorten your answer to ‘Why?’ by 990,000 characters. It can have up to 10,000",
        ),
        (
            Number(key="a", text="How many?"),
            "lots",
            "Answer ‘How many?’ with a number, like 12 or 3.5",
        ),
        (
            Number(key="a", text="How many?"),
            "1,23",
            "Answer ‘How many?’ with a number, like 12 or 3.5",
        ),
        (
            Number(key="a", text="How many?", whole=True),
            "1.5",
            "Answer ‘How many?’ with a whole number, like 12",
        ),
        (Number(key="a", text="How many?", min=1), "0", "Answer ‘How many?’ with 1 or more"),
        (
            Number(key="a", text="How many?", max=5000),
            5001,
            "Answer ‘How many?’ with 5,000 or less",
        ),
        (Number(key="a", text="How many?"), 10**40, "Answer ‘How many?’ with a smaller number"),
        (
            Number(key="a", text="How many?"),
            True,
            "Answer ‘How many?’ with a number, like 12 or 3.5",
        ),
        (
            Date(key="a", text="When?"),
            "2023-02-29",
            "Enter a real date, like 27 3 2024, in answer to ‘When?’",
        ),
        (
            Date(key="a", text="When?"),
            {"day": "1", "month": "", "year": "2020"},
            "Add the month to your answer to ‘When?’",
        ),
        (
            Date(key="a", text="When?", min="2020-01-31"),
            "2020-01-30",
            "Enter a date on or after 31 January 2020 in ‘When?’",
        ),
        (
            Email(key="a", text="Where?"),
            "sam@",
            "Enter an email address, like name@example.org, in answer to ‘Where?’",
        ),
        (
            Postcode(key="a", text="Where?"),
            "ME14",
            "Enter a full UK postcode, like ME14 1XQ, in answer to ‘Where?’",
        ),
        (
            Single(key="a", text="Which?", options=COLOURS),
            "green",
            "‘green’ is not one of the answers to ‘Which?’. Choose one that is",
        ),
        (
            Single(key="a", text="Which?", options=COLOURS),
            ["red", "blue"],
            "Choose one answer only to ‘Which?’",
        ),
        (
            Multiple(key="a", text="Which?", options=WITH_NONE),
            ["red", "none"],
            "Choose either ‘None of these’ or other answers to ‘Which?’, not both",
        ),
        (
            Multiple(key="a", text="Which?", options=WITH_NONE, max_choices=1),
            ["red", "blue"],
            "Choose up to 1 answer to ‘Which?’",
        ),
        (
            Multiple(key="a", text="Which?", options=COLOURS),
            "red",
            "Answer ‘Which?’ with a list of its options",
        ),
        (
            Multiple(key="a", text="Which?", options=COLOURS),
            ["green"],
            "‘green’ is not one of the answers to ‘Which?’. Choose one that is",
        ),
        (
            Likert(key="a", text="Agree?", scale="agreement"),
            "dont_know",
            "‘dont_know’ is not one of the answers to ‘Agree?’. Choose one that is",
        ),
        (
            Ranking(key="a", text="First?", options=COLOURS),
            ["red", "red"],
            "Rank each answer in ‘First?’ once only",
        ),
        (
            Ranking(key="a", text="First?", options=COLOURS),
            "red",
            "Answer ‘First?’ with a list of its options, best first",
        ),
        (
            Grid(key="a", text="How?", rows=ROWS, scale="frequency"),
            ["often"],
            "Answer ‘How?’ with one answer for each of its rows",
        ),
        (ShortText(key="a", text="Who?"), 12, "Answer ‘Who?’ with one text"),
    ],
)
def test_an_answer_that_does_not_fit_is_a_problem_at_its_field(
    question: Question, typed: Any, words: str
) -> None:
    result = checked(question, typed)
    assert [(each.place, each.words) for each in result.problems] == [("a", words)]
    assert result.answers == {}


@pytest.mark.parametrize(
    ("question", "places"),
    [
        (LongText(key="a", text="?", required=True), ["a"]),
        (Single(key="a", text="?", options=COLOURS, required=True), ["a"]),
        (Multiple(key="a", text="?", options=COLOURS, required=True), ["a"]),
        (Ranking(key="a", text="?", options=COLOURS, required=True), ["a"]),
        (
            Grid(key="a", text="?", rows=ROWS, scale="agreement", required=True),
            ["a.paths", "a.toilets"],
        ),
    ],
)
@pytest.mark.parametrize("blank", [None, "", "  ", [], {}])
def test_a_required_question_needs_an_answer_and_a_grid_every_row(
    question: Question, places: list[str], blank: Any
) -> None:
    assert [each.place for each in checked(question, blank).problems] == places


def test_a_grid_names_the_row_that_is_missing_or_unknown() -> None:
    grid = Grid(key="a", text="How?", rows=ROWS, scale="frequency", required=True)
    result = checked(grid, {"paths": "daily", "roof": "often"})
    assert [each.place for each in result.problems] == ["a.paths", "a.toilets", "a.roof"]


class TestOther:
    single = Single(key="a", text="?", options=COLOURS, other=True)
    multiple = Multiple(key="a", text="?", options=WITH_NONE, other=True)

    def test_its_text_is_kept_beside_the_choice(self) -> None:
        result = checked(self.multiple, ["other", "red"], **{"a.other": " Green "})
        assert result.answers == {"a": ["red", "other"], "a.other": "Green"}

    def test_chosen_without_text_is_a_problem_at_the_box(self) -> None:
        result = checked(self.single, "other")
        assert [each.place for each in result.problems] == ["a.other"]

    def test_text_alone_means_that_it_was_chosen(self) -> None:
        assert checked(self.single, None, **{"a.other": "Green"}).answers["a"] == "other"
        assert checked(self.multiple, None, **{"a.other": "Green"}).answers["a"] == ["other"]

    def test_text_beside_another_choice_is_a_problem_so_that_no_words_are_lost(self) -> None:
        result = checked(self.single, "red", **{"a.other": "Green"})
        assert [each.place for each in result.problems] == ["a.other"]

    def test_it_does_not_go_with_none_of_these(self) -> None:
        result = checked(self.multiple, ["none", "other"], **{"a.other": "Green"})
        assert [each.place for each in result.problems] == ["a"]

    def test_its_text_has_a_limit(self) -> None:
        result = checked(self.single, "other", **{"a.other": "x" * 501})
        assert [each.place for each in result.problems] == ["a.other"]

    def test_a_question_without_it_takes_no_other_text(self) -> None:
        plain = Single(key="a", text="?", options=COLOURS)
        result = checked(plain, "red", **{"a.other": "Green"})
        assert [each.place for each in result.problems] == ["a.other"]


ROUTED = Questionnaire(
    "Routed",
    ("en",),
    (
        Page("One", (Single(key="group", text="A group?", options=COLOURS),)),
        Page(
            "Two",
            (
                Number(key="size", text="Size?", show_if=Condition(question="group", is_="red")),
                ShortText(
                    key="name",
                    text="Name?",
                    required=True,
                    show_if=Condition(question="size", at_least=10),
                ),
                Statement(key="note", text="Thank you"),
            ),
        ),
    ),
)
PAGE_TWO = ROUTED.pages[1].questions


def test_a_required_question_is_asked_for_only_where_it_is_shown() -> None:
    assert check(ROUTED, {"group": "blue"}).problems == ()
    needed = check(ROUTED, {"group": "red", "size": 10})
    assert [each.place for each in needed.problems] == ["name"]


def test_answers_to_hidden_questions_are_dropped_and_named_whatever_they_are() -> None:
    result = check(ROUTED, {"group": "blue", "size": ["nonsense"], "name": "Walkers"})
    assert result == Checked({"group": "blue"}, (), ("size", "name"))


def test_one_page_is_checked_with_the_answers_kept_from_the_others() -> None:
    earlier = {"group": "red"}
    result = check(ROUTED, {"size": "12"}, questions=PAGE_TWO, earlier=earlier)
    assert [each.place for each in result.problems] == ["name"]
    hidden = check(ROUTED, {"size": "12"}, questions=PAGE_TWO, earlier={"group": "blue"})
    assert hidden == Checked({}, (), ("size",))


def test_a_field_of_no_question_is_a_problem_and_the_programs_own_are_passed_over() -> None:
    result = check(ROUTED, {"group": "red", "colour": "green", "note": "x", "_csrf": "t"})
    assert [each.place for each in result.problems] == ["colour", "note"]


def test_a_field_of_another_page_is_a_problem() -> None:
    result = check(ROUTED, {"group": "red"}, questions=PAGE_TWO)
    assert [each.words for each in result.problems] == [
        "‘group’ is not a question on this page. Go back to its page"
    ]


def test_problems_come_in_the_order_asked_in_the_chosen_language() -> None:
    asked = Questionnaire(
        "Q",
        ("en", "cy"),
        (
            Page(
                "One",
                (
                    ShortText(key="b", text={"en": "Who?", "cy": "Pwy?"}, required=True),
                    ShortText(key="a", text="Why?", required=True),
                ),
            ),
        ),
    )
    problems = check(asked, {}, language="cy").problems
    assert [each.words for each in problems] == ["Atebwch ‘Pwy?’", "Atebwch ‘Why?’"]


@given(st.data())
def test_answers_that_passed_pass_again_unchanged(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_for(questionnaire))
    result = check(questionnaire, answers)
    assert result == Checked(answers, (), ())


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
def test_whatever_arrives_is_an_answer_or_a_problem(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires(most=6))
    names = [question.key for question in questionnaire.questions]
    names += [f"{name}.other" for name in names] + ["", "_x", "elsewhere"]
    answers = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING))
    result = check(questionnaire, answers)
    if not result.problems:
        assert check(questionnaire, result.answers).answers == result.answers
    for problem in result.problems:
        assert problem.words


def posted(*questions: Question, **fields: list[str]) -> dict[str, Any]:
    return read_fields(questions, {name.replace("__", "."): each for name, each in fields.items()})


class TestReadingAForm:
    grid = Grid(key="a", text="?", rows=ROWS, scale="frequency")
    ranking = Ranking(key="a", text="?", options=WITH_NONE)
    day = Date(key="a", text="?")

    def test_a_repeated_field_is_a_list_for_a_multiple_choice(self) -> None:
        asked = Multiple(key="a", text="?", options=COLOURS)
        assert posted(asked, a=["red", "blue"]) == {"a": ["red", "blue"]}
        assert posted(asked, a=["red"]) == {"a": ["red"]}

    def test_a_field_sent_twice_for_one_answer_is_left_for_the_check_to_refuse(self) -> None:
        asked = Single(key="a", text="?", options=COLOURS)
        answers = posted(asked, a=["red", "blue"])
        assert [each.place for each in check(asking(asked), answers).problems] == ["a"]

    def test_a_grid_is_an_object_of_its_rows(self) -> None:
        assert posted(self.grid, a__paths=["often"], a__toilets=[""]) == {"a": {"paths": "often"}}

    def test_ranks_are_a_list_best_first(self) -> None:
        ranks = posted(self.ranking, a__red=["2"], a__blue=[""], a__none=["1"])
        assert ranks == {"a": ["none", "red"]}

    @pytest.mark.parametrize(
        ("ranks", "places"),
        [
            ({"a__red": ["1"], "a__blue": ["1"]}, ["a.blue"]),
            ({"a__red": ["1"], "a__blue": ["3"]}, ["a"]),
            ({"a__red": ["first"]}, ["a.red"]),
            ({"a__red": ["4"]}, ["a.red"]),
        ],
    )
    def test_ranks_that_make_no_order_stay_as_typed_and_are_refused(
        self, ranks: dict[str, list[str]], places: list[str]
    ) -> None:
        answers = posted(self.ranking, **ranks)
        assert answers["a"] == {name[3:]: typed for name, [typed] in ranks.items()}
        problems = check(asking(self.ranking), answers).problems
        assert [each.place for each in problems] == places

    def test_a_day_is_read_from_three_fields_or_from_one(self) -> None:
        parts = {"a-day": ["7"], "a-month": ["3"], "a-year": ["2024"]}
        assert read_fields([self.day], parts) == {"a": "2024-03-07"}
        assert read_fields([self.day], {"a": ["2024-03-07"]}) == {"a": "2024-03-07"}
        assert read_fields([self.day], {"a-day": [""], "a-month": [""], "a-year": [""]}) == {}

    def test_a_day_that_does_not_exist_stays_as_typed(self) -> None:
        parts = {"a-day": ["31"], "a-month": ["2"], "a-year": ["2024"]}
        answers = read_fields([self.day], parts)
        assert answers == {"a": {"day": "31", "month": "2", "year": "2024"}}
        assert [each.place for each in check(asking(self.day), answers).problems] == ["a"]

    def test_the_programs_own_fields_are_passed_over_and_strangers_kept(self) -> None:
        assert posted(self.day, _csrf=["t"], b=["x"]) == {"b": "x"}

    @given(st.data())
    def test_a_form_and_json_give_the_same_answers(self, data: st.DataObject) -> None:
        # Files come beside the fields of a form, and not at all in JSON.
        kinds = tuple(kind for kind in KINDS if kind is not Upload)
        questionnaire = data.draw(questionnaires(kinds=kinds))
        answers = data.draw(answers_for(questionnaire))
        fields = dict(as_fields(answers, questionnaire))
        read = read_fields(questionnaire.questions, fields)
        assert check(questionnaire, read).answers == answers


def as_fields(answers: dict[str, Any], questionnaire: Questionnaire) -> Any:
    """The fields that a browser would send."""
    asked = questionnaire.by_key()
    for key, answer in answers.items():
        if isinstance(answer, dict):
            yield from ((f"{key}.{row}", [value]) for row, value in answer.items())
        elif isinstance(asked.get(key), Ranking):
            ranks = enumerate(answer, start=1)
            yield from ((f"{key}.{value}", [str(rank)]) for rank, value in ranks)
        elif isinstance(answer, list):
            yield key, answer
        else:
            yield key, [str(answer)]
