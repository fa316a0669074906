"""A report put together from what was asked, what people said and what was done about it."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from analysis.codebook import Theme
from app.speech import ENGLISH
from publications.closed import written_questions
from publications.commitments import Commitment
from publications.figures import figures
from publications.gaps import Standing, ThemeStanding
from publications.outcomes import Outcome
from publications.report import (
    Answered,
    Report,
    ReportedCommitment,
    ReportedOutcome,
    ReportedQuestion,
    ReportedQuote,
    ReportedRound,
    ReportedTheme,
    ThemeRound,
)
from surveys.consultation import Consultation, State
from surveys.questionnaire import Questionnaire


class Said(Struct, frozen=True, kw_only=True):
    """What people said on one theme, as analysis counted and cleared it."""

    people: int = 0
    read: int = 0
    by_round: dict[str, ThemeRound] = {}
    quotes: tuple[ReportedQuote, ...] = ()


class Material(Struct, frozen=True, kw_only=True):
    """Everything a report is made of. `versions` come newest first; `said` and `outcomes` are by
    theme id; `written` and `unread` count free-text answers."""

    consultation: Consultation
    versions: tuple[Questionnaire, ...]
    answered: Answered
    balanced: bool
    written: int
    unread: int
    themes: tuple[Theme, ...]
    said: Mapping[int, Said]
    outcomes: Mapping[int, Outcome]
    commitments: tuple[Commitment, ...]
    questions: tuple[ReportedQuestion, ...]


class Imprint(Struct, frozen=True, kw_only=True):
    """What an edition says of itself. `replaces` is the seal of the edition before, if any."""

    edition: int
    published_at: datetime
    reason: str = ""
    replaces: str = ""


def standing(material: Material, *, now: datetime, today: date) -> Standing:
    """What lint looks at."""
    return Standing(
        consultation=material.consultation,
        analysed=material.answered.analysed,
        balanced=material.balanced,
        written=material.written,
        unread=material.unread,
        themes=tuple(_theme_standing(theme, material) for theme in material.themes),
        commitments=material.commitments,
        today=today,
        now=now,
    )


def draft(material: Material, imprint: Imprint) -> Report:
    """The report with its figures numbered. A theme without an outcome is left out of it."""
    about = material.consultation.about
    slugs = {theme.id: theme.slug for theme in material.themes}
    report = Report(
        slug=material.consultation.slug,
        title=material.consultation.title,
        summary=about.said("summary", ENGLISH),
        why=about.said("why", ENGLISH),
        caveat=material.consultation.caveat,
        invented=material.consultation.invented,
        threshold=material.consultation.threshold,
        edition=imprint.edition,
        published_at=imprint.published_at,
        reason=imprint.reason,
        replaces=imprint.replaces,
        rounds=_rounds(material.consultation, imprint.published_at),
        asked=written_questions(material.versions),
        answered=material.answered,
        themes=tuple(
            _theme(theme, _said(theme, material), material.outcomes[theme.id])
            for theme in material.themes
            if theme.id in material.outcomes
        ),
        questions=material.questions,
        commitments=tuple(_commitment(each, slugs) for each in material.commitments),
    )
    return replace(report, figures=figures(report))


def _said(theme: Theme, material: Material) -> Said:
    return material.said.get(theme.id, Said())


def _theme_standing(theme: Theme, material: Material) -> ThemeStanding:
    said = _said(theme, material)
    return ThemeStanding(
        id=theme.id,
        label=theme.label,
        people=said.people,
        quotes=len(said.quotes),
        outcome=material.outcomes.get(theme.id),
        commitments=tuple(each for each in material.commitments if each.theme_id == theme.id),
    )


def _rounds(consultation: Consultation, now: datetime) -> tuple[ReportedRound, ...]:
    return tuple(
        ReportedRound(
            number=asked.number,
            opened_at=asked.opens_at,
            closed_at=asked.closes_at,
            asked_about=asked.asked_about,
            pause_reason=asked.pause_reason,
        )
        for asked in consultation.rounds
        if asked.standing(now) is not State.DRAFT
    )


def _theme(theme: Theme, said: Said, outcome: Outcome) -> ReportedTheme:
    return ReportedTheme(
        slug=theme.slug,
        label=theme.label,
        description=theme.description,
        reference=theme.reference,
        people=said.people,
        read=said.read,
        by_round=said.by_round,
        quotes=said.quotes,
        outcome=ReportedOutcome(
            kind=outcome.kind,
            statement=outcome.statement,
            asked=outcome.asked,
            reason=outcome.reason,
            document=outcome.document,
            section=outcome.section,
            before=outcome.before,
            after=outcome.after,
            instead=outcome.instead,
        ),
    )


def _commitment(commitment: Commitment, slugs: Mapping[int, str]) -> ReportedCommitment:
    return ReportedCommitment(
        promise=commitment.promise,
        owner=commitment.owner,
        forum=commitment.forum,
        due_on=commitment.due_on,
        kept_on=commitment.kept_on,
        progress=commitment.progress,
        theme=None if commitment.theme_id is None else slugs.get(commitment.theme_id),
    )
