"""When questions are asked.

1. Expressions that can be said here become conditions that say the same.
2. What cannot be said is shown to everyone, optional, with a note that quotes it and says why.
3. Without `.NAOK` an expression needs its questions to have been asked, with it not.
4. Groups' conditions hold for all their questions; the older conditions table is understood.
5. Conditions decide as LimeSurvey would, for every answer.
"""

from typing import Any

import pytest
from msgspec.structs import replace

from surveys.foreign.trees import LONGEST
from surveys.questionnaire import Condition, Question
from surveys.routing import shown
from tests.surveys.limesurvey.building import (
    LIST,
    SID,
    TICKS,
    Asked,
    Group,
    imported,
    notes,
    questions,
)

NUMBERS = Asked("L", "points", answers={"1": "One", "2": "Two", "3": "Three"}, other="Y")
MORE = {"x": "c", "y": "d"}
BEFORE = (
    LIST,
    replace(TICKS, other="Y"),
    NUMBERS,
    Asked("N", "age", "Age?", settings={"num_value_int_only": "1"}),
    Asked("N", "weight"),
    Asked("S", "name"),
    Asked("D", "day"),
    Asked("F", "grid", rows={"r1": "One", "r2": "Two"}, answers={"A": "Good", "B": "Bad"}),
    Asked("5", "five"),
    Asked("1", "dual", rows={"r1": "One"}, answers={"1": "a", "2": "b"}, more_answers=MORE),
    Asked("K", "each", rows={"k1": "One", "k2": "Two"}),
    Asked(":", "cells", rows={"r1": "One"}, columns={"c1": "Uno", "c2": "Due"}),
    Asked("R", "rank", answers={"a": "A", "b": "B"}),
    Asked("O", "with", answers={"a": "A", "b": "B"}),
    Asked("P", "likes", rows={"a": "A", "b": "B"}),
    Asked("Y", "yes"),
)  # fmt: skip


def last(relevance: str) -> Question:
    return questions(*BEFORE, Asked("T", "last", relevance=relevance))[-1]


def is_(key: str, value: Any) -> Condition:
    return Condition(question=key, is_=value)


def some(*parts: Condition) -> Condition:
    return Condition(any=parts)


def every(*parts: Condition) -> Condition:
    return Condition(all=parts)


def given(key: str, answered: bool = True) -> Condition:
    return Condition(question=key, answered=answered)


def ticked(value: str, key: str = "ticks") -> Condition:
    return Condition(question=key, includes=value)


