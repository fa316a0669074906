"""The cover: what the questionnaire is called, how it is laid out and in which languages it is."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.languages import named_in_english
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.drafting.applying import CannotApply
from surveys.drafting.merging import cover
from surveys.pages.editing.landing import EDIT, editor_of, landed
from surveys.pages.editing.starting import offered_languages, read_languages
from surveys.pages.editing.texts import (
    Both,
    Field,
    both_texts,
    read_text,
    text_fields,
    text_over,
)
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Layout, Questionnaire
from surveys.translated import lacking, written_in

COVER = f"{EDIT}/cover"
LABELS = {"title": "Title", "layout": "Layout", "languages": "Languages"}
MOST = 1_000_000


class Going(Struct, frozen=True):
    """A language that is to go, with how many texts are written in it."""

    language: str
    name: str
    texts: int


class CoverPage(Struct, frozen=True, kw_only=True):
    """`opened` is the cover that the form was made of, as JSON. `going` waits for a yes."""

    slug: str
    title: str
    revision: int
    fields: tuple[Field, ...]
    layout: Layout
    all_languages: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    opened: str
    going: tuple[Going, ...] = ()
    both: tuple[Both, ...] = ()
    problems: tuple[Problem, ...] = ()


@get(COVER, guards=[may_manage], name="edit-cover")
async def cover_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    draft = await store.draft(slug)
    page = _page(draft, draft.questionnaire, opened=_written(draft.questionnaire))
    return render(request, "surveys/edit/cover.html", page)


@post(COVER, guards=[may_manage])
async def change_cover(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    opened = _read_opened(form, else_=draft.questionnaire)
    mine = _typed(form, draft.questionnaire, opened)
    going = _going(form, draft.questionnaire, mine.languages)
    if form.problems:
        kept = form.text("opened", limit=MOST)
        problems = tuple(form.problems)
        page = _page(draft, mine, opened=kept, going=going, problems=problems)
        return render(request, "surveys/edit/cover.html", page, status=422)
    try:
        changed = await store.change_cover(
            slug, opened=opened, mine=mine, by=request.user.email, now=now()
        )
    except store.ChangedMeanwhile as meanwhile:
        page = _both(await store.draft(slug), opened, mine, meanwhile)
        return render(request, "surveys/edit/cover.html", page, status=meanwhile.status)
    except CannotApply as refused:
        written = _written(draft.questionnaire)
        page = _page(draft, mine, opened=written, problems=refused.problems)
        return render(request, "surveys/edit/cover.html", page, status=422)
    if form.ticked("_autosave"):
        return Redirect(f"{editor_of(slug)}/cover", status_code=303)
    return landed(changed, form)


def _both(
    draft: store.Draft,
    opened: Questionnaire,
    mine: Questionnaire,
    meanwhile: store.ChangedMeanwhile,
) -> CoverPage:
    """The cover as it is stored, with what this officer wrote in its place."""
    stored = draft.questionnaire
    default = stored.languages[0]
    shown = msgspec.structs.replace(
        stored,
        title=text_over(opened.title, mine.title, stored.title, default=default),
        layout=mine.layout if mine.layout != opened.layout else stored.layout,
        languages=mine.languages if mine.languages != opened.languages else stored.languages,
    )
    both = both_texts(meanwhile.conflicts, LABELS, default=default)
    return _page(draft, shown, opened=_written(stored), both=both)


def _typed(form: Form, questionnaire: Questionnaire, opened: Questionnaire) -> Questionnaire:
    """What the form says. A title is read in the languages that the form had fields for."""
    languages = read_languages(form, known=questionnaire.languages)
    asked = tuple(code for code in opened.languages if f"title-{code}" in form.fields)
    title = read_text(
        form, "title", asked or opened.languages, missing="Enter a title", like=opened.title
    )
    if isinstance(title, dict):
        title = {code: words for code, words in title.items() if code in languages}
    typed = form.text("layout")
    layout = Layout(typed) if typed in set(Layout) else opened.layout
    return msgspec.structs.replace(cover(opened), title=title, layout=layout, languages=languages)


def _going(
    form: Form, questionnaire: Questionnaire, languages: tuple[str, ...]
) -> tuple[Going, ...]:
    """The languages that go with texts in them, each of which needs a yes of its own; and a
    default without all the texts is a problem."""
    agreed = set(form.texts("sure"))
    found = tuple(
        Going(code, named_in_english(code), written_in(questionnaire, code))
        for code in questionnaire.languages
        if code not in languages
    )
    going = tuple(each for each in found if each.texts)
    for each in going:
        if each.language not in agreed:
            form.refuse(
                f"sure-{each.language}",
                f"Say whether {each.name} goes, with the {each.texts} texts written in it",
            )
    first = languages[0]
    if first != questionnaire.languages[0] and (count := lacking(questionnaire, first)) and first:
        form.refuse(
            "language",
            f"Translate everything into {named_in_english(first)} first: {count} texts are missing",
        )
    return going


def _written(questionnaire: Questionnaire) -> str:
    return msgspec.json.encode(cover(questionnaire)).decode()


def _read_opened(form: Form, *, else_: Questionnaire) -> Questionnaire:
    try:
        return msgspec.json.decode(form.text("opened", limit=MOST), type=Questionnaire)
    except msgspec.DecodeError:
        return cover(else_)


def _page(draft: store.Draft, shown: Questionnaire, *, opened: str, **more: Any) -> CoverPage:
    stored = draft.questionnaire.languages
    return CoverPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        fields=text_fields("title", shown.title, stored),
        layout=shown.layout,
        all_languages=offered_languages(stored),
        languages=shown.languages,
        opened=opened,
        **more,
    )
