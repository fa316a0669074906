"""The people who answer one draft for an organisation: joining, agreeing, and the declaration.

Whatever bears on what may be sent also renames the draft's last save, so that sending notices it
as it notices a changed answer.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from app.database import AlreadyThere, transaction
from app.problems import Refusal
from app.settings import settings
from app.speech import sentence
from responses.organisation import MOST_PEOPLE, Declaration, Member, Organisation, State, known_as
from responses.return_code import hashed, return_code, return_link
from responses.store.drafts import Draft, draft_of
from responses.store.returning import Return, forgetting_people
from responses.tables import (
    DraftReturnRow,
    DraftRow,
    MemberRow,
    OrganisationRow,
    SectionRow,
)

ATTEMPTS = 5


class NameTaken(Refusal):
    """Somebody of this name takes part already."""

    title = sentence("Somebody of this name takes part already")


class TooManyPeople(Refusal):
    title = sentence("No more people can take part")


class NoLongerShared(Refusal):
    """The draft was sent, deleted or made one person's again meanwhile."""

    title = sentence("Your organisation’s answers have changed")

    def __init__(self) -> None:
        super().__init__(
            sentence("They were sent or deleted meanwhile, or you are not among their people now.")
        )


class Person(Struct, frozen=True):
    """A name and what somebody is there, as they were typed."""

    name: str
    post: str = ""
    language: str = ""


async def organisation(draft: Draft) -> Organisation | None:
    """For whom this draft is answered; None where one person answers."""
    row = await OrganisationRow.select().where(OrganisationRow.draft == draft.key).first()
    if row is None:
        return None
    rows = await MemberRow.select().where(MemberRow.draft == draft.key).order_by(MemberRow.id)
    return Organisation(
        row["name"],
        msgspec.json.decode(row["declaration"], type=Declaration),
        tuple(_member(each) for each in rows),
    )


async def begin_organisation(draft: Draft, name: str, founder: Person, *, now: datetime) -> str:
    """Several people may answer this draft from now on; gives the token of the first of them, who
    may send. Raises AlreadyThere where it is an organisation's already, or was sent."""
    key = uuid4()
    async with transaction():
        shared: dict[Any, Any] = {DraftRow.shared: True, DraftRow.saving: secrets.token_hex(16)}
        begun = DraftRow.update(shared).where(*_live(draft), DraftRow.shared.eq(False))
        if not await begun.returning(DraftRow.id):
            raise AlreadyThere("draft_organisation")
        declaration = msgspec.json.encode(Declaration()).decode()
        await OrganisationRow.insert(
            OrganisationRow(draft=draft.key, name=name, declaration=declaration)
        )
        await MemberRow.insert(_row(draft, founder, sends=True))
        await _let_in(draft, MemberRow.known_as == known_as(founder.name), key, now=now)
    return token_of(key)


async def add_person(draft: Draft, person: Person, *, agrees: bool) -> None:
    """Somebody who is expected. Raises NameTaken or TooManyPeople."""
    async with transaction():
        await _changing(draft)
        await _insert(draft, person, agrees=agrees)


async def join(draft: Draft, person: Person, *, now: datetime) -> str:
    """Let somebody in who has the code or the link; gives the token of their cookie. Whoever was
    expected by this name is that person. Raises NameTaken where they have joined already."""
    key = uuid4()
    async with transaction():
        await _changing(draft)
        expected = await _named(draft, person.name)
        if expected is None:
            await _insert(draft, person)
        elif expected["joined_at"] is not None:
            raise NameTaken(sentence("Choose another name, or come back with your own code."))
        elif person.post:
            await MemberRow.update({MemberRow.post: person.post}).where(
                MemberRow.id == expected["id"]
            )
        await MemberRow.update({MemberRow.language: person.language}).where(
            MemberRow.draft == draft.key, MemberRow.known_as == known_as(person.name)
        )
        await _let_in(draft, MemberRow.known_as == known_as(person.name), key, now=now)
    return token_of(key)


