"""One page of a draft in one language: every text beside a field for its translation."""

from collections.abc import Mapping
from itertools import count
from typing import Any, TypeAlias
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.languages import named_in_english
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.drafting.applying import CannotApply
from surveys.drafting.operations import Operation
from surveys.pages.requests import OfficerRequest
from surveys.pages.translating.both import Stopped, show_both
from surveys.pages.translating.languages import LANGUAGES, languages_of, sheet_at
from surveys.pages.translating.typed import Typed, read_typed
from surveys.questionnaire import Questionnaire
from surveys.translation import COVER, Line, Sheet, next_missing, sheets, translated
from surveys.typed import tidy

ONE = f"{LANGUAGES}/{{code:str}}"
A_LINE = 60
"""How many characters of a text take a line."""

Shown: TypeAlias = Mapping[str, tuple[str, str]]
"""By place, how a translation was when the form was made, and what stands in its field."""


class Field(Struct, frozen=True):
    """A text with its field. `was` is the translation as the form was made of it, `value` what
    stands in the field, `height` how many lines the field has."""

    id: str
    place: str
    label: str
    words: str
    was: str
    value: str
    height: int
    is_missing: bool


class FieldGroup(Struct, frozen=True):
    key: str
    number: int
    fields: tuple[Field, ...]
    scale: str


class SheetLink(Struct, frozen=True):
    key: str
    number: int
    words: str
    missing: int


class SheetPage(Struct, frozen=True, kw_only=True):
    """`only_missing` shows nothing else; `saved` says that something was just stored, which
    `undo` would take back."""

    slug: str
    title: str
    revision: int
    code: str
    name: str
    default: str
    default_name: str
    key: str
    number: int
    words: str
    groups: tuple[FieldGroup, ...]
    texts: int
    missing: int
    missing_in_all: int
    only_missing: bool
    sheets: tuple[SheetLink, ...]
    next: SheetLink | None
    saved: bool = False
    undo: store.Change | None = None
    problems: tuple[Problem, ...] = ()


@get(ONE, guards=[may_manage], name="translate")
async def sheet_page(
    slug: FromPath[str],
    code: FromPath[str],
    request: OfficerRequest,
    page: FromQuery[str] = COVER,
    missing: FromQuery[bool] = False,
    saved: FromQuery[bool] = False,
) -> Response[Any]:
    draft = await store.draft(slug)
    if code not in draft.questionnaire.languages[1:]:
        return Redirect(languages_of(slug), status_code=303)
    shown = _page(draft, code, page, only_missing=missing)
    if saved:
        back, _ = await store.steps(draft, by=request.user.email)
        shown = replace(shown, saved=True, undo=back)
    return render(request, "surveys/translating/sheet.html", shown)


