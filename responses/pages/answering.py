"""Answering, page after page: a screen of questions is shown, and what is sent of it is kept."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from app.clock import now
from app.forms import BIGGEST_UPLOAD, Form, read_form, refuse_larger
from app.templating import render
from responses.merging import seen_words
from responses.opening import RoundPaused
from responses.pages.blank import Offer
from responses.pages.corrected import (
    changed_page,
    go_on,
    keep_typed,
    kept_before,
    older_version,
    sent_from_older,
)
from responses.pages.editing import held_back, held_by_another, held_page, left
from responses.pages.journey import AnyRequest, Journey, Leaf, QuestionsChanged, journey
from responses.pages.keeping import Kept, differs_page, keep_which
from responses.pages.not_answering import REFUSED, answers_lost
from responses.pages.screens import AnsweringPage, Keeping, answering_page
from responses.pages.sent_page import SentPage, cookies_of, kept, sent_page, without
from responses.pages.uploads import largest_body
from surveys.answers import is_given
from surveys.ordering import any_varies

AnyAnswer = Response[Any] | Redirect


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
    if taken := await held_by_another(here, number, now=now()):
        return held_page(request, here, leaf, taken)
    page = answering_page(
        here,
        leaf,
        here.answers,
        to_check="change" in request.query_params,
        keeping=_keeping(here, leaf),
    )
    return _rendered(request, here, page)


async def _answered(slug: str, request: AnyRequest, number: int) -> AnyAnswer:
    form = await read_form(request)
    moment = now()
    try:
        here = await journey(slug, request, now=moment, language=form.text("_language"))
    except QuestionsChanged as changed:
        return await kept_before(request, changed, number, form, moment=moment)
    except RoundPaused:
        await _keep_while_paused(slug, request, number, form)
        raise
    if here.draft is None and (before := form.text("_in")):
        # Sent or deleted meanwhile, in another window: what is left is no response of its own.
        return await answers_lost(request, slug, language=before)
    if older := await older_version(here, form):
        return await sent_from_older(request, here, older, number, form, moment=moment)
    leaf = _leaf(here, number)
    refuse_larger(request, largest_body(leaf.questions))
    here = here.in_order(form.text("_ordering"))
    theirs = await held_by_another(here, leaf.number, now=moment)
    page = await sent_page(request, here, leaf, form, moment=moment, taken=theirs)
    return await _followed(request, await held_back(page, theirs) if theirs else page)


async def _followed(request: AnyRequest, page: SentPage) -> AnyAnswer:
    """What comes after a page that was sent: the same with its problems, or the one it leads to."""
    if page.problems:
        return _mended(request, page)
    if page.for_later:
        return _to_later(request, await left(await kept(page, page.unchecked)))
    if page.stays:
        begins = any(is_given(each) for each in page.unchecked.values())
        return _stayed(request, page, await kept(page, page.unchecked, begins=begins))
    return _saved(request, page, await left(await kept(page, page.fit, passing=True)))


async def _keep_while_paused(slug: str, request: AnyRequest, number: int, form: Form) -> None:
    """What somebody had typed when the round was paused stays with their other answers, unless it
    would take the place of what another window or another person has given."""
    moment = now()
    here = await journey(slug, request, now=moment, also_paused=True)
    if here.draft is not None and here.leaf(number):
        theirs = await held_by_another(here, number, now=moment)
        kept = None if theirs else await keep_typed(here, number, form, moment=moment)
        request.state.unsaved = kept is None or bool(kept.differences)


def _mended(request: AnyRequest, page: SentPage) -> Response[str]:
    """The page again, with its problems and everything as it was typed."""
    here, leaf = page.here, page.leaf
    shown = answering_page(
        here,
        leaf,
        page.typed,
        to_check=page.to_check,
        problems=page.problems,
        keeping=replace(_keeping(here, leaf), seen=page.seen),
        taken=page.taken,
    )
    status = 409 if page.taken else 422
    response = _with_cookies(_rendered(request, here, shown, status=status), here)
    if page.cookie:
        response.set_cookie(page.cookie)
    return response


def _to_later(request: AnyRequest, kept: Kept) -> AnyAnswer:
    here = kept.here
    if kept.differences:
        return differs_page(request, here, kept.differences, then="later")
    address = f"{here.address}/later{here.query}"
    return Redirect(address, status_code=303, cookies=cookies_of(here))


def _stayed(request: AnyRequest, page: SentPage, kept: Kept) -> Response[str]:
    """The same page in another language, or with a file more or less, and what was typed kept, fit
    or not: it is checked when the respondent goes on, and again before it is sent. The page is
    shown at once rather than after a redirect, so that nothing is lost in a browser that keeps no
    cookies."""
    here, leaf = kept.here, page.leaf
    if kept.differences:
        return differs_page(request, here, kept.differences, then=str(leaf.number))
    answers = without(here.answers, leaf) | page.unchecked
    keeping = replace(_keeping(here, leaf), seen=seen_words(leaf.questions, here.answers))
    shown = answering_page(here, leaf, answers, to_check=page.to_check, keeping=keeping)
    return _with_cookies(_rendered(request, here, shown), here)


def _saved(request: AnyRequest, page: SentPage, kept: Kept) -> AnyAnswer:
    """A page's answers are kept: go on."""
    here, number = kept.here, page.leaf.number
    if kept.differences:
        then = "check" if page.to_check else f"after-{number}"
        return differs_page(request, here, kept.differences, then=then)
    following = here.at_check if page.to_check else here.after(number, here.answers)
    return Redirect(following, status_code=303, cookies=cookies_of(here))


