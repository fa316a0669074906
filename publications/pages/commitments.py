"""Officers keep the promises: what, by whom, by when, and whether it was kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from analysis import store as analysis
from analysis.codebook import Theme
from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem, Refusal
from app.settings import settings
from app.templating import render
from publications import store
from publications.commitments import Commitment, Promise, Status, status, timing
from publications.pages.requests import OfficerRequest
from surveys import store as surveys
from surveys.consultation import Consultation

LIST = "/officer/consultations/{slug:str}/commitments"
DAY = ("day", "month", "year")
PROMISE_FIELDS = (
    "promise",
    "owner",
    "forum",
    *(f"due-{part}" for part in DAY),
    "theme",
    "progress",
)


class Line(Struct, frozen=True):
    """One promise in the list, with where it stands today."""

    commitment: Commitment
    theme: str
    status: Status
    timing: str


class CommitmentsPage(Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    lines: tuple[Line, ...]
    published: bool


class CommitmentPage(Struct, frozen=True, kw_only=True):
    """One promise to add (`commitment` None) or change. `typed` is what stands in each field."""

    slug: str
    title: str
    commitment: Commitment | None
    themes: tuple[Theme, ...]
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


class KeptPage(Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    commitment: Commitment
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


class NoSuchCommitment(Refusal):
    status = 404
    title = "There is no such commitment"


def today() -> date:
    return now().astimezone(settings().time_zone).date()


def read_promise(form: Form, *, theme_id: int | None) -> Promise | None:
    """The promise as typed; None while something is missing, which the form's problems name."""
    known = len(form.problems)
    promise = form.text("promise", missing="Say what is promised")
    owner = form.text("owner", missing="Enter who owns it, as a role or a team")
    forum = form.text("forum", missing="Enter where progress will be reported, like a committee")
    due_on = form.day("due", missing="Enter the day it is due")
    progress = form.text("progress")
    if due_on is None or len(form.problems) > known:
        return None
    return Promise(
        promise=promise,
        owner=owner,
        forum=forum,
        due_on=due_on,
        theme_id=theme_id,
        progress=progress,
    )


def typed_day(name: str, day: date | None) -> dict[str, str]:
    """A date as the three fields of its form."""
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}-{part}": str(value) for part, value in zip(DAY, parts, strict=True)}


def typed_promise(commitment: Commitment) -> dict[str, str]:
    return {
        "promise": commitment.promise,
        "owner": commitment.owner,
        "forum": commitment.forum,
        "theme": str(commitment.theme_id or ""),
        "progress": commitment.progress,
        **typed_day("due", commitment.due_on),
    }


