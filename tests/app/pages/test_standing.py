"""What an officer should do next, stage by stage."""

import pytest
from msgspec.structs import replace

from app.pages.standing import Standing, next_step, stages
from surveys.consultation import About, Consultation, State

CONSULTATION = Consultation(
    id=1,
    slug="parks",
    title="Parks",
    about=About(),
    state=State.CLOSED,
    caveat="",
    invented=False,
    threshold=5,
    rounds=(),
)
DONE = Standing(consultation=CONSULTATION, received=9, written=12, read=12, themes=3)


def in_state(standing: Standing, state: State) -> Standing:
    return replace(standing, consultation=replace(standing.consultation, state=state))


@pytest.mark.parametrize(
    ("standing", "place"),
    [
        (in_state(DONE, State.DRAFT), "questionnaire"),
        (in_state(DONE, State.PAUSED), "questionnaire"),
        (in_state(replace(DONE, read=11), State.OPEN), "coding"),
        (in_state(replace(DONE, themes=0), State.OPEN), "themes"),
        (replace(DONE, read=11, undecided=("Bins",)), "coding"),
        (replace(DONE, undecided=("Bins",)), "outcomes"),
        (DONE, "publish"),
        (in_state(replace(DONE, unfit=1), State.OPEN), "statements"),
        (in_state(replace(DONE, unfit=1), State.CLOSED), "statements"),
        (in_state(replace(DONE, unfit=1, overdue=1), State.REPORTED), "statements"),
        (in_state(replace(DONE, overdue=1), State.REPORTED), "commitments"),
    ],
)
def test_the_next_step_is_the_first_thing_undone(standing: Standing, place: str) -> None:
    step = next_step(standing)
    assert step is not None
    assert step.place == place


@pytest.mark.parametrize("state", [State.OPEN, State.REPORTED])
def test_there_is_nothing_to_do_but_wait_when_all_is_done(state: State) -> None:
    assert next_step(in_state(DONE, state)) is None


def test_a_theme_without_an_outcome_is_named() -> None:
    step = next_step(replace(DONE, undecided=("Bins", "Paths")))
    assert step is not None
    assert step.words == "Say what happened about “Bins”"
    assert step.why.startswith("2 themes without an outcome")


def test_stages_measure_reading_and_deciding() -> None:
    measured = {
        stage.title: (stage.finished, stage.total)
        for stage in stages(replace(DONE, read=7, undecided=("Bins",)))
        if stage.total
    }
    assert measured == {"Read and code": (7, 12), "Decide": (2, 3)}
