"""Keying: an officer types in what came on paper, by email, by letter or at a meeting."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.auth.guards import may_manage
from app.clock import now
from app.forms import BIGGEST_UPLOAD, Form, read_form
from app.languages import named_in_english
from app.problems import Problem, Refusal
from app.settings import settings
from app.templating import render
from responses import store
from responses.pages.paper_in_hand import NotThisForm, PaperInHand, paper_in_hand
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
from surveys.page_views import page_views

AnyRequest = Request[Any, Any, Any]

PARTS = ("day", "month", "year")


class NothingToKeyInto(Refusal):
    title = "No round has been opened yet"


class Keyed(Struct, frozen=True):
    """What is keyed into. `code` is as it was typed; `paper` what it told, if it told anything;
    `elsewhere` the slug of the consultation that it belongs to, if that is another."""

    round: Round
    version: Version
    code: str
    language: str
    paper: PaperInHand | None
    problems: tuple[Problem, ...] = ()
    elsewhere: str = ""


class KeyingPage(Struct, frozen=True):
    """`receipt` is that of the response keyed just before, to be given to whoever sent it. Without
    `sections` a code has to be mended first."""

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
    code: str
    paper: PaperInHand | None
    language_name: str
    elsewhere: str
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
    code = request.query_params.get("code", "").strip()
    keyed = await _keyed(consultation, request.query_params.get("round", ""), code)
    before = await _keyed_before(request, consultation)
    channel = request.query_params.get("channel", "") or (Channel.PAPER if code else "")
    form = Form({"_channel": [channel], "_key": [str(uuid4())]})
    page = _page(consultation, keyed, form, answers={}, before=before, problems=keyed.problems)
    if keyed.problems:
        # Whatever was typed into another form than the one in hand would be typed in vain.
        page = replace(page, sections=())
    return render(request, "responses/keying.html", page, status=422 if keyed.problems else 200)


@post(
    "/officer/consultations/{slug:str}/responses/key",
    name="key-response",
    guards=[may_manage],
    request_max_body_size=BIGGEST_UPLOAD,
)
async def key_response(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    keyed = await _keyed(consultation, form.text("_round"), form.text("_code", limit=100))
    asked, version = keyed.round, keyed.version
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
    problems = (*keyed.problems, *form.problems, *changes.problems_beside(checked.problems))
    if stays(form) and not changes.problems:
        page = _page(consultation, keyed, form, answers=given, files=files)
        return render(request, "responses/keying.html", page)
    if problems or submitted_at is None:
        page = _page(consultation, keyed, form, answers=given, files=files, problems=problems)
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
    code = f"&code={keyed.paper.code}" if keyed.paper else ""
    query = f"{after}round={asked.number}&channel={channel}{code}"
    return Redirect(f"/officer/consultations/{slug}/responses/key?{query}", status_code=303)


async def _keyed(consultation: Consultation, number: str, code: str) -> Keyed:
    """What is keyed into: what the code on a page says, else the round with this number as it asks
    now. A code that says something else is a problem, and nothing is stored meanwhile."""
    problems: tuple[Problem, ...] = ()
    elsewhere = None
    asked = _round(consultation, number)
    if code:
        try:
            paper = await paper_in_hand(consultation, code)
            return Keyed(paper.round, paper.version, code, paper.language, paper)
        except NotThisForm as other:
            problems, elsewhere = (Problem("code", other.words),), other.elsewhere
    version = await surveys.version(asked.version_id)
    language = version.questionnaire.languages[0]
    slug = elsewhere.slug if elsewhere else ""
    return Keyed(asked, version, code, language, None, problems, slug)


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
    keyed: Keyed,
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
        round_number=keyed.round.number,
        code=keyed.code,
        paper=keyed.paper,
        language_name=named_in_english(keyed.language),
        elsewhere=keyed.elsewhere,
        channels=tuple((each.value, CHANNEL_WORDS[each]) for each in KEYED_CHANNELS),
        channel=typed.get("_channel", ""),
        received={part: typed.get(f"_received-{part}", "") for part in PARTS},
        sections=_sections(keyed, answers, problems, files=files),
        with_files=asks_for_files(keyed.version.questionnaire.questions),
        receipt=before[1],
        keyed_id=before[0],
        problems=problems,
    )


def _sections(
    keyed: Keyed,
    answers: Mapping[str, Any],
    problems: tuple[Problem, ...],
    *,
    files: tuple[store.StoredFile, ...],
) -> tuple[Section, ...]:
    questionnaire, language = keyed.version.questionnaire, keyed.language
    views = page_views(
        questionnaire,
        questionnaire.questions,
        language=language,
        answers=answers,
        problems=problems,
        files=file_views(files, language=language),
    )
    pages = ((page.title, page.questions) for page in questionnaire.pages)
    return sections_of(pages, views, language=language, default=questionnaire.languages[0])
