"""The results: every question counted and in short, of everybody or of those filtered for."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store
from analysis.in_short import Open, Short, in_short
from analysis.narrowing import Narrowing, narrowing
from analysis.opening import opens
from analysis.pages.filters import Filters, address_of, filters, in_words
from app.auth.account import Permission
from app.auth.guards import may_code
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]


class View(Struct, frozen=True):
    """One way to look at the responses, and its page."""

    words: str
    address: str
    current: bool


class ResultsPage(Struct, frozen=True):
    """`query` is what is filtered for, as it follows “?” in this page's address and others';
    `side_by_side` follows the address where that stands beside everybody. Whoever `may_manage`
    sees full counts, filters, and saves views."""

    slug: str
    title: str
    caveat: str
    invented: bool
    may_manage: bool
    rounds: tuple[View, ...]
    filters: Filters
    in_words: str
    query: str
    side_by_side: str
    saved: tuple[View, ...]
    base: int
    base_address: str
    results: tuple[Short, ...]
    threshold: int


@get("/results", name="results", guards=[may_code])
async def results(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    wanted = narrowing(request.query_params)
    full = request.user.may(Permission.MANAGE)
    looked = await store.looked_at(consultation, wanted, full=full)
    ways = await store.ways_to_narrow(consultation, looked.asked) if full else ()
    desk = f"/officer/consultations/{slug}"
    page = ResultsPage(
        slug=slug,
        title=consultation.title,
        caveat=consultation.caveat,
        invented=consultation.invented,
        may_manage=full,
        rounds=_rounds(consultation, wanted),
        filters=filters(consultation, wanted, ways, f"{desk}/results"),
        in_words=in_words(wanted, ways),
        query=wanted.query(),
        side_by_side=f"?{wanted.query('left-')}" if wanted.is_on else "",
        saved=_saved(await store.saved_views(consultation.id), wanted, desk) if full else (),
        base=looked.tally.base,
        base_address=opens(desk, wanted),
        results=_in_short(looked, desk, wanted, full=full),
        threshold=0 if full else consultation.threshold,
    )
    return render(request, "analysis/results.html", page)


def _in_short(
    looked: store.Looked, desk: str, wanted: Narrowing, *, full: bool
) -> tuple[Short, ...]:
    def opened(place: str, value: str | None) -> str:
        return opens(desk, wanted, question=place, value=value)

    def kept_apart(place: str, value: str | None) -> str:
        return ""

    def opener(sensitive: bool) -> Open:
        return opened if full or not sensitive else kept_apart

    return tuple(
        in_short(asked, question, opener(asked.form.special_category))
        for asked, question in zip(looked.asked, looked.tally.questions, strict=True)
    )


def _rounds(consultation: Consultation, wanted: Narrowing) -> tuple[View, ...]:
    """One click to each round, whatever else is filtered for."""
    if len(consultation.rounds) < 2:
        return ()
    here = f"/officer/consultations/{consultation.slug}/results"
    choices: list[tuple[str, tuple[int, ...]]] = [("All rounds together", ())]
    choices += [(f"Round {each.number}", (each.number,)) for each in consultation.rounds]
    return tuple(
        View(
            words,
            address_of(here, Narrowing(rounds, wanted.channels, wanted.where)),
            wanted.rounds == rounds,
        )
        for words, rounds in choices
    )


def _saved(views: Sequence[store.SavedView], wanted: Narrowing, desk: str) -> tuple[View, ...]:
    return tuple(
        View(each.name, address_of(f"{desk}/results", each.narrowing), each.narrowing == wanted)
        for each in views
    )
