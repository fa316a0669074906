"""Checked rows on their way to the database: each with its key, waiting in a file, inserted."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, Any
from uuid import UUID

import msgspec
from msgspec import Struct
from piccolo.query.methods import Insert

from app.database import Prepared
from app.settings import settings
from responses.files.rows import CheckedRow
from responses.receipt import receipt_code, receipt_hash
from responses.response import ANALYSED
from responses.store.submissions import answers_hash
from responses.tables import PrivateAnswerRow, ResponseRow, TextAnswerRow
from surveys.consultation import Round

BATCH = 256


class RowToStore(Struct, frozen=True, array_like=True):
    """A checked row on its way to the database. `own_key` is what its id says where that is the
    key of a response, as it is in our own exports."""

    row: int
    key: UUID
    own_key: UUID | None
    channel: str
    submitted_at: datetime
    receipt_hash: str
    record: str
    coded: bytes
    answers_hash: str
    texts: list[tuple[str, str]]
    private: list[tuple[str, str, str]]


class Keys:
    """The key of each row: by its id, else by the file and the row's number. Keyed, so that nobody
    who knows a file can tell the keys; rows without ids lie side by side, which stores faster."""

    def __init__(self, consultation_id: int, digest: bytes) -> None:
        self._secret = settings().secret_key
        self._start = f"import:{consultation_id}:".encode()
        self._file = self._hashed(b"file:" + digest)[:10]

    def of(self, row: CheckedRow) -> UUID:
        if row.id:
            return UUID(bytes=self._hashed(b"id:" + row.id.encode())[:16])
        return UUID(bytes=self._file + row.row.to_bytes(6))

    def _hashed(self, what: bytes) -> bytes:
        return hmac.digest(self._secret, self._start + what, hashlib.sha256)


def row_to_store(row: CheckedRow, keys: Keys) -> RowToStore:
    key = keys.of(row)
    secret = settings().secret_key
    return RowToStore(
        row=row.row,
        key=key,
        own_key=_own_key(row.id),
        channel=row.channel,
        submitted_at=row.submitted_at,
        receipt_hash=receipt_hash(secret, receipt_code(secret, key)),
        record=msgspec.json.encode(row.record).decode(),
        coded=row.coded,
        answers_hash=answers_hash(row.answers),
        texts=row.texts,
        private=[
            (each.kind.value, each.question, msgspec.json.encode(each.answer).decode())
            for each in row.private
        ],
    )


def _own_key(row_id: str) -> UUID | None:
    if len(row_id) != 36:
        return None
    try:
        return UUID(row_id)
    except ValueError:
        return None


def write_batch(spool: IO[bytes], batch: list[RowToStore]) -> None:
    if batch:
        document = msgspec.msgpack.encode(batch)
        spool.write(len(document).to_bytes(8))
        spool.write(document)


def batches(spool: IO[bytes]) -> Iterator[list[RowToStore]]:
    decoder = msgspec.msgpack.Decoder(list[RowToStore])
    end = spool.tell()
    spool.seek(0)
    while spool.tell() < end:
        yield decoder.decode(spool.read(int.from_bytes(spool.read(8))))


async def insert_rows(rows: list[RowToStore], into: Round) -> None:
    same = (into.consultation_id, into.id, into.number, into.version_id)
    for part in in_parts([_values(row) for row in rows]):
        await _insert_responses(*same, rows=part)
    texts = [(row.key, question, text) for row in rows for question, text in row.texts]
    for part in in_parts(texts):
        await _insert_texts(into.consultation_id, rows=part)
    private = [(row.key, *answer) for row in rows for answer in row.private]
    for part in in_parts(private):
        await _insert_private(rows=part)


def in_parts(rows: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """In batches of few different sizes, since each size is a query of its own to prepare."""
    start, size = 0, BATCH
    while start < len(rows):
        if size <= len(rows) - start:
            yield rows[start : start + size]
            start += size
        else:
            size //= 2


def _values(row: RowToStore) -> tuple[Any, ...]:
    return (
        row.key,
        row.receipt_hash,
        row.channel,
        row.submitted_at,
        row.record,
        row.coded,
        row.answers_hash,
    )


def _responses_insert(
    consultation: Any, round_id: Any, round_number: Any, version: Any, rows: Sequence[Any]
) -> Insert[Any]:
    columns: tuple[Any, ...] = (
        ResponseRow.key,
        ResponseRow.receipt_hash,
        ResponseRow.channel,
        ResponseRow.submitted_at,
        ResponseRow.record,
        ResponseRow.coded,
        ResponseRow.answers_hash,
    )
    same: dict[Any, Any] = {
        ResponseRow.consultation: consultation,
        ResponseRow.round: round_id,
        ResponseRow.round_number: round_number,
        ResponseRow.version: version,
        ResponseRow.status: ANALYSED,
        ResponseRow.keyed_by: "",
    }
    return Insert[ResponseRow](ResponseRow).add(
        *(ResponseRow({**same, **dict(zip(columns, row, strict=True))}) for row in rows)
    )


def _texts_insert(consultation: Any, rows: Sequence[Any]) -> Insert[Any]:
    return Insert[TextAnswerRow](TextAnswerRow).add(
        *(
            TextAnswerRow(response=key, consultation=consultation, question=question, text=text)
            for key, question, text in rows
        )
    )


def _private_insert(rows: Sequence[Any]) -> Insert[Any]:
    return Insert[PrivateAnswerRow](PrivateAnswerRow).add(
        *(
            PrivateAnswerRow(response=key, kind=kind, question=question, answer=answer)
            for key, kind, question, answer in rows
        )
    )


_insert_responses = Prepared(_responses_insert)
_insert_texts = Prepared(_texts_insert)
_insert_private = Prepared(_private_insert)
