"""Responses out of a file: every row checked first, then all stored in one transaction or none."""

import asyncio
import hmac
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import msgspec
from msgspec import Struct
from piccolo.query.methods import Select

from app.audit import store as audit
from app.database import Prepared, engine, transaction
from app.problems import Refusal
from app.settings import settings
from responses.files.checking import FileChecks
from responses.files.matching import FileMap, Rejected
from responses.files.reading import read_rows
from responses.files.rows import Import
from responses.response import Channel
from responses.store.rows_to_store import (
    BATCH,
    Keys,
    RowToStore,
    batches,
    in_parts,
    insert_rows,
    row_to_store,
    write_batch,
)
from responses.tables import ResponseRow
from surveys.consultation import Consultation, Round, State, Version

MOST_LISTED = 1_000
KILOBYTES_WHILE_STORING, KILOBYTES_USUALLY = 65_536, 2_000
NO_MAP = FileMap()

Tell = Callable[[str, float, int], None]
"""Told what is being done (`checking` or `storing`), the share of it, and the rows so far."""


class NoRoundToImportInto(Refusal):
    title = "There is no such round"


class Imported(Struct, frozen=True):
    """`rejected` lists what is wrong, `wrong` counts it; with any, nothing was stored, and after a
    thousand the rest was not read. `columns` says what each of the file's was taken for,
    `columns_left_out` which were not, and `left_out` counts answers that the route hides, by
    question."""

    imported: int
    duplicates: int
    rejected: tuple[Rejected, ...]
    wrong: int
    left_out: Mapping[str, int]
    columns: Mapping[str, str]
    columns_left_out: tuple[str, ...]


class _Found(Struct):
    """What has been found so far; all of it is told at the end."""

    stored: int = 0
    duplicates: int = 0
    wrong: int = 0
    rejected: list[Rejected] = []

    def reject(self, found: Sequence[Rejected]) -> None:
        self.wrong += len(found)
        self.rejected += found[: max(0, MOST_LISTED - len(self.rejected))]


class _NothingStored(Exception):  # noqa: N818 (ends the transaction, and is never seen outside)
    """Rolls back what was inserted."""


def round_to_import_into(consultation: Consultation, number: int | None, now: datetime) -> Round:
    """The round with this number, else the open one, else the last that was asked. Raises
    NoRoundToImportInto."""
    asked = [each for each in consultation.rounds if each.standing(now) is not State.DRAFT]
    if number is not None:
        asked = [each for each in asked if each.number == number]
    chosen = next((each for each in asked if each.is_open(now)), asked[-1] if asked else None)
    if chosen is None:
        which = "round" if number is None else f"round {number}"
        raise NoRoundToImportInto(
            f"No {which} of this consultation has been opened. Open it first: responses belong to "
            "a round and its questionnaire."
        )
    return chosen


async def import_responses(
    consultation: Consultation,
    file: Path,
    *,
    into: Round,
    version: Version,
    channel: Channel,
    by: str,
    now: datetime,
    said: FileMap = NO_MAP,
    dry_run: bool = False,
    tell: Tell = lambda what, share, rows: None,
) -> Imported:
    """Check every row of the file and store all, or none where anything is wrong or on a dry run.

    Rows that were stored before are counted as duplicates. Whatever memory the file would take, a
    batch of it is held at a time: checked rows wait in a file that has no name. Raises
    UnusableFile.
    """
    of = Import(
        questionnaire=version.questionnaire,
        round_number=into.number,
        channel=channel,
        now=now,
        zone=settings().time_zone,
        values=said.values,
    )
    found = _Found()
    with tempfile.TemporaryFile(dir=settings().data_dir) as spool:
        checks = await asyncio.to_thread(
            _check, file, of, said, consultation.id, spool=spool, found=found, tell=tell
        )
        if not found.wrong:
            with suppress(_NothingStored):
                async with transaction(), _room_for_many():
                    await _store(spool, consultation, into, found=found, tell=tell)
                    if found.wrong or dry_run:
                        raise _NothingStored
                    if found.stored:
                        await _audit(consultation, into, channel, found, by=by)
    return Imported(
        imported=0 if found.wrong else found.stored,
        duplicates=found.duplicates,
        rejected=tuple(sorted(found.rejected, key=lambda each: each.row)),
        wrong=found.wrong,
        left_out=checks.left_out,
        columns=checks.match.headings,
        columns_left_out=checks.match.left_out,
    )


