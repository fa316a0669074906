"""Tallies by group: counts, tests and what of them may be seen."""

from typing import Any

import msgspec
import numpy as np
import pytest
from scipy import stats

from analysis.by_group import tally_by_group
from analysis.sums import sums
from analysis.tally import (
    GroupTest,
    Plan,
    QuestionTally,
    RowTally,
    Tally,
    forms_of,
    wanted_for,
)
from surveys.questionnaire import Questionnaire
from tests.analysis.examples import as_marks, coded, grid, likert, multiple, questionnaire, single

ASKED = questionnaire(single(), likert(no_opinion=True), grid(), multiple())
POINTS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
CHARITIES, RESIDENTS = (18, 12, 6, 7, 9), (60, 92, 71, 55, 40)


def people(group: str, plans: tuple[int, ...], **more: Any) -> list[dict[str, Any]]:
    return [
        {"group": group, "plan": plan} | more
        for plan, n in zip(POINTS, plans, strict=True)
        for _ in range(n)
    ]


def by_group(
    *answers: list[dict[str, Any]],
    by: str = "group",
    threshold: int | None = None,
    round_number: int | None = None,
    asked: Questionnaire = ASKED,
) -> Tally:
    responses = [
        each
        for number, part in enumerate(answers, start=1)
        for each in coded(asked, *part, round_number=number)
    ]
    plan = Plan(tuple(range(1, len(answers) + 1)), round_number, threshold=threshold)
    marks = as_marks({1: asked}, responses)
    (form,) = (each for each in forms_of(marks) if each.key == by)
    wanted = wanted_for(forms_of(marks), plan, by=form)
    return tally_by_group(wanted, sums(wanted, marks), plan)


def question(made: Tally, key: str) -> QuestionTally:
    (found,) = (each for each in made.questions if each.key == key)
    return found


def test_of(item: QuestionTally | RowTally) -> GroupTest:
    assert isinstance(item.test, GroupTest)
    return item.test


test_of.__test__ = False  # type: ignore[attr-defined]


def numbers(item: QuestionTally | RowTally) -> list[list[int | None]]:
    assert not isinstance(item.groups, msgspec.UnsetType)
    return [[option.n for option in group.options] for group in item.groups]


def test_charities_and_residents_are_counted_apart_and_compared() -> None:
    made = by_group(people("yes", CHARITIES) + people("no", RESIDENTS))
    plan = question(made, "plan")
    assert numbers(plan) == [[*CHARITIES, 0], [*RESIDENTS, 0]]
    found = test_of(plan)
    one, two = (np.repeat(np.arange(5), counts) for counts in (CHARITIES, RESIDENTS))
    scipys = stats.mannwhitneyu(one, two, use_continuity=False, method="asymptotic")
    assert found.name == "Mann–Whitney U"
    assert found.statistic == pytest.approx(scipys.statistic)
    assert found.p == pytest.approx(scipys.pvalue, rel=0.05)
    assert found.effect_name == "rank-biserial"
    assert question(made, "group").groups is msgspec.UNSET


def test_every_test_of_the_tally_is_one_family() -> None:
    answers = people("yes", CHARITIES, places=["north"], parts={"paths": "important"})
    answers += people("no", RESIDENTS, places=["east"], parts={"paths": "not_important"})
    made = by_group(answers)
    # The scale, one row of the grid that anybody answered, and two options of the four.
    assert (made.compared, made.by) == (4, "group")
    parts = question(made, "parts")
    assert not isinstance(parts.rows, msgspec.UnsetType)
    found = test_of(parts.rows[0])
    assert found.p is not None
    assert found.p_adjusted == pytest.approx(4 * found.p)
    assert parts.rows[1].test is None


def test_a_multiple_choice_is_tested_option_by_option() -> None:
    answers = [{"group": "yes", "places": ["north", "east"]}] * 30
    answers += [{"group": "yes", "places": ["east"]}] * 10
    answers += [{"group": "no", "places": ["north"]}] * 12
    answers += [{"group": "no", "places": ["east"]}] * 28
    places = question(by_group(answers), "places")
    north, east, south, _ = (option.test for option in places.options)
    assert isinstance(north, GroupTest)
    assert isinstance(east, GroupTest)
    assert south is None
    expected = stats.chi2_contingency([[30, 10], [12, 28]], correction=False).pvalue
    assert north.p == pytest.approx(expected, abs=1e-9)
    assert test_of(places).p == pytest.approx(2 * min(north.p or 1, east.p or 1))


def test_groups_that_overlap_are_counted_and_not_tested() -> None:
    made = by_group([{"places": ["north", "east"], "plan": "agree"}] * 9, by="places")
    plan = question(made, "plan")
    assert numbers(plan)[:2] == [[0, 9, 0, 0, 0, 0]] * 2
    assert (plan.test, made.compared) == (None, 0)


