"""Keeping the documents of a consultation, with every version that was published."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from app.audit.store import record
from app.database import transaction
from app.problems import Refusal
from surveys.consultation import Consultation
from surveys.documents import DocumentVersion, KeptDocument, Kind, next_number
from surveys.file_content import Content
from surveys.questionnaire import Text
from surveys.store.document_files import keep_file, read_file
from surveys.store.reading import consultation
from surveys.tables import ConsultationRow, DocumentRow, DocumentVersionRow


class NoSuchDocument(Refusal):
    status: ClassVar[int] = 404
    title: ClassVar[str] = "There is no such document"


class VersionInThatLanguage(Refusal):
    title: ClassVar[str] = "That version is there already"


class NewVersion(Struct, frozen=True):
    """What an officer adds: a link or a file, of a new version or (`number`) in a further language
    of one that is there."""

    language: str
    name: str
    note: str = ""
    url: str = ""
    file: Content | None = None
    number: int | None = None


async def documents(consultation_id: int) -> tuple[KeptDocument, ...]:
    """Every document in the order added, removed ones too."""
    table, versions = DocumentRow, DocumentVersionRow
    rows = await table.select().where(table.consultation == consultation_id).order_by(table.number)
    kept = (
        await versions.select()
        .where(versions.document.is_in([row["id"] for row in rows]))
        .order_by(versions.number, ascending=False)
        .order_by(versions.id)
        if rows
        else []
    )
    by_document: dict[int, list[DocumentVersion]] = {}
    for row in kept:
        by_document.setdefault(row["document"], []).append(_version(row))
    return tuple(_document(row, by_document.get(row["id"], ())) for row in rows)


async def document_kept(consultation_id: int, number: int) -> KeptDocument:
    """One that is not removed. Raises NoSuchDocument."""
    for each in await documents(consultation_id):
        if each.number == number and not each.removed:
            return each
    raise NoSuchDocument("It may have been removed. Go back to the list of documents.")


async def document_file(version: DocumentVersion) -> bytes:
    """What was uploaded. Raises NoSuchDocument where the disk has lost it."""
    data = await asyncio.to_thread(read_file, version.digest)
    if data is None:
        raise NoSuchDocument("The file is missing. Ask the council for it.")
    return data


async def add_document(
    slug: str, *, title: Text, kind: Kind, strand: str, by: str, now: datetime
) -> int:
    """Its number, which is a part of its address for ever."""
    async with transaction():
        found = await consultation(slug, at=now)
        await _take_over_links(found, by=by, now=now)
        number = await _add(found.id, title=title, kind=kind, strand=strand)
        await _recorded(found, "add-document", number, by=by)
    return number


async def change_document(
    slug: str, number: int, *, title: Text, kind: Kind, strand: str, by: str, now: datetime
) -> None:
    async with transaction():
        found = await consultation(slug, at=now)
        row = await _row(found.id, number)
        table = DocumentRow
        changed: dict[Any, Any] = {
            table.title: _encoded(title),
            table.kind: kind.value,
            table.strand: strand,
        }
        await table.update(changed).where(table.id == row["id"])
        await _recorded(found, "change-document", number, by=by)


async def remove_document(slug: str, number: int, *, by: str, now: datetime) -> None:
    """Out of the public's sight, with all its versions. It can be put back."""
    await _mark(slug, number, now, action="remove-document", by=by, now=now)


async def put_document_back(slug: str, number: int, *, by: str, now: datetime) -> None:
    await _mark(slug, number, None, action="put-document-back", by=by, now=now)


async def _mark(
    slug: str, number: int, removed_at: datetime | None, *, action: str, by: str, now: datetime
) -> None:
    async with transaction():
        found = await consultation(slug, at=now)
        row = await _row(found.id, number)
        table = DocumentRow
        await table.update({table.removed_at: removed_at}).where(table.id == row["id"])
        await _recorded(found, action, number, by=by)


