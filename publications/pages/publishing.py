"""Officers see what stops publication, preview the report, and publish it."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from app.auth.account import Permission
from app.auth.guards import may_manage, may_publish
from app.clock import now
from app.forms import read_form
from app.problems import Problem
from app.templating import render
from publications import store
from publications.editions import EditionMark
from publications.gaps import Gap, Lint
from publications.pages.commitments import today
from publications.pages.report_page import preview_page
from publications.pages.requests import OfficerRequest
from surveys import store as surveys

PUBLISH = "/officer/consultations/{slug:str}/publish"


class PublishPage(Struct, frozen=True, kw_only=True):
    """`problems` are what a refused publication lacks; `next` is the number of the next edition."""

    slug: str
    title: str
    lint: Lint
    editions: tuple[EditionMark, ...]
    may_publish: bool
    reason: str = ""
    just_published: bool = False
    gaps: tuple[Gap, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(Problem(gap.place, gap.fix) for gap in self.gaps)

    @property
    def next(self) -> int:
        return len(self.editions) + 1


@get(PUBLISH, guards=[may_manage], name="publish-page")
async def publish_page(
    slug: FromPath[str], request: OfficerRequest, published: FromQuery[bool] = False
) -> Response[Any]:
    return await _show(request, slug, just_published=published)


@get(f"{PUBLISH}/preview", guards=[may_manage], name="preview-report")
async def preview(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    report = await store.report_as_it_stands(slug, now=now())
    page = preview_page(report, today=today())
    return render(request, "publications/preview.html", page)


@post(PUBLISH, guards=[may_publish], name="publish")
async def publish(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    reason = form.text("reason")
    try:
        await store.publish(slug, by=request.user.email, now=now(), reason=reason)
    except store.NotReadyToPublish as refusal:
        return await _show(request, slug, reason=reason, gaps=refusal.gaps)
    return Redirect(f"/officer/consultations/{slug}/publish?published=true", status_code=303)


async def _show(
    request: OfficerRequest,
    slug: str,
    *,
    reason: str = "",
    gaps: tuple[Gap, ...] = (),
    just_published: bool = False,
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    editions = await store.editions(slug)
    page = PublishPage(
        slug=slug,
        title=consultation.title,
        lint=await store.lint(slug, now=now()),
        editions=editions,
        may_publish=request.user.may(Permission.PUBLISH),
        reason=reason,
        just_published=just_published and bool(editions),
        gaps=gaps,
    )
    return render(request, "publications/publish.html", page, status=422 if gaps else 200)
