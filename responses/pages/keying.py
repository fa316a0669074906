"""Keying: an officer types in what came on paper, by email, by letter or at a meeting."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import BIGGEST_UPLOAD, Form, read_form
from app.problems import Problem, Refusal
from app.settings import settings
from app.templating import render
from responses import store
from responses.pages.sections import Section, sections_of
from responses.pages.uploads import (
    FileChanges,
    answered_with,
    asks_for_files,
    file_changes,
    file_views,
    stays,
)
from responses.receipt import receipt_code
from responses.response import CHANNEL_WORDS, KEYED_CHANNELS, Channel
from surveys import store as surveys
from surveys.checks import check, read_fields
from surveys.consultation import Consultation, Round, State, Version
from surveys.question_view import page_views

AnyRequest = Request[Any, Any, Any]

PARTS = ("day", "month", "year")


class NothingToKeyInto(Refusal):
    title = "No round has been opened yet"


class KeyingPage(Struct, frozen=True):
    """`receipt` is that of the response keyed just before, to be given to whoever sent it."""

    slug: str
    title: str
    invented: bool
    key: str
    rounds: tuple[int, ...]
    round_number: int
    channels: tuple[tuple[str, str], ...]
    channel: str
    received: dict[str, str]
    sections: tuple[Section, ...]
    receipt: str
    keyed_id: int
    with_files: bool = False
    problems: tuple[Problem, ...] = ()


@get(
    "/officer/consultations/{slug:str}/responses/key",
    name="key-response-form",
    guards=[may_manage],
)
async def keying_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    asked = _round(consultation, request.query_params.get("round", ""))
    version = await surveys.version(asked.version_id)
    before = await _keyed_before(request, consultation)
    fields = {"_channel": [request.query_params.get("channel", "")], "_key": [str(uuid4())]}
    page = _page(consultation, asked, version, Form(fields), answers={}, before=before)
    return render(request, "responses/keying.html", page)


@post(
    "/officer/consultations/{slug:str}/responses/key",
    name="key-response",
    guards=[may_manage],
    request_max_body_size=BIGGEST_UPLOAD,
)
async def key_response(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    asked = _round(consultation, form.text("_round"))
    version = await surveys.version(asked.version_id)
    key = _key(form)
    changes = await _file_changes(form, version, key)
    files = await store.files_of(key)
    channel = form.text("_channel", missing="Choose how it reached you")
    if channel and channel not in KEYED_CHANNELS:
        form.refuse("_channel", "Choose one of the channels listed")
    received = form.day("_received", missing="Enter the day it was received")
    submitted_at = _moment(form, received, asked)
    questions = version.questionnaire.questions
    given = read_fields(questions, form.fields) | answered_with(questions, files)
    checked = check(version.questionnaire, given)
    problems = (*form.problems, *changes.problems_beside(checked.problems))
    if stays(form) and not changes.problems:
        page = _page(consultation, asked, version, form, answers=given, files=files)
        return render(request, "responses/keying.html", page)
    if problems or submitted_at is None:
        page = _page(
            consultation, asked, version, form, answers=given, files=files, problems=problems
        )
        return render(request, "responses/keying.html", page, status=422)
    await store.add_response(
        asked,
        version,
        checked.answers,
        channel=Channel(channel),
        submitted_at=submitted_at,
        key=key,
        keyed_by=request.user.email,
    )
    stored = await store.response_by_key(key)
    after = f"after={stored.id}&" if stored else ""
    query = f"{after}round={asked.number}&channel={channel}"
    return Redirect(f"/officer/consultations/{slug}/responses/key?{query}", status_code=303)


async def _file_changes(form: Form, version: Version, key: UUID) -> FileChanges:
    """Files are kept under the key that the response will have, before anything else is checked."""
    questions, kept = version.questionnaire.questions, await store.files_of(key)
    language = version.questionnaire.languages[0]
    changes = await file_changes(form, questions, kept, language=language)
    if changes.any:
        await store.change_files(key, add=changes.add, remove=changes.remove, now=now())
    return changes


def _round(consultation: Consultation, number: str) -> Round:
    """The round asked for, else the newest that was opened."""
    opened = [each for each in consultation.rounds if each.state is not State.DRAFT]
    if not opened:
        raise NothingToKeyInto("Open a round first: a response belongs to one.")
    return next((each for each in opened if str(each.number) == number), opened[-1])


def _moment(form: Form, received: date | None, asked: Round) -> datetime | None:
    """Midday of the day received, and never later than now."""
    if received is None:
        return None
    zone = settings().time_zone
    moment = now()
    if received > moment.astimezone(zone).date():
        form.refuse("_received-day", "The day it was received must be today or in the past")
        return None
    if asked.opens_at and received < asked.opens_at.astimezone(zone).date():
        form.refuse("_received-day", f"Round {asked.number} had not opened on that day")
        return None
    return min(datetime.combine(received, time(12), zone), moment)


def _key(form: Form) -> UUID:
    """The form's own, so that sending it twice stores it once."""
    try:
        return UUID(form.text("_key"))
    except ValueError:
        return uuid4()


async def _keyed_before(request: AnyRequest, consultation: Consultation) -> tuple[int, str]:
    """The response that this officer has just keyed, with its receipt."""
    after = request.query_params.get("after", "")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        return 0, ""
    stored = await store.response(int(after), consultation_id=consultation.id)
    if stored.keyed_by != request.user.email:
        return 0, ""
    return stored.id, receipt_code(settings().secret_key, stored.key)


def _page(
    consultation: Consultation,
    asked: Round,
    version: Version,
    form: Form,
    *,
    answers: Mapping[str, Any],
    files: tuple[store.StoredFile, ...] = (),
    problems: tuple[Problem, ...] = (),
    before: tuple[int, str] = (0, ""),
) -> KeyingPage:
    opened = (each.number for each in consultation.rounds if each.state is not State.DRAFT)
    typed = {name: "".join(values[:1]) for name, values in form.fields.items()}
    return KeyingPage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        key=typed.get("_key", ""),
        rounds=tuple(opened),
        round_number=asked.number,
        channels=tuple((each.value, CHANNEL_WORDS[each]) for each in KEYED_CHANNELS),
        channel=typed.get("_channel", ""),
        received={part: typed.get(f"_received-{part}", "") for part in PARTS},
        sections=_sections(version, answers, problems, files=files),
        with_files=asks_for_files(version.questionnaire.questions),
        receipt=before[1],
        keyed_id=before[0],
        problems=problems,
    )


def _sections(
    version: Version,
    answers: Mapping[str, Any],
    problems: tuple[Problem, ...],
    *,
    files: tuple[store.StoredFile, ...],
) -> tuple[Section, ...]:
    questionnaire = version.questionnaire
    language = questionnaire.languages[0]
    views = page_views(
        questionnaire,
        questionnaire.questions,
        language=language,
        answers=answers,
        problems=problems,
        files=file_views(files, language=language),
    )
    pages = ((page.title, page.questions) for page in questionnaire.pages)
    return sections_of(pages, views, language=language, default=language)
