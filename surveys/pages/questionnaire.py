"""Officers see what is asked and when, and open, pause and close it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.settings import settings
from app.templating import render
from surveys import store
from surveys.consultation import (
    Consultation,
    Document,
    Round,
    State,
    Version,
    close_of_day,
    start_of_day,
)
from surveys.opening import still_unsaid
from surveys.pages.overview import standing_words
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Statement

PAGE = "/officer/consultations/{slug:str}/questionnaire"
DAY = ("day", "month", "year")


class VersionLine(Struct, frozen=True):
    """One version in the list. `used_in` are the numbers of its rounds."""

    id: int
    number: int
    pages: int
    questions: int
    frozen: bool
    note: str
    used_in: tuple[int, ...]


class RoundLine(Struct, frozen=True):
    number: int
    stage: State
    version: int
    opens: datetime | None
    closes: datetime | None
    document: Document
    pause: str


class QuestionnairePage(Struct, frozen=True, kw_only=True):
    """`opens` says what opening does: a planned round, a new one, or a paused one again."""

    slug: str
    title: str
    standing: str
    invented: bool
    versions: tuple[VersionLine, ...]
    rounds: tuple[RoundLine, ...]
    can_open: bool
    opens: str
    can_pause: bool
    can_close: bool
    unsaid: tuple[str, ...]
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@get(PAGE, guards=[may_manage], name="questionnaire")
async def questionnaire_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    return await _response(request, await store.consultation(slug), Form({}))


@post(f"{PAGE}/open", guards=[may_manage])
async def open_round(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    closes_at = _closing(form, "closes")
    if form.problems:
        return await _response(request, await store.consultation(slug), form)
    try:
        await store.open_round(slug, by=request.user.email, now=now(), closes_at=closes_at)
    except store.ClosesBeforeItOpens as refused:
        form.refuse("closes-day", refused.words)
        return await _response(request, await store.consultation(slug), form)
    return _back(slug)


@post(f"{PAGE}/pause", guards=[may_manage])
async def pause_round(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    reason = form.text("reason", missing="Say why it is paused", limit=1000)
    if form.problems:
        return await _response(request, await store.consultation(slug), form)
    await store.pause_round(slug, reason=reason, by=request.user.email, now=now())
    return _back(slug)


@post(f"{PAGE}/close", guards=[may_manage])
async def close_round(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    if not form.ticked("sure"):
        form.refuse("sure", "Tick the box to close it now")
        return await _response(request, await store.consultation(slug), form)
    await store.close_round(slug, by=request.user.email, now=now())
    return _back(slug)


def _back(slug: str) -> Redirect:
    return Redirect(f"/officer/consultations/{slug}/questionnaire", status_code=303)


def _closing(form: Form, name: str) -> datetime | None:
    """The end of a day that was typed. A day that is over is a problem."""
    day = form.day(name)
    if day is None:
        return None
    closes_at = close_of_day(day, settings().time_zone)
    if closes_at <= now():
        form.refuse(f"{name}-day", "Enter a closing date that is still to come")
    return closes_at


async def _response(
    request: OfficerRequest, consultation: Consultation, form: Form
) -> Response[str]:
    versions = await store.versions(consultation.id)
    page = _page(consultation, versions, form, moment=now())
    status = 422 if form.problems else 200
    return render(request, "surveys/questionnaire.html", page, status=status)


def _page(
    consultation: Consultation, versions: tuple[Version, ...], form: Form, *, moment: datetime
) -> QuestionnairePage:
    standing = {each.standing(moment) for each in consultation.rounds}
    planned = next((r for r in consultation.rounds if r.standing(moment) is State.DRAFT), None)
    names = ("reason", *(f"closes-{part}" for part in DAY))
    typed = {name: "".join(form.fields.get(name, [])[:1]) for name in names}
    if not form.fields and planned and planned.closes_at:
        typed |= _typed_day("closes", planned.closes_at)
    return QuestionnairePage(
        slug=consultation.slug,
        title=consultation.title,
        standing=standing_words(consultation, moment),
        invented=consultation.invented,
        versions=tuple(_version_line(each, consultation.rounds) for each in versions),
        rounds=tuple(_round_line(each, versions, moment) for each in consultation.rounds),
        can_open=State.OPEN not in standing,
        opens=_what_opens(consultation, planned, standing),
        can_pause=State.OPEN in standing,
        can_close=bool(standing & {State.OPEN, State.PAUSED}),
        unsaid=still_unsaid(consultation.about),
        typed=typed,
        problems=tuple(form.problems),
    )


def _what_opens(consultation: Consultation, planned: Round | None, standing: set[State]) -> str:
    if State.PAUSED in standing:
        return "Open it again"
    number = planned.number if planned else len(consultation.rounds) + 1
    return f"Open round {number}"


def _typed_day(name: str, moment: datetime) -> dict[str, str]:
    day: date = moment.astimezone(settings().time_zone).date()
    parts = zip(DAY, (day.day, day.month, day.year), strict=True)
    return {f"{name}-{part}": str(number) for part, number in parts}


def _version_line(version: Version, rounds: tuple[Round, ...]) -> VersionLine:
    asked = [q for q in version.questionnaire.questions if not isinstance(q, Statement)]
    return VersionLine(
        version.id,
        version.number,
        len(version.questionnaire.pages),
        len(asked),
        version.frozen,
        version.note,
        tuple(each.number for each in rounds if each.version_id == version.id),
    )


def _round_line(asked: Round, versions: tuple[Version, ...], moment: datetime) -> RoundLine:
    return RoundLine(
        asked.number,
        asked.standing(moment),
        next(each.number for each in versions if each.id == asked.version_id),
        asked.opens_at,
        asked.closes_at,
        asked.asked_about,
        asked.pause_reason,
    )


class PlanPage(Struct, frozen=True, kw_only=True):
    """A round to plan: which version it asks, about which document, and when."""

    slug: str
    title: str
    number: int
    versions: tuple[Version, ...]
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@get(f"{PAGE}/round", guards=[may_manage], name="plan-round")
async def plan_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    return await _plan_response(request, await store.consultation(slug), Form({}))


@post(f"{PAGE}/round", guards=[may_manage])
async def plan_round(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    consultation = await store.consultation(slug)
    form = await read_form(request)
    versions = {str(each.number): each.id for each in await store.versions(consultation.id)}
    chosen = versions.get(form.text("version"))
    if chosen is None:
        form.refuse("version", "Choose the version that this round asks")
    opens, closes_at = form.day("opens"), _closing(form, "closes")
    opens_at = start_of_day(opens, settings().time_zone) if opens else None
    if opens_at and closes_at and closes_at < opens_at:
        form.refuse("closes-day", "Enter a closing date that is after the opening date")
    document = read_document(form, "document")
    if form.problems or chosen is None:
        return await _plan_response(request, consultation, form)
    await store.add_round(
        slug,
        version_id=chosen,
        opens_at=opens_at,
        closes_at=closes_at,
        asked_about=document,
        by=request.user.email,
        now=now(),
    )
    return _back(slug)


def read_document(form: Form, name: str) -> Document:
    """A document of three fields. An address that is not one, or that has no title: a problem."""
    title = form.text(f"{name}-title", limit=300)
    version = form.text(f"{name}-version", limit=100)
    document = Document(title, version, form.text(f"{name}-url", limit=1000))
    if document.url and not document.link:
        form.refuse(f"{name}-url", "Enter a web address that begins with https://")
    if not title and (version or document.url):
        form.refuse(f"{name}-title", "Enter the title of the document")
    return document


async def _plan_response(
    request: OfficerRequest, consultation: Consultation, form: Form
) -> Response[str]:
    versions = await store.versions(consultation.id)
    days = (f"{name}-{part}" for name in ("opens", "closes") for part in DAY)
    names = ("version", "document-title", "document-version", "document-url", *days)
    typed = {name: "".join(form.fields.get(name, [])[:1]) for name in names}
    page = PlanPage(
        slug=consultation.slug,
        title=consultation.title,
        number=len(consultation.rounds) + 1,
        versions=versions,
        typed={**typed, "version": typed["version"] or str(versions[-1].number)},
        problems=tuple(form.problems),
    )
    return render(request, "surveys/plan.html", page, status=422 if form.problems else 200)


@get(f"{PAGE}/versions/{{number:int}}", guards=[may_manage], name="download-questionnaire")
async def download(slug: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    document = await store.document(slug, number=number)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-version-{number}.json"'}
    return Response(document, media_type="application/json", headers=headers)
