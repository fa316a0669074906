"""The outline: every page and question of a draft, with what was done last and how to undo it."""

from collections.abc import Callable
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.security import HOLDS_A_FRAME
from app.templating import render
from surveys import store
from surveys.drafting.applying import CannotApply
from surveys.drafting.operations import Operation
from surveys.outline import PageLine, outline
from surveys.pages.editing.landing import EDIT, editor_of, landed, questionnaire_of
from surveys.pages.editing.news import News, news
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Questionnaire
from surveys.store import Change, Draft
from surveys.translated import missing


class OutlinePage(Struct, frozen=True, kw_only=True):
    """`done` stands at the page or question `at`, or on top, with a way back if it `can_undo`.
    `undo` and `redo` are what they would take back or make again, for this officer. `seen` is the
    number of the page that the preview shows."""

    slug: str
    title: str
    version: int
    revision: int
    pages: tuple[PageLine, ...]
    questions: int
    languages: tuple[str, ...]
    language: str
    missing: int
    undo: Change | None
    redo: Change | None
    last: Change | None
    news: News
    seen: int
    at: str = ""
    done: str = ""
    can_undo: bool = False
    problems: tuple[Problem, ...] = ()


@get(EDIT, guards=[may_manage], name="edit-outline")
async def outline_page(
    slug: FromPath[str],
    request: OfficerRequest,
    done: FromQuery[int] = 0,
    undone: FromQuery[int] = 0,
    since: FromQuery[int | None] = None,
    begun: FromQuery[bool] = False,
    at: FromQuery[str] = "",
) -> Response[Any]:
    try:
        draft = await store.draft(slug)
    except store.NothingToEdit:
        return Redirect(questionnaire_of(slug), status_code=303)
    if begun and not draft.revision:
        return await _response(request, draft, at="", first=BEGUN)
    return await _response(request, draft, done=done, undone=undone, since=since, at=at)


BEGUN = "Your consultation is there, with an empty page. Add its first question."


async def _response(
    request: OfficerRequest,
    draft: Draft,
    *,
    at: str,
    done: int = 0,
    undone: int = 0,
    since: int | None = None,
    first: str = "",
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    changes = await store.changes(draft.version.id)
    back, again = await store.steps(draft, by=request.user.email)
    questionnaire = draft.questionnaire
    pages = outline(questionnaire)
    keys = {page.key for page in pages} | questionnaire.by_key().keys()
    page = OutlinePage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        version=draft.version.number,
        revision=draft.revision,
        pages=pages,
        questions=sum(each.number > 0 for page in pages for each in page.questions),
        languages=questionnaire.languages,
        language=questionnaire.languages[0],
        missing=_missing(questionnaire, pages),
        undo=back,
        redo=again,
        last=changes[0] if changes else None,
        news=news(draft, changes, since=since, reader=request.user.email),
        seen=_seen(pages, at),
        at=at if at in keys else "",
        done=first or _said(changes, done, undone),
        can_undo=back is not None and back.number == done,
        problems=problems,
    )
    status = 422 if problems else 200
    return render(request, "surveys/edit/outline.html", page, status=status, headers=HOLDS_A_FRAME)


def _missing(questionnaire: Questionnaire, pages: tuple[PageLine, ...]) -> int:
    """The title and the strands are counted too, though they have no line here."""
    on_pages = sum(each.missing + sum(q.missing for q in each.questions) for each in pages)
    return missing(replace(questionnaire, pages=()), questionnaire.languages) + on_pages


def _said(changes: tuple[Change, ...], done: int, undone: int) -> str:
    """What was done, in the words of the history: anyone can make up an address."""
    found = {each.number: each.words for each in changes}
    return f"Took back: {found[undone]}" if undone in found else found.get(done, "")


def _seen(pages: tuple[PageLine, ...], at: str) -> int:
    keys = ({page.key, *(each.key for each in page.questions)} for page in pages)
    return next((number for number, each in enumerate(keys, start=1) if at in each), 1)


async def changed(
    request: OfficerRequest,
    slug: str,
    making: Callable[[Questionnaire], Operation],
    form: Form,
    *,
    at: str | Callable[[Questionnaire], str],
) -> Response[Any]:
    """Carries it out on the draft as it is now, and lands at the page or question `at`; or shows
    the outline with what kept it from being done."""
    try:
        draft = await store.change(slug, making, by=request.user.email, now=now())
    except CannotApply as refused:
        return await refused_at(request, slug, refused, at=at if isinstance(at, str) else "")
    return landed(draft, form, at=at if isinstance(at, str) else at(draft.questionnaire))


async def refused_at(
    request: OfficerRequest, slug: str, refused: CannotApply, *, at: str
) -> Response[str]:
    placed = tuple(Problem(f"item-{at}" if at else "", each.words) for each in refused.problems)
    return await _response(request, await store.draft(slug), at=at, problems=placed)


@post(f"{EDIT}/undo", guards=[may_manage])
async def undo(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    back, _ = await store.steps(draft, by=request.user.email)
    if back and not _is_meant(form, back):
        return await _not_meant(request, draft, back)
    try:
        await store.undo(slug, by=request.user.email, now=now())
    except CannotApply as refused:
        return await refused_at(request, slug, refused, at="")
    number = back.number if back else 0
    return Redirect(f"{editor_of(slug)}?undone={number}#done", status_code=303)


@post(f"{EDIT}/redo", guards=[may_manage])
async def redo(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    _, again = await store.steps(draft, by=request.user.email)
    if again and not _is_meant(form, again):
        return await _not_meant(request, draft, again)
    try:
        await store.redo(slug, by=request.user.email, now=now())
    except CannotApply as refused:
        return await refused_at(request, slug, refused, at="")
    number = again.number if again else 0
    return Redirect(f"{editor_of(slug)}?done={number}#done", status_code=303)


def _is_meant(form: Form, change: Change) -> bool:
    """Whether the button that was pressed spoke of this change: another window may have added
    one since."""
    return form.text("number") in ("", str(change.number))


async def _not_meant(request: OfficerRequest, draft: Draft, change: Change) -> Response[str]:
    words = f"You have changed more in another window. This would now be “{change.words}”"
    return await _response(request, draft, at="", problems=(Problem("steps", words),))
