"""Answering: page after page, check your answers, send."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from litestar import MediaType, Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.clock import now
from app.forms import read_form
from app.problems import Problem
from app.templating import render
from responses import store
from responses.opening import AnswersNotTaken, RoundNotAnnounced, RoundPaused
from responses.pages.journey import (
    COOKIE,
    AlreadySent,
    AnyRequest,
    Journey,
    Leaf,
    QuestionsChanged,
    draft_cookie,
    journey,
    no_cookie,
)
from responses.pages.sections import Section, sections_of
from responses.response import question_of
from responses.words import Words, words_in
from surveys import store as surveys
from surveys.checks import check, read_fields
from surveys.fields import field_names
from surveys.languages import language_name
from surveys.question_view import page_views

MOST_BLANK_PAGES = 500


class LanguageChoice(Struct, frozen=True):
    code: str
    name: str
    chosen: bool


class AnsweringPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    language: str
    languages: tuple[LanguageChoice, ...]
    words: Words
    action: str
    back: str
    progress: str
    sections: tuple[Section, ...]
    to_check: bool
    problems: tuple[Problem, ...] = ()

    @property
    def heading(self) -> str:
        """The page's own heading: the questionnaire's title where all of it is on one page."""
        return self.sections[0].title if len(self.sections) == 1 else self.title

    @property
    def heading_lang(self) -> str:
        return self.sections[0].lang if len(self.sections) == 1 else "en"

    @property
    def named(self) -> str:
        """What the browser calls the page."""
        return self.heading or self.sections[0].views[0].words.text


class NotAnsweringPage(Struct, frozen=True):
    """Why nothing can be answered here now, and where to go instead."""

    slug: str
    heading: str
    words: str
    link: str = ""
    link_words: str = ""
    other_ways: str = ""


@get("/consultations/{slug:str}/respond", name="respond")
async def first_page(slug: FromPath[str], request: AnyRequest) -> Response[Any]:
    return await _shown(slug, request, 1)


@get("/consultations/{slug:str}/respond/{number:int}", name="respond-page")
async def later_page(
    slug: FromPath[str], number: FromPath[int], request: AnyRequest
) -> Response[Any] | Redirect:
    if number == 1:
        return Redirect(f"/consultations/{slug}/respond", status_code=303)
    return await _shown(slug, request, number)


@post("/consultations/{slug:str}/respond", name="answer-first-page")
async def answer_first_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    return await _answered(slug, request, 1)


@post("/consultations/{slug:str}/respond/{number:int}", name="answer-page")
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
    page = _page(here, leaf, here.answers, to_check="change" in request.query_params)
    return _kept_private(render(request, "responses/answering.html", page))


async def _answered(slug: str, request: AnyRequest, number: int) -> Response[Any] | Redirect:
    form = await read_form(request)
    moment = now()
    switched = form.text("_language")
    here = await journey(slug, request, now=moment, language=switched)
    leaf = _leaf(here, number)
    given = read_fields(leaf.questions, form.fields)
    to_check = form.ticked("_change")
    if switched:
        page = _page(here, leaf, _without(here.answers, leaf) | given, to_check=to_check)
        return _kept_private(render(request, "responses/answering.html", page))
    checked = check(
        here.questionnaire,
        given,
        questions=leaf.questions,
        earlier=here.answers,
        language=here.language,
    )
    if checked.problems:
        typed = _without(here.answers, leaf) | given
        page = _page(here, leaf, typed, to_check=to_check, problems=checked.problems)
        return _kept_private(render(request, "responses/answering.html", page, status=422))
    hidden = {field: given[field] for field in given if question_of(field) in checked.dropped}
    return await _saved(here, leaf, checked.answers | hidden, to_check=to_check, moment=moment)


async def _saved(
    here: Journey, leaf: Leaf, answers: Mapping[str, Any], *, to_check: bool, moment: datetime
) -> Redirect:
    """Keep a page's answers, those taken back included, and go on."""
    kept = {
        name: answers.get(name) for question in leaf.questions for name in field_names(question)
    }
    following = here.at_check if to_check else here.after(leaf.number, here.answers | kept)
    if here.draft is not None:
        await store.save_draft(here.draft, kept, language=here.language, now=moment)
        return Redirect(following, status_code=303)
    given = {name: answer for name, answer in kept.items() if answer is not None}
    token = await store.begin_draft(here.round, given, language=here.language, now=moment)
    cookie = draft_cookie(here.consultation.slug, token)
    return Redirect(following, status_code=303, cookies=[cookie])


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


