"""Responses that an officer should look at: stored and counted as any other, and told so to nobody
who guesses what gave them away."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from app.audit import store as audit
from app.database import transaction
from responses.response import ANALYSED, WITHDRAWN
from responses.store.units import Writing
from responses.tables import MarkRow

HIDDEN_FIELD = "hidden_field"
MOST_LISTED = 50


class Mark(Struct, frozen=True):
    """Why somebody should look, and when somebody did."""

    reason: str
    looked_at: datetime | None


class MarkCounts(Struct, frozen=True):
    """Every response that was ever marked is in one of these: `to_look_at` is counted in every
    figure, `looked_at` was found genuine, `excluded` an officer set aside, `withdrawn` its author
    took back."""

    to_look_at: int = 0
    looked_at: int = 0
    excluded: int = 0
    withdrawn: int = 0

    @property
    def every(self) -> int:
        return self.to_look_at + self.looked_at + self.excluded + self.withdrawn


def marking(key: UUID, reason: str) -> Writing:
    """A mark as part of the unit that stores the response."""
    return MarkRow.insert(MarkRow(response=key, reason=reason))


async def mark_of(key: UUID) -> Mark | None:
    row = await MarkRow.select().where(MarkRow.response == key).first()
    return Mark(row["reason"], row["looked_at"]) if row else None


async def marked_responses(consultation_id: int) -> tuple[int, ...]:
    """The numbers of the first responses that nobody has looked at yet and that are still counted:
    as some are looked at, others come up."""
    of = MarkRow.response
    rows = (
        await MarkRow.select(of.id.as_alias("number"))
        .where(
            of.consultation == consultation_id,
            of.status == ANALYSED,
            MarkRow.looked_at.is_null(),
        )
        .order_by(of.id)
        .limit(MOST_LISTED)
    )
    return tuple(row["number"] for row in rows)


async def mark_counts(consultation_id: int) -> MarkCounts:
    of = MarkRow.response
    rows = await MarkRow.select(of.status.as_alias("status"), MarkRow.looked_at).where(
        of.consultation == consultation_id
    )
    kinds = Counter(_kind(row["status"], row["looked_at"]) for row in rows)
    return MarkCounts(**kinds)


def _kind(status: str, looked_at: datetime | None) -> str:
    if status == ANALYSED:
        return "looked_at" if looked_at else "to_look_at"
    return "withdrawn" if status == WITHDRAWN else "excluded"


async def note_look(key: UUID, response_id: int, *, by: str, now: datetime) -> None:
    """An officer found the response to be genuine. Again changes nothing."""
    async with transaction():
        looked = MarkRow.update({MarkRow.looked_at: now}).where(
            MarkRow.response == key, MarkRow.looked_at.is_null()
        )
        if await looked.returning(MarkRow.id):
            await audit.record("look-at-response", f"response:{response_id}", by=by)
