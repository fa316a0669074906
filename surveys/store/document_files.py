"""Documents' files on the disk: each kept once, below the name that its own content gives it."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from app.settings import settings

FOLDER = "uploads/documents"
DIGEST = re.compile(r"[0-9a-f]{64}")


def keep_file(data: bytes) -> str:
    """The file's SHA-256, once it is durably on the disk. The same bytes are kept once."""
    digest = hashlib.sha256(data).hexdigest()
    place = place_of(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as writer:
        writer.write(data)
        writer.flush()
        os.fsync(writer.fileno())
    Path(name).rename(place)
    _sync_folder(place.parent)
    return digest


def read_file(digest: str) -> bytes | None:
    """None where the file is not there, as after a restore without its uploads."""
    place = place_of(digest)
    return place.read_bytes() if place.exists() else None


def place_of(digest: str) -> Path:
    """Made of a digest and nothing else, so that no name leads out of the folder."""
    if not DIGEST.fullmatch(digest):
        raise ValueError("a document's file is named by its SHA-256")
    return settings().data_dir / FOLDER / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
