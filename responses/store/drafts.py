"""Drafts: answers kept as they are given, and the key that makes sending them twice harmless."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from piccolo.custom_types import Combinable

from app.database import transaction, write_together
from app.settings import settings
from responses.receipt import receipt_code
from responses.response import Channel
from responses.store.submissions import add_response
from responses.store.units import Writing
from responses.store.uploads import clear_unlisted, files_of, name_files, unsent_deletion_of
from responses.tables import DraftAnswerRow, DraftRow
from surveys.consultation import Round, Version


class Draft(Struct, frozen=True):
    """`key` becomes the response's own; `answers` are as given, by question or `question.other`."""

    key: UUID
    token_hash: str
    round_id: int
    version_id: int
    language: str
    ordering: int
    began_at: datetime
    submitted_at: datetime | None
    answers: dict[str, Any]

    @property
    def receipt(self) -> str:
        """The code of the response that this draft has become, or will."""
        return receipt_code(settings().secret_key, self.key)


async def begin_draft(
    round: Round,  # noqa: A002 (the domain's word)
    answers: Mapping[str, Any],
    *,
    language: str,
    now: datetime,
    ordering: int = 0,
) -> str:
    """Keep the first answers of somebody; gives the token that finds them again."""
    token = secrets.token_urlsafe(32)
    key = uuid4()
    row = DraftRow(
        token_hash=_token_hash(token),
        round=round.id,
        version=round.version_id,
        response_key=key,
        language=language,
        ordering=ordering,
        began_at=now,
    )
    await write_together(DraftRow.insert(row), *_upserts(key, answers, now=now))
    return token


async def draft(token: str) -> Draft | None:
    """The draft with its answers, in one read."""
    token_hash = _token_hash(token)
    rows = await DraftRow.raw(
        "SELECT d.response_key, d.round, d.version, d.language, d.ordering, d.began_at,"
        " d.submitted_at, a.question, a.answer"
        " FROM draft d LEFT JOIN draft_answer a ON a.draft = d.response_key"
        " WHERE d.token_hash = {}",
        token_hash,
    )
    if not rows:
        return None
    first = rows[0]
    return Draft(
        key=first["response_key"],
        token_hash=token_hash,
        round_id=first["round"],
        version_id=first["version"],
        language=first["language"],
        ordering=first["ordering"],
        began_at=first["began_at"],
        submitted_at=first["submitted_at"],
        answers=_answers(rows),
    )


async def save_draft(
    draft: Draft, answers: Mapping[str, Any], *, language: str, now: datetime
) -> None:
    """Keep these answers, beside any others of the draft. None takes an answer back.

    A draft that was sent or discarded meanwhile, in another window, keeps nothing.
    """
    live = DraftRow.select(DraftRow.response_key).where(*_is_live(draft))
    await write_together(
        # First of all, so that on PostgreSQL whoever ends the draft waits, or is waited for.
        DraftRow.update({DraftRow.language: language}).where(*_is_live(draft)),
        *_upserts(draft.key, answers, now=now),
        DraftAnswerRow.delete().where(
            DraftAnswerRow.draft == draft.key, DraftAnswerRow.draft.not_in(live)
        ),
    )


async def carry_draft(
    draft: Draft, version_id: int, answers: Mapping[str, Any], *, now: datetime
) -> None:
    """The draft answers this version from now on, and these are its answers. One that was sent,
    discarded or carried over meanwhile, in another window, stays as it is."""
    async with transaction():
        moved = DraftRow.update({DraftRow.version: version_id}).where(
            *_is_live(draft), DraftRow.version == draft.version_id
        )
        if not await moved.returning(DraftRow.id):
            return
        await DraftAnswerRow.delete().where(DraftAnswerRow.draft == draft.key)
        for writing in _upserts(draft.key, answers, now=now):
            await writing
        await name_files(draft.key, answers)


async def submit_draft(
    draft: Draft,
    answers: Mapping[str, Any],
    *,
    round: Round,  # noqa: A002
    version: Version,
    language: str,
    now: datetime,
) -> str:
    """Store the draft's checked answers as a response; the draft keeps nothing but its key and the
    language, in which the receipt's page speaks."""
    if draft.submitted_at is not None:
        return draft.receipt
    return await add_response(
        round,
        version,
        answers,
        channel=Channel.ONLINE,
        submitted_at=now,
        key=draft.key,
        also=(
            DraftRow.update({DraftRow.submitted_at: now, DraftRow.language: language}).where(
                DraftRow.response_key == draft.key
            ),
            DraftAnswerRow.delete().where(DraftAnswerRow.draft == draft.key),
        ),
    )


async def language_answered_in(key: UUID) -> str:
    """The language of the draft that became this response; empty where there was none."""
    found = await DraftRow.select(DraftRow.language).where(DraftRow.response_key == key).first()
    return str(found["language"]) if found else ""


async def discard_draft(draft: Draft) -> None:
    """Forget the answers and files of a draft that was not sent. What stays is a key that no token
    finds, so that a save of the same moment has where to go."""
    if draft.submitted_at is not None:
        return
    files = await files_of(draft.key)
    await write_together(
        DraftRow.update({DraftRow.token_hash: draft.key.hex}).where(*_is_live(draft)),
        DraftAnswerRow.delete().where(DraftAnswerRow.draft == draft.key),
        unsent_deletion_of(draft.key),
    )
    await clear_unlisted(files)


def _is_live(draft: Draft) -> tuple[Combinable, ...]:
    """Neither sent nor discarded."""
    return (DraftRow.token_hash == draft.token_hash, DraftRow.submitted_at.is_null())


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _upserts(key: UUID, answers: Mapping[str, Any], *, now: datetime) -> list[Writing]:
    rows = [
        DraftAnswerRow(
            draft=key, question=field, answer=msgspec.json.encode(answer).decode(), saved_at=now
        )
        for field, answer in answers.items()
    ]
    if not rows:
        return []
    return [
        DraftAnswerRow.insert(*rows).on_conflict(
            target=(DraftAnswerRow.draft, DraftAnswerRow.question),
            action="DO UPDATE",
            values=[DraftAnswerRow.answer, DraftAnswerRow.saved_at],
        )
    ]


def _answers(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    kept = {
        row["question"]: msgspec.json.decode(row["answer"])
        for row in rows
        if row["question"] is not None
    }
    return {field: answer for field, answer in kept.items() if answer is not None}
