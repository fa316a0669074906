"""“You said, we did”: what everyone may read, from sealed editions and nothing else."""

from typing import Any

import msgspec
from litestar import MediaType, Response, get
from litestar.params import FromPath
from msgspec import Struct

from app.languages import asked_language
from app.problems import Refusal
from app.speech import sentence
from app.templating import render
from publications import store
from publications.editions import Edition, EditionMark
from publications.pages.commitments import today
from publications.pages.report_page import edition_page
from publications.pages.requests import ReaderRequest

HOME = "/consultations/{slug:str}"
# Readers and caches ask again each time, and are told in a few bytes that nothing changed.
ASK_AGAIN = "public, no-cache"


class NoSuchEdition(Refusal):
    status = 404
    title = sentence("There is no such edition")


class PublishedReport(Struct, frozen=True, kw_only=True):
    """The answer of the API: which edition this is, its seal, and the report as sealed."""

    edition: int
    seal: str
    editions: tuple[EditionMark, ...]
    report: msgspec.Raw


@get(f"{HOME}/report", name="report")
async def latest_report(slug: FromPath[str], request: ReaderRequest) -> Response[Any]:
    edition = await _latest(slug)
    return await _page(request, slug, edition, f"/consultations/{slug}/report.json")


@get(f"{HOME}/report/editions/{{number:int}}", name="edition")
async def earlier_edition(
    slug: FromPath[str], number: FromPath[int], request: ReaderRequest
) -> Response[Any]:
    edition = await _edition(slug, number)
    own = f"/consultations/{slug}/report/editions/{number}/report.json"
    return await _page(request, slug, edition, own)


@get(f"{HOME}/report.json", name="report-json")
async def latest_snapshot(slug: FromPath[str], request: ReaderRequest) -> Response[bytes]:
    return _snapshot(request, await _latest(slug))


@get(f"{HOME}/report/editions/{{number:int}}/report.json", name="edition-json")
async def earlier_snapshot(
    slug: FromPath[str], number: FromPath[int], request: ReaderRequest
) -> Response[bytes]:
    return _snapshot(request, await _edition(slug, number))


@get("/api/consultations/{slug:str}/report", name="api-report", include_in_schema=True)
async def report_api(slug: FromPath[str], request: ReaderRequest) -> Response[bytes]:
    """The latest edition of a consultation's report."""
    edition = await _latest(slug)
    marks = await store.editions(slug)
    answer = PublishedReport(
        edition=edition.number,
        seal=edition.seal,
        editions=marks,
        report=msgspec.Raw(edition.snapshot),
    )
    tag = f'"{edition.seal}"'
    return _unchanged(request, tag) or _json(msgspec.json.encode(answer), tag)


async def _latest(slug: str) -> Edition:
    edition = await store.latest_edition(slug)
    if edition is None:
        raise store.NothingPublished(
            sentence(
                "When the answers have been read and it is settled what was done about them, "
                "the report will be here."
            )
        )
    return edition


async def _edition(slug: str, number: int) -> Edition:
    edition = await store.edition(slug, number)
    if edition is None:
        raise NoSuchEdition(sentence("The latest edition is at the report's own address."))
    return edition


async def _page(
    request: ReaderRequest, slug: str, edition: Edition, json_address: str
) -> Response[Any]:
    marks = await store.editions(slug)
    day = today()
    # The page also tells how promises stand today and which editions there are.
    look = request.app.state.assets.version
    language = asked_language(request.query_params)
    tag = f'W/"{edition.seal}-{len(marks)}-{day.isoformat()}-{look}-{language}"'
    if unchanged := _unchanged(request, tag):
        return unchanged
    page = edition_page(edition, marks, today=day, json_address=json_address, language=language)
    headers = {"ETag": tag, "Cache-Control": ASK_AGAIN}
    return render(request, "publications/report.html", page, headers=headers, language=language)


def _snapshot(request: ReaderRequest, edition: Edition) -> Response[bytes]:
    tag = f'"{edition.seal}"'
    return _unchanged(request, tag) or _json(edition.snapshot, tag)


def _json(content: bytes, tag: str) -> Response[bytes]:
    headers = {"ETag": tag, "Cache-Control": ASK_AGAIN}
    return Response(content, media_type=MediaType.JSON, headers=headers)


def _unchanged(request: ReaderRequest, tag: str) -> Response[Any] | None:
    known = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    if tag not in known:
        return None
    return Response(b"", status_code=304, headers={"ETag": tag, "Cache-Control": ASK_AGAIN})
