"""What everyone reads before answering: why we ask, what can change, and by when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from app.clock import now
from app.languages import LanguageChoice, asked_language, language_choices
from app.settings import settings
from app.speech import ENGLISH, Day, sentence, speech
from app.templating import render
from surveys import store
from surveys.consultation import (
    ABOUT_TEXTS,
    About,
    Consultation,
    Document,
    Round,
    State,
    time_left,
)
from surveys.marked import Marked, marked, title_of
from surveys.pages.reading_list import ReadingList, reading_list
from surveys.questionnaire import Questionnaire, Statement
from surveys.readiness import title_of as title_of_check
from surveys.readiness.minutes import minutes
from surveys.reply import promise_of, promise_words

AnyRequest = Request[Any, Any, Any]


class RoundLine(Struct, frozen=True):
    """One round as everyone sees it; `dates` is a sentence, `pause` is what kept it from going on,
    if anything."""

    number: int
    stage: State
    dates: str
    document: Document
    pause: str


class OverriddenLine(Struct, frozen=True):
    """A check that found something before a round opened, and why it opened all the same."""

    round_number: int
    title: str
    found: tuple[str, ...]
    reason: str


class OverviewPage(Struct, frozen=True, kw_only=True):
    """`about` are the texts by name; `own` is the language of what has no
    translation; `query` carries the reader's language to other pages; `promise` says when there
    is a reply; `left` how long there is to answer."""

    slug: str
    title: Marked
    about: Mapping[str, Marked]
    documents: tuple[Document, ...]
    reading: ReadingList
    corrections: tuple[store.Correction, ...]
    overridden: tuple[OverriddenLine, ...]
    stage: State
    left: str
    standing: str
    rounds: tuple[RoundLine, ...]
    questions: int
    pages: int
    minutes: int
    promise: str
    information_law: str
    languages: tuple[LanguageChoice, ...]
    query: str
    caveat: str
    invented: bool
    reported: bool
    own: str
    trial: bool = False


@get("/consultations/{slug:str}", name="consultation")
async def overview(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await store.consultation(slug)
    if not is_public(consultation):
        raise store.NoSuchConsultation(
            sentence("Check the address, or look for it on the front page.")
        )
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
    planned = asked or await _draft_of(consultation)
    languages = planned.languages
    language = asked_language(request.query_params, languages)
    page = OverviewPage(
        slug=consultation.slug,
        title=title_of(consultation, asked, language),
        about=_about(consultation.about, language, default=languages[0]),
        documents=consultation.about.documents,
        reading=reading_list(
            consultation.slug,
            await store.documents(consultation.id),
            planned,
            language=language,
            own=languages[0],
        ),
        corrections=await store.corrections(consultation),
        overridden=tuple(map(_overridden, await store.overridden(consultation.id))),
        stage=consultation.state,
        left=_left(consultation, moment, language),
        standing=_standing(consultation, moment, language),
        rounds=tuple(
            _line(each, moment, language) for each in consultation.rounds if _is_told(each, moment)
        ),
        questions=sum(not isinstance(each, Statement) for each in asked.questions) if asked else 0,
        pages=len(asked.pages) if asked else 0,
        minutes=minutes(asked, language=languages[0]) if asked else 0,
        promise=promised_reply(consultation, moment, language),
        information_law=information_law(settings().nation, language),
        languages=language_choices(languages, language),
        query="" if language == languages[0] else f"?lang={language}",
        caveat=consultation.caveat,
        invented=consultation.invented,
        reported=consultation.reported,
        own=languages[0],
        trial=trial,
    )
    return render(request, "surveys/overview.html", page, language=language)


def promised_reply(consultation: Consultation, moment: datetime, language: str) -> str:
    """By when people hear what became of it, and how that stands; empty without a promise."""
    zone = settings().time_zone
    promise = promise_of(consultation, now=moment, zone=zone)
    today = moment.astimezone(zone).date()
    return promise_words(promise, today=today, speaks=speech(language)) if promise else ""


def information_law(nation: str, language: str) -> str:
    """By which law anyone may ask a public body for what it holds; Scotland has its own."""
    say = speech(language).say
    if nation == "scotland":
        return say(
            "Anyone may ask us for what we hold, under the Freedom of Information (Scotland) Act "
            "2002 and the Environmental Information (Scotland) Regulations 2004. That covers "
            "answers to consultations, so we may have to disclose yours, or a part of it."
        )
    return say(
        "Anyone may ask us for what we hold, under the Freedom of Information Act 2000 and the "
        "Environmental Information Regulations 2004. That covers answers to consultations, so we "
        "may have to disclose yours, or a part of it."
    )


def _about(about: About, language: str, *, default: str) -> dict[str, Marked]:
    return {name: marked(getattr(about, name), language, default=default) for name in ABOUT_TEXTS}


async def _questionnaire(consultation: Consultation, moment: datetime) -> Questionnaire | None:
    """What is asked now: the open round's version, else the last round's."""
    asked = consultation.open_round(moment) or next(iter(consultation.rounds[-1:]), None)
    return (await store.version(asked.version_id)).questionnaire if asked else None


def _overridden(each: store.Overridden) -> OverriddenLine:
    title = title_of_check(each.code)
    lines = tuple(line for line in each.found.split("\n") if line != f"{title}.")
    return OverriddenLine(each.round_number, title, lines, each.reason)


async def _draft_of(consultation: Consultation) -> Questionnaire:
    """What will be asked: the newest version, while there is no round."""
    return (await store.versions(consultation.id))[-1].questionnaire


def _is_told(asked: Round, moment: datetime) -> bool:
    return asked.standing(moment) is not State.DRAFT or asked.opens_at is not None


def _line(asked: Round, moment: datetime, language: str) -> RoundLine:
    stage = asked.standing(moment)
    pause = asked.pause_reason if stage in (State.PAUSED, State.CLOSED) else ""
    dates = _dates(asked, stage, language)
    return RoundLine(asked.number, stage, dates, asked.asked_about, pause)


def _dates(asked: Round, stage: State, language: str) -> str:
    """When a round opened or opens, and closes or closed."""
    speaks = speech(language)
    say = speaks.say
    opens = Day(asked.opens_at) if asked.opens_at else None
    closes = Day(asked.closes_at) if asked.closes_at else None
    if stage is State.CLOSED and opens and closes:
        return say("Opened {opens}, closed {closes}", opens=opens, closes=closes)
    if stage is State.CLOSED and closes:
        return say("Closed {closes}", closes=closes)
    if stage is State.DRAFT and opens and closes:
        return say("Opens {opens}, closes {closes}", opens=opens, closes=closes)
    if opens and closes:
        return say("Opened {opens}, closes {closes}", opens=opens, closes=closes)
    if opens:
        words = say("Opens {opens}", opens=opens)
        return words if stage is State.DRAFT else say("Opened {opens}", opens=opens)
    return say("Closes {closes}", closes=closes) if closes else ""


def _left(consultation: Consultation, moment: datetime, language: str) -> str:
    """The countdown; empty where there is nothing to count to."""
    current = consultation.open_round(moment)
    if current is None or current.closes_at is None:
        return ""
    return time_left(current.closes_at, moment, settings().time_zone, language=language)


def _standing(consultation: Consultation, moment: datetime, language: str) -> str:
    """As `standing_words`, beside the countdown."""
    current = consultation.open_round(moment)
    if current and current.closes_at:
        return speech(language).say("Open until {moment}.", moment=current.closes_at)
    return standing_words(consultation, moment, language)


def standing_words(consultation: Consultation, moment: datetime, language: str = ENGLISH) -> str:
    """Where the consultation stands, as a sentence that tells a reader whether to answer."""
    zone = settings().time_zone
    say = speech(language).say
    current = consultation.open_round(moment)
    if current and current.closes_at:
        left = time_left(current.closes_at, moment, zone, language=language)
        return say("Open until {moment}: {left}.", moment=current.closes_at, left=left)
    if current:
        return say("Open now. No closing date has been set.")
    if consultation.state is State.PAUSED:
        return say("Paused. No answers are being taken for the moment.")
    return _not_open_words(consultation, moment, language)


def _not_open_words(consultation: Consultation, moment: datetime, language: str) -> str:
    say = speech(language).say
    coming = [each.opens_at for each in consultation.rounds if _opens_later(each, moment)]
    if coming and coming[0]:
        return say("Not open yet. It opens on {moment}.", moment=coming[0])
    ends = [each.closes_at for each in consultation.rounds if each.closes_at]
    if ends:
        return say("Closed on {day}. Answers are no longer taken.", day=Day(max(ends)))
    return say("Not open yet. No opening date has been set.")


def _opens_later(asked: Round, moment: datetime) -> bool:
    return asked.opens_at is not None and asked.opens_at > moment