SAID = {
    "first == 'A1'": is_("first", "A1"),
    'first.NAOK=="A1"': is_("first", "A1"),
    "first = 'A1'": is_("first", "A1"),
    "{first == 'A1'}": is_("first", "A1"),
    "first eq 'A1'": is_("first", "A1"),
    "'A1' == first": is_("first", "A1"),
    "first.code != 'A1'": Condition(question="first", is_not="A1"),
    "!(first == 'A1')": Condition(question="first", is_not="A1"),
    "first": given("first"),
    "first != ''": given("first"),
    "is_empty(first)": given("first", answered=False),
    "!is_empty(first.NAOK)": given("first"),
    "first == 'A1' or first == 'A2'": some(is_("first", "A1"), is_("first", "A2")),
    "first == 'A1' && name != ''": every(is_("first", "A1"), given("name")),
    "first == 'A1' and (yes == 'Y' || name == 'Jo')": every(
        is_("first", "A1"), some(is_("yes", "Y"), is_("name", "Jo"))
    ),
    "!(first == 'A1' && yes == 'Y')": some(
        Condition(question="first", is_not="A1"), Condition(question="yes", is_not="Y")
    ),
    "first == 'A1' && 1": is_("first", "A1"),
    "points == '-oth-'": is_("points", "other"),
    "!is_empty(points_other)": is_("points", "other"),
    "points >= 2": some(is_("points", "2"), is_("points", "3")),
    "2 > points": is_("points", "1"),
    "five > 4": is_("five", "5"),
    "ticks_SQ1 == 'Y'": ticked("SQ1"),
    "ticks_SQ1.NAOK != 'Y'": Condition(not_=ticked("SQ1")),
    "ticks_SQ1 == ''": Condition(not_=ticked("SQ1")),
    "ticks_other != ''": ticked("other"),
    "count(that.ticks.NAOK) > 0": given("ticks"),
    "count(that.ticks.NAOK)": given("ticks"),
    "count(ticks_SQ1, ticks_SQ2) >= 2": every(ticked("SQ1"), ticked("SQ2")),
    "count(ticks_SQ1, ticks_SQ2) == 0": Condition(not_=some(ticked("SQ1"), ticked("SQ2"))),
    "countif('A', grid_r1, grid_r2) >= 1": some(is_("grid.r1", "A"), is_("grid.r2", "A")),
    "age > 17": Condition(question="age", at_least=18),
    "age >= 18": Condition(question="age", at_least=18),
    "age lt 18": Condition(question="age", at_most=17),
    "age == 18": is_("age", 18),
    "weight > 2.5": every(
        Condition(question="weight", at_least=2.5), Condition(question="weight", is_not=2.5)
    ),
    "weight <= '70'": Condition(question="weight", at_most=70),
    "strlen(name) > 0": given("name"),
    "name == 'Jo'": is_("name", "Jo"),
    "day >= '2020-02-01'": Condition(question="day", at_least="2020-02-01"),
    "grid_r1 == 'B'": is_("grid.r1", "B"),
    "is_empty(grid_r2)": given("grid.r2", answered=False),
    "dual_r1_0 == '2'": is_("dual_scale1.r1", "2"),
    "dual_r1_1 == 'y'": is_("dual_scale2.r1", "y"),
    "each_k2 > 3": every(
        Condition(question="each_k2", at_least=3), Condition(question="each_k2", is_not=3)
    ),
    "cells_r1_c2 == 7": is_("cells_r1_c2", 7),
    "!is_empty(rank_1)": given("rank"),
    "is_empty(with_comment)": given("with_comment", answered=False),
    "likes_a == 'Y' and likes_acomment != ''": every(
        ticked("a", "likes"), given("likes_a_comment")
    ),
    "if(yes == 'Y', first == 'A1', first == 'A2')": some(
        every(is_("yes", "Y"), is_("first", "A1")),
        every(Condition(question="yes", is_not="Y"), is_("first", "A2")),
    ),
    "first == &quot;A1&quot; &amp;&amp; age &gt; 17": every(
        is_("first", "A1"), Condition(question="age", at_least=18)
    ),
}


@pytest.mark.parametrize("relevance", SAID)
def test_what_can_be_said_is_said(relevance: str) -> None:
    assert last(relevance).show_if == SAID[relevance]


def test_old_names_of_columns_are_known() -> None:
    relevance = f"{SID}X101X102.NAOK == 'A1' and INSERTANS:{SID}X101X105SQ2 == 'Y'"
    found = questions(LIST, TICKS, Asked("T", "last", relevance=relevance))
    assert found[-1].show_if == every(is_("first", "A1"), ticked("SQ2"))


@pytest.mark.parametrize(
    ("relevance", "why"),
    [
        ("age > weight", "it compares two answers with each other"),
        ("age + 1 > 4", "it calculates"),
        ("name > 'B'", "it compares words by size"),
        ("first > 'A'", "it compares answers that are not numbers by size"),
        ("regexMatch('/a/', name)", "regexmatch() has no counterpart"),
        ("rank_1 == 'a'", "only whether this part was answered"),
        ("points_other == 'Five'", "only whether this part was answered"),
        ("strlen(name) > 10", "it tests how long an answer is"),
        ("TOKEN:FIRSTNAME == 'Jo'", "is about the participant"),
        ("nobody == '1'", "‘nobody’ is not the answer to one of its questions"),
        ("last == 'x'", "‘last’ is not asked before it"),
        ("first.shown == 'Often'", "it tests the words or the points"),
        ("first ==", "it breaks off"),
        ("first == 'A1' 'A2'", "cannot be read to its end"),
        ("first # 1", "it cannot be read"),
        ("(" * 100 + "first" + ")" * 100, "it is nested too deep"),
        ("first == '" + "A" * LONGEST + "'", "it is too long"),
        (" || ".join(f"age == {n}" for n in range(150)), "depends on too many other answers"),
        (" || ".join(f"age == {n}" for n in range(300)), "it is too long"),
    ],
)
def test_what_cannot_be_said_is_shown_to_all_and_noted(relevance: str, why: str) -> None:
    found = imported(*BEFORE, Asked("T", "last", "Why?", mandatory="Y", relevance=relevance))
    asked = found.questionnaire.questions[-1]
    assert (asked.show_if, asked.required) == (None, False)
    note = next(each for each in found.notes if why in each.what)
    assert note.where == "Question ‘last’ “Why?”"
    assert "shown to everyone and optional" in note.what


