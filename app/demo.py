"""Loads the demonstration: three consultations with invented answers, each once and for all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import asdict, replace

from analysis import store as analysis
from analysis.codebook import ThemeWords
from analysis.groupings import Group, Wanted
from analysis.statements import Bound
from analysis.store.groupings import add_grouping
from app.database import transaction
from app.demonstration.files import (
    SLUGS,
    Day,
    InventedResponse,
    Plan,
    PlannedEdition,
    PlannedRound,
    RecordedCommitment,
    date_of,
    read_document,
    read_plan,
    read_responses,
)
from app.settings import settings
from publications import store as publications
from publications.commitments import Promise
from publications.outcomes import Outcome
from responses import store as responses
from responses.response import KEYED_CHANNELS
from surveys import store as surveys
from surveys.consultation import Consultation, Round, close_of_day, start_of_day

BY = "demonstration"
NOON = time(12)
# The keys of the responses, and so their receipts, are made from it: it never changes.
RESPONSES = UUID("5d0c3f0e-9a53-4c0f-8e0d-7f4b1e2a6c91")

Tell = Callable[[str], None]


class Loading(Struct, frozen=True):
    """One consultation's plan, and the moment that its days are counted from."""

    slug: str
    plan: Plan
    now: datetime

    def day(self, day: Day) -> date:
        return date_of(day, today=self.now.astimezone(settings().time_zone).date())

    def moment(self, day: Day) -> datetime:
        """Noon of the day, or the moment of loading where noon is still to come."""
        return min(datetime.combine(self.day(day), NOON, settings().time_zone), self.now)

    @property
    def decided(self) -> datetime:
        return self.moment(self.plan.decided)


def silent(_words: str) -> None:
    """For callers who show no progress."""


async def load(now: datetime, *, tell: Tell = silent) -> tuple[str, ...]:
    """Load what is not there yet; a line for each consultation. Again it changes nothing.

    What an earlier loading left half done, because it was stopped, is finished.
    """
    return tuple([await _load(Loading(slug, read_plan(slug), now), tell) for slug in SLUGS])


async def _load(loading: Loading, tell: Tell) -> str:
    consultation = await _asked(loading)
    if not consultation.invented:
        return f"{loading.slug}: left alone, because another consultation has this address"
    if await analysis.themes(consultation.id):
        return f"{loading.slug}: already loaded"
    tell(f"Loading “{consultation.title}”")
    count = await _answered(loading, consultation)
    tell(f"  {count} responses; now their themes and outcomes")
    # The themes come together with all that rests on them, and so mark a loading as finished.
    async with transaction():
        await _closed_the_loop(loading, consultation)
    return f"{loading.slug}: loaded with {count} invented responses"


async def _asked(loading: Loading) -> Consultation:
    """The consultation with its rounds, opened and closed as planned."""
    try:
        return await surveys.consultation(loading.slug, at=loading.now)
    except surveys.NoSuchConsultation:
        async with transaction():
            await _create(loading)
        return await surveys.consultation(loading.slug, at=loading.now)


async def _create(loading: Loading) -> None:
    plan = loading.plan
    first, *later = plan.rounds
    began = start_of_day(loading.day(first.opens), settings().time_zone)
    consultation = await surveys.create_consultation(
        read_document(loading.slug, first),
        slug=loading.slug,
        by=BY,
        now=began,
        about=plan.about,
        caveat=plan.caveat,
        invented=True,
        threshold=plan.threshold,
    )
    (version,) = await surveys.versions(consultation.id)
    await _hold_round(loading, first, version.id)
    for planned in later:
        version = await surveys.add_version(
            consultation.id,
            read_document(loading.slug, planned),
            by=BY,
            now=start_of_day(loading.day(planned.opens), settings().time_zone),
            note=planned.note,
        )
        await _hold_round(loading, planned, version.id)


async def _hold_round(loading: Loading, planned: PlannedRound, version_id: int) -> None:
    """Open the round on its day; pause it if it was paused; close it if its last day is over."""
    slug, zone = loading.slug, settings().time_zone
    opens = start_of_day(loading.day(planned.opens), zone)
    closes = close_of_day(loading.day(planned.closes), zone)
    await surveys.add_round(
        slug,
        version_id=version_id,
        opens_at=opens,
        closes_at=closes,
        asked_about=planned.asked_about,
        by=BY,
        now=opens,
    )
    await surveys.open_round(slug, by=BY, now=opens, reasons=planned.reasons)
    if planned.pause_reason:
        await surveys.pause_round(slug, reason=planned.pause_reason, by=BY, now=closes)
    if closes < loading.now:
        await surveys.close_round(slug, by=BY, now=closes)


async def _answered(loading: Loading, consultation: Consultation) -> int:
    """Store the responses that are not stored yet; how many there are in all."""
    count = 0
    for planned, asked in zip(loading.plan.rounds, consultation.rounds, strict=True):
        invented = read_responses(loading.slug, planned)
        await _store(loading, asked, invented)
        count += len(invented)
    return count


async def _store(loading: Loading, asked: Round, invented: Iterable[InventedResponse]) -> None:
    version = await surveys.version(asked.version_id)
    zone = settings().time_zone
    first_day = (asked.opens_at or loading.now).astimezone(zone).date()
    for one in invented:
        await responses.add_response(
            asked,
            version,
            one.answers,
            channel=one.channel,
            submitted_at=one.sent_at(first_day, zone),
            key=response_key(loading.slug, one.id),
            keyed_by=BY if one.channel in KEYED_CHANNELS else "",
        )


