"""Two questions that the same people answered: who may be set against whom, counted and told."""

from typing import Any

import pytest
from scipy import stats

from analysis.asked import asked_in_words
from analysis.comparing.saying_paired import ComparedTwice, paired_hedge, paired_sentence
from analysis.comparing.tables import table_of
from analysis.paired_answers import Item, Paired, items, may_be_paired, paired
from surveys.questionnaire import Questionnaire
from tests.analysis.examples import as_marks, coded, grid, likert, multiple, questionnaire, single

ASKED = questionnaire(
    single("before"), single("after"), likert(no_opinion=True), likert("later"), grid(), multiple()
)


def item(place: str, *versions: Questionnaire) -> Item:
    found = {each.place: each for each in items(asked_in_words(versions or [ASKED]))}
    return found[place]


def set_against(first: str, second: str, *answers: dict[str, Any]) -> Paired:
    return paired(item(first), item(second), as_marks({1: ASKED}, coded(ASKED, *answers)))


def told(made: Paired) -> str:
    words = tuple(made.first.asked.options[value] for value in made.first.values)
    said = ComparedTwice(made.first.title, made.second.title, words, made.table)
    return paired_sentence(said, made.found)


def test_scales_and_choices_between_two_may_be_set_against_their_like() -> None:
    marks = as_marks({1: ASKED}, [])
    found = [each.place for each in items(asked_in_words([ASKED]))]
    assert found == ["before", "after", "plan", "later", "parts.paths", "parts.ponds"]
    assert may_be_paired(item("plan"), item("later"), marks)
    assert may_be_paired(item("parts.paths"), item("parts.ponds"), marks)
    assert not may_be_paired(item("plan"), item("plan"), marks)
    assert not may_be_paired(item("plan"), item("before"), marks)
    assert not may_be_paired(item("plan"), item("parts.paths"), marks)


def test_questions_that_no_one_questionnaire_asks_were_not_answered_by_the_same_people() -> None:
    one, other = questionnaire(single("before")), questionnaire(single("after"))
    marks = as_marks({1: one, 2: other}, [])
    assert not may_be_paired(item("before", other, one), item("after", other, one), marks)


def test_the_same_people_before_and_after_are_tested_by_mcnemar() -> None:
    answers = [{"before": "yes", "after": "no"}] * 12 + [{"before": "no", "after": "yes"}] * 2
    answers += [{"before": "yes", "after": "yes"}] * 7 + [{"before": "yes"}] * 5
    made = set_against("before", "after", *answers)
    assert made.table.tolist() == [[7, 12], [2, 0]]
    assert made.found is not None
    assert made.found.name == "McNemar exact"
    assert made.found.p == pytest.approx(stats.binomtest(2, 14).pvalue, abs=1e-9)
    assert "Of the 21 who answered both, 7 of 21 (33%) answered alike" in told(made)
    assert "Only 21 answered both" in paired_hedge(made.found)


def test_scales_are_tested_by_wilcoxon_and_dont_know_is_left_out() -> None:
    answers = [{"plan": "agree", "later": "strongly_agree"}] * 20
    answers += [{"plan": "agree", "later": "disagree"}] * 2
    answers += [{"plan": "agree", "later": "agree"}] * 20
    answers += [{"plan": "dont_know", "later": "agree"}] * 3
    made = set_against("plan", "later", *answers)
    assert made.left_out == 3
    assert made.found is not None
    assert made.found.name == "Wilcoxon signed-rank"
    assert made.found.n == 42
    words = told(made)
    assert "20 put “The plan is right” nearer “Strongly agree” than “The plan is right”, and 2" in (
        words
    )
    assert "Chance alone would seldom split those 22 as unevenly" in words


def test_nobody_and_nobody_differing_are_said() -> None:
    assert told(set_against("before", "after")).startswith("Nobody answered both of them")
    alike = set_against("before", "after", *[{"before": "no", "after": "no"}] * 4)
    assert told(alike) == "Everybody who answered both, 4 in all, gave both the same answer."


def test_few_who_differ_tell_nothing() -> None:
    said = ComparedTwice("One", "Two", ("Yes", "No"), table_of([[3, 1], [1, 4]]))
    made = set_against("before", "after", {"before": "yes", "after": "no"})
    assert "no leaning can be told from chance" in paired_sentence(said, made.found)
