"""The history of a draft: every change, who made it and when, and what was taken back."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from app.auth.guards import may_manage
from app.templating import render
from surveys import store
from surveys.pages.editing.landing import EDIT
from surveys.pages.editing.news import News, news
from surveys.pages.requests import OfficerRequest
from surveys.store import Change

MOST = 500


class HistoryPage(Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    version: int
    changes: tuple[Change, ...]
    undo: Change | None
    redo: Change | None
    most: int
    news: News


@get(f"{EDIT}/history", guards=[may_manage], name="edit-history")
async def history_page(
    slug: FromPath[str], request: OfficerRequest, since: FromQuery[int | None] = None
) -> Response[str]:
    draft = await store.draft(slug)
    changes = await store.changes(draft.version.id, limit=MOST)
    back, again = await store.steps(draft, by=request.user.email)
    page = HistoryPage(
        slug=slug,
        title=draft.consultation.title,
        version=draft.version.number,
        changes=changes,
        undo=back,
        redo=again,
        most=MOST,
        news=news(draft, changes, since=since, reader=request.user.email),
    )
    return render(request, "surveys/edit/history.html", page)
