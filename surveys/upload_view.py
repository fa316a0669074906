"""What a page shows of a question that is answered with files."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from surveys.file_kinds import accepted, endings
from surveys.questionnaire import Upload


class FileView(Struct, frozen=True):
    """A file that is kept. `address` is where its sender, or staff, may have it."""

    token: str
    name: str
    size: str
    address: str = ""


class UploadView(Struct, frozen=True):
    """`accept` is what a browser's own file chooser is told."""

    accept: str
    several: bool
    files: tuple[FileView, ...]


def upload_view(
    question: Upload, tokens: Iterable[str], *, files: Mapping[str, FileView]
) -> UploadView:
    return UploadView(
        accept=",".join(endings(accepted(question))),
        several=question.max_files > 1,
        files=tuple(files[token] for token in tokens if token in files),
    )
