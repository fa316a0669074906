"""Sealed editions: what stops one, making one, and reading them back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from analysis import store as analysis
from app.audit.store import record
from app.clock import now as this_moment
from app.database import AlreadyThere, transaction
from app.problems import Refusal
from app.settings import settings
from app.speech import sentence
from publications.closed import closed_questions
from publications.drafting import Imprint, Material, Said, draft, prose_of, standing
from publications.editions import Edition, EditionMark, read_snapshot, seal
from publications.gaps import Gap, Lint, reason_gap
from publications.gaps import lint as find_gaps
from publications.kept_back import kept_back
from publications.prose import has_numbers
from publications.report import Answered, Report, ReportedQuestion, ReportedQuote, ThemeRound
from publications.store.records import commitments, outcomes
from publications.tables import EditionRow
from surveys import store as surveys
from surveys.consultation import Consultation, Version
from surveys.questionnaire import Questionnaire

_MARK = (EditionRow.number, EditionRow.published_at, EditionRow.reason, EditionRow.seal)


class NotReadyToPublish(Refusal):
    """The report has gaps that stop it; `gaps` are all of them."""

    title = "This report is not ready to be published"

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(". ".join(gap.fix for gap in gaps))
        self.gaps = tuple(gaps)


class PublishedMeanwhile(Refusal):
    title = "Someone else has just published this report"


class NothingPublished(Refusal):
    status = 404
    title = sentence("No report has been published yet")


async def lint(slug: str, *, now: datetime | None = None) -> Lint:
    """What stops or weakens publication at this moment."""
    moment = now or this_moment()
    consultation = await surveys.consultation(slug)
    material = await _material(consultation, moment)
    sensitive = any(each.sensitive and each.kept.in_report for each in material.statements)
    if sensitive or has_numbers(prose_of(material)):
        # These are held against the figures of closed questions; else none is needed.
        material = await _with_questions(material)
    return _lint(material, moment)


async def publish(slug: str, *, by: str, now: datetime, reason: str = "") -> Edition:
    """Seal the report as it stands and make it public. Raises NotReadyToPublish.

    Later editions need a `reason`: why they replace the one before.
    """
    try:
        async with transaction():
            return await _publish(await surveys.consultation(slug), by=by, now=now, reason=reason)
    except AlreadyThere:
        raise PublishedMeanwhile("Read the edition that is there before publishing one.") from None


async def _publish(consultation: Consultation, *, by: str, now: datetime, reason: str) -> Edition:
    earlier = await _marks(consultation.id)
    material = await _material(consultation, now)
    stopping = list(_lint(material, now).blocking)
    imprint = _imprint(earlier, now=now, reason=reason)
    if earlier and not reason:
        stopping.append(reason_gap(imprint.edition))
    if stopping:
        raise NotReadyToPublish(stopping)
    edition = seal(draft(await _with_questions(material), imprint))
    await _keep(edition, consultation, by=by)
    return edition


async def report_as_it_stands(slug: str, *, now: datetime) -> Report:
    """The report that would be sealed now; themes without an outcome are missing from it."""
    consultation = await surveys.consultation(slug)
    earlier = await _marks(consultation.id)
    material = await _with_questions(await _material(consultation, now))
    return draft(material, _imprint(earlier, now=now, reason=""))


async def editions(slug: str) -> tuple[EditionMark, ...]:
    """Every edition, the first one first."""
    return await _marks((await surveys.consultation(slug)).id)


async def edition(slug: str, number: int) -> Edition | None:
    consultation = await surveys.consultation(slug)
    return await _edition(consultation.id, number)


async def latest_edition(slug: str) -> Edition | None:
    consultation = await surveys.consultation(slug)
    marks = await _marks(consultation.id)
    return await _edition(consultation.id, marks[-1].number) if marks else None


def _lint(material: Material, now: datetime) -> Lint:
    return find_gaps(standing(material, now=now, today=_day(now)))


def _day(moment: datetime) -> date:
    return moment.astimezone(settings().time_zone).date()


def _imprint(earlier: Sequence[EditionMark], *, now: datetime, reason: str) -> Imprint:
    return Imprint(
        edition=len(earlier) + 1,
        published_at=now,
        reason=reason,
        replaces=earlier[-1].seal if earlier else "",
    )


async def _material(consultation: Consultation, now: datetime) -> Material:
    """All but the tallies of closed questions, which lint does without."""
    ledger = await analysis.ledger_figures(consultation.id)
    progress = await analysis.coding_progress(consultation.id)
    return Material(
        consultation=consultation,
        versions=await _versions(consultation),
        answered=msgspec.convert(msgspec.to_builtins(ledger), Answered),
        balanced=ledger.balanced,
        written=progress.total,
        unread=progress.total - progress.finished,
        themes=await analysis.themes(consultation.id),
        said=await _said(consultation),
        outcomes=await outcomes(consultation.id),
        commitments=await commitments(consultation.id),
        questions=(),
        bands=await analysis.bands(),
        statements=await analysis.statements(consultation),
    )


async def _with_questions(material: Material) -> Material:
    tally = await analysis.tally(material.consultation.slug, public=True)
    known = await surveys.versions(material.consultation.id)
    newest = _newest_first(known)
    same = await surveys.equivalences(material.consultation.id, known=known)
    every = [version.questionnaire for version in newest]
    names = [same.of(version.id) for version in newest]
    questions = closed_questions(tally, every, names)
    if any(question.special_category for question in questions):
        earlier = await _published_questions(material.consultation.id)
        threshold = material.consultation.threshold
        questions = kept_back(questions, earlier, threshold=threshold)
    return replace(material, questions=questions)


async def _published_questions(consultation_id: int) -> list[tuple[ReportedQuestion, ...]]:
    """The closed questions of every edition."""
    rows = await EditionRow.select(EditionRow.snapshot).where(
        EditionRow.consultation == consultation_id
    )
    return [read_snapshot(row["snapshot"].encode()).questions for row in rows]


async def _versions(consultation: Consultation) -> tuple[Questionnaire, ...]:
    """What was asked, newest version first: a version is frozen once a round asks it, and a round
    may have gone from one to a corrected one."""
    known = await surveys.versions(consultation.id)
    return tuple(each.questionnaire for each in _newest_first(known) if each.frozen)


def _newest_first(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: version.number, reverse=True)


async def _said(consultation: Consultation) -> dict[int, Said]:
    counts = await analysis.theme_counts(consultation.id)
    # Where few wrote in one round no quote names its round: the rest would tell which are theirs.
    few = any(
        0 < each.read < consultation.threshold
        for count in counts.values()
        for each in count.by_round
    )
    said = {
        theme_id: Said(
            people=count.people,
            read=count.read,
            by_round={
                str(each.round): ThemeRound(each.people, each.read) for each in count.by_round
            },
        )
        for theme_id, count in counts.items()
    }
    for cleared in await analysis.cleared_quotes(consultation.id):
        so_far = said.get(cleared.theme_id, Said())
        number = None if few else cleared.round_number
        quotes = (*so_far.quotes, ReportedQuote(cleared.quote, number))
        said[cleared.theme_id] = replace(so_far, quotes=quotes)
    return said


async def _marks(consultation_id: int) -> tuple[EditionMark, ...]:
    rows = (
        await EditionRow.select(*_MARK)
        .where(EditionRow.consultation == consultation_id)
        .order_by(EditionRow.number)
    )
    return tuple(msgspec.convert(row, EditionMark) for row in rows)


async def _edition(consultation_id: int, number: int) -> Edition | None:
    row: dict[str, Any] | None = (
        await EditionRow.select(*_MARK, EditionRow.snapshot)
        .where(EditionRow.consultation == consultation_id)
        .where(EditionRow.number == number)
        .first()
    )
    return msgspec.convert({**row, "snapshot": row["snapshot"].encode()}, Edition) if row else None


async def _keep(sealed: Edition, consultation: Consultation, *, by: str) -> None:
    row = EditionRow(
        consultation=consultation.id,
        number=sealed.number,
        published_at=sealed.published_at,
        published_by=by,
        reason=sealed.reason,
        snapshot=sealed.snapshot.decode(),
        seal=sealed.seal,
    )
    await row.save()
    await surveys.mark_reported(consultation.id, now=sealed.published_at)
    await record(
        "publish-edition",
        f"consultation:{consultation.slug}",
        by=by,
        detail={"edition": sealed.number, "seal": sealed.seal, "reason": sealed.reason},
    )
