"""Consultations as JSON, for other programs."""

from datetime import date, datetime

from litestar import Router, get
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import asdict

from app.clock import now
from app.settings import settings
from app.speech import ENGLISH
from surveys import store as surveys
from surveys.consultation import Consultation, Round, State
from surveys.questionnaire import Questionnaire
from surveys.reply import promise_of


class RoundSummary(Struct, frozen=True):
    number: int
    state: State
    opens_at: datetime | None
    closes_at: datetime | None


class ConsultationSummary(Struct, frozen=True):
    """`stage` is open, paused, closed or reported. `reply_weeks` is how soon after the last close a
    report is promised, and `reply_by` the day that this makes; null where none is promised, or no
    closing date is known."""

    slug: str
    title: str
    stage: State
    summary: str
    caveat: str
    invented: bool
    rounds: tuple[RoundSummary, ...]
    reply_weeks: int | None
    reply_by: date | None


class Consultations(Struct, frozen=True):
    consultations: tuple[ConsultationSummary, ...]


class ConsultationDetail(ConsultationSummary, frozen=True):
    """A consultation with the questionnaire of its newest round, in native JSON."""

    questionnaire: Questionnaire


def round_summary(one: Round) -> RoundSummary:
    return RoundSummary(one.number, one.state, one.opens_at, one.closes_at)


def summary(one: Consultation) -> ConsultationSummary:
    promise = promise_of(one, now=now(), zone=settings().time_zone)
    return ConsultationSummary(
        slug=one.slug,
        title=one.title,
        stage=one.state,
        summary=one.about.said("summary", ENGLISH),
        caveat=one.caveat,
        invented=one.invented,
        rounds=tuple(round_summary(each) for each in one.rounds if each.state is not State.DRAFT),
        reply_weeks=promise.weeks if promise else None,
        reply_by=promise.by if promise else None,
    )


@get("/api/consultations", name="api-consultations")
async def consultations() -> Consultations:
    """Every consultation that has been opened, the newest first."""
    every = await surveys.consultations()
    return Consultations(tuple(summary(one) for one in every if one.state is not State.DRAFT))


@get("/api/consultations/{slug:str}", name="api-consultation")
async def consultation(slug: FromPath[str]) -> ConsultationDetail:
    """One consultation with the questions of its newest round."""
    found = await surveys.consultation(slug)
    if found.state is State.DRAFT:
        raise surveys.NoSuchConsultation("It has not been opened.")
    newest = [one for one in found.rounds if one.state is not State.DRAFT][-1]
    version = await surveys.version(newest.version_id)
    return ConsultationDetail(**asdict(summary(found)), questionnaire=version.questionnaire)


router = Router(path="/", route_handlers=[consultations, consultation], include_in_schema=True)