async def ask_to_agree(draft: Draft, member_id: int, *, agrees: bool) -> None:
    """Whether this person's agreement is asked for."""
    async with transaction():
        await _changing(draft)
        await MemberRow.update({MemberRow.agrees: agrees}).where(_one(draft, member_id))


async def let_go(draft: Draft, member_id: int, *, now: datetime) -> None:
    """This person takes part no more; what they did keeps their name. Nobody who sends goes."""
    async with transaction():
        await _changing(draft)
        gone: dict[Any, Any] = {
            MemberRow.left_at: now,
            MemberRow.known_as: f"left {member_id}",
            MemberRow.agrees: False,
            MemberRow.token_hash: None,
            MemberRow.code_hash: None,
            MemberRow.link_hash: None,
        }
        left = MemberRow.update(gone).where(_one(draft, member_id), MemberRow.sends.eq(False))
        if await left.returning(MemberRow.id):
            await SectionRow.update({SectionRow.editor: None}).where(
                SectionRow.draft == draft.key, SectionRow.editor == member_id
            )


async def hand_over(draft: Draft, member_id: int) -> None:
    """This person, who has joined, may send from now on, and nobody else."""
    async with transaction():
        await _changing(draft)
        sender = MemberRow.update({MemberRow.sends: True}).where(
            _one(draft, member_id), MemberRow.joined_at.is_not_null()
        )
        if await sender.returning(MemberRow.id):
            await MemberRow.update({MemberRow.sends: False}).where(
                MemberRow.draft == draft.key, MemberRow.id != member_id
            )


async def declare(draft: Draft, name: str, declaration: Declaration) -> None:
    """Keep what is said of the organisation."""
    async with transaction():
        await _changing(draft)
        said: dict[Any, Any] = {
            OrganisationRow.name: name,
            OrganisationRow.declaration: msgspec.json.encode(declaration).decode(),
        }
        await OrganisationRow.update(said).where(OrganisationRow.draft == draft.key)


async def agree(draft: Draft, member_id: int, to: State, *, now: datetime) -> None:
    """This person agrees to exactly this."""
    await _agreement(draft, member_id, msgspec.json.encode(to).decode(), now)


async def take_back_agreement(draft: Draft, member_id: int) -> None:
    await _agreement(draft, member_id, "", None)


async def end_organisation(draft: Draft) -> None:
    """One person answers again. What was answered stays."""
    async with transaction():
        await _changing(draft)
        for writing in forgetting_people([draft.key]):
            await writing
        await DraftRow.update({DraftRow.shared: False}).where(*_live(draft))


async def return_of_member(member_id: int) -> Return | None:
    """The code and the link of one person alone; None before they have joined."""
    row = await MemberRow.select(MemberRow.key, MemberRow.attempt, MemberRow.code_hash).where(
        MemberRow.id == member_id
    )
    if not row or row[0]["code_hash"] is None:
        return None
    return _return(row[0]["key"], row[0]["attempt"])


async def return_of_sender(draft: Draft) -> Return | None:
    """The way back of whoever may send, to whom the draft's letters go; None without one."""
    row = (
        await MemberRow.select(MemberRow.id)
        .where(MemberRow.draft == draft.key, MemberRow.sends.eq(True))
        .first()
    )
    return await return_of_member(row["id"]) if row else None


async def member_by_code(code: str) -> tuple[Draft, str] | None:
    """The draft that somebody's own code leads to, and the token of that person's cookie."""
    return await _member_where(MemberRow.code_hash == hashed(settings().secret_key, code))


async def member_by_link(link: str) -> tuple[Draft, str] | None:
    return await _member_where(MemberRow.link_hash == hashed(settings().secret_key, link))


def token_of(key: UUID) -> str:
    """What the cookie of one person holds on each of their devices."""
    derived = hmac.digest(settings().secret_key, b"member-token:" + key.bytes, hashlib.sha256)
    return urlsafe_b64encode(derived).decode().rstrip("=")


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def _member_where(which: Any) -> tuple[Draft, str] | None:
    row = await MemberRow.select(MemberRow.draft, MemberRow.key).where(which).first()
    found = await draft_of(row["draft"]) if row else None
    return (found, token_of(row["key"])) if found and row else None


