"""The one place where refusals, missing pages and bugs become a page, or JSON under /api."""

import secrets
from typing import Any

import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap
from msgspec import Struct

from app.logs import where
from app.problems import Refusal
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
    400: ("We could not read that", ("What was sent is not in a form that we understand.",)),
    403: ("You cannot open this page", ("Your account does not give you access to it.",)),
    404: (
        "Page not found",
        (
            "If you typed the web address, check that it is correct.",
            "If you pasted the web address, check that you copied all of it.",
        ),
    ),
    405: (
        "That cannot be done here",
        ("The page exists, but it does not take what was sent to it.",),
    ),
    413: (
        "What you sent is too large",
        ("Nothing was saved. Shorten your answers or choose a smaller file, and send it again.",),
    ),
    429: (
        "Too many attempts",
        ("Wait a few minutes, then try again.",),
    ),
}


def refused(request: AnyRequest, refusal: Refusal) -> Response[Any]:
    """The rules say no: their own title, words and status."""
    return _answer(request, refusal.status, refusal.title, (refusal.words,))


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
    words = (
        "Something went wrong on our side. Nothing that you saved before is lost.",
        "Try again in a few minutes.",
    )
    return _answer(request, 500, "Sorry, there is a problem", words, reference)


def _answer(
    request: AnyRequest, status: int, title: str, words: tuple[str, ...], reference: str = ""
) -> Response[Any]:
    headers = {"Cache-Control": "no-store"}
    if request.scope["path"].startswith("/api"):
        said = {"error": " ".join((f"{title}.", *words))}
        content = {**said, "reference": reference} if reference else said
        return Response(content, status_code=status, media_type=MediaType.JSON, headers=headers)
    officer = request.scope["path"].startswith("/officer") and bool(request.scope.get("user"))
    page = ErrorPage(title=title, words=words, officer=officer, reference=reference)
    return render(request, "app/error.html", page, status=status, headers=headers)


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    Refusal: refused,
    HTTPException: not_served,
    Exception: bug,
}
