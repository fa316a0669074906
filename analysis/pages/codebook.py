"""The codebook: every theme with its people, and forms to add, edit and order them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store
from analysis.codebook import Theme
from analysis.pages.theme_form import (
    ThemeFields,
    fields_of,
    read_theme,
    refuse_label,
    typed_fields,
)
from app.auth.account import Permission
from app.auth.guards import may_code, may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]


class ThemeLine(Struct, frozen=True):
    theme: Theme
    people: int
    by_round: tuple[store.RoundCount, ...]
    suggested: int


class CodebookPage(Struct, frozen=True):
    slug: str
    title: str
    caveat: str
    invented: bool
    lines: tuple[ThemeLine, ...]
    read: int
    progress: store.CodingProgress
    several_rounds: bool
    typed: ThemeFields
    may_manage: bool
    problems: tuple[Problem, ...] = ()


class EditPage(Struct, frozen=True):
    slug: str
    title: str
    theme: Theme
    typed: ThemeFields
    problems: tuple[Problem, ...] = ()


@get("/themes", name="themes", guards=[may_code])
async def codebook(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    return await _codebook_page(request, await surveys.consultation(slug), ThemeFields())


@post("/themes", name="add-theme", guards=[may_code])
async def add_theme(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    words = read_theme(form)
    if not form.problems:
        try:
            await store.add_theme(slug, words, by=request.user.email, now=now())
            return Redirect(_address(slug), status_code=303)
        except store.LabelTaken as refused:
            refuse_label(form, refused)
    return await _codebook_page(
        request, consultation, typed_fields(form), problems=tuple(form.problems)
    )


@get("/themes/{theme_id:int}/edit", name="edit-theme", guards=[may_manage])
async def edit_page(
    slug: FromPath[str], theme_id: FromPath[int], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    theme = await store.theme(consultation.id, theme_id)
    return _edit_page(request, consultation, theme, fields_of(theme))


@post("/themes/{theme_id:int}/edit", name="save-theme", guards=[may_manage])
async def edit_theme(
    slug: FromPath[str], theme_id: FromPath[int], request: AnyRequest
) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    theme = await store.theme(consultation.id, theme_id)
    form = await read_form(request)
    words = read_theme(form)
    if not form.problems:
        try:
            await store.edit_theme(slug, theme_id, words, by=request.user.email, now=now())
            return Redirect(_address(slug, theme_id), status_code=303)
        except store.LabelTaken as refused:
            refuse_label(form, refused)
    return _edit_page(request, consultation, theme, typed_fields(form), form=form)


@post("/themes/{theme_id:int}/move", name="move-theme", guards=[may_manage])
async def move_theme(slug: FromPath[str], theme_id: FromPath[int], request: AnyRequest) -> Redirect:
    form = await read_form(request)
    up = form.text("direction") == "up"
    await store.move_theme(slug, theme_id, up=up, by=request.user.email)
    return Redirect(_address(slug), status_code=303)


def _address(slug: str, theme_id: int | None = None) -> str:
    codebook_address = f"/officer/consultations/{slug}/themes"
    return codebook_address if theme_id is None else f"{codebook_address}/{theme_id}"


async def _codebook_page(
    request: AnyRequest,
    consultation: Consultation,
    typed: ThemeFields,
    *,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    counts = await store.theme_counts(consultation.id)
    suggested = await store.suggestion_counts(consultation.id)
    themes = await store.themes(consultation.id)
    page = CodebookPage(
        slug=consultation.slug,
        title=consultation.title,
        caveat=consultation.caveat,
        invented=consultation.invented,
        lines=tuple(
            ThemeLine(
                theme,
                counts[theme.id].people,
                counts[theme.id].by_round,
                suggested.get(theme.id, 0),
            )
            for theme in themes
        ),
        read=max((count.read for count in counts.values()), default=0),
        progress=await store.coding_progress(consultation.id),
        several_rounds=len(consultation.rounds) > 1,
        typed=typed,
        may_manage=request.user.may(Permission.MANAGE),
        problems=problems,
    )
    return render(request, "analysis/codebook.html", page, status=422 if problems else 200)


def _edit_page(
    request: AnyRequest,
    consultation: Consultation,
    theme: Theme,
    typed: ThemeFields,
    *,
    form: Form | None = None,
) -> Response[str]:
    problems = tuple(form.problems) if form else ()
    page = EditPage(
        slug=consultation.slug,
        title=consultation.title,
        theme=theme,
        typed=typed,
        problems=problems,
    )
    return render(request, "analysis/theme_edit.html", page, status=422 if problems else 200)
