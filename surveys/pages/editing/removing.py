"""Before a page or question is removed, an officer is told what falls with it, and asked once."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from app.auth.guards import may_manage
from app.forms import read_form
from app.templating import render
from surveys import store
from surveys.drafting.applying import page_place, question_place, the_page, the_question
from surveys.drafting.building import page_removal as removal_of_page
from surveys.drafting.building import removal, tested_by
from surveys.drafting.operations import Operation
from surveys.pages.editing.moving import PAGE, QUESTION
from surveys.pages.editing.outline import changed
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Question, Questionnaire, say
from surveys.routing import condition_words


class Falling(Struct, frozen=True):
    """A question that stays, and the condition that it is asked on so far."""

    text: str
    when: str


class RemovalPage(Struct, frozen=True, kw_only=True):
    """`going` are the questions on a page that goes."""

    slug: str
    title: str
    revision: int
    kind: str
    key: str
    words: str
    going: tuple[str, ...]
    falling: tuple[Falling, ...]


@get(f"{PAGE}/remove", guards=[may_manage], name="remove-page")
async def page_removal(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[str]:
    draft = await store.draft(slug)
    page = the_page(draft.questionnaire, key)
    language = draft.questionnaire.languages[0]
    return _asked(
        request, draft, "pages", key, words=say(page.title, language), going=page.questions
    )


@get(f"{QUESTION}/remove", guards=[may_manage], name="remove-question")
async def question_removal(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[str]:
    draft = await store.draft(slug)
    question = the_question(draft.questionnaire, key)
    words = say(question.text, draft.questionnaire.languages[0])
    return _asked(request, draft, "questions", key, words=words, going=(question,))


def _asked(
    request: OfficerRequest,
    draft: store.Draft,
    kind: str,
    key: str,
    *,
    words: str,
    going: tuple[Question, ...],
) -> Response[str]:
    questionnaire = draft.questionnaire
    language = questionnaire.languages[0]
    page = RemovalPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        kind=kind,
        key=key,
        words=words,
        going=tuple(say(each.text, language) for each in going),
        falling=_falling(questionnaire, going),
    )
    return render(request, "surveys/edit/remove.html", page)


def _falling(questionnaire: Questionnaire, going: tuple[Question, ...]) -> tuple[Falling, ...]:
    language, asked = questionnaire.languages[0], questionnaire.by_key()
    keys = {each.key for each in going}
    return tuple(
        Falling(say(each.text, language), condition_words(each.show_if, asked, language))
        for each in tested_by(questionnaire, keys)
        if each.show_if
    )


@post(f"{PAGE}/remove", guards=[may_manage])
async def remove_page(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)
    before = _page_before((await store.draft(slug)).questionnaire, key)

    def removed(questionnaire: Questionnaire) -> Operation:
        return removal_of_page(questionnaire, key)

    return await changed(request, slug, removed, form, at=before)


def _page_before(questionnaire: Questionnaire, key: str) -> str:
    """Where an officer lands; the page that goes first leaves nothing before it."""
    at = page_place(questionnaire, key)
    return questionnaire.pages[at - 1].key if at else ""


@post(f"{QUESTION}/remove", guards=[may_manage])
async def remove_question(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)
    questionnaire = (await store.draft(slug)).questionnaire
    page = questionnaire.pages[question_place(questionnaire, key)[0]].key

    def removed(questionnaire: Questionnaire) -> Operation:
        return removal(questionnaire, key)

    return await changed(request, slug, removed, form, at=page)
