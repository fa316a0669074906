"""Officers' way in: every consultation with what it needs next, and one from question to report."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store as analysis
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


class OverviewPage(Struct, frozen=True):
    line: Line
    stages: tuple[Stage, ...]


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
    (standing,) = await standings([await surveys.consultation(slug)])
    page = OverviewPage(line=Line(standing, next_step(standing)), stages=stages(standing))
    return render(request, "app/pages/consultation.html", page)


router = Router(path="/", route_handlers=[dashboard, overview])
