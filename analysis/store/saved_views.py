"""Views of the results that officers named: saved, renamed and removed, for all of them."""

from datetime import datetime
from urllib.parse import parse_qsl

from msgspec import Struct
from msgspec.structs import replace
from multidict import MultiDict

from analysis.narrowing import Narrowing, narrowing
from analysis.store.groupings import Asks, asks_of
from analysis.tables import SavedViewRow
from app.audit import store as audit
from app.database import transaction
from app.problems import Refusal
from surveys.consultation import Consultation


class NoSuchView(Refusal):
    status = 404
    title = "There is no such saved view"


class ViewNameTaken(Refusal):
    title = "There is already a view with this name"


class SavedView(Struct, frozen=True):
    id: int
    name: str
    narrowing: Narrowing


async def saved_views(consultation_id: int) -> tuple[SavedView, ...]:
    """In the order of their names; their questions as the newest version calls them."""
    rows = (
        await SavedViewRow.select()
        .where(SavedViewRow.consultation == consultation_id)
        .order_by(SavedViewRow.known_as)
    )
    if not rows:
        return ()
    asks = await asks_of(consultation_id)
    return tuple(SavedView(row["id"], row["name"], _narrowing(row["query"], asks)) for row in rows)


def _narrowing(query: str, asks: Asks) -> Narrowing:
    saved = narrowing(MultiDict(parse_qsl(query)))
    where = ((asks.called_now(place), value) for place, value in saved.where)
    return replace(saved, where=tuple(where))


async def save_view(
    consultation: Consultation, name: str, view: Narrowing, *, by: str, now: datetime
) -> None:
    """Raises ViewNameTaken."""
    async with transaction():
        await _refuse_taken(consultation, name)
        await SavedViewRow.insert(
            SavedViewRow(
                consultation=consultation.id,
                name=name,
                known_as=_known_as(name),
                query=view.query(),
                saved_by=by,
                saved_at=now,
            )
        )
        await _record("save-view", consultation, by=by, name=name, filters=view.query())


async def rename_view(consultation: Consultation, view_id: int, name: str, *, by: str) -> None:
    """Raises NoSuchView and ViewNameTaken."""
    async with transaction():
        before = await _view(consultation.id, view_id)
        await _refuse_taken(consultation, name, but=view_id)
        await SavedViewRow.update(
            {SavedViewRow.name: name, SavedViewRow.known_as: _known_as(name)}
        ).where(SavedViewRow.id == view_id)
        await _record("rename-view", consultation, by=by, name=name, before=before.name)


async def remove_view(consultation: Consultation, view_id: int, *, by: str) -> None:
    """One that is gone already changes nothing."""
    async with transaction():
        removed = (
            await SavedViewRow.delete()
            .where(SavedViewRow.id == view_id, SavedViewRow.consultation == consultation.id)
            .returning(SavedViewRow.name)
        )
        for row in removed:
            await _record("remove-view", consultation, by=by, name=row["name"])


async def _view(consultation_id: int, view_id: int) -> SavedView:
    found = (each for each in await saved_views(consultation_id) if each.id == view_id)
    view = next(found, None)
    if view is None:
        raise NoSuchView("Somebody may have removed it. The views that there are stand below.")
    return view


async def _refuse_taken(consultation: Consultation, name: str, *, but: int = 0) -> None:
    for each in await saved_views(consultation.id):
        if each.id != but and _known_as(each.name) == _known_as(name):
            raise ViewNameTaken(f"There is already a view called “{each.name}”. Use another name.")


def _known_as(name: str) -> str:
    return " ".join(name.split()).casefold()


async def _record(action: str, consultation: Consultation, *, by: str, **detail: str) -> None:
    await audit.record(action, f"consultation:{consultation.slug}", by=by, detail=detail)
