"""A file that somebody sent, held against what is taken: told by its content, not by its name."""

import io
import re
import zipfile
from collections.abc import Collection

import puremagic
from msgspec import Struct
from PIL import Image, ImageOps, UnidentifiedImageError

from surveys.file_kinds import FORMATS
from surveys.typed import on_one_line

LONGEST_NAME = 100
# A photograph of a good telephone; more unpacks to more memory than a server can spare.
MOST_PIXELS = 50_000_000
_PICTURES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
# Telephones put a second picture (of depth, or a brighter one) behind a photograph. The first is
# the photograph.
_SEVERAL = "MPO"
# Old text files of Windows; every byte but a few means something in it.
_ENCODINGS = ("utf-8-sig", "cp1252")
_BINARY = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_PROGRAMS = "vbaProject.bin"


class Content(Struct, frozen=True):
    """What is kept of a file: its name made fit, and its bytes without what pictures tell of
    where and when they were taken."""

    name: str
    media_type: str
    data: bytes


class NotTaken(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """The file is not kept; `why` says which of the reasons in words that name a remedy."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


KIND = "kind"
UNREADABLE = "unreadable"
EMPTY = "empty"
TOO_MANY_PIXELS = "pixels"
PROGRAMS = "programs"


def content_of(name: str, data: bytes, *, kinds: Collection[str]) -> Content:
    """The file as it is to be kept. Raises NotTaken."""
    stem, ending = parted_name(name)
    form = FORMATS.get(ending)
    if form is None or form.kind not in kinds:
        raise NotTaken(KIND)
    if not data:
        raise NotTaken(EMPTY)
    if form.kind == "image":
        ending, data = _picture(data)
        return Content(stem + ending, FORMATS[ending].media_type, data)
    if ending in (".txt", ".csv"):
        _check_text(data)
    else:
        _check_signature(data, ending)
    if form.inside:
        _check_inside(data, form.inside)
    return Content(stem + ending, form.media_type, data)


def parted_name(name: str) -> tuple[str, str]:
    """The name without folders and control characters, and its ending in lower case."""
    name = on_one_line(name.replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:LONGEST_NAME], ""
    return stem.strip(" .")[:LONGEST_NAME] or "file", f".{ending.lower()}"


def _check_signature(data: bytes, ending: str) -> None:
    try:
        found = {each.extension for each in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        found = set()
    # Every zip begins alike: what is inside tells the forms apart.
    if ending not in found and not (data.startswith(b"PK\x03\x04") and ending != ".pdf"):
        raise NotTaken(UNREADABLE)


def _check_inside(data: bytes, inside: str) -> None:
    """Only the list of what a zip holds is read; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError):
        raise NotTaken(UNREADABLE) from None
    if any(name.endswith(_PROGRAMS) for name in names):
        raise NotTaken(PROGRAMS)
    if inside not in names:
        raise NotTaken(UNREADABLE)


def _check_text(data: bytes) -> None:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return
    raise NotTaken(UNREADABLE)


def _picture(data: bytes) -> tuple[str, bytes]:
    """The picture drawn afresh and upright, so that nothing but its pixels is left."""
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_PICTURES)) as given:
            if given.width * given.height > MOST_PIXELS:
                raise NotTaken(TOO_MANY_PIXELS)
            kind = "JPEG" if given.format == _SEVERAL else str(given.format)
            plain = _only_pixels(given)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotTaken(TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise NotTaken(UNREADABLE) from None
    written = io.BytesIO()
    plain.save(written, kind, **({} if kind == "PNG" else {"quality": 90}))
    return _PICTURES[kind], written.getvalue()


def _only_pixels(given: Image.Image) -> Image.Image:
    ImageOps.exif_transpose(given, in_place=True)
    transparent = given.mode in ("RGBA", "LA", "PA") or "transparency" in given.info
    plain = given.convert("RGBA" if transparent and given.format != "JPEG" else "RGB")
    plain.info.clear()
    return plain
