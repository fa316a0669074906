"""Changing the draft of a questionnaire: each change whole, in a history, and taken back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from piccolo.query import Select

from app.audit.store import record
from app.database import transaction
from app.problems import Problem, Refusal
from surveys.consultation import Consultation, State, Version
from surveys.drafting.applying import CannotApply, apply, cover_of, the_page, the_question
from surveys.drafting.building import keyed
from surveys.drafting.merging import Conflict, cover, head, merged
from surveys.drafting.operations import (
    ChangePage,
    ChangeQuestion,
    Operation,
    read_operation,
    write_operation,
)
from surveys.drafting.touching import taken_away, worked_on
from surveys.drafting.undoing import fitted_inverse
from surveys.drafting.words import operation_words
from surveys.native_files import LARGEST_FILE, write_questionnaire
from surveys.questionnaire import Page, Question, Questionnaire, say
from surveys.store.reading import consultation
from surveys.store.versioning import read_version
from surveys.tables import ChangeRow, ConsultationRow, QuestionnaireVersionRow
from surveys.translated import retold

T = TypeVar("T", Question, Page, Questionnaire)
Making: TypeAlias = Callable[[Questionnaire], Operation]


ENDED = ""
"""Stands where the operations of a change were that can never be made again."""

TOO_LARGE = (
    f"It would have more than {LARGEST_FILE // 1024**2} MB, and no export of it could be read "
    "again. Shorten its texts"
)

UNSEEN = (
    "Someone worked on it since you opened this page: {}. Look at it, and remove it again if you "
    "still want to"
)


class NothingToEdit(Refusal):
    title: ClassVar[str] = "There is no draft to edit"


class NothingToUndo(Refusal):
    title: ClassVar[str] = "There is nothing to undo"


class NothingToRedo(Refusal):
    title: ClassVar[str] = "There is nothing to redo"


class ChangedMeanwhile(Refusal):
    """Someone else changed the same thing, another way. `now` is it as stored; nothing is
    changed."""

    title: ClassVar[str] = "This changed since you opened it"

    def __init__(
        self, conflicts: tuple[Conflict, ...], *, now: Question | Page | Questionnaire
    ) -> None:
        super().__init__("Choose between the two, then save again.")
        self.conflicts = conflicts
        self.now = now


class Draft(Struct, frozen=True):
    """The newest version that is not frozen, its pages keyed. `revision` goes up with each
    change, each undo and each redo."""

    consultation: Consultation
    version: Version
    revision: int

    @property
    def questionnaire(self) -> Questionnaire:
        return self.version.questionnaire


class Change(Struct, frozen=True):
    number: int
    words: str
    by: str
    at: datetime
    undone: bool


async def draft(slug: str) -> Draft:
    """Raises NothingToEdit when every version is frozen."""
    found = await consultation(slug)
    table = QuestionnaireVersionRow
    newest = table.select().where(table.consultation == found.id, table.frozen_at.is_null())
    row = await newest.order_by(table.number, ascending=False).first()
    if row is None:
        raise NothingToEdit("Every version has been opened. Begin a new version to change it.")
    version = read_version(row)
    questionnaire = keyed(version.questionnaire)
    return Draft(found, replace(version, questionnaire=questionnaire), row["revision"])


async def change(
    slug: str, operation: Operation | Making, *, by: str, now: datetime, seen: int | None = None
) -> Draft:
    """Applies an operation to the draft as it is stored now. One that depends on what is there,
    like a removal, is better given as the function that makes it of the questionnaire. `seen` is
    the revision that the officer looked at: then nothing is removed that another officer worked
    on since. Raises NothingToEdit and CannotApply."""
    async with transaction():
        found = await draft(slug)
        if callable(operation):
            operation = operation(found.questionnaire)
        if seen is not None:
            await _check_seen(found, operation, seen, by=by)
        return await _change(found, operation, by=by, now=now)


async def _check_seen(found: Draft, operation: Operation, seen: int, *, by: str) -> None:
    gone = taken_away(operation, found.questionnaire)
    table = ChangeRow
    since = table.select(table.operation, table.words).where(
        table.version == found.version.id,
        table.number > seen,
        table.made_by != by,
        table.undone.eq(False),
    )
    for row in await since if gone else ():
        if gone & worked_on(read_operation(row["operation"])):
            raise CannotApply(Problem("What you wanted to remove", UNSEEN.format(row["words"])))


async def change_question(
    slug: str, key: str, *, opened: Question, mine: Question, by: str, now: datetime
) -> Draft:
    """Brings what an officer changed since `opened` into the question as it is stored now. Raises
    ChangedMeanwhile, NothingToEdit and CannotApply."""
    async with transaction():
        found = await draft(slug)
        stored = the_question(found.questionnaire, key)
        settled = _settled(found, opened, mine, stored)
        operation = None if settled == stored else ChangeQuestion(key, settled)
        return await _change(found, operation, by=by, now=now)


async def change_page(
    slug: str, key: str, *, opened: Page, mine: Page, by: str, now: datetime
) -> Draft:
    """The same for the head of a page; the questions of the pages given do not count."""
    async with transaction():
        found = await draft(slug)
        stored = head(the_page(found.questionnaire, key))
        settled = _settled(found, head(opened), head(mine), stored)
        operation = ChangePage(key, settled.title, settled.strand)
        return await _change(found, None if settled == stored else operation, by=by, now=now)


async def change_cover(
    slug: str, *, opened: Questionnaire, mine: Questionnaire, by: str, now: datetime
) -> Draft:
    """The same for the title, layout, languages and strands; the pages given do not count. What
    is written in a language that goes, goes with it."""
    async with transaction():
        found = await draft(slug)
        stored = cover(found.questionnaire)
        settled = _settled(found, cover(opened), cover(mine), stored)
        operation = None if settled == stored else _cover_change(found.questionnaire, settled)
        return await _change(found, operation, by=by, now=now)


def _settled(found: Draft, opened: T, mine: T, stored: T) -> T:
    result = merged(opened, mine, stored, language=found.questionnaire.languages[0])
    if result.value is None:
        raise ChangedMeanwhile(result.conflicts, now=stored)
    return result.value


def _cover_change(questionnaire: Questionnaire, settled: Questionnaire) -> Operation:
    """Where languages go or another becomes the default, every text has to follow."""
    wanted = replace(settled, pages=questionnaire.pages, languages=questionnaire.languages)
    if settled.languages == questionnaire.languages:
        return cover_of(wanted)
    return retold(wanted, languages=settled.languages)


async def undo(slug: str, *, by: str, now: datetime) -> Draft:
    """Takes back the newest change of this officer that is not taken back yet. What others
    changed since stays. Raises NothingToUndo, NothingToEdit, and CannotApply where theirs and
    this cannot be told apart any more."""
    async with transaction():
        found = await draft(slug)
        row = await _newest(found, by)
        if row is None:
            raise NothingToUndo("You have not changed this version, or took it all back.")
        back = fitted_inverse(
            found.questionnaire,
            done=read_operation(row["operation"]),
            inverse=read_operation(row["inverse"]),
        )
        applied = apply(found.questionnaire, back)
        kept = {ChangeRow.operation: applied.inverse, ChangeRow.inverse: back}
        await _mark(row["id"], kept, undone=True)
        words = f"Took back: {row['words']}"
        return await _store(found, applied.questionnaire, words, by=by, now=now)


async def redo(slug: str, *, by: str, now: datetime) -> Draft:
    """Makes again what this officer took back last, unless a change of theirs came after. Raises
    NothingToRedo, NothingToEdit and CannotApply."""
    async with transaction():
        found = await draft(slug)
        row = await _last_undone(found, by)
        if row is None:
            raise NothingToRedo("You have not taken anything back since your last change.")
        again = fitted_inverse(
            found.questionnaire,
            done=read_operation(row["inverse"]),
            inverse=read_operation(row["operation"]),
        )
        applied = apply(found.questionnaire, again)
        kept = {ChangeRow.operation: again, ChangeRow.inverse: applied.inverse}
        await _mark(row["id"], kept, undone=False)
        words = f"Made again: {row['words']}"
        return await _store(found, applied.questionnaire, words, by=by, now=now)


async def _newest(found: Draft, by: str) -> Mapping[str, Any] | None:
    query = _changes_of(found, by).where(ChangeRow.undone.eq(False))
    row: Mapping[str, Any] | None = await query.order_by(ChangeRow.number, ascending=False).first()
    return row


async def _last_undone(found: Draft, by: str) -> Mapping[str, Any] | None:
    query = _changes_of(found, by).where(ChangeRow.undone.eq(True), ChangeRow.operation != ENDED)
    row: Mapping[str, Any] | None = await query.order_by(ChangeRow.number).first()
    return row


def _changes_of(found: Draft, by: str) -> Select[ChangeRow]:
    return ChangeRow.select().where(ChangeRow.version == found.version.id, ChangeRow.made_by == by)


async def _mark(change_id: int, kept: Mapping[Any, Operation], *, undone: bool) -> None:
    written: dict[Any, Any] = {column: write_operation(each) for column, each in kept.items()}
    await ChangeRow.update({**written, ChangeRow.undone: undone}).where(ChangeRow.id == change_id)


async def changes(version_id: int, *, limit: int = 50) -> tuple[Change, ...]:
    """What officers did to a version, the newest first, what was taken back among it."""
    table = ChangeRow
    query = table.select(table.number, table.words, table.made_by, table.made_at, table.undone)
    query = query.where(table.version == version_id).order_by(table.number, ascending=False)
    return tuple(map(_read_change, await query.limit(limit)))


async def steps(found: Draft, *, by: str) -> tuple[Change | None, Change | None]:
    """What `undo` would take back for this officer, and what `redo` would make again."""
    back, again = await _newest(found, by), await _last_undone(found, by)
    return _read_change(back) if back else None, _read_change(again) if again else None


def _read_change(row: Mapping[str, Any]) -> Change:
    return Change(row["number"], row["words"], row["made_by"], row["made_at"], row["undone"])


async def _change(found: Draft, operation: Operation | None, *, by: str, now: datetime) -> Draft:
    """A new change, which ends what its officer could make again. None changes nothing."""
    if operation is None:
        return found
    applied = apply(found.questionnaire, operation)
    words = operation_words(operation, found.questionnaire)
    row = ChangeRow(
        version=found.version.id,
        number=found.revision + 1,
        operation=write_operation(operation),
        inverse=write_operation(applied.inverse),
        words=words,
        made_by=by,
        made_at=now,
    )
    table = ChangeRow
    ended = table.update({table.operation: ENDED, table.inverse: ENDED})
    await ended.where(table.version == found.version.id, table.made_by == by, table.undone.eq(True))
    await table.insert(row)
    return await _store(found, applied.questionnaire, words, by=by, now=now)


async def _store(
    found: Draft, questionnaire: Questionnaire, words: str, *, by: str, now: datetime
) -> Draft:
    document = write_questionnaire(questionnaire)
    if len(document) > LARGEST_FILE:
        raise CannotApply(Problem("The questionnaire", TOO_LARGE))
    revision = found.revision + 1
    table = QuestionnaireVersionRow
    changed = table.update({table.document: document.decode(), table.revision: revision})
    await changed.where(table.id == found.version.id)
    consultation = await _titled(found, questionnaire)
    detail = {"version": found.version.number, "revision": revision, "words": words}
    await record("change-questionnaire", f"consultation:{consultation.slug}", by=by, detail=detail)
    version = replace(found.version, questionnaire=questionnaire)
    return Draft(consultation, version, revision)


async def _titled(found: Draft, questionnaire: Questionnaire) -> Consultation:
    """Until it is first opened, a consultation is called what its questionnaire is called."""
    title = say(questionnaire.title, questionnaire.languages[0])
    before = say(found.questionnaire.title, found.questionnaire.languages[0])
    if title == before or before != found.consultation.title or _was_asked(found.consultation):
        return found.consultation
    table = ConsultationRow
    await table.update({table.title: title}).where(table.id == found.consultation.id)
    return replace(found.consultation, title=title)


def _was_asked(consultation: Consultation) -> bool:
    return any(each.state is not State.DRAFT for each in consultation.rounds)
