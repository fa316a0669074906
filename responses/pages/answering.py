"""Answering: page after page, check your answers, send."""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from litestar import MediaType, Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.clock import now
from app.forms import BIGGEST_UPLOAD, read_form, refuse_larger
from app.speech import ENGLISH, sentence, speech
from app.templating import render
from responses import store
from responses.opening import AnswersNotTaken, RoundNotAnnounced, RoundPaused
from responses.pages.corrected import (
    changed_page,
    go_on,
    keep_typed,
    older_version,
    sent_from_older,
)
from responses.pages.journey import (
    COOKIE,
    AlreadySent,
    AnyRequest,
    Journey,
    Leaf,
    QuestionsChanged,
    begun,
    draft_cookie,
    journey,
    language_for,
    no_cookie,
    with_changes,
)
from responses.pages.screens import AnsweringPage, answering_page
from responses.pages.uploads import (
    answered_with,
    file_changes,
    largest_body,
    stays,
)
from responses.response import question_of
from surveys import store as surveys
from surveys.checks import check, read_fields
from surveys.consultation import About
from surveys.fields import field_names
from surveys.marked import Marked, marked
from surveys.ordering import any_varies

MOST_BLANK_PAGES = 1000
ORDERED_TAG = re.compile(r'"[0-9a-f]{32}-([0-9]{1,3})"')


class NotAnsweringPage(Struct, frozen=True):
    """Why nothing can be answered here now, and where to go instead."""

    heading: str
    paragraphs: tuple[str, ...]
    reason: Marked | None = None
    link: str = ""
    link_words: str = ""
    other_ways: Marked | None = None


@get("/consultations/{slug:str}/respond", name="respond")
async def first_page(slug: FromPath[str], request: AnyRequest) -> Response[Any]:
    return await _shown(slug, request, 1)


@get("/consultations/{slug:str}/respond/{number:int}", name="respond-page")
async def later_page(
    slug: FromPath[str], number: FromPath[int], request: AnyRequest
) -> Response[Any] | Redirect:
    if number == 1:
        query = f"?{request.url.query}" if request.url.query else ""
        return Redirect(f"/consultations/{slug}/respond{query}", status_code=303)
    return await _shown(slug, request, number)


@post(
    "/consultations/{slug:str}/respond",
    name="answer-first-page",
    request_max_body_size=BIGGEST_UPLOAD,
)
async def answer_first_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    return await _answered(slug, request, 1)


@post(
    "/consultations/{slug:str}/respond/{number:int}",
    name="answer-page",
    request_max_body_size=BIGGEST_UPLOAD,
)
async def answer_later_page(
    slug: FromPath[str], number: FromPath[int], request: AnyRequest
) -> Response[Any] | Redirect:
    return await _answered(slug, request, number)


async def _shown(slug: str, request: AnyRequest, number: int) -> Response[Any]:
    here = await journey(slug, request, now=now())
    leaf = _leaf(here, number)
    if here.draft is None and number > 1 and _comes_from_here(request):
        # The first answers are kept by a cookie: the page after them says early that it is missing.
        return await answers_lost(request, slug)
    if number not in here.route(here.answers) and number > 1:
        return Redirect(
            here.after(number, here.answers) if here.draft else here.at(1), status_code=303
        )
    if here.draft is None:
        return _blank_page(request, here, leaf)
    page = answering_page(here, leaf, here.answers, to_check="change" in request.query_params)
    return _kept_private(_rendered(request, here, page))


async def _answered(slug: str, request: AnyRequest, number: int) -> Response[Any] | Redirect:
    form = await read_form(request)
    moment = now()
    switched = form.text("_language")
    try:
        here = await journey(slug, request, now=moment, language=switched)
    except QuestionsChanged as changed:
        await keep_typed(changed, number, form, moment=moment)
        raise
    if older := await older_version(here, form):
        return await sent_from_older(request, here, older, number, form, moment=moment)
    leaf = _leaf(here, number)
    refuse_larger(request, largest_body(leaf.questions))
    here = here.in_order(form.text("_ordering"))
    changes = await file_changes(form, leaf.questions, here.files, language=here.language)
    # Kept before anything else is looked at: a problem elsewhere loses nobody a file.
    here = await with_changes(here, changes, now=moment)
    given = read_fields(leaf.questions, form.fields) | answered_with(leaf.questions, here.files)
    to_check = form.ticked("_change")
    checked = check(
        here.questionnaire,
        given,
        questions=leaf.questions,
        earlier=here.answers,
        language=here.language,
    )
    if (switched or stays(form)) and not changes.problems:
        fit = given | checked.answers
        return await _stayed(request, here, leaf, fit, to_check=to_check, moment=moment)
    if problems := changes.problems_beside(checked.problems):
        typed = _without(here.answers, leaf) | given
        page = answering_page(here, leaf, typed, to_check=to_check, problems=problems)
        return _with_cookie(_kept_private(_rendered(request, here, page, status=422)), here)
    hidden = {field: given[field] for field in given if question_of(field) in checked.dropped}
    return await _saved(here, leaf, checked.answers | hidden, to_check=to_check, moment=moment)


