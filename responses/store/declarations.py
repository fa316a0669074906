"""What responses say of the organisations that sent them, and apart from it who signed."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from responses.organisation import Asked, Declaration, Declared, Represented, Signatory
from responses.response import ANALYSED
from responses.store.units import Writing
from responses.tables import DeclarationRow, SignatoryRow


def declaring(
    key: UUID, consultation_id: int, declared: Declared, people: Iterable[Signatory]
) -> tuple[Writing, ...]:
    """A response's declaration and who signed it, as part of the unit that stores it."""
    declaration = declared.declaration
    row = DeclarationRow(
        response=key,
        consultation=consultation_id,
        organisation=declared.organisation,
        represented=(declaration.represented or Represented.OTHER).value,
        other=declaration.other,
        number=declaration.number,
        asked=msgspec.json.encode(declaration.asked).decode(),
        more=declaration.more,
        to_agree=declared.to_agree,
        agreed=declared.agreed,
        because=declared.because,
    )
    signing = (
        SignatoryRow.insert(
            SignatoryRow(response=key, name=each.name, post=each.post, sent=each.sent, at=each.at)
        )
        for each in people
    )
    return (DeclarationRow.insert(row), *signing)


async def declaration_of(key: UUID) -> Declared | None:
    """What the response with this key says of its organisation; None of one person's own."""
    row = await DeclarationRow.select().where(DeclarationRow.response == key).first()
    return _declared(row) if row else None


async def declarations(consultation_id: int) -> dict[int, Declared]:
    """The declarations of the analysed responses, by the response's number."""
    of = DeclarationRow.response
    rows = (
        await DeclarationRow.select(*DeclarationRow.all_columns(), of.id.as_alias("response_id"))
        .where(DeclarationRow.consultation == consultation_id, of.status == ANALYSED)
        .order_by(of.id)
    )
    return {row["response_id"]: _declared(row) for row in rows}


async def declared_ids(consultation_id: int) -> frozenset[int]:
    """The numbers of the analysed responses that were sent for an organisation."""
    of = DeclarationRow.response
    rows = await DeclarationRow.select(of.id.as_alias("response_id")).where(
        DeclarationRow.consultation == consultation_id, of.status == ANALYSED
    )
    return frozenset(row["response_id"] for row in rows)


async def signatories(key: UUID) -> tuple[Signatory, ...]:
    """Who agreed to the response and who sent it; nobody once their names were cleared."""
    rows = await SignatoryRow.select().where(SignatoryRow.response == key).order_by(SignatoryRow.id)
    return tuple(Signatory(row["name"], row["post"], bool(row["sent"]), row["at"]) for row in rows)


def unsigning(key: UUID) -> Writing:
    """Deletes the names; the declaration, which holds none, stays."""
    return SignatoryRow.delete().where(SignatoryRow.response == key)


def _declared(row: dict[str, object]) -> Declared:
    return Declared(
        organisation=str(row["organisation"]),
        declaration=Declaration(
            represented=Represented(str(row["represented"])),
            other=str(row["other"]),
            number=row["number"] if isinstance(row["number"], int) else None,
            asked=msgspec.json.decode(str(row["asked"]), type=tuple[Asked, ...]),
            more=str(row["more"]),
        ),
        to_agree=int(str(row["to_agree"])),
        agreed=int(str(row["agreed"])),
        because=str(row["because"]),
    )
