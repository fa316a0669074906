"""A paper form as a PDF: tagged (PDF/UA-1), with fonts of our own, the same bytes each time."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal, cast

import msgspec
import typst

from app.assets import FOLDER
from surveys.paper.barcode import BARS
from surveys.paper.form import PaperForm

SOURCE = Path(__file__).parent / "templates" / "form.typ"
FONTS = FOLDER / "vendor" / "print-fonts"
STANDARD: Final = "ua-1"
MOST_KEPT = 64
UNPRINTABLE = "\u25a1"
# Of all letters: beyond it a form would be boxes instead of words.
MOST_UNPRINTABLE = 0.02
MACHINE_MARKS = {
    code: " " for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029) if chr(code) != "\n"
}


class NoLettersForIt(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """Our fonts have too few of the letters that the form is written in."""


def kept_print(form: PaperForm, *, at: datetime) -> bytes:
    """As `printed`, and made once: an opened version and its dates seldom change. Takes a third of
    a second of processor time at first, and so belongs in a thread; one form is made at a time."""
    key = sha256(msgspec.json.encode((form, at))).digest()
    with _printing:
        data = _kept.pop(key, None) or printed(form, at=at)
        _kept[key] = data
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
    return data


_printing = Lock()
_kept: dict[bytes, bytes] = {}
"""The one asked for last stands last."""


def printed(form: PaperForm, *, at: datetime) -> bytes:
    """The form as a PDF, dated `at`. Raises NoLettersForIt."""
    return cast(bytes, _compiled(form, at, "pdf"))


def pictured(form: PaperForm, *, at: datetime) -> list[bytes]:
    """The same as pictures (PNG), one for each page."""
    made = _compiled(form, at, "png")
    return made if isinstance(made, list) else [cast(bytes, made)]


def _compiled(form: PaperForm, at: datetime, format: Literal["pdf", "png"]) -> object:  # noqa: A002
    # Everything anybody wrote goes in as data: nothing of it is read as markup.
    data = {"form": _printable(msgspec.to_builtins(form)), "bars": BARS}
    return typst.compile(
        SOURCE.read_bytes(),
        font_paths=_fonts(),
        format=format,
        ppi=72,
        sys_inputs={"data": msgspec.json.encode(data).decode()},
        pdf_standards=[STANDARD] if format == "pdf" else [],
        timestamp=int(at.timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    """Ours, and those that the library brings along for the letters that ours lack."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _printable(data: Any) -> Any:
    """The same with what cannot be printed as a space (tabs and other marks of machines) or as a
    box (letters that none of our fonts has). Raises NoLettersForIt where there are too many."""
    text = "".join(_strings(data))
    missing = {character for character in {*text} if not _is_known(character)}
    missing = {character for character in missing if not _has_glyph(character)}
    letters = sum(character.isalpha() for character in text)
    if sum(character in missing for character in text) > letters * MOST_UNPRINTABLE:
        raise NoLettersForIt
    return _with(data, {**MACHINE_MARKS, **dict.fromkeys(map(ord, missing), UNPRINTABLE)})


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | tuple | dict):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _strings(each)


def _with(data: Any, instead: Mapping[int, str]) -> Any:
    if isinstance(data, str):
        return data.translate(instead)
    if isinstance(data, list | tuple):
        return [_with(each, instead) for each in data]
    if isinstance(data, dict):
        return {name: _with(each, instead) for name, each in data.items()}
    return data


def _is_known(character: str) -> bool:
    """Whether it is of the blocks that our fonts hold whole: Latin, and the letters of Arabic."""
    return (
        " " <= character <= "~"
        or "\xa1" <= character <= "\u017f"
        or character in "\n‘’“”–…"
        or ord(character) in MACHINE_MARKS
    )


@lru_cache(maxsize=5000)
def _has_glyph(character: str) -> bool:
    source = f"#set document(title: [-])\n#{msgspec.json.encode(character).decode()}"
    try:
        typst.compile(source.encode(), font_paths=_fonts(), format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True
