"""Signing in and out. A form whose sender was signed out meanwhile is kept until they are back."""

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from litestar import Request, Response, get, post
from litestar.response import Redirect
from msgspec import Struct

from app.auth import store
from app.auth.csrf import FIELD
from app.auth.guards import SignInFirst
from app.auth.next_address import safe_next
from app.auth.pages.typed import typed_email, typed_password
from app.auth.refusals import TryLater, WrongPassword
from app.auth.signed_in import held_token, no_cookie, session_cookie
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render

AnyRequest = Request[Any, Any, Any]

DONE = {
    "signed-out": "You have signed out",
    "password-set": "Your password is set. Sign in with it",
}


# Passwords that were being changed are typed again: no page carries one.
NOT_KEPT = frozenset({FIELD, "current", "new"})


class SignInPage(Struct, frozen=True):
    """`done` is what has just happened, in words; `kept` a form to send to `next` afterwards.

    The password is never shown again.
    """

    next: str
    email: str = ""
    done: str = ""
    kept: str | None = None
    problems: tuple[Problem, ...] = ()


class SendAgainPage(Struct, frozen=True):
    """The fields of a form that was not saved, and where it goes."""

    address: str
    fields: tuple[tuple[str, str], ...]


def to_sign_in(request: AnyRequest, refused: SignInFirst) -> Response[Any]:
    """The exception handler for SignInFirst: signing in, and nothing that was typed is lost."""
    if refused.form is None:
        query = quote(refused.wanted, safe="/")
        return Redirect(f"/officer/sign-in?next={query}", status_code=303)
    page = SignInPage(next=safe_next(refused.wanted), kept=kept(refused.form))
    return render(request, "app/auth/sign_in.html", page, status=403)


def kept(form: Form) -> str:
    """What was typed as one text, to be carried by a field of the page."""
    return urlencode(
        {name: values for name, values in form.fields.items() if name not in NOT_KEPT}, doseq=True
    )


@get("/sign-in", name="sign-in")
async def sign_in_page(request: AnyRequest) -> Response[Any]:
    wanted = safe_next(request.query_params.get("next", ""))
    if request.scope.get("user"):
        return Redirect(wanted, status_code=303)
    done = DONE.get(request.query_params.get("done", ""), "")
    return render(request, "app/auth/sign_in.html", SignInPage(next=wanted, done=done))


@post("/sign-in", name="sign-in-now", status_code=303)
async def sign_in(request: AnyRequest) -> Response[Any]:
    """A new token at every sign-in, so that one planted in the browser before is worth nothing."""
    form = await read_form(request)
    email = typed_email(form)
    password = typed_password(form, "password")
    if not password:
        form.refuse("password", "Enter your password")
    if form.problems:
        return _again(request, form, email, 422)
    try:
        token = await store.sign_in(
            email, password, host=client_host(request), old_token=held_token(request), now=now()
        )
    except (WrongPassword, TryLater) as refused:
        form.refuse("email", refused.words)
        return _again(request, form, email, refused.status)
    wanted = safe_next(form.text("next"))
    if (fields := _kept(form)) is not None:
        return await _to_send_again(request, wanted, fields, token)
    return Redirect(wanted, status_code=303, cookies=[session_cookie(token)])


@post("/sign-out", name="sign-out", status_code=303)
async def sign_out(request: AnyRequest) -> Redirect:
    await store.end_session(held_token(request))
    return Redirect("/officer/sign-in?done=signed-out", status_code=303, cookies=[no_cookie()])


def client_host(request: AnyRequest) -> str:
    """The address that the server says the client has.

    No header is read here, since anyone can write one. Behind a proxy, tell the server which
    proxies to believe (uvicorn's `--forwarded-allow-ips`), or everyone shares the proxy's address.
    """
    return request.client.host if request.client else "unknown"


async def _to_send_again(
    request: AnyRequest, address: str, fields: str, token: str
) -> Response[Any]:
    # The page is already one of the new session, so that its form has the new session's token.
    request.scope["user"] = await store.account_of_session(token, now())
    request.scope["state"]["session_token"] = token
    page = SendAgainPage(address, tuple(parse_qsl(fields, keep_blank_values=True)))
    answer = render(request, "app/auth/send_again.html", page)
    answer.set_cookie(session_cookie(token))
    return answer


def _kept(form: Form) -> str | None:
    return form.fields["kept"][0] if "kept" in form.fields else None


def _again(request: AnyRequest, form: Form, email: str, status: int) -> Response[Any]:
    page = SignInPage(
        next=safe_next(form.text("next")),
        email=email,
        kept=_kept(form),
        problems=tuple(form.problems),
    )
    return render(request, "app/auth/sign_in.html", page, status=status)


handlers = (sign_in_page, sign_in, sign_out)
