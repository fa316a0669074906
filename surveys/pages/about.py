"""Officers write what everyone reads before answering, and the caveat beside every figure."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import read_form
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.consultation import About, Consultation
from surveys.pages.overview import overview_response
from surveys.pages.questionnaire import read_document
from surveys.pages.requests import OfficerRequest

PAGE = "/officer/consultations/{slug:str}/about"
TEXTS = (
    "summary",
    "why",
    "can_change",
    "cannot_change",
    "what_happens_next",
    "privacy",
    "contact",
    "other_formats",
)
PARTS = ("title", "version", "url")
SPARE_DOCUMENTS = 2


class AboutPage(Struct, frozen=True, kw_only=True):
    """`typed` holds every field; `documents` are the names of the documents' fields."""

    slug: str
    title: str
    typed: Mapping[str, str]
    documents: tuple[str, ...]
    saved: bool = False
    problems: tuple[Problem, ...] = ()


@get(PAGE, guards=[may_manage], name="about-consultation")
async def about_page(
    slug: FromPath[str], request: OfficerRequest, saved: FromQuery[bool] = False
) -> Response[str]:
    consultation = await store.consultation(slug)
    page = _page(consultation, _stored(consultation), saved=saved)
    return render(request, "surveys/about.html", page)


@post(PAGE, guards=[may_manage])
async def change_about(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    consultation = await store.consultation(slug)
    form = await read_form(request)
    texts = {name: form.text(name) for name in TEXTS}
    caveat = form.text("caveat", limit=500)
    documents = [read_document(form, name) for name in _document_names(form.fields)]
    if form.problems:
        typed = {name: values[0] for name, values in form.fields.items() if values}
        page = _page(consultation, typed, problems=tuple(form.problems))
        return render(request, "surveys/about.html", page, status=422)
    about = About(**texts, documents=tuple(each for each in documents if each.title))
    await store.change_about(slug, about=about, caveat=caveat, by=request.user.email, now=now())
    return Redirect(f"/officer/consultations/{slug}/about?saved=true", status_code=303)


def _stored(consultation: Consultation) -> dict[str, str]:
    typed = {name: getattr(consultation.about, name) for name in TEXTS}
    for number, document in enumerate(consultation.about.documents, start=1):
        typed |= {f"document{number}-{part}": getattr(document, part) for part in PARTS}
    return {**typed, "caveat": consultation.caveat}


def _document_names(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """`document1`, `document2` and so on, as far as the fields go."""
    count = sum(name.startswith("document") and name.endswith("-title") for name in fields)
    return tuple(f"document{number}" for number in range(1, count + 1))


def _page(
    consultation: Consultation,
    typed: Mapping[str, str],
    *,
    saved: bool = False,
    problems: tuple[Problem, ...] = (),
) -> AboutPage:
    kept = len(_document_names(typed))
    count = kept if problems else kept + SPARE_DOCUMENTS
    names = tuple(f"document{number}" for number in range(1, count + 1))
    fields = (*TEXTS, "caveat", *(f"{name}-{part}" for name in names for part in PARTS))
    return AboutPage(
        slug=consultation.slug,
        title=consultation.title,
        typed={name: typed.get(name, "") for name in fields},
        documents=names,
        saved=saved,
        problems=problems,
    )


@get(f"{PAGE}/preview", guards=[may_manage], name="preview-overview")
async def see_overview(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    return await overview_response(request, await store.consultation(slug), trial=True)
