"""Why nothing can be answered here now: what became of what was typed, and where to go instead."""

from typing import Any

from litestar import Response
from litestar.response import Redirect
from msgspec import Struct

from app.shared_device import device_of
from app.speech import ENGLISH, Speech, sentence, speech
from app.templating import render
from responses.opening import AnswersNotTaken, RoundNotAnnounced, RoundPaused
from responses.pages.journey import (
    COOKIE,
    AlreadySent,
    AnyRequest,
    NotJoined,
    QuestionsChanged,
    language_for,
    no_cookies,
)
from surveys import store as surveys
from surveys.consultation import About
from surveys.marked import Marked, marked


class NotAnsweringPage(Struct, frozen=True):
    """`later` leads to the code for answers that are kept meanwhile, `come_back` to where one is
    typed in."""

    heading: str
    paragraphs: tuple[str, ...]
    reason: Marked | None = None
    link: str = ""
    link_words: str = ""
    other_ways: Marked | None = None
    come_back: str = ""
    later: str = ""


async def answers_lost(request: AnyRequest, slug: str, *, language: str = "") -> Response[Any]:
    """There is no draft: it was sent, or the browser keeps no cookies. `language` is that of a page
    that was answered just now."""
    if device := device_of(request):
        return Redirect(device.start, status_code=303)
    consultation = await surveys.consultation(slug)
    typed = bool(language)
    language = await language_for(consultation, [language, request.query_params.get("lang", "")])
    own = await language_for(consultation, ())
    say = speech(language).say
    page = NotAnsweringPage(
        heading=say("We cannot find your answers"),
        paragraphs=(
            say(
                "Your answers are kept by a cookie until you send them, and your browser did not "
                "send it. This happens when the browser was closed in between, when it does not "
                "allow cookies, or when the answers were already sent."
            ),
            say("If you have your receipt, they were sent, and you need do nothing more."),
            say("Nothing has been sent now. Allow cookies for this website and answer again."),
            *((say(_TYPED),) if typed else ()),
        ),
        link=f"/consultations/{slug}/respond?lang={language}",
        link_words=say("Answer again from the first page"),
        come_back=f"/consultations/{slug}/respond/return?lang={language}",
        other_ways=_other_ways(consultation.about, language, own=own),
    )
    return _not_answering(request, page, language)


def already_sent(request: AnyRequest, refusal: AlreadySent) -> Response[Any]:
    slug = request.path_params["slug"]
    if device := device_of(request):
        # It may be another person's receipt.
        return Redirect(device.start, status_code=303, cookies=no_cookies(slug))
    speaks = speech(request.state.language)
    page = NotAnsweringPage(
        heading=speaks.say(_THEY_WENT if refusal.shared else refusal.title),
        paragraphs=(speaks.say(_ONE_OF_YOU) if refusal.shared else refusal.said(speaks),),
        link=f"/receipts/{refusal.receipt}",
        link_words=speaks.say("Your receipt, and what became of your answers"),
    )
    response = _not_answering(request, page, request.state.language)
    for cookie in no_cookies(slug):
        response.set_cookie(cookie)
    return response


def to_who_you_are(_: AnyRequest, unknown: NotJoined) -> Redirect:
    return Redirect(unknown.address, status_code=303)


def to_what_changed(_: AnyRequest, changed: QuestionsChanged) -> Redirect:
    return Redirect(changed.address, status_code=303)


def not_taken(request: AnyRequest, refusal: AnswersNotTaken) -> Response[str]:
    """Closed, paused or not open yet. Whoever had begun is told what became of their answers."""
    slug = request.path_params["slug"]
    began, paused = COOKIE in request.cookies, isinstance(refusal, RoundPaused)
    unannounced = isinstance(refusal, RoundNotAnnounced)
    language: str = request.state.language
    speaks = speech(language)
    about = None if unannounced else request.state.get("about")
    own: str = request.state.get("own", ENGLISH)
    link = "/" if unannounced else f"/consultations/{slug}?lang={language}"
    page = NotAnsweringPage(
        heading=speaks.say(refusal.title),
        # Why a round is paused is an officer's own words.
        reason=Marked(refusal.words, own) if paused else None,
        paragraphs=(
            *(() if paused else (refusal.said(speaks),)),
            *_fate(request, speaks, began=began, paused=paused),
        ),
        link="" if device_of(request) else link,
        link_words=speaks.say(_ALL if unannounced else _ABOUT),
        other_ways=_other_ways(about, language, own=own) if about else None,
        later=f"/consultations/{slug}/respond/later?lang={language}" if began and paused else "",
    )
    response = _not_answering(request, page, language)
    if began and not paused:
        for cookie in no_cookies(slug):
            response.set_cookie(cookie)
    return response


def _fate(request: AnyRequest, speaks: Speech, *, began: bool, paused: bool) -> tuple[str, ...]:
    """What became of the answers given so far, and of those that were sent just now."""
    stays = _KEPT_WITH_A_CODE if device_of(request) else _KEPT
    kept = (speaks.say(stays if paused else _NOT_SENT),) if began else ()
    unsaved = not (began and paused) or request.state.get("unsaved")
    typed = request.method == "POST" and unsaved
    return (*kept, speaks.say(_TYPED)) if typed else kept


_THEY_WENT = sentence("Your organisation’s answers have been sent")
_ONE_OF_YOU = sentence("One of you sent them. Nothing was added now.")
_ABOUT = sentence("About this consultation")
_ALL = sentence("See all consultations")
_KEPT = sentence(
    "Your answers have not been sent. They are kept: once the consultation goes on, go on with "
    "them in this browser if you leave it open, or anywhere with a code."
)
_KEPT_WITH_A_CODE = sentence(
    "Your answers have not been sent. Get a code for them before you go: with it you can go on "
    "with them anywhere, once the consultation goes on."
)
_NOT_SENT = sentence("Your answers have not been sent, and cannot be sent any more.")
_TYPED = sentence(
    "What you have just written was not stored. It may still stand there when you go back in your "
    "browser: copy what you want to keep."
)


def _other_ways(about: About, language: str, *, own: str) -> Marked | None:
    text = about.other_formats or about.contact
    return marked(text, language, default=own) if text else None


def _not_answering(request: AnyRequest, page: NotAnsweringPage, language: str) -> Response[str]:
    template = "responses/not_answering.html"
    headers = {"Cache-Control": "no-store"}
    return render(request, template, page, status=409, headers=headers, language=language)


REFUSED = {
    AlreadySent: already_sent,
    AnswersNotTaken: not_taken,
    NotJoined: to_who_you_are,
    QuestionsChanged: to_what_changed,
}
"""For every router whose pages ask for the journey."""
