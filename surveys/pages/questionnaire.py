"""What is asked and when: the way to everything that makes a questionnaire, and its rounds."""

from collections.abc import Mapping
from datetime import datetime
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
from app.words import plural
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
from surveys.pages.overview import standing_words
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Questionnaire, Statement
from surveys.store import Change
from surveys.translated import missing

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
    import_notes: int


class RoundLine(Struct, frozen=True):
    number: int
    stage: State
    scheduled: bool
    version: int
    opens: datetime | None
    closes: datetime | None
    document: Document
    pause: str


class DraftLine(Struct, frozen=True):
    """The version that can still be edited. `missing` counts translations."""

    number: int
    pages: int
    questions: int
    languages: int
    missing: int
    last: Change | None


class Next(Struct, frozen=True):
    """The one thing to do next; `place` is below the consultation's address."""

    words: str
    why: str
    place: str


class QuestionnairePage(Struct, frozen=True, kw_only=True):
    """Without a `draft` every version is fixed, and a change begins a new one."""

    slug: str
    title: str
    standing: str
    invented: bool
    next: Next
    draft: DraftLine | None
    versions: tuple[VersionLine, ...]
    rounds: tuple[RoundLine, ...]
    can_open: bool
    can_pause: bool
    can_close: bool
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@get(PAGE, guards=[may_manage], name="questionnaire")
async def questionnaire_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    return await _response(request, await store.consultation(slug), Form({}))


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
    draft = await _draft_line(versions)
    left = await store.count_import_notes(each.id for each in versions)
    page = _page(consultation, versions, draft, left=left, form=form, moment=now())
    status = 422 if form.problems else 200
    return render(request, "surveys/questionnaire.html", page, status=status)


async def _draft_line(versions: tuple[Version, ...]) -> DraftLine | None:
    found = next((each for each in reversed(versions) if not each.frozen), None)
    if found is None:
        return None
    questionnaire = found.questionnaire
    changes = await store.changes(found.id, limit=1)
    return DraftLine(
        found.number,
        len(questionnaire.pages),
        _asked(questionnaire),
        len(questionnaire.languages),
        missing(questionnaire, questionnaire.languages),
        changes[0] if changes else None,
    )


def _page(
    consultation: Consultation,
    versions: tuple[Version, ...],
    draft: DraftLine | None,
    *,
    left: Mapping[int, int],
    form: Form,
    moment: datetime,
) -> QuestionnairePage:
    rounds = consultation.rounds
    standing = {each.standing(moment) for each in rounds}
    return QuestionnairePage(
        slug=consultation.slug,
        title=consultation.title,
        standing=standing_words(consultation, moment),
        invented=consultation.invented,
        next=_next(draft, standing, is_scheduled=any(r.is_scheduled(moment) for r in rounds)),
        draft=draft,
        versions=tuple(_version_line(each, rounds, left.get(each.id, 0)) for each in versions),
        rounds=tuple(_round_line(each, versions, moment) for each in consultation.rounds),
        can_open=State.OPEN not in standing,
        can_pause=State.OPEN in standing,
        can_close=bool(standing & {State.OPEN, State.PAUSED}),
        typed={"reason": "".join(form.fields.get("reason", [])[:1])},
        problems=tuple(form.problems),
    )


def _next(draft: DraftLine | None, standing: set[State], *, is_scheduled: bool) -> Next:
    if State.PAUSED in standing:
        return Next(
            "Open it again",
            "It is paused: people who come to answer are told why. Open it again, or close it.",
            "questionnaire/open",
        )
    if State.OPEN in standing:
        return Next("See what has come in", "People can answer now.", "responses")
    if is_scheduled:
        return Next(
            "See the date and the checks",
            "It opens by itself. Until then you can change the day or call it off.",
            "questionnaire/open",
        )
    if draft is None:
        return Next("Read the answers", "Every round is closed.", "results")
    return _next_of_draft(draft)


def _next_of_draft(draft: DraftLine) -> Next:
    if not draft.questions:
        return Next(
            "Write the questions", "The questionnaire is still empty.", "questionnaire/edit"
        )
    if draft.missing:
        texts = plural(draft.missing, "translation")
        return Next(
            "Translate what is missing",
            f"{texts} {'is' if draft.missing == 1 else 'are'} missing. People who choose that "
            "language would read the first one instead.",
            "questionnaire/edit/languages",
        )
    return Next(
        "Check it and open it",
        "Nobody can answer before it is open. From then on its questions cannot change.",
        "questionnaire/open",
    )


def _asked(questionnaire: Questionnaire) -> int:
    return sum(not isinstance(each, Statement) for each in questionnaire.questions)


def _version_line(version: Version, rounds: tuple[Round, ...], left: int) -> VersionLine:
    return VersionLine(
        version.id,
        version.number,
        len(version.questionnaire.pages),
        _asked(version.questionnaire),
        version.frozen,
        version.note,
        tuple(each.number for each in rounds if each.version_id == version.id),
        left,
    )


def _round_line(asked: Round, versions: tuple[Version, ...], moment: datetime) -> RoundLine:
    return RoundLine(
        asked.number,
        asked.standing(moment),
        asked.is_scheduled(moment),
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
