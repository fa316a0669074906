"""Tables of the population and of registers: kept, changed and removed by officers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from analysis.reach.population import KeptTable, Line, ReachTable, Unit
from analysis.tables import ReachTableRow
from app.audit import store as audit
from app.database import transaction
from app.problems import Refusal
from surveys.consultation import Consultation


class NoSuchReachTable(Refusal):
    status = 404
    title = "There is no such table"


async def reach_tables(consultation_id: int) -> tuple[KeptTable, ...]:
    """In the order that they were given."""
    rows = (
        await ReachTableRow.select()
        .where(ReachTableRow.consultation == consultation_id)
        .order_by(ReachTableRow.id)
    )
    return tuple(_kept(row) for row in rows)


async def reach_table(consultation_id: int, table_id: int) -> KeptTable:
    """Raises NoSuchReachTable."""
    found = [each for each in await reach_tables(consultation_id) if each.id == table_id]
    if not found:
        raise NoSuchReachTable("It may have been removed. Choose one that is listed.")
    return found[0]


async def add_reach_table(
    consultation: Consultation, table: ReachTable, *, by: str, now: datetime
) -> KeptTable:
    async with transaction():
        row = ReachTableRow(consultation=consultation.id, **_columns(table, by=by, now=now))
        (inserted,) = await ReachTableRow.insert(row)
        added = KeptTable(inserted["id"], table)
        await audit.record("add-reach-table", _subject(consultation), by=by, detail=_detail(added))
    return added


async def change_reach_table(
    consultation: Consultation, table_id: int, table: ReachTable, *, by: str, now: datetime
) -> KeptTable:
    """Raises NoSuchReachTable."""
    async with transaction():
        before = await reach_table(consultation.id, table_id)
        after = KeptTable(table_id, table)
        if after == before:
            return before
        changed = ReachTableRow.update(_columns(table, by=by, now=now))
        await changed.where(ReachTableRow.id == table_id)
        detail = {"before": _detail(before), "after": _detail(after)}
        await audit.record("change-reach-table", _subject(consultation), by=by, detail=detail)
    return after


async def remove_reach_table(consultation: Consultation, table_id: int, *, by: str) -> None:
    """Raises NoSuchReachTable."""
    async with transaction():
        gone = await reach_table(consultation.id, table_id)
        await ReachTableRow.delete().where(ReachTableRow.id == table_id)
        await audit.record(
            "remove-reach-table", _subject(consultation), by=by, detail=_detail(gone)
        )


def _columns(table: ReachTable, *, by: str, now: datetime) -> dict[Any, Any]:
    return {
        "place": table.place,
        "unit": table.unit.value,
        "source": table.source,
        "taken_on": table.on,
        "address": table.address,
        "lines": msgspec.json.encode(table.lines).decode(),
        "kept_by": by,
        "kept_at": now,
    }


def _kept(row: Mapping[str, Any]) -> KeptTable:
    lines = msgspec.json.decode(row["lines"], type=tuple[Line, ...])
    table = ReachTable(
        row["place"], Unit(row["unit"]), row["source"], row["taken_on"], row["address"], lines
    )
    return KeptTable(row["id"], table)


def _detail(kept: KeptTable) -> dict[str, object]:
    return {"id": kept.id, **msgspec.to_builtins(kept.table)}


def _subject(consultation: Consultation) -> str:
    return f"consultation:{consultation.slug}"