def response_key(slug: str, response_id: str) -> UUID:
    """The same at every loading, so that a response is stored once and keeps its receipt."""
    return uuid5(RESPONSES, f"{slug}/{response_id}")


async def _closed_the_loop(loading: Loading, consultation: Consultation) -> None:
    themes = await _add_themes(loading)
    await _code(loading, consultation, themes)
    await _record_outcomes(loading, consultation, themes)
    promised = await _promise(loading, consultation, themes)
    await _group(loading, consultation)
    await _state(loading, consultation)
    first, later = loading.plan.editions[:1], loading.plan.editions[1:]
    await _publish(loading, first)
    for each in promised:
        await _report_progress(consultation, each)
    await _publish(loading, later)


async def _add_themes(loading: Loading) -> dict[str, int]:
    """The codebook; each theme's id by the name that the files give it."""
    added = {}
    for theme in loading.plan.themes:
        words = ThemeWords(theme.label, theme.description, theme.keywords, theme.reference)
        stored = await analysis.add_theme(loading.slug, words, by=BY, now=loading.decided)
        added[theme.name] = stored.id
    return added


class ReadAnswer(Struct, frozen=True):
    """A free-text answer as an officer left it: its themes by name, and the words cleared."""

    id: int
    themes: tuple[str, ...]
    quote: str


async def _code(loading: Loading, consultation: Consultation, themes: Mapping[str, int]) -> None:
    stored = await responses.text_answers(consultation.id)
    ids = {(answer.response_key, answer.question): answer.id for answer in stored}
    for answer in _read_answers(loading, ids):
        coded = [themes[name] for name in answer.themes]
        await analysis.set_codings(
            answer.id,
            coded,
            consultation_id=consultation.id,
            finished=True,
            coder=BY,
            now=loading.decided,
        )
        for theme_id in coded if answer.quote else ():
            await analysis.clear_quote(
                loading.slug, answer.id, theme_id, answer.quote, by=BY, now=loading.decided
            )


def _read_answers(loading: Loading, ids: Mapping[tuple[UUID, str], int]) -> Iterator[ReadAnswer]:
    for planned in loading.plan.rounds:
        for one in read_responses(loading.slug, planned):
            key = response_key(loading.slug, one.id)
            for question, names in one.themes.items():
                yield ReadAnswer(ids[key, question], names, one.quotes.get(question, ""))


async def _record_outcomes(
    loading: Loading, consultation: Consultation, themes: Mapping[str, int]
) -> None:
    for theme in loading.plan.themes:
        if theme.outcome is not None:
            outcome = Outcome(theme_id=themes[theme.name], ready=True, **asdict(theme.outcome))
            await publications.record_outcome(consultation, outcome, by=BY, now=loading.decided)


class Promised(Struct, frozen=True):
    """A commitment on record, and what has become of it since."""

    id: int
    promise: Promise
    kept_on: date | None


async def _promise(
    loading: Loading, consultation: Consultation, themes: Mapping[str, int]
) -> list[Promised]:
    """Put the commitments on record as they were made, before there was progress on them."""
    promised = []
    for name, recorded in _commitments(loading.plan):
        promise = Promise(
            promise=recorded.promise,
            owner=recorded.owner,
            forum=recorded.forum,
            due_on=loading.day(recorded.due),
            theme_id=themes[name] if name else None,
            progress=recorded.progress,
        )
        stored = await publications.add_commitment(
            consultation, replace(promise, progress=""), by=BY
        )
        kept_on = None if recorded.kept is None else loading.day(recorded.kept)
        promised.append(Promised(stored, promise, kept_on))
    return promised


def _commitments(plan: Plan) -> Iterator[tuple[str | None, RecordedCommitment]]:
    """Each with its theme's name; None for those that stand without a theme."""
    for theme in plan.themes:
        yield from ((theme.name, each) for each in theme.commitments)
    yield from ((None, each) for each in plan.commitments)


async def _group(loading: Loading, consultation: Consultation) -> None:
    for each in loading.plan.groupings:
        groups = tuple(Group(name, values) for name, values in each.groups.items())
        await add_grouping(
            consultation.slug,
            each.question,
            Wanted(each.name, groups),
            by=BY,
            now=loading.decided,
        )


async def _state(loading: Loading, consultation: Consultation) -> None:
    for each in loading.plan.statements:
        bound = Bound(each.question, each.row, each.answers)
        kept = await analysis.keep_statement(consultation, bound, by=BY, now=loading.decided)
        await analysis.print_statement(consultation, kept, in_report=True, by=BY)


async def _report_progress(consultation: Consultation, promised: Promised) -> None:
    if promised.kept_on is None:
        await publications.change_commitment(consultation, promised.id, promised.promise, by=BY)
    else:
        await publications.mark_kept(
            consultation,
            promised.id,
            kept_on=promised.kept_on,
            progress=promised.promise.progress,
            by=BY,
        )


async def _publish(loading: Loading, editions: Iterable[PlannedEdition]) -> None:
    for edition in editions:
        await publications.publish(
            loading.slug, by=BY, now=loading.moment(edition.on), reason=edition.reason
        )
