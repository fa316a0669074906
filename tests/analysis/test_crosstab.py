"""Cross-tabs from the columns, against going through the responses one by one."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counting import Form, forms
from analysis.crosstab import (
    Marks,
    crosstab,
    groups_by_mask,
    groups_by_question,
    groups_by_round,
    layered,
)
from analysis.sums import count
from surveys.questionnaire import Questionnaire
from tests.analysis.examples import as_marks, coded, grid, likert, multiple, questionnaire, single

ASKED = questionnaire(
    single(),
    likert(no_opinion=True),
    grid(show_if={"question": "group", "is": "yes"}),
    multiple(),
    {
        "key": "best",
        "type": "ranking",
        "text": "Rank",
        "options": [{"value": v, "text": v} for v in "abc"],
    },
)
PLANS = ["strongly_agree", "agree", "neither", "disagree", "dont_know"]

answers = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "group": st.sampled_from(["yes", "no"]),
            "plan": st.sampled_from(PLANS),
            "places": st.lists(st.sampled_from(["north", "east"]), unique=True, min_size=1),
            "parts": st.dictionaries(
                st.sampled_from(["paths", "ponds"]), st.sampled_from(["important", "not_important"])
            ),
            "best": st.permutations("abc"),
        },
    ),
    max_size=30,
)


def form_of(key: str, *versions: Questionnaire) -> Form:
    (found,) = (
        each for each in forms((one, {}) for one in versions or (ASKED,)) if each.key == key
    )
    return found


def marked(*given_answers: list[dict[str, Any]]) -> tuple[Marks, ...]:
    responses = [
        each
        for number, part in enumerate(given_answers, start=1)
        for each in coded(ASKED, *part, round_number=number)
    ]
    return as_marks({1: ASKED}, responses)


@settings(max_examples=50)
@given(answers)
def test_each_cell_is_the_people_who_said_both(given_answers: list[dict[str, Any]]) -> None:
    marks = marked(given_answers)
    by = groups_by_question(form_of("group"), marks)
    for key in ("plan", "places"):
        found = crosstab(form_of(key), marks, by)
        for at, (group,) in enumerate(found.names):
            people = [each for each in given_answers if each.get("group") == group]
            for place, value in enumerate(found.values):
                said = [each for each in people if value in _values(each.get(key))]
                assert found.options[at, place] == len(said)
            assert found.answered[at] == sum(key in each for each in people)


def _values(answer: object) -> list[str]:
    return [answer] if isinstance(answer, str) else list(answer or ())  # type: ignore[call-overload]


@settings(max_examples=50)
@given(answers)
def test_groups_that_are_everybody_add_up_to_the_plain_count(
    given_answers: list[dict[str, Any]],
) -> None:
    marks = marked(given_answers[::2], given_answers[1::2])
    by = groups_by_round((1, 2), marks)
    for form in forms([(ASKED, {})]):
        for row in form.rows or (None,):
            found, whole = crosstab(form, marks, by, row), count(form, marks, row)
            assert found.options.sum(axis=0).tolist() == list(whole.options)
            assert found.answered.sum() == whole.answered
            assert found.missing.sum() == whole.missing
            assert found.not_routed.sum() == whole.not_routed
            parts = found.answered + found.missing + found.not_routed
            assert (parts == by.bases()).all()


@given(answers)
def test_layers_split_a_group_into_its_parts(given_answers: list[dict[str, Any]]) -> None:
    marks = marked(given_answers[::2], given_answers[1::2])
    by = groups_by_question(form_of("group"), marks)
    split = layered(by, groups_by_round((1, 2), marks))
    assert split.names == (("yes", "1"), ("yes", "2"), ("no", "1"), ("no", "2"))
    whole, parts = crosstab(form_of("plan"), marks, by), crosstab(form_of("plan"), marks, split)
    assert (parts.options.reshape(2, 2, -1).sum(axis=1) == whole.options).all()


def test_a_multiple_choice_makes_groups_that_overlap() -> None:
    marks = marked([{"places": ["north", "east"], "plan": "agree"}, {"places": ["north"]}])
    by = groups_by_question(form_of("places"), marks)
    assert by.bases().tolist() == [2, 1, 0, 0]
    assert crosstab(form_of("plan"), marks, by).answered.tolist() == [1, 1, 0, 0]


def test_anything_else_that_is_known_makes_groups_too() -> None:
    marks = marked([{"plan": "agree"}, {"plan": "disagree"}, {}])
    masks = [np.array([[True, False, True], [False, True, False]])]
    found = crosstab(form_of("plan"), marks, groups_by_mask(("paper", "online"), masks))
    assert (found.answered.tolist(), found.missing.tolist()) == ([1, 1], [1, 0])


def test_versions_are_joined_and_what_one_did_not_ask_is_not_routed() -> None:
    newer = questionnaire(likert(), single())
    older = questionnaire(single())
    responses = coded(newer, {"group": "yes", "plan": "agree"}, version=2)
    responses += coded(older, {"group": "yes"})
    marks = as_marks({2: newer, 1: older}, responses)
    by = groups_by_question(form_of("group", newer, older), marks)
    found = crosstab(form_of("plan", newer, older), marks, by)
    assert (found.answered.tolist(), found.not_routed.tolist()) == ([1, 0], [1, 0])


def test_more_options_than_a_byte_holds_are_crossed() -> None:
    options = [{"value": f"v{number}", "text": str(number)} for number in range(600)]
    asked = questionnaire(
        single(), {"key": "town", "type": "dropdown", "text": "Town", "options": options}
    )
    given_answers = [{"group": "yes", "town": f"v{n}"} for n in (0, 299, 299, 599)]
    marks = as_marks({1: asked}, coded(asked, *given_answers))
    form, by = form_of("town", asked), groups_by_question(form_of("group", asked), marks)
    found = crosstab(form, marks, by)
    assert {v: int(n) for v, n in zip(found.values, found.options[0], strict=True) if n} == {
        "v0": 1,
        "v299": 2,
        "v599": 1,
    }
