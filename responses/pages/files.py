"""Files that were sent, handed to whoever may have them: never shown, always to be saved."""

from collections.abc import Iterable, Mapping
from typing import Any

from litestar import Request, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import File

from app.auth.account import Permission
from app.auth.guards import may_code
from app.clock import now
from responses import store
from responses.pages.journey import journey
from responses.pages.not_answering import REFUSED
from responses.response import WITHDRAWN, Response
from surveys import store as surveys

AnyRequest = Request[Any, Any, Any]

# A file may hold anything: nothing of it is run, and no shared computer keeps it.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@get("/consultations/{slug:str}/respond/files/{token:str}", name="own-draft-file")
async def draft_file(slug: FromPath[str], token: FromPath[str], request: AnyRequest) -> File:
    """For whoever is still answering."""
    here = await journey(slug, request, now=now())
    return _handed_over(here.files, token)


@get("/receipts/{code:str}/files/{token:str}", name="own-file")
async def own_file(code: FromPath[str], token: FromPath[str]) -> File:
    """For the holder of the receipt."""
    found = await store.response_by_receipt(code, private=True)
    if found is None or found.status == WITHDRAWN:
        raise NotFoundException
    return _handed_over(await _files_in(found), token)


@get(
    "/officer/consultations/{slug:str}/responses/{response_id:int}/files/{token:str}",
    name="officer-file",
    guards=[may_code],
)
async def officer_file(
    slug: FromPath[str], response_id: FromPath[int], token: FromPath[str], request: AnyRequest
) -> File:
    """For staff who may see the answer that it belongs to."""
    consultation = await surveys.consultation(slug)
    private = request.user.may(Permission.MANAGE)
    found = await store.response(response_id, consultation_id=consultation.id, private=private)
    return _handed_over(await _files_in(found), token)


async def _files_in(found: Response) -> list[store.StoredFile]:
    """The files of the answers that were read, so not those of answers kept apart."""
    files = await store.files_of(found.key)
    return [file for file in files if file.token in _tokens(found.answers, file.question)]


def _tokens(answers: Mapping[str, Any], question: str) -> list[str]:
    return list(answers.get(question) or ())


def _handed_over(files: Iterable[store.StoredFile], token: str) -> File:
    file = next((each for each in files if each.token == token), None)
    if file is None or not file.path.is_file():
        raise NotFoundException
    return File(
        file.path,
        filename=file.name,
        media_type=file.media_type,
        content_disposition_type="attachment",
        headers=HEADERS,
    )


router = Router(
    path="/",
    route_handlers=[draft_file, own_file, officer_file],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
