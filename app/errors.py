"""The one place where refusals, missing pages and bugs become a page, or JSON under /api."""

import secrets
from typing import Any

import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap
from msgspec import Struct

from app.languages import asked_language
from app.logs import where
from app.problems import Refusal
from app.speech import ENGLISH, Speech, sentence, speech
from app.templating import render

AnyRequest = Request[Any, Any, Any]

# Without the letters and digits that are mistaken for one another when read out on the telephone.
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

log = structlog.get_logger()


class ErrorPage(Struct, frozen=True):
    """A page that says why something was not done. `officer` chooses the officers' layout."""

    title: str
    words: tuple[str, ...]
    officer: bool = False
    reference: str = ""


KNOWN = {
    400: (
        sentence("We could not read that"),
        (sentence("What was sent is not in a form that we understand."),),
    ),
    403: (
        sentence("You cannot open this page"),
        (sentence("Your account does not give you access to it."),),
    ),
    404: (
        sentence("Page not found"),
        (
            sentence("If you typed the web address, check that it is correct."),
            sentence("If you pasted the web address, check that you copied all of it."),
        ),
    ),
    405: (
        sentence("That cannot be done here"),
        (sentence("The page exists, but it does not take what was sent to it."),),
    ),
    413: (
        sentence("What you sent is too large"),
        (
            sentence(
                "Nothing was saved. Go back in your browser, where what you wrote should still "
                "stand. Shorten it to 8 million characters in all, or choose a smaller file, and "
                "send it again."
            ),
        ),
    ),
    429: (
        sentence("Too many attempts"),
        (sentence("Wait a few minutes, then try again."),),
    ),
}


BUG = (
    sentence("Sorry, there is a problem"),
    (
        sentence("Something went wrong on our side. Nothing that you saved before is lost."),
        sentence("Try again in a few minutes."),
    ),
)


def refused(request: AnyRequest, refusal: Refusal) -> Response[Any]:
    """The rules say no: their own title, words and status."""
    words = (refusal.said(_speech(request)),)
    return _answer(request, refusal.status, refusal.title, words)


def not_served(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """No such page, wrong method, too large a body, and the like."""
    if error.status_code >= 500:
        return bug(request, error)
    title, words = KNOWN.get(error.status_code, KNOWN[400])
    answer = _answer(request, error.status_code, title, words)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def bug(request: AnyRequest, error: Exception) -> Response[Any]:
    """Our own mistake: logged under a reference that the reader can quote.

    The log has the kind of error and where it happened. Its message is left out, since a message
    may repeat what somebody wrote.
    """
    reference = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))
    log.error(
        "bug",
        reference=reference,
        method=request.scope["method"],
        route=request.scope.get("path_template") or None,
        error=type(error).__name__,
        where=where(error),
    )
    return _answer(request, 500, *BUG, reference)


def _answer(
    request: AnyRequest, status: int, title: str, words: tuple[str, ...], reference: str = ""
) -> Response[Any]:
    headers = {"Cache-Control": "no-store"}
    speaks = _speech(request)
    title, words = speaks.say(title), tuple(speaks.say(one) for one in words)
    if request.scope["path"].startswith("/api"):
        said = {"error": " ".join((f"{title}.", *words))}
        content = {**said, "reference": reference} if reference else said
        return Response(content, status_code=status, media_type=MediaType.JSON, headers=headers)
    officer = request.scope["path"].startswith("/officer") and bool(request.scope.get("user"))
    page = ErrorPage(title=title, words=words, officer=officer, reference=reference)
    return render(
        request, "app/error.html", page, status=status, headers=headers, language=speaks.language
    )


def _speech(request: AnyRequest) -> Speech:
    """The reader's language on public pages: the one of the page, else the one asked for."""
    if request.scope["path"].startswith(("/officer", "/api")):
        return speech(ENGLISH)
    known = request.scope["state"].get("language")
    return speech(known or asked_language(request.query_params))


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    Refusal: refused,
    HTTPException: not_served,
    Exception: bug,
}
