"""The ledger's page: what came in and what became of it, with events and petitions beside it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.account import Permission
from app.auth.guards import may_code, may_manage
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from responses import store
from responses.kiosk import Kiosk
from responses.ledger import Event, Ledger, Petition
from responses.response import CHANNEL_WORDS, STATUS_WORDS
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]

LONGEST_NAME = 200


class LedgerPage(Struct, frozen=True):
    """`typed` is what a form that was refused held, by field."""

    slug: str
    title: str
    invented: bool
    sheet: Ledger
    channel_words: dict[str, str]
    status_words: dict[str, str]
    events: tuple[store.StoredEvent, ...]
    petitions: tuple[store.StoredPetition, ...]
    kiosks: tuple[Kiosk, ...]
    may_change: bool
    typed: dict[str, str]
    problems: tuple[Problem, ...] = ()


TYPED = (
    "event-name",
    "held-day",
    "held-month",
    "held-year",
    "attendees",
    "organisations",
    "petition-name",
    "signatures",
)


@get(
    "/officer/consultations/{slug:str}/ledger",
    name="officer-ledger",
    guards=[may_code],
)
async def ledger_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    return await _shown(request, await surveys.consultation(slug), Form({}))


@post(
    "/officer/consultations/{slug:str}/ledger/events",
    name="add-event",
    guards=[may_manage],
)
async def add_event(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    event = Event(
        name=form.text("event-name", missing="Enter the event’s name", limit=LONGEST_NAME),
        attendees=_count(form, "attendees", "Enter how many people attended, like 40"),
        organisations=_count(form, "organisations", ""),
    )
    held_on = form.day("held")
    if form.problems:
        return await _shown(request, consultation, form)
    await store.add_event(consultation, event, held_on=held_on, by=request.user.email)
    return _back(slug)


@post(
    "/officer/consultations/{slug:str}/ledger/events/{event_id:int}/remove",
    name="remove-event",
    guards=[may_manage],
)
async def remove_event(
    slug: FromPath[str], event_id: FromPath[int], request: AnyRequest
) -> Redirect:
    consultation = await surveys.consultation(slug)
    await store.remove_event(consultation, event_id, by=request.user.email)
    return _back(slug)


@post(
    "/officer/consultations/{slug:str}/ledger/petitions",
    name="add-petition",
    guards=[may_manage],
)
async def add_petition(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    petition = Petition(
        name=form.text("petition-name", missing="Enter what it asks for", limit=LONGEST_NAME),
        signatures=_count(form, "signatures", "Enter how many people signed, like 1,200"),
    )
    if form.problems:
        return await _shown(request, consultation, form)
    await store.add_petition(consultation, petition, by=request.user.email)
    return _back(slug)


@post(
    "/officer/consultations/{slug:str}/ledger/petitions/{petition_id:int}/remove",
    name="remove-petition",
    guards=[may_manage],
)
async def remove_petition(
    slug: FromPath[str], petition_id: FromPath[int], request: AnyRequest
) -> Redirect:
    consultation = await surveys.consultation(slug)
    await store.remove_petition(consultation, petition_id, by=request.user.email)
    return _back(slug)


def _count(form: Form, name: str, missing: str) -> int:
    count = form.whole_number(name, missing=missing or None)
    if count is not None and not 0 <= count <= 100_000_000:
        form.refuse(name, "Enter a number from 0 to 100,000,000")
    return count or 0


def _back(slug: str) -> Redirect:
    return Redirect(f"/officer/consultations/{slug}/ledger", status_code=303)


async def _shown(request: AnyRequest, consultation: Consultation, form: Form) -> Response[str]:
    page = LedgerPage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        sheet=await store.ledger(consultation.id),
        channel_words={channel.value: words for channel, words in CHANNEL_WORDS.items()},
        status_words=STATUS_WORDS,
        events=await store.events(consultation.id),
        petitions=await store.petitions(consultation.id),
        kiosks=await store.kiosks(consultation.id),
        may_change=request.user.may(Permission.MANAGE),
        typed={name: "".join(form.fields.get(name, [])[:1]) for name in TYPED},
        problems=tuple(form.problems),
    )
    return render(request, "responses/ledger.html", page, status=422 if form.problems else 200)
