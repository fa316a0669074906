"""Outcomes and commitments on record."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from app.audit.store import record
from app.database import transaction
from publications.commitments import Commitment, Promise
from publications.outcomes import Kind, Outcome
from publications.tables import CommitmentRow, OutcomeRow
from surveys.consultation import Consultation

_TEXTS = ("asked", "statement", "reason", "document", "section", "before", "after", "instead")


async def outcomes(consultation_id: int) -> dict[int, Outcome]:
    """Every outcome of the consultation, by theme id."""
    rows = await OutcomeRow.select().where(OutcomeRow.consultation == consultation_id)
    return {row["theme"]: _outcome(row) for row in rows}


async def outcomes_ready(theme_ids: Iterable[int]) -> dict[int, Outcome]:
    """The outcomes of these themes that respondents may see, by theme id."""
    wanted = list(theme_ids)
    if not wanted:
        return {}
    ready = OutcomeRow.ready.eq(True)
    rows = await OutcomeRow.select().where(OutcomeRow.theme.is_in(wanted)).where(ready)
    return {row["theme"]: _outcome(row) for row in rows}


async def record_outcome(
    consultation: Consultation,
    outcome: Outcome,
    *,
    by: str,
    now: datetime,
    promise: Promise | None = None,
) -> None:
    """Put the outcome in the place of the theme's earlier one, with a first promise if given."""
    values = {
        "kind": outcome.kind.value,
        "ready": outcome.ready,
        "recorded_by": by,
        "recorded_at": now,
        **{name: getattr(outcome, name) for name in _TEXTS},
    }
    async with transaction():
        found = OutcomeRow.theme == outcome.theme_id
        if await OutcomeRow.exists().where(found):
            await OutcomeRow.update(**values).where(found)
        else:
            await OutcomeRow.insert(
                OutcomeRow(consultation=consultation.id, theme=outcome.theme_id, **values)
            )
        if promise is not None:
            await add_commitment(consultation, promise, by=by)
        await record(
            "record-outcome",
            f"consultation:{consultation.slug}",
            by=by,
            detail={"theme": outcome.theme_id, "kind": outcome.kind.value, "ready": outcome.ready},
        )


def _outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(
        theme_id=row["theme"],
        kind=Kind(row["kind"]),
        ready=row["ready"],
        **{name: row[name] for name in _TEXTS},
    )


async def commitments(consultation_id: int) -> tuple[Commitment, ...]:
    """Every commitment of the consultation, the earliest due first."""
    rows = (
        await CommitmentRow.select()
        .where(CommitmentRow.consultation == consultation_id)
        .order_by(CommitmentRow.due_on)
        .order_by(CommitmentRow.id)
    )
    return tuple(_commitment(row) for row in rows)


async def add_commitment(
    consultation: Consultation, promise: Promise, *, by: str, kept_on: date | None = None
) -> int:
    """Put a promise on record; the id of its row."""
    async with transaction():
        row = CommitmentRow(consultation=consultation.id, kept_on=kept_on, **_columns(promise))
        await row.save()
        await _audit("add-commitment", consultation, row.id, by=by)
    return int(row.id)


async def change_commitment(
    consultation: Consultation, commitment_id: int, promise: Promise, *, by: str
) -> None:
    """Put other words, dates or people in the promise; whether it was kept stays as it is."""
    async with transaction():
        await CommitmentRow.update(**_columns(promise)).where(_is(consultation, commitment_id))
        await _audit("change-commitment", consultation, commitment_id, by=by)


async def mark_kept(
    consultation: Consultation, commitment_id: int, *, kept_on: date | None, progress: str, by: str
) -> None:
    """Record the day a promise was kept, or with None that it is not kept after all."""
    async with transaction():
        await CommitmentRow.update({"kept_on": kept_on, "progress": progress}).where(
            _is(consultation, commitment_id)
        )
        action = "keep-commitment" if kept_on else "unkeep-commitment"
        await _audit(action, consultation, commitment_id, by=by)


def _is(consultation: Consultation, commitment_id: int) -> Any:
    return (CommitmentRow.id == commitment_id) & (CommitmentRow.consultation == consultation.id)


def _columns(promise: Promise) -> dict[str, Any]:
    return {
        "theme": promise.theme_id,
        "promise": promise.promise,
        "owner": promise.owner,
        "forum": promise.forum,
        "due_on": promise.due_on,
        "progress": promise.progress,
    }


def _commitment(row: dict[str, Any]) -> Commitment:
    return Commitment(
        id=row["id"],
        theme_id=row["theme"],
        promise=row["promise"],
        owner=row["owner"],
        forum=row["forum"],
        due_on=row["due_on"],
        kept_on=row["kept_on"],
        progress=row["progress"],
    )


async def _audit(action: str, consultation: Consultation, commitment_id: int, *, by: str) -> None:
    subject = f"consultation:{consultation.slug}"
    await record(action, subject, by=by, detail={"commitment": commitment_id})
