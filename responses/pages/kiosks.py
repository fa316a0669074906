"""Officers' kiosks: set up for a place, started and stopped, with the responses that each gave."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.settings import settings
from app.shared_device import device_cookie, device_of
from app.templating import render
from responses import store
from responses.kiosk import Kiosk
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]

KIOSKS = "/officer/consultations/{slug:str}/kiosks"
LONGEST_NAME = 100


class KiosksPage(Struct, frozen=True):
    """`freed` says that this browser was a kiosk until now: somebody tried one out."""

    slug: str
    title: str
    kiosks: tuple[Kiosk, ...]
    base_url: str
    typed: str
    freed: bool = False
    problems: tuple[Problem, ...] = ()


@get(KIOSKS, guards=[may_manage], name="kiosks")
async def kiosks_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    return await _shown(request, await surveys.consultation(slug), Form({}))


@post(KIOSKS, guards=[may_manage], name="add-kiosk")
async def add_kiosk(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    name = form.text("name", missing="Enter the name of the place", limit=LONGEST_NAME)
    if form.problems:
        return await _shown(request, consultation, form)
    await store.add_kiosk(consultation, name, by=request.user.email, now=now())
    return _back(slug)


@post(f"{KIOSKS}/{{kiosk_id:int}}/stop", guards=[may_manage], name="stop-kiosk")
async def stop_kiosk(slug: FromPath[str], kiosk_id: FromPath[int], request: AnyRequest) -> Redirect:
    consultation = await surveys.consultation(slug)
    by = request.user.email
    await store.stop_kiosk(kiosk_id, consultation_id=consultation.id, stopped_at=now(), by=by)
    return _back(slug)


@post(f"{KIOSKS}/{{kiosk_id:int}}/start", guards=[may_manage], name="start-kiosk")
async def start_kiosk(
    slug: FromPath[str], kiosk_id: FromPath[int], request: AnyRequest
) -> Redirect:
    consultation = await surveys.consultation(slug)
    by = request.user.email
    await store.stop_kiosk(kiosk_id, consultation_id=consultation.id, stopped_at=None, by=by)
    return _back(slug)


def _back(slug: str) -> Redirect:
    return Redirect(f"/officer/consultations/{slug}/kiosks", status_code=303)


async def _shown(request: AnyRequest, consultation: Consultation, form: Form) -> Response[str]:
    page = KiosksPage(
        slug=consultation.slug,
        title=consultation.title,
        kiosks=await store.kiosks(consultation.id),
        base_url=settings().base_url,
        typed="".join(form.fields.get("name", [])[:1]),
        freed=device_of(request) is not None,
        problems=tuple(form.problems),
    )
    status = 422 if form.problems else 200
    response = render(request, "responses/kiosks.html", page, status=status)
    if page.freed:
        response.set_cookie(device_cookie(None))
    return response


handlers = (kiosks_page, add_kiosk, stop_kiosk, start_kiosk)
