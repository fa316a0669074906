"""Documents to read before answering: what kind each is, its versions, and its languages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from app.speech import sentence
from surveys.consultation import Document
from surveys.file_kinds import FORMATS, KINDS
from surveys.questionnaire import Text, say

ACCEPTED = ("pdf", "word", "image", "text")
"""The kinds of file that a document may be."""
LARGEST_DOCUMENT = 20 * 1024 * 1024


class Kind(StrEnum):
    """What a document is to its readers, in the order of a list."""

    DRAFT = "draft"
    SUMMARY = "summary"
    EASY_READ = "easy_read"
    TRANSLATION = "translation"
    OTHER = "other"


KIND_WORDS: Mapping[Kind, str] = {
    Kind.DRAFT: sentence("Draft strategy or proposals"),
    Kind.SUMMARY: sentence("Summary"),
    Kind.EASY_READ: sentence("Easy Read"),
    Kind.TRANSLATION: sentence("Translation"),
    Kind.OTHER: sentence("Other documents"),
}


class DocumentVersion(Struct, frozen=True):
    """One version in one language: a link, or a file whose SHA-256 is `digest`. The languages of
    one version share its `number`."""

    number: int
    language: str
    name: str
    note: str
    url: str
    file_name: str
    media_type: str
    size: int
    digest: str
    added_at: datetime

    @property
    def link(self) -> str:
        """The address elsewhere, if a page may link to it; empty for a file."""
        return Document(title="", url=self.url).link


class KeptDocument(Struct, frozen=True):
    """`versions` are the newest first. `strand` is a strand's key, or empty."""

    number: int
    title: Text
    kind: Kind
    strand: str
    versions: tuple[DocumentVersion, ...]
    removed: bool = False

    def called(self, language: str) -> str:
        return say(self.title, language)

    @property
    def newest(self) -> tuple[DocumentVersion, ...]:
        """The newest version in each of its languages, so that a translation that has not kept
        up is found all the same."""
        found: dict[str, DocumentVersion] = {}
        for version in self.versions:
            found.setdefault(version.language, version)
        return tuple(found.values())

    @property
    def earlier(self) -> tuple[DocumentVersion, ...]:
        newest = self.newest
        return tuple(version for version in self.versions if version not in newest)

    def version(self, number: int, language: str) -> DocumentVersion | None:
        wanted = (number, language)
        return next((v for v in self.versions if (v.number, v.language) == wanted), None)

    def behind(self, version: DocumentVersion) -> bool:
        """Whether it is the newest in its language, with a later version in another."""
        return version in self.newest and version.number < self.versions[0].number


class Shelf(Struct, frozen=True):
    """The documents of one kind."""

    kind: Kind
    documents: tuple[KeptDocument, ...]

    @property
    def words(self) -> str:
        return KIND_WORDS[self.kind]


def shelves(documents: Iterable[KeptDocument]) -> tuple[Shelf, ...]:
    """The documents that have something to read, by kind."""
    shown = [each for each in documents if each.versions and not each.removed]
    by_kind = ((kind, tuple(each for each in shown if each.kind is kind)) for kind in Kind)
    return tuple(Shelf(kind, found) for kind, found in by_kind if found)


def file_kind(version: DocumentVersion) -> Text:
    """What sort of file it is, like “PDF”; empty for a link."""
    if not version.digest:
        return ""
    forms = (form for form in FORMATS.values() if form.media_type == version.media_type)
    return next((KINDS[form.kind] for form in forms), "")


def next_number(versions: Sequence[DocumentVersion]) -> int:
    return 1 + max((version.number for version in versions), default=0)
