"""The documents of a consultation: officers keep them, everyone reads them."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.languages import known_languages, language_name
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.consultation import Consultation, Document
from surveys.documents import (
    ACCEPTED,
    KIND_WORDS,
    LARGEST_DOCUMENT,
    DocumentVersion,
    KeptDocument,
    Kind,
)
from surveys.file_content import (
    EMPTY,
    KIND,
    PROGRAMS,
    TOO_MANY_PIXELS,
    UNREADABLE,
    Content,
    NotTaken,
    content_of,
)
from surveys.pages.editing.texts import Field, read_text, text_fields
from surveys.pages.overview import is_public
from surveys.pages.reading_list import Copy, copy_of
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Questionnaire, Text, say

DESK = "/officer/consultations/{slug:str}/documents"
ONE = f"{DESK}/{{number:int}}"
FILE = "{number:int}/{version:int}/{language:str}"
ROOM_FOR_FIELDS = 1024 * 1024
WORDS = {
    KIND: (
        "Choose a PDF, a Word (.docx) or OpenDocument (.odt) file, a PNG or JPEG picture, or plain "
        "text"
    ),
    UNREADABLE: "The file is not what its name says. Save it again, as a PDF if you can",
    EMPTY: "The file is empty. Choose another",
    TOO_MANY_PIXELS: "The picture is too large to be read. Make it smaller and choose it again",
    PROGRAMS: "The file holds a program (a macro). Save it without, or as a PDF",
}

AnyRequest = Request[Any, Any, Any]


class Choice(Struct, frozen=True):
    value: str
    words: str
    chosen: bool


class DocumentLine(Struct, frozen=True):
    number: int
    title: str
    kind: str
    strand: str
    newest: tuple[Copy, ...]


class DocumentsPage(Struct, frozen=True, kw_only=True):
    """`links` are those from before documents had versions, which the first change takes over."""

    slug: str
    title: str
    kept: tuple[DocumentLine, ...]
    removed: tuple[DocumentLine, ...]
    links: tuple[Document, ...]


class DocumentPage(Struct, frozen=True, kw_only=True):
    """A document to change, or (number 0) to add. `language` is that of the first field."""

    slug: str
    title: str
    number: int
    heading: str
    fields: tuple[Field, ...]
    kinds: tuple[Choice, ...]
    strands: tuple[Choice, ...]
    newest: tuple[Copy, ...] = ()
    earlier: tuple[Copy, ...] = ()
    languages: tuple[Choice, ...] = ()
    versions: tuple[Choice, ...] = ()
    typed: Mapping[str, str] = {}
    problems: tuple[Problem, ...] = ()


@get(DESK, guards=[may_manage], name="documents")
async def documents_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    consultation = await store.consultation(slug)
    asked = await _newest(consultation)
    documents = await store.documents(consultation.id)
    page = DocumentsPage(
        slug=slug,
        title=consultation.title,
        kept=tuple(_line(slug, each, asked) for each in documents if not each.removed),
        removed=tuple(_line(slug, each, asked) for each in documents if each.removed),
        links=consultation.about.documents,
    )
    return render(request, "surveys/documents.html", page)


@get(f"{DESK}/new", guards=[may_manage], name="new-document")
async def new_document(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    return await _response(request, await store.consultation(slug), Form({}), None)


@post(f"{DESK}/new", guards=[may_manage])
async def add_document(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    consultation = await store.consultation(slug)
    form = await read_form(request)
    title, kind, strand = _read_head(form, await _newest(consultation), like={})
    if form.problems or kind is None:
        return await _response(request, consultation, form, None)
    number = await store.add_document(
        slug, title=title, kind=kind, strand=strand, by=request.user.email, now=now()
    )
    return Redirect(f"{_desk(slug)}/{number}", status_code=303)


@get(ONE, guards=[may_manage], name="document")
async def document_page(
    slug: FromPath[str], number: FromPath[int], request: OfficerRequest
) -> Response[str]:
    consultation = await store.consultation(slug)
    kept = await store.document_kept(consultation.id, number)
    return await _response(request, consultation, Form({}), kept)


@post(ONE, guards=[may_manage])
async def change_document(
    slug: FromPath[str], number: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await store.consultation(slug)
    kept = await store.document_kept(consultation.id, number)
    form = await read_form(request)
    title, kind, strand = _read_head(form, await _newest(consultation), like=kept.title)
    if form.problems or kind is None:
        return await _response(request, consultation, form, kept)
    await store.change_document(
        slug, number, title=title, kind=kind, strand=strand, by=request.user.email, now=now()
    )
    return Redirect(_desk(slug), status_code=303)


@post(
    f"{ONE}/versions",
    guards=[may_manage],
    name="add-document-version",
    request_max_body_size=LARGEST_DOCUMENT + ROOM_FOR_FIELDS,
)
async def add_version(
    slug: FromPath[str], number: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await store.consultation(slug)
    kept = await store.document_kept(consultation.id, number)
    form = await read_form(request)
    new = _read_version(form, kept)
    if form.problems:
        return await _response(request, consultation, form, kept)
    try:
        await store.add_document_version(slug, number, new, by=request.user.email, now=now())
    except store.VersionInThatLanguage as refused:
        form.refuse("language", refused.words)
        return await _response(request, consultation, form, kept)
    return Redirect(f"{_desk(slug)}/{number}", status_code=303)


@post(f"{ONE}/remove", guards=[may_manage], name="remove-document")
async def remove_document(
    slug: FromPath[str], number: FromPath[int], request: OfficerRequest
) -> Redirect:
    await store.remove_document(slug, number, by=request.user.email, now=now())
    return Redirect(_desk(slug), status_code=303)


@post(f"{ONE}/put-back", guards=[may_manage], name="put-document-back")
async def put_document_back(
    slug: FromPath[str], number: FromPath[int], request: OfficerRequest
) -> Redirect:
    await store.put_document_back(slug, number, by=request.user.email, now=now())
    return Redirect(_desk(slug), status_code=303)


@get(f"/consultations/{{slug:str}}/documents/{FILE}", name="document-file")
async def read_document(
    slug: FromPath[str],
    number: FromPath[int],
    version: FromPath[int],
    language: FromPath[str],
    request: AnyRequest,
) -> Response[bytes] | Redirect:
    consultation = await store.consultation(slug)
    if not is_public(consultation):
        raise store.NoSuchConsultation("Check the address, or look for it on the front page.")
    return await _file(consultation, number, version, language, request)


@get(f"{DESK}/{FILE}", guards=[may_manage], name="officer-document-file")
async def read_as_officer(
    slug: FromPath[str],
    number: FromPath[int],
    version: FromPath[int],
    language: FromPath[str],
    request: OfficerRequest,
) -> Response[bytes] | Redirect:
    return await _file(await store.consultation(slug), number, version, language, request)


async def _file(
    consultation: Consultation, number: int, version: int, language: str, request: AnyRequest
) -> Response[bytes] | Redirect:
    kept = await store.document_kept(consultation.id, number)
    found = kept.version(version, language)
    if found is None:
        raise store.NoSuchDocument("It has no such version in that language.")
    if not found.digest:
        if not found.link:
            raise store.NoSuchDocument("It has no address that can be opened.")
        return Redirect(found.link, status_code=303)
    tag = f'"{found.digest}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Content-Language": found.language,
        "Content-Disposition": _disposition(found),
        # A browser's own reader of PDFs needs these two; the file is never a page of ours.
        "Content-Security-Policy": (
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
            "frame-ancestors 'none'"
        ),
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=found.media_type)
    data = await store.document_file(found)
    return Response(data, headers=headers, media_type=found.media_type)


def _disposition(version: DocumentVersion) -> str:
    """Only a PDF is shown by the browser itself; all else is saved."""
    how = "inline" if version.media_type == "application/pdf" else "attachment"
    return f"{how}; filename*=UTF-8''{quote(version.file_name, safe='')}"


def _desk(slug: str) -> str:
    return f"/officer/consultations/{slug}/documents"


async def _newest(consultation: Consultation) -> Questionnaire:
    return (await store.versions(consultation.id))[-1].questionnaire


def _line(slug: str, document: KeptDocument, asked: Questionnaire) -> DocumentLine:
    language = asked.languages[0]
    named = {strand.key: say(strand.title, language) for strand in asked.strands}
    return DocumentLine(
        document.number,
        document.called(language),
        KIND_WORDS[document.kind],
        named.get(document.strand, ""),
        tuple(_copy(slug, document, each) for each in document.newest),
    )


def _copy(slug: str, document: KeptDocument, version: DocumentVersion) -> Copy:
    """As officers open it, also before the consultation is public."""
    return copy_of(slug, document, version, language="en", base="/officer/consultations")


def _read_head(form: Form, asked: Questionnaire, *, like: Text) -> tuple[Text, Kind | None, str]:
    missing = "Enter the title of the document"
    title = read_text(form, "title", asked.languages, missing=missing, like=like)
    typed = form.text("kind", missing="Choose what kind of document it is")
    kind = Kind(typed) if typed in set(Kind) else None
    if typed and kind is None:
        form.refuse("kind", "Choose a kind that is listed")
    strand = form.text("strand")
    return title, kind, strand if strand in {each.key for each in asked.strands} else ""


def _read_version(form: Form, kept: KeptDocument) -> store.NewVersion:
    typed = form.text("version")
    numbers = {str(each.number): each for each in kept.versions}
    name = form.text("name", limit=100) or (numbers[typed].name if typed in numbers else "")
    if not name:
        form.refuse("name", "Say which version it is, like Final draft")
    language = form.text("language", missing="Choose the language it is in", limit=35)
    if language and language not in dict(known_languages()):
        form.refuse("language", "Choose a language that is listed")
    url = form.text("url", limit=1000)
    file = _read_file(form)
    if url and not Document(title="", url=url).link:
        form.refuse("url", "Enter a web address that begins with https://")
    if not form.problems and (file is None) is not bool(url):
        form.refuse("file", "Choose a file, or enter a web address, and not both")
    note = form.text("note", limit=500)
    number = numbers[typed].number if typed in numbers else None
    return store.NewVersion(language, name, note, url, file, number)


def _read_file(form: Form) -> Content | None:
    for chosen in form.files("file"):
        if len(chosen.data) > LARGEST_DOCUMENT:
            form.refuse("file", "The file is over 20 MB. Make it smaller, or link to it")
            return None
        try:
            return content_of(chosen.name, chosen.data, kinds=ACCEPTED)
        except NotTaken as refused:
            form.refuse("file", WORDS[refused.why])
    return None


async def _response(
    request: OfficerRequest, consultation: Consultation, form: Form, kept: KeptDocument | None
) -> Response[str]:
    asked = await _newest(consultation)
    language = asked.languages[0]
    typed = {name: values[0] for name, values in form.fields.items() if values}
    title = kept.title if kept else ""
    fields = text_fields("title", title, asked.languages)
    page = DocumentPage(
        slug=consultation.slug,
        title=consultation.title,
        number=kept.number if kept else 0,
        heading=kept.called(language) if kept else "Add a document",
        fields=tuple(
            Field(f.name, f.language, f.language_name, typed.get(f.name, f.value)) for f in fields
        ),
        kinds=_choices(
            ((kind.value, words) for kind, words in KIND_WORDS.items()),
            typed.get("kind", kept.kind.value if kept else ""),
        ),
        strands=_choices(
            ((each.key, say(each.title, language)) for each in asked.strands),
            typed.get("strand", kept.strand if kept else ""),
        ),
        typed={name: typed.get(name, "") for name in ("name", "note", "url")},
        problems=tuple(form.problems),
        **(_versions(consultation.slug, kept, typed, language) if kept else {}),
    )
    status = 422 if form.problems else 200
    return render(request, "surveys/document.html", page, status=status)


def _versions(
    slug: str, kept: KeptDocument, typed: Mapping[str, str], language: str
) -> dict[str, Any]:
    numbers = {each.number: each.name for each in kept.versions}
    further = (
        (str(number), f"Version {number}, {name}, in another language")
        for number, name in numbers.items()
    )
    return {
        "newest": tuple(_copy(slug, kept, each) for each in kept.newest),
        "earlier": tuple(_copy(slug, kept, each) for each in kept.earlier),
        "languages": _choices(
            ((code, _both_names(code)) for code, _ in known_languages()),
            typed.get("language", language),
        ),
        "versions": _choices((("new", "A new version"), *further), typed.get("version", "new")),
    }


def _both_names(code: str) -> str:
    return f"{language_name(code)} ({code})"


def _choices(given: Iterable[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, words, value == chosen) for value, words in given)


handlers = (
    documents_page,
    new_document,
    add_document,
    document_page,
    change_document,
    add_version,
    remove_document,
    put_document_back,
    read_document,
    read_as_officer,
)
