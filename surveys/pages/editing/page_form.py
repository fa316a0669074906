"""The head of a page: its title in each language, and the strand that it belongs to."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.security import HOLDS_A_FRAME
from app.templating import render
from surveys import store
from surveys.drafting.applying import CannotApply, page_place, the_page
from surveys.drafting.building import new_page_key
from surveys.drafting.merging import head
from surveys.drafting.operations import AddPage
from surveys.pages.editing.landing import EDIT, editor_of, landed
from surveys.pages.editing.texts import (
    Both,
    Field,
    both_texts,
    read_text,
    text_fields,
    text_over,
)
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Page, Questionnaire, say

NEW = f"{EDIT}/pages/new"
PAGE = f"{EDIT}/pages/{{key:str}}"
LABELS = {"title": "Title", "strand": "Strand"}


class PageForm(Struct, frozen=True, kw_only=True):
    """`opened` is the head of the page as the form was made of it, as JSON; it is empty on a new
    page, which comes to stand at `at`. `both` is what somebody else has changed as well."""

    slug: str
    title: str
    revision: int
    key: str
    at: int
    language: str
    fields: tuple[Field, ...]
    strands: tuple[tuple[str, str], ...]
    strand: str
    opened: str = ""
    both: tuple[Both, ...] = ()
    problems: tuple[Problem, ...] = ()


@get(NEW, guards=[may_manage], name="new-page")
async def new_page(
    slug: FromPath[str], request: OfficerRequest, at: FromQuery[int | None] = None
) -> Response[str]:
    draft = await store.draft(slug)
    count = len(draft.questionnaire.pages)
    place = count if at is None else min(max(at, 0), count)
    return render(request, "surveys/edit/page_form.html", _form(draft, Page("", ()), at=place))


@post(NEW, guards=[may_manage])
async def add_page(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    typed = form.whole_number("at")
    at = len(draft.questionnaire.pages) if typed is None else typed
    page = _typed(form, draft.questionnaire, like=Page("", (), key=""))
    if not form.problems:
        page = msgspec.structs.replace(page, key=new_page_key(draft.questionnaire))
        try:
            added = await store.change(slug, AddPage(page, at), by=request.user.email, now=now())
            return landed(added, form, at=page.key)
        except CannotApply as refused:
            form.problems.extend(refused.problems)
    shown = _form(draft, page, at=at, problems=tuple(form.problems))
    return render(request, "surveys/edit/page_form.html", shown, status=422)


@get(PAGE, guards=[may_manage], name="edit-page")
async def page_form(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[str]:
    draft = await store.draft(slug)
    page = _form(draft, the_page(draft.questionnaire, key), opened=_opened_now(draft, key))
    return render(request, "surveys/edit/page_form.html", page, headers=HOLDS_A_FRAME)


@post(PAGE, guards=[may_manage])
async def change_page(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    stored = the_page(draft.questionnaire, key)
    opened = _read_opened(form, else_=stored)
    mine = _typed(form, draft.questionnaire, like=opened)
    if form.problems:
        problems = tuple(form.problems)
        page = _form(draft, mine, opened=form.text("opened", limit=MOST), problems=problems)
        return _answer(request, page, status=422)
    try:
        changed = await store.change_page(
            slug, key, opened=opened, mine=mine, by=request.user.email, now=now()
        )
    except store.ChangedMeanwhile as meanwhile:
        page = _both(await store.draft(slug), opened, mine, meanwhile)
        return _answer(request, page, status=meanwhile.status)
    except CannotApply as refused:
        page = _form(draft, mine, opened=_opened_now(draft, key), problems=refused.problems)
        return _answer(request, page, status=422)
    if form.ticked("_autosave"):
        return Redirect(f"{editor_of(slug)}/pages/{key}", status_code=303)
    return landed(changed, form, at=key)


def _both(
    draft: store.Draft, opened: Page, mine: Page, meanwhile: store.ChangedMeanwhile
) -> PageForm:
    """The page as it is stored, with what this officer wrote in its place."""
    default = draft.questionnaire.languages[0]
    now_page = the_page(draft.questionnaire, mine.key)
    shown = msgspec.structs.replace(
        now_page,
        title=text_over(opened.title, mine.title, now_page.title, default=default),
        strand=mine.strand if mine.strand != opened.strand else now_page.strand,
    )
    both = both_texts(meanwhile.conflicts, LABELS, default=default)
    return _form(draft, shown, opened=_opened_now(draft, mine.key), both=both)


MOST = 100_000


def _answer(request: OfficerRequest, page: PageForm, *, status: int) -> Response[str]:
    return render(
        request, "surveys/edit/page_form.html", page, status=status, headers=HOLDS_A_FRAME
    )


def _opened_now(draft: store.Draft, key: str) -> str:
    """The head of the page as it is stored, for the form to carry."""
    return msgspec.json.encode(head(the_page(draft.questionnaire, key))).decode()


def _read_opened(form: Form, *, else_: Page) -> Page:
    try:
        return msgspec.json.decode(form.text("opened", limit=MOST), type=Page)
    except msgspec.DecodeError:
        return else_


def _typed(form: Form, questionnaire: Questionnaire, *, like: Page) -> Page:
    title = read_text(
        form,
        "title",
        questionnaire.languages,
        missing="Enter a title for the page",
        like=like.title,
    )
    known = {each.key for each in questionnaire.strands}
    strand = form.text("strand")
    return Page(title, (), key=like.key, strand=strand if strand in known else "")


def _form(draft: store.Draft, page: Page, *, at: int = 0, **more: Any) -> PageForm:
    questionnaire = draft.questionnaire
    languages = questionnaire.languages
    return PageForm(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        key=page.key,
        at=page_place(questionnaire, page.key) if page.key else at,
        language=languages[0],
        fields=text_fields("title", page.title, languages),
        strands=tuple((each.key, say(each.title, languages[0])) for each in questionnaire.strands),
        strand=page.strand,
        **more,
    )