@post(ONE, guards=[may_manage])
async def save_sheet(
    slug: FromPath[str], code: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    typed = read_typed(form)
    if form.problems:
        return _kept(request, draft, code, form, typed)
    try:
        draft = await _store(draft, code, typed, by=request.user.email)
    except Stopped as stopped:
        now_there = await store.draft(slug)
        return show_both(request, now_there, code, form, typed, settled=stopped.settled)
    except CannotApply as refused:
        form.problems += [Problem("", f"{each.place}: {each.words}") for each in refused.problems]
        return _kept(request, draft, code, form, typed)
    if form.ticked("_autosave"):
        page = _page(draft, code, form.text("page"), shown=_echoed(draft, code, typed))
        page = replace(page, only_missing=form.ticked("missing"))
        return render(request, "surveys/translating/sheet.html", page)
    return _gone_on(draft, code, form)


async def _store(draft: store.Draft, code: str, typed: Typed, *, by: str) -> store.Draft:
    """The draft as it then stands. Raises Stopped where somebody has to choose first, and
    CannotApply."""

    def making(there: Questionnaire) -> Operation:
        settled = translated(there, code, typed.edits)
        if settled.clashes or settled.gone or settled.operation is None:
            raise Stopped(settled)
        return settled.operation

    try:
        return await store.change(draft.consultation.slug, making, by=by, now=now())
    except Stopped as stopped:
        if stopped.settled.clashes or stopped.settled.gone:
            raise
        # All of it is stored already, perhaps since the draft was read: by the form saving itself.
        return await store.draft(draft.consultation.slug)


def _kept(
    request: OfficerRequest, draft: store.Draft, code: str, form: Form, typed: Typed
) -> Response[str]:
    """What was typed, with what is wrong with it. Nothing is stored."""
    if typed.clashes:
        return show_both(request, draft, code, form, typed)
    was = {edit.place: edit.was for edit in typed.edits}
    shown = {place: (was[place], raw) for place, raw in typed.raw.items()}
    page = _page(draft, code, form.text("page"), shown=shown)
    ids = {field.place: field.id for group in page.groups for field in group.fields}
    problems = tuple(Problem(ids.get(p.place, ""), p.words) for p in form.problems)
    page = replace(page, only_missing=form.ticked("missing"), problems=problems)
    return render(request, "surveys/translating/sheet.html", page, status=422)


def _echoed(draft: store.Draft, code: str, typed: Typed) -> Shown:
    """What a form that saved itself is answered with: the fields that it has, as they are stored;
    as they were typed where that says the same, so that nothing moves under the hand."""
    stored = {
        line.place: line.said
        for each in sheets(draft.questionnaire, code)
        for line in each.lines
        if line.place in typed.raw
    }
    return {
        place: (said, typed.raw[place] if tidy(typed.raw[place]) == tidy(said) else said)
        for place, said in stored.items()
    }


def _gone_on(draft: store.Draft, code: str, form: Form) -> Redirect:
    """To the next page on which anything is missing, or still here."""
    slug, key = draft.consultation.slug, form.text("page")
    following = next_missing(sheets(draft.questionnaire, code), key)
    if form.text("go") == "stay":
        to = key
    elif following is None:
        finished = urlencode({"complete": code})
        return Redirect(f"{languages_of(slug)}?{finished}#done", status_code=303)
    else:
        to = following.key
    query = {"missing": "true" if form.ticked("missing") else "", "saved": "true"}
    return Redirect(f"{sheet_at(slug, code, to, **query)}#done", status_code=303)


def _page(
    draft: store.Draft,
    code: str,
    key: str,
    *,
    only_missing: bool = False,
    shown: Shown | None = None,
) -> SheetPage:
    """With `shown`, the fields of these places and no others."""
    asked = draft.questionnaire
    every = sheets(asked, code)
    sheet = next((each for each in every if each.key == key), every[0])
    following = next_missing(every, sheet.key)
    return SheetPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        code=code,
        name=named_in_english(code),
        default=asked.languages[0],
        default_name=named_in_english(asked.languages[0]),
        key=sheet.key,
        number=sheet.number,
        words=sheet.words,
        groups=_groups(sheet, only_missing=only_missing, shown=shown),
        texts=len(sheet.lines),
        missing=sheet.missing,
        missing_in_all=sum(each.missing for each in every),
        only_missing=only_missing,
        sheets=tuple(map(_link, every)),
        next=_link(following) if following and following is not sheet else None,
    )


def _link(sheet: Sheet) -> SheetLink:
    return SheetLink(sheet.key, sheet.number, sheet.words, sheet.missing)


def _groups(sheet: Sheet, *, only_missing: bool, shown: Shown | None) -> tuple[FieldGroup, ...]:
    number = count(1)
    groups = (
        FieldGroup(
            group.key,
            group.number,
            tuple(
                _field(f"text-{at}", line, shown)
                for line in group.lines
                for at in [next(number)]
                if (line.is_missing or not only_missing) and (shown is None or line.place in shown)
            ),
            "" if only_missing or shown is not None else group.scale,
        )
        for group in sheet.groups
    )
    return tuple(group for group in groups if group.fields or group.scale)


def _field(id_: str, line: Line, shown: Shown | None) -> Field:
    was, value = shown[line.place] if shown else (line.said, line.said)
    return Field(
        id=id_,
        place=line.place,
        label=line.label,
        words=line.words,
        was=was,
        value=value,
        height=_height(line.words, value),
        is_missing=line.is_missing,
    )


def _height(*texts: str) -> int:
    lines = max(sum(1 + len(line) // A_LINE for line in text.split("\n")) for text in texts)
    return min(lines, 12)
