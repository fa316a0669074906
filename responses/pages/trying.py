"""Officers answer as a respondent would. Nothing is stored: answers go from page to page with the
pages themselves, and at the end stands what would have been sent."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.auth.guards import may_manage
from app.forms import BIGGEST_UPLOAD, Form, read_form, refuse_larger
from app.problems import Problem
from app.templating import render
from responses import store
from responses.pages.checking import CheckedSection, checking_page
from responses.pages.journey import Leaf, Standing
from responses.pages.screens import Trial, answering_page
from responses.pages.uploads import answered_with, file_changes, largest_body, stays
from responses.response import question_of
from surveys import store as surveys
from surveys.checks import Checked, check, read_fields
from surveys.fields import field_names
from surveys.marked import Marked
from surveys.ordering import ORDERINGS
from surveys.questionnaire import Upload

AnyRequest = Request[Any, Any, Any]

TRY = "/officer/consultations/{slug:str}/questionnaire/try"


class Carried(Struct, frozen=True):
    """What one page tells the next. Of files only their names: the files are let go at once."""

    language: str = ""
    ordering: int = 0
    answers: dict[str, Any] = {}
    files: tuple[store.StoredFile, ...] = ()


class Trying(Standing, frozen=True, kw_only=True):
    @property
    def overview(self) -> str:
        return f"/officer/consultations/{self.consultation.slug}/questionnaire"

    @property
    def trial(self) -> Trial:
        carried = Carried(self.language, self.ordering, self.answers, self.files)
        words = msgspec.json.encode(carried).decode()
        return Trial(words, self.version.number, self.overview)


class TriedPage(Struct, frozen=True):
    """What would have been sent: in words, and as it would have been stored."""

    slug: str
    title: Marked
    version: int
    sections: tuple[CheckedSection, ...]
    dropped: tuple[Marked, ...]
    document: str
    again: str
    leave: str


@get(TRY, guards=[may_manage], name="try-questionnaire")
async def first_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    here = await _standing(slug, request, Form({}))
    return _page(request, here, _leaf(here, 1), here.answers)


@get(f"{TRY}/{{number:int}}", guards=[may_manage], name="try-page")
async def later_page(
    slug: FromPath[str], number: FromPath[int], request: AnyRequest
) -> Response[str] | Redirect:
    here = await _standing(slug, request, Form({}))
    leaf = _leaf(here, number)
    if number not in here.route(here.answers):
        return Redirect(here.address, status_code=303)
    return _page(request, here, leaf, here.answers)


@get(f"{TRY}/check", guards=[may_manage], name="try-check")
async def check_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    here = await _standing(slug, request, Form({}))
    return _at_check(request, here)


@post(TRY, guards=[may_manage], name="try-answer", request_max_body_size=BIGGEST_UPLOAD)
async def answer_first_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    return await _answered(slug, request, 1)


@post(
    f"{TRY}/{{number:int}}",
    guards=[may_manage],
    name="try-answer-page",
    request_max_body_size=BIGGEST_UPLOAD,
)
async def answer_later_page(
    slug: FromPath[str], number: FromPath[int], request: AnyRequest
) -> Response[str]:
    return await _answered(slug, request, number)


@post(f"{TRY}/check", guards=[may_manage], name="try-send")
async def send(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    """Shows what would have been sent, or what keeps it from being sent."""
    form = await read_form(request)
    here = await _standing(slug, request, form)
    if form.ticked("_show") or form.ticked("_language"):
        return _at_check(request, here)
    checked = _checked(here)
    if checked.problems:
        return _at_check(request, here, problems=checked.problems)
    return _rendered(request, here, "responses/tried.html", _tried(here, checked))


async def _standing(slug: str, request: AnyRequest, form: Form) -> Trying:
    """The newest version, whether it is open, being written or both, with what was carried."""
    consultation = await surveys.consultation(slug)
    version = (await surveys.versions(consultation.id))[-1]
    carried = _carried(form)
    languages = version.questionnaire.languages
    wanted = (form.text("_language"), request.query_params.get("lang", ""), carried.language)
    return Trying(
        consultation=consultation,
        version=version,
        address=f"/officer/consultations/{slug}/questionnaire/try",
        language=next((each for each in wanted if each in languages), languages[0]),
        answers=_known(version.questionnaire.questions, carried.answers),
        ordering=carried.ordering % ORDERINGS,
        files=carried.files,
    )


def _carried(form: Form) -> Carried:
    """What the page before told; a new beginning where nothing can be read from it."""
    given = "".join(form.fields.get("_carried", [])[:1])
    try:
        return msgspec.json.decode(given, type=Carried)
    except (msgspec.MsgspecError, RecursionError):
        return Carried(ordering=secrets.randbelow(ORDERINGS))


def _known(questions: Iterable[Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Without the answers to questions that were taken out while they were tried."""
    names = {name for question in questions for name in field_names(question)}
    return {name: answer for name, answer in answers.items() if name in names}


