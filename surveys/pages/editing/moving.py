"""Pages and questions are moved, by a step, a choice or a drag, and copied."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from app.auth.guards import may_manage
from app.forms import Form, read_form
from app.templating import render
from surveys import store
from surveys.drafting.applying import page_place, question_place, the_page, the_question
from surveys.drafting.building import copied_page, copied_question
from surveys.drafting.operations import MovePage, MoveQuestion, Operation
from surveys.outline import PageLine, outline
from surveys.pages.editing.landing import EDIT
from surveys.pages.editing.outline import changed
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Questionnaire, say

PAGE = f"{EDIT}/pages/{{key:str}}"
QUESTION = f"{EDIT}/questions/{{key:str}}"


class MovePlace(Struct, frozen=True, kw_only=True):
    """What is moved, and every place that it can be moved to."""

    slug: str
    title: str
    revision: int
    kind: str
    key: str
    words: str
    pages: tuple[PageLine, ...]


@get(f"{PAGE}/move", guards=[may_manage], name="move-page")
async def move_page_form(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[str]:
    draft = await store.draft(slug)
    page = the_page(draft.questionnaire, key)
    words = say(page.title, draft.questionnaire.languages[0])
    return _form(request, draft, "pages", key, words=words)


@get(f"{QUESTION}/move", guards=[may_manage], name="move-question")
async def move_question_form(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[str]:
    draft = await store.draft(slug)
    words = say(the_question(draft.questionnaire, key).text, draft.questionnaire.languages[0])
    return _form(request, draft, "questions", key, words=words)


def _form(
    request: OfficerRequest, draft: store.Draft, kind: str, key: str, *, words: str
) -> Response[str]:
    page = MovePlace(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        kind=kind,
        key=key,
        words=words,
        pages=outline(draft.questionnaire),
    )
    return render(request, "surveys/edit/move.html", page)


@post(f"{PAGE}/move", guards=[may_manage])
async def move_page(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)

    def moved(questionnaire: Questionnaire) -> Operation:
        return MovePage(key, _place_of_page(questionnaire, key, form))

    return await changed(request, slug, moved, form, at=key)


def _place_of_page(questionnaire: Questionnaire, key: str, form: Form) -> int:
    """One up or down, or after the page that `place` names; first where it names none."""
    at = page_place(questionnaire, key)
    if step := _STEPS.get(form.text("to")):
        return max(at + step, 0)
    after = form.text("place").strip("/")
    if not after:
        return 0
    found = page_place(questionnaire, after)
    return found if found > at else found + 1


_STEPS = {"up": -1, "down": 1}


@post(f"{QUESTION}/move", guards=[may_manage])
async def move_question(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)

    def moved(questionnaire: Questionnaire) -> Operation:
        page, to = _place_of_question(questionnaire, key, form)
        return MoveQuestion(key, page, to)

    return await changed(request, slug, moved, form, at=key)


def _place_of_question(questionnaire: Questionnaire, key: str, form: Form) -> tuple[str, int]:
    """One up or down, over the edge of a page too; or `place`, a page and after which question,
    like `page_1/name`."""
    at, place = question_place(questionnaire, key)
    pages = questionnaire.pages
    if step := _STEPS.get(form.text("to")):
        if 0 <= place + step < len(pages[at].questions):
            return pages[at].key, place + step
        other = min(max(at + step, 0), len(pages) - 1)
        if other == at:
            return pages[at].key, place
        return pages[other].key, len(pages[other].questions) if step < 0 else 0
    page, _, after = form.text("place").partition("/")
    others = [q.key for q in pages[page_place(questionnaire, page)].questions if q.key != key]
    return page, others.index(after) + 1 if after in others else 0


@post(f"{PAGE}/copy", guards=[may_manage])
async def copy_page(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)

    def copied(questionnaire: Questionnaire) -> Operation:
        return copied_page(questionnaire, key)

    def after(questionnaire: Questionnaire) -> str:
        return questionnaire.pages[page_place(questionnaire, key) + 1].key

    return await changed(request, slug, copied, form, at=after)


@post(f"{QUESTION}/copy", guards=[may_manage])
async def copy_question(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)

    def copied(questionnaire: Questionnaire) -> Operation:
        return copied_question(questionnaire, key)

    def after(questionnaire: Questionnaire) -> str:
        page, place = question_place(questionnaire, key)
        return questionnaire.pages[page].questions[place + 1].key

    return await changed(request, slug, copied, form, at=after)
