"""The audit's pages: what was done, newest first, and whether anyone altered it."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, Router, get
from msgspec import Struct

from app.audit import store
from app.audit.chain import Entry, first_break
from app.audit.words import action_words, detail_words, subject_words
from app.auth.guards import may_administer
from app.problems import Problem
from app.templating import render

AnyRequest = Request[Any, Any, Any]

PER_PAGE = 50


class Line(Struct, frozen=True):
    """One entry in words."""

    number: int
    at: datetime
    by: str
    action: str
    subject: str
    detail: str


class AuditPage(Struct, frozen=True):
    """`broken` is the first altered entry of those shown; `older` numbers where the next begin."""

    lines: tuple[Line, ...]
    broken: int | None
    older: int | None
    newest: bool
    problems: tuple[Problem, ...] = ()


class ChainPage(Struct, frozen=True):
    """The whole chain, checked just now. `last` and `hash` are of its newest entry."""

    broken: int | None
    last: int
    hash: str


@get("/", name="audit", guards=[may_administer])
async def audit_page(request: AnyRequest) -> Response[Any]:
    below = request.query_params.get("below", "")
    found = await store.entries(below=_number(below), limit=PER_PAGE + 1)
    # The one more than is shown is what the last one shown has to follow.
    shown, before = found[:PER_PAGE], found[PER_PAGE] if len(found) > PER_PAGE else None
    broken = first_break(reversed(shown), before=before)
    page = AuditPage(
        lines=tuple(line(entry) for entry in shown),
        broken=broken.number if broken else None,
        older=shown[-1].number if before else None,
        newest=_number(below) is None,
    )
    return render(request, "app/audit/audit.html", page)


@get("/chain", name="audit-chain", guards=[may_administer])
async def chain_page(request: AnyRequest) -> Response[Any]:
    broken, last = await store.verify(), await store.latest()
    page = ChainPage(
        broken=broken.number if broken else None,
        last=last.number if last else 0,
        hash=last.hash if last else "",
    )
    return render(request, "app/audit/chain.html", page)


def line(entry: Entry) -> Line:
    return Line(
        number=entry.number,
        at=entry.at,
        by=entry.by,
        action=action_words(entry),
        subject=subject_words(entry),
        detail=detail_words(entry),
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


router = Router(path="/officer/audit", route_handlers=[audit_page, chain_page])
