"""The way in for other programs: one response as JSON."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from litestar import MediaType, Request, Response, Router, post
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import FromPath, HeaderParameter
from msgspec import Struct

from app.clock import now
from app.problems import Problem
from app.settings import settings
from responses import store
from responses.opening import AnswersNotTaken, round_to_answer
from responses.pages.pace import crowd, network
from responses.response import Channel
from surveys import store as surveys
from surveys.checks import check
from surveys.consultation import Consultation, Version
from surveys.questionnaire import Upload


class Submission(Struct, frozen=True, forbid_unknown_fields=True):
    """Answers by question key, as the questionnaire's native JSON describes them."""

    answers: dict[str, Any]


class Receipt(Struct, frozen=True, omit_defaults=True):
    """`dropped` names the questions whose answers were left out: other answers hide them."""

    receipt: str
    dropped: tuple[str, ...] = ()


class AnswerError(Struct, frozen=True):
    """`question` is the key (or `grid.row`) to mend; empty where the body as a whole is wrong."""

    question: str
    message: str


class AnswerErrors(Struct, frozen=True):
    errors: tuple[AnswerError, ...]


class ApiRefusal(Struct, frozen=True):
    error: str


@dataclass
class SendsAnswers(Operation):
    """Describes the body, which is read by hand so that its errors name questions."""

    def __post_init__(self) -> None:
        answers = Schema(
            type=OpenAPIType.OBJECT,
            description="An answer for each question key, in the questionnaire's JSON form",
            additional_properties=True,
        )
        body = Schema(
            type=OpenAPIType.OBJECT, properties={"answers": answers}, required=["answers"]
        )
        self.request_body = RequestBody(
            content={"application/json": OpenAPIMediaType(schema=body)}, required=True
        )


Answered = Response[Receipt | AnswerErrors | ApiRefusal]
LONGEST_KEY = 255

RetryKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        required=False,
        description="Makes a retry safe: the same key with the same answers gives the same "
        "receipt, with other answers 409. Without one, every post is a new response.",
    ),
]


@post(
    "/api/consultations/{slug:str}/responses",
    name="api-add-response",
    summary="Send one response",
    description="201 only once the response is durable.",
    tags=["Responses"],
    operation_class=SendsAnswers,
    responses={
        201: ResponseSpec(Receipt, description="Stored", generate_examples=False),
        400: ResponseSpec(AnswerErrors, description="Not JSON", generate_examples=False),
        404: ResponseSpec(ApiRefusal, description="No such consultation", generate_examples=False),
        409: ResponseSpec(
            ApiRefusal,
            description="Closed, paused or not open yet; or other answers under the same key",
            generate_examples=False,
        ),
        413: ResponseSpec(ApiRefusal, description="Too large", generate_examples=False),
        422: ResponseSpec(AnswerErrors, description="Answers to mend", generate_examples=False),
        429: ResponseSpec(
            ApiRefusal,
            description="Too many at once: wait as long as Retry-After says, in seconds. Nothing "
            "was stored",
            generate_examples=False,
        ),
    },
)
async def add_response(
    slug: FromPath[str], request: Request[Any, Any, Any], retry_key: RetryKey = None
) -> Answered:
    consultation = await surveys.kept_consultation(slug)
    if retry_key is not None and not 0 < len(retry_key.strip()) <= LONGEST_KEY:
        return _refused("", f"Use 1 to {LONGEST_KEY} characters for Idempotency-Key", status=400)
    key = retried_key(consultation, retry_key) if retry_key else uuid4()
    body = await request.body()
    try:
        submission = msgspec.json.decode(body, type=Submission)
    except msgspec.ValidationError as error:
        return _refused("", f'Send {{"answers": {{…}}}}: {error}')
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _refused("", f"The body is not JSON that can be read: {error}", status=400)
    retried = retry_key is not None
    return await _stored(request, consultation, submission, key=key, retried=retried)


def retried_key(consultation: Consultation, retry_key: str) -> UUID:
    """The response's own key. Bound to the consultation, and no way back from it to the header."""
    message = f"idempotency:{consultation.id}:{retry_key.strip()}".encode()
    digest = hmac.digest(settings().secret_key, message, hashlib.sha256)
    return UUID(bytes=digest[:16])


async def _stored(
    request: Request[Any, Any, Any],
    consultation: Consultation,
    submission: Submission,
    *,
    key: UUID,
    retried: bool,
) -> Answered:
    moment = now()
    try:
        asked = round_to_answer(consultation, moment)
    except AnswersNotTaken:
        if retried and (receipt := await _receipt_of_before(key, submission, consultation)):
            return Response(Receipt(receipt), status_code=201)
        raise
    version = await surveys.version(asked.version_id)
    checked = check(version.questionnaire, submission.answers)
    problems = _with_files_refused(consultation, version, submission, checked.problems)
    if problems:
        return _answers_to_mend(problems)
    if held_up := await _held_up(request, consultation, key if retried else None, now=moment):
        return held_up
    receipt = await store.add_response(
        asked, version, checked.answers, channel=Channel.API, submitted_at=moment, key=key
    )
    return Response(Receipt(receipt, checked.dropped), status_code=201)


async def _held_up(
    request: Request[Any, Any, Any], consultation: Consultation, key: UUID | None, *, now: datetime
) -> Answered | None:
    """Told to come again, where very many are sent at once. A retry of what is stored is not."""
    if key is not None and await store.response_by_key(key):
        return None
    here = crowd(request)
    wait = here.wait(network(request), now) if here else None
    if wait is None:
        return None
    await store.count_held_up(consultation.id, store.HeldUp.API)
    seconds = ceil(wait.total_seconds())
    words = f"Nothing was stored: very many responses are being sent. Send it again in {seconds} s"
    return Response(ApiRefusal(words), status_code=429, headers={"Retry-After": str(seconds)})


def _with_files_refused(
    consultation: Consultation,
    version: Version,
    submission: Submission,
    problems: tuple[Problem, ...],
) -> tuple[Problem, ...]:
    """Files cannot be sent as JSON, so a question that is answered with files is answered on its
    page only."""
    uploads = {each.key for each in version.questionnaire.questions if isinstance(each, Upload)}
    wrong = {problem.place for problem in problems}
    address = f"{settings().base_url}/consultations/{consultation.slug}/respond"
    words = f"Files cannot be sent here. Send them on the page {address}"
    refused = tuple(
        Problem(key, words) for key in sorted(uploads) if key in wrong or key in submission.answers
    )
    return (*(each for each in problems if each.place not in uploads), *refused)


async def _receipt_of_before(
    key: UUID, submission: Submission, consultation: Consultation
) -> str | None:
    """A retry after the round has closed still learns that its first try was stored."""
    stored = await store.response_by_key(key)
    if stored is None or stored.consultation_id != consultation.id:
        return None
    version = await surveys.version(stored.version_id)
    return await store.receipt_again(key, check(version.questionnaire, submission.answers).answers)


def _answers_to_mend(problems: tuple[Problem, ...]) -> Answered:
    errors = tuple(AnswerError(problem.place, problem.words) for problem in problems)
    return Response(AnswerErrors(errors), status_code=422)


def _refused(question: str, message: str, *, status: int = 422) -> Answered:
    errors = AnswerErrors((AnswerError(question, message),))
    return Response(errors, status_code=status, media_type=MediaType.JSON)


router = Router(path="/", route_handlers=[add_response], include_in_schema=True)
