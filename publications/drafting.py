"""A report put together from what was asked, what people said and what was done about it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from analysis.codebook import Theme
from analysis.quantities import BANDS, Band, in_every_language
from analysis.statements import Standing as Statement
from app.speech import ENGLISH
from publications.closed import written_questions
from publications.commitments import Commitment
from publications.figures import figures
from publications.gaps import Standing, ThemeStanding
from publications.outcomes import Outcome
from publications.prose import Pairs, Prose
from publications.report import (
    Answered,
    Report,
    ReportedCommitment,
    ReportedItem,
    ReportedOutcome,
    ReportedQuestion,
    ReportedQuote,
    ReportedRound,
    ReportedStatement,
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
    theme id; `written` and `unread` count free-text answers. `statements` are all on record."""

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
    bands: tuple[Band, ...] = BANDS
    statements: tuple[Statement, ...] = ()


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
        statements=material.statements,
        left_out=tuple(
            each
            for each in material.statements
            if each.kept.in_report and each.saying and not may_be_printed(each, material)
        ),
        prose=prose_of(material),
        bands=material.bands,
        figures=pairs_of(material),
        today=today,
        now=now,
    )


def draft(material: Material, imprint: Imprint) -> Report:
    """The report with its figures numbered. A theme without an outcome is left out of it, and so
    is a statement that does not fit the data or has no number to publish."""
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
        statements=tuple(_statements(material)),
        bands=in_every_language(material.bands),
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


def _statements(material: Material) -> Iterator[ReportedStatement]:
    for each in material.statements:
        if not (each.kept.in_report and each.conflict is None and may_be_printed(each, material)):
            continue
        if each.now is not None and each.saying is not None:
            yield ReportedStatement(
                id=each.kept.id,
                words=each.words,
                word=each.now.word,
                n=each.now.n,
                base=each.now.base,
                sentence=each.kept.sentence,
                saying=each.saying,
            )


def may_be_printed(statement: Statement, material: Material) -> bool:
    """Whether its numbers are to be published. Of a sensitive question only those that stand in the
    report anyhow: what an edition keeps back beside earlier ones, no statement tells."""
    if statement.now is None or not statement.sensitive:
        return statement.now is not None
    bound = statement.kept.bound
    shown = {
        option.value
        for question in material.questions
        if question.key == statement.key
        for item in question.items
        if item.row == bound.row
        for option in item.options
        if option.n is not None
    }
    return bound.round_number is None and shown >= set(bound.values)


def prose_of(material: Material) -> tuple[Prose, ...]:
    """The texts in which people may write of shares: the summary, themes and their outcomes."""
    about = material.consultation.about
    texts = [Prose("the summary", about.said("summary", ENGLISH), "about")]
    for theme in material.themes:
        where = f"the description of “{theme.label}”"
        texts.append(Prose(where, theme.description, f"themes/{theme.id}/edit"))
        if outcome := material.outcomes.get(theme.id):
            words = "\n".join((outcome.asked, outcome.statement, outcome.reason))
            where = f"the outcome of “{theme.label}”"
            texts.append(Prose(where, words, f"outcomes/{theme.id}"))
    return tuple(texts)


def pairs_of(material: Material) -> Pairs:
    """The figures that a text may name, as n and base. Those of closed questions are among them
    where the material has them."""
    said: list[Said | ThemeRound] = []
    for one in material.said.values():
        said += [one, *one.by_round.values()]
    stated = [each.now for each in material.statements if each.now and each.kept.in_report]
    items = [item for question in material.questions for item in question.items]
    return frozenset(
        [
            *((part.people, part.read) for part in said if part.read),
            *((now.n, now.base) for now in stated),
            *(pair for item in items for pair in _pairs(item)),
        ]
    )


def _pairs(item: ReportedItem) -> Iterator[tuple[int, int]]:
    if item.answered:
        yield from ((option.n, item.answered) for option in item.options if option.n is not None)
        for share in (item.agree, item.disagree):
            if share is not None:
                yield round(share * item.answered), item.answered
