"""Officers bring a questionnaire: a new consultation, or a new version for a later round."""

import asyncio
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
from surveys.files import Source, kind_of, read_file
from surveys.imported import Note
from surveys.native_files import LARGEST_FILE, UnusableQuestionnaire
from surveys.pages.requests import OfficerRequest
from surveys.slugs import LONGEST, is_slug

IMPORT = "/officer/consultations/import"
NOTES = "/officer/consultations/{slug:str}/questionnaire/notes/{number:int}"
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
    name, data = _given(form)
    slug = form.text("slug", limit=LONGEST)
    if slug and not form.problems and not is_slug(slug):
        form.refuse("slug", "Use lower-case letters, digits and hyphens, like parks-for-all")
    if not form.problems:
        try:
            source = await asyncio.to_thread(read_file, data, name=name)
            made = await store.create_consultation(
                source.document,
                slug=slug or None,
                by=request.user.email,
                now=now(),
                notes=source.notes,
            )
            return Redirect(_after(made.slug, source, number=1), status_code=303)
        except UnusableQuestionnaire as unusable:
            form.problems.extend(_on_the_form(unusable))
        except store.SlugTaken as taken:
            form.refuse("slug", taken.words)
    typed = {"document": _shown_again(name, data), "slug": slug}
    page = ImportPage(typed=typed, problems=tuple(form.problems))
    return render(request, "surveys/import.html", page, status=422)


def _given(form: Form) -> tuple[str, bytes]:
    """The name and bytes of the file if one was chosen, else what was pasted."""
    pasted = form.text("document", limit=LARGEST_FILE)
    chosen = form.files("file")
    if chosen and chosen[0].data:
        return chosen[0].name, chosen[0].data
    if not pasted:
        form.refuse("document", "Choose a file, or paste the questionnaire")
    return "", pasted.encode()


def _on_the_form(unusable: UnusableQuestionnaire) -> list[Problem]:
    return [Problem("document", f"{each.place}: {each.words}") for each in unusable.problems]


def _shown_again(name: str, data: bytes) -> str:
    """Our own text, to be mended here. Other files are mended where they were made, and so are
    those that are too large."""
    mended_here = kind_of(data, name) == ".json" and len(data) <= LARGEST_FILE
    return data.decode("utf-8", errors="replace") if mended_here else ""


def _after(slug: str, source: Source, *, number: int) -> str:
    """Where to go on: to what could not be brought over, if there is anything."""
    return f"{_questionnaire_of(slug)}/notes/{number}" if source.notes else _questionnaire_of(slug)


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
    name, data = _given(form)
    note = form.text("note", missing="Say in a few words what is new in it", limit=500)
    if not form.problems:
        try:
            source = await asyncio.to_thread(read_file, data, name=name)
            added = await store.add_version(
                consultation.id,
                source.document,
                by=request.user.email,
                now=now(),
                note=note,
                notes=source.notes,
            )
            return Redirect(_after(slug, source, number=added.number), status_code=303)
        except UnusableQuestionnaire as unusable:
            form.problems.extend(_on_the_form(unusable))
    typed = {"document": _shown_again(name, data), "note": note}
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


class NotesPage(Struct, frozen=True, kw_only=True):
    """What an import could not bring over, for the officer to mend by hand."""

    slug: str
    title: str
    number: int
    notes: tuple[Note, ...]


@get(NOTES, guards=[may_manage], name="import-notes")
async def notes_page(
    slug: FromPath[str], number: FromPath[int], request: OfficerRequest
) -> Response[str]:
    consultation = await store.consultation(slug)
    versions = {each.number: each.id for each in await store.versions(consultation.id)}
    if number not in versions:
        raise store.NoSuchVersion("Go back to the questionnaire and choose one that is listed.")
    notes = await store.import_notes(versions[number])
    page = NotesPage(slug=slug, title=consultation.title, number=number, notes=notes)
    return render(request, "surveys/import_notes.html", page)
