"""Officers see the way through a questionnaire: what is asked when, and what leads where."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from app.auth.guards import may_manage
from app.templating import render
from surveys import store
from surveys.outline import KIND_WORDS
from surveys.pages.requests import OfficerRequest
from surveys.reach import Standing, own_language
from surveys.route_map import RouteMap, RouteStop, route_map

PAGE = "/officer/consultations/{slug:str}/questionnaire/route"


class RoutePage(Struct, frozen=True, kw_only=True):
    """`kinds` are the types of question in words; `odd` are the questions to look at first. Only
    an `editable` version's questions can be mended."""

    slug: str
    title: str
    version: int
    editable: bool
    language: str
    map: RouteMap
    kinds: dict[str, str]
    odd: tuple[RouteStop, ...]


@get(PAGE, guards=[may_manage], name="route-map")
async def route_page(
    slug: FromPath[str], request: OfficerRequest, version: FromQuery[int | None] = None
) -> Response[str]:
    consultation = await store.consultation(slug)
    versions = await store.versions(consultation.id)
    chosen = next((each for each in versions if each.number == version), versions[-1])
    drawn = route_map(chosen.questionnaire)
    page = RoutePage(
        slug=slug,
        title=consultation.title,
        version=chosen.number,
        editable=not chosen.frozen and chosen is versions[-1],
        language=own_language(chosen.questionnaire),
        map=drawn,
        kinds=dict(KIND_WORDS),
        odd=drawn.standing(Standing.NEVER, Standing.EVERY_TIME, Standing.UNDECIDED),
    )
    return render(request, "surveys/route.html", page)