def test_a_part_that_cannot_be_said_is_left_out_so_that_more_are_asked() -> None:
    found = imported(*BEFORE, Asked("T", "last", relevance="first == 'A1' && age > weight"))
    assert found.questionnaire.questions[-1].show_if == is_("first", "A1")
    assert "Part of this cannot be said here" in notes(found)
    found = imported(*BEFORE, Asked("T", "last", relevance="first == 'A1' || age > weight"))
    assert found.questionnaire.questions[-1].show_if is None


def test_a_condition_that_never_fits_is_noted() -> None:
    found = imported(*BEFORE, Asked("T", "last", relevance="first == 'Z9'"))
    assert found.questionnaire.questions[-1].show_if is None
    assert "which never fits" in notes(found)


def test_conditions_on_what_is_left_out_are_noted() -> None:
    hidden = Asked("S", "secret", settings={"hidden": "1"})
    found = imported(hidden, Asked("T", "last", relevance="secret == '1'"))
    assert "‘secret’ is left out" in notes(found)


def test_without_naok_an_expression_needs_its_questions_to_have_been_asked() -> None:
    child = Asked("Y", "child", relevance="first == 'A1'")
    strict = questions(LIST, child, Asked("T", "last", relevance="child != 'Y'"))[-1]
    assert strict.show_if == every(Condition(question="child", is_not="Y"), is_("first", "A1"))
    loose = questions(LIST, child, Asked("T", "last", relevance="child.NAOK != 'Y'"))[-1]
    assert loose.show_if == Condition(question="child", is_not="Y")
    answered = questions(LIST, child, Asked("T", "last", relevance="child == 'Y'"))[-1]
    assert answered.show_if == is_("child", "Y")


def test_where_being_asked_depends_on_too_much_the_rest_stands_with_a_note() -> None:
    many = " or ".join(f"age == {number}" for number in range(31))
    asked = (*BEFORE, Asked("Y", "child", relevance=many))
    found = imported(*asked, Asked("T", "last", relevance="child != 'Y'"))
    last_one = found.questionnaire.questions[-1]
    assert last_one.show_if == Condition(question="child", is_not="Y")
    assert "whether the questions it tests were asked depends on many others" in notes(found)


def test_a_group_s_condition_holds_for_all_its_questions() -> None:
    group = Group(
        (Asked("T", "one"), Asked("T", "two", relevance="yes == 'Y'")),
        text="About this",
        relevance="first == 'A1'",
    )
    found = questions(LIST, Asked("Y", "yes"), group)
    first = is_("first", "A1")
    assert [each.show_if for each in found[2:]] == [first, first, every(first, is_("yes", "Y"))]


def test_a_group_that_was_never_shown_is_left_out() -> None:
    found = imported(LIST, Group((Asked("T", "one"),), "Old", relevance="0"))
    assert len(found.questionnaire.pages) == 1
    assert "Group 2 ‘Old’: It was never shown" in notes(found)


def test_a_condition_on_a_group_tests_only_what_came_before_it() -> None:
    group = Group((LIST, Asked("T", "after")), relevance="first == 'A1'")
    found = imported(Asked("Y", "yes"), group)
    assert [each.show_if for each in found.questionnaire.questions] == [None, None, None]
    assert "‘first’ is not asked before it" in notes(found)