def test_a_public_table_hides_small_cells_and_what_would_tell_them() -> None:
    answers = people("yes", (18, 12, 6, 3, 9)) + people("no", RESIDENTS)
    plan = question(by_group(answers, threshold=5), "plan")
    assert numbers(plan) == [[18, 12, 6, None, None, 0], [60, 92, 71, None, None, 0]]
    assert test_of(plan) == GroupTest("Mann–Whitney U")


def test_with_nothing_to_hide_everything_shows() -> None:
    answers = people("yes", CHARITIES) + people("no", RESIDENTS)
    assert by_group(answers, threshold=5) == by_group(answers)


def test_a_special_category_needs_ten() -> None:
    asked = questionnaire(single(special_category=True), likert())
    answers = people("yes", CHARITIES) + people("no", RESIDENTS)
    plan = question(by_group(answers, threshold=5, asked=asked), "plan")
    shown = numbers(plan)
    assert shown[0][2] is None
    assert shown[0][0] == 18


def test_a_sensitive_question_that_hides_anything_makes_no_groups() -> None:
    asked = questionnaire(single(special_category=True), likert())
    answers = people("yes", (1, 1, 1, 0, 0)) + people("no", RESIDENTS)
    plan = question(by_group(answers, threshold=5, asked=asked), "plan")
    assert not isinstance(plan.groups, msgspec.UnsetType)
    assert {group.base for group in plan.groups} == {None}
    assert {n for row in numbers(plan) for n in row} == {None}


def test_whoever_is_in_no_group_is_not_told_by_the_rest() -> None:
    """Two who named no group agreed: the plain table less the groups would say so."""
    answers = people("yes", CHARITIES) + people("no", RESIDENTS) + [{"plan": "agree"}] * 2
    plan = question(by_group(answers, threshold=5), "plan")
    agreed = [row[1] for row in numbers(plan)]
    assert None in agreed


def test_a_round_does_not_tell_what_the_other_hides_by_group() -> None:
    first, second = (
        people("yes", CHARITIES) + people("no", RESIDENTS),
        people("yes", (9, 0, 0, 0, 2)),
    )
    alone = question(by_group(first, second, threshold=5, round_number=1), "plan")
    assert {n for row in numbers(alone) for n in row} == {None}
    shown = question(by_group(first, first, threshold=5, round_number=1), "plan")
    assert numbers(shown)[0] == [*CHARITIES, 0]


def test_groups_encode_to_the_keys_of_the_contract() -> None:
    made = by_group(people("yes", CHARITIES) + people("no", RESIDENTS))
    document = msgspec.json.decode(msgspec.json.encode(made))
    plan = next(each for each in document["questions"] if each["key"] == "plan")
    assert {"value", "base", "options"} <= set(plan["groups"][0])
    assert {"value", "n", "share"} == set(plan["groups"][0]["options"][0])
    names = {"name", "statistic", "p", "p_adjusted", "effect", "effect_name"}
    assert names <= set(plan["test"])
    assert plan["groups"][0]["base"] == 52


def test_where_a_p_is_hidden_the_adjusted_ones_do_not_tell_it() -> None:
    """Holm's p of one test follows from those of the others; Bonferroni's from its own alone."""
    answers = people("yes", CHARITIES, places=["north"]) + people("no", RESIDENTS, places=["east"])
    answers += [{"group": "yes", "plan": "agree", "parts": {"paths": "important"}}] * 3
    answers += [{"group": "no", "plan": "agree", "parts": {"paths": "not_important"}}] * 8
    made = by_group(answers, threshold=5)
    plan = test_of(question(made, "plan"))
    parts = question(made, "parts")
    assert not isinstance(parts.rows, msgspec.UnsetType)
    assert test_of(parts.rows[0]).p is None
    assert isinstance(made.compared, int)
    assert plan.p is not None
    assert plan.p_adjusted == pytest.approx(made.compared * plan.p)


def test_a_table_with_too_many_cells_to_search_is_shown_all_or_not_at_all() -> None:
    wards = [{"value": f"w{n}", "text": f"Ward {n}"} for n in range(60)]
    asked = questionnaire(single("ward", options=wards), likert())
    everywhere = [{"ward": each["value"], "plan": "agree"} for each in wards for _ in range(6)]
    whole = question(by_group(everywhere, by="ward", threshold=5, asked=asked), "plan")
    assert numbers(whole)[0] == [0, 6, 0, 0, 0]
    more = [*everywhere, {"ward": "w1", "plan": "disagree"}]
    withheld = question(by_group(more, by="ward", threshold=5, asked=asked), "plan")
    assert {n for row in numbers(withheld) for n in row} == {None}
