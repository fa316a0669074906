"""Whom the limits held up, and what became of them: counted, so that officers see it all."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import Struct
from piccolo.query.functions.aggregate import Count

from app.database import transaction, write_together
from responses.store.drafts import Draft
from responses.store.units import Writing
from responses.tables import DraftHoldRow, HeldUpRow


class HeldUp(StrEnum):
    """`sending` counts drafts, once each; the others every time that somebody was told to wait."""

    SENDING = "sending"
    BEGINNING = "beginning"
    API = "api"


class Passed(StrEnum):
    """By which a draft that was held up was sent all the same."""

    WORK = "work"
    WAIT = "wait"


class HeldCounts(Struct, frozen=True):
    """`drafts` were asked to wait or to let the browser work. Of those, some were sent `by_work`,
    `by_wait`, or `later`, when there was no crowd any more; `unsent` are kept still, and the rest
    was deleted with what was never sent."""

    drafts: int = 0
    by_work: int = 0
    by_wait: int = 0
    later: int = 0
    unsent: int = 0
    beginnings: int = 0
    api: int = 0

    @property
    def sent(self) -> int:
        return self.by_work + self.by_wait + self.later

    @property
    def never_sent(self) -> int:
        """Deleted when nobody could send them any more. A count that is read while drafts are
        written may be behind for a moment."""
        return max(self.drafts - self.sent - self.unsent, 0)


async def hold(draft: Draft, consultation_id: int, until: datetime) -> datetime:
    """From when the draft may be sent, whatever else happens; asked again, it stays the same."""
    async with transaction():
        row = DraftHoldRow(draft=draft.key, until=until)
        kept = await DraftHoldRow.insert(row).on_conflict(
            target=DraftHoldRow.draft, action="DO NOTHING"
        )
        if kept:
            await _one_more(consultation_id, HeldUp.SENDING)
    return await held_until(draft) or until


async def held_until(draft: Draft) -> datetime | None:
    row = await DraftHoldRow.select(DraftHoldRow.until).where(DraftHoldRow.draft == draft.key)
    return row[0]["until"] if row else None


def passing(key: UUID, how: Passed) -> Writing:
    """Part of the unit that sends the draft."""
    return DraftHoldRow.update({DraftHoldRow.passed: how.value}).where(DraftHoldRow.draft == key)


async def count_held_up(consultation_id: int, what: HeldUp) -> None:
    await write_together(_one_more(consultation_id, what))


def _one_more(consultation_id: int, what: HeldUp) -> Writing:
    return HeldUpRow.raw(
        "INSERT INTO held_up (consultation, what, times) VALUES ({}, {}, 1)"
        " ON CONFLICT (consultation, what) DO UPDATE SET times = held_up.times + 1",
        consultation_id,
        what.value,
    )


async def held_counts(consultation_id: int) -> HeldCounts:
    rows = await HeldUpRow.select().where(HeldUpRow.consultation == consultation_id)
    times = {row["what"]: row["times"] for row in rows}
    of: Any = DraftHoldRow.draft
    sent = of.submitted_at.is_not_null()
    by = DraftHoldRow.passed
    here = of.round.consultation == consultation_id
    ways = await DraftHoldRow.select(by, Count()).where(here, sent).group_by(by)
    how = {row["passed"]: row["count"] for row in ways}
    unsent = await DraftHoldRow.count().where(here, of.submitted_at.is_null())
    return HeldCounts(
        drafts=times.get(HeldUp.SENDING, 0),
        by_work=how.get(Passed.WORK, 0),
        by_wait=how.get(Passed.WAIT, 0),
        later=how.get("", 0),
        unsent=unsent,
        beginnings=times.get(HeldUp.BEGINNING, 0),
        api=times.get(HeldUp.API, 0),
    )
