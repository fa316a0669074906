"""Tallies: what is counted, of whom, over versions and rounds."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tally import Plan, QuestionTally, Tally, tally
from surveys.questionnaire import Questionnaire
from tests.analysis.examples import (
    Coded,
    as_marks,
    coded,
    grid,
    likert,
    multiple,
    questionnaire,
    single,
)

ROUNDS = (1, 2)
EVERYTHING = questionnaire(
    single(),
    likert(no_opinion=True),
    grid(show_if={"question": "group", "is": "yes"}),
    multiple(other=True),
    {"key": "why", "type": "long_text", "text": "Why?"},
)


def counted(asked: Questionnaire, responses: list[Coded], **plan: Any) -> Tally:
    return tally(as_marks({1: asked}, responses), Plan(**{"rounds": ROUNDS} | plan))


def question(made: Tally, key: str) -> QuestionTally:
    (found,) = (each for each in made.questions if each.key == key)
    return found


def numbers(counted: Any) -> dict[str, int | None]:
    return {option.value: option.n for option in counted.options}


def test_everyone_asked_is_counted_as_answered_or_missing() -> None:
    asked = questionnaire(single())
    made = counted(asked, coded(asked, {"group": "yes"}, {"group": "no"}, {"group": "yes"}, {}))
    group = question(made, "group")
    assert made.base == 4
    assert (group.answered, group.missing, group.not_routed) == (3, 1, 0)
    assert numbers(group) == {"yes": 2, "no": 1}
    assert [option.share for option in group.options] == [
        pytest.approx(2 / 3),
        pytest.approx(1 / 3),
    ]


def test_a_question_that_the_route_hid_is_not_missing() -> None:
    made = counted(EVERYTHING, coded(EVERYTHING, {"group": "no"}, {"group": "yes"}, {}))
    parts = question(made, "parts")
    assert (parts.answered, parts.missing, parts.not_routed) == (0, 1, 2)


def test_a_dont_know_is_counted_and_not_scored() -> None:
    asked = questionnaire(likert(no_opinion=True))
    given_answers = ["strongly_agree"] * 3 + ["disagree", "neither", "dont_know", "dont_know"]
    plan = question(counted(asked, coded(asked, *({"plan": a} for a in given_answers))), "plan")
    assert (plan.answered, plan.scored) == (7, 5)
    assert numbers(plan)["dont_know"] == 2
    assert plan.agree == pytest.approx(3 / 7)
    assert plan.neutral == pytest.approx(1 / 7)
    assert plan.disagree == pytest.approx(1 / 7)
    assert plan.net == pytest.approx(2 / 7)
    assert plan.median == "strongly_agree"
    assert plan.interval == pytest.approx((0.1582, 0.7495), abs=1e-4)


def test_a_scale_of_four_points_has_nobody_neutral() -> None:
    points = [{"value": value, "text": value} for value in ("great", "good", "poor", "awful")]
    asked = questionnaire(likert(scale=points))
    made = counted(asked, coded(asked, *({"plan": p["value"]} for p in points)))
    plan = question(made, "plan")
    assert (plan.agree, plan.neutral, plan.disagree, plan.net) == (0.5, 0, 0.5, 0)
    assert plan.median == "good"


def test_nobody_answering_leaves_shares_open_and_counts_at_zero() -> None:
    asked = questionnaire(likert())
    plan = question(counted(asked, coded(asked, {}, {})), "plan")
    assert (plan.answered, plan.missing, plan.scored) == (0, 2, 0)
    assert (plan.agree, plan.net, plan.median, plan.interval) == (None, None, None, None)
    assert {option.n for option in plan.options} == {0}
    assert {option.share for option in plan.options} == {None}


def test_a_multiple_choice_is_shared_by_people() -> None:
    asked = questionnaire(multiple(other=True))
    given_answers = [{"places": ["north", "west"]}, {"places": ["north", "other"]}, {}]
    places = question(counted(asked, coded(asked, *given_answers)), "places")
    assert places.answered == 2
    assert numbers(places) == {"north": 2, "east": 0, "south": 0, "west": 1, "other": 1}
    assert places.options[0].share == 1


def test_a_grid_counts_each_row_apart() -> None:
    asked = questionnaire(grid())
    given_answers = [
        {"parts": {"paths": "very_important", "ponds": "not_important"}},
        {"parts": {"paths": "important"}},
        {},
    ]
    parts = question(counted(asked, coded(asked, *given_answers)), "parts")
    assert not isinstance(parts.rows, msgspec.UnsetType)
    paths, ponds = parts.rows
    assert (parts.answered, parts.missing) == (2, 1)
    assert (paths.answered, paths.missing, paths.agree) == (2, 1, 1)
    assert (ponds.answered, ponds.missing, ponds.agree, ponds.disagree) == (1, 2, 0, 1)


def test_a_ranking_counts_who_was_put_first() -> None:
    options = [{"value": value, "text": value} for value in ("a", "b", "c")]
    asked = questionnaire({"key": "best", "type": "ranking", "text": "Rank", "options": options})
    orders: list[dict[str, Any]] = [
        {"best": ["b", "a", "c"]},
        {"best": ["b"]},
        {"best": ["c", "a"]},
    ]
    best = question(counted(asked, coded(asked, *orders)), "best")
    assert numbers(best) == {"a": 0, "b": 2, "c": 1}


def test_files_are_counted_as_sent_missing_or_not_asked_for() -> None:
    plan = {"key": "plan", "type": "upload", "text": "A plan?"}
    shown = {**plan, "show_if": {"question": "group", "is": "yes"}}
    asked = questionnaire(single(), shown)
    answers: list[dict[str, Any]] = [
        {"group": "yes", "plan": ["0" * 32]},
        {"group": "yes"},
        {"group": "no"},
    ]
    made = question(counted(asked, coded(asked, *answers)), "plan")
    assert (made.answered, made.missing, made.not_routed) == (1, 1, 1)
    assert made.options == ()


def test_more_options_than_a_byte_holds_are_counted() -> None:
    options = [{"value": f"v{number}", "text": str(number)} for number in range(600)]
    asked = questionnaire({"key": "town", "type": "dropdown", "text": "Town", "options": options})
    made = counted(asked, coded(asked, {"town": "v0"}, {"town": "v299"}, {"town": "v599"}))
    assert {v for v, n in numbers(question(made, "town")).items() if n} == {"v0", "v299", "v599"}


def test_versions_are_joined_by_question_and_the_newest_leads() -> None:
    first = questionnaire(single(), {"key": "old", "type": "date", "text": "When?"})
    options = [{"value": "yes", "text": "Yes"}, {"value": "partly", "text": "Partly"}]
    second = questionnaire(likert(), single(options=options))
    responses = coded(first, {"group": "yes"}, {"group": "no"}) + coded(
        second, {"group": "yes"}, {"group": "partly"}, version=2, round_number=2
    )
    made = tally(as_marks({2: second, 1: first}, responses), Plan(ROUNDS))
    assert [each.key for each in made.questions] == ["plan", "group", "old"]
    assert numbers(question(made, "group")) == {"yes": 2, "partly": 1, "no": 1}
    assert question(made, "plan").not_routed == 2


def test_a_question_asked_on_another_scale_is_not_added_to_its_namesake() -> None:
    first, second = questionnaire(likert(scale="satisfaction")), questionnaire(likert())
    responses = coded(first, {"plan": "satisfied"}) + coded(second, {"plan": "agree"}, version=2)
    made = tally(as_marks({2: second, 1: first}, responses), Plan(ROUNDS))
    now, before = made.questions
    assert numbers(now)["agree"] == 1
    assert (now.not_routed, before.not_routed) == (1, 1)
    assert numbers(before)["satisfied"] == 1


def test_a_round_that_was_asked_for_alone_counts_only_its_own() -> None:
    asked = questionnaire(single())
    responses = coded(asked, {"group": "yes"}) + coded(asked, {"group": "no"}, {}, round_number=2)
    made = counted(asked, responses, round_number=2)
    assert made.base == 2
    assert numbers(question(made, "group")) == {"yes": 0, "no": 1}


def test_coded_answers_of_the_wrong_width_are_refused() -> None:
    with pytest.raises(ValueError, match="version's table"):
        as_marks({1: questionnaire(single())}, [Coded(1, 1, b"\x02")])


def test_figures_encode_to_the_keys_of_the_contract() -> None:
    responses = coded(EVERYTHING, {"group": "yes", "plan": "agree"})
    made = msgspec.json.decode(msgspec.json.encode(counted(EVERYTHING, responses, compare=True)))
    by_key = {each["key"]: each for each in made["questions"]}
    plain = {"key", "type", "answered", "missing", "not_routed", "options", "rounds"}
    scaled = {"scored", "agree", "neutral", "disagree", "net", "median", "interval"}
    assert set(by_key["group"]) == plain
    assert set(by_key["plan"]) == plain | scaled
    assert set(by_key["parts"]["rows"][0]) == (plain | scaled | {"value"}) - {
        "key",
        "type",
        "rounds",
    }
    assert by_key["why"]["options"] == []
    assert [each["round"] for each in by_key["plan"]["rounds"]] == [1, 2]
    assert scaled < set(by_key["plan"]["rounds"][0])


answers = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "group": st.sampled_from(["yes", "no"]),
            "plan": st.sampled_from(
                ["strongly_agree", "agree", "neither", "disagree", "dont_know"]
            ),
            "places": st.lists(st.sampled_from(["north", "east", "other"]), unique=True),
            "parts": st.dictionaries(
                st.sampled_from(["paths", "ponds"]), st.sampled_from(["important", "not_important"])
            ),
            "why": st.just("Because"),
        },
    ),
    max_size=25,
)


@given(answers)
def test_answered_missing_and_not_routed_make_the_base(given_answers: list[dict[str, Any]]) -> None:
    made = counted(EVERYTHING, coded(EVERYTHING, *given_answers))
    for each in made.questions:
        rows = () if isinstance(each.rows, msgspec.UnsetType) else each.rows
        parts = [(each.answered, each.missing, each.not_routed)]
        parts += [(row.answered, row.missing, row.not_routed) for row in rows]
        for part in parts:
            assert sum(n or 0 for n in part) == made.base == len(given_answers)


@given(answers)
def test_the_shares_of_one_answer_each_sum_to_one(given_answers: list[dict[str, Any]]) -> None:
    made = counted(EVERYTHING, coded(EVERYTHING, *given_answers))
    for key in ("group", "plan"):
        shares = [option.share for option in question(made, key).options]
        if question(made, key).answered:
            assert sum(share or 0 for share in shares) == pytest.approx(1)


@given(answers, st.randoms())
def test_the_order_of_responses_does_not_matter(
    given_answers: list[dict[str, Any]], chance: Any
) -> None:
    responses = coded(EVERYTHING, *given_answers)
    before = counted(EVERYTHING, responses)
    chance.shuffle(responses)
    assert counted(EVERYTHING, responses) == before


@given(answers, answers)
def test_counts_add_up_over_rounds(
    first: list[dict[str, Any]], second: list[dict[str, Any]]
) -> None:
    responses = coded(EVERYTHING, *first) + coded(EVERYTHING, *second, round_number=2)
    for each in counted(EVERYTHING, responses, compare=True).questions:
        assert not isinstance(each.rounds, msgspec.UnsetType)
        assert sum(part.answered or 0 for part in each.rounds) == each.answered
        for place, option in enumerate(each.options):
            assert sum(part.options[place].n or 0 for part in each.rounds) == option.n
