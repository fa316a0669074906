"""Check your answers, then send them: the last page before a response is stored."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.clock import now
from app.forms import read_form
from app.languages import LanguageChoice, language_choices
from app.problems import Problem
from app.templating import render
from responses import store
from responses.pages.answering import (
    REFUSED,
    answers_lost,
)
from responses.pages.journey import (
    AlreadySent,
    AnyRequest,
    Journey,
    QuestionsChanged,
    Standing,
    journey,
    no_cookie,
)
from responses.pages.screens import Trial
from responses.response import private_kinds, question_of
from surveys.checks import Checked, check
from surveys.marked import Marked
from surveys.question_view import answer_words
from surveys.questionnaire import Question, Statement
from surveys.routing import shown


class CheckedAnswer(Struct, frozen=True):
    key: str
    question: Marked
    lines: tuple[str, ...]
    change: str
    kept_apart: bool


class CheckedSection(Struct, frozen=True):
    title: Marked
    answers: tuple[CheckedAnswer, ...]


class Mend(Struct, frozen=True):
    """A problem with the address of the page where it can be mended."""

    words: str
    address: str


class CheckPage(Struct, frozen=True):
    """`problems` are those that stopped sending; `mends` are shown before sending is tried too."""

    slug: str
    title: Marked
    invented: bool
    languages: tuple[LanguageChoice, ...]
    action: str
    back: str
    discard: str
    sections: tuple[CheckedSection, ...]
    dropped: tuple[Marked, ...]
    mends: tuple[Mend, ...]
    problems: tuple[Problem, ...] = ()
    trial: Trial | None = None


@get("/consultations/{slug:str}/respond/check", name="check-answers")
async def check_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    here = await journey(slug, request, now=now())
    if here.draft is None:
        return await answers_lost(request, slug)
    return _shown(request, here, _checked(here))


@post("/consultations/{slug:str}/respond/check", name="send-answers")
async def send_answers(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    await read_form(request)
    moment = now()
    try:
        here = await journey(slug, request, now=moment)
    except AlreadySent as sent:
        return _to_receipt(slug, sent.receipt)
    if here.draft is None:
        return await answers_lost(request, slug)
    checked = _checked(here)
    if checked.problems:
        return _shown(request, here, checked, problems=checked.problems)
    receipt = await store.submit_draft(
        here.draft,
        checked.answers,
        round=here.round,
        version=here.version,
        language=here.language,
        now=moment,
    )
    return _to_receipt(slug, receipt)


@post("/consultations/{slug:str}/respond/discard", name="discard-answers")
async def discard_answers(slug: FromPath[str], request: AnyRequest) -> Redirect:
    """For whoever answers at a shared computer and thinks better of it."""
    try:
        here = await journey(slug, request, now=now())
    except QuestionsChanged as changed:
        here = changed.before
    if here.draft is not None:
        await store.discard_draft(here.draft)
    return Redirect(here.overview, status_code=303, cookies=[no_cookie(slug)])


def _to_receipt(slug: str, receipt: str) -> Redirect:
    return Redirect(f"/receipts/{receipt}", status_code=303, cookies=[no_cookie(slug)])


def _checked(here: Standing) -> Checked:
    return check(here.questionnaire, here.answers, language=here.language)


def _shown(
    request: AnyRequest, here: Journey, checked: Checked, *, problems: tuple[Problem, ...] = ()
) -> Response[str]:
    return render(
        request,
        "responses/check.html",
        checking_page(here, checked, problems=problems),
        status=422 if problems else 200,
        headers={"Cache-Control": "no-store"},
        language=here.language,
    )


def checking_page(
    here: Standing,
    checked: Checked,
    *,
    problems: tuple[Problem, ...] = (),
    trial: Trial | None = None,
) -> CheckPage:
    asked = here.questionnaire.by_key()
    route = here.route(here.answers)
    return CheckPage(
        slug=here.consultation.slug,
        title=here.title,
        invented=here.consultation.invented,
        languages=language_choices(here.questionnaire.languages, here.language),
        action=here.at_check,
        back=here.at(route[-1] if route else 1),
        discard=f"{here.address}/discard{here.query}",
        sections=_sections(here, checked),
        dropped=tuple(here.marked(asked[key].text) for key in checked.dropped),
        mends=tuple(_mend(here, problem) for problem in checked.problems),
        problems=problems,
        trial=trial,
    )


def _sections(here: Standing, checked: Checked) -> tuple[CheckedSection, ...]:
    keys = shown(here.questionnaire, checked.answers)
    kinds = private_kinds(here.questionnaire)
    sections = (
        CheckedSection(
            here.marked(page.title),
            tuple(
                _answer(here, question, checked, kept_apart=question.key in kinds)
                for question in page.questions
                if question.key in keys and not isinstance(question, Statement)
            ),
        )
        for page in here.questionnaire.pages
    )
    return tuple(section for section in sections if section.answers)


def _answer(
    here: Standing, question: Question, checked: Checked, *, kept_apart: bool
) -> CheckedAnswer:
    return CheckedAnswer(
        key=question.key,
        question=here.marked(question.text),
        lines=answer_words(question, checked.answers, here.language, files=here.file_views),
        change=_change(here, question.key),
        kept_apart=kept_apart,
    )


def _mend(here: Standing, problem: Problem) -> Mend:
    key = question_of(problem.place).partition(".")[0]
    return Mend(problem.words, _change(here, key, place=problem.place))


def _change(here: Standing, key: str, *, place: str = "") -> str:
    return f"{here.at(here.leaf_of(key), change='1')}#{place or key}"


router = Router(
    path="/",
    route_handlers=[check_page, send_answers, discard_answers],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
