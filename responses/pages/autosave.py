"""One answer at a time, saved by the page's script as it changes. Nothing is checked here: that is
done when the respondent goes on, and again before anything is sent."""

from typing import Any

from litestar import Response, Router, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from app.clock import now
from app.forms import BIGGEST_BODY, MOST_ENCODED, Form, read_form
from app.problems import Problem
from responses.merging import answer_hash, read_seen
from responses.opening import AnswersNotTaken
from responses.pages.editing import held_by_another
from responses.pages.journey import (
    AlreadySent,
    AnyRequest,
    Journey,
    NotJoined,
    QuestionsChanged,
    begun,
    draft_cookie,
    journey,
)
from responses.pages.keeping import AnswersDeleted, is_too_long, keep_answers, said
from responses.pages.pace import BEGINNING, wait_for
from surveys.answers import is_given
from surveys.checks import check, read_fields
from surveys.fields import field_names
from surveys.questionnaire import Question, Statement, Upload

NOT_HERE: dict[str, Any] = {"stop": "page"}
NO_COOKIES: dict[str, Any] = {"stop": "cookies"}


@post(
    "/consultations/{slug:str}/respond/{number:int}/save",
    name="save-answer",
    status_code=200,
    request_max_body_size=BIGGEST_BODY * MOST_ENCODED,
)
async def save_answer(
    slug: FromPath[str], number: FromPath[int], request: AnyRequest
) -> Response[dict[str, Any]]:
    form = await read_form(request)
    try:
        return await _saved(request, await journey(slug, request, now=now()), number, form)
    except (AlreadySent, AnswersDeleted, AnswersNotTaken, NotJoined, QuestionsChanged):
        # The page says it in full when it is sent itself.
        return _told(NOT_HERE, status=409)


async def _saved(
    request: AnyRequest, here: Journey, number: int, form: Form
) -> Response[dict[str, Any]]:
    if form.text("_version", limit=9) != str(here.version.number):
        return _told(NOT_HERE, status=409)
    question = _question(here, number, form.text("_question", limit=80))
    given, problems = _given(here, question, form)
    if problems and is_too_long(given):
        return _told({"words": problems[0].words}, status=422)
    if here.draft is None:
        return await _first(request, here, question, given, form)
    if await held_by_another(here, number, now=now()):
        return _told(NOT_HERE, status=409)
    seen = read_seen(form.text("_seen", limit=200))
    kept = await keep_answers(here, [question], given, seen, now=now())
    if kept.differences:
        theirs = kept.differences[0].theirs
        lines = list(said(question, theirs, here.language))
        return _told({"said": lines, "seen": answer_hash(question, theirs)}, status=409)
    return _told({"seen": answer_hash(question, given)})


async def _first(
    request: AnyRequest, here: Journey, question: Question, given: dict[str, Any], form: Form
) -> Response[dict[str, Any]]:
    """Begins a draft. A browser that keeps no cookies would begin another with each answer."""
    if form.ticked("_began"):
        return _told(NO_COOKIES, status=409)
    if form.ticked("_in"):
        # Sent or deleted meanwhile, in another window: these are no first answers.
        return _told(NOT_HERE, status=409)
    typed = {name: answer for name, answer in given.items() if is_given(answer)}
    if not typed:
        return _told({"seen": ""})
    moment = now()
    if wait_for(request, "beginning", BEGINNING, now=moment):
        return _told(NOT_HERE, status=429)
    here = await begun(here.in_order(form.text("_ordering")), typed, now=moment)
    answer = _told({"seen": answer_hash(question, given), "began": True})
    answer.set_cookie(draft_cookie(here.consultation.slug, here.token))
    return answer


def _question(here: Journey, number: int, key: str) -> Question:
    leaf = here.leaf(number)
    asked = leaf.questions if leaf else ()
    for question in asked:
        if question.key == key and not isinstance(question, Statement | Upload):
            return question
    raise NotFoundException


def _given(
    here: Journey, question: Question, form: Form
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """As the page itself would keep it: made even where it fits, as typed where it does not."""
    typed = read_fields([question], form.fields)
    names = field_names(question)
    checked = check(
        here.questionnaire,
        {name: typed[name] for name in names if name in typed},
        questions=[question],
        earlier=here.answers,
        language=here.language,
    )
    fit = typed | checked.answers
    return {name: fit.get(name) for name in names}, checked.problems


def _told(what: dict[str, Any], *, status: int = 200) -> Response[dict[str, Any]]:
    return Response(what, status_code=status, headers={"Cache-Control": "no-store"})


router = Router(path="/", route_handlers=[save_answer])
