"""What everyone reads before answering: why we ask, what can change, and by when."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from app.clock import now
from app.settings import settings
from app.templating import render
from app.words import date_words, moment_words
from surveys import store
from surveys.consultation import About, Consultation, Document, Round, State, time_left
from surveys.languages import language_name
from surveys.questionnaire import Questionnaire, Statement

AnyRequest = Request[Any, Any, Any]


class RoundLine(Struct, frozen=True):
    """One round as everyone sees it; `pause` is what kept it from going on, if anything."""

    number: int
    stage: State
    opened: datetime | None
    closes: datetime | None
    document: Document
    pause: str


class OverviewPage(Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    about: About
    stage: State
    standing: str
    rounds: tuple[RoundLine, ...]
    questions: int
    pages: int
    languages: tuple[tuple[str, str], ...]
    caveat: str
    invented: bool
    reported: bool
    trial: bool = False


@get("/consultations/{slug:str}", name="consultation")
async def overview(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await store.consultation(slug)
    if not is_public(consultation):
        raise store.NoSuchConsultation("Check the address, or look for it on the front page.")
    return await overview_response(request, consultation)


def is_public(consultation: Consultation) -> bool:
    """A draft is nobody's business until it has a day to open on."""
    return consultation.state is not State.DRAFT or any(
        each.state is State.OPEN for each in consultation.rounds
    )


async def overview_response(
    request: AnyRequest, consultation: Consultation, *, trial: bool = False
) -> Response[str]:
    """The page; a `trial` is an officer's look at it."""
    moment = now()
    asked = await _questionnaire(consultation, moment)
    page = OverviewPage(
        slug=consultation.slug,
        title=consultation.title,
        about=consultation.about,
        stage=consultation.state,
        standing=standing_words(consultation, moment),
        rounds=tuple(_line(each, moment) for each in consultation.rounds if _is_told(each, moment)),
        questions=sum(not isinstance(each, Statement) for each in asked.questions) if asked else 0,
        pages=len(asked.pages) if asked else 0,
        languages=_languages(asked),
        caveat=consultation.caveat,
        invented=consultation.invented,
        reported=consultation.reported,
        trial=trial,
    )
    return render(request, "surveys/overview.html", page)


def _languages(asked: Questionnaire | None) -> tuple[tuple[str, str], ...]:
    """Codes with names, where there is a choice."""
    codes = asked.languages if asked and len(asked.languages) > 1 else ()
    return tuple((code, language_name(code)) for code in codes)


async def _questionnaire(consultation: Consultation, moment: datetime) -> Questionnaire | None:
    """What is asked now: the open round's version, else the last round's."""
    asked = consultation.open_round(moment) or next(iter(consultation.rounds[-1:]), None)
    return (await store.version(asked.version_id)).questionnaire if asked else None


def _is_told(asked: Round, moment: datetime) -> bool:
    return asked.standing(moment) is not State.DRAFT or asked.opens_at is not None


def _line(asked: Round, moment: datetime) -> RoundLine:
    stage = asked.standing(moment)
    pause = asked.pause_reason if stage in (State.PAUSED, State.CLOSED) else ""
    return RoundLine(asked.number, stage, asked.opens_at, asked.closes_at, asked.asked_about, pause)


def standing_words(consultation: Consultation, moment: datetime) -> str:
    """Where the consultation stands, as a sentence that tells a reader whether to answer."""
    zone = settings().time_zone
    current = consultation.open_round(moment)
    if current and current.closes_at:
        left = time_left(current.closes_at, moment, zone)
        return f"Open until {moment_words(current.closes_at, zone)}: {left}."
    if current:
        return "Open now. No closing date has been set."
    if consultation.state is State.PAUSED:
        return "Paused. No answers are being taken for the moment."
    return _not_open_words(consultation, moment)


def _not_open_words(consultation: Consultation, moment: datetime) -> str:
    zone = settings().time_zone
    coming = [each.opens_at for each in consultation.rounds if _opens_later(each, moment)]
    if coming and coming[0]:
        return f"Not open yet. It opens on {moment_words(coming[0], zone)}."
    ends = [each.closes_at for each in consultation.rounds if each.closes_at]
    if ends:
        return f"Closed on {date_words(max(ends), zone)}. Answers are no longer taken."
    return "Not open yet. No opening date has been set."


def _opens_later(asked: Round, moment: datetime) -> bool:
    return asked.opens_at is not None and asked.opens_at > moment
