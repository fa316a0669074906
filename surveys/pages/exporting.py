"""Officers take a questionnaire away: in our own JSON, which holds everything, or as XLSForm."""

import asyncio

from litestar import Response, get
from litestar.params import FromPath

from app.auth.guards import may_manage
from surveys import store
from surveys.xlsform import write_xlsform

EXPORT = "/officer/consultations/{slug:str}/questionnaire/export"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get(f"{EXPORT}/json", guards=[may_manage], name="export-json")
async def export_json(slug: FromPath[str]) -> Response[bytes]:
    document = await store.document(slug)
    return _attached(document, f"{slug}.json", media_type="application/json")


@get(f"{EXPORT}/xlsform", guards=[may_manage], name="export-xlsform")
async def export_xlsform(slug: FromPath[str]) -> Response[bytes]:
    consultation = await store.consultation(slug)
    *_, newest = await store.versions(consultation.id)
    written = await asyncio.to_thread(write_xlsform, newest.questionnaire)
    return _attached(written.data, f"{slug}.xlsx", media_type=WORKBOOK)


def _attached(data: bytes, name: str, *, media_type: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)