def _keeping(here: Journey, leaf: Leaf) -> Keeping:
    first = here.draft is None and leaf.number == 1
    return Keeping(
        seen=seen_words(leaf.questions, here.draft.answers) if here.draft else "",
        save=f"{here.address}/{leaf.number}/save{here.query}",
        blank=here.draft is None,
        come_back=f"{here.address}/return{here.query}" if first else "",
        for_organisation=here.for_organisation if first else "",
    )


def _comes_from_here(request: AnyRequest) -> bool:
    """Whether the browser says that a page of ours led to this one, as it does after a post. Old
    ones say it by the page that they come from alone."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    before = urlsplit(request.headers.get("referer", "")).path
    return before.startswith(request.url.path.rpartition("/")[0])


def _leaf(here: Journey, number: int) -> Leaf:
    leaf = here.leaf(number)
    if leaf is None:
        raise NotFoundException
    return leaf


def _with_cookies(response: Response[str], here: Journey) -> Response[str]:
    for cookie in cookies_of(here):
        response.set_cookie(cookie)
    return response


def _rendered(
    request: AnyRequest,
    here: Journey,
    page: AnsweringPage,
    *,
    status: int = 200,
    kept_by: str = "no-store",
) -> Response[str]:
    return render(
        request,
        "responses/answering.html",
        page,
        status=status,
        headers={"Cache-Control": kept_by},
        language=here.language,
    )


def _blank_page(request: AnyRequest, here: Journey, leaf: Leaf) -> Response[Any]:
    """The page that everyone sees first, offered to be kept as bytes: see `responses.pages.blank`.
    Where the order of options varies it is made once for each order."""
    state = request.scope["state"]
    varies = any_varies(leaf.questions)
    ordering = state.get("blank_ordering", here.ordering) if varies else 0
    here = replace(here, ordering=ordering)
    page = answering_page(here, leaf, {}, keeping=_keeping(here, leaf))
    response = _rendered(request, here, page, kept_by="no-cache")
    if here.version.frozen:
        state["blank_page"] = Offer(here.language, ordering, varies)
    # Those who have begun see their answers at the same address; a later page also asks how they
    # came to it.
    came = ", Sec-Fetch-Site, Referer" if leaf.number > 1 else ""
    response.headers["Vary"] = f"Cookie, Accept-Encoding{came}"
    return response


router = Router(
    path="/",
    route_handlers=[
        first_page,
        later_page,
        answer_first_page,
        answer_later_page,
        changed_page,
        go_on,
        keep_which,
    ],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
