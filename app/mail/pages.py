"""The outbox: letters that were not sent, for those who may hand them over."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_administer, signed_in
from app.clock import now
from app.mail import store
from app.settings import settings
from app.templating import render

AnyRequest = Request[Any, Any, Any]


class Letter(Struct, frozen=True):
    """A letter and what is happening to it, in words."""

    id: int
    recipient: str
    subject: str
    text: str
    queued_at: datetime
    state: str


class OutboxPage(Struct, frozen=True):
    letters: tuple[Letter, ...]
    mail_is_sent: bool
    done: bool


@get("/", name="outbox", guards=[may_administer])
async def outbox_page(request: AnyRequest) -> Response[Any]:
    mail_is_sent = settings().smtp_url is not None
    page = OutboxPage(
        letters=tuple(letter(one, sending=mail_is_sent) for one in await store.waiting()),
        mail_is_sent=mail_is_sent,
        done="done" in request.query_params,
    )
    return render(request, "app/mail/outbox.html", page)


@post("/{mail_id:int}/handed-over", name="handed-over", guards=[may_administer], status_code=303)
async def handed_over(request: AnyRequest, mail_id: FromPath[int]) -> Redirect:
    await store.hand_over(mail_id, by=signed_in(request).email, at=now())
    return Redirect("/officer/outbox?done", status_code=303)


def letter(one: store.WaitingMail, *, sending: bool) -> Letter:
    return Letter(
        id=one.id,
        recipient=one.mail.recipient,
        subject=one.mail.subject,
        text=one.mail.text,
        queued_at=one.queued_at,
        state=state_words(one, sending=sending),
    )


def state_words(one: store.WaitingMail, *, sending: bool) -> str:
    if not sending:
        return "Waiting to be handed over"
    if not one.trouble:
        return "Waiting to be sent"
    again = "It is tried again by itself" if one.try_at else "It is not tried again"
    return f"{one.trouble}. {again}"


router = Router(path="/officer/outbox", route_handlers=[outbox_page, handed_over])