@get(LIST, guards=[may_manage], name="commitments")
async def commitments_page(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    labels = {theme.id: theme.label for theme in await analysis.themes(consultation.id)}
    lines = tuple(
        Line(
            each,
            labels.get(each.theme_id, "") if each.theme_id else "",
            status(each.due_on, each.kept_on, today=today()),
            timing(each.due_on, each.kept_on, today=today()),
        )
        for each in await store.commitments(consultation.id)
    )
    page = CommitmentsPage(
        slug=slug,
        title=consultation.title,
        lines=lines,
        published=bool(await store.editions(slug)),
    )
    return render(request, "publications/commitments.html", page)


@get(f"{LIST}/new", guards=[may_manage], name="new-commitment")
async def new_commitment(
    slug: FromPath[str], request: OfficerRequest, theme: FromQuery[int | None] = None
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    return await _show(request, consultation, None, {"theme": str(theme or "")})


@post(f"{LIST}/new", guards=[may_manage], name="add-commitment")
async def add_commitment(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    promise = read_promise(form, theme_id=await _theme_id(form, consultation))
    if form.problems or promise is None:
        return await _show(request, consultation, None, _typed(form), form.problems)
    await store.add_commitment(consultation, promise, by=request.user.email)
    return _to_the_list(slug)


@get(f"{LIST}/{{commitment_id:int}}", guards=[may_manage], name="commitment")
async def commitment_page(
    slug: FromPath[str], commitment_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    commitment = await _commitment(consultation, commitment_id)
    return await _show(request, consultation, commitment, typed_promise(commitment))


@post(f"{LIST}/{{commitment_id:int}}", guards=[may_manage], name="change-commitment")
async def change_commitment(
    slug: FromPath[str], commitment_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    commitment = await _commitment(consultation, commitment_id)
    form = await read_form(request)
    promise = read_promise(form, theme_id=await _theme_id(form, consultation))
    if form.problems or promise is None:
        return await _show(request, consultation, commitment, _typed(form), form.problems)
    await store.change_commitment(consultation, commitment_id, promise, by=request.user.email)
    return _to_the_list(slug)


@get(f"{LIST}/{{commitment_id:int}}/kept", guards=[may_manage], name="kept-commitment")
async def kept_page(
    slug: FromPath[str], commitment_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    commitment = await _commitment(consultation, commitment_id)
    typed = {
        "progress": commitment.progress,
        **typed_day("kept", commitment.kept_on or today()),
    }
    return _show_kept(request, consultation, commitment, typed)


@post(f"{LIST}/{{commitment_id:int}}/kept", guards=[may_manage], name="keep-commitment")
async def mark_kept(
    slug: FromPath[str], commitment_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    commitment = await _commitment(consultation, commitment_id)
    form = await read_form(request)
    undone = form.ticked("not_kept")
    kept_on = None if undone else form.day("kept", missing="Enter the day it was kept")
    if kept_on and kept_on > today():
        form.refuse("kept-day", "The day it was kept cannot be in the future")
    progress = form.text("progress")
    if form.problems:
        return _show_kept(request, consultation, commitment, _typed(form), form.problems)
    await store.mark_kept(
        consultation, commitment_id, kept_on=kept_on, progress=progress, by=request.user.email
    )
    return _to_the_list(slug)


@post(f"{LIST}/{{commitment_id:int}}/remove", guards=[may_manage], name="remove-commitment")
async def remove_commitment(
    slug: FromPath[str], commitment_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    commitment = await _commitment(consultation, commitment_id)
    await store.remove_commitment(consultation, commitment, by=request.user.email)
    return _to_the_list(slug)


def _typed(form: Form) -> dict[str, str]:
    return {name: values[0] for name, values in form.fields.items() if values}


def _to_the_list(slug: str) -> Redirect:
    return Redirect(f"/officer/consultations/{slug}/commitments", status_code=303)


async def _theme_id(form: Form, consultation: Consultation) -> int | None:
    chosen = form.whole_number("theme")
    known = {theme.id for theme in await analysis.themes(consultation.id)}
    if chosen is not None and chosen not in known:
        form.refuse("theme", "Choose a theme from the list, or none")
    return chosen


async def _commitment(consultation: Consultation, commitment_id: int) -> Commitment:
    for commitment in await store.commitments(consultation.id):
        if commitment.id == commitment_id:
            return commitment
    raise NoSuchCommitment("Go back to the list of commitments and choose one there.")


async def _show(
    request: OfficerRequest,
    consultation: Consultation,
    commitment: Commitment | None,
    typed: Mapping[str, str],
    problems: list[Problem] | None = None,
) -> Response[Any]:
    page = CommitmentPage(
        slug=consultation.slug,
        title=consultation.title,
        commitment=commitment,
        themes=await analysis.themes(consultation.id),
        typed={**dict.fromkeys(PROMISE_FIELDS, ""), **typed},
        problems=tuple(problems or ()),
    )
    status_code = 422 if problems else 200
    return render(request, "publications/commitment.html", page, status=status_code)


def _show_kept(
    request: OfficerRequest,
    consultation: Consultation,
    commitment: Commitment,
    typed: Mapping[str, str],
    problems: list[Problem] | None = None,
) -> Response[Any]:
    page = KeptPage(
        slug=consultation.slug,
        title=consultation.title,
        commitment=commitment,
        typed=typed,
        problems=tuple(problems or ()),
    )
    status_code = 422 if problems else 200
    return render(request, "publications/kept.html", page, status=status_code)
