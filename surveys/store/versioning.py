"""The versions of a questionnaire: each kept as it was given, and frozen once it is asked."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from app.audit.store import record
from app.database import engine, transaction
from app.problems import Refusal
from surveys.consultation import Version
from surveys.imported import Note
from surveys.native_files import read_questionnaire, reread_questionnaire
from surveys.store.import_notes import insert_import_notes
from surveys.store.reading import consultation, consultation_by_id
from surveys.tables import QuestionnaireVersionRow

_frozen: WeakKeyDictionary[Any, dict[int, Version]] = WeakKeyDictionary()
"""Frozen versions never change, so each is read once from each database."""


class NoSuchVersion(Refusal):
    status: ClassVar[int] = 404
    title: ClassVar[str] = "There is no such version"


async def version(version_id: int) -> Version:
    """One version; a frozen one is read from the database once. Raises NoSuchVersion."""
    known = _frozen.setdefault(engine(), {})
    if version_id in known:
        return known[version_id]
    table = QuestionnaireVersionRow
    row = await table.select().where(table.id == version_id).first()
    if row is None:
        raise NoSuchVersion("Go back to the questionnaire and choose one that is listed.")
    return read_version(row)


async def frozen_at(version_id: int) -> datetime | None:
    """When a version was first asked; None while it may still change."""
    table = QuestionnaireVersionRow
    row = await table.select(table.frozen_at).where(table.id == version_id).first()
    return row["frozen_at"] if row else None


async def versions(consultation_id: int) -> tuple[Version, ...]:
    """Every version, in the order they were made."""
    table = QuestionnaireVersionRow
    rows = await table.select().where(table.consultation == consultation_id).order_by(table.number)
    return tuple(map(read_version, rows))


def read_version(row: Mapping[str, Any]) -> Version:
    known = _frozen.setdefault(engine(), {})
    if row["id"] in known:
        return known[row["id"]]
    read = Version(
        id=row["id"],
        consultation_id=row["consultation"],
        number=row["number"],
        questionnaire=reread_questionnaire(row["document"].encode()),
        frozen=row["frozen_at"] is not None,
        note=row["note"],
    )
    # Inside a transaction the freezing may yet be rolled back.
    if read.frozen and not engine().transaction_exists():
        known[read.id] = read
    return read


async def document(slug: str, *, number: int | None = None) -> bytes:
    """A version in native JSON as it was given, the newest unless numbered. Raises
    NoSuchVersion."""
    found = await consultation(slug)
    table = QuestionnaireVersionRow
    query = table.select(table.document).where(table.consultation == found.id)
    if number is not None:
        query = query.where(table.number == number)
    row = await query.order_by(table.number, ascending=False).first()
    if row is None:
        raise NoSuchVersion("Go back to the questionnaire and choose one that is listed.")
    return str(row["document"]).encode()


async def add_version(
    consultation_id: int,
    document: bytes,
    *,
    by: str,
    now: datetime,
    note: str = "",
    notes: tuple[Note, ...] = (),
) -> Version:
    """Another version, for a later round; `notes` are those of its import. Raises
    UnusableQuestionnaire."""
    await asyncio.to_thread(read_questionnaire, document)
    table = QuestionnaireVersionRow
    async with transaction():
        number = 1 + await table.count().where(table.consultation == consultation_id)
        slug = (await consultation_by_id(consultation_id)).slug
        added = await insert_version(consultation_id, document, number=number, note=note, now=now)
        await insert_import_notes(added, notes)
        await record("add-version", f"consultation:{slug}", by=by, detail={"version": number})
    return await version(added)


async def insert_version(
    consultation_id: int, document: bytes, *, number: int, note: str, now: datetime
) -> int:
    table = QuestionnaireVersionRow
    row = table(
        consultation=consultation_id,
        number=number,
        document=document.decode("utf-8-sig"),
        note=note,
        created_at=now,
    )
    return int((await table.insert(row))[0]["id"])


async def freeze(version_id: int, now: datetime) -> None:
    table = QuestionnaireVersionRow
    frozen = table.update({table.frozen_at: now})
    await frozen.where(table.id == version_id, table.frozen_at.is_null())
