"""Officers bring a questionnaire: a new consultation, or a new version for a later round."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.consultation import Consultation
from surveys.native_files import LARGEST_FILE, UnusableQuestionnaire
from surveys.pages.requests import OfficerRequest
from surveys.slugs import LONGEST, is_slug

IMPORT = "/officer/consultations/import"
VERSION = "/officer/consultations/{slug:str}/questionnaire/version"


class ImportPage(Struct, frozen=True, kw_only=True):
    """Everything typed stays in `typed`; `title` and `address` are the consultation's, if any."""

    typed: Mapping[str, str]
    slug: str = ""
    title: str = ""
    problems: tuple[Problem, ...] = ()


@get(IMPORT, guards=[may_manage], name="import-questionnaire")
async def import_page(request: OfficerRequest) -> Response[str]:
    page = ImportPage(typed={"document": "", "slug": ""})
    return render(request, "surveys/import.html", page)


@post(IMPORT, guards=[may_manage])
async def import_questionnaire(request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    document = _document(form)
    slug = form.text("slug", limit=LONGEST)
    if slug and not form.problems and not is_slug(slug):
        form.refuse("slug", "Use lower-case letters, digits and hyphens, like parks-for-all")
    if not form.problems:
        try:
            made = await store.create_consultation(
                document, slug=slug or None, by=request.user.email, now=now()
            )
            return Redirect(_questionnaire_of(made.slug), status_code=303)
        except UnusableQuestionnaire as unusable:
            form.problems.extend(_on_the_form(unusable))
        except store.SlugTaken as taken:
            form.refuse("slug", taken.words)
    page = ImportPage(typed=_typed(document, slug), problems=tuple(form.problems))
    return render(request, "surveys/import.html", page, status=422)


def _document(form: Form) -> bytes:
    """The file if one was chosen, else what was pasted."""
    pasted = form.text("document", limit=LARGEST_FILE)
    document = form.file("file") or pasted.encode()
    if not document:
        form.refuse("document", "Choose a file, or paste the questionnaire")
    return document


def _on_the_form(unusable: UnusableQuestionnaire) -> list[Problem]:
    return [Problem("document", f"{each.place}: {each.words}") for each in unusable.problems]


def _typed(document: bytes, slug: str) -> dict[str, str]:
    # What is no text cannot be shown again, and is still on the officer's own computer.
    return {"document": document.decode("utf-8", errors="replace"), "slug": slug}


def _questionnaire_of(slug: str) -> str:
    return f"/officer/consultations/{slug}/questionnaire"


@get(VERSION, guards=[may_manage], name="new-version")
async def version_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    consultation = await store.consultation(slug)
    newest = (await store.document(slug)).decode()
    return _version_response(request, consultation, {"document": newest, "note": ""})


@post(VERSION, guards=[may_manage])
async def add_version(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    consultation = await store.consultation(slug)
    form = await read_form(request)
    document = _document(form)
    note = form.text("note", missing="Say in a few words what is new in it", limit=500)
    if not form.problems:
        try:
            await store.add_version(
                consultation.id, document, by=request.user.email, now=now(), note=note
            )
            return Redirect(_questionnaire_of(slug), status_code=303)
        except UnusableQuestionnaire as unusable:
            form.problems.extend(_on_the_form(unusable))
    typed = {"document": document.decode("utf-8", errors="replace"), "note": note}
    return _version_response(request, consultation, typed, problems=tuple(form.problems))


def _version_response(
    request: OfficerRequest,
    consultation: Consultation,
    typed: Mapping[str, str],
    *,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    page = ImportPage(
        typed=typed, slug=consultation.slug, title=consultation.title, problems=problems
    )
    status = 422 if problems else 200
    return render(request, "surveys/version.html", page, status=status)
