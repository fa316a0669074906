"""Who answered, beside the population or a register: what to do while people still can answer, and
what to say of it once they cannot."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store
from analysis.charts import Drawn, Named, Pair, drawn, pairs
from analysis.pages.questions import whole
from analysis.reach.fit import GroupReach, Reach
from analysis.reach.population import Unit
from analysis.reach.saying import (
    CANNOT_TELL,
    deed_words,
    fit_words,
    gap_words,
    none_missing,
    source_words,
    statement,
    untold_words,
)
from analysis.reach.standing import (
    ReachStanding,
    Shown,
    TableReach,
    can_still_answer,
    round_that_is_open,
)
from analysis.wording import net_words
from app.auth.account import Permission
from app.auth.guards import may_code
from app.clock import now
from app.templating import render
from app.words import percent
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]
_MARKS = {(True, False): "Fewer than chance explains", (False, True): "More than chance explains"}


class View(Struct, frozen=True):
    words: str
    address: str
    current: bool


class ToDo(Struct, frozen=True):
    """A group that is missing; `place` is its table on the page."""

    words: str
    deed: str
    place: str


class Line(Struct, frozen=True):
    """One group: how many there are, how many of them answered, and what the gap is. `reached` is
    the part of a register that answered."""

    group: str
    people: int
    population_share: str
    n: int
    address: str
    share: str
    gap: str
    mark: str
    wanting: int
    reached: str


class TableView(Struct, frozen=True):
    id: int
    title: str
    unit: Unit
    source: str
    address: str
    shown: Shown
    lines: tuple[Line, ...]
    drawn: Drawn | None
    fit: str
    reached: str
    untold: str
    statement: str


class ReachPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    caveat: str
    views: tuple[View, ...]
    is_open: bool
    base: int
    to_do: tuple[ToDo, ...]
    none_missing: str
    cannot_tell: str
    tables: tuple[TableView, ...]
    looked_at: int
    may_manage: bool
    narrowed: str


@get("/reach", name="reach", guards=[may_code])
async def reach(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    full = request.user.may(Permission.MANAGE)
    number = round_wanted(request, consultation)
    standing = await store.reach_standing(consultation, full=full, round_number=number)
    page = ReachPage(
        slug=slug,
        title=consultation.title,
        invented=consultation.invented,
        caveat=consultation.caveat,
        views=views(consultation, number),
        is_open=can_still_answer(consultation, number, now()),
        base=standing.base,
        to_do=_to_do(standing),
        none_missing=none_missing(standing),
        cannot_tell=CANNOT_TELL if _looked_at(standing) else "",
        tables=tuple(
            _table(each, _looked_at(standing), _people(slug, number, full=full))
            for each in standing.tables
        ),
        looked_at=_looked_at(standing),
        may_manage=full,
        narrowed=f"?round={number}" if number else "",
    )
    return render(request, "analysis/reach.html", page)


def round_wanted(request: AnyRequest, consultation: Consultation) -> int | None:
    """The round in the address, `all` for every round; without one the round that is open, whose
    gaps can still be mended."""
    typed = request.query_params.get("round", "")
    if typed:
        return whole(typed)
    return round_that_is_open(consultation, now())


def views(consultation: Consultation, number: int | None) -> tuple[View, ...]:
    if len(consultation.rounds) < 2:
        return ()
    here = f"/officer/consultations/{consultation.slug}/reach?round="
    rounds = (
        View(f"Round {each.number}", f"{here}{each.number}", each.number == number)
        for each in consultation.rounds
    )
    return (View("All rounds together", f"{here}all", number is None), *rounds)


def _looked_at(standing: ReachStanding) -> int:
    return sum(each.reach is not None for each in standing.tables)


def _people(slug: str, number: int | None, *, full: bool) -> tuple[str, str]:
    """The list of responses, and the round that it is narrowed to; nothing for those who may not
    see who gave which answer."""
    address = f"/officer/consultations/{slug}/responses?status=analysed" if full else ""
    return address, f"&round={number}" if number else ""


def _to_do(standing: ReachStanding) -> tuple[ToDo, ...]:
    return tuple(
        ToDo(
            gap_words(group, table.reach.n, table.unit),
            deed_words(group),
            f"table-{table.kept.id}",
        )
        for table, group in standing.missing
        if table.reach
    )


def _table(found: TableReach, looked_at: int, people: tuple[str, str]) -> TableView:
    return TableView(
        id=found.kept.id,
        title=found.title,
        unit=found.unit,
        source=source_words(found),
        address=found.kept.table.address,
        shown=found.shown,
        lines=tuple(_lines(found, found.reach, people)) if found.reach else (),
        drawn=_drawn(found, found.reach) if found.reach else None,
        fit=fit_words(found, looked_at=looked_at),
        reached=_reached(found, found.reach) if found.reach else "",
        untold=untold_words(found),
        statement=statement(found),
    )


def _lines(found: TableReach, reach: Reach, people: tuple[str, str]) -> Iterator[Line]:
    address, narrowed = people
    for group, there, opens in zip(reach.groups, found.counted, found.opens, strict=True):
        yield Line(
            group=group.group,
            people=there,
            population_share=percent(group.population_share),
            n=group.n,
            address=f"{address}&{opens}{narrowed}" if address and opens else "",
            share=percent(group.share),
            gap=net_words(group.gap),
            mark=_MARKS.get((group.under, group.over), "Within chance"),
            wanting=group.wanting,
            reached=percent(group.n / there) if there else "",
        )


def _reached(found: TableReach, reach: Reach) -> str:
    """How much of a register answered. More than all of it is said, not hidden."""
    if found.unit is Unit.PEOPLE:
        return ""
    there = sum(found.counted)
    words = f"{reach.n:,} of the {there:,} on the register answered ({percent(reach.n / there)})."
    more = any(group.n > n for group, n in zip(reach.groups, found.counted, strict=True))
    if more:
        words += (
            " In a group more answered than the register has: it may be out of date, or some "
            "answered twice."
        )
    return words


def _drawn(found: TableReach, reach: Reach) -> Drawn:
    lines = [
        Pair(each.group, each.share, each.population_share, _both(each)) for each in reach.groups
    ]
    whole = found.unit.whole
    named = Named(
        f"reach-{found.kept.id}",
        f"Who answered beside the {whole}: {found.title}",
        "; ".join(gap_words(each, reach.n, found.unit) for each in reach.groups),
    )
    first, second = f"Of the {reach.n:,} who answered", f"Of the {whole}"
    draw = partial(pairs, named, lines, first=first, second=second)
    return drawn(lambda width: draw(width=width))


def _both(group: GroupReach) -> str:
    return f"{percent(group.share)} · {percent(group.population_share)}"
