"""The results as files: a workbook of every table, and a document with charts and words.

Nothing changes but that the audit says who took the figures out, so that a link will do.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from analysis import store
from analysis.narrowing import Narrowing, narrowing
from analysis.pack.document import document
from analysis.pack.packed import Packed
from analysis.pack.workbook import workbook
from analysis.pages.filters import in_words
from analysis.store.pack import note_taken_out, packed
from app.auth.account import Permission
from app.auth.guards import may_code
from app.clock import now
from app.settings import settings
from surveys import store as surveys

AnyRequest = Request[Any, Any, Any]
_OFFICE = "application/vnd.openxmlformats-officedocument"
WORKBOOK, DOCUMENT = f"{_OFFICE}.spreadsheetml.sheet", f"{_OFFICE}.wordprocessingml.document"


@get("/results/tables.xlsx", name="results-workbook", guards=[may_code])
async def results_workbook(slug: FromPath[str], request: AnyRequest) -> Response[bytes]:
    return await _taken_out(slug, request, workbook, ("xlsx", WORKBOOK))


@get("/results/pack.docx", name="results-document", guards=[may_code])
async def results_document(slug: FromPath[str], request: AnyRequest) -> Response[bytes]:
    made = partial(document, organisation=settings().organisation)
    return await _taken_out(slug, request, made, ("docx", DOCUMENT))


async def _taken_out(
    slug: str, request: AnyRequest, make: Callable[[Packed], bytes], form: tuple[str, str]
) -> Response[bytes]:
    consultation = await surveys.consultation(slug)
    wanted = narrowing(request.query_params)
    full = request.user.may(Permission.MANAGE)
    asked = store.questions_of(await store.narrowed(consultation, Narrowing()))
    found = await packed(
        consultation,
        wanted,
        narrowed_to=in_words(wanted, await store.ways_to_narrow(consultation, asked)),
        full=full,
        made_on=now().astimezone(settings().time_zone).date(),
    )
    made = await asyncio.to_thread(make, found)
    ending, kind = form
    await note_taken_out(consultation, wanted, form=ending, full=full, by=request.user.email)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-results.{ending}"'}
    return Response(made, media_type=kind, headers=headers)


handlers = [results_workbook, results_document]
