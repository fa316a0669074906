"""The ledger and what stands in it beside responses: events and petitions."""

from datetime import date

from msgspec import Struct
from piccolo.query.functions.aggregate import Count

from app.audit import store as audit
from app.database import transaction
from responses.ledger import Entry, Event, Ledger, Petition, balance
from responses.response import Channel
from responses.tables import EventRow, PetitionRow, ResponseRow
from surveys.consultation import Consultation


class StoredEvent(Struct, frozen=True):
    id: int
    event: Event
    held_on: date | None


class StoredPetition(Struct, frozen=True):
    id: int
    petition: Petition


async def ledger(consultation_id: int) -> Ledger:
    """The balanced sheet of one consultation."""
    return balance(
        await ledger_entries(consultation_id),
        events=tuple(stored.event for stored in await events(consultation_id)),
        petitions=tuple(stored.petition for stored in await petitions(consultation_id)),
    )


async def ledger_entries(consultation_id: int) -> tuple[Entry, ...]:
    """What the sheet is made of."""
    rows = (
        await ResponseRow.select(
            ResponseRow.round_number, ResponseRow.channel, ResponseRow.status, Count()
        )
        .where(ResponseRow.consultation == consultation_id)
        .group_by(ResponseRow.round_number, ResponseRow.channel, ResponseRow.status)
    )
    return tuple(
        Entry(row["round_number"], Channel(row["channel"]), row["status"], row["count"])
        for row in rows
    )


async def events(consultation_id: int) -> tuple[StoredEvent, ...]:
    rows = (
        await EventRow.select()
        .where(EventRow.consultation == consultation_id)
        .order_by(EventRow.id)
    )
    return tuple(
        StoredEvent(
            row["id"], Event(row["name"], row["attendees"], row["organisations"]), row["held_on"]
        )
        for row in rows
    )


async def petitions(consultation_id: int) -> tuple[StoredPetition, ...]:
    rows = (
        await PetitionRow.select()
        .where(PetitionRow.consultation == consultation_id)
        .order_by(PetitionRow.id)
    )
    return tuple(
        StoredPetition(row["id"], Petition(row["name"], row["signatures"])) for row in rows
    )


async def add_event(
    consultation: Consultation, event: Event, *, held_on: date | None = None, by: str
) -> None:
    async with transaction():
        await EventRow.insert(
            EventRow(
                consultation=consultation.id,
                name=event.name,
                held_on=held_on,
                attendees=event.attendees,
                organisations=event.organisations,
            )
        )
        await _record("add-event", consultation, by=by, name=event.name)


async def remove_event(consultation: Consultation, event_id: int, *, by: str) -> None:
    """Take an event off the ledger; one that is gone already changes nothing."""
    async with transaction():
        removed = (
            await EventRow.delete()
            .where(EventRow.id == event_id, EventRow.consultation == consultation.id)
            .returning(EventRow.name)
        )
        for row in removed:
            await _record("remove-event", consultation, by=by, name=row["name"])


async def add_petition(consultation: Consultation, petition: Petition, *, by: str) -> None:
    async with transaction():
        await PetitionRow.insert(
            PetitionRow(
                consultation=consultation.id, name=petition.name, signatures=petition.signatures
            )
        )
        await _record("add-petition", consultation, by=by, name=petition.name)


async def remove_petition(consultation: Consultation, petition_id: int, *, by: str) -> None:
    """Take a petition off the ledger; one that is gone already changes nothing."""
    async with transaction():
        removed = (
            await PetitionRow.delete()
            .where(PetitionRow.id == petition_id, PetitionRow.consultation == consultation.id)
            .returning(PetitionRow.name)
        )
        for row in removed:
            await _record("remove-petition", consultation, by=by, name=row["name"])


async def _record(action: str, consultation: Consultation, *, by: str, name: str) -> None:
    await audit.record(action, f"consultation:{consultation.slug}", by=by, detail={"name": name})
