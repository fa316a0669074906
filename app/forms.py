"""Forms: everything that was typed, read once, with the problems found in it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from msgspec import Struct

from app.problems import Problem

# More fields than any questionnaire has; beyond it, somebody is wasting our time.
MOST_FIELDS = 20_000
BIGGEST_BODY = 8 * 1024 * 1024
# `%XX` stands for one byte.
MOST_ENCODED = 3
# Where files may be sent: more than this together is held in no server's memory.
BIGGEST_UPLOAD = 120 * 1024 * 1024
BIGGEST_NUMBER = 10**15


class ChosenFile(Struct, frozen=True):
    """A file that came with a form; `name` is what the sender's machine called it."""

    name: str
    data: bytes


class Form:
    """A posted form. `fields` keeps everything as typed; reading a field may add a Problem."""

    def __init__(
        self,
        fields: Mapping[str, list[str]],
        files: Mapping[str, list[ChosenFile]] | None = None,
    ) -> None:
        self.fields = fields
        self.problems: list[Problem] = []
        self._files = files or {}

    def refuse(self, name: str, words: str) -> None:
        """Add a problem beside the field `name`."""
        self.problems.append(Problem(name, words))

    def text(self, name: str, *, missing: str | None = None, limit: int = 5000) -> str:
        """What was typed, stripped. Empty where `missing` is given, or too long: a problem."""
        typed = self._first(name)
        if not typed and missing:
            self.refuse(name, missing)
        if len(typed) > limit:
            self.refuse(name, f"Use {limit:,} characters or fewer; you used {len(typed):,}")
        return typed

    def texts(self, name: str) -> list[str]:
        """Every value of a repeated field, stripped, empty ones left out."""
        return [stripped for value in self.fields.get(name, ()) if (stripped := value.strip())]

    def ticked(self, name: str) -> bool:
        """Whether a checkbox came with any value."""
        return bool(self.texts(name))

    def whole_number(self, name: str, *, missing: str | None = None) -> int | None:
        """A whole number; thousands may be parted by commas or spaces."""
        typed = re.sub(r"(?<=\d)[,\s](?=\d{3})", "", self.text(name, missing=missing))
        if not typed:
            return None
        if not re.fullmatch(r"[+-]?[0-9]+", typed) or abs(int(typed[:18])) > BIGGEST_NUMBER:
            self.refuse(name, "Enter a whole number, like 12")
            return None
        return int(typed)

    def day(self, name: str, *, missing: str | None = None) -> date | None:
        """A date of three fields, `name-day`, `name-month` and `name-year`.

        Its problem stands at the part to mend, so that a link in the summary reaches an input.
        """
        parts = {part: self._first(f"{name}-{part}") for part in ("day", "month", "year")}
        if not any(parts.values()):
            if missing:
                self.refuse(f"{name}-day", missing)
            return None
        empty = [part for part, typed in parts.items() if not typed]
        if empty:
            self.refuse(f"{name}-{empty[0]}", f"The date must include a {' and a '.join(empty)}")
            return None
        return self._real_day(name, parts)

    def file(self, name: str) -> bytes | None:
        """The bytes of an upload; None where no file was chosen."""
        chosen = self.files(name)
        return chosen[0].data if chosen else None

    def files(self, name: str) -> list[ChosenFile]:
        """Every file chosen in a field."""
        return self._files.get(name, [])

    def _first(self, name: str) -> str:
        values = self.fields.get(name)
        return values[0].strip() if values else ""

    def _real_day(self, name: str, parts: Mapping[str, str]) -> date | None:
        try:
            if not all(re.fullmatch(r"[0-9]{1,4}", typed) for typed in parts.values()):
                raise ValueError
            if len(parts["year"]) != 4:
                self.refuse(f"{name}-year", "The year must have 4 numbers, like 2026")
                return None
            return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
        except ValueError:
            self.refuse(f"{name}-day", "Enter a real date, like 27 3 2026")
            return None


def refuse_larger(request: Request[Any, Any, Any], at_most: int) -> None:
    """A body of more than `at_most` bytes is a 413 page."""
    if (request.content_length or 0) > at_most:
        raise RequestEntityTooLarge


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """The posted form, url-encoded or multipart. One over its address's limit is a 413 page."""
    kind, _ = request.content_type
    if kind == RequestEncodingType.MULTI_PART:
        return await _read_multipart(request)
    refuse_larger(request, BIGGEST_BODY * MOST_ENCODED)
    body = (await request.body()).decode("utf-8", errors="replace")
    fields: dict[str, list[str]] = {}
    # What was typed counts, and not how many bytes a browser makes of an Arabic letter.
    if len(body) - 2 * body.count("%") > BIGGEST_BODY or body.count("&") >= MOST_FIELDS:
        raise RequestEntityTooLarge
    for name, value in parse_qsl(body, keep_blank_values=True):
        fields.setdefault(name, []).append(_plain(value))
    return Form(fields)


async def _read_multipart(request: Request[Any, Any, Any]) -> Form:
    fields: dict[str, list[str]] = {}
    files: dict[str, list[ChosenFile]] = {}
    # Not `multi_items`, which goes by a set: problems would stand now at one field, now at another.
    for name, value in (await request.form()).items():
        if not isinstance(value, UploadFile):
            fields.setdefault(name, []).append(_plain(str(value)))
        elif value.filename:
            files.setdefault(name, []).append(ChosenFile(value.filename, await value.read()))
            await value.seek(0)
    return Form(fields, files)


def _plain(typed: str) -> str:
    # Browsers send line ends as CRLF; PostgreSQL refuses NUL in a text.
    return typed.replace("\0", "").replace("\r\n", "\n")
