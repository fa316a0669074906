"""Reading consultations, with their rounds as they stand at a moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from app import clock
from app.problems import Refusal
from app.speech import sentence
from surveys.consultation import About, Consultation, Document, Round, State, state_of
from surveys.tables import ConsultationRow, RoundRow


class NoSuchConsultation(Refusal):
    status: ClassVar[int] = 404
    title: ClassVar[str] = sentence("There is no such consultation")


async def consultation(slug: str, *, at: datetime | None = None) -> Consultation:
    """The consultation as it stands at this moment, or `at` another. Raises NoSuchConsultation."""
    return await _found(ConsultationRow.slug == slug, at or clock.now())


async def consultation_by_id(consultation_id: int) -> Consultation:
    """The same by its number, for what names its consultation so. Raises NoSuchConsultation."""
    return await _found(ConsultationRow.id == consultation_id, clock.now())


async def _found(which: Any, at: datetime) -> Consultation:
    found = await ConsultationRow.select().where(which).first()
    if found is None:
        raise NoSuchConsultation(sentence("Check the address, or look for it on the front page."))
    rounds = await RoundRow.select().where(RoundRow.consultation == found["id"])
    return _consultation(found, rounds, at)


async def consultations(*, at: datetime | None = None) -> tuple[Consultation, ...]:
    """All of them, the newest first."""
    rows = await ConsultationRow.select().order_by(ConsultationRow.id, ascending=False)
    rounds: dict[int, list[Mapping[str, Any]]] = {}
    for row in await RoundRow.select():
        rounds.setdefault(row["consultation"], []).append(row)
    now = at or clock.now()
    return tuple(_consultation(row, rounds.get(row["id"], []), now) for row in rows)


def _consultation(
    row: Mapping[str, Any], rounds: Iterable[Mapping[str, Any]], now: datetime
) -> Consultation:
    read = tuple(sorted(map(read_round, rounds), key=lambda each: each.number))
    reported = row["reported_at"] is not None
    return Consultation(
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        about=msgspec.json.decode(row["about"], type=About),
        state=state_of(read, now, reported=reported),
        caveat=row["caveat"],
        invented=row["invented"],
        threshold=row["threshold"],
        rounds=read,
        reported=reported,
    )


def read_round(row: Mapping[str, Any]) -> Round:
    return Round(
        id=row["id"],
        consultation_id=row["consultation"],
        number=row["number"],
        version_id=row["version"],
        state=State(row["state"]),
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
        asked_about=msgspec.json.decode(row["asked_about"], type=Document),
        pause_reason=row["pause_reason"],
    )
