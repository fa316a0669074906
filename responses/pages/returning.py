"""Coming back to saved answers: by a code that is typed in, or by a link that was sent."""

from datetime import timedelta
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.pages.signing_in import client_host
from app.auth.refusals import TryLater
from app.auth.store.failures import begin_try, forget_try
from app.auth.throttle import Pace
from app.clock import now
from app.forms import read_form
from app.languages import LanguageChoice, language_choices
from app.problems import Problem
from app.speech import ENGLISH, Speech, speech
from app.templating import render
from responses import store
from responses.opening import check_announced
from responses.pages.journey import (
    COOKIE,
    AnyRequest,
    Journey,
    draft_cookie,
    journey,
    language_for,
    member_cookie,
)
from responses.pages.not_answering import REFUSED, answers_lost
from responses.pages.pace import time_words
from responses.return_code import LENGTH, is_whole, normalise, unknown_words
from surveys import store as surveys
from surveys.consultation import Consultation
from surveys.marked import Marked, title_of
from surveys.questionnaire import Statement
from surveys.routing import shown
from surveys.typed import shortened

RETURN = "/consultations/{slug:str}/respond/return"
LINK = "/consultations/{slug:str}/respond/return/{link:str}"

# With 44 bits in a code and a thousand drafts waiting, a network that guesses for a year at this
# pace finds one with a chance of less than one in fifty thousand.
CODES = Pace(20, timedelta(seconds=5), timedelta(minutes=10), timedelta(hours=1))
LONGEST_TYPED = 200
PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # Says from which site a form was sent, and never from which address.
    "Referrer-Policy": "strict-origin",
}


class ReturnPage(Struct, frozen=True):
    """`other` says that this browser holds other answers, which are left where they are."""

    slug: str
    title: Marked
    languages: tuple[LanguageChoice, ...]
    action: str
    typed: str = ""
    other: bool = False
    by_link: bool = False
    found: bool = True
    problems: tuple[Problem, ...] = ()


def resume_at(here: Journey) -> str:
    """Where they were: the first screen on the way with a question that they neither answered nor
    left empty when they went on; else the last page of all. Several people find each other first.
    """
    if here.together:
        return here.organisation_at
    asked = shown(here.questionnaire, here.answers)
    done = {*here.answers, *(here.draft.passed if here.draft else ())}
    for number in here.route(here.answers):
        leaf = here.leaf(number)
        questions = leaf.questions if leaf else ()
        keys = {each.key for each in questions if not isinstance(each, Statement)}
        if (keys & asked) - done:
            return here.at(number)
    return here.at_check


@get(RETURN, name="come-back")
async def return_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation, language = await _asked_in(slug, request)
    return await _return(request, consultation, language)


