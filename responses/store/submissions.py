"""Storing a response: its parts as one unit, once a key, durable before it is acknowledged."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from piccolo.query.methods import Insert

from app.audit import store as audit
from app.database import AlreadyThere, Prepared, transaction, write_together
from app.problems import Refusal
from app.settings import settings
from responses.receipt import receipt_code, receipt_hash
from responses.response import ANALYSED, Channel, Parts, parted
from responses.store.units import Writing
from responses.store.uploads import clear_unlisted, deletion_of, files_of
from responses.tables import PrivateAnswerRow, ResponseRow, TextAnswerRow
from surveys.coded import CodeTable, code_table
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
    code = receipt_code(settings().secret_key, key)
    queries = _insertions(
        round,
        version,
        answers,
        code,
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
    return code


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
    code: str,
    *,
    channel: Channel,
    submitted_at: datetime,
    key: UUID,
    keyed_by: str,
) -> tuple[Writing, ...]:
    questionnaire = version.questionnaire
    parts = parted(questionnaire, answers)
    response = _insert_response(
        key,
        receipt_hash(settings().secret_key, code),
        round.consultation_id,
        round.id,
        round.number,
        version.id,
        channel.value,
        submitted_at,
        msgspec.json.encode(parts.record).decode(),
        _table_of(version).encode(answers, shown(questionnaire, answers)),
        answers_hash(answers),
        keyed_by,
    )
    return (response, *_part_insertions(parts, key=key, round=round))


_tables: dict[int, tuple[Version, CodeTable]] = {}
"""By the version's place in memory, so that two databases with the same numbers do not mix."""
MOST_TABLES = 200


def _table_of(version: Version) -> CodeTable:
    """Made once for each frozen version, which is kept in memory too."""
    found = _tables.get(id(version))
    if found is None or found[0] is not version:
        found = (version, code_table(version.questionnaire))
        if len(_tables) >= MOST_TABLES:
            _tables.clear()
        if version.frozen:
            _tables[id(version)] = found
    return found[1]


def _response_insert(*given: Any) -> Insert[Any]:
    columns = (
        ResponseRow.key,
        ResponseRow.receipt_hash,
        ResponseRow.consultation,
        ResponseRow.round,
        ResponseRow.round_number,
        ResponseRow.version,
        ResponseRow.channel,
        ResponseRow.submitted_at,
        ResponseRow.record,
        ResponseRow.coded,
        ResponseRow.answers_hash,
        ResponseRow.keyed_by,
    )
    row: dict[Any, Any] = dict(zip(columns, given, strict=True))
    return Insert[ResponseRow](ResponseRow).add(ResponseRow({ResponseRow.status: ANALYSED, **row}))


def _text_insert(key: Any, consultation: Any, rows: Sequence[Any]) -> Insert[Any]:
    return Insert[TextAnswerRow](TextAnswerRow).add(
        *(
            TextAnswerRow(response=key, consultation=consultation, question=question, text=text)
            for question, text in rows
        )
    )


def _private_insert(key: Any, rows: Sequence[Any]) -> Insert[Any]:
    return Insert[PrivateAnswerRow](PrivateAnswerRow).add(
        *(
            PrivateAnswerRow(response=key, kind=kind, question=question, answer=answer)
            for kind, question, answer in rows
        )
    )


_insert_response = Prepared(_response_insert)
_insert_texts = Prepared(_text_insert)
_insert_private = Prepared(_private_insert)


def _part_insertions(
    parts: Parts,
    *,
    key: UUID,
    round: Round,  # noqa: A002
) -> list[Writing]:
    inserts: list[Writing] = []
    if parts.texts:
        texts = tuple(parts.texts.items())
        inserts.append(_insert_texts(key, round.consultation_id, rows=texts))
    if parts.private:
        private = [
            (each.kind.value, each.question, msgspec.json.encode(each.answer).decode())
            for each in parts.private
        ]
        inserts.append(_insert_private(key, rows=private))
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
