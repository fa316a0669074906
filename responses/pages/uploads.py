"""Files that come with a page of a questionnaire: which are kept, and why others are not."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.forms import BIGGEST_BODY, BIGGEST_UPLOAD, MOST_ENCODED, ChosenFile, Form
from app.problems import Problem
from app.speech import sentence, speech
from responses.store import StoredFile
from surveys.answers import too_many_files
from surveys.file_content import (
    EMPTY,
    KIND,
    PROGRAMS,
    TOO_MANY_PIXELS,
    UNREADABLE,
    Content,
    NotTaken,
    content_of,
    parted_name,
)
from surveys.file_kinds import MEGABYTE, accepted, endings, largest_upload, size_words
from surveys.questionnaire import Question, Upload, say
from surveys.typed import shortened
from surveys.upload_view import FileView

REMOVE = "_remove"
ADD = "_add"

_WHY = {
    KIND: sentence("{name} is not a kind of file that {q} takes. Choose one ending in {endings}"),
    UNREADABLE: sentence(
        "{name} could not be read as what its name says it is. Save it again, and choose it again"
    ),
    EMPTY: sentence("{name} is empty. Choose another file"),
    TOO_MANY_PIXELS: sentence(
        "{name} has too many pixels. Make the picture smaller, and choose it again"
    ),
    PROGRAMS: sentence("{name} holds macros. Save it without them, and choose it again"),
}
# One picture at a time: a large one takes some hundred megabytes while it is drawn afresh.
_one_at_a_time = asyncio.Semaphore(1)


class FileChanges(Struct, frozen=True):
    """What a posted form does to the files kept so far. `add` are pairs of question and content."""

    add: tuple[tuple[str, Content], ...] = ()
    remove: tuple[StoredFile, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.add or self.remove)

    @property
    def adding(self) -> "FileChanges":
        """The same without taking any file away."""
        return replace(self, remove=())

    def problems_beside(self, others: Iterable[Problem]) -> tuple[Problem, ...]:
        """These, and other problems in their order; of one question only those of its files."""
        places = {problem.place for problem in self.problems}
        return (*self.problems, *(each for each in others if each.place not in places))


def largest_body(questions: Iterable[Question]) -> int:
    """The bytes that an answer to these questions may have."""
    files = sum(largest_upload(each) for each in questions if isinstance(each, Upload))
    if not files:
        # Sent without files it is encoded, and was measured when it was read.
        return BIGGEST_BODY * MOST_ENCODED
    return min(BIGGEST_BODY + files, BIGGEST_UPLOAD)


def stays(form: Form) -> bool:
    """Whether the form was sent to add or remove a file, and so leads nowhere else."""
    return form.ticked(REMOVE) or form.ticked(ADD)


async def file_changes(
    form: Form, questions: Iterable[Question], kept: Sequence[StoredFile], *, language: str
) -> FileChanges:
    """What the form asks for, each file looked at. Nothing is written."""
    removed = tuple(file for file in kept if file.token in form.texts(REMOVE))
    left = [file for file in kept if file not in removed]
    parts = [
        await _of_question(question, form.files(question.key), left, language)
        for question in questions
        if isinstance(question, Upload)
    ]
    return FileChanges(
        add=tuple(each for part in parts for each in part.add),
        remove=(*removed, *(each for part in parts for each in part.remove)),
        problems=tuple(each for part in parts for each in part.problems),
    )


async def _of_question(
    question: Upload, chosen: Sequence[ChosenFile], kept: Iterable[StoredFile], language: str
) -> FileChanges:
    mine = tuple(file for file in kept if file.question == question.key)
    found = [await _looked_at(question, file, language) for file in chosen]
    contents = [each for each in found if isinstance(each, Content)]
    problems = [each for each in found if isinstance(each, Problem)]
    # A lone file is replaced by another; where there may be several, each is removed by hand.
    replaced = mine if question.max_files == 1 and contents else ()
    room = question.max_files - len(mine) + len(replaced)
    if len(contents) > room:
        problems.append(too_many_files(question, language))
    add = tuple((question.key, content) for content in contents[: max(room, 0)])
    return FileChanges(add, replaced, tuple(problems))


async def _looked_at(question: Upload, file: ChosenFile, language: str) -> Content | Problem:
    if len(file.data) > question.max_megabytes * MEGABYTE:
        return _too_large(question, file, language)
    try:
        async with _one_at_a_time:
            return await asyncio.to_thread(
                content_of, file.name, file.data, kinds=accepted(question)
            )
    except NotTaken as refused:
        return _problem(
            question,
            file,
            language,
            _WHY[refused.why],
            endings=speech(language).listed(endings(accepted(question)), either=True),
        )


def _too_large(question: Upload, file: ChosenFile, language: str) -> Problem:
    return _problem(
        question,
        file,
        language,
        sentence("{name} has {size}. A file in answer to {q} may have up to {most}"),
        size=size_words(len(file.data), language),
        most=size_words(question.max_megabytes * MEGABYTE, language),
    )


def _problem(
    question: Upload, file: ChosenFile, language: str, words: str, **parts: str
) -> Problem:
    speaks = speech(language)
    name = speaks.quoted(shortened("".join(parted_name(file.name)), 60))
    asked = speaks.quoted(shortened(say(question.text, language)))
    return Problem(question.key, speaks.say(words, name=name, q=asked, **parts))


def answered_with(questions: Iterable[Question], files: Iterable[StoredFile]) -> dict[str, Any]:
    """The files as answers: for each question that has any, their tokens in the order they came."""
    files = tuple(files)
    answers = {
        question.key: [file.token for file in files if file.question == question.key]
        for question in questions
        if isinstance(question, Upload)
    }
    return {key: tokens for key, tokens in answers.items() if tokens}


def file_views(
    files: Iterable[StoredFile], *, at: str = "", language: str = "en"
) -> dict[str, FileView]:
    """The files by token, as pages show them. `at` is the address that theirs are below."""
    return {
        file.token: FileView(
            token=file.token,
            name=file.name,
            size=size_words(file.size, language),
            address=f"{at}/{file.token}" if at else "",
        )
        for file in files
    }


def files_in(
    question: Question, answers: Mapping[str, Any], files: Mapping[str, FileView]
) -> tuple[FileView, ...]:
    """The files that a question was answered with."""
    tokens = answers.get(question.key) if isinstance(question, Upload) else None
    return tuple(files[token] for token in tokens or () if token in files)


def asks_for_files(questions: Iterable[Question]) -> bool:
    return any(isinstance(question, Upload) for question in questions)
