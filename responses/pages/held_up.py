"""What the limits and the hidden field did: every number, so that nothing is kept from officers."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from app.auth.guards import may_code
from app.settings import settings
from app.templating import render
from responses import store
from responses.pages.pace import SENDING, SENDING_BY_ALL, Line
from surveys import store as surveys

AnyRequest = Request[Any, Any, Any]


class Limits(Struct, frozen=True):
    """Above how many in how many minutes people are held up, and for how long."""

    on: bool
    network: int
    everyone: int
    minutes: int
    shortest: int
    longest: int


class HeldUpPage(Struct, frozen=True):
    slug: str
    title: str
    counts: store.HeldCounts
    marks: store.MarkCounts
    limits: Limits


def limits() -> Limits:
    return Limits(
        on=settings().rate_limits,
        network=SENDING.free,
        everyone=SENDING_BY_ALL.free,
        minutes=int(SENDING.within.total_seconds() // 60),
        shortest=int(Line.shortest.total_seconds()),
        longest=int(Line.longest.total_seconds() // 60),
    )


@get(
    "/officer/consultations/{slug:str}/responses/held-up",
    name="held-up",
    guards=[may_code],
)
async def held_up_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    page = HeldUpPage(
        slug=slug,
        title=consultation.title,
        counts=await store.held_counts(consultation.id),
        marks=await store.mark_counts(consultation.id),
        limits=limits(),
    )
    return render(request, "responses/held_up.html", page)
