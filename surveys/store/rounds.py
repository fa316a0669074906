"""Planning, scheduling, opening, pausing and closing rounds; each is audited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from app.audit.store import record
from app.database import transaction
from app.problems import Refusal
from surveys.consultation import Consultation, Document, Round, State
from surveys.store.overriding import Overriding
from surveys.store.reading import consultation, read_round
from surveys.store.versioning import NoSuchVersion, freeze, version
from surveys.tables import QuestionnaireVersionRow, RoundRow

NO_REASONS: Mapping[str, str] = {}


class RoundAlreadyOpen(Refusal):
    title: ClassVar[str] = "A round is open already"


class RoundNotOpen(Refusal):
    title: ClassVar[str] = "No round is open"


class ClosesBeforeItOpens(Refusal):
    status: ClassVar[int] = 422
    title: ClassVar[str] = "The closing date has passed"


class RoundNotScheduled(Refusal):
    title: ClassVar[str] = "No round is due to open"


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
    slug: str,
    *,
    by: str,
    now: datetime,
    closes_at: datetime | None = None,
    reasons: Mapping[str, str] = NO_REASONS,
    insist: bool = False,
) -> Round:
    """Open the round whose turn it is: a paused one again, else the first draft, else a new round
    on the newest version. Freezes its version. What the opening checks find is recorded with its
    reason, by code; to `insist` refuses one that has none. Raises RoundAlreadyOpen,
    ClosesBeforeItOpens, NothingToAsk and ReasonsMissing."""
    async with transaction():
        found = await consultation(slug, at=now)
        if current := found.open_round(now):
            raise RoundAlreadyOpen(f"Close or pause round {current.number} first.")
        asked = _whose_turn(found, now) or await _next_round(found, by=by)
        opens = asked.opens_at if asked.opens_at and asked.opens_at <= now else now
        opened = _to_open(asked, opens, closes_at or asked.closes_at, now)
        overriding = Overriding(reasons, by=by, now=now, insist=insist)
        return await _open(found, opened, "open-round", overriding)


async def schedule_round(
    slug: str,
    *,
    opens_at: datetime,
    by: str,
    now: datetime,
    closes_at: datetime | None = None,
    reasons: Mapping[str, str] = NO_REASONS,
    insist: bool = False,
) -> Round:
    """Have the first draft, else a new round on the newest version, open by itself at `opens_at`.
    Its version freezes now, since nobody looks at it again before it opens. Checks as in
    `open_round`; raises RoundAlreadyOpen where another would be open then, ClosesBeforeItOpens,
    NothingToAsk and ReasonsMissing."""
    async with transaction():
        found = await consultation(slug, at=now)
        drafts = (each for each in found.rounds if each.standing(now) is State.DRAFT)
        asked = next(drafts, None) or await _next_round(found, by=by)
        opened = _to_open(asked, max(opens_at, now), closes_at or asked.closes_at, now)
        overriding = Overriding(reasons, by=by, now=now, insist=insist)
        return await _open(found, opened, "schedule-round", overriding)


async def call_off_round(slug: str, *, by: str, now: datetime) -> Round:
    """A round that was to open by itself waits for an officer again, and may be given another day.
    Raises RoundNotScheduled."""
    async with transaction():
        found = await consultation(slug, at=now)
        waiting = next((each for each in found.rounds if each.is_scheduled(now)), None)
        if waiting is None:
            raise RoundNotScheduled("It may have opened meanwhile, or been called off.")
        called_off = msgspec.structs.replace(waiting, state=State.DRAFT)
        return await _change_round(found, called_off, "call-off-round", by=by)


def _to_open(asked: Round, opens: datetime, closes: datetime | None, now: datetime) -> Round:
    if closes is not None and closes <= max(opens, now):
        raise ClosesBeforeItOpens("Give a closing date that is still to come.")
    return msgspec.structs.replace(
        asked, state=State.OPEN, opens_at=opens, closes_at=closes, pause_reason=""
    )


async def _open(found: Consultation, opened: Round, action: str, overriding: Overriding) -> Round:
    for other in found.rounds:
        if other.id != opened.id and other.would_overlap(opened, overriding.now):
            raise RoundAlreadyOpen(
                f"Round {other.number} is open or due to open in that time. Close it, call it off, "
                "or choose other dates."
            )
    codes = await overriding.record(found, opened)
    await freeze(opened.version_id, overriding.now)
    return await _change_round(found, opened, action, by=overriding.by, overridden=codes)


async def round_to_open(found: Consultation, now: datetime) -> Round:
    """What opening would open, as it stands. Where that is a round yet to be made, its id is 0."""
    if asked := _whose_turn(found, now):
        return asked
    number = 1 + max((each.number for each in found.rounds), default=0)
    version_id = await _newest_version(found)
    return Round(0, found.id, number, version_id, State.DRAFT, None, None, Document(title=""))


def _whose_turn(found: Consultation, now: datetime) -> Round | None:
    for state in (State.PAUSED, State.DRAFT):
        for each in found.rounds:
            if each.standing(now) is state:
                return each
    return None


async def _next_round(found: Consultation, *, by: str) -> Round:
    newest = await _newest_version(found)
    return await _add_round(found, newest, None, None, Document(title=""), by=by)


async def _newest_version(found: Consultation) -> int:
    table = QuestionnaireVersionRow
    query = table.select(table.id).where(table.consultation == found.id)
    newest = await query.order_by(table.number, ascending=False).first()
    if newest is None:
        raise NoSuchVersion("Add a questionnaire first.")
    return int(newest["id"])


async def _change_round(
    found: Consultation,
    changed: Round,
    action: str,
    *,
    by: str,
    overridden: tuple[str, ...] = (),
) -> Round:
    await RoundRow.update(
        {
            RoundRow.state: changed.state.value,
            RoundRow.opens_at: changed.opens_at,
            RoundRow.closes_at: changed.closes_at,
            RoundRow.pause_reason: changed.pause_reason,
        }
    ).where(RoundRow.id == changed.id)
    closes = changed.closes_at.isoformat() if changed.closes_at else None
    detail: dict[str, object] = {
        "round": changed.number,
        "closes_at": closes,
        "reason": changed.pause_reason,
    }
    if overridden:
        detail["overridden"] = list(overridden)
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