async def _changing(draft: Draft) -> None:
    """Refuses where the draft was sent, deleted or is one person's again."""
    renamed = DraftRow.update({DraftRow.saving: secrets.token_hex(16)}).where(
        *_live(draft), DraftRow.shared.eq(True)
    )
    if not await renamed.returning(DraftRow.id):
        raise NoLongerShared


async def _insert(draft: Draft, person: Person, *, agrees: bool = False) -> None:
    if await _named(draft, person.name):
        raise NameTaken(sentence("Add a surname, or what the person is there."))
    if await MemberRow.count().where(MemberRow.draft == draft.key) >= MOST_PEOPLE:
        raise TooManyPeople(sentence("Fifty people are as many as can take part in one answer."))
    await MemberRow.insert(_row(draft, person, agrees=agrees))


async def _named(draft: Draft, name: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (
        await MemberRow.select(MemberRow.id, MemberRow.joined_at)
        .where(MemberRow.draft == draft.key, MemberRow.known_as == known_as(name))
        .first()
    )
    return found


async def _let_in(draft: Draft, which: Any, key: UUID, *, now: datetime) -> None:
    for attempt in range(ATTEMPTS):
        made = _return(key, attempt)
        code = hashed(settings().secret_key, made.code)
        if await _is_taken(code):
            continue
        values: dict[Any, Any] = {
            MemberRow.key: key,
            MemberRow.attempt: attempt,
            MemberRow.token_hash: token_hash(token_of(key)),
            MemberRow.code_hash: code,
            MemberRow.link_hash: hashed(settings().secret_key, made.link),
            MemberRow.joined_at: now,
        }
        await MemberRow.update(values).where(MemberRow.draft == draft.key, which)
        return
    raise AlreadyThere("draft_member")


async def _is_taken(code_hash: str) -> bool:
    people = await MemberRow.exists().where(MemberRow.code_hash == code_hash)
    return people or await DraftReturnRow.exists().where(DraftReturnRow.code_hash == code_hash)


async def _agreement(draft: Draft, member_id: int, to: str, at: datetime | None) -> None:
    async with transaction():
        await _changing(draft)
        agreed: dict[Any, Any] = {MemberRow.agreed_to: to, MemberRow.agreed_at: at}
        await MemberRow.update(agreed).where(_one(draft, member_id))


def _row(draft: Draft, person: Person, *, agrees: bool = False, sends: bool = False) -> MemberRow:
    return MemberRow(
        draft=draft.key,
        name=person.name,
        known_as=known_as(person.name),
        post=person.post,
        agrees=agrees,
        sends=sends,
        language=person.language,
        key=uuid4(),
        agreed_to="",
    )


def _member(row: dict[str, Any]) -> Member:
    agreed = row["agreed_to"]
    return Member(
        id=row["id"],
        name=row["name"],
        post=row["post"],
        agrees=bool(row["agrees"]),
        sends=bool(row["sends"]),
        language=row["language"],
        token_hash=row["token_hash"],
        joined_at=row["joined_at"],
        left_at=row["left_at"],
        agreed_to=msgspec.json.decode(agreed, type=State) if agreed else None,
        agreed_at=row["agreed_at"],
    )


def _one(draft: Draft, member_id: int) -> Any:
    return (
        (MemberRow.draft == draft.key) & (MemberRow.id == member_id) & MemberRow.left_at.is_null()
    )


def _live(draft: Draft) -> tuple[Any, ...]:
    return (DraftRow.token_hash == draft.token_hash, DraftRow.submitted_at.is_null())


def _return(key: UUID, attempt: int) -> Return:
    secret = settings().secret_key
    return Return(return_code(secret, key, attempt=attempt), return_link(secret, key))
