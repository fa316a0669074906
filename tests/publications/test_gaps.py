"""What stops publication, and what only weakens it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from analysis.quantities import Stated
from analysis.statements import Bound, Did, Kept, Saying
from analysis.statements import Standing as Statement
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


SAYING = Saying(
    did=Did.AGREED, question="Parks should open later", row="", answers=(), round_number=None
)


def statement(
    now: Stated | None, *, sentence: str = "", saying: Saying | None = SAYING
) -> Statement:
    kept = Kept(
        id=4,
        bound=Bound("later", values=("agree",)),
        written=Stated("most", 54, 78),
        sentence=sentence,
        in_report=True,
        written_by="officer@hearback.example",
        written_at=NOW,
    )
    return Statement(kept=kept, saying=saying, now=now)


def test_a_sentence_that_no_longer_fits_the_data_stops_publication() -> None:
    unfit = statement(Stated("around half", 35, 78), sentence="Most want it.")
    (gap,) = found(replace(MATERIAL, statements=(unfit,))).blocking
    assert gap.what == "“Most want it.” does not fit its numbers any more"
    assert gap.why.startswith("“most” was written of 54 of 78, 69%; it is 35 of 78, 45% now")
    assert gap.place == "statements/4"
    by_rule = statement(Stated("around half", 35, 78))
    assert found(replace(MATERIAL, statements=(by_rule,))) == Lint((), ())
    fits = statement(Stated("most", 60, 80), sentence="Most want it.")
    assert found(replace(MATERIAL, statements=(fits,))) == Lint((), ())


def test_a_printed_statement_of_what_is_asked_no_more_stops_publication() -> None:
    (gap,) = found(replace(MATERIAL, statements=(statement(None, saying=None),))).blocking
    assert gap.what == "A statement of the report counts nothing any more"


def test_a_printed_statement_without_a_number_to_publish_is_told() -> None:
    lint = found(replace(MATERIAL, statements=(statement(None),)))
    assert lint.blocking == ()
    (gap,) = lint.warnings
    assert gap.what == "A statement on “Parks should open later” is left out"


def test_a_word_without_a_number_in_the_summary_is_told() -> None:
    about = About(summary="Most people want lights. 75% were asked.")
    material = replace(MATERIAL, consultation=replace(CONSULTATION, about=about))
    lint = found(material)
    assert lint.blocking == ()
    assert [gap.what for gap in lint.warnings] == [
        "“most” stands in the summary with no number beside it",
        "“75%” stands in the summary and is no figure of this report",
    ]


def test_prose_may_name_the_figures_of_the_report() -> None:
    texts = outcome(1, statement="Some (8 of 22) wrote of it; 5 of 20 said no.")
    assert found(replace(MATERIAL, outcomes={1: texts})) == Lint((), ())
    other = outcome(1, statement="12 of 22 wrote of it.")
    (gap,) = found(replace(MATERIAL, outcomes={1: other})).warnings
    assert gap.what.startswith("“12 of 22” stands in the outcome of “Lighting”")
