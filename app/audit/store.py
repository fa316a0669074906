"""Writing and reading the audit."""

from collections.abc import Mapping
from typing import Any

from app.audit.chain import Entry, canonical, entry_hash, first_break
from app.audit.tables import AuditRow
from app.clock import now

BATCH = 1000


async def record(
    action: str, subject: str, *, by: str, detail: Mapping[str, object] | None = None
) -> None:
    """Adds an entry in the transaction that is under way, so that it stands or falls with it.

    Transactions take turns on both databases, so no two entries follow the same one. `detail`
    never holds answers, contact details or secrets.
    """
    if not AuditRow._meta.db.transaction_exists():
        raise RuntimeError("An audit entry belongs in the transaction of the change it records")
    last = await latest()
    unsealed = Entry(
        number=last.number + 1 if last else 1,
        at=now(),
        by=by,
        action=action,
        subject=subject,
        detail=canonical(detail or {}),
        previous=last.hash if last else "",
    )
    await AuditRow.insert(_row(unsealed))


async def latest() -> Entry | None:
    found = await entries(limit=1)
    return found[0] if found else None


async def entries(*, below: int | None = None, limit: int) -> tuple[Entry, ...]:
    """The newest entries first; with `below`, those numbered under it."""
    query = AuditRow.select().order_by(AuditRow.number, ascending=False).limit(limit)
    if below is not None:
        query = query.where(AuditRow.number < below)
    return tuple(_entry(row) for row in await query)


async def entries_since(known: Entry | None) -> tuple[Entry, ...] | None:
    """Those that follow the entry, the oldest first; all with None. None where they are too many,
    or where the entry is not here: another audit has taken the place of the one it was of."""
    query = AuditRow.select().order_by(AuditRow.number).limit(BATCH)
    found = [
        _entry(row) for row in await query.where(AuditRow.number >= (known.number if known else 0))
    ]
    if len(found) == BATCH or (known and (not found or found[0].hash != known.hash)):
        return None
    return tuple(found[1:] if known else found)


async def verify() -> Entry | None:
    """The first broken entry of the whole chain, or None when it holds.

    Entries missing at the very end leave no trace in the chain itself: compare the last entry's
    number and hash with a copy kept elsewhere, such as a backup.
    """
    before = None
    while batch := await _following(before):
        broken = first_break(batch, before=before)
        if broken:
            return broken
        before = batch[-1]
    return None


async def _following(before: Entry | None) -> tuple[Entry, ...]:
    query = AuditRow.select().order_by(AuditRow.number).limit(BATCH)
    rows = await query.where(AuditRow.number > (before.number if before else 0))
    return tuple(_entry(row) for row in rows)


def _row(unsealed: Entry) -> AuditRow:
    return AuditRow(
        number=unsealed.number,
        at=unsealed.at,
        by=unsealed.by,
        action=unsealed.action,
        subject=unsealed.subject,
        detail=unsealed.detail,
        previous=unsealed.previous,
        hash=entry_hash(unsealed),
    )


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(**{field: row[field] for field in Entry.__struct_fields__})
