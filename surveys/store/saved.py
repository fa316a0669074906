"""The organisation's own questions, kept for its later consultations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from app.audit.store import record
from app.database import AlreadyThere, transaction
from app.problems import Refusal
from surveys.questionnaire import Question
from surveys.tables import SavedQuestionRow


class NoSuchSavedQuestion(Refusal):
    status: ClassVar[int] = 404
    title: ClassVar[str] = "There is no such question"


class NameTaken(Refusal):
    title: ClassVar[str] = "That name is taken"


class SavedQuestion(Struct, frozen=True):
    """`question` stands alone: nothing decides whether it is shown."""

    id: int
    name: str
    question: Question
    source: str
    by: str
    at: datetime


async def saved_questions() -> tuple[SavedQuestion, ...]:
    """All of them, by name."""
    rows = await SavedQuestionRow.select()
    return tuple(sorted(map(_saved, rows), key=lambda each: each.name.casefold()))


async def save_question(
    question: Question, *, name: str, source: str, by: str, now: datetime
) -> SavedQuestion:
    """Keeps a question for later, without its condition. Raises NameTaken."""
    alone = msgspec.structs.replace(question, show_if=None)
    row = SavedQuestionRow(
        name=name,
        question=msgspec.json.encode(alone).decode(),
        source=source,
        saved_by=by,
        saved_at=now,
    )
    try:
        async with transaction():
            added = (await SavedQuestionRow.insert(row))[0]["id"]
            await _recorded("save-question", added, name, by=by)
    except AlreadyThere:
        raise _taken(name) from None
    return SavedQuestion(added, name, alone, source, by, now)


async def rename_saved_question(saved_id: int, *, name: str, source: str, by: str) -> None:
    """Raises NoSuchSavedQuestion and NameTaken."""
    table = SavedQuestionRow
    try:
        async with transaction():
            await _check_there(saved_id)
            changed: dict[Any, Any] = {table.name: name, table.source: source}
            await table.update(changed).where(table.id == saved_id)
            await _recorded("rename-saved-question", saved_id, name, by=by)
    except AlreadyThere:
        raise _taken(name) from None


async def remove_saved_question(saved_id: int, *, by: str) -> None:
    """Questionnaires that took it keep their own copy. Raises NoSuchSavedQuestion."""
    async with transaction():
        name = await _check_there(saved_id)
        await SavedQuestionRow.delete().where(SavedQuestionRow.id == saved_id)
        await _recorded("remove-saved-question", saved_id, name, by=by)


async def _check_there(saved_id: int) -> str:
    table = SavedQuestionRow
    row = await table.select(table.name).where(table.id == saved_id).first()
    if row is None:
        raise NoSuchSavedQuestion("It may have been removed. Go back to the saved questions.")
    return str(row["name"])


async def _recorded(action: str, saved_id: int, name: str, *, by: str) -> None:
    await record(action, f"saved-question:{saved_id}", by=by, detail={"name": name})


def _taken(name: str) -> NameTaken:
    return NameTaken(f"Another saved question is called “{name}”. Choose another name.")


def _saved(row: Mapping[str, Any]) -> SavedQuestion:
    return SavedQuestion(
        id=row["id"],
        name=row["name"],
        question=msgspec.json.decode(row["question"], type=Question),
        source=row["source"],
        by=row["saved_by"],
        at=row["saved_at"],
    )
