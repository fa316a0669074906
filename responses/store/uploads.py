"""Files sent as answers: their bytes on the disk, a row for each, and when both are gone.

A file is on the disk before its row is written, and stays there until its row is gone. So what a
failure leaves behind is at worst a file without a row, which the daily clearing takes away.
"""

import asyncio
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import Struct

from app.database import write_together
from app.settings import settings
from responses.store.units import Writing
from responses.tables import DraftRow, ResponseRow, UploadRow
from surveys.file_content import Content

KEPT_UNSENT = timedelta(days=7)
# A file is older than this before it is taken for one whose row was never written.
BEING_WRITTEN = timedelta(days=1)


class StoredFile(Struct, frozen=True):
    """One file; `size` in bytes. `token` is its name in addresses and on the disk."""

    token: str
    question: str
    name: str
    media_type: str
    size: int

    @property
    def path(self) -> Path:
        return folder() / self.token


def folder() -> Path:
    """Where files are kept: below the data folder, which no address leads to."""
    return settings().data_dir / "uploads" / "answers"


async def files_of(key: UUID) -> tuple[StoredFile, ...]:
    """The files of a draft or response, in the order they came."""
    rows = (
        await UploadRow.select(
            UploadRow.token,
            UploadRow.question,
            UploadRow.name,
            UploadRow.media_type,
            UploadRow.size,
        )
        .where(UploadRow.key == key)
        .order_by(UploadRow.id)
    )
    return tuple(StoredFile(**row) for row in rows)


async def change_files(
    key: UUID,
    *,
    add: Sequence[tuple[str, Content]] = (),
    remove: Iterable[StoredFile] = (),
    now: datetime,
    also: tuple[Writing, ...] = (),
) -> tuple[StoredFile, ...]:
    """Keep files, each in answer to a question, under the key that a response will have, and
    forget others; gives those that are new. Returns once all is durable.

    A response that is stored already takes no more files and loses none. `also` are writes that
    belong to the same unit.
    """
    added, removed = tuple(_stored(*each) for each in add), tuple(remove)
    contents = [content for _, content in add]
    try:
        await asyncio.to_thread(_write, list(zip(added, contents, strict=True)))
        await write_together(*also, *_changes(key, added, removed, now=now))
    except BaseException:
        _unlink(added)
        raise
    await clear_unlisted(removed)
    return added


async def name_files(key: UUID, answers: Mapping[str, Any]) -> None:
    """Make each file the answer to the question whose answer now holds its token."""
    asked = {
        token: question
        for question, answer in answers.items()
        if isinstance(answer, list)
        for token in answer
    }
    for file in await files_of(key):
        question = asked.get(file.token, file.question)
        if question != file.question:
            renamed = UploadRow.update({UploadRow.question: question})
            await renamed.where(UploadRow.token == file.token)


def deletion_of(key: UUID, *, but: Iterable[str] = ()) -> Writing:
    """Deletes the rows of a key, except these tokens; `clear_unlisted` then deletes the files."""
    rows = UploadRow.delete().where(UploadRow.key == key)
    kept = list(but)
    return rows.where(UploadRow.token.not_in(kept)) if kept else rows


def unsent_deletion_of(key: UUID) -> Writing:
    """Deletes the rows of a key that no response has."""
    sent = ResponseRow.select(ResponseRow.key).where(ResponseRow.key == key)
    return UploadRow.delete().where(UploadRow.key == key, UploadRow.key.not_in(sent))


async def clear_unlisted(before: Iterable[StoredFile]) -> None:
    """Delete those of the files whose rows are gone."""
    files = tuple(before)
    if not files:
        return
    rows = await UploadRow.select(UploadRow.token).where(
        UploadRow.token.is_in([file.token for file in files])
    )
    left = {row["token"] for row in rows}
    _unlink(file for file in files if file.token not in left)


async def clear_unsent(now: datetime) -> int:
    """Delete the files that were never sent: those kept for a week under a key that neither a
    response nor a draft has any more, and those on the disk that have no row. How many there
    were."""
    sent, drafts = ResponseRow.select(ResponseRow.key), DraftRow.select(DraftRow.response_key)
    await write_together(
        UploadRow.delete().where(
            UploadRow.kept_at < now - KEPT_UNSENT,
            UploadRow.key.not_in(sent),
            UploadRow.key.not_in(drafts),
        )
    )
    listed = {row["token"] for row in await UploadRow.select(UploadRow.token)}
    before = (now - BEING_WRITTEN).timestamp()
    return await asyncio.to_thread(_clear_strays, listed, before, now)


def _clear_strays(listed: set[str], before: float, now: datetime) -> int:
    if not folder().exists():
        return 0
    strays = [file for file in folder().iterdir() if file.name not in listed]
    old = [file for file in strays if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _stored(question: str, content: Content) -> StoredFile:
    token, size = secrets.token_hex(16), len(content.data)
    return StoredFile(token, question, content.name, content.media_type, size)


def _row(key: UUID, file: StoredFile, *, now: datetime) -> UploadRow:
    return UploadRow(
        token=file.token,
        key=key,
        question=file.question,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        kept_at=now,
    )


def _changes(
    key: UUID, added: Sequence[StoredFile], removed: Sequence[StoredFile], *, now: datetime
) -> list[Writing]:
    sent = ResponseRow.select(ResponseRow.key).where(ResponseRow.key == key)
    changes: list[Writing] = []
    if added:
        tokens = [file.token for file in added]
        changes.append(UploadRow.insert(*(_row(key, file, now=now) for file in added)))
        changes.append(
            UploadRow.delete().where(UploadRow.token.is_in(tokens), UploadRow.key.is_in(sent))
        )
    if removed:
        tokens = [file.token for file in removed]
        rows = (UploadRow.key == key, UploadRow.token.is_in(tokens), UploadRow.key.not_in(sent))
        changes.append(UploadRow.delete().where(*rows))
    return changes


def _write(files: Iterable[tuple[StoredFile, Content]]) -> None:
    """Each to its own new file, readable by its owner alone, and on the disk before it counts."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    for file, content in files:
        descriptor = os.open(file.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as writer:
            writer.write(content.data)
            writer.flush()
            os.fsync(writer.fileno())
    _sync_folder()


def _sync_folder() -> None:
    # A new name in a folder is durable only once the folder is.
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unlink(files: Iterable[StoredFile]) -> None:
    for file in files:
        file.path.unlink(missing_ok=True)
