"""Conditions as rows of a form.

1. Any condition of at most two levels becomes rows that mean the same, and in its plain form
   comes back exactly.
2. Deeper conditions are kept whole; fields left as they came change nothing.
3. What is unfinished is said at its own field.
4. A change that takes away what another question's condition wants is named.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.choices import choices, shared_by_rows
from surveys.conditions.form import Row, condition_fields, read_condition, row_fields, typed_rows
from surveys.conditions.offered import asked_before, offer, subjects
from surveys.conditions.wanted import taken_away, values_wanted
from surveys.conditions.written import condition, written
from surveys.questionnaire import (
    Condition,
    Date,
    Dropdown,
    Grid,
    Likert,
    Multiple,
    Number,
    Option,
    Page,
    Question,
    Questionnaire,
    ShortText,
    Single,
    Statement,
)
from surveys.questionnaire import Row as GridRow
from surveys.routing import holds
from surveys.soundness import allowed_tests, unsound

YES_NO = (Option("yes", "Yes"), Option("no", {"en": "No", "cy": "Nac ydw"}))
QUESTIONS: tuple[Question, ...] = (
    Statement(key="intro", text="First"),
    Single(key="group", text="Do you run a group?", options=YES_NO, other=True),
    Dropdown(key="town", text="Which town?", options=(Option("rye", "Rye"), Option("ely", "Ely"))),
    Multiple(key="uses", text="What for?", options=(Option("walk", "Walk"), Option("run", "Run"))),
    Number(key="members", text="How many members?"),
    Date(key="since", text="Since when?"),
    Likert(key="view", text="Do you agree?", scale="agreement", no_opinion=True),
    Grid(
        key="grid",
        text="How good?",
        scale="satisfaction",
        rows=(GridRow("paths", "Paths"), GridRow("seats", "Seats")),
    ),
    ShortText(key="name", text="What is it called?"),
)
ASKED = {question.key: question for question in QUESTIONS}
LAST = ShortText(key="last", text="Why?")
PARKS = Questionnaire("Parks", ("en", "cy"), (Page("One", QUESTIONS), Page("Two", (LAST,))))
DAYS = st.sampled_from(["2024-03-27", "2020-01-01", "2026-12-31"])


def wanted_of(question: Question) -> st.SearchStrategy[Any]:
    if values := [choice.value for choice in choices(question)]:
        return st.sampled_from(values)
    if isinstance(question, Number):
        return st.one_of(st.integers(-3, 12), st.sampled_from([2.5, -0.25]))
    return DAYS if isinstance(question, Date) else st.sampled_from(["Friends", "Parks group"])


@st.composite
def single_tests(draw: st.DrawFn) -> Condition:
    """Any test that is sound of any question."""
    question = draw(st.sampled_from([each for each in QUESTIONS if each.key != "intro"]))
    rows = ["", *shared_by_rows(question)]
    row = draw(st.sampled_from(rows))
    name = draw(st.sampled_from(allowed_tests(question, of_row=bool(row))))
    value = draw(st.booleans()) if name == "answered" else draw(wanted_of(question))
    field = "is_" if name == "is" else name
    subject = f"{question.key}.{row}" if row else question.key
    settings: dict[str, Any] = {"question": subject, field: value}
    return Condition(**settings)


def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda each: Condition(all=each)),
        several.map(lambda each: Condition(any=each)),
    )


def perhaps_not(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    return st.one_of(parts, parts.map(lambda each: Condition(not_=each)))


LEAVES = perhaps_not(single_tests())
FLAT = perhaps_not(st.one_of(LEAVES, joined(LEAVES)))
TWO_LEVELS = perhaps_not(st.one_of(FLAT, joined(FLAT)))
THREE_LEVELS = joined(TWO_LEVELS)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        if isinstance(question, Statement) or not draw(st.booleans()):
            continue
        one = wanted_of(question)
        if isinstance(question, Multiple):
            found[question.key] = draw(st.lists(one, unique=True))
        elif isinstance(question, Grid):
            found[question.key] = {row: draw(one) for row in shared_by_rows(question)}
        else:
            found[question.key] = draw(one)
    return found


def plain(shown_if: Condition) -> bool:
    """Whether rows say it as it is: no `not` but right before a test that has no opposite, no join
    of one or within its like, and no `includes` where `is` says the same."""
    groups = written(shown_if)
    same = any(
        test.test in ("includes", "not_includes") and isinstance(ASKED.get(test.question), choosing)
        for group in (groups.groups if groups else ())
        for test in group
    )
    return groups is not None and condition(groups) == shown_if and not same


choosing = (Single, Dropdown)


def through_rows(shown_if: Condition) -> Condition | None:
    """Read from its fields as if the officer had made them from nothing."""
    read = read_condition(condition_fields(shown_if, ASKED), None, ASKED)
    assert read.problems == ()
    return read.condition


class TestThroughTheForm:
    @given(TWO_LEVELS, st.lists(answers(), min_size=5, max_size=5))
    def test_two_levels_come_back_meaning_the_same(
        self, shown_if: Condition, given_answers: list[dict[str, Any]]
    ) -> None:
        again = through_rows(shown_if)
        assert again is not None
        for each in given_answers:
            assert holds(again, each, ASKED) is holds(shown_if, each, ASKED)
        if plain(shown_if):
            assert again == shown_if

    @given(TWO_LEVELS)
    def test_what_came_back_comes_back_exactly_from_then_on(self, shown_if: Condition) -> None:
        again = through_rows(shown_if)
        assert again is not None
        assert plain(again)
        assert through_rows(again) == again

    @given(THREE_LEVELS)
    def test_fields_left_as_they_came_keep_the_condition_exactly(self, shown_if: Condition) -> None:
        read = read_condition(condition_fields(shown_if, ASKED), shown_if, ASKED)
        assert read.condition == shown_if
        assert read.problems == ()

    @pytest.mark.parametrize(
        "shown_if",
        [
            Condition(question="group", is_="yes"),
            Condition(not_=Condition(question="members", at_least=5)),
            Condition(
                any=(
                    Condition(question="grid.paths", at_least="satisfied"),
                    Condition(
                        all=(
                            Condition(question="uses", includes="walk"),
                            Condition(question="name", answered=False),
                        )
                    ),
                )
            ),
        ],
    )
    def test_a_plain_condition_comes_back_exactly(self, shown_if: Condition) -> None:
        assert plain(shown_if)
        assert through_rows(shown_if) == shown_if

    def test_not_is_carried_down_to_the_tests(self) -> None:
        both = Condition(
            all=(
                Condition(question="group", is_="yes"),
                Condition(question="members", at_least=5),
            )
        )
        assert through_rows(Condition(not_=both)) == Condition(
            any=(
                Condition(question="group", is_not="yes"),
                Condition(not_=Condition(question="members", at_least=5)),
            )
        )


DEEP = Condition(
    all=(
        Condition(question="name", answered=True),
        Condition(
            any=(
                Condition(question="group", is_="yes"),
                Condition(
                    all=(
                        Condition(question="uses", includes="walk"),
                        Condition(question="members", at_least=3),
                    )
                ),
            )
        ),
    )
)


class TestDeeper:
    def test_it_is_offered_to_be_kept_and_can_be_replaced(self) -> None:
        fields = condition_fields(DEEP, ASKED)
        assert fields["show"] == ["kept"]
        assert read_condition(fields, DEEP, ASKED).condition == DEEP
        assert read_condition({**fields, "show": ["always"]}, DEEP, ASKED).condition is None
        new = row_fields(((Row("group", "is", "yes"),),))
        replaced = read_condition({"show": ["if"], "joined": ["all"], **new}, DEEP, ASKED)
        assert replaced.condition == Condition(question="group", is_="yes")

    def test_a_form_without_these_fields_leaves_it_alone(self) -> None:
        assert read_condition({}, DEEP, ASKED).condition == DEEP


def only_if(*rows: Row, joined: str = "all") -> dict[str, list[str]]:
    return {"show": ["if"], "joined": [joined], **row_fields(tuple((row,) for row in rows))}


class TestUnfinished:
    @pytest.mark.parametrize(
        ("rows", "place"),
        [
            ((), "test.1.1.question"),
            ((Row(),), "test.1.1.question"),
            ((Row("group", "is", ""),), "test.1.1.value"),
            ((Row("group", "is", "maybe"),), "test.1.1.value"),
            ((Row("group", "at_least", "yes"),), "test.1.1.test"),
            ((Row("members", "is", "many"),), "test.1.1.value"),
            ((Row("since", "is", "31 June"),), "test.1.1.value"),
            ((Row("name", "is", " "),), "test.1.1.value"),
            ((Row("gone", "answered"),), "test.1.1.question"),
            ((Row("intro", "answered"),), "test.1.1.question"),
            ((Row("grid.roof", "answered"),), "test.1.1.question"),
            ((Row("group", "answered"), Row("town", "is", "yes")), "test.2.1.value"),
        ],
    )
    def test_each_problem_stands_at_its_field(self, rows: tuple[Row, ...], place: str) -> None:
        read = read_condition(only_if(*rows), DEEP, ASKED)
        assert [problem.place for problem in read.problems] == [place]

    def test_answers_of_another_question_are_not_taken_for_this_ones(self) -> None:
        chosen_before = Row("town", "is", "yes", asked_of="group")
        read = read_condition(only_if(chosen_before), None, ASKED)
        assert [problem.words for problem in read.problems] == ["Choose what ‘Which town?’ must be"]

    def test_empty_rows_are_passed_over(self) -> None:
        read = read_condition(only_if(Row(), Row("group", "is", "no"), Row()), None, ASKED)
        assert read.condition == Condition(question="group", is_="no")

    def test_rows_keep_their_order_whatever_their_numbers(self) -> None:
        fields = {
            "test.10.1.question": ["name"],
            "test.9.2.question": ["group"],
            "test.9.1.question": ["town"],
            "test.x.1.question": ["uses"],
        }
        assert [[row.question for row in group] for group in typed_rows(fields)] == [
            ["town", "group"],
            ["name"],
        ]


class TestOffered:
    def test_only_what_is_asked_before_and_has_an_answer(self) -> None:
        names = [
            name
            for group in subjects(PARKS, asked_before(PARKS, "view"), "en")
            for name, _ in group.questions
        ]
        assert names == ["group", "town", "uses", "members", "since"]

    def test_a_grid_stands_whole_and_by_its_rows(self) -> None:
        found: Mapping[str, str] = dict(subjects(PARKS, {"grid": ASKED["grid"]}, "en")[0].questions)
        assert found == {
            "grid": "How good? (any row)",
            "grid.paths": "How good?: Paths",
            "grid.seats": "How good?: Seats",
        }

    @pytest.mark.parametrize("question", QUESTIONS[1:], ids=lambda question: question.key)
    def test_every_offered_test_is_one_that_may_stand_there(self, question: Question) -> None:
        for name in (question.key, *(f"{question.key}.{row}" for row in shared_by_rows(question))):
            offered = offer(name, ASKED, "en")
            assert offered is not None
            for test, _ in offered.tests:
                value = {"number": "3", "date": "2024-03-27", "text": "Friends"}.get(
                    offered.wants, offered.values[0][0] if offered.values else ""
                )
                read = read_condition(only_if(Row(name, test, value)), None, ASKED)
                page = Page("Two", (replace(LAST, show_if=read.condition),))
                whole = replace(PARKS, pages=(PARKS.pages[0], page))
                assert read.problems == ()
                assert unsound(whole) == []


def asking_after(shown_if: Condition) -> Questionnaire:
    page = Page("Two", (replace(LAST, show_if=shown_if),))
    return replace(PARKS, pages=(PARKS.pages[0], page))


class TestTakenAway:
    def test_removing_an_option_that_a_condition_wants_names_the_question(self) -> None:
        before = ASKED["group"]
        asked = asking_after(Condition(question="group", is_="yes"))
        after = Single(key="group", text="Do you run a group?", options=YES_NO[1:])
        (problem,) = taken_away(asked, before, after)
        assert problem.place == "options.1.text"
        assert problem.words == (
            "‘Why?’ is asked only after certain answers here, and ‘Yes’ is one of them. Keep it, "
            "or change when that question is asked first"
        )
        assert values_wanted(asked, "group") == {"yes"}

    def test_so_do_a_row_and_a_type(self) -> None:
        before = ASKED["grid"]
        asked = asking_after(Condition(question="grid.paths", at_least="satisfied"))
        assert isinstance(before, Grid)
        without = replace(before, rows=before.rows[1:])
        assert [each.place for each in taken_away(asked, before, without)] == ["rows.1.text"]
        assert values_wanted(asked, "grid") == {"paths", "satisfied"}
        number = asking_after(Condition(question="members", at_least=5))
        text = ShortText(key="members", text="How many members?")
        assert [each.place for each in taken_away(number, ASKED["members"], text)] == ["type"]

    def test_what_no_condition_wants_may_go(self) -> None:
        asked = asking_after(Condition(question="group", is_="yes"))
        after = Single(key="group", text="Do you run a group?", options=YES_NO[:1])
        assert taken_away(asked, ASKED["group"], after) == ()