@asynccontextmanager
async def _room_for_many() -> AsyncIterator[None]:
    """Keys lie all over SQLite's indexes: with its usual 2 MB each page is written many times."""
    if engine().engine_type != "sqlite":
        yield
        return
    await ResponseRow.raw(f"PRAGMA cache_size = -{KILOBYTES_WHILE_STORING}")
    try:
        yield
    finally:
        await ResponseRow.raw(f"PRAGMA cache_size = -{KILOBYTES_USUALLY}")


async def _audit(
    consultation: Consultation, into: Round, channel: Channel, found: _Found, *, by: str
) -> None:
    detail: dict[str, object] = {
        "round": into.number,
        "channel": channel.value,
        "responses": found.stored,
        "duplicates": found.duplicates,
    }
    await audit.record(
        "import-responses", f"consultation:{consultation.slug}", by=by, detail=detail
    )


def _check(
    file: Path,
    of: Import,
    said: FileMap,
    consultation_id: int,
    *,
    spool: IO[bytes],
    found: _Found,
    tell: Tell,
) -> FileChecks:
    """Every row held against the questions, and those fit to store written to `spool`."""
    rows = read_rows(file)
    checks = FileChecks(rows, of, said)
    found.reject(checks.match.problems)
    if checks.match.problems:
        return checks
    keys = Keys(consultation_id, rows.digest)
    batch: list[RowToStore] = []
    total = 0
    for line, checked in checks.lines():
        if isinstance(checked, list):
            found.reject(checked)
        elif not found.wrong:
            batch.append(row_to_store(checked, keys))
        total += 1
        if found.wrong >= MOST_LISTED:
            break
        if len(batch) == BATCH:
            write_batch(spool, batch)
            batch = []
        if total % BATCH == 0:
            tell("checking", line.share, total)
    write_batch(spool, batch)
    tell("checking", 1.0, total)
    return checks


async def _store(
    spool: IO[bytes], consultation: Consultation, into: Round, *, found: _Found, tell: Tell
) -> None:
    """What is not there yet is inserted, in the transaction that is under way."""
    size = max(spool.tell(), 1)
    for batch in batches(spool):
        fresh = await _fresh(batch, consultation.id, found)
        if not found.wrong:
            await insert_rows(fresh, into)
            found.stored += len(fresh)
        tell("storing", spool.tell() / size, found.stored + found.duplicates)


async def _fresh(batch: list[RowToStore], consultation_id: int, found: _Found) -> list[RowToStore]:
    """The rows of a batch that are stored nowhere. An id that came before with the same answers is
    a duplicate; with others it is refused, since one of the two would be lost unseen."""
    keys = {row.key for row in batch} | {row.own_key for row in batch if row.own_key}
    known = await _known(keys, consultation_id)
    fresh = []
    for row in batch:
        same = _said_before(row, known)
        if same is None:
            fresh.append(row)
            known[row.key] = (row.answers_hash, row.record)
        elif same:
            found.duplicates += 1
        else:
            found.reject(
                [
                    Rejected(
                        row.row,
                        "id",
                        "A response with this id is there with other answers. Give the row another "
                        "id, or remove it",
                    )
                ]
            )
    return fresh


def _said_before(row: RowToStore, known: Mapping[UUID, tuple[str, str]]) -> bool | None:
    """Whether the response that is there says the same; None where there is none. An export may
    leave private answers out, so by their own key only records are compared."""
    if row.key in known:
        return hmac.compare_digest(known[row.key][0], row.answers_hash)
    if row.own_key is None or row.own_key not in known:
        return None
    stored = msgspec.json.decode(known[row.own_key][1])
    return bool(stored == msgspec.json.decode(row.record))


async def _known(keys: set[UUID], consultation_id: int) -> dict[UUID, tuple[str, str]]:
    """Of this consultation alone. That is not asked of the database, which would look through the
    whole consultation for it rather than look each key up."""
    found = [
        row
        for part in in_parts([(key,) for key in keys])
        for row in await _stored_before(rows=part)
    ]
    return {
        row["key"]: (row["answers_hash"], row["record"])
        for row in found
        if row["consultation"] == consultation_id
    }


def _stored_query(rows: Sequence[Any]) -> Select[Any]:
    return ResponseRow.select(
        ResponseRow.key, ResponseRow.answers_hash, ResponseRow.record, ResponseRow.consultation
    ).where(ResponseRow.key.is_in([key for (key,) in rows]))


_stored_before = Prepared(_stored_query)