async def add_document_version(
    slug: str, number: int, new: NewVersion, *, by: str, now: datetime
) -> DocumentVersion:
    """The file is on the disk before the version is in the list. Raises NoSuchDocument and
    VersionInThatLanguage."""
    digest = await asyncio.to_thread(keep_file, new.file.data) if new.file else ""
    async with transaction():
        found = await consultation(slug, at=now)
        kept = await document_kept(found.id, number)
        if new.number is not None and all(each.number != new.number for each in kept.versions):
            raise NoSuchDocument("Choose a version that is listed.")
        place = new.number if new.number is not None else next_number(kept.versions)
        if kept.version(place, new.language):
            raise VersionInThatLanguage("Choose another language, or add a new version.")
        row = await _row(found.id, number)
        added = _of(new, place, digest, now)
        await _insert(row["id"], added, by=by)
        detail = {"version": place, "language": new.language}
        await _recorded(found, "add-document-version", number, by=by, **detail)
    return added


def _of(new: NewVersion, number: int, digest: str, now: datetime) -> DocumentVersion:
    file = new.file
    return DocumentVersion(
        number=number,
        language=new.language,
        name=new.name,
        note=new.note,
        url=new.url if file is None else "",
        file_name=file.name if file else "",
        media_type=file.media_type if file else "",
        size=len(file.data) if file else 0,
        digest=digest,
        added_at=now,
    )


async def _take_over_links(found: Consultation, *, by: str, now: datetime) -> None:
    """The links that stood in the consultation's own words before documents had versions."""
    links = found.about.documents
    if not links:
        return
    language = "en"
    for link in links:
        number = await _add(found.id, title=link.title, kind=Kind.OTHER, strand="")
        if link.link:
            row = await _row(found.id, number)
            new = NewVersion(language=language, name=link.version or "Version 1", url=link.link)
            await _insert(row["id"], _of(new, 1, "", now), by=by)
    without = msgspec.structs.replace(found.about, documents=())
    table = ConsultationRow
    words = msgspec.json.encode(without).decode()
    await table.update({table.about: words}).where(table.id == found.id)


async def _add(consultation_id: int, *, title: Text, kind: Kind, strand: str) -> int:
    table = DocumentRow
    number = 1 + await table.count().where(table.consultation == consultation_id)
    row = table(
        consultation=consultation_id,
        number=number,
        title=_encoded(title),
        kind=kind.value,
        strand=strand,
    )
    await table.insert(row)
    return int(number)


async def _insert(document_id: int, version: DocumentVersion, *, by: str) -> None:
    given = msgspec.structs.asdict(version)
    await DocumentVersionRow.insert(DocumentVersionRow(document=document_id, added_by=by, **given))


async def _row(consultation_id: int, number: int) -> Mapping[str, Any]:
    table = DocumentRow
    query = table.select().where(table.consultation == consultation_id, table.number == number)
    row: Mapping[str, Any] | None = await query.first()
    if row is None:
        raise NoSuchDocument("Go back to the list of documents and choose one.")
    return row


async def _recorded(
    found: Consultation, action: str, number: int, *, by: str, **more: object
) -> None:
    detail = {"document": number, **more}
    await record(action, f"consultation:{found.slug}", by=by, detail=detail)


def _encoded(title: Text) -> str:
    return msgspec.json.encode(title).decode()


def _document(row: Mapping[str, Any], versions: Iterable[DocumentVersion]) -> KeptDocument:
    return KeptDocument(
        number=row["number"],
        title=msgspec.json.decode(row["title"]),
        kind=Kind(row["kind"]),
        strand=row["strand"],
        versions=tuple(versions),
        removed=row["removed_at"] is not None,
    )


def _version(row: Mapping[str, Any]) -> DocumentVersion:
    return DocumentVersion(**{name: row[name] for name in DocumentVersion.__struct_fields__})
