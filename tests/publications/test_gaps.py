"""What stops publication, and what only weakens it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from publications.drafting import Material, Said, standing
from publications.gaps import Lint, lint, reason_gap
from publications.outcomes import Kind
from publications.report import Answered
from surveys.consultation import About, State
from tests.publications.samples import (
    CONSULTATION,
    MATERIAL,
    NOW,
    ROUND,
    TODAY,
    commitment,
    outcome,
    theme,
)

FAIR = theme(2, "Fair funding")


def found(material: Material) -> Lint:
    return lint(standing(material, now=NOW, today=TODAY))


def test_a_whole_report_has_no_gaps() -> None:
    assert found(MATERIAL) == Lint((), ())


def test_a_theme_without_an_outcome_stops_publication_and_says_how_to_mend_it() -> None:
    gap = found(replace(MATERIAL, themes=(*MATERIAL.themes, FAIR))).blocking[0]
    assert gap.what == "“Fair funding” has no outcome"
    assert gap.fix == "Say what happened about “Fair funding”"
    assert gap.place == "outcomes/2"


def test_every_theme_without_an_outcome_is_named() -> None:
    themes = (theme(2, "Fair funding"), theme(3, "Benches"))
    gaps = found(replace(MATERIAL, themes=themes)).blocking
    assert [gap.what for gap in gaps] == [
        "“Fair funding” has no outcome",
        "“Benches” has no outcome",
    ]


def test_an_incomplete_outcome_stops_publication_at_the_field_to_mend() -> None:
    gap = found(replace(MATERIAL, outcomes={1: outcome(1, Kind.NO_CHANGE)})).blocking[0]
    assert gap.fix == "“Lighting”: give the reason why nothing was changed"
    assert gap.place == "outcomes/1#reason"


def test_work_under_way_without_a_commitment_stops_publication() -> None:
    under_way = replace(MATERIAL, outcomes={1: outcome(1, Kind.UNDER_WAY)})
    assert "commitment" in found(under_way).blocking[0].fix
    promise = commitment(TODAY + timedelta(days=90), theme_id=1)
    assert found(replace(under_way, commitments=(promise,))).blocking == ()


@pytest.mark.parametrize(
    ("state", "closes_in", "blocks"),
    [
        (State.OPEN, timedelta(days=1), True),
        (State.OPEN, timedelta(days=-1), False),
        (State.PAUSED, timedelta(days=1), True),
        (State.CLOSED, timedelta(days=-1), False),
    ],
)
def test_a_round_that_may_still_bring_answers_stops_publication(
    state: State, closes_in: timedelta, blocks: bool
) -> None:
    asked = replace(ROUND, state=state, closes_at=NOW + closes_in)
    material = replace(MATERIAL, consultation=replace(CONSULTATION, rounds=(asked,)))
    assert bool(found(material).blocking) is blocks


def test_a_consultation_that_never_opened_cannot_be_reported() -> None:
    asked = replace(ROUND, state=State.DRAFT)
    material = replace(MATERIAL, consultation=replace(CONSULTATION, rounds=(asked,)))
    assert found(material).blocking[0].what == "Nobody has been asked yet"


def test_a_ledger_that_does_not_balance_stops_publication() -> None:
    gap = found(replace(MATERIAL, balanced=False)).blocking[0]
    assert gap.what == "The ledger does not balance"


def test_a_report_without_a_codebook_is_stopped() -> None:
    assert found(replace(MATERIAL, themes=())).blocking[0].what == "There is no codebook"


def test_counts_of_nothing_stop_publication_and_counts_of_some_warn() -> None:
    assert found(replace(MATERIAL, unread=22)).blocking[0].place == "coding"
    some = found(replace(MATERIAL, unread=3))
    assert some.blocking == ()
    assert some.warnings[0].what == "3 of 22 written answers have not been read"


def test_a_consultation_without_written_answers_is_not_stopped_for_unread_ones() -> None:
    assert found(replace(MATERIAL, written=0, unread=0)).blocking == ()


@pytest.mark.parametrize(
    ("weaker", "what"),
    [
        ({"said": {1: Said(people=8, read=22)}}, "“Lighting” has no quote"),
        ({"said": {}}, "No response is counted under “Lighting”"),
        (
            {"said": {1: replace(MATERIAL.said[1], people=4)}},
            "Fewer than 5 responses are behind “Lighting”",
        ),
        (
            {"answered": Answered(received=3, analysed=3, excluded={}, by_channel={}, by_round={})},
            "Fewer than 5 responses were analysed in all",
        ),
        (
            {"commitments": (commitment(TODAY - timedelta(days=1)),)},
            "A commitment is overdue: Plant forty trees",
        ),
        (
            {"consultation": replace(CONSULTATION, about=About())},
            "The consultation has no summary",
        ),
        ({"consultation": replace(CONSULTATION, caveat="")}, "The consultation has no caveat"),
        (
            {"outcomes": {1: replace(outcome(1), ready=False)}},
            "Respondents do not yet see the outcome of “Lighting”",
        ),
        (
            {
                "consultation": replace(
                    CONSULTATION, rounds=(replace(ROUND, closes_at=NOW - timedelta(minutes=59)),)
                )
            },
            "Round 1 closed less than an hour ago",
        ),
    ],
)
def test_what_weakens_a_report_is_a_warning_and_stops_nothing(
    weaker: dict[str, object], what: str
) -> None:
    gaps = found(replace(MATERIAL, **weaker))
    assert [gap.what for gap in gaps.warnings] == [what]
    assert gaps.blocking == ()


def test_a_kept_commitment_is_no_gap() -> None:
    kept = commitment(TODAY - timedelta(days=9), kept_on=TODAY - timedelta(days=1))
    assert found(replace(MATERIAL, commitments=(kept,))) == Lint((), ())


def test_a_later_edition_needs_a_reason() -> None:
    assert reason_gap(2).fix == "Say why edition 2 replaces edition 1"