async def _stayed(
    request: AnyRequest,
    here: Journey,
    leaf: Leaf,
    given: Mapping[str, Any],
    *,
    to_check: bool,
    moment: datetime,
) -> Response[str]:
    """The same page in another language, or with a file more or less, and what was typed kept, fit
    or not: it is checked when the respondent goes on, and again before it is sent. The page is
    shown at once rather than after a redirect, so that nothing is lost in a browser that keeps no
    cookies."""
    page = answering_page(here, leaf, _without(here.answers, leaf) | dict(given), to_check=to_check)
    response = _kept_private(_rendered(request, here, page))
    kept = _every_field(leaf, given)
    typed = {name: answer for name, answer in kept.items() if answer is not None}
    if here.draft is not None:
        await store.save_draft(here.draft, kept, language=here.language, now=moment)
    elif typed:
        here = await begun(here, typed, now=moment)
    return _with_cookie(response, here)


def _with_cookie(response: Response[str], here: Journey) -> Response[str]:
    if here.token:
        response.set_cookie(draft_cookie(here.consultation.slug, here.token))
    return response


def _every_field(leaf: Leaf, answers: Mapping[str, Any]) -> dict[str, Any]:
    """A page's answers, those taken back included."""
    names = (name for question in leaf.questions for name in field_names(question))
    return {name: answers.get(name) for name in names}


async def _saved(
    here: Journey, leaf: Leaf, answers: Mapping[str, Any], *, to_check: bool, moment: datetime
) -> Redirect:
    """Keep a page's answers and go on."""
    kept = _every_field(leaf, answers)
    following = here.at_check if to_check else here.after(leaf.number, here.answers | kept)
    if here.draft is not None:
        await store.save_draft(here.draft, kept, language=here.language, now=moment)
    else:
        given = {name: answer for name, answer in kept.items() if answer is not None}
        here = await begun(here, given, now=moment)
    cookies = [draft_cookie(here.consultation.slug, here.token)] if here.token else []
    return Redirect(following, status_code=303, cookies=cookies)


def _comes_from_here(request: AnyRequest) -> bool:
    """Whether the browser says that a page of ours led to this one, as it does after a post."""
    return request.headers.get("sec-fetch-site") == "same-origin"


def _leaf(here: Journey, number: int) -> Leaf:
    leaf = here.leaf(number)
    if leaf is None:
        raise NotFoundException
    return leaf


def _without(answers: Mapping[str, Any], leaf: Leaf) -> dict[str, Any]:
    here = {question.key for question in leaf.questions}
    return {field: answer for field, answer in answers.items() if question_of(field) not in here}


def _rendered(
    request: AnyRequest, here: Journey, page: AnsweringPage, *, status: int = 200
) -> Response[str]:
    template = "responses/answering.html"
    return render(request, template, page, status=status, language=here.language)


