"""A receipt's page: one person's own answers, read live, and what became of each."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store as analysis
from app.clock import now
from app.forms import read_form
from app.languages import LanguageChoice, asked_language, language_choices
from app.pages.became import Said, Step, steps, theme_told
from app.problems import Problem, Refusal
from app.settings import settings
from app.speech import LANGUAGES, sentence, speech
from app.templating import render
from publications import store as publications
from responses import store as responses
from responses.pages.declaring import Said as DeclaredLine
from responses.pages.declaring import declared_in
from responses.pages.uploads import file_views, files_in
from responses.receipt import normalise
from responses.response import ANALYSED, WITHDRAWN, Channel
from responses.response import Response as Stored
from surveys import store as surveys
from surveys.answer_words import answer_words
from surveys.consultation import Consultation, Version
from surveys.marked import Marked, marked, title_of
from surveys.pages.overview import promised_reply
from surveys.questionnaire import LongText, ShortText, Statement, Text
from surveys.upload_view import FileView

AnyRequest = Request[Any, Any, Any]

OWN = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
"""A receipt's page is one person's own: kept nowhere, indexed nowhere, named to nobody."""


class NoSuchReceipt(Refusal):
    status = 404
    title = sentence("We cannot find that receipt")


class OwnAnswer(Struct, frozen=True):
    """`files` are what was sent, to take away again; the lines name them."""

    question: Marked
    lines: tuple[str, ...]
    files: tuple[FileView, ...] = ()


class ReceiptPage(Struct, frozen=True):
    code: str
    consultation: Consultation
    title: Marked
    languages: tuple[LanguageChoice, ...]
    query: str
    withdrawn: bool
    counted: bool
    steps: tuple[Step, ...]
    said: tuple[Said, ...]
    answers: tuple[OwnAnswer, ...]
    declared: tuple[DeclaredLine, ...] = ()
    problems: tuple[Problem, ...] = ()


class WithdrawPage(Struct, frozen=True):
    code: str
    title: Marked
    languages: tuple[LanguageChoice, ...]
    query: str


async def holding(code: str) -> tuple[str, Stored, Consultation]:
    """The code as it is written, the response it was given for, and its consultation."""
    found = await responses.response_by_receipt(code, private=True)
    written = normalise(code)
    if found is None or written is None:
        raise NoSuchReceipt(
            sentence("Check that you typed or copied all of the code, like K7QF-2M9X-4TRD-8")
        )
    return written, found, await surveys.consultation_by_id(found.consultation_id)


class Reader(Struct, frozen=True):
    """How a receipt's page speaks: as its answers were given, unless the address asks otherwise.
    `query` carries that along."""

    version: Version
    language: str
    query: str

    @property
    def languages(self) -> tuple[LanguageChoice, ...]:
        return language_choices(self.version.questionnaire.languages, self.language)

    def marked(self, text: Text) -> Marked:
        return marked(text, self.language, default=self.version.questionnaire.languages[0])

    def title(self, consultation: Consultation) -> Marked:
        return title_of(consultation, self.version.questionnaire, self.language)


async def reader(request: AnyRequest, found: Stored) -> Reader:
    version = await surveys.version(found.version_id)
    languages = version.questionnaire.languages
    asked = request.query_params.get("lang", "")
    if asked in languages:
        return Reader(version, asked, f"?lang={asked}")
    answered_in = await responses.language_answered_in(found.key)
    return Reader(version, answered_in if answered_in in languages else languages[0], "")


async def said_by(found: Stored, consultation: Consultation, reading: Reader) -> tuple[Said, ...]:
    """Each answer in the respondent's own words, with its finished codings and ready outcomes."""
    own = await analysis.codings_of(found.key)
    finished = await analysis.finished_questions(found.key)
    outcomes = await publications.outcomes_ready({theme.theme_id for theme in own})
    commitments = await publications.commitments(consultation.id) if outcomes else ()
    today = now().astimezone(settings().time_zone).date()
    return tuple(
        Said(
            question=reading.marked(question.text),
            text=found.answers[question.key],
            finished=question.key in finished,
            themes=tuple(
                theme_told(
                    theme.label,
                    theme.theme_id,
                    outcomes=outcomes,
                    commitments=commitments,
                    today=today,
                    speaks=speech(reading.language),
                )
                for theme in own
                if theme.question == question.key
            ),
        )
        for question in reading.version.questionnaire.questions
        if isinstance(question, ShortText | LongText)
        and not question.special_category
        and found.answers.get(question.key)
    )


async def own_files(code: str, found: Stored, language: str) -> dict[str, FileView]:
    kept = await responses.files_of(found.key)
    return file_views(kept, at=f"/receipts/{code}/files", language=language)


def own_answers(
    found: Stored, reading: Reader, files: Mapping[str, FileView]
) -> tuple[OwnAnswer, ...]:
    """Every question that was answered, in words."""
    told = (
        OwnAnswer(
            reading.marked(question.text),
            answer_words(question, found.answers, reading.language, files=files),
            files_in(question, found.answers, files),
        )
        for question in reading.version.questionnaire.questions
        if not isinstance(question, Statement)
    )
    return tuple(one for one in told if one.lines)


