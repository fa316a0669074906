"""What there is to read before answering: strands with what they propose, and the documents."""

from collections.abc import Iterable

from msgspec import Struct

from app.languages import language_name
from app.speech import speech
from surveys.documents import DocumentVersion, KeptDocument, file_kind, shelves
from surveys.marked import Marked, marked
from surveys.questionnaire import Questionnaire, say


class Copy(Struct, frozen=True):
    """One version of a document in one language. `behind` says that there is a later version in
    another language."""

    address: str
    name: str
    language: str
    language_name: str
    file: str
    note: str
    behind: bool


class Reading(Struct, frozen=True):
    """A document: its newest copies, and the earlier ones."""

    title: Marked
    newest: tuple[Copy, ...]
    earlier: tuple[Copy, ...]


class ReadingShelf(Struct, frozen=True):
    """`words` name the kind of document, in English, for the page to say in its language."""

    words: str
    documents: tuple[Reading, ...]


class StrandToRead(Struct, frozen=True):
    title: Marked
    text: Marked
    proposals: tuple[Marked, ...]
    shelves: tuple[ReadingShelf, ...]


class ReadingList(Struct, frozen=True):
    """`shelves` are the documents of no strand."""

    strands: tuple[StrandToRead, ...]
    shelves: tuple[ReadingShelf, ...]


def reading_list(
    slug: str,
    documents: Iterable[KeptDocument],
    asked: Questionnaire | None,
    *,
    language: str,
    own: str,
) -> ReadingList:
    """In `language` where there are words in it, else in the consultation's `own`."""
    documents = tuple(documents)
    strands = asked.strands if asked else ()
    known = {strand.key for strand in strands}

    def of(strand: str) -> tuple[ReadingShelf, ...]:
        here = (
            each
            for each in documents
            if each.strand == strand or not (strand or each.strand in known)
        )
        return tuple(
            ReadingShelf(
                shelf.words, tuple(_reading(slug, each, language, own) for each in shelf.documents)
            )
            for shelf in shelves(here)
        )

    return ReadingList(
        tuple(
            StrandToRead(
                marked(strand.title, language, default=own),
                marked(strand.text, language, default=own),
                tuple(marked(each.text, language, default=own) for each in strand.proposals),
                of(strand.key),
            )
            for strand in strands
        ),
        of(""),
    )


def _reading(slug: str, document: KeptDocument, language: str, own: str) -> Reading:
    # What is in the reader's own language comes first.
    newest = sorted(document.newest, key=lambda each: each.language != language)
    return Reading(
        marked(document.title, language, default=own),
        tuple(copy_of(slug, document, each, language=language) for each in newest),
        tuple(copy_of(slug, document, each, language=language) for each in document.earlier),
    )


def copy_of(
    slug: str,
    document: KeptDocument,
    version: DocumentVersion,
    *,
    language: str,
    base: str = "/consultations",
) -> Copy:
    """`base` is where the file is opened: by everyone, or by officers."""
    file = f"{base}/{slug}/documents/{document.number}/{version.number}/{version.language}"
    kind = file_kind(version)
    size = speech(language).number(max(1, round(version.size / 1000)))
    return Copy(
        address=version.link or file,
        name=version.name,
        language=version.language,
        language_name=language_name(version.language),
        file=f"{say(kind, language)}, {size} kB" if kind else "",
        note=version.note,
        behind=document.behind(version),
    )