def _page(
    here: Journey,
    leaf: Leaf,
    answers: Mapping[str, Any],
    *,
    to_check: bool = False,
    problems: Iterable[Problem] = (),
) -> AnsweringPage:
    words = words_in(here.language)
    problems = tuple(problems)
    views = page_views(
        here.questionnaire,
        leaf.questions,
        language=here.language,
        answers=answers,
        problems=problems,
        lone_heading=len(leaf.sections) == 1,
    )
    route = here.route(here.answers)
    place = sum(1 for number in route if number <= leaf.number) or 1
    several = len(route) > 1 and not to_check
    return AnsweringPage(
        slug=here.consultation.slug,
        title=here.consultation.title,
        invented=here.consultation.invented,
        language=here.language,
        languages=language_choices(here),
        words=words,
        action=here.at(leaf.number),
        back=here.at_check if to_check else _before(here, leaf),
        progress=words.progress.format(place, len(route)) if several else "",
        sections=sections_of(
            leaf.sections,
            views,
            language=here.language,
            default=here.questionnaire.languages[0],
        ),
        to_check=to_check,
        problems=problems,
    )


def _before(here: Journey, leaf: Leaf) -> str:
    """The address of the page before, or of the consultation."""
    earlier = [number for number in here.route(here.answers) if number < leaf.number]
    return here.at(earlier[-1]) if earlier else f"/consultations/{here.consultation.slug}"


def language_choices(here: Journey) -> tuple[LanguageChoice, ...]:
    """The languages to answer in; none where there is no choice."""
    languages = here.questionnaire.languages
    if len(languages) < 2:
        return ()
    return tuple(
        LanguageChoice(code, language_name(code), code == here.language) for code in languages
    )


def _blank_page(request: AnyRequest, here: Journey, leaf: Leaf) -> Response[Any]:
    """The page that everyone sees first: rendered once for a frozen version, kept as bytes."""
    title = (here.consultation.title, here.consultation.invented)
    key = (here.version.id, leaf.number, here.language, *title)
    kept: dict[Any, tuple[bytes, str]] = request.app.state.setdefault("blank_pages", {})
    if key not in kept or not here.version.frozen:
        if len(kept) >= MOST_BLANK_PAGES:
            kept.clear()
        page = render(request, "responses/answering.html", _page(here, leaf, {}))
        body = page.content.encode()
        kept[key] = body, f'"{sha256(body).hexdigest()[:32]}"'
    body, tag = kept[key]
    # Those who have begun see their answers at the same address.
    headers = {"Cache-Control": "no-cache", "Vary": "Cookie, Sec-Fetch-Site", "ETag": tag}
    # A proxy that compresses makes the tag a weak one, and a browser may name several.
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=MediaType.HTML)
    return Response(body, headers=headers, media_type=MediaType.HTML)


def _kept_private(response: Response[str]) -> Response[str]:
    response.headers["Cache-Control"] = "no-store"
    return response


async def answers_lost(request: AnyRequest, slug: str) -> Response[str]:
    """There is no draft: it was sent, or the browser keeps no cookies."""
    consultation = await surveys.consultation(slug)
    page = NotAnsweringPage(
        slug=slug,
        heading="We cannot find your answers",
        words=(
            "Your answers are kept by a cookie until you send them, and your browser did not send "
            "it. This happens when the browser was closed in between, when it does not allow "
            "cookies, or when the answers were already sent.\n\n"
            "Nothing has been sent now. Allow cookies for this website and answer again."
        ),
        link=f"/consultations/{slug}/respond",
        link_words="Answer again from the first page",
        other_ways=consultation.about.other_formats or consultation.about.contact,
    )
    return _kept_private(render(request, "responses/not_answering.html", page, status=409))


def already_sent(request: AnyRequest, refusal: AlreadySent) -> Response[str]:
    slug = request.path_params["slug"]
    page = NotAnsweringPage(
        slug=slug,
        heading=refusal.title,
        words=refusal.words,
        link=f"/receipts/{refusal.receipt}",
        link_words="Your receipt, and what became of your answers",
    )
    response = _kept_private(render(request, "responses/not_answering.html", page, status=409))
    response.set_cookie(no_cookie(slug))
    return response


def not_taken(request: AnyRequest, refusal: AnswersNotTaken | QuestionsChanged) -> Response[str]:
    """Closed, paused, not open yet, or changed. Whoever had begun is told that nothing was sent."""
    slug = request.path_params["slug"]
    began = COOKIE in request.cookies
    kept = isinstance(refusal, RoundPaused)
    words = [refusal.words]
    if began:
        words.append(
            "Your answers have not been sent. They are kept in this browser until you close it."
            if kept
            else "Your answers have not been sent, and cannot be sent any more."
        )
    unannounced = isinstance(refusal, RoundNotAnnounced)
    page = NotAnsweringPage(
        slug=slug,
        heading=refusal.title,
        words="\n\n".join(words),
        link="/" if unannounced else f"/consultations/{slug}",
        link_words="See all consultations" if unannounced else "About this consultation",
    )
    response = _kept_private(render(request, "responses/not_answering.html", page, status=409))
    if began and not kept:
        response.set_cookie(no_cookie(slug))
    return response


REFUSED = {
    AlreadySent: already_sent,
    AnswersNotTaken: not_taken,
    QuestionsChanged: not_taken,
}

router = Router(
    path="/",
    route_handlers=[first_page, later_page, answer_first_page, answer_later_page],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
