"""What everyone's answering writes to drafts, as queries whose text is made once."""

from collections.abc import Sequence
from typing import Any

from piccolo.query.methods import Delete, Insert, Update

from app.database import Prepared
from responses.tables import DraftAnswerRow, DraftRow


def _beginning(
    key: Any, token_hash: Any, asked: Any, version: Any, language: Any, ordering: Any, now: Any
) -> Insert[Any]:
    row = DraftRow(
        response_key=key,
        token_hash=token_hash,
        round=asked,
        version=version,
        language=language,
        ordering=ordering,
        began_at=now,
        saved_at=now,
    )
    return Insert[DraftRow](DraftRow).add(row)


def _answering(key: Any, now: Any, rows: Sequence[Any]) -> Insert[Any]:
    answers = (
        DraftAnswerRow(draft=key, question=question, answer=answer, saved_at=now)
        for question, answer in rows
    )
    inserting = Insert[DraftAnswerRow](DraftAnswerRow).add(*answers)
    return inserting.on_conflict(
        target=(DraftAnswerRow.draft, DraftAnswerRow.question),
        action="DO UPDATE",
        values=[DraftAnswerRow.answer, DraftAnswerRow.saved_at],
    )


def _sending(now: Any, language: Any, key: Any) -> Update[Any]:
    sent = DraftRow.update({DraftRow.submitted_at: now, DraftRow.language: language})
    return sent.where(DraftRow.response_key == key)


def _emptying(key: Any) -> Delete:
    return DraftAnswerRow.delete().where(DraftAnswerRow.draft == key)


begin = Prepared(_beginning)
"""Key, hash of the token, round, version, language, ordering, moment."""
keep_answers = Prepared(_answering)
"""Key and moment; rows of question and answer as JSON."""
mark_sent = Prepared(_sending)
"""Moment, language, key."""
drop_answers = Prepared(_emptying)
"""Key."""
