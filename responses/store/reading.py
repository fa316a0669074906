"""Reading responses back: one by its receipt, many for counting and coding."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from app.problems import Refusal
from app.settings import settings
from responses.receipt import normalise, receipt_hash
from responses.response import ANALYSED, Channel, Kind, PrivateAnswer, Response
from responses.tables import PrivateAnswerRow, ResponseRow, TextAnswerRow


class NoSuchResponse(Refusal):
    status = 404
    title = "There is no such response"


class TextAnswer(Struct, frozen=True):
    id: int
    response_id: int
    response_key: UUID
    round_number: int
    question: str
    text: str


async def response_by_receipt(code: str, *, private: bool = False) -> Response | None:
    """The response that this code was given for, however it was typed; None where there is none."""
    meant = normalise(code)
    if meant is None:
        return None
    hashed = receipt_hash(settings().secret_key, meant)
    row = await _rows().where(ResponseRow.receipt_hash == hashed).first()
    if row is None:
        return None
    return _response(row, await private_answers(row["key"]) if private else ())


async def response(response_id: int, *, consultation_id: int, private: bool = False) -> Response:
    """One response of a consultation. Raises NoSuchResponse."""
    row = (
        await _rows()
        .where(ResponseRow.id == response_id, ResponseRow.consultation == consultation_id)
        .first()
    )
    if row is None:
        raise NoSuchResponse("This consultation has no response with that number.")
    return _response(row, await private_answers(row["key"]) if private else ())


async def response_by_key(key: UUID) -> Response | None:
    """The response with this key of its own, private answers left out."""
    row = await _rows().where(ResponseRow.key == key).first()
    return None if row is None else _response(row, ())


async def private_answers(key: UUID) -> tuple[PrivateAnswer, ...]:
    rows = (
        await PrivateAnswerRow.select(
            PrivateAnswerRow.kind, PrivateAnswerRow.question, PrivateAnswerRow.answer
        )
        .where(PrivateAnswerRow.response == key)
        .order_by(PrivateAnswerRow.id)
    )
    return tuple(
        PrivateAnswer(Kind(row["kind"]), row["question"], msgspec.json.decode(row["answer"]))
        for row in rows
    )


async def analysed_up_to(consultation_id: int, last: int) -> int:
    """How many analysed responses of a consultation have ids up to this one."""
    found: int = await ResponseRow.count().where(
        ResponseRow.consultation == consultation_id,
        ResponseRow.status == ANALYSED,
        ResponseRow.id <= last,
    )
    return found


async def text_answers(consultation_id: int) -> tuple[TextAnswer, ...]:
    """Every free-text answer of the analysed responses, in the order stored."""
    rows = (
        await TextAnswerRow.select(
            TextAnswerRow.id,
            TextAnswerRow.response.id.as_alias("response_id"),
            TextAnswerRow.response.as_alias("response_key"),
            TextAnswerRow.response.round_number.as_alias("round_number"),
            TextAnswerRow.question,
            TextAnswerRow.text,
        )
        .where(
            TextAnswerRow.consultation == consultation_id,
            TextAnswerRow.response.status == ANALYSED,
        )
        .order_by(TextAnswerRow.id)
    )
    return tuple(TextAnswer(**row) for row in rows)


def _rows() -> Any:
    return ResponseRow.select(
        ResponseRow.id,
        ResponseRow.key,
        ResponseRow.consultation,
        ResponseRow.round_number,
        ResponseRow.version,
        ResponseRow.channel,
        ResponseRow.submitted_at,
        ResponseRow.status,
        ResponseRow.record,
        ResponseRow.keyed_by,
    )


def _response(row: Mapping[str, Any], private: Iterable[PrivateAnswer]) -> Response:
    answers = msgspec.json.decode(row["record"])
    return Response(
        id=row["id"],
        key=row["key"],
        consultation_id=row["consultation"],
        round_number=row["round_number"],
        version_id=row["version"],
        channel=Channel(row["channel"]),
        submitted_at=row["submitted_at"],
        status=row["status"],
        answers=answers | {part.question: part.answer for part in private},
        keyed_by=row["keyed_by"],
    )