@post(RETURN, name="come-back-by-code")
async def come_back(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    form = await read_form(request)
    consultation, language = await _asked_in(slug, request)
    speaks = speech(language)
    typed = form.text("code", limit=10_000)[:LONGEST_TYPED]
    code = normalise(typed)
    if problem := _unlike_a_code(code, speaks):
        return await _return(request, consultation, language, typed=typed, problems=(problem,))
    moment, host = now(), client_host(request)
    try:
        this = await begin_try(f"come back to {slug}", host, now=moment, pace=CODES)
    except TryLater as pause:
        words = speaks.say(
            "Too many codes were tried from where you are. Wait {time}, then try again",
            time=time_words(pause.wait, speaks),
        )
        problems = (Problem("code", words),)
        return await _return(
            request, consultation, language, typed=typed, problems=problems, status=429
        )
    member = await store.member_by_code(code)
    found = _usable(member[0] if member else await store.draft_by_code(code), consultation)
    if found is None:
        words = speaks.say(
            "No answers are saved under this code here. Check every word of it. Answers that were "
            "sent, and answers that were not sent in time, have no code any more"
        )
        problems = (Problem("code", words),)
        return await _return(request, consultation, language, typed=typed, problems=problems)
    await forget_try(this)
    return await _back_in(
        request, consultation, found, typed, leave=form.ticked("leave"), member=member
    )


def _unlike_a_code(code: str, speaks: Speech) -> Problem | None:
    """What can be said of a code without looking anything up; the list of words is no secret."""
    if not code:
        return Problem("code", speaks.say("Enter your code"))
    if is_whole(code):
        return None
    strange = unknown_words(code)
    if strange and strange[0][1]:
        word, meant = strange[0]
        words = speaks.say(
            "‘{word}’ is in no code. Did you mean ‘{meant}’?",
            word=shortened(word, 30),
            meant=meant,
        )
    elif strange:
        word = shortened(strange[0][0], 30)
        words = speaks.say("‘{word}’ is in no code. Check how you noted it down", word=word)
    else:
        words = speaks.say("A code has {n} words", n=LENGTH)
    return Problem("code", words)


@get(LINK, name="come-back-by-link")
async def link_page(slug: FromPath[str], link: FromPath[str], request: AnyRequest) -> Response[Any]:
    """A button, so that a mail program which looks at links opens nobody's answers."""
    consultation, language = await _asked_in(slug, request)
    member = await store.member_by_link(link)
    found = _usable(member[0] if member else await store.draft_by_link(link), consultation)
    return await _return(
        request,
        consultation,
        language,
        by_link=True,
        found=found is not None,
        other=await _holds_another(request, found),
    )


@post(LINK, name="go-on-by-link")
async def follow_link(
    slug: FromPath[str], link: FromPath[str], request: AnyRequest
) -> Response[Any] | Redirect:
    await read_form(request)
    consultation, language = await _asked_in(slug, request)
    member = await store.member_by_link(link)
    found = _usable(member[0] if member else await store.draft_by_link(link), consultation)
    if found is None:
        return await _return(request, consultation, language, by_link=True, found=False)
    # The page with the button has said it where this browser holds other answers.
    return await _back_in(request, consultation, found, "", leave=True, member=member)


async def _back_in(
    request: AnyRequest,
    consultation: Consultation,
    found: store.Draft,
    typed: str,
    *,
    leave: bool,
    member: tuple[store.Draft, str] | None,
) -> Response[Any] | Redirect:
    """Gives this browser the draft's cookie and leads to where the respondent was. With a `member`
    it is that person's of an organisation."""
    _, language = await _asked_in(consultation.slug, request)
    if not leave and await _holds_another(request, found):
        say = speech(language).say
        problem = Problem("leave", say("This browser holds other answers that were not sent"))
        return await _return(
            request, consultation, language, typed=typed, other=True, problems=(problem,)
        )
    cookies = [draft_cookie(consultation.slug, found.token)]
    cookies += [member_cookie(consultation.slug, member[1])] if member else []
    asked = "lang" in request.query_params and language != found.language
    query = f"?lang={language}" if asked else ""
    address = f"/consultations/{consultation.slug}/respond/resume{query}"
    return Redirect(address, status_code=303, cookies=cookies, headers=PRIVATE)


@get("/consultations/{slug:str}/respond/resume", name="resume")
async def resume(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    here = await journey(slug, request, now=now())
    if here.draft is None:
        return await answers_lost(request, slug)
    return Redirect(resume_at(here), status_code=303)


def _usable(found: store.Draft | None, consultation: Consultation) -> store.Draft | None:
    rounds = {each.id for each in consultation.rounds}
    unsent = found is not None and found.submitted_at is None
    return found if unsent and found and found.round_id in rounds else None


async def _holds_another(request: AnyRequest, found: store.Draft | None) -> bool:
    held = await store.draft(request.cookies.get(COOKIE, ""))
    if held is None or held.submitted_at is not None or not held.answers:
        return False
    return found is None or held.key != found.key


async def _asked_in(slug: str, request: AnyRequest) -> tuple[Consultation, str]:
    consultation = await surveys.consultation(slug)
    language = await language_for(consultation, [request.query_params.get("lang", "")])
    request.state.language = language
    check_announced(consultation, now())
    return consultation, language


async def _return(
    request: AnyRequest,
    consultation: Consultation,
    language: str,
    *,
    typed: str = "",
    other: bool = False,
    by_link: bool = False,
    found: bool = True,
    problems: tuple[Problem, ...] = (),
    status: int = 422,
) -> Response[str]:
    asked = None
    if consultation.rounds:
        asked = (await surveys.version(consultation.rounds[-1].version_id)).questionnaire
    query = f"?lang={language}" if "lang" in request.query_params else ""
    address = f"/consultations/{consultation.slug}/respond/return"
    page = ReturnPage(
        slug=consultation.slug,
        title=title_of(consultation, asked, language),
        languages=language_choices(asked.languages if asked else (ENGLISH,), language),
        action=(request.url.path if by_link and found else address) + query,
        typed=typed,
        other=other,
        by_link=by_link and found,
        found=found,
        problems=problems,
    )
    status = status if problems else 200 if found else 404
    return render(
        request,
        "responses/return.html",
        page,
        status=status,
        headers=PRIVATE,
        language=language,
    )


router = Router(
    path="/",
    route_handlers=[
        return_page,
        come_back,
        link_page,
        follow_link,
        resume,
    ],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
