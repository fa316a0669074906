"""Setting a password: after forgetting it, by a one-time link, and one's own."""

import asyncio
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth import store
from app.auth.guards import may_code, signed_in
from app.auth.pages.signing_in import client_host
from app.auth.pages.typed import typed_email, typed_password
from app.auth.refusals import LinkSpent, TryLater, UnusableAccount, WrongPassword
from app.auth.signed_in import no_cookie, session_cookie
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.settings import settings
from app.templating import render

AnyRequest = Request[Any, Any, Any]

# Longer than looking an account up and queueing a letter takes, so that the time of the answer
# does not tell whether there is such an account.
SECONDS_TO_ANSWER = 0.3
# The address holds the token: it is not handed on to any other page.
UNSEEN = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


class AskPage(Struct, frozen=True):
    """`mail_is_sent` is False where letters wait in the outbox to be handed over."""

    mail_is_sent: bool
    email: str = ""
    asked: bool = False
    problems: tuple[Problem, ...] = ()


class SetPage(Struct, frozen=True):
    email: str
    problems: tuple[Problem, ...] = ()


class SpentPage(Struct, frozen=True):
    title: str
    words: str


class ChangePage(Struct, frozen=True):
    email: str
    changed: bool = False
    problems: tuple[Problem, ...] = ()


@get("/password-reset", name="password-reset")
async def ask_page(request: AnyRequest) -> Response[Any]:
    asked = "asked" in request.query_params
    return _ask_again(request, AskPage(mail_is_sent=_mail_is_sent(), asked=asked))


@post("/password-reset", name="ask-password-reset", status_code=303)
async def ask(request: AnyRequest) -> Response[Any]:
    form = await read_form(request)
    email = typed_email(form)
    if form.problems:
        page = AskPage(_mail_is_sent(), email=email, problems=tuple(form.problems))
        return _ask_again(request, page, status=422)
    await asyncio.gather(store.ask_for_reset(email, now=now()), asyncio.sleep(SECONDS_TO_ANSWER))
    return Redirect("/officer/password-reset?asked", status_code=303)


@get("/password/{token:str}", name="set-password")
async def set_page(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Opening the link does not spend it: programs that check mail for viruses open links too."""
    try:
        account = await store.account_of_link(token, now=now())
    except LinkSpent as spent:
        return _spent(request, spent)
    return render(request, "app/auth/set_password.html", SetPage(account.email), headers=UNSEEN)


@post("/password/{token:str}", name="set-password-now", status_code=303)
async def set_password(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    form = await read_form(request)
    try:
        account = await store.account_of_link(token, now=now())
        await store.set_password_by_link(token, typed_password(form, "password"), now=now())
    except LinkSpent as spent:
        return _spent(request, spent)
    except UnusableAccount as refused:
        page = SetPage(account.email, problems=(Problem("password", refused.words),))
        return render(request, "app/auth/set_password.html", page, status=422, headers=UNSEEN)
    return Redirect("/officer/sign-in?done=password-set", status_code=303, cookies=[no_cookie()])


@get("/own-password", name="own-password", guards=[may_code])
async def change_page(request: AnyRequest) -> Response[Any]:
    changed = "changed" in request.query_params
    page = ChangePage(signed_in(request).email, changed=changed)
    return render(request, "app/auth/own_password.html", page)


@post("/own-password", name="change-own-password", guards=[may_code], status_code=303)
async def change(request: AnyRequest) -> Response[Any]:
    form = await read_form(request)
    try:
        token = await _changed(request, form)
    except UnusableAccount as refused:
        return _change_again(request, Problem("new", refused.words), refused.status)
    except (WrongPassword, TryLater) as refused:
        return _change_again(request, Problem("current", refused.words), refused.status)
    return Redirect(
        "/officer/own-password?changed", status_code=303, cookies=[session_cookie(token)]
    )


async def _changed(request: AnyRequest, form: Form) -> str:
    return await store.change_password(
        signed_in(request),
        typed_password(form, "current"),
        typed_password(form, "new"),
        host=client_host(request),
        now=now(),
    )


def _change_again(request: AnyRequest, problem: Problem, status: int) -> Response[Any]:
    page = ChangePage(signed_in(request).email, problems=(problem,))
    return render(request, "app/auth/own_password.html", page, status=status)


def _ask_again(request: AnyRequest, page: AskPage, *, status: int = 200) -> Response[Any]:
    return render(request, "app/auth/password_reset.html", page, status=status)


def _spent(request: AnyRequest, spent: LinkSpent) -> Response[Any]:
    page = SpentPage(spent.title, spent.words)
    return render(request, "app/auth/link_spent.html", page, status=spent.status, headers=UNSEEN)


def _mail_is_sent() -> bool:
    return settings().smtp_url is not None


handlers = (ask_page, ask, set_page, set_password, change_page, change)
