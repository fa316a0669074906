"""A receipt's page: one person's own answers, read live, and what became of each."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store as analysis
from app.clock import now
from app.forms import read_form
from app.pages.became import Said, Step, steps, theme_told
from app.problems import Problem, Refusal
from app.settings import settings
from app.templating import render
from app.words import date_words
from publications import store as publications
from responses import store as responses
from responses.receipt import normalise
from responses.response import ANALYSED, WITHDRAWN, Channel
from responses.response import Response as Stored
from surveys import store as surveys
from surveys.consultation import Consultation, Version
from surveys.question_view import answer_words
from surveys.questionnaire import LongText, ShortText, Statement, say

AnyRequest = Request[Any, Any, Any]

OWN = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
"""A receipt's page is one person's own: kept nowhere, indexed nowhere, named to nobody."""


class NoSuchReceipt(Refusal):
    status = 404
    title = "We cannot find that receipt"


class OwnAnswer(Struct, frozen=True):
    question: str
    lines: tuple[str, ...]


class ReceiptPage(Struct, frozen=True):
    code: str
    consultation: Consultation
    withdrawn: bool
    counted: bool
    steps: tuple[Step, ...]
    said: tuple[Said, ...]
    answers: tuple[OwnAnswer, ...]
    problems: tuple[Problem, ...] = ()


class WithdrawPage(Struct, frozen=True):
    code: str
    consultation: Consultation


async def holding(code: str) -> tuple[str, Stored, Consultation]:
    """The code as it is written, the response it was given for, and its consultation."""
    found = await responses.response_by_receipt(code, private=True)
    written = normalise(code)
    if found is None or written is None:
        raise NoSuchReceipt("Check that you typed or copied all of the code, like K7QF-2M9X-4TRD-8")
    return written, found, await surveys.consultation_by_id(found.consultation_id)


async def said_by(found: Stored, consultation: Consultation, version: Version) -> tuple[Said, ...]:
    """Each answer in the respondent's own words, with its finished codings and ready outcomes."""
    own = await analysis.codings_of(found.key)
    finished = await analysis.finished_questions(found.key)
    outcomes = await publications.outcomes_ready({theme.theme_id for theme in own})
    commitments = await publications.commitments(consultation.id) if outcomes else ()
    today = now().astimezone(settings().time_zone).date()
    return tuple(
        Said(
            question=say(question.text, language(version)),
            text=found.answers[question.key],
            finished=question.key in finished,
            themes=tuple(
                theme_told(
                    theme.label,
                    theme.theme_id,
                    outcomes=outcomes,
                    commitments=commitments,
                    today=today,
                )
                for theme in own
                if theme.question == question.key
            ),
        )
        for question in version.questionnaire.questions
        if isinstance(question, ShortText | LongText)
        and not question.special_category
        and found.answers.get(question.key)
    )


def language(version: Version) -> str:
    return version.questionnaire.languages[0]


def own_answers(found: Stored, version: Version) -> tuple[OwnAnswer, ...]:
    """Every question that was answered, in words."""
    told = (
        OwnAnswer(
            say(question.text, language(version)),
            answer_words(question, found.answers, language(version)),
        )
        for question in version.questionnaire.questions
        if not isinstance(question, Statement)
    )
    return tuple(one for one in told if one.lines)


LONGEST_TYPED = 100


class FindReceiptPage(Struct, frozen=True):
    typed: str = ""
    problems: tuple[Problem, ...] = ()


@get("/receipts", name="find-receipt")
async def find_receipt(request: AnyRequest) -> Response[str]:
    """For those who hold a code on paper."""
    return render(request, "app/pages/find_receipt.html", FindReceiptPage())


@post("/receipts", name="open-receipt")
async def open_receipt(request: AnyRequest) -> Response[Any]:
    form = await read_form(request)
    typed = form.text("code", missing="Enter the code of your receipt", limit=LONGEST_TYPED)
    if form.problems:
        return _find_again(request, typed, tuple(form.problems), status=422)
    try:
        written, _, _ = await holding(typed)
    except NoSuchReceipt as unknown:
        return _find_again(request, typed, (Problem("code", unknown.words),), status=422)
    return Redirect(f"/receipts/{written}", status_code=303, headers=OWN)


def _find_again(
    request: AnyRequest, typed: str, problems: tuple[Problem, ...], *, status: int
) -> Response[str]:
    page = FindReceiptPage(typed[:LONGEST_TYPED], problems)
    return render(request, "app/pages/find_receipt.html", page, status=status, headers=OWN)


def no_such_receipt(request: AnyRequest, refusal: NoSuchReceipt) -> Response[str]:
    """An address with a code that is none: the code to mend, rather than a dead end."""
    typed: str = request.path_params["code"]
    problems = (Problem("code", refusal.words),)
    return _find_again(request, typed, problems, status=refusal.status)


@get("/receipts/{code:str}", name="receipt")
async def receipt(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    written, found, consultation = await holding(code)
    version = await surveys.version(found.version_id)
    said = await said_by(found, consultation, version)
    edition = await publications.latest_edition(consultation.slug)
    page = ReceiptPage(
        code=written,
        consultation=consultation,
        withdrawn=found.status == WITHDRAWN,
        counted=found.status == ANALYSED,
        steps=steps(
            said,
            received=date_words(found.submitted_at, settings().time_zone),
            report=f"/consultations/{consultation.slug}/report",
            edition_at=edition.published_at if edition else None,
        ),
        said=said,
        answers=own_answers(found, version),
    )
    return render(request, "app/pages/receipt.html", page, headers=OWN)


@get("/receipts/{code:str}/answers.json", name="own-answers")
async def download(code: FromPath[str]) -> Response[bytes]:
    """What one person sent, to take away."""
    _, found, consultation = await holding(code)
    document = {
        "consultation": consultation.title,
        "submitted_at": found.submitted_at,
        "channel": Channel(found.channel),
        "answers": found.answers,
    }
    return Response(
        msgspec.json.format(msgspec.json.encode(document), indent=2),
        media_type="application/json",
        headers={**OWN, "Content-Disposition": 'attachment; filename="my-answers.json"'},
    )


@get("/receipts/{code:str}/withdraw", name="withdrawing")
async def withdrawing(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    written, _, consultation = await holding(code)
    page = WithdrawPage(code=written, consultation=consultation)
    return render(request, "app/pages/withdraw.html", page, headers=OWN)


@post("/receipts/{code:str}/withdraw", name="withdraw")
async def withdraw(code: FromPath[str]) -> Redirect:
    written, _, _ = await holding(code)
    await responses.withdraw(written)
    return Redirect(f"/receipts/{written}", status_code=303, headers=OWN)


router = Router(
    path="/",
    route_handlers=[find_receipt, open_receipt, receipt, download, withdrawing, withdraw],
    exception_handlers={NoSuchReceipt: no_such_receipt},
)
