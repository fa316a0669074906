"""The bank of questions: take some into a draft, save one of a draft, look after the saved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.bank.choosing import BANK, fitted
from surveys.bank.entry import About, Entry
from surveys.choices import choices
from surveys.drafting.applying import CannotApply, page_place
from surveys.drafting.operations import AddQuestion, Operation, Several
from surveys.pages.editing.landing import EDIT, landed
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Question, Questionnaire, say, type_name

BANK_PAGE = f"{EDIT}/bank"
SAVE_PAGE = f"{BANK_PAGE}/save"
SAVED_PAGE = "/officer/questions"
ONE_SAVED = f"{SAVED_PAGE}/{{saved_id:int}}"
LONGEST_NAME = 120
LONGEST_SOURCE = 500


class QuestionLine(Struct, frozen=True):
    """A question as its words and what can be chosen; `kind` is its type."""

    words: str
    kind: str
    options: tuple[str, ...]


class EntryLine(Struct, frozen=True):
    """`value` is what a tick of it sends. `there` says that the draft has such a question."""

    value: str
    name: str
    why: str
    source: str
    date: str
    adapted: str
    special_category: bool
    questions: tuple[QuestionLine, ...]
    chosen: bool
    there: bool = False


class Group(Struct, frozen=True):
    title: str
    entries: tuple[EntryLine, ...]


class PageChoice(Struct, frozen=True):
    key: str
    words: str
    chosen: bool


class BankPage(Struct, frozen=True, kw_only=True):
    """`at` is the place on the page, -1 for its end."""

    slug: str
    title: str
    revision: int
    pages: tuple[PageChoice, ...]
    at: int
    groups: tuple[Group, ...]
    saved: tuple[EntryLine, ...]
    problems: tuple[Problem, ...] = ()


@get(BANK_PAGE, guards=[may_manage], name="question-bank")
async def bank_page(
    slug: FromPath[str],
    request: OfficerRequest,
    page: FromQuery[str] = "",
    at: FromQuery[int | None] = None,
) -> Response[str]:
    draft = await store.draft(slug)
    place = -1 if at is None else at
    shown = _bank(draft, await store.saved_questions(), page=page, at=place, chosen=())
    return render(request, "surveys/bank.html", shown)


@post(BANK_PAGE, guards=[may_manage], name="add-from-bank")
async def add_from_bank(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    saved = await store.saved_questions()
    page, typed = form.text("page"), form.text("at")
    at = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else -1
    chosen = form.texts("entry")
    questions = _chosen(chosen, saved)
    if not questions:
        form.refuse("entry", "Choose at least one question to add")
    if not form.problems:
        try:
            changed = await store.change(
                slug,
                lambda now_there: _addition(now_there, page, at, questions),
                by=request.user.email,
                now=now(),
            )
            return landed(changed, form, at=_first_new(draft, changed) or page)
        except CannotApply as refused:
            form.problems += [Problem("page", each.words) for each in refused.problems]
    shown = _bank(draft, saved, page=page, at=at, chosen=chosen, problems=tuple(form.problems))
    return render(request, "surveys/bank.html", shown, status=422)


def _chosen(values: Iterable[str], saved: Iterable[store.SavedQuestion]) -> list[Question]:
    """The questions ticked, in the order of the bank and then of the saved ones."""
    wanted = set(values)
    found = [q for each in BANK if f"bank:{each.key}" in wanted for q in each.questions]
    return found + [each.question for each in saved if f"saved:{each.id}" in wanted]


def _addition(
    questionnaire: Questionnaire, page: str, at: int, questions: Sequence[Question]
) -> Operation:
    place = page_place(questionnaire, page)
    first = at if at >= 0 else len(questionnaire.pages[place].questions)
    own = fitted(questions, questionnaire.languages, questionnaire.by_key())
    return Several(tuple(AddQuestion(page, first + n, each) for n, each in enumerate(own)))


def _first_new(before: store.Draft, after: store.Draft) -> str:
    known = before.questionnaire.by_key()
    new = (each.key for each in after.questionnaire.questions if each.key not in known)
    return next(new, "")


def _bank(
    draft: store.Draft,
    saved: Iterable[store.SavedQuestion],
    *,
    page: str,
    at: int,
    chosen: Iterable[str],
    problems: tuple[Problem, ...] = (),
) -> BankPage:
    asked = draft.questionnaire
    language, ticked = asked.languages[0], set(chosen)
    there = {say(each.text, language) for each in asked.questions}
    keys = [each.key for each in asked.pages]
    current = page if page in keys else keys[-1]
    return BankPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        pages=tuple(
            PageChoice(each.key, f"Page {n}: {say(each.title, language)}", each.key == current)
            for n, each in enumerate(asked.pages, start=1)
        ),
        at=at,
        groups=tuple(
            Group(
                about.value,
                tuple(_entry(e, language, ticked, there) for e in BANK if e.about is about),
            )
            for about in About
        ),
        saved=tuple(_saved(each, language, ticked, there) for each in saved),
        problems=problems,
    )


def _entry(entry: Entry, language: str, ticked: set[str], there: set[str]) -> EntryLine:
    questions = tuple(_line(each, language) for each in entry.questions)
    return EntryLine(
        value=f"bank:{entry.key}",
        name=entry.name,
        why=entry.why,
        source=entry.source.name,
        date=entry.source.date,
        adapted=entry.source.adapted,
        special_category=entry.special_category,
        questions=questions,
        chosen=f"bank:{entry.key}" in ticked,
        there=questions[0].words in there,
    )


def _saved(
    saved: store.SavedQuestion, language: str, ticked: set[str], there: set[str]
) -> EntryLine:
    line = _line(saved.question, language)
    return EntryLine(
        value=f"saved:{saved.id}",
        name=saved.name,
        why="",
        source=saved.source,
        date="",
        adapted="",
        special_category=saved.question.special_category,
        questions=(line,),
        chosen=f"saved:{saved.id}" in ticked,
        there=line.words in there,
    )


def _line(question: Question, language: str) -> QuestionLine:
    offered = tuple(say(each.text, language) for each in choices(question))
    return QuestionLine(
        say(question.text, language), type_name(question).replace("_", " "), offered
    )


class SavePage(Struct, frozen=True, kw_only=True):
    """A question of the draft to save; `questions` are its keys with words."""

    slug: str
    title: str
    questions: tuple[PageChoice, ...]
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@get(SAVE_PAGE, guards=[may_manage], name="save-question")
async def save_page(
    slug: FromPath[str], request: OfficerRequest, question: FromQuery[str] = ""
) -> Response[str]:
    page = _save(await store.draft(slug), {"question": question})
    return render(request, "surveys/save_question.html", page)


@post(SAVE_PAGE, guards=[may_manage])
async def save_question(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    chosen = draft.questionnaire.by_key().get(form.text("question"))
    if chosen is None:
        form.refuse("question", "Choose the question to save")
    name, source = _name_and_source(form)
    if not form.problems and chosen is not None:
        try:
            await store.save_question(
                chosen, name=name, source=source, by=request.user.email, now=now()
            )
            return Redirect(SAVED_PAGE, status_code=303)
        except store.NameTaken as taken:
            form.refuse("name", taken.words)
    page = _save(draft, _first_typed(form), problems=tuple(form.problems))
    return render(request, "surveys/save_question.html", page, status=422)


def _save(
    draft: store.Draft, typed: Mapping[str, str], *, problems: tuple[Problem, ...] = ()
) -> SavePage:
    asked = draft.questionnaire
    language = asked.languages[0]
    return SavePage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        questions=tuple(
            PageChoice(each.key, say(each.text, language), each.key == typed.get("question"))
            for each in asked.questions
        ),
        typed={name: typed.get(name, "") for name in ("name", "source")},
        problems=problems,
    )


def _name_and_source(form: Form) -> tuple[str, str]:
    missing = "Give it a name to find it by"
    name = form.text("name", missing=missing, limit=LONGEST_NAME)
    return name, form.text("source", limit=LONGEST_SOURCE)


def _first_typed(form: Form) -> dict[str, str]:
    return {name: values[0] for name, values in form.fields.items() if values}


class SavedLine(Struct, frozen=True):
    id: int
    name: str
    source: str
    question: QuestionLine
    by: str
    at: datetime


class SavedPage(Struct, frozen=True):
    saved: tuple[SavedLine, ...]


class OneSavedPage(Struct, frozen=True, kw_only=True):
    id: int
    question: QuestionLine
    name: str
    source: str
    problems: tuple[Problem, ...] = ()


@get(SAVED_PAGE, guards=[may_manage], name="saved-questions")
async def saved_page(request: OfficerRequest) -> Response[str]:
    lines = (_saved_line(each) for each in await store.saved_questions())
    return render(request, "surveys/saved_questions.html", SavedPage(tuple(lines)))


@get(ONE_SAVED, guards=[may_manage], name="saved-question")
async def one_saved(saved_id: FromPath[int], request: OfficerRequest) -> Response[str]:
    saved = _with_id(await store.saved_questions(), saved_id)
    page = OneSavedPage(
        id=saved.id, question=_line(saved.question, "en"), name=saved.name, source=saved.source
    )
    return render(request, "surveys/saved_question.html", page)


@post(ONE_SAVED, guards=[may_manage], name="rename-saved-question")
async def rename_saved(saved_id: FromPath[int], request: OfficerRequest) -> Response[Any]:
    saved = _with_id(await store.saved_questions(), saved_id)
    form = await read_form(request)
    name, source = _name_and_source(form)
    if not form.problems:
        try:
            await store.rename_saved_question(
                saved_id, name=name, source=source, by=request.user.email
            )
            return Redirect(SAVED_PAGE, status_code=303)
        except store.NameTaken as taken:
            form.refuse("name", taken.words)
    page = OneSavedPage(
        id=saved.id,
        question=_line(saved.question, "en"),
        name=name,
        source=source,
        problems=tuple(form.problems),
    )
    return render(request, "surveys/saved_question.html", page, status=422)


@post(f"{ONE_SAVED}/remove", guards=[may_manage], name="remove-saved-question")
async def remove_saved(saved_id: FromPath[int], request: OfficerRequest) -> Redirect:
    await store.remove_saved_question(saved_id, by=request.user.email)
    return Redirect(SAVED_PAGE, status_code=303)


def _with_id(saved: Iterable[store.SavedQuestion], saved_id: int) -> store.SavedQuestion:
    for each in saved:
        if each.id == saved_id:
            return each
    raise store.NoSuchSavedQuestion("It may have been removed. Go back to the saved questions.")


def _saved_line(saved: store.SavedQuestion) -> SavedLine:
    question = _line(saved.question, "en")
    return SavedLine(saved.id, saved.name, saved.source, question, saved.by, saved.at)


handlers = (
    bank_page,
    add_from_bank,
    save_page,
    save_question,
    saved_page,
    one_saved,
    rename_saved,
    remove_saved,
)
