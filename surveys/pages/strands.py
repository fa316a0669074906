"""The strands of a draft: what each is about, what it proposes, and which pages belong to it."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.languages import language_name
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.drafting.applying import CannotApply
from surveys.pages.editing.landing import EDIT, editor_of
from surveys.pages.editing.texts import Field, read_text, text_fields
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Questionnaire, Strand, Text, say
from surveys.strands import (
    new_strand_key,
    proposals,
    strand_moved,
    the_strand,
    with_strand,
    without_strand,
)

STRANDS = f"{EDIT}/strands"
ONE = f"{STRANDS}/{{key:str}}"


class StrandLine(Struct, frozen=True):
    key: str
    title: str
    text: str
    proposals: tuple[str, ...]
    pages: tuple[str, ...]


class StrandsPage(Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    strands: tuple[StrandLine, ...]
    unassigned: tuple[str, ...]


class PageTick(Struct, frozen=True):
    key: str
    words: str
    ticked: bool


class StrandPage(Struct, frozen=True, kw_only=True):
    """A strand to change, or (no key) to add."""

    slug: str
    title: str
    key: str
    titles: tuple[Field, ...]
    texts: tuple[Field, ...]
    proposals: tuple[Field, ...]
    pages: tuple[PageTick, ...]
    problems: tuple[Problem, ...] = ()


@get(STRANDS, guards=[may_manage], name="strands")
async def strands_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    draft = await store.draft(slug)
    asked = draft.questionnaire
    page = StrandsPage(
        slug=slug,
        title=draft.consultation.title,
        strands=tuple(_line(each, asked) for each in asked.strands),
        unassigned=_pages_of(asked, ""),
    )
    return render(request, "surveys/strands.html", page)


@get(f"{STRANDS}/new", guards=[may_manage], name="new-strand")
async def new_strand(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    draft = await store.draft(slug)
    return render(request, "surveys/strand.html", _form(draft, Strand("", ""), {}))


@get(ONE, guards=[may_manage], name="strand")
async def strand_page(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[str]:
    draft = await store.draft(slug)
    page = _form(draft, the_strand(draft.questionnaire, key), {})
    return render(request, "surveys/strand.html", page)


@post(f"{STRANDS}/new", guards=[may_manage])
async def add_strand(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    return await _saved(slug, request, key="")


@post(ONE, guards=[may_manage])
async def change_strand(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    return await _saved(slug, request, key=key)


@post(f"{ONE}/move", guards=[may_manage], name="move-strand")
async def move_strand(slug: FromPath[str], key: FromPath[str], request: OfficerRequest) -> Redirect:
    form = await read_form(request)
    by = 1 if form.text("to") == "down" else -1
    await store.change(
        slug, lambda there: strand_moved(there, key, by), by=request.user.email, now=now()
    )
    return Redirect(f"{editor_of(slug)}/strands#strand-{key}", status_code=303)


@post(f"{ONE}/remove", guards=[may_manage], name="remove-strand")
async def remove_strand(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Redirect:
    await store.change(
        slug, lambda there: without_strand(there, key), by=request.user.email, now=now()
    )
    return Redirect(f"{editor_of(slug)}/strands", status_code=303)


async def _saved(slug: str, request: OfficerRequest, *, key: str) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    before = the_strand(draft.questionnaire, key) if key else Strand("", "")
    strand = _read(form, draft.questionnaire, before)
    pages = form.texts("page")
    if not form.problems:
        try:
            await store.change(
                slug,
                lambda there: with_strand(there, strand, pages),
                by=request.user.email,
                now=now(),
            )
            return Redirect(f"{editor_of(slug)}/strands", status_code=303)
        except CannotApply as refused:
            language = draft.questionnaire.languages[0]
            form.problems += [Problem(f"title-{language}", p.words) for p in refused.problems]
    typed = {name: values[0] for name, values in form.fields.items() if values}
    page = _form(draft, before, typed, pages=pages, problems=tuple(form.problems))
    return render(request, "surveys/strand.html", page, status=422)


def _read(form: Form, asked: Questionnaire, before: Strand) -> Strand:
    languages = asked.languages
    missing = "Enter a title for the strand"
    title = read_text(form, "title", languages, missing=missing, like=before.title)
    texts = {code: form.text(f"text-{code}") for code in languages}
    lines = {code: _lines(form.text(f"proposals-{code}")) for code in languages}
    count = len(lines[languages[0]])
    for code in languages[1:]:
        if lines[code] and len(lines[code]) != count:
            form.refuse(
                f"proposals-{code}",
                f"Write a line in {language_name(code)} for each of the {count} proposals, in the "
                "same order",
            )
    if any(texts.values()) and not texts[languages[0]]:
        form.refuse(f"text-{languages[0]}", f"Write the text in {language_name(languages[0])} too")
    key = before.key or new_strand_key(say(title, languages[0]), asked)
    rows = proposals(lines, languages, before.proposals) if not form.problems else ()
    return Strand(key, title, _given(texts, languages[0]), rows)


def _lines(typed: str) -> list[str]:
    return [line.strip(" \t•-") for line in typed.splitlines() if line.strip(" \t•-")]


def _given(texts: Mapping[str, str], default: str) -> Text:
    given = {code: words for code, words in texts.items() if words}
    return given if given.keys() - {default} else given.get(default, "")


def _form(
    draft: store.Draft,
    strand: Strand,
    typed: Mapping[str, str],
    *,
    pages: list[str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> StrandPage:
    asked = draft.questionnaire
    language = asked.languages[0]

    def fields(name: str, text: Text) -> tuple[Field, ...]:
        return tuple(
            Field(f.name, f.language, f.language_name, typed.get(f.name, f.value))
            for f in text_fields(name, text, asked.languages)
        )

    listed: Text = {
        code: "\n".join(_said(row.text, code, language) for row in strand.proposals)
        for code in asked.languages
    }
    return StrandPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        key=strand.key,
        titles=fields("title", strand.title),
        texts=fields("text", strand.text),
        proposals=fields("proposals", listed),
        pages=tuple(
            PageTick(
                page.key,
                f"Page {number}: {say(page.title, language)}",
                page.key in pages
                if pages is not None
                else bool(strand.key) and page.strand == strand.key,
            )
            for number, page in enumerate(asked.pages, start=1)
        ),
        problems=problems,
    )


def _said(text: Text, code: str, default: str) -> str:
    if isinstance(text, str):
        return text if code == default else ""
    return text.get(code, "")


def _line(strand: Strand, asked: Questionnaire) -> StrandLine:
    language = asked.languages[0]
    return StrandLine(
        strand.key,
        say(strand.title, language),
        say(strand.text, language),
        tuple(say(row.text, language) for row in strand.proposals),
        _pages_of(asked, strand.key),
    )


def _pages_of(asked: Questionnaire, strand: str) -> tuple[str, ...]:
    language = asked.languages[0]
    return tuple(
        f"Page {number}: {say(page.title, language)}"
        for number, page in enumerate(asked.pages, start=1)
        if page.strand == strand
    )


handlers = (
    strands_page,
    new_strand,
    add_strand,
    strand_page,
    change_strand,
    move_strand,
    remove_strand,
)
