"""The kinds of file that an answer may be: what officers name, and what each looks like."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from app.speech import sentence, speech
from surveys.questionnaire import Upload
from surveys.typed import even_number


class Format(Struct, frozen=True):
    """One form of a kind, by how its name ends. `inside` is a file that each zip of this form
    holds; empty where the form is no zip."""

    kind: str
    media_type: str
    inside: str = ""


KINDS: Mapping[str, str] = {
    "pdf": sentence("PDF"),
    "word": sentence("Word document"),
    "spreadsheet": sentence("spreadsheet"),
    "slides": sentence("slides"),
    "text": sentence("plain text"),
    "image": sentence("picture"),
}
"""What `accept` may name, with its words."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

# The older forms (.doc, .xls) and those ending in m may carry programs, so they are not taken.
FORMATS: Mapping[str, Format] = {
    ".pdf": Format("pdf", "application/pdf"),
    ".docx": Format("word", f"{_OFFICE}.wordprocessingml.document", "word/document.xml"),
    ".odt": Format("word", f"{_OPEN}.text", "content.xml"),
    ".xlsx": Format("spreadsheet", f"{_OFFICE}.spreadsheetml.sheet", "xl/workbook.xml"),
    ".ods": Format("spreadsheet", f"{_OPEN}.spreadsheet", "content.xml"),
    ".csv": Format("spreadsheet", "text/csv"),
    ".pptx": Format("slides", f"{_OFFICE}.presentationml.presentation", "ppt/presentation.xml"),
    ".odp": Format("slides", f"{_OPEN}.presentation", "content.xml"),
    ".txt": Format("text", "text/plain"),
    ".jpg": Format("image", "image/jpeg"),
    ".jpeg": Format("image", "image/jpeg"),
    ".png": Format("image", "image/png"),
    ".webp": Format("image", "image/webp"),
}
MEGABYTE = 1024 * 1024


def accepted(question: Upload) -> tuple[str, ...]:
    """The kinds that the question takes: those that it names, else all."""
    return tuple(kind for kind in KINDS if not question.accept or kind in question.accept)


def endings(kinds: Iterable[str]) -> tuple[str, ...]:
    """How the names of files of these kinds end, like `.pdf`."""
    wanted = set(kinds)
    return tuple(ending for ending, form in FORMATS.items() if form.kind in wanted)


def largest_upload(question: Upload) -> int:
    """The bytes of all the files that the question takes, at their largest."""
    return question.max_files * question.max_megabytes * MEGABYTE


def accepted_words(question: Upload, language: str) -> str:
    """Which files the question takes, in a sentence or two."""
    speaks = speech(language)
    kinds = accepted(question)
    named = [
        speaks.say(
            "{kind} ({endings})",
            kind=speaks.say(KINDS[kind]),
            endings=", ".join(endings([kind])),
        )
        for kind in kinds
    ]
    size = speaks.say("{n} MB", n=question.max_megabytes)
    many = speaks.plural(
        "{n} file of up to {size}",
        "Up to {n} files, each of up to {size}",
        question.max_files,
        size=size,
    )
    return f"{many}: {speaks.listed(named, either=True)}"


def size_words(size: int, language: str) -> str:
    """Bytes as people say them: “340 kB”, “1.2 MB”."""
    speaks = speech(language)
    if size < MEGABYTE:
        return speaks.say("{n} kB", n=max(1, round(size / 1024)))
    return speaks.say("{n} MB", n=even_number(round(size / MEGABYTE, 1)))
