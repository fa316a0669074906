"""Planning, opening, pausing and closing rounds; each is audited."""

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from app.audit.store import record
from app.database import transaction
from app.problems import Refusal
from surveys.consultation import Consultation, Document, Round, State
from surveys.store.reading import consultation, read_round
from surveys.store.versioning import NoSuchVersion, freeze, version
from surveys.tables import QuestionnaireVersionRow, RoundRow


class RoundAlreadyOpen(Refusal):
    title: ClassVar[str] = "A round is open already"


class RoundNotOpen(Refusal):
    title: ClassVar[str] = "No round is open"


class ClosesBeforeItOpens(Refusal):
    status: ClassVar[int] = 422
    title: ClassVar[str] = "The closing date has passed"


class PauseWithoutReason(Refusal):
    status: ClassVar[int] = 422
    title: ClassVar[str] = "A pause needs a reason"


async def add_round(
    slug: str,
    *,
    version_id: int,
    opens_at: datetime | None,
    closes_at: datetime | None,
    asked_about: Document,
    by: str,
    now: datetime,
) -> Round:
    """The next round, as a draft that `open_round` opens. The dates are what is planned."""
    async with transaction():
        found = await consultation(slug, at=now)
        asked = await version(version_id)
        if asked.consultation_id != found.id:
            raise NoSuchVersion("Choose a version of this consultation.")
        return await _add_round(found, version_id, opens_at, closes_at, asked_about, by=by)


async def _add_round(
    found: Consultation,
    version_id: int,
    opens_at: datetime | None,
    closes_at: datetime | None,
    asked_about: Document,
    *,
    by: str,
) -> Round:
    number = 1 + max((each.number for each in found.rounds), default=0)
    row: dict[str, Any] = {
        "consultation": found.id,
        "number": number,
        "version": version_id,
        "state": State.DRAFT.value,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "asked_about": msgspec.json.encode(asked_about).decode(),
        "pause_reason": "",
    }
    inserted = await RoundRow.insert(RoundRow(**row))
    await record("add-round", f"consultation:{found.slug}", by=by, detail={"round": number})
    return read_round({**row, "id": inserted[0]["id"]})


async def open_round(
    slug: str, *, by: str, now: datetime, closes_at: datetime | None = None
) -> Round:
    """Open the round whose turn it is: a paused one again, else the first draft, else a new round
    on the newest version. Freezes its version. Raises RoundAlreadyOpen, ClosesBeforeItOpens."""
    async with transaction():
        found = await consultation(slug, at=now)
        if current := found.open_round(now):
            raise RoundAlreadyOpen(f"Close or pause round {current.number} first.")
        asked = _whose_turn(found, now) or await _next_round(found, by=by)
        closes = closes_at or asked.closes_at
        if closes is not None and closes <= now:
            raise ClosesBeforeItOpens("Give a closing date that is still to come.")
        opens = asked.opens_at if asked.opens_at and asked.opens_at <= now else now
        opened = msgspec.structs.replace(
            asked, state=State.OPEN, opens_at=opens, closes_at=closes, pause_reason=""
        )
        await freeze(asked.version_id, now)
        return await _change_round(found, opened, "open-round", by=by)


def _whose_turn(found: Consultation, now: datetime) -> Round | None:
    for state in (State.PAUSED, State.DRAFT):
        for each in found.rounds:
            if each.standing(now) is state:
                return each
    return None


async def _next_round(found: Consultation, *, by: str) -> Round:
    table = QuestionnaireVersionRow
    query = table.select(table.id).where(table.consultation == found.id)
    newest = await query.order_by(table.number, ascending=False).first()
    if newest is None:
        raise NoSuchVersion("Add a questionnaire first.")
    return await _add_round(found, newest["id"], None, None, Document(title=""), by=by)


async def _change_round(found: Consultation, changed: Round, action: str, *, by: str) -> Round:
    await RoundRow.update(
        {
            RoundRow.state: changed.state.value,
            RoundRow.opens_at: changed.opens_at,
            RoundRow.closes_at: changed.closes_at,
            RoundRow.pause_reason: changed.pause_reason,
        }
    ).where(RoundRow.id == changed.id)
    closes = changed.closes_at.isoformat() if changed.closes_at else None
    detail = {"round": changed.number, "closes_at": closes, "reason": changed.pause_reason}
    await record(action, f"consultation:{found.slug}", by=by, detail=detail)
    return changed


async def pause_round(slug: str, *, reason: str, by: str, now: datetime) -> Round:
    """Stop taking answers for a while; the public sees the reason. Raises RoundNotOpen and
    PauseWithoutReason."""
    if not reason.strip():
        raise PauseWithoutReason("Say why, in words that everyone may read.")
    async with transaction():
        found = await consultation(slug, at=now)
        current = found.open_round(now)
        if current is None:
            raise RoundNotOpen("Only an open round can be paused.")
        paused = msgspec.structs.replace(current, state=State.PAUSED, pause_reason=reason.strip())
        return await _change_round(found, paused, "pause-round", by=by)


async def close_round(slug: str, *, by: str, now: datetime) -> Round:
    """Close the open or paused round now; a pause's reason stays. Raises RoundNotOpen."""
    async with transaction():
        found = await consultation(slug, at=now)
        standing = (State.OPEN, State.PAUSED)
        current = next((each for each in found.rounds if each.standing(now) in standing), None)
        if current is None:
            raise RoundNotOpen("There is nothing to close: every round is closed or a draft.")
        closed = msgspec.structs.replace(current, state=State.CLOSED, closes_at=now)
        return await _change_round(found, closed, "close-round", by=by)