async def _answered(slug: str, request: AnyRequest, number: int) -> Response[str]:
    form = await read_form(request)
    here = await _standing(slug, request, form)
    leaf = _leaf(here, number)
    to_check = form.ticked("_change") or "change" in request.query_params
    if form.ticked("_show"):
        return _page(request, here, leaf, here.answers, to_check=to_check)
    refuse_larger(request, largest_body(leaf.questions))
    here, of_files = await _with_files(here, leaf, form)
    given = read_fields(leaf.questions, form.fields) | answered_with(leaf.questions, here.files)
    checked = check(
        here.questionnaire,
        given,
        questions=leaf.questions,
        earlier=here.answers,
        language=here.language,
    )
    others = _without(here.answers, leaf)
    places = {problem.place for problem in of_files}
    problems = (*of_files, *(each for each in checked.problems if each.place not in places))
    if (form.ticked("_language") or stays(form)) and not of_files:
        here = replace(here, answers=others | given)
        return _page(request, here, leaf, here.answers, to_check=to_check)
    if problems:
        typed = others | given
        return _page(request, here, leaf, typed, to_check=to_check, problems=problems)
    hidden = {field: given[field] for field in given if question_of(field) in checked.dropped}
    here = replace(here, answers=others | checked.answers | hidden)
    return _after(request, here, leaf, to_check=to_check)


async def _with_files(here: Trying, leaf: Leaf, form: Form) -> tuple[Trying, tuple[Problem, ...]]:
    """Each file is looked at as for real, and let go: only its name goes on."""
    changes = await file_changes(form, leaf.questions, here.files, language=here.language)
    added = tuple(
        store.StoredFile(secrets.token_hex(16), key, each.name, each.media_type, len(each.data))
        for key, each in changes.add
    )
    kept = tuple(file for file in here.files if file not in changes.remove)
    here = replace(here, files=(*kept, *added))
    uploads = {each.key for each in leaf.questions if isinstance(each, Upload)}
    others = {key: answer for key, answer in here.answers.items() if key not in uploads}
    answers = others | answered_with(leaf.questions, here.files)
    return replace(here, answers=answers), changes.problems


def _after(request: AnyRequest, here: Trying, leaf: Leaf, *, to_check: bool) -> Response[str]:
    """The page that would follow a redirect."""
    route = here.route(here.answers)
    number = next((each for each in route if each > leaf.number), None)
    if to_check or number is None:
        return _at_check(request, here)
    return _page(request, here, _leaf(here, number), here.answers)


def _page(
    request: AnyRequest,
    here: Trying,
    leaf: Leaf,
    answers: Mapping[str, Any],
    *,
    to_check: bool = False,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    page = answering_page(
        here, leaf, answers, to_check=to_check, problems=problems, trial=here.trial
    )
    status = 422 if problems else 200
    return _rendered(request, here, "responses/answering.html", page, status=status)


def _at_check(
    request: AnyRequest, here: Trying, *, problems: tuple[Problem, ...] = ()
) -> Response[str]:
    page = checking_page(here, _checked(here), problems=problems, trial=here.trial)
    status = 422 if problems else 200
    return _rendered(request, here, "responses/check.html", page, status=status)


def _tried(here: Trying, checked: Checked) -> TriedPage:
    shown = checking_page(here, checked)
    named = {file.token: file.name for file in here.files}
    answers = {
        field: [named.get(each, each) for each in answer] if isinstance(answer, list) else answer
        for field, answer in checked.answers.items()
    }
    document = msgspec.json.format(msgspec.json.encode({"answers": answers}), indent=2)
    return TriedPage(
        slug=here.consultation.slug,
        title=here.title,
        version=here.version.number,
        sections=shown.sections,
        dropped=shown.dropped,
        document=document.decode(),
        again=here.address,
        leave=here.overview,
    )


def _rendered(
    request: AnyRequest, here: Trying, template: str, page: Struct, *, status: int = 200
) -> Response[str]:
    return render(request, template, page, status=status, language=here.language)


def _checked(here: Trying) -> Checked:
    return check(here.questionnaire, here.answers, language=here.language)


def _leaf(here: Trying, number: int) -> Leaf:
    leaf = here.leaf(number)
    if leaf is None:
        raise NotFoundException
    return leaf


def _without(answers: Mapping[str, Any], leaf: Leaf) -> dict[str, Any]:
    here = {question.key for question in leaf.questions}
    return {field: answer for field, answer in answers.items() if question_of(field) not in here}