def older(*rows: dict[str, str]) -> Condition | None:
    """The condition on the last question that rows of the old table give."""
    qids = {"first": "102", "ticks": "105", "last": "109"}
    fields = {"first": f"{SID}X101X102", "ticks": f"{SID}X101X105"}
    made = [
        {
            "qid": qids["last"],
            "cqid": qids[row["on"]],
            "cfieldname": row.get("plus", "") + fields[row["on"]] + row.get("sub", ""),
            "method": row.get("method", "=="),
            "value": row["value"],
            "scenario": row.get("scenario", "1"),
        }
        for row in rows
    ]
    ask = (Asked("L", "first", answers={"A1": "Often", "A2": "Never"}), TICKS, Asked("T", "last"))
    return questions(*ask, tables={"conditions": made})[-1].show_if


def test_the_table_of_conditions_is_read_by_scenario_and_variable() -> None:
    a1, a2 = {"on": "first", "value": "A1"}, {"on": "first", "value": "A2"}
    walk = {"on": "ticks", "value": "SQ1"}
    cycle = {"on": "ticks", "value": "Y", "plus": "+", "sub": "SQ2"}
    assert older(a1) == is_("first", "A1")
    assert older(a1, a2) == some(is_("first", "A1"), is_("first", "A2"))
    assert older(a1, walk) == every(is_("first", "A1"), ticked("SQ1"))
    assert older(a1, cycle) == every(is_("first", "A1"), ticked("SQ2"))
    assert older(a1, {**walk, "scenario": "2"}) == some(is_("first", "A1"), ticked("SQ1"))
    assert older({**a1, "value": " "}) == given("first", answered=False)
    assert older({**a1, "method": "!="}) == Condition(question="first", is_not="A1")
    assert older({**a1, "method": "RX"}) is None


def test_relevance_stands_before_the_table_of_conditions() -> None:
    row = {"qid": "105", "cqid": "102", "cfieldname": f"{SID}X101X102", "value": "A2"}
    ask = (
        Asked("L", "first", answers={"A1": "a", "A2": "b"}),
        Asked("T", "z", relevance="first=='A1'"),
    )
    assert questions(*ask, tables={"conditions": [row]})[-1].show_if == is_("first", "A1")


ANSWERS: list[dict[str, Any]] = [
    {},
    {"first": "A1"},
    {"first": "A2", "age": 17},
    {"first": "A1", "age": 18, "ticks": ["SQ1", "SQ2"]},
    {"ticks": ["SQ2"], "name": "Jo", "yes": "N"},
]
MEANT: dict[str, Any] = {
    "first != 'A1'": lambda a: a.get("first") != "A1",
    "!is_empty(first) && age < 18": lambda a: "first" in a and a.get("age", 99) < 18,
    "ticks_SQ1 == 'Y' or yes == 'N'": lambda a: "SQ1" in a.get("ticks", []) or a.get("yes") == "N",
    "count(that.ticks) == 1": lambda a: len(a.get("ticks", [])) == 1,
    "count(that.ticks) < 2": lambda a: len(a.get("ticks", [])) < 2,
    "count(ticks_SQ1, ticks_SQ2, name) != 2": lambda a: (
        (len(set(a.get("ticks", [])) & {"SQ1", "SQ2"}) + ("name" in a)) != 2
    ),
    "!(first == 'A1' || is_empty(name))": lambda a: a.get("first") != "A1" and "name" in a,
}


@pytest.mark.parametrize("relevance", MEANT)
@pytest.mark.parametrize("answers", ANSWERS)
def test_conditions_decide_as_the_expression_means(relevance: str, answers: dict[str, Any]) -> None:
    found = imported(*BEFORE, Asked("T", "last", relevance=relevance))
    assert "cannot be said" not in notes(found)
    assert ("last" in shown(found.questionnaire, answers)) is MEANT[relevance](answers)