def _blank_page(request: AnyRequest, here: Journey, leaf: Leaf) -> Response[Any]:
    """The page that everyone sees first: rendered once for a frozen version, kept as bytes; where
    the order of options varies, once for each order."""
    title = (here.title.text, here.consultation.invented)
    tags = request.headers.get("if-none-match", "")
    seen = ORDERED_TAG.search(tags)
    if not any_varies(leaf.questions):
        here = replace(here, ordering=0)
    elif seen:
        # Whoever loads the page again sees the order of before.
        here = here.in_order(seen[1])
    key = (here.version.id, leaf.number, here.language, here.ordering, *title)
    kept: dict[Any, tuple[bytes, str]] = request.app.state.setdefault("blank_pages", {})
    if key not in kept or not here.version.frozen:
        if len(kept) >= MOST_BLANK_PAGES:
            kept.clear()
        page = _rendered(request, here, answering_page(here, leaf, {}))
        body = page.content.encode()
        kept[key] = body, f'"{sha256(body).hexdigest()[:32]}-{here.ordering}"'
    body, tag = kept[key]
    # Those who have begun see their answers at the same address.
    headers = {"Cache-Control": "no-cache", "Vary": "Cookie, Sec-Fetch-Site", "ETag": tag}
    # A proxy that compresses makes the tag a weak one, and a browser may name several.
    if tag in tags:
        return Response(b"", status_code=304, headers=headers, media_type=MediaType.HTML)
    return Response(body, headers=headers, media_type=MediaType.HTML)


def _kept_private(response: Response[str]) -> Response[str]:
    response.headers["Cache-Control"] = "no-store"
    return response


async def answers_lost(request: AnyRequest, slug: str) -> Response[str]:
    """There is no draft: it was sent, or the browser keeps no cookies."""
    consultation = await surveys.consultation(slug)
    language = await language_for(consultation, [request.query_params.get("lang", "")])
    say = speech(language).say
    page = NotAnsweringPage(
        heading=say("We cannot find your answers"),
        paragraphs=(
            say(
                "Your answers are kept by a cookie until you send them, and your browser did not "
                "send it. This happens when the browser was closed in between, when it does not "
                "allow cookies, or when the answers were already sent."
            ),
            say("Nothing has been sent now. Allow cookies for this website and answer again."),
        ),
        link=f"/consultations/{slug}/respond?lang={language}",
        link_words=say("Answer again from the first page"),
        other_ways=_other_ways(consultation.about, language),
    )
    return _not_answering(request, page, language)


def _other_ways(about: About, language: str) -> Marked | None:
    text = about.other_formats or about.contact
    return marked(text, language, default=ENGLISH) if text else None


def already_sent(request: AnyRequest, refusal: AlreadySent) -> Response[str]:
    slug = request.path_params["slug"]
    speaks = speech(request.state.language)
    page = NotAnsweringPage(
        heading=speaks.say(refusal.title),
        paragraphs=(refusal.said(speaks),),
        link=f"/receipts/{refusal.receipt}",
        link_words=speaks.say("Your receipt, and what became of your answers"),
    )
    response = _not_answering(request, page, request.state.language)
    response.set_cookie(no_cookie(slug))
    return response


def to_what_changed(_: AnyRequest, changed: QuestionsChanged) -> Redirect:
    return Redirect(changed.address, status_code=303)


def not_taken(request: AnyRequest, refusal: AnswersNotTaken) -> Response[str]:
    """Closed, paused or not open yet. Whoever had begun is told that nothing was sent."""
    slug = request.path_params["slug"]
    began = COOKIE in request.cookies
    kept = isinstance(refusal, RoundPaused)
    language: str = request.state.language
    say = speech(language).say
    # Why a round is paused is an officer's own words.
    words = () if kept else (refusal.said(speech(language)),)
    fate = (say(_KEPT if kept else _NOT_SENT),) if began else ()
    unannounced = isinstance(refusal, RoundNotAnnounced)
    page = NotAnsweringPage(
        heading=say(refusal.title),
        reason=Marked(refusal.words, ENGLISH) if kept else None,
        paragraphs=words + fate,
        link="/" if unannounced else f"/consultations/{slug}?lang={language}",
        link_words=say("See all consultations") if unannounced else say("About this consultation"),
    )
    response = _not_answering(request, page, language)
    if began and not kept:
        response.set_cookie(no_cookie(slug))
    return response


_KEPT = sentence(
    "Your answers have not been sent. They are kept in this browser until you close it."
)
_NOT_SENT = sentence("Your answers have not been sent, and cannot be sent any more.")


def _not_answering(request: AnyRequest, page: NotAnsweringPage, language: str) -> Response[str]:
    template = "responses/not_answering.html"
    return _kept_private(render(request, template, page, status=409, language=language))


REFUSED = {
    AlreadySent: already_sent,
    AnswersNotTaken: not_taken,
    QuestionsChanged: to_what_changed,
}

router = Router(
    path="/",
    route_handlers=[
        first_page,
        later_page,
        answer_first_page,
        answer_later_page,
        changed_page,
        go_on,
    ],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
