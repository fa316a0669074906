"""An attacker reads all that is public together, and works out no small number that is hidden.

Everything at once tells more than any sequence of it: the tally of all rounds, of each, side by
side, and each of these by the answers to one question.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET, structs

from analysis import hiding
from analysis.by_group import tally_by_group
from analysis.comparing.tables import Counts
from analysis.disclosure import Hidden, small
from analysis.sums import sums
from analysis.tally import GroupTally, Plan, QuestionTally, Tally, forms_of, wanted_for
from surveys.questionnaire import Grid, Questionnaire
from tests.analysis.attack import Attacker, Kind, Told, View, kinds
from tests.analysis.examples import as_marks, coded, grid, likert, multiple, questionnaire, single

THRESHOLD = 5
EXAMPLES = int(os.environ.get("HEARBACK_ATTACKS", "40"))
"""A longer attack: HEARBACK_ATTACKS=2000."""


def options(*values: str) -> list[dict[str, Any]]:
    return [
        {"value": value, "text": value} | ({"exclusive": True} if value == "none" else {})
        for value in values
    ]


GROUP = single(options=options("a", "b", "c"))
FAITH = single("faith", options=options("x", "y"), special_category=True)
PLAN = likert(scale=options("for", "so", "against"))
PLACES = multiple(options=options("p", "q", "none"))
PARTS = grid(scale=options("hi", "lo"))
IF_A = {"show_if": {"question": "group", "is": "a"}}
IF_X = {"show_if": {"question": "faith", "is": "x"}}
SHAPES = tuple(
    questionnaire(*each)
    for each in (
        (GROUP, PLAN),
        (GROUP, FAITH, PLAN),
        (GROUP, PLACES),
        (FAITH, PLACES | {"special_category": True}),
        (GROUP, PARTS),
        (GROUP, PLAN | IF_A, FAITH),
        (FAITH, PLAN | IF_X, GROUP),
        (GROUP, PLACES | IF_A, PLAN),
        (PLACES, FAITH),
    )
)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Questionnaire, list[Kind]]:
    asked = draw(st.sampled_from(SHAPES))
    possible = kinds(asked, range(1, draw(st.integers(1, 3)) + 1))
    several = st.tuples(st.sampled_from(possible), st.integers(1, 14))
    drawn = draw(st.lists(several, min_size=2, max_size=12))
    return asked, [kind for kind, times in drawn for _ in range(times)]


def told(
    asked: Questionnaire, people: Sequence[Kind], by: Sequence[str], attacker: Attacker
) -> list[Told]:
    rounds = (None, *attacker.rounds)
    views = [View(number, compare) for number in rounds for compare in (False, True)]
    views += [View(each.round_number, each.compare, key) for each in views for key in by]
    return [
        number
        for view in views
        for number in attacker.read(view, published(asked, people, view, attacker.rounds))
    ]


def published(
    asked: Questionnaire,
    people: Sequence[Kind],
    view: View,
    rounds: Sequence[int],
    threshold: int | None = THRESHOLD,
) -> Tally:
    responses = [
        each
        for kind in people
        for each in coded(asked, kind.answers, round_number=kind.round_number)
    ]
    marks = as_marks({1: asked}, responses)
    plan = Plan(tuple(rounds), view.round_number, view.compare, threshold)
    every = forms_of(marks)
    by = next((form for form in every if form.key == view.by), None)
    wanted = wanted_for(every, plan, by=by)
    return tally_by_group(wanted, sums(wanted, marks), plan)


def groupers(asked: Questionnaire) -> list[str]:
    return [each.key for each in asked.questions if not isinstance(each, Grid)]


@settings(max_examples=EXAMPLES)
@given(crowds(), st.data())
def test_no_hidden_number_follows_from_all_that_is_public_by_one_question(
    crowd: tuple[Questionnaire, list[Kind]], data: st.DataObject
) -> None:
    asked, people = crowd
    attacker = Attacker(asked, people, THRESHOLD)
    by = data.draw(st.sampled_from(groupers(asked)))
    assert attacker.worked_out(told(asked, people, [by], attacker)) == []


def hidden_in(groups: Any) -> list[list[bool]]:
    assert groups is not UNSET
    return [[option.n is None for option in group.options] for group in groups]


@settings(max_examples=EXAMPLES)
@given(crowds().filter(lambda crowd: crowd[0] is SHAPES[0]))
def test_two_questions_hide_the_same_whichever_of_them_makes_the_groups(
    crowd: tuple[Questionnaire, list[Kind]],
) -> None:
    asked, people = crowd
    rounds = sorted({each.round_number for each in people})
    group = published(asked, people, View(by="plan"), rounds).questions[0]
    plan = published(asked, people, View(by="group"), rounds).questions[1]
    assert hidden_in(group.groups) == [
        list(row) for row in zip(*hidden_in(plan.groups), strict=True)
    ]


def crowd_of(*said: tuple[int, dict[str, Any]], asked: Questionnaire) -> list[Kind]:
    every = {repr(sorted(kind.answers.items())): kind for kind in kinds(asked, [1])}
    return [every[repr(sorted(answers.items()))] for times, answers in said for _ in range(times)]


SENSITIVE = questionnaire(PLACES | {"special_category": True})


def test_one_who_chose_none_of_these_is_not_told_by_a_choice_of_all_the_others() -> None:
    people = crowd_of(
        (30, {"places": ["p", "q"]}),
        (9, {"places": ["p"]}),
        (1, {"places": ["none"]}),
        asked=SENSITIVE,
    )
    attacker = Attacker(SENSITIVE, people, THRESHOLD)
    assert attacker.worked_out(told(SENSITIVE, people, [], attacker)) == []


def naive(made: Tally) -> Iterator[QuestionTally]:
    """What hides small numbers, and nothing that gives them away."""

    def less(group: GroupTally) -> GroupTally:
        shown = (
            structs.replace(each, n=None) if each.n and each.n < THRESHOLD else each
            for each in group.options
        )
        return structs.replace(group, options=tuple(shown))

    for question in made.questions:
        groups = () if question.groups is UNSET else question.groups
        yield structs.replace(question, groups=tuple(map(less, groups)))


CHARITIES = crowd_of(
    (20, {"group": "a", "plan": "for"}),
    (3, {"group": "a", "plan": "against"}),
    (30, {"group": "b", "plan": "for"}),
    (25, {"group": "b", "plan": "against"}),
    (9, {"group": "c", "plan": "so"}),
    asked=SHAPES[0],
)  # fmt: skip


def test_the_attack_finds_a_small_number_that_was_hidden_alone() -> None:
    attacker = Attacker(SHAPES[0], CHARITIES, THRESHOLD)
    full = published(SHAPES[0], CHARITIES, View(by="group"), [1], threshold=None)
    read = list(
        attacker.read(View(by="group"), structs.replace(full, questions=tuple(naive(full))))
    )
    assert attacker.worked_out(read) == ["plan. of group=a round all against"]


def test_the_attack_finds_what_a_weaker_rule_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule itself made worse: the small cells, and none beside, and no second look."""

    def weaker(table: Counts, threshold: int, _: object) -> Hidden:
        return small(table, threshold)

    attacker = Attacker(SHAPES[0], CHARITIES, THRESHOLD)
    assert attacker.worked_out(told(SHAPES[0], CHARITIES, ["group"], attacker)) == []
    monkeypatch.setattr(hiding, "hidden_cells", weaker)
    monkeypatch.setattr(hiding, "open_in_rounds", lambda *_: True)
    assert attacker.worked_out(told(SHAPES[0], CHARITIES, ["group"], attacker))


def test_a_round_is_not_told_by_the_others_and_the_whole() -> None:
    asked = SHAPES[1]
    first, second = kinds(asked, [1]), kinds(asked, [2])
    people = [each for each in first for _ in range(12)] + [
        each for each in second for _ in range(2)
    ]
    attacker = Attacker(asked, people, THRESHOLD)
    assert attacker.worked_out(told(asked, people, ["faith"], attacker)) == []
