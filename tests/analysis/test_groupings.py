"""Answers counted as one: members, shares, what is left out, and what cannot be counted.

Against going through the answers one by one. Kent: 54 of 78 agreed, published as 69%.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.counting import form
from analysis.crosstab import in_group
from analysis.groupings import (
    Group,
    Grouping,
    GroupingCounts,
    Kind,
    grouped,
    grouping_counts,
    grouping_problems,
    left_out,
)
from analysis.summaries.numbers import Band, bands
from analysis.wording import count_words
from surveys.questionnaire import Questionnaire
from tests.analysis.examples import (
    as_marks,
    coded,
    grid,
    likert,
    multiple,
    questionnaire,
    single,
)

KINDS = ("charity", "community_group", "resident", "business", "council")
OPTIONS = [{"value": value, "text": value.replace("_", " ").capitalize()} for value in KINDS]
WORDS = {option["value"]: option["text"] for option in OPTIONS}
VCS = Group("VCS", ("charity", "community_group"))
PUBLIC = Group("The public", ("resident",))
KIND_OF = questionnaire(single("kind", options=OPTIONS))
AGE = questionnaire({"key": "age", "type": "number", "text": "Your age?"})


def grouping(place: str, *groups: Group) -> Grouping:
    return Grouping(1, 1, "A grouping", place, groups)


def counted(
    asked: Questionnaire, wanted: Grouping, answers: Sequence[dict[str, Any]]
) -> GroupingCounts:
    question = form(asked.by_key()[wanted.key])
    marks = as_marks({1: asked}, coded(asked, *answers))
    given = tuple(
        np.array([float(each.get(wanted.key, "nan")) for each in answers])
        for _ in marks
        if wanted.in_bands
    )
    groups = grouped(wanted, question, marks, given)
    return grouping_counts(wanted, question, marks, groups)


def test_kents_54_of_78_is_69_per_cent() -> None:
    """54 of 78 agreed, strongly or not; how many of them strongly is made up here."""
    asked = questionnaire(likert())
    given = zip(
        ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree"),
        (19, 35, 11, 9, 4),
        strict=True,
    )
    answers = [{"plan": value} for value, n in given for _ in range(n)]
    net = grouping("plan", Group("Agree", ("strongly_agree", "agree")))
    found = counted(asked, net, answers)
    assert net.kind is Kind.NET
    assert count_words(found.groups[0].n, found.answered) == "69% (54 of 78)"
    assert found.in_none == 24


@given(st.lists(st.sampled_from((*KINDS, None)), max_size=60), st.randoms())
def test_groups_and_those_in_none_are_everybody_who_answered(
    given_kinds: list[str | None], chance: Any
) -> None:
    answers = [{"kind": kind} if kind else {} for kind in given_kinds]
    wanted = grouping("kind", VCS, PUBLIC)
    found = counted(KIND_OF, wanted, answers)
    assert found.answered == sum(kind is not None for kind in given_kinds)
    assert sum(each.n for each in found.groups) + found.in_none == found.answered
    assert found.groups[0].n == sum(kind in VCS.values for kind in given_kinds)
    chance.shuffle(answers)
    assert counted(KIND_OF, wanted, answers) == found


@given(st.lists(st.sampled_from(KINDS), max_size=60))
def test_splitting_a_group_changes_nothing_of_the_whole(given_kinds: list[str]) -> None:
    answers = [{"kind": kind} for kind in given_kinds]
    parts = [Group(value, (value,)) for value in VCS.values]
    whole = counted(KIND_OF, grouping("kind", VCS), answers)
    split = counted(KIND_OF, grouping("kind", *parts), answers)
    assert sum(each.n for each in split.groups) == whole.groups[0].n
    assert (split.in_none, split.answered) == (whole.in_none, whole.answered)


@given(st.lists(st.lists(st.sampled_from(("north", "east", "south")), unique=True), max_size=40))
def test_a_net_of_a_multiple_choice_counts_each_person_once(chosen: list[list[str]]) -> None:
    asked = questionnaire(multiple())
    net = grouping("places", Group("North or east", ("north", "east")))
    found = counted(asked, net, [{"places": each} for each in chosen])
    assert found.groups[0].n == sum(bool({"north", "east"} & set(each)) for each in chosen)
    assert found.groups[0].n + found.in_none == found.answered


def test_a_row_of_a_grid_makes_groups() -> None:
    wanted = grouping("parts.ponds", Group("Important", ("very_important", "important")))
    answers = [
        {"parts": {"paths": "important", "ponds": "not_important"}},
        {"parts": {"ponds": "important"}},
        {"parts": {"paths": "important"}},
    ]
    found = counted(questionnaire(grid()), wanted, answers)
    assert (found.answered, found.groups[0].n, found.in_none) == (2, 1, 1)


@given(st.lists(st.one_of(st.none(), st.integers(0, 110)), max_size=60))
def test_bands_have_their_beginning_in_them_and_not_their_end(ages: list[int | None]) -> None:
    wanted = grouping(
        "age", *(Group(str(at), band=band) for at, band in enumerate(bands((18, 65))))
    )
    found = counted(AGE, wanted, [{} if age is None else {"age": age} for age in ages])
    known = [age for age in ages if age is not None]
    assert [each.n for each in found.groups] == [
        sum(age < 18 for age in known),
        sum(18 <= age < 65 for age in known),
        sum(age >= 65 for age in known),
    ]
    assert found.in_none == 0
    assert found.answered == len(known)


def test_only_those_looked_at_are_members() -> None:
    answers = [{"age": 10}, {"age": 20}, {"age": 70}]
    (whole,) = as_marks({1: AGE}, coded(AGE, *answers))
    looked_at = whole.those(np.pad(np.packbits([0, 1, 1]), (0, 7)).view(np.uint64))
    wanted = grouping("age", Group("Under 65", band=Band(None, 65)))
    groups = grouped(wanted, form(AGE.by_key()["age"]), [looked_at], (np.array([10.0, 20, 70]),))
    assert in_group(groups.members[0][0], 3).tolist() == [False, True, False]


def test_a_value_of_another_version_only_is_nobodys_here() -> None:
    older = questionnaire(single("kind", options=OPTIONS[:2]))
    newest = form(KIND_OF.by_key()["kind"])
    marks = as_marks({1: older}, coded(older, {"kind": "charity"}, {}))
    wanted = grouping("kind", VCS, PUBLIC)
    assert grouped(wanted, newest, marks).bases().tolist() == [1, 0]


def test_values_in_no_group_are_listed_in_order() -> None:
    assert left_out(grouping("kind", PUBLIC, VCS), form(KIND_OF.by_key()["kind"])) == (
        "business",
        "council",
    )


KIND_FORM, AGE_FORM = form(KIND_OF.by_key()["kind"]), form(AGE.by_key()["age"])


@pytest.mark.parametrize(
    ("groups", "place", "words"),
    [
        ((), "group-1", "Name a group and say which answers belong to it"),
        ((Group("", ("charity",)),), "group-1", "Enter a name for group 1"),
        ((Group("VCS"),), "values-1", "Tick the answers that belong to “VCS”"),
        (
            (Group("VCS", ("club",)),),
            "values-1",
            "“club” is not an answer to this question",
        ),
        (
            (VCS, Group("Others", ("business", "charity"))),
            "values-2",
            "“Charity” is in “VCS” already. Tick it in one group only",
        ),
        (
            (VCS, Group("vcs", ("council",))),
            "group-2",
            "There is already a group called “vcs”. Use another name",
        ),
    ],
)
def test_what_keeps_groups_of_options_from_being_counted_is_said(
    groups: tuple[Group, ...], place: str, words: str
) -> None:
    (problem,) = grouping_problems(groups, KIND_FORM, WORDS)
    assert (problem.place, problem.words) == (place, words)


@pytest.mark.parametrize(
    ("ends", "place", "words"),
    [
        ([(None, None)], "from-1", "Say where “A” begins, or where it ends"),
        (
            [(65, 18)],
            "from-1",
            "“A” ends before it begins. Make its end the greater of the two",
        ),
        (
            [(None, 18), (16, 65)],
            "from-2",
            "“B” overlaps “A”. Begin it at 18, or end it before the other begins",
        ),
        (
            [(18, None), (65, None)],
            "from-2",
            "“B” overlaps “A”, which has no end. Give that one an end",
        ),
    ],
)
def test_what_keeps_bands_from_being_counted_is_said(
    ends: list[tuple[float | None, float | None]], place: str, words: str
) -> None:
    groups = [Group("AB"[at], band=Band(*each)) for at, each in enumerate(ends)]
    (problem,) = grouping_problems(groups, AGE_FORM, {})
    assert (problem.place, problem.words) == (place, words)


def test_sound_groups_have_no_problems() -> None:
    assert grouping_problems((VCS, PUBLIC), KIND_FORM, WORDS) == ()
    touching = [Group(str(band.low), band=band) for band in bands((18, 65))]
    assert grouping_problems(touching, AGE_FORM, {}) == ()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=2))
def test_bands_overlap_just_where_a_number_is_in_both(ends: list[tuple[int, int]]) -> None:
    (low, high), (other_low, other_high) = sorted(tuple(sorted(pair)) for pair in ends)
    if low == high or other_low == other_high:
        return
    groups = [Group("A", band=Band(low, high)), Group("B", band=Band(other_low, other_high))]
    shared = any(low <= n < high and other_low <= n < other_high for n in range(10))
    assert bool(grouping_problems(groups, AGE_FORM, {})) == shared
