"""The whole state in one file and back: database, uploads and the secret that receipts rest on."""

import asyncio
import gzip
import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import ClassVar

import msgspec

from app.database.copies import DESCRIPTION, is_empty, loading_copy, save_copy
from app.problems import Refusal
from app.settings import SECRET_FILE, settings

DATABASE = "database"
UPLOADS = "uploads"
MANIFEST = "manifest.json"
UNREADABLE = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    FileNotFoundError,
    msgspec.MsgspecError,
)


class NotEmptyHere(Refusal):
    """There is something that a restore would replace."""

    title: ClassVar[str] = "There is something here already"


class NoSuchFolder(Refusal):
    """A backup needs a folder to be written into."""

    title: ClassVar[str] = "There is no such folder"


class NotAWholeBackup(Refusal):
    """The file is no backup of ours, or not all of one."""

    title: ClassVar[str] = "This is not a whole backup"


class AnotherSecretIsSet(Refusal):
    """A secret in the environment would win over the restored one, and old receipts would die."""

    title: ClassVar[str] = "Another secret key is set"


async def backup(file: Path) -> None:
    """Write the whole state to `file` (readable by its owner alone) while the server may go on.

    `file` is replaced only by a whole backup.
    """
    if not file.parent.is_dir():
        raise NoSuchFolder(f"There is no folder {file.parent} to write the backup into")
    with _workplace(file.parent) as folder:
        content = folder / "content"
        (content / DATABASE).mkdir(parents=True)
        await save_copy(settings().database_url, content / DATABASE)
        (content / SECRET_FILE).write_bytes(settings().secret_key)
        await asyncio.to_thread(_copy_uploads, content)
        packed = folder / "packed"
        await asyncio.to_thread(_pack, content, packed)
        packed.replace(file)


async def restore(file: Path, *, replace: bool) -> None:
    """Bring back the state in `file`. On any failure what was there stays as it was.

    Raises a Refusal when `file` is damaged or does not fit, or when there is something here
    already and `replace` was not asked for. Ends the database connection in force. A server that
    runs meanwhile keeps the old secret: stop it first.
    """
    data_dir = settings().data_dir
    with _workplace(data_dir) as content, ExitStack() as undo:
        await asyncio.to_thread(_unpack, file, content)
        _refuse_another_secret((content / SECRET_FILE).read_bytes())
        if not replace:
            await _refuse_unless_empty()
        async with loading_copy(settings().database_url, content / DATABASE):
            for name in (UPLOADS, SECRET_FILE):
                _exchange(content / name, data_dir / name, undo)
        undo.pop_all()


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    """A folder of our own on the same disk, so that things can be moved in one step."""
    folder = Path(tempfile.mkdtemp(prefix=".hearback-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _copy_uploads(content: Path) -> None:
    uploads = settings().data_dir / UPLOADS
    if uploads.exists():
        shutil.copytree(uploads, content / UPLOADS, copy_function=_copy_if_there)


def _copy_if_there(source: str, target: str) -> None:
    # A respondent may remove a file while the backup is made: then its row is on the way out too.
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)


def _pack(content: Path, packed: Path) -> None:
    (content / MANIFEST).write_bytes(msgspec.json.encode(_hashes(content)))
    descriptor = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as writer:
        with tarfile.open(fileobj=writer, mode="w:gz") as archive:
            archive.add(content, arcname="")
        writer.flush()
        os.fsync(writer.fileno())


def _unpack(file: Path, content: Path) -> None:
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(content, filter=_for_its_owner)  # noqa: S202 (it refuses)
        expected = msgspec.json.decode((content / MANIFEST).read_bytes(), type=dict[str, str])
    except UNREADABLE as error:
        raise NotAWholeBackup(f"{file} could not be read as a backup of Hearback") from error
    (content / MANIFEST).unlink()
    whole = all((content / name).exists() for name in (SECRET_FILE, f"{DATABASE}/{DESCRIPTION}"))
    if _hashes(content) != expected or not whole:
        raise NotAWholeBackup(f"{file} is damaged: its files are not the ones that were packed")


def _for_its_owner(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo:
    """Refuses links, devices and every name that leads out of the folder; others cannot read it."""
    kept = tarfile.data_filter(member, folder)
    return kept.replace(mode=0o700 if kept.isdir() else 0o600)


def _hashes(content: Path) -> dict[str, str]:
    """SHA-256 of every file below `content`, by its path from there."""
    return {
        str(file.relative_to(content)): hashlib.file_digest(file.open("rb"), "sha256").hexdigest()
        for file in sorted(content.rglob("*"))
        if file.is_file()
    }


def _refuse_another_secret(restored: bytes) -> None:
    kept = settings().data_dir / SECRET_FILE
    comes_from_file = kept.exists() and kept.read_bytes().strip() == settings().secret_key
    if settings().secret_key != restored and not comes_from_file:
        raise AnotherSecretIsSet(
            "HEARBACK_SECRET_KEY is set to another key than the backup's, with which its receipts "
            "would not work. Unset it, or set it to the key that was in use."
        )


async def _refuse_unless_empty() -> None:
    uploads = settings().data_dir / UPLOADS
    has_uploads = uploads.exists() and any(uploads.iterdir())
    if has_uploads or not await is_empty(settings().database_url):
        raise NotEmptyHere(
            "There are consultations, accounts or uploads here already. To replace them all by "
            "the backup, use --replace."
        )


def _exchange(new: Path, place: Path, undo: ExitStack) -> None:
    """Put `new` in place of what is there, which is kept beside it until all has gone well."""
    if place.exists():
        kept = new.with_name(f"{new.name}.before")
        place.rename(kept)
        undo.callback(kept.rename, place)
    if new.exists():
        new.rename(place)
        undo.callback(place.rename, new)
