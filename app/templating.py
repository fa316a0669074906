"""Pages from templates: one frozen struct in, HTML out."""

import importlib.resources
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from litestar import MediaType, Request, Response
from markupsafe import Markup
from msgspec import Struct

from app import words
from app.assets import Assets
from app.auth.csrf import FIELD, csrf_token
from app.problems import problem_at
from app.settings import Settings, settings
from app.shared_device import device_of, leading_nowhere_else, remembering_nothing
from app.speech import ENGLISH, Speech, direction, speech

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "surveys", "responses", "analysis", "publications")
MACROS = "govuk_frontend_jinja"


class Site(Struct, frozen=True):
    """What every page shows of the organisation that runs this service."""

    organisation: str
    base_url: str
    colour: str
    logo: str | None


def render(
    request: Request[Any, Any, Any],
    template: str,
    page: Struct,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    language: str = ENGLISH,
) -> Response[str]:
    """The page as a response. `template` begins with its package: `surveys/overview.html`. The
    program's own words in it are in `language`, or in English where it does not speak that."""
    spoken, device = speech(language), device_of(request)
    assets: Assets = request.app.state.assets
    token = csrf_token(request.scope["state"].get("session_token", ""))
    html = (
        environment()
        .get_template(template)
        .render(
            page=page,
            site=_site(settings(), assets),
            account=request.scope.get("user"),
            csrf_token=token,
            csrf_field=partial(_csrf_field, token),
            asset=assets.address,
            speech=spoken,
            say=spoken.say,
            plural=spoken.plural,
            language=spoken.language,
            direction=spoken.direction,
            lang_query="" if spoken.language == ENGLISH else f"?lang={spoken.language}",
            device=device,
        )
    )
    if device:
        html = remembering_nothing(html)
    if device and device.holds(request.url.path):
        html = leading_nowhere_else(html, device)
    return Response(
        html, status_code=status, media_type=MediaType.HTML, headers=dict(headers or {})
    )


def written(template: str, page: Struct, *, language: str = ENGLISH) -> str:
    """A letter in HTML, which goes out by mail: no request, nobody signed in, nothing to load."""
    spoken, current = speech(language), settings()
    return (
        environment()
        .get_template(template)
        .render(
            page=page,
            site=Site(current.organisation, current.base_url, current.colour, None),
            speech=spoken,
            say=spoken.say,
            plural=spoken.plural,
            language=spoken.language,
            direction=spoken.direction,
        )
    )


def _site(current: Settings, assets: Assets) -> Site:
    logo = assets.address(f"logo{current.logo.suffix.lower()}") if current.logo else None
    return Site(current.organisation, current.base_url, current.colour, logo)


def _csrf_field(token: str) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)


@cache
def environment() -> jinja2.Environment:
    """The templates of every package, strict about names."""
    loaders: dict[str, jinja2.BaseLoader] = {
        room: jinja2.FileSystemLoader(ROOT / room / "templates") for room in ROOMS
    }
    templates = jinja2.Environment(
        loader=jinja2.PrefixLoader({**loaders, MACROS: _LenientLoader()}),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        # Looking at each file's date for each macro that is used costs more than some pages.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(_filters())
    templates.globals["in_language"] = in_language
    return templates


def compile_templates() -> None:
    """Compiles every template, so that no first visitor waits while that is done."""
    templates = environment()
    for name in templates.list_templates():
        templates.get_template(name)


def _filters() -> dict[str, Callable[..., object]]:
    return {
        "date": _date,
        "moment": _moment,
        "paragraphs": words.paragraphs,
        "percent": _percent,
        "number": _number,
        "plural": words.plural,
        "problem_at": problem_at,
    }


def in_language(code: str | None) -> Markup:
    """The attributes that mark an element's words as being in a language; none without one."""
    if not code:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(code, direction(code))


def _speech(context: Context) -> Speech:
    """The page's; English in a macro that was imported without its page's context."""
    found: Speech = context.get("speech") or speech(ENGLISH)
    return found


@jinja2.pass_context
def _date(context: Context, when: date) -> str:
    return _speech(context).date(when)


@jinja2.pass_context
def _moment(context: Context, when: datetime) -> str:
    return _speech(context).moment(when)


@jinja2.pass_context
def _number(context: Context, value: int | float) -> str:
    return _speech(context).number(value)


@jinja2.pass_context
def _percent(context: Context, share: float) -> str:
    return _speech(context).percent(share)


class _LenientLoader(jinja2.BaseLoader):
    """The govuk macros read options that nobody gave, so they keep an environment of their own."""

    def __init__(self) -> None:
        folder = str(importlib.resources.files(MACROS) / "templates")
        self._macros = jinja2.Environment(
            loader=jinja2.PrefixLoader({MACROS: jinja2.FileSystemLoader(folder)}),
            undefined=jinja2.ChainableUndefined,
            autoescape=True,
            auto_reload=False,
        )
        # The macros indent what they wrap for looks, which adds spaces to each line of a textarea.
        self._macros.filters["indent"] = lambda text, *_: text

    def list_templates(self) -> list[str]:
        return [name.removeprefix(f"{MACROS}/") for name in self._macros.list_templates()]

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: Any = None,  # noqa: A002
    ) -> jinja2.Template:
        return self._macros.get_template(f"{MACROS}/{name}")
