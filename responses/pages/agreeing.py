"""Somebody of an organisation agrees to its answers as they stand, or takes that back."""

from typing import Any

from litestar import Response, Router, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.clock import now
from app.forms import read_form
from responses import store
from responses.pages.checking import checked_again
from responses.pages.journey import AnyRequest, journey
from responses.pages.not_answering import REFUSED
from responses.pages.signing import state_here

AT = "/consultations/{slug:str}/respond/organisation"


@post(f"{AT}/agree", name="agree")
async def agree(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    """Nobody agrees to what they were not shown: what changed since is shown first."""
    form = await read_form(request)
    here = await journey(slug, request, now=now())
    state, draft, together = state_here(here), here.draft, here.together
    if state is None or draft is None or together is None:
        return Redirect(here.at_check, status_code=303)
    if form.text("_seen", limit=200) != state.digest:
        return await checked_again(request, here, changed=True)
    if together.me.agrees and together.organisation.declaration.is_complete:
        await store.agree(draft, together.me.id, state, now=now())
    return Redirect(here.at_check, status_code=303)


@post(f"{AT}/take-back", name="take-agreement-back")
async def take_back(slug: FromPath[str], request: AnyRequest) -> Redirect:
    await read_form(request)
    here = await journey(slug, request, now=now())
    if here.draft is not None and here.together is not None:
        await store.take_back_agreement(here.draft, here.together.me.id)
    return Redirect(here.at_check, status_code=303)


router = Router(
    path="/",
    route_handlers=[agree, take_back],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
