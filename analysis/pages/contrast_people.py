"""The responses behind a number of a comparison that the list of responses cannot be asked for."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store
from analysis.contrast import NOT_RAISED, RAISED, UNREAD, Wanted
from analysis.contrast_addresses import query_of, wanted_in
from analysis.pages.questions import whole
from analysis.results import MISSING, NOT_ROUTED
from app.auth.guards import may_manage
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]
PAGE = 50
_PEOPLE = {
    RAISED: "whose answers raise it",
    NOT_RAISED: "whose answers have been read and do not raise it",
    UNREAD: "who wrote nothing, or whose answers have not been read yet",
    MISSING: "who were asked and did not answer",
    NOT_ROUTED: "who were not asked",
}


class PeoplePage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    section: str
    heading: str
    words: str
    narrowed: tuple[str, ...]
    back: str
    people: tuple[int, ...]
    total: int
    later: str


@get("/results/{question:str}/compare/people", name="compared-people", guards=[may_manage])
async def compared_people(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[str]:
    """The responses behind a number that the list of responses cannot be asked for."""
    consultation = await surveys.consultation(slug)
    asked = store.asked_by((await store.read_narrowed(consultation, Wanted())).asked, question)
    here = f"/officer/consultations/{slug}/results/{question}/compare"
    known = {**_PEOPLE, **{v: f"who answered “{words}”" for v, words in asked.options.items()}}
    return await _people(request, consultation, question, here=here, title=asked.title, known=known)


@get("/themes/{theme_id:int}/compare/people", name="theme-people", guards=[may_manage])
async def theme_people(
    slug: FromPath[str], theme_id: FromPath[int], request: AnyRequest
) -> Response[str]:
    """The responses behind a number of a theme's comparison."""
    consultation = await surveys.consultation(slug)
    theme = await store.theme(consultation.id, theme_id)
    here = f"/officer/consultations/{slug}/themes/{theme_id}/compare"
    return await _people(
        request, consultation, theme_id, here=here, title=theme.label, known=_PEOPLE
    )


async def _people(
    request: AnyRequest,
    consultation: Consultation,
    asked: str | int,
    *,
    here: str,
    title: str,
    known: dict[str, str],
) -> Response[str]:
    query = request.query_params
    wanted = wanted_in(query)
    cells = tuple(query.getall("cell", []))
    behind = store.BehindCell(cells, query.get("value", ""), query.get("row") or None)
    people = await store.people_behind_cell(consultation, asked, wanted, behind)
    first = max(whole(query.get("from", "")) or 0, 0)
    more = [*(("cell", each) for each in cells), ("value", behind.value)]
    more += [("row", behind.row)] if behind.row else []
    page = PeoplePage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        section="themes" if isinstance(asked, int) else "results",
        heading=title,
        words=known.get(behind.value, ""),
        narrowed=await _cell_words(consultation, wanted, cells),
        back=f"{here}?{query_of(wanted)}",
        people=people[first : first + PAGE],
        total=len(people),
        later=f"{here}/people?{query_of(wanted, *more, ('from', str(first + PAGE)))}"
        if first + PAGE < len(people)
        else "",
    )
    return render(request, "analysis/people.html", page)


async def _cell_words(
    consultation: Consultation, wanted: Wanted, cells: Sequence[str]
) -> tuple[str, ...]:
    read = await store.read_narrowed(consultation, wanted)
    group = zip(wanted.layers, cells, strict=False)
    words = [await store.place_words(read, place, value) for place, value in group]
    return (*words, *await store.narrowing_words(read, wanted.narrowing))
