"""The responses behind a number of the results, where their own list does not know the filters."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store
from analysis.narrowing import Narrowing, NoSuchFilter, narrowing
from analysis.pages.filters import address_of, condition_words, in_words
from analysis.pages.questions import whole
from app.auth.guards import may_manage
from app.settings import settings
from app.templating import render
from surveys import store as surveys

AnyRequest = Request[Any, Any, Any]
PAGE = 50


class BehindPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    in_words: str
    results: str
    people: tuple[int, ...]
    total: int
    later: str


@get("/results/responses-behind", name="responses-behind", guards=[may_manage])
async def responses_behind(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    wanted, asked = narrowing(request.query_params), _asked(request)
    people = await store.people_looked_at(consultation, wanted, asked)
    everybody = await store.narrowed(consultation, Narrowing())
    ways = await store.ways_to_narrow(consultation, store.questions_of(everybody))
    known = {way.place: way for way in ways}
    said = ["all but these" if asked.outside else "", in_words(wanted, ways)]
    if asked.place:
        values = (asked.value,) if asked.value else ("any answer",)
        said.append(condition_words(asked.place, values, known))
    if asked.day:
        said.append(f"received on {asked.day.day} {asked.day:%B %Y}")
    first = whole(request.query_params.get("from", "")) or 0
    results = f"/officer/consultations/{slug}/results"
    page = BehindPage(
        slug=slug,
        title=consultation.title,
        invented=consultation.invented,
        in_words="; ".join(each for each in said if each),
        results=address_of(results, wanted),
        people=people[first : first + PAGE],
        total=len(people),
        later=_later(f"{results}/responses-behind", wanted, asked, first + PAGE)
        if first + PAGE < len(people)
        else "",
    )
    return render(request, "analysis/behind.html", page)


def _asked(request: AnyRequest) -> store.Asked:
    query = request.query_params
    try:
        day = date.fromisoformat(query["day"]) if query.get("day") else None
    except ValueError:
        raise NoSuchFilter("The day in this address is none. One reads 2026-06-01.") from None
    place = query.get("question", "")
    outside = query.get("outside") == "yes"
    return store.Asked(place, query.get("value", ""), day, settings().time_zone, outside)


def _later(here: str, wanted: Narrowing, asked: store.Asked, first: int) -> str:
    more = {
        "question": asked.place,
        "value": asked.value,
        "day": asked.day or "",
        "outside": "yes" if asked.outside else "",
        "from": first,
    }
    given = urlencode({name: part for name, part in more.items() if part})
    return f"{here}?{wanted.query()}&{given}"
