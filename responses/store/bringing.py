"""Files that officers brought: kept for an hour, beside what was said of them and what came of it.

Each has a folder of its own. Checking and importing go on after the page that asked for them has
been answered; how far they are is written down every while, for whichever process is asked.
"""

import asyncio
import os
import re
import secrets
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
import structlog
from msgspec import Struct

from app.clock import now
from app.logs import where
from app.problems import Refusal
from app.settings import settings
from responses.files.matching import FileMap
from responses.files.preview import Preview, preview
from responses.response import Channel
from responses.store.importing import Imported, import_responses, round_to_import_into
from surveys import store as surveys
from surveys.consultation import Consultation

KEPT = timedelta(hours=1)
SECONDS_BETWEEN = 0.25
_TOKEN: Final = re.compile(r"[0-9]+-[A-Za-z0-9_-]{22}")

log = structlog.get_logger()


class NoSuchFile(Refusal):
    status = 404
    title = "This file is not here any more"


class Brought(Struct, frozen=True):
    """What an officer said of a file. `into` is a round's number, None for the open one."""

    name: str
    channel: Channel
    into: int | None = None
    said: FileMap = FileMap()


class Standing(Struct, frozen=True):
    """How far it is: `what` is checking, storing, or empty when that has ended. Then `done` says
    what came of it, or `refused` why the file as a whole cannot be used."""

    of: Brought
    checked: bool
    process: int
    what: str = "checking"
    share: float = 0.0
    rows: int = 0
    done: Imported | None = None
    preview: Preview | None = None
    refused: str = ""

    @property
    def is_under_way(self) -> bool:
        return bool(self.what)


_under_way: dict[str, asyncio.Task[None]] = {}


async def keep(consultation_id: int, data: bytes) -> str:
    """Keeps a file and gives the token that it goes by."""
    token = f"{consultation_id}-{secrets.token_urlsafe(16)}"
    await asyncio.to_thread(_keep, token, data)
    return token


def _keep(token: str, data: bytes) -> None:
    folder = _folder() / token
    folder.mkdir(mode=0o700, parents=True)
    (folder / "file").write_bytes(data)


async def start(
    consultation: Consultation, token: str, brought: Brought, *, by: str, dry: bool
) -> None:
    """Begins to check a file, or to import it. Raises NoSuchFile. While it is under way already,
    changes nothing."""
    folder = _of(consultation.id, token)
    if token in _under_way:
        return
    begun = Standing(brought, dry, os.getpid())
    await asyncio.to_thread(_write, folder, begun)
    task = asyncio.create_task(_work(consultation, folder, begun, by=by))
    _under_way[token] = task
    task.add_done_callback(lambda _: _under_way.pop(token, None))


async def standing(consultation_id: int, token: str, *, wait: float = 0.0) -> Standing:
    """How far a file is, asked once it has ended or after `wait` seconds. Raises NoSuchFile."""
    folder = _of(consultation_id, token)
    if wait and token in _under_way:
        await asyncio.wait([_under_way[token]], timeout=wait)
    found = await asyncio.to_thread(_read, folder)
    if found.is_under_way and _has_stopped(found, token):
        words = "It stopped before it ended, and nothing was stored. Try again"
        return msgspec.structs.replace(found, what="", refused=words)
    return found


def _has_stopped(found: Standing, token: str) -> bool:
    """Whether the process that was at it is gone; this one knows what it does itself."""
    if found.process == os.getpid():
        return token not in _under_way
    try:
        os.kill(found.process, 0)
    except ProcessLookupError:
        return True
    return False


async def clear_brought(at: datetime) -> int:
    """Forgets files that were brought more than an hour ago: how many."""
    return await asyncio.to_thread(_clear, at)


def _clear(at: datetime) -> int:
    cleared = 0
    for folder in _folder().glob("*"):
        if folder.stat().st_mtime < (at - KEPT).timestamp() and folder.name not in _under_way:
            shutil.rmtree(folder, ignore_errors=True)
            cleared += 1
    return cleared


async def _work(consultation: Consultation, folder: Path, begun: Standing, *, by: str) -> None:
    try:
        ended = await _ended(consultation, folder, begun, by=by)
    except Refusal as refused:
        ended = msgspec.structs.replace(begun, what="", refused=refused.words)
    except Exception as error:
        log.error("import", error=type(error).__name__, where=where(error))
        words = "Something went wrong on our side, and nothing was stored. Try again later"
        ended = msgspec.structs.replace(begun, what="", refused=words)
    await asyncio.to_thread(_write, folder, ended)


async def _ended(consultation: Consultation, folder: Path, begun: Standing, *, by: str) -> Standing:
    at, of = now(), begun.of
    into = round_to_import_into(consultation, of.into, at)
    version = await surveys.version(into.version_id)
    told = _Told(folder, begun)
    done = await import_responses(
        consultation,
        folder / "file",
        into=into,
        version=version,
        channel=of.channel,
        by=by,
        now=at,
        said=of.said,
        dry_run=begun.checked,
        tell=told.tell,
    )
    seen = await asyncio.to_thread(preview, folder / "file", version.questionnaire, of.said)
    return msgspec.structs.replace(begun, what="", share=1.0, done=done, preview=seen)


class _Told:
    """Writes down how far it is, not too often: every batch would be more than anybody reads."""

    def __init__(self, folder: Path, begun: Standing) -> None:
        self._folder = folder
        self._begun = begun
        self._next = 0.0

    def tell(self, what: str, share: float, rows: int) -> None:
        if time.monotonic() >= self._next:
            _write(
                self._folder,
                msgspec.structs.replace(self._begun, what=what, share=share, rows=rows),
            )
            self._next = time.monotonic() + SECONDS_BETWEEN


def _folder() -> Path:
    return settings().data_dir / "imports"


def _of(consultation_id: int, token: str) -> Path:
    folder = _folder() / token
    if not (
        _TOKEN.fullmatch(token) and token.startswith(f"{consultation_id}-") and folder.is_dir()
    ):
        raise NoSuchFile("Files are kept for an hour. Choose it again.")
    return folder


def _write(folder: Path, standing: Standing) -> None:
    part = folder / "standing.part"
    part.write_bytes(msgspec.json.encode(standing))
    os.replace(part, folder / "standing.json")


def _read(folder: Path) -> Standing:
    try:
        return msgspec.json.decode((folder / "standing.json").read_bytes(), type=Standing)
    except FileNotFoundError:
        raise NoSuchFile("Files are kept for an hour. Choose it again.") from None
