"""Answering at a kiosk: a start page, the same questions as everywhere, and nothing left behind."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.clock import now
from app.forms import read_form
from app.languages import language_name
from app.problems import Refusal
from app.settings import settings
from app.shared_device import Device, device_cookie, device_of
from app.speech import Speech, sentence, speech
from app.templating import render
from responses import store
from responses.kiosk import IDLE_SECONDS, Kiosk
from responses.pages.journey import COOKIE, AnyRequest, language_for, no_cookies, together_of
from responses.receipt import normalise
from surveys import store as surveys
from surveys.consultation import Consultation
from surveys.marked import Marked, title_of

START = "/consultations/{slug:str}/kiosk/{kiosk:str}"
SENT = "hearback_sent"
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
# Pages that the browser holds ready for its back button go with the cache.
CLEARED = {**PRIVATE, "Clear-Site-Data": '"cache", "storage"'}


class KioskStopped(Refusal):
    title = sentence("This kiosk has been stopped")


class StartIn(Struct, frozen=True):
    """The way in for readers of one language, by its code; `lang` is what its words are in."""

    chosen: str
    lang: str
    name: str
    title: Marked
    start: str
    rule: str


class StartPage(Struct, frozen=True):
    slug: str
    place: str
    title: Marked
    action: str
    languages: tuple[StartIn, ...]
    open: bool


class SentPage(Struct, frozen=True):
    """The receipt for somebody who goes in a minute."""

    slug: str
    title: Marked
    code: str
    address: str
    finish: str
    rule: str


async def at_kiosk(request: AnyRequest, consultation: Consultation) -> Kiosk | None:
    """The kiosk of this consultation that the request comes from, if it comes from one."""
    device = device_of(request)
    found = await store.kiosk_by_code(device.code) if device else None
    return found if found and found.consultation_id == consultation.id else None


def to_sent_page(device: Device, slug: str, receipt: str, language: str) -> Redirect:
    """The code goes in a cookie: no address that the next person could go back to holds it."""
    cookies = [*no_cookies(slug), _sent_cookie(slug, receipt)]
    address = f"/consultations/{slug}/respond/sent?lang={language}"
    return Redirect(address, status_code=303, cookies=cookies, headers=PRIVATE)


@get("/kiosk/{kiosk:str}", name="kiosk")
async def to_start_page(kiosk: FromPath[str]) -> Redirect:
    """A short address to type into the device."""
    found = await _running(kiosk)
    consultation = await surveys.consultation_by_id(found.consultation_id)
    return Redirect(Device(consultation.slug, found.code).start, status_code=303, headers=PRIVATE)


@get(START, name="kiosk-start")
async def start_page(
    slug: FromPath[str], kiosk: FromPath[str], request: AnyRequest
) -> Response[Any]:
    """Whoever was there before has gone: their receipt goes too."""
    found, consultation = await _here(slug, kiosk)
    asked = consultation.open_round(now())
    languages: tuple[str, ...] = (await language_for(consultation, ()),)
    questionnaire = None
    if asked:
        questionnaire = (await surveys.version(asked.version_id)).questionnaire
        languages = questionnaire.languages
    page = StartPage(
        slug=slug,
        place=found.name,
        title=title_of(consultation, questionnaire, languages[0]),
        action=Device(slug, found.code).start,
        languages=tuple(
            _start_in(code, title_of(consultation, questionnaire, code)) for code in languages
        ),
        open=asked is not None,
    )
    response = render(
        request, "responses/kiosk_start.html", page, headers=PRIVATE, language=languages[0]
    )
    response.set_cookie(_sent_cookie(slug, ""))
    return response


@post(START, name="kiosk-begin")
async def begin(slug: FromPath[str], kiosk: FromPath[str], request: AnyRequest) -> Redirect:
    """A new person begins; what was left of another is let go."""
    form = await read_form(request)
    found, consultation = await _here(slug, kiosk)
    language = await language_for(consultation, [form.text("language", limit=20)])
    await _let_go(request)
    cookies = [*no_cookies(slug), _sent_cookie(slug, ""), device_cookie(Device(slug, found.code))]
    address = f"/consultations/{slug}/respond?lang={language}"
    return Redirect(address, status_code=303, cookies=cookies, headers=PRIVATE)


@post("/consultations/{slug:str}/respond/finish", name="kiosk-finish")
async def finish(slug: FromPath[str], request: AnyRequest) -> Redirect:
    """Ends one person's answering: what was not sent is deleted, unless they have a code for it."""
    await _let_go(request)
    device = device_of(request)
    cookies = [*no_cookies(slug), _sent_cookie(slug, "")]
    address = device.start if device else f"/consultations/{slug}"
    return Redirect(address, status_code=303, cookies=cookies, headers=CLEARED)


