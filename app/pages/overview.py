"""Officers' way in: every consultation with what it needs next, and one from question to report."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import replace

from analysis import store as analysis
from analysis.reach.saying import gap_line, none_missing
from analysis.reach.standing import can_still_answer, round_that_is_open
from app.auth.account import Permission
from app.auth.guards import may_code
from app.clock import now
from app.pages.standing import Next, Stage, Standing, next_step, stages
from app.settings import settings
from app.templating import render
from publications import store as publications
from responses import store as responses
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]


class Line(Struct, frozen=True):
    standing: Standing
    next: Next | None

    @property
    def address(self) -> str:
        return f"/officer/consultations/{self.standing.consultation.slug}"


class DashboardPage(Struct, frozen=True):
    lines: tuple[Line, ...]
    may_manage: bool


class Reach(Struct, frozen=True):
    """Who answered, in a line; `link` leads to where it is told."""

    words: str
    link: str


class OverviewPage(Struct, frozen=True):
    line: Line
    stages: tuple[Stage, ...]
    reach: Reach | None = None


async def standings(consultations: Sequence[Consultation]) -> tuple[Standing, ...]:
    """Where each of these stands, in as many queries for a hundred as for one."""
    received = await responses.received_counts()
    progress = await analysis.progress_of_all()
    themes = await analysis.themes_of_all()
    decided = await publications.decided_themes()
    today = now().astimezone(settings().time_zone).date()
    overdue = await publications.overdue_counts(today)
    return tuple(
        Standing(
            consultation=one,
            received=received.get(one.id, 0),
            written=progress[one.id].total if one.id in progress else 0,
            read=progress[one.id].finished if one.id in progress else 0,
            themes=len(themes.get(one.id, ())),
            undecided=tuple(
                theme.label for theme in themes.get(one.id, ()) if theme.id not in decided
            ),
            overdue=overdue.get(one.id, 0),
        )
        for one in consultations
    )


@get("/officer", guards=[may_code], name="dashboard")
async def dashboard(request: AnyRequest) -> Response[str]:
    every = await surveys.consultations()
    page = DashboardPage(
        lines=tuple(Line(one, next_step(one)) for one in await standings(every)),
        may_manage=request.user.may(Permission.MANAGE),
    )
    return render(request, "app/pages/dashboard.html", page)


@get("/officer/consultations/{slug:str}", guards=[may_code], name="consultation-overview")
async def overview(request: AnyRequest, slug: FromPath[str]) -> Response[str]:
    consultation = await surveys.consultation(slug)
    (standing,) = await standings([consultation])
    kept = await analysis.statements(consultation)
    standing = replace(standing, unfit=sum(each.conflict is not None for each in kept))
    page = OverviewPage(
        line=Line(standing, next_step(standing)),
        stages=stages(standing),
        reach=await _reach(consultation, full=request.user.may(Permission.MANAGE)),
    )
    return render(request, "app/pages/consultation.html", page)


async def _reach(consultation: Consultation, *, full: bool) -> Reach | None:
    """Who is missing while people can still answer; None where nobody set anything beside them."""
    at = now()
    number = round_that_is_open(consultation, at)
    is_open = can_still_answer(consultation, number, at)
    if not await analysis.reach_tables(consultation.id):
        words = "Set the answers beside the population to see who is missing while they can answer."
        return Reach(words, "Who is missing?") if is_open else None
    if not is_open:
        return Reach("Who answered stands beside the population.", "See who answered")
    found = await analysis.reach_standing(consultation, full=full, round_number=number)
    if not found.missing:
        return Reach(none_missing(found), "See who answered")
    return Reach(f"Missing so far: {gap_line(found)}.", "See who is missing")


router = Router(path="/", route_handlers=[dashboard, overview])
