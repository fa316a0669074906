"""What each kind of outcome must say before it may be published."""

import pytest

from publications.outcomes import (
    LABELS,
    MEANINGS,
    Kind,
    Outcome,
    next_step,
    only_what_its_kind_tells,
    problems,
)
from tests.publications.samples import outcome

CHANGE = {
    "document": "Parks strategy",
    "section": "2.1",
    "before": "Nothing was said.",
    "after": "Paths will be lit.",
}

NEEDED = [
    (Kind.CHANGED, {"document", "section", "before", "after"}),
    (Kind.STRENGTHENED, set()),
    (Kind.ALREADY_IN_PLACE, set()),
    (Kind.NO_CHANGE, {"reason"}),
    (Kind.NOT_IN_OUR_POWER, {"instead"}),
    (Kind.UNDER_WAY, {"promise"}),
]


@pytest.mark.parametrize(("kind", "needed"), NEEDED)
def test_each_kind_names_what_it_lacks(kind: Kind, needed: set[str]) -> None:
    found = problems(outcome(1, kind), commitments=0)
    assert {problem.place for problem in found} == needed
    assert all(problem.words for problem in found)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_needs_a_statement(kind: Kind) -> None:
    found = problems(Outcome(theme_id=1, kind=kind, statement=""), commitments=1)
    assert found[0].place == "statement"


def test_an_outcome_that_says_all_its_kind_asks_has_no_problems() -> None:
    assert problems(outcome(1, Kind.CHANGED, **CHANGE), commitments=0) == ()
    assert problems(outcome(1, Kind.NO_CHANGE, reason="It costs too much."), commitments=0) == ()
    assert problems(outcome(1, Kind.NOT_IN_OUR_POWER, instead="The county"), commitments=0) == ()


def test_work_under_way_is_complete_with_one_commitment() -> None:
    assert problems(outcome(1, Kind.UNDER_WAY), commitments=1) == ()


def test_texts_of_another_kind_are_dropped_after_a_change_of_mind() -> None:
    kept = only_what_its_kind_tells(outcome(1, Kind.NO_CHANGE, reason="Cost.", **CHANGE))
    assert kept == outcome(1, Kind.NO_CHANGE, reason="Cost.")


def test_the_next_step_is_one_thing_until_nothing_is_left() -> None:
    assert next_step(None, commitments=0) == "Say what happened"
    lacking = outcome(1, Kind.NO_CHANGE)
    assert next_step(lacking, commitments=0) == "Give the reason why nothing was changed"
    hidden = Outcome(theme_id=1, kind=Kind.STRENGTHENED, statement="Said more firmly.")
    assert "ready to show to respondents" in next_step(hidden, commitments=0)
    assert next_step(outcome(1), commitments=0) == ""


def test_every_kind_has_a_name_and_a_meaning_for_officers() -> None:
    assert set(LABELS) == set(MEANINGS) == set(Kind)
