"""Officers write what everyone reads before answering, and the caveat beside every figure."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.languages import named_in_english
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.about_fields import ABOUT_FIELDS, AboutField
from surveys.consultation import About, Consultation
from surveys.pages.overview import overview_response
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Text

PAGE = "/officer/consultations/{slug:str}/about"
LONGEST_CAVEAT = 500
MOST_WEEKS = 52


class Tongue(Struct, frozen=True):
    """One text in one language: its field, and what is in it."""

    field: str
    language: str
    name: str
    text: str


class TextLine(Struct, frozen=True):
    of: AboutField
    tongues: tuple[Tongue, ...]


class Missing(Struct, frozen=True):
    """What a language lacks: texts that are written in another."""

    language: str
    tongues: tuple[tuple[str, str], ...]


class AboutPage(Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    lines: tuple[TextLine, ...]
    missing: tuple[Missing, ...]
    caveat: str
    reply_weeks: str
    saved: bool = False
    problems: tuple[Problem, ...] = ()


@get(PAGE, guards=[may_manage], name="about-consultation")
async def about_page(
    slug: FromPath[str], request: OfficerRequest, saved: FromQuery[bool] = False
) -> Response[str]:
    consultation = await store.consultation(slug)
    languages = await _languages(consultation)
    typed = {
        **_stored(consultation.about, languages),
        "caveat": consultation.caveat,
        "reply_weeks": str(consultation.about.reply_weeks),
    }
    page = _page(consultation, languages, typed, saved=saved)
    return render(request, "surveys/about.html", page)


@post(PAGE, guards=[may_manage])
async def change_about(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    consultation = await store.consultation(slug)
    languages = await _languages(consultation)
    form = await read_form(request)
    texts = {
        field.name: _read(form, field.name, languages, getattr(consultation.about, field.name))
        for field in ABOUT_FIELDS
    }
    caveat = form.text("caveat", limit=LONGEST_CAVEAT)
    weeks = _weeks(form)
    if form.problems:
        typed = {name: values[0] for name, values in form.fields.items() if values}
        page = _page(consultation, languages, typed, problems=tuple(form.problems))
        return render(request, "surveys/about.html", page, status=422)
    about = msgspec.structs.replace(consultation.about, reply_weeks=weeks, **texts)
    await store.change_about(slug, about=about, caveat=caveat, by=request.user.email, now=now())
    return Redirect(f"/officer/consultations/{slug}/about?saved=true", status_code=303)


def _weeks(form: Form) -> int:
    weeks = form.whole_number("reply_weeks", missing="Enter how many weeks, or 0 for no promise")
    if weeks is not None and not 0 <= weeks <= MOST_WEEKS:
        form.refuse("reply_weeks", f"Enter 1 to {MOST_WEEKS} weeks, or 0 for no promise")
    return weeks or 0


async def _languages(consultation: Consultation) -> tuple[str, ...]:
    """Those of the newest questionnaire, which is the one still to be asked."""
    return (await store.versions(consultation.id))[-1].questionnaire.languages


def _field(name: str, language: str, languages: tuple[str, ...]) -> str:
    return name if language == languages[0] else f"{name}-{language}"


def _read(form: Form, name: str, languages: tuple[str, ...], before: Text) -> Text:
    """A text as typed in each language. One that is in the first alone needs no naming; what it
    says in a language that the questionnaire has given up is kept."""
    typed = {
        language: text
        for language in languages
        if (text := form.text(_field(name, language, languages)))
    }
    others = before if isinstance(before, dict) else {}
    kept = {code: words for code, words in others.items() if code not in languages}
    if not kept and set(typed) <= {languages[0]}:
        return typed.get(languages[0], "")
    return {**typed, **kept}


def _stored(about: About, languages: tuple[str, ...]) -> dict[str, str]:
    return {
        _field(field.name, language, languages): _in(
            getattr(about, field.name), language, languages
        )
        for field in ABOUT_FIELDS
        for language in languages
    }


def _in(text: Text, language: str, languages: tuple[str, ...]) -> str:
    if isinstance(text, dict):
        return text.get(language, "")
    return text if language == languages[0] else ""


def _page(
    consultation: Consultation,
    languages: tuple[str, ...],
    typed: Mapping[str, str],
    *,
    saved: bool = False,
    problems: tuple[Problem, ...] = (),
) -> AboutPage:
    lines = tuple(
        TextLine(field, tuple(_tongue(field.name, each, languages, typed) for each in languages))
        for field in ABOUT_FIELDS
    )
    return AboutPage(
        slug=consultation.slug,
        title=consultation.title,
        lines=lines,
        missing=tuple(_missing(lines)),
        caveat=typed.get("caveat", ""),
        reply_weeks=typed.get("reply_weeks", ""),
        saved=saved,
        problems=problems,
    )


def _tongue(
    name: str, language: str, languages: tuple[str, ...], typed: Mapping[str, str]
) -> Tongue:
    field = _field(name, language, languages)
    return Tongue(field, language, named_in_english(language), typed.get(field, ""))


def _missing(lines: tuple[TextLine, ...]) -> Iterable[Missing]:
    """For each language the fields, with their labels, that another language has words for."""
    for column in zip(*(line.tongues for line in lines), strict=True):
        lacking = tuple(
            (tongue.field, line.of.label)
            for line, tongue in zip(lines, column, strict=True)
            if not tongue.text and any(other.text for other in line.tongues)
        )
        if lacking:
            yield Missing(column[0].name, lacking)


@get(f"{PAGE}/preview", guards=[may_manage], name="preview-overview")
async def see_overview(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    return await overview_response(request, await store.consultation(slug), trial=True)
