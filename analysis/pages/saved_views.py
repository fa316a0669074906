"""Saved views of the results: the page that lists them, and what changes them."""

from typing import Any
from urllib.parse import parse_qsl

from litestar import Request, Response, get, post
from litestar.datastructures import MultiDict
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store
from analysis.narrowing import Narrowing, narrowing
from analysis.pages.filters import address_of, in_words
from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]

LONGEST_NAME = 100


class Saved(Struct, frozen=True):
    """`typed` is its name, or what was typed in its place."""

    id: int
    name: str
    typed: str
    in_words: str
    address: str


class SavedViewsPage(Struct, frozen=True):
    """`query` and `in_words` are of the view that is to be saved; without, none is."""

    slug: str
    title: str
    invented: bool
    views: tuple[Saved, ...]
    query: str
    in_words: str
    typed: str
    problems: tuple[Problem, ...] = ()


@get("/results/saved-views", name="saved-views", guards=[may_manage])
async def saved_views(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    """With filters in its address, it offers to save them."""
    consultation = await surveys.consultation(slug)
    return await _page(request, consultation, Form({}), narrowing(request.query_params))


@post("/results/saved-views", name="save-view", guards=[may_manage])
async def save_view(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    view = narrowing(MultiDict(parse_qsl(form.text("query"))))
    # What is no filter here, or of another consultation, is refused before it is kept.
    await store.narrowed(consultation, view)
    name = form.text("name", missing="Enter a name for this view", limit=LONGEST_NAME)
    if not form.problems:
        try:
            await store.save_view(consultation, name, view, by=request.user.email, now=now())
            return Redirect(
                address_of(f"/officer/consultations/{slug}/results", view), status_code=303
            )
        except store.ViewNameTaken as refused:
            form.refuse("name", str(refused))
    return await _page(request, consultation, form, view)


@post("/results/saved-views/{view_id:int}", name="change-view", guards=[may_manage])
async def change_view(
    slug: FromPath[str], view_id: FromPath[int], request: AnyRequest
) -> Response[str] | Redirect:
    """Renames it, or removes it."""
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    field = f"name-{view_id}"
    if form.text("do") == "remove":
        await store.remove_view(consultation, view_id, by=request.user.email)
        return Redirect(_address(slug), status_code=303)
    name = form.text(field, missing="Enter a name for this view", limit=LONGEST_NAME)
    if not form.problems:
        try:
            await store.rename_view(consultation, view_id, name, by=request.user.email)
            return Redirect(_address(slug), status_code=303)
        except store.ViewNameTaken as refused:
            form.refuse(field, str(refused))
    return await _page(request, consultation, form, Narrowing())


def _address(slug: str) -> str:
    return f"/officer/consultations/{slug}/results/saved-views"


async def _page(
    request: AnyRequest, consultation: Consultation, form: Form, wanted: Narrowing
) -> Response[str]:
    asked = (await store.looked_at(consultation, wanted, full=True)).asked
    ways = await store.ways_to_narrow(consultation, asked)
    here = f"/officer/consultations/{consultation.slug}/results"
    page = SavedViewsPage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        views=tuple(
            Saved(
                each.id,
                each.name,
                (form.fields.get(f"name-{each.id}") or [each.name])[0],
                in_words(each.narrowing, ways) or "everybody",
                address_of(here, each.narrowing),
            )
            for each in await store.saved_views(consultation.id)
        ),
        query=wanted.query(),
        in_words=in_words(wanted, ways),
        typed=(form.fields.get("name") or [""])[0],
        problems=tuple(form.problems),
    )
    status = 422 if form.problems else 200
    return render(request, "analysis/saved_views.html", page, status=status)
