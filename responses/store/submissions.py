"""Storing a response: its parts as one unit, once a key, durable before it is acknowledged."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app.audit import store as audit
from app.database import AlreadyThere, transaction, write_together
from app.problems import Refusal
from app.settings import settings
from responses.receipt import receipt_code, receipt_hash
from responses.response import ANALYSED, Channel, Parts, parted
from responses.store.units import Writing
from responses.store.uploads import clear_unlisted, deletion_of, files_of
from responses.tables import PrivateAnswerRow, ResponseRow, TextAnswerRow
from surveys.coded import code_table
from surveys.consultation import Round, Version
from surveys.questionnaire import Questionnaire, Upload
from surveys.routing import shown


class AnswersDiffer(Refusal):
    """Other answers came under a key that was used before."""

    title = "Other answers were sent before"


async def add_response(
    round: Round,  # noqa: A002 (the domain's word)
    version: Version,
    answers: Mapping[str, Any],
    *,
    channel: Channel,
    submitted_at: datetime,
    key: UUID,
    keyed_by: str = "",
    also: tuple[Writing, ...] = (),
) -> str:
    """Store checked answers and give their receipt, which is the same each time for the same key.

    Files kept under the key that are no part of the answers are deleted. `also` are writes that
    belong to the same unit. Raises AnswersDiffer where the key was used for other answers.
    """
    tokens = _files_in(version.questionnaire, answers)
    files = () if tokens is None else await files_of(key)
    queries = _insertions(
        round,
        version,
        answers,
        channel=channel,
        submitted_at=submitted_at,
        key=key,
        keyed_by=keyed_by,
    )
    unused = (deletion_of(key, but=tokens),) if files and tokens is not None else ()
    try:
        if keyed_by:
            await _write_audited((*queries, *unused, *also), key=key, by=keyed_by, channel=channel)
        else:
            await write_together(*queries, *unused, *also)
    except AlreadyThere:
        if (receipt := await receipt_again(key, answers)) is None:
            raise
        return receipt
    await clear_unlisted(files)
    return receipt_code(settings().secret_key, key)


def _files_in(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> list[str] | None:
    """The tokens of the files among the answers; None where no question asks for files."""
    asked = [question.key for question in questionnaire.questions if isinstance(question, Upload)]
    return [token for key in asked for token in answers.get(key, ())] if asked else None


async def receipt_again(key: UUID, answers: Mapping[str, Any]) -> str | None:
    """The receipt of a response that was stored under this key; None where there is none.

    Raises AnswersDiffer where its answers were others.
    """
    stored = (
        await ResponseRow.select(ResponseRow.answers_hash).where(ResponseRow.key == key).first()
    )
    if stored is None:
        return None
    if not hmac.compare_digest(stored["answers_hash"], answers_hash(answers)):
        raise AnswersDiffer(
            "A response with other answers was already stored under this key. "
            "Nothing was stored now, and the first answers stand."
        )
    return receipt_code(settings().secret_key, key)


def answers_hash(answers: Mapping[str, Any]) -> str:
    """Keyed, because an email address could be found again from a plain hash by trying."""
    document = msgspec.json.encode(dict(answers), order="deterministic")
    return hmac.digest(settings().secret_key, b"answers:" + document, hashlib.sha256).hex()


def _insertions(
    round: Round,  # noqa: A002
    version: Version,
    answers: Mapping[str, Any],
    *,
    channel: Channel,
    submitted_at: datetime,
    key: UUID,
    keyed_by: str,
) -> tuple[Writing, ...]:
    questionnaire = version.questionnaire
    parts = parted(questionnaire, answers)
    secret = settings().secret_key
    row = ResponseRow(
        key=key,
        receipt_hash=receipt_hash(secret, receipt_code(secret, key)),
        consultation=round.consultation_id,
        round=round.id,
        round_number=round.number,
        version=version.id,
        channel=channel.value,
        submitted_at=submitted_at,
        status=ANALYSED,
        record=msgspec.json.encode(parts.record).decode(),
        coded=code_table(questionnaire).encode(answers, shown(questionnaire, answers)),
        answers_hash=answers_hash(answers),
        keyed_by=keyed_by,
    )
    return (ResponseRow.insert(row), *_part_insertions(parts, key=key, round=round))


def _part_insertions(
    parts: Parts,
    *,
    key: UUID,
    round: Round,  # noqa: A002
) -> list[Writing]:
    texts = [
        TextAnswerRow(
            response=key, consultation=round.consultation_id, question=question, text=text
        )
        for question, text in parts.texts.items()
    ]
    private = [
        PrivateAnswerRow(
            response=key,
            kind=part.kind.value,
            question=part.question,
            answer=msgspec.json.encode(part.answer).decode(),
        )
        for part in parts.private
    ]
    inserts: list[Writing] = []
    if texts:
        inserts.append(TextAnswerRow.insert(*texts))
    if private:
        inserts.append(PrivateAnswerRow.insert(*private))
    return inserts


async def _write_audited(
    queries: tuple[Writing, ...], *, key: UUID, by: str, channel: Channel
) -> None:
    async with transaction():
        for query in queries:
            await query
        stored = await ResponseRow.select(ResponseRow.id).where(ResponseRow.key == key).first()
        subject = f"response:{stored['id']}" if stored else "response"
        await audit.record("key-response", subject, by=by, detail={"channel": channel.value})
