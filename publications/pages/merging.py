"""Officers merge two themes that turned out to be one."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store as analysis
from analysis.codebook import Theme
from app.auth.guards import may_manage
from app.clock import now
from app.forms import read_form
from app.problems import Problem
from app.templating import render
from publications import store
from publications.commitments import Commitment
from publications.outcomes import Outcome
from publications.pages.requests import OfficerRequest
from surveys import store as surveys
from surveys.consultation import Consultation

MERGE = "/officer/consultations/{slug:str}/themes/{theme_id:int}/merge"


class MergePage(Struct, frozen=True, kw_only=True):
    """`outcome` and `promises` are the theme's own: while it has any, it cannot be merged."""

    slug: str
    title: str
    theme: Theme
    others: tuple[Theme, ...]
    people: int
    outcome: Outcome | None
    promises: tuple[Commitment, ...]
    problems: tuple[Problem, ...] = ()


@get(MERGE, guards=[may_manage], name="merge-page")
async def merge_page(
    slug: FromPath[str], theme_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    return await _show(request, await surveys.consultation(slug), theme_id)


@post(MERGE, guards=[may_manage], name="merge-themes")
async def merge_themes(
    slug: FromPath[str], theme_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    into = form.whole_number("into", missing="Choose the theme to merge into")
    if into is not None:
        try:
            merged = await store.merge_themes(
                consultation, theme_id, into, by=request.user.email, now=now()
            )
            return Redirect(f"/officer/consultations/{slug}/themes/{merged.id}", status_code=303)
        except store.ThemeIsAnswered as refused:
            form.refuse("answered", refused.words)
    return await _show(request, consultation, theme_id, problems=tuple(form.problems))


async def _show(
    request: OfficerRequest,
    consultation: Consultation,
    theme_id: int,
    *,
    problems: tuple[Problem, ...] = (),
) -> Response[Any]:
    promises = await store.commitments(consultation.id)
    page = MergePage(
        slug=consultation.slug,
        title=consultation.title,
        theme=await analysis.theme(consultation.id, theme_id),
        others=tuple(
            each for each in await analysis.themes(consultation.id) if each.id != theme_id
        ),
        people=(await analysis.theme_counts(consultation.id))[theme_id].people,
        outcome=(await store.outcomes(consultation.id)).get(theme_id),
        promises=tuple(each for each in promises if each.theme_id == theme_id),
        problems=problems,
    )
    return render(request, "publications/merge.html", page, status=422 if problems else 200)