@get("/consultations/{slug:str}/respond/sent", name="kiosk-sent")
async def sent_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    device = device_of(request)
    code = normalise(request.cookies.get(SENT, ""))
    if device is None or code is None:
        address = device.start if device else f"/consultations/{slug}"
        return Redirect(address, status_code=303, headers=PRIVATE)
    consultation = await surveys.consultation(slug)
    language = await language_for(consultation, [request.query_params.get("lang", "")])
    newest = await surveys.version(consultation.rounds[-1].version_id)
    page = SentPage(
        slug=slug,
        title=title_of(consultation, newest.questionnaire, language),
        code=code,
        address=f"{settings().base_url}/receipts",
        finish=device.finish,
        rule=_rule(speech(language)),
    )
    return render(request, "responses/kiosk_sent.html", page, headers=PRIVATE, language=language)


async def _here(slug: str, code: str) -> tuple[Kiosk, Consultation]:
    found = await _running(code)
    consultation = await surveys.consultation(slug)
    if found.consultation_id != consultation.id:
        raise store.NoSuchKiosk(_CHECK)
    return found, consultation


async def _running(code: str) -> Kiosk:
    found = await store.kiosk_by_code(code)
    if found is None:
        raise store.NoSuchKiosk(_CHECK)
    if not found.is_running:
        raise KioskStopped(sentence("Staff of the council can start it again."))
    return found


_CHECK = sentence("Check every word of the address. The council’s staff have it.")


async def _let_go(request: AnyRequest) -> None:
    """Answers that were not sent are kept only for whoever has a code to come back with, and for an
    organisation, whose others are not kept waiting for a page."""
    draft = await store.draft(request.cookies.get(COOKIE, ""))
    if draft and draft.shared:
        together = together_of(request, await store.organisation(draft))
        if together:
            await store.leave_section(draft, together.me.id)
    elif draft and not draft.later:
        await store.discard_draft(draft)


def _start_in(code: str, title: Marked) -> StartIn:
    speaks = speech(code)
    return StartIn(
        code,
        speaks.language,
        language_name(code),
        title,
        start=speaks.say("Start"),
        rule=_rule(speaks),
    )


def _rule(speaks: Speech) -> str:
    minutes = speaks.plural("{n} minute", "{n} minutes", IDLE_SECONDS // 60)
    return speaks.say(
        "Press “Finish and clear” when you go. If nobody touches the screen for {time}, it asks "
        "whether you are still there, and then deletes what was not sent, unless you have a code "
        "for it.",
        time=minutes,
    )


def _sent_cookie(slug: str, receipt: str) -> Cookie:
    """With no receipt: takes the cookie away."""
    return Cookie(
        key=SENT,
        value=receipt,
        path=f"/consultations/{slug}",
        max_age=15 * 60 if receipt else 0,
        httponly=True,
        samesite="lax",
        secure=settings().base_url.startswith("https://"),
    )


router = Router(
    path="/",
    route_handlers=[to_start_page, start_page, begin, finish, sent_page],
)
