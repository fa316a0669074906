"""`hearback tally --by --compare`: groups in each round, and nothing that the whole would tell."""

from typing import Any

import msgspec
import pytest

from analysis.by_group import tally_by_group
from analysis.sums import sums
from analysis.tally import GroupTest, Plan, QuestionTally, Tally, forms_of, wanted_for
from tests.analysis.examples import as_marks, coded, grid, likert, questionnaire, single

ASKED = questionnaire(single(), likert(), grid())
POINTS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
Groups = dict[str, tuple[int, ...]]
MANY: Groups = {"yes": (18, 12, 6, 7, 9), "no": (60, 92, 71, 55, 40)}
FEW: Groups = {"yes": (9, 0, 0, 0, 2), "no": (60, 92, 71, 55, 40)}


def people(groups: Groups) -> list[dict[str, Any]]:
    return [
        {"group": group, "plan": plan, "parts": {"paths": "important"}}
        for group, counts in groups.items()
        for plan, n in zip(POINTS, counts, strict=True)
        for _ in range(n)
    ]


def compared(*rounds: Groups, threshold: int | None = None) -> Tally:
    responses = [
        each
        for number, groups in enumerate(rounds, start=1)
        for each in coded(ASKED, *people(groups), round_number=number)
    ]
    plan = Plan(tuple(range(1, len(rounds) + 1)), compare=True, threshold=threshold)
    marks = as_marks({1: ASKED}, responses)
    (by,) = (form for form in forms_of(marks) if form.key == "group")
    wanted = wanted_for(forms_of(marks), plan, by=by)
    return tally_by_group(wanted, sums(wanted, marks), plan)


def plan_of(made: Tally) -> QuestionTally:
    (found,) = (each for each in made.questions if each.key == "plan")
    return found


def numbers(question: QuestionTally) -> list[list[int | None]]:
    assert isinstance(question.groups, tuple)
    return [[option.n for option in group.options] for group in question.groups]


def in_rounds(made: Tally) -> list[list[list[int | None]]]:
    rounds = plan_of(made).rounds
    assert isinstance(rounds, tuple)
    return [numbers(each) for each in rounds]


def test_each_round_has_its_groups_and_they_add_up_to_the_whole() -> None:
    made = compared(MANY, FEW)
    assert in_rounds(made) == [[list(counts) for counts in each.values()] for each in (MANY, FEW)]
    first, second = in_rounds(made)
    summed = [
        [(one or 0) + (other or 0) for one, other in zip(*lines, strict=True)]
        for lines in zip(first, second, strict=True)
    ]
    assert numbers(plan_of(made)) == summed


def test_the_tests_of_every_round_are_of_the_one_family() -> None:
    made = compared(MANY, MANY)
    # The scale, of all rounds and of each; everybody gave the grid's row one answer.
    assert made.compared == 3
    rounds = plan_of(made).rounds
    assert isinstance(rounds, tuple)
    found = rounds[0].test
    assert isinstance(found, GroupTest)
    assert found.p is not None
    assert found.p_adjusted is not None
    assert found.p_adjusted >= found.p


def test_rows_of_a_grid_have_groups_in_each_round() -> None:
    (parts,) = (each for each in compared(MANY, MANY).questions if each.key == "parts")
    assert isinstance(parts.rounds, tuple)
    assert isinstance(parts.rounds[0].rows, tuple)
    paths = parts.rounds[0].rows[0]
    assert isinstance(paths.groups, tuple)
    assert [group.base for group in paths.groups] == [52, 318]


def test_no_round_is_shown_where_one_has_something_to_hide() -> None:
    made = compared(MANY, FEW, threshold=5)
    assert {n for each in in_rounds(made) for line in each for n in line} == {None}
    clear = compared(MANY, MANY, threshold=5)
    assert in_rounds(clear)[0] == [list(counts) for counts in MANY.values()]


@pytest.mark.parametrize("rounds", [(MANY, FEW), (MANY, MANY), (FEW, FEW)])
def test_what_rounds_and_whole_show_never_leaves_one_small_number(
    rounds: tuple[Groups, ...],
) -> None:
    """Of each cell: the whole and all rounds but one would tell the last."""
    made = compared(*rounds, threshold=5)
    whole, parts = numbers(plan_of(made)), in_rounds(made)
    for line in range(2):
        for at in range(5):
            shown = [whole[line][at], *(part[line][at] for part in parts)]
            assert shown.count(None) != 1


def test_groups_in_rounds_encode_to_the_keys_of_the_contract() -> None:
    document = msgspec.json.decode(msgspec.json.encode(compared(MANY, MANY)))
    plan = next(each for each in document["questions"] if each["key"] == "plan")
    assert [each["round"] for each in plan["rounds"]] == [1, 2]
    for each in plan["rounds"]:
        assert {"round", "base", "answered", "options", "groups", "test"} <= set(each)
