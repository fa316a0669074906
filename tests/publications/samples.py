"""A small consultation of twenty-two responses, from which tests make what they need."""

from datetime import UTC, date, datetime

from analysis.codebook import Theme
from publications.commitments import Commitment
from publications.drafting import Imprint, Material, Said
from publications.outcomes import Kind, Outcome
from publications.report import (
    Answered,
    Part,
    ReportedItem,
    ReportedOption,
    ReportedQuestion,
    ReportedQuote,
    ThemeRound,
)
from surveys.consultation import About, Consultation, Document, Round, State
from surveys.questionnaire import LongText, Page, Questionnaire

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
TODAY = NOW.date()

ROUND = Round(
    id=1,
    consultation_id=1,
    number=1,
    version_id=1,
    state=State.CLOSED,
    opens_at=datetime(2026, 9, 6, tzinfo=UTC),
    closes_at=datetime(2026, 10, 3, 22, 59, 59, tzinfo=UTC),
    asked_about=Document("Parks strategy", "second draft"),
)
CONSULTATION = Consultation(
    id=1,
    slug="parks",
    title="The future of our parks",
    about=About(summary="How should parks be looked after?"),
    state=State.CLOSED,
    caveat="Anyone could answer, so it does not represent everyone.",
    invented=False,
    threshold=5,
    rounds=(ROUND,),
)
QUESTIONNAIRE = Questionnaire(
    title="Parks",
    languages=("en",),
    pages=(Page("Your view", (LongText(key="view", text="What matters most in a park?"),)),),
)
SUPPORT = ReportedQuestion(
    key="support",
    type="single",
    text="Should parks open later?",
    items=(
        ReportedItem(
            row="",
            text="",
            answered=20,
            missing=2,
            not_routed=0,
            options=(
                ReportedOption(value="yes", text="Yes", n=15, share=0.75),
                ReportedOption(value="no", text="No", n=5, share=0.25),
            ),
        ),
    ),
)


def theme(number: int, label: str) -> Theme:
    return Theme(
        id=number,
        slug=label.lower().replace(" ", "-"),
        label=label,
        description="",
        keywords=(),
        reference="",
        position=number,
        created_at=NOW,
    )


def outcome(theme_id: int, kind: Kind = Kind.ALREADY_IN_PLACE, **texts: str) -> Outcome:
    return Outcome(
        theme_id=theme_id, kind=kind, ready=True, **{"statement": "It is there already.", **texts}
    )


def commitment(
    due_on: date, *, theme_id: int | None = None, kept_on: date | None = None
) -> Commitment:
    return Commitment(
        id=1,
        promise="Plant forty trees",
        owner="Head of Parks",
        forum="Environment Committee",
        due_on=due_on,
        kept_on=kept_on,
        theme_id=theme_id,
    )


LIGHTING = theme(1, "Lighting")
QUOTE = ReportedQuote("I will not walk there after dark.", 1)
MATERIAL = Material(
    consultation=CONSULTATION,
    versions=(QUESTIONNAIRE,),
    answered=Answered(
        received=23,
        analysed=22,
        excluded={"withdrawn": 1},
        by_channel={"online": Part(20, 19), "paper": Part(3, 3)},
        by_round={"1": Part(23, 22)},
    ),
    balanced=True,
    written=22,
    unread=0,
    themes=(LIGHTING,),
    said={1: Said(people=8, read=22, by_round={"1": ThemeRound(8, 22)}, quotes=(QUOTE,))},
    outcomes={1: outcome(1)},
    commitments=(),
    questions=(SUPPORT,),
)
IMPRINT = Imprint(edition=1, published_at=NOW)
