"""One response as officers see it: its answers in words, and whether it counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.account import Permission
from app.auth.guards import may_code, may_manage
from app.clock import now
from app.forms import read_form
from app.problems import Problem
from app.speech import ENGLISH, speech
from app.templating import render
from responses import store
from responses.pages.declaring import Said, declared_in
from responses.pages.uploads import file_views, files_in
from responses.response import (
    ANALYSED,
    CHANNEL_WORDS,
    STATUS_WORDS,
    WITHDRAWN,
    Exclusion,
    Kind,
    private_kinds,
)
from responses.response import Response as Received
from surveys import store as surveys
from surveys.answer_words import answer_words
from surveys.consultation import Consultation
from surveys.questionnaire import Question, Questionnaire, Statement, say
from surveys.routing import shown
from surveys.upload_view import FileView

AnyRequest = Request[Any, Any, Any]

PRIVATE_WORDS = {Kind.CONTACT: "Contact detail", Kind.EQUALITY: "Equality question"}


class AnswerLine(Struct, frozen=True):
    """`private` says why an answer is kept apart; `hidden` that this reader may not see it."""

    question: str
    lines: tuple[str, ...]
    asked: bool
    files: tuple[FileView, ...] = ()
    private: str = ""
    hidden: bool = False


class ResponsePage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    id: int
    channel: str
    round_number: int
    received: datetime
    keyed_by: str
    status: str
    analysed: bool
    withdrawn: bool
    answers: tuple[AnswerLine, ...]
    reasons: tuple[tuple[str, str], ...]
    may_exclude: bool
    mark: store.Mark | None = None
    declared: tuple[Said, ...] = ()
    kiosk: str = ""
    problems: tuple[Problem, ...] = ()


@get(
    "/officer/consultations/{slug:str}/responses/{response_id:int}",
    name="officer-response",
    guards=[may_code],
)
async def one_response(
    slug: FromPath[str], response_id: FromPath[int], request: AnyRequest
) -> Response[str]:
    return await _shown(request, await surveys.consultation(slug), response_id)


@post(
    "/officer/consultations/{slug:str}/responses/{response_id:int}/exclude",
    name="exclude-response",
    guards=[may_manage],
)
async def exclude_response(
    slug: FromPath[str], response_id: FromPath[int], request: AnyRequest
) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    reason = form.text("reason", missing="Choose why this response is left out")
    if reason and reason not in set(Exclusion):
        form.refuse("reason", "Choose one of the reasons listed")
    if form.problems:
        return await _shown(request, consultation, response_id, problems=tuple(form.problems))
    by = request.user.email
    await store.exclude(response_id, Exclusion(reason), consultation_id=consultation.id, by=by)
    return _back(slug, response_id)


@post(
    "/officer/consultations/{slug:str}/responses/{response_id:int}/include",
    name="include-response",
    guards=[may_manage],
)
async def include_response(
    slug: FromPath[str], response_id: FromPath[int], request: AnyRequest
) -> Redirect:
    consultation = await surveys.consultation(slug)
    await store.include(response_id, consultation_id=consultation.id, by=request.user.email)
    return _back(slug, response_id)


@post(
    "/officer/consultations/{slug:str}/responses/{response_id:int}/looked-at",
    name="look-at-response",
    guards=[may_manage],
)
async def look_at_response(
    slug: FromPath[str], response_id: FromPath[int], request: AnyRequest
) -> Redirect:
    consultation = await surveys.consultation(slug)
    found = await store.response(response_id, consultation_id=consultation.id)
    await store.note_look(found.key, found.id, by=request.user.email, now=now())
    return _back(slug, response_id)


def _back(slug: str, response_id: int) -> Redirect:
    address = f"/officer/consultations/{slug}/responses/{response_id}"
    return Redirect(address, status_code=303)


async def _shown(
    request: AnyRequest,
    consultation: Consultation,
    response_id: int,
    *,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    private = request.user.may(Permission.MANAGE)
    found = await store.response(response_id, consultation_id=consultation.id, private=private)
    version = await surveys.version(found.version_id)
    at = f"/officer/consultations/{consultation.slug}/responses/{found.id}/files"
    files = file_views(await store.files_of(found.key), at=at)
    page = ResponsePage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        id=found.id,
        channel=CHANNEL_WORDS[found.channel],
        round_number=found.round_number,
        received=found.submitted_at,
        keyed_by=found.keyed_by,
        status=STATUS_WORDS.get(found.status, found.status),
        analysed=found.status == ANALYSED,
        withdrawn=found.status == WITHDRAWN,
        answers=answer_lines(version.questionnaire, found, private=private, files=files),
        reasons=tuple((reason.value, STATUS_WORDS[reason]) for reason in Exclusion),
        may_exclude=private,
        mark=await store.mark_of(found.key),
        declared=await declared_in(found.key, speech(ENGLISH), names=private),
        kiosk=(await store.kiosk_names((found.key,))).get(found.key, ""),
        problems=problems,
    )
    return render(request, "responses/response.html", page, status=422 if problems else 200)


def answer_lines(
    questionnaire: Questionnaire,
    found: Received,
    *,
    private: bool,
    files: Mapping[str, FileView],
) -> tuple[AnswerLine, ...]:
    """Each question with its answer in words; private ones only where `private` says so."""
    kinds = private_kinds(questionnaire)
    # Without the private answers, the route that depends on them cannot be told.
    asked = shown(questionnaire, found.answers) if private else frozenset()
    return tuple(
        AnswerLine(
            question=say(question.text, "en"),
            lines=answer_words(question, found.answers, "en", files=files),
            asked=not private or question.key in asked,
            private=_private(question, kinds),
            hidden=question.key in kinds and not private,
            files=files_in(question, found.answers, files),
        )
        for question in questionnaire.questions
        if not isinstance(question, Statement)
    )


def _private(question: Question, kinds: Mapping[str, Kind]) -> str:
    return PRIVATE_WORDS[kinds[question.key]] if question.key in kinds else ""
