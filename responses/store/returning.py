"""Coming back to a draft: its code and link, the address that the link was sent to, and the end of
both. An address is kept apart, for this alone, and goes before anything else does."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from app.database import AlreadyThere, transaction, write_together
from app.mail.store import call_back, queue_mail
from app.settings import settings
from responses.letters import Letter
from responses.return_code import hashed, return_code, return_link
from responses.store.drafts import Draft, draft_of
from responses.store.units import Writing
from responses.tables import (
    DraftAddressRow,
    DraftReturnRow,
    DraftRow,
    MemberRow,
    OrganisationRow,
    SectionRow,
)

MOST_LETTERS = 5
ATTEMPTS = 5


class Return(Struct, frozen=True):
    """How to come back to a draft: the code for people, the last part of the link's address."""

    code: str
    link: str


class Address(Struct, frozen=True):
    """Where the link of a draft went; `letters` counts what was sent there."""

    email: str
    remind: bool
    letters: int


async def return_of(draft: Draft) -> Return | None:
    """How to come back to this draft; None before it was asked for."""
    row = await DraftReturnRow.select().where(DraftReturnRow.draft == draft.key).first()
    return _return(draft.key, row["attempt"]) if row else None


async def make_return(draft: Draft, *, now: datetime) -> Return:
    """A code and a link for the draft, the same however often they are asked for."""
    for attempt in range(ATTEMPTS):
        if known := await return_of(draft):
            return known
        try:
            await _keep_return(draft, attempt, now=now)
        except AlreadyThere:
            # Another draft has this code, or this one got it at the same moment.
            continue
    raise AlreadyThere("draft_return")


async def _keep_return(draft: Draft, attempt: int, *, now: datetime) -> None:
    secret, made = settings().secret_key, _return(draft.key, attempt)
    row = DraftReturnRow(
        draft=draft.key,
        attempt=attempt,
        code_hash=hashed(secret, made.code),
        link_hash=hashed(secret, made.link),
        made_at=now,
    )
    await write_together(
        DraftReturnRow.insert(row),
        DraftRow.update({DraftRow.later: True}).where(DraftRow.response_key == draft.key),
    )


async def draft_by_code(code: str) -> Draft | None:
    """The draft that this code, in its normal form, leads back to."""
    return await _draft_where(DraftReturnRow.code_hash == hashed(settings().secret_key, code))


async def draft_by_link(link: str) -> Draft | None:
    return await _draft_where(DraftReturnRow.link_hash == hashed(settings().secret_key, link))


async def _draft_where(which: Any) -> Draft | None:
    row = await DraftReturnRow.select(DraftReturnRow.draft).where(which).first()
    return await draft_of(row["draft"]) if row else None


async def address_of(draft: Draft) -> Address | None:
    row = await DraftAddressRow.select().where(DraftAddressRow.draft == draft.key).first()
    if row is None:
        return None
    return Address(row["email"], bool(row["remind"]), len(_letters(row)))


async def send_link(
    draft: Draft, email: str, letter: Letter, *, remind: bool, language: str
) -> bool:
    """Queues the letter with the link and keeps the address with it. False, and nothing is done,
    where this draft has had as many letters as one may have."""
    async with transaction():
        row = await DraftAddressRow.select().where(DraftAddressRow.draft == draft.key).first()
        earlier = _letters(row) if row else []
        if len(earlier) >= MOST_LETTERS:
            return False
        sent = await queue_mail(email, letter.subject, letter.text, html=letter.html)
        kept: dict[Any, Any] = {
            DraftAddressRow.email: email,
            DraftAddressRow.language: language,
            DraftAddressRow.remind: remind,
            DraftAddressRow.letters: _listed([*earlier, sent]),
        }
        if row:
            await DraftAddressRow.update(kept).where(DraftAddressRow.draft == draft.key)
        else:
            values = {column._meta.name: value for column, value in kept.items()}
            await DraftAddressRow.insert(DraftAddressRow(draft=draft.key, **values))
    return True


async def claim_reminder(key: UUID, letter: Letter, *, now: datetime) -> bool:
    """Queues the one reminder of a draft, however many processes try."""
    async with transaction():
        claim = DraftAddressRow.update({DraftAddressRow.reminded_at: now}).where(
            DraftAddressRow.draft == key, DraftAddressRow.reminded_at.is_null()
        )
        claimed = await claim.returning(DraftAddressRow.email, DraftAddressRow.letters)
        if not claimed:
            return False
        email = claimed[0]["email"]
        sent = await queue_mail(email, letter.subject, letter.text, html=letter.html)
        listed = _listed([*_letters(claimed[0]), sent])
        await DraftAddressRow.update({DraftAddressRow.letters: listed}).where(
            DraftAddressRow.draft == key
        )
    return True


async def forget_return(keys: Iterable[UUID], *, now: datetime) -> None:
    """Forgets the addresses of these drafts first, with every letter that still waits to go there,
    then the people of organisations, then codes and links."""
    keys = list(keys)
    if not keys:
        return
    async with transaction():
        rows = await DraftAddressRow.select().where(DraftAddressRow.draft.is_in(keys))
        await call_back([each for row in rows for each in _letters(row)], at=now)
        await DraftAddressRow.delete().where(DraftAddressRow.draft.is_in(keys))
        for writing in forgetting_people(keys):
            await writing
        await DraftReturnRow.delete().where(DraftReturnRow.draft.is_in(keys))


def forgetting_people(keys: Iterable[UUID]) -> tuple[Writing, ...]:
    """Deletes the people who answer these drafts for an organisation, then for whom they did."""
    listed = list(keys)
    return (
        MemberRow.delete().where(MemberRow.draft.is_in(listed)),
        SectionRow.delete().where(SectionRow.draft.is_in(listed)),
        OrganisationRow.delete().where(OrganisationRow.draft.is_in(listed)),
    )


def _return(key: UUID, attempt: int) -> Return:
    secret = settings().secret_key
    return Return(return_code(secret, key, attempt=attempt), return_link(secret, key))


def _letters(row: Any) -> list[int]:
    return msgspec.json.decode(row["letters"] or "[]", type=list[int])


def _listed(letters: list[int]) -> str:
    return msgspec.json.encode(letters).decode()
