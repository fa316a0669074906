"""A new question: its type is chosen, then it is made with the words typed."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.drafting.applying import CannotApply, page_place
from surveys.drafting.building import blank_question, new_key, new_values
from surveys.drafting.operations import AddQuestion
from surveys.pages.editing.landing import EDIT, editor_of
from surveys.pages.question_form.types import GROUPS, KINDS, Group
from surveys.pages.requests import OfficerRequest
from surveys.question_fields.lines import MOST_LINES
from surveys.questionnaire import Option, Question, Questionnaire, Row, say
from surveys.soundness import LONGEST_TEXT
from surveys.typed import on_one_line

NEW = f"{EDIT}/questions/new"


class NewQuestionPage(Struct, frozen=True, kw_only=True):
    """The question comes to stand at `at`, from 0, of the page with the key `page`."""

    slug: str
    title: str
    revision: int
    language: str
    page: str
    page_words: str
    at: int
    groups: tuple[Group, ...] = GROUPS
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@get(NEW, guards=[may_manage], name="new-question")
async def new_question(
    slug: FromPath[str],
    request: OfficerRequest,
    page: FromQuery[str] = "",
    at: FromQuery[int | None] = None,
) -> Response[str]:
    draft = await store.draft(slug)
    shown = _page(draft, Form({}), page=page, at=at)
    return render(request, "surveys/question_form/new.html", shown)


@post(NEW, guards=[may_manage])
async def add_question(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    shown = _page(draft, form, page=form.text("page"), at=form.whole_number("at"))
    question = _made(form, draft.questionnaire)
    if question and not form.problems:
        operation = AddQuestion(shown.page, shown.at, question)
        try:
            await store.change(slug, operation, by=request.user.email, now=now())
            return Redirect(
                f"{editor_of(slug)}/questions/{question.key}?made=true", status_code=303
            )
        except CannotApply as refused:
            form.problems.extend(Problem("text", each.words) for each in refused.problems)
    shown = replace(shown, problems=tuple(form.problems))
    return render(request, "surveys/question_form/new.html", shown, status=422)


def _made(form: Form, questionnaire: Questionnaire) -> Question | None:
    """The question as it begins: with the answers or rows that were typed, where its type has
    any."""
    text = form.text("text", missing="Write the question", limit=LONGEST_TEXT)
    kind = KINDS.get(form.text("kind"))
    if kind is None:
        form.refuse("kind", "Choose how people should answer")
    if kind is None or not text:
        return None
    question = blank_question(kind.name, new_key(text, questionnaire.by_key()), text)
    listed = [on_one_line(line) for line in form.text("lists", limit=200_000).splitlines()]
    listed = [words for words in listed if words][:MOST_LINES]
    if not kind.lists or not listed:
        return question
    made = Option if kind.lists == "options" else Row
    pairs = zip(new_values(listed), listed, strict=True)
    return replace(question, **{kind.lists: tuple(made(value, words) for value, words in pairs)})


def _page(draft: store.Draft, form: Form, *, page: str, at: int | None) -> NewQuestionPage:
    """Without a page that is there, the last; without a place, the end."""
    questionnaire = draft.questionnaire
    language = questionnaire.languages[0]
    keys = [each.key for each in questionnaire.pages]
    key = page if page in keys else keys[-1]
    number = page_place(questionnaire, key)
    sheet = questionnaire.pages[number]
    count = len(sheet.questions)
    return NewQuestionPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        language=language,
        page=key,
        page_words=f"Page {number + 1}: {say(sheet.title, language)}",
        at=count if at is None else min(max(at, 0), count),
        typed={name: form.text(name, limit=10**6) for name in ("text", "kind", "lists")},
    )