LONGEST_TYPED = 100


class FindReceiptPage(Struct, frozen=True):
    languages: tuple[LanguageChoice, ...]
    typed: str = ""
    problems: tuple[Problem, ...] = ()


@get("/receipts", name="find-receipt")
async def find_receipt(request: AnyRequest) -> Response[str]:
    """For those who hold a code on paper."""
    language = asked_language(request.query_params)
    page = FindReceiptPage(language_choices(LANGUAGES, language))
    return render(request, "app/pages/find_receipt.html", page, language=language)


@post("/receipts", name="open-receipt")
async def open_receipt(request: AnyRequest) -> Response[Any]:
    form = await read_form(request)
    speaks = speech(asked_language(request.query_params))
    typed = "".join(form.texts("code"))[:LONGEST_TYPED]
    if not typed:
        missing = Problem("code", speaks.say("Enter the code of your receipt"))
        return _find_again(request, typed, (missing,), status=422)
    try:
        written, _, _ = await holding(typed)
    except NoSuchReceipt as unknown:
        return _find_again(request, typed, (Problem("code", unknown.said(speaks)),), status=422)
    return Redirect(f"/receipts/{written}{_query(request)}", status_code=303, headers=OWN)


def _query(request: AnyRequest) -> str:
    asked = request.query_params.get("lang", "")
    return f"?lang={asked}" if asked in LANGUAGES else ""


def _find_again(
    request: AnyRequest, typed: str, problems: tuple[Problem, ...], *, status: int
) -> Response[str]:
    language = asked_language(request.query_params)
    page = FindReceiptPage(language_choices(LANGUAGES, language), typed[:LONGEST_TYPED], problems)
    return render(
        request, "app/pages/find_receipt.html", page, status=status, headers=OWN, language=language
    )


def no_such_receipt(request: AnyRequest, refusal: NoSuchReceipt) -> Response[str]:
    """An address with a code that is none: the code to mend, rather than a dead end."""
    typed: str = request.path_params["code"]
    problems = (Problem("code", refusal.said(speech(asked_language(request.query_params)))),)
    return _find_again(request, typed, problems, status=refusal.status)


@get("/receipts/{code:str}", name="receipt")
async def receipt(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    written, found, consultation = await holding(code)
    reading = await reader(request, found)
    said = await said_by(found, consultation, reading)
    files = await own_files(written, found, reading.language)
    edition = await publications.latest_edition(consultation.slug)
    page = ReceiptPage(
        code=written,
        consultation=consultation,
        title=reading.title(consultation),
        languages=reading.languages,
        query=reading.query,
        withdrawn=found.status == WITHDRAWN,
        counted=found.status == ANALYSED,
        steps=steps(
            said,
            received=found.submitted_at,
            report=f"/consultations/{consultation.slug}/report?lang={reading.language}",
            edition_at=edition.published_at if edition else None,
            promise=promised_reply(consultation, now(), reading.language),
            speaks=speech(reading.language),
        ),
        said=said,
        answers=own_answers(found, reading, files),
        declared=await declared_in(found.key, speech(reading.language), names=True),
    )
    return render(request, "app/pages/receipt.html", page, headers=OWN, language=reading.language)


@get("/receipts/{code:str}/answers.json", name="own-answers")
async def download(code: FromPath[str]) -> Response[bytes]:
    """What one person sent, to take away."""
    _, found, consultation = await holding(code)
    names = {file.token: file.name for file in await responses.files_of(found.key)}
    declared = await responses.declaration_of(found.key)
    document = {
        "consultation": consultation.title,
        **({"declaration": declared} if declared else {}),
        "submitted_at": found.submitted_at,
        "channel": Channel(found.channel),
        "answers": {
            field: [names.get(each, each) for each in answer]
            if isinstance(answer, list)
            else answer
            for field, answer in found.answers.items()
        },
    }
    return Response(
        msgspec.json.format(msgspec.json.encode(document), indent=2),
        media_type="application/json",
        headers={**OWN, "Content-Disposition": 'attachment; filename="my-answers.json"'},
    )


@get("/receipts/{code:str}/withdraw", name="withdrawing")
async def withdrawing(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    written, found, consultation = await holding(code)
    reading = await reader(request, found)
    page = WithdrawPage(written, reading.title(consultation), reading.languages, reading.query)
    return render(request, "app/pages/withdraw.html", page, headers=OWN, language=reading.language)


@post("/receipts/{code:str}/withdraw", name="withdraw")
async def withdraw(request: AnyRequest, code: FromPath[str]) -> Redirect:
    written, found, _ = await holding(code)
    reading = await reader(request, found)
    await responses.withdraw(written)
    return Redirect(f"/receipts/{written}{reading.query}", status_code=303, headers=OWN)


router = Router(
    path="/",
    route_handlers=[find_receipt, open_receipt, receipt, download, withdrawing, withdraw],
    exception_handlers={NoSuchReceipt: no_such_receipt},
)
