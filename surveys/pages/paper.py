"""The form on paper, as a PDF: for everyone while answers are taken, for officers at any time."""

import asyncio
from hashlib import sha256
from typing import Any, ClassVar

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from app.auth.guards import may_manage
from app.clock import now
from app.languages import asked_language
from app.problems import Refusal
from app.settings import settings
from app.speech import sentence
from surveys import store
from surveys.consultation import Consultation, Round, Version
from surveys.pages.overview import is_public
from surveys.pages.requests import OfficerRequest
from surveys.paper.form import PaperForm, Sender, paper_form
from surveys.paper.printing import NoLettersForIt, kept_print
from surveys.paper.rounds import round_that_asked

AnyRequest = Request[Any, Any, Any]

LARGE = "large"


class NoPaperForm(Refusal):
    title: ClassVar[str] = sentence("There is no paper form now")


@get("/consultations/{slug:str}/paper.pdf", name="paper-form")
async def paper(slug: FromPath[str], request: AnyRequest) -> Response[bytes]:
    moment = now()
    consultation = await store.kept_consultation(slug, at=moment)
    if not is_public(consultation):
        raise store.NoSuchConsultation(
            sentence("Check the address, or look for it on the front page.")
        )
    asked = consultation.open_round(moment)
    if asked is None:
        raise NoPaperForm(sentence("It can be printed while the consultation takes answers."))
    version = await store.version(asked.version_id)
    return await _printed(request, consultation, version, asked)


@get(
    "/officer/consultations/{slug:str}/questionnaire/paper.pdf",
    guards=[may_manage],
    name="officer-paper-form",
)
async def paper_for_officers(
    slug: FromPath[str], request: OfficerRequest, version: FromQuery[int | None] = None
) -> Response[bytes]:
    """Any version, the newest unless numbered. One that nobody was asked yet is marked as a
    draft."""
    consultation = await store.consultation(slug)
    known = await store.versions(consultation.id)
    chosen = next((each for each in known if each.number == version), None)
    if chosen is None and version is not None:
        raise store.NoSuchVersion("Go back to the questionnaire and choose one that is listed.")
    chosen = chosen or known[-1]
    return await _printed(
        request, consultation, chosen, round_that_asked(consultation, chosen, known)
    )


async def _printed(
    request: AnyRequest, consultation: Consultation, version: Version, asked: Round | None
) -> Response[bytes]:
    language = asked_language(request.query_params, version.questionnaire.languages)
    large = request.query_params.get("print") == LARGE
    request.state.language = language
    form = paper_form(
        consultation,
        version,
        language=language,
        large=large,
        sender=_sender(consultation),
        asked=asked,
    )
    data = await _bytes(form, version)
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    size = f"-{LARGE}" if large else ""
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache" if asked else "no-store",
        "Content-Language": language,
        "Content-Disposition": f'inline; filename="{consultation.slug}-{language}{size}.pdf"',
        # What a browser's own reader of PDFs needs; the file is never a page of ours.
        "Content-Security-Policy": (
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
            "frame-ancestors 'none'"
        ),
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type="application/pdf")
    return Response(data, headers=headers, media_type="application/pdf")


async def _bytes(form: PaperForm, version: Version) -> bytes:
    """Made in a thread, so that the server goes on answering."""
    frozen = await store.frozen_at(version.id)
    try:
        return await asyncio.to_thread(kept_print, form, at=frozen or now())
    except NoLettersForIt:
        raise NoPaperForm(
            sentence(
                "We have no letters to print it in this language. Ask for it in another format, or "
                "choose another language."
            )
        ) from None


def _sender(consultation: Consultation) -> Sender:
    current = settings()
    address = f"{current.base_url}/consultations/{consultation.slug}"
    return Sender(current.organisation, address)


handlers = (paper, paper_for_officers)
