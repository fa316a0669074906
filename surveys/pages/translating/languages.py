"""The languages of a draft: how far each has come, and one more."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.languages import known_languages, named_in_english
from app.problems import Problem
from app.speech import LANGUAGES as SPOKEN
from app.speech import direction
from app.templating import render
from surveys import store
from surveys.drafting.applying import CannotApply, cover_of
from surveys.drafting.operations import ChangeCover
from surveys.pages.editing.landing import EDIT, editor_of
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Questionnaire
from surveys.soundness import LANGUAGE
from surveys.translation import Standing, next_missing, sheets, standing

LANGUAGES = f"{EDIT}/languages"
NOT_A_CODE = "Enter a code of two or three letters, like pl or rom"


class LanguageLine(Struct, frozen=True):
    """`missing_at` is the key of the first sheet on which anything is missing. `is_spoken` says
    that the program itself speaks the language."""

    code: str
    name: str
    is_first: bool
    is_spoken: bool
    runs_left: bool
    standing: Standing
    missing_at: str


class LanguagesPage(Struct, frozen=True, kw_only=True):
    """`complete` names the language that was just finished, with the step that `undo` takes
    back."""

    slug: str
    title: str
    revision: int
    languages: tuple[LanguageLine, ...]
    offered: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    complete: str = ""
    undo: store.Change | None = None
    problems: tuple[Problem, ...] = ()


def languages_of(slug: str) -> str:
    return f"{editor_of(slug)}/languages"


@get(LANGUAGES, guards=[may_manage], name="translations")
async def languages_page(
    slug: FromPath[str], request: OfficerRequest, complete: FromQuery[str] = ""
) -> Response[str]:
    draft = await store.draft(slug)
    page = _page(draft, {"language": "", "code": ""})
    if complete in draft.questionnaire.languages:
        back, _ = await store.steps(draft, by=request.user.email)
        page = replace(page, complete=named_in_english(complete), undo=back)
    return render(request, "surveys/translating/languages.html", page)


@post(LANGUAGES, guards=[may_manage])
async def add_language(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    code = _chosen(form)
    if code and code in draft.questionnaire.languages:
        form.refuse(_field(form), f"{named_in_english(code)} is there already")
    if not form.problems:
        try:
            await store.change(
                slug, lambda there: _with(there, code), by=request.user.email, now=now()
            )
            return Redirect(f"{languages_of(slug)}/{code}", status_code=303)
        except CannotApply as refused:
            form.problems += [Problem(_field(form), each.words) for each in refused.problems]
    typed = {name: form.text(name) for name in ("language", "code")}
    page = replace(_page(draft, typed), problems=tuple(form.problems))
    return render(request, "surveys/translating/languages.html", page, status=422)


def _with(questionnaire: Questionnaire, code: str) -> ChangeCover:
    languages = dict.fromkeys((*questionnaire.languages, code))
    return cover_of(replace(questionnaire, languages=tuple(languages)))


def _field(form: Form) -> str:
    return "code" if form.text("code") else "language"


def _chosen(form: Form) -> str:
    """The code as it is usually written: the language small, a script with a capital, a country
    in capitals."""
    typed = form.text("code").replace("_", "-")
    if not typed:
        return form.text("language", missing="Choose a language, or enter its code")
    if not LANGUAGE.fullmatch(typed) or len(typed) > 20:
        form.refuse("code", NOT_A_CODE)
    first, *rest = typed.lower().split("-")
    shaped = (each.upper() if len(each) == 2 else each.title() for each in rest)
    return "-".join((first, *shaped))


def sheet_at(slug: str, code: str, key: str, **query: str) -> str:
    """The address of one sheet."""
    told = {**({"page": key} if key else {}), **{name: v for name, v in query.items() if v}}
    return f"{languages_of(slug)}/{code}" + (f"?{urlencode(told)}" if told else "")


def _page(draft: store.Draft, typed: Mapping[str, str]) -> LanguagesPage:
    asked = draft.questionnaire
    return LanguagesPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        languages=tuple(_line(asked, code) for code in asked.languages),
        offered=tuple(
            (code, named_in_english(code))
            for code, _ in known_languages()
            if code not in asked.languages
        ),
        typed=typed,
    )


def _line(asked: Questionnaire, code: str) -> LanguageLine:
    every = sheets(asked, code)
    first = next_missing(every, every[-1].key)
    return LanguageLine(
        code=code,
        name=named_in_english(code),
        is_first=code == asked.languages[0],
        is_spoken=code.partition("-")[0] in SPOKEN,
        runs_left=direction(code) == "rtl",
        standing=standing(every),
        missing_at=first.key if first else "",
    )
