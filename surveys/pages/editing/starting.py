"""A new consultation begins: what it is called and in which languages it asks."""

from collections.abc import Iterable, Mapping
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.languages import known_languages, named_in_english
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.pages.editing.landing import editor_of
from surveys.pages.requests import OfficerRequest
from surveys.slugs import LONGEST, is_slug

NEW = "/officer/consultations/new"


class NewPage(Struct, frozen=True, kw_only=True):
    """`languages` are codes with names; everything chosen and typed stays."""

    languages: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    language: str = "en"
    others: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@get(NEW, guards=[may_manage], name="new-consultation")
async def new_page(request: OfficerRequest) -> Response[str]:
    page = NewPage(languages=offered_languages(), typed={"title": "", "slug": ""})
    return render(request, "surveys/edit/new.html", page)


@post(NEW, guards=[may_manage])
async def begin(request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    title = form.text("title", missing="Enter a title", limit=300)
    slug = form.text("slug", limit=LONGEST)
    if slug and not is_slug(slug):
        form.refuse("slug", "Use lower-case letters, digits and hyphens, like parks-for-all")
    languages = read_languages(form)
    if not form.problems:
        try:
            made = await store.start_consultation(
                title, languages=languages, slug=slug or None, by=request.user.email, now=now()
            )
            return Redirect(f"{editor_of(made.slug)}?begun=true#done", status_code=303)
        except store.SlugTaken as taken:
            form.refuse("slug", taken.words)
    page = NewPage(
        languages=offered_languages(),
        typed={"title": title, "slug": slug},
        language=form.text("language"),
        others=tuple(form.texts("others")),
        problems=tuple(form.problems),
    )
    return render(request, "surveys/edit/new.html", page, status=422)


def offered_languages(more: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Codes with names: the ones that we know, then `more` that a questionnaire has already."""
    known = [code for code, _ in known_languages()]
    return tuple((code, named_in_english(code)) for code in dict.fromkeys((*known, *more)))


def read_languages(form: Form, *, known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The language that everything is written in first, then the others; `known` may be chosen
    beside those that everyone may choose."""
    codes = {code for code, _ in known_languages()} | set(known)
    first = form.text("language")
    if first not in codes:
        form.refuse("language", "Choose the language that you write in first")
        first = ""
    others = [code for code in form.texts("others") if code in codes and code != first]
    return (first, *dict.fromkeys(others))
