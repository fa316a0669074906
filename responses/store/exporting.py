"""Responses into a file, read in batches; who took what out is audited."""

import asyncio
import csv
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from app.audit import store as audit
from app.database import engine, transaction
from app.problems import Refusal
from responses.files.answer_columns import AnswerColumns, Cells, Stored, answer_columns
from responses.files.codebook import codebook, csv_metadata
from responses.files.export_columns import ExportColumn, Kind, about_columns, export_columns
from responses.files.guarding import guarded
from responses.files.writing import (
    CODEBOOK_HEADER,
    CsvWriter,
    JsonLinesWriter,
    WorkbookWriter,
    Writer,
)
from responses.response import ANALYSED
from responses.tables import PrivateAnswerRow, ResponseRow
from surveys import store as surveys
from surveys.consultation import Consultation, Version

BATCH = 5_000
FOR_ITS_OWNER = 0o600
# Piccolo's rows turn every number and time into objects; here they only pass through.
_COLUMNS = {
    "sqlite": "id + 0 AS id, CAST(key AS TEXT) AS key, round_number + 0 AS round, channel, "
    "CAST(submitted_at AS TEXT) AS at, version + 0 AS version, record, coded",
    "postgres": "id, CAST(key AS TEXT) AS key, round_number AS round, channel, "
    "to_char(submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"') AS at, "
    "version, record, coded",
}


class NothingToExport(Refusal):
    title = "There is nothing to export"


class Written(Struct, frozen=True):
    """`beside` are the files that explain the first, `notes` what it could not hold."""

    responses: int
    beside: tuple[Path, ...]
    notes: tuple[str, ...]


class _Plan(Struct, frozen=True):
    """What is exported: the analysed responses of a consultation, or of one of its rounds."""

    consultation: Consultation
    round_number: int | None
    private: bool
    versions: tuple[Version, ...]
    columns: tuple[ExportColumn, ...]

    @property
    def every_column(self) -> tuple[ExportColumn, ...]:
        return (*about_columns(self.columns), *self.columns)


async def export_responses(
    consultation: Consultation,
    output: Path,
    *,
    form: str,
    round_number: int | None = None,
    private: bool = False,
    by: str,
) -> Written:
    """Write the responses that are in the figures, with a codebook beside them. `private` adds
    contact details and protected characteristics. Raises NothingToExport."""
    plan = await _plan(consultation, round_number, private=private)
    part = output.with_name(f".{output.name}.part")
    try:
        await asyncio.to_thread(_make_for_its_owner, part)
        count, notes, book = await _written(plan, part, form)
        beside = await asyncio.to_thread(_explain, plan, output, form, book)
        async with transaction():
            detail: dict[str, object] = {
                "format": form,
                "round": round_number or "every",
                "responses": count,
                "private": private,
            }
            subject = f"consultation:{consultation.slug}"
            await audit.record("export-responses", subject, by=by, detail=detail)
        await asyncio.to_thread(os.replace, part, output)
    finally:
        await asyncio.to_thread(part.unlink, missing_ok=True)
    return Written(count, beside, tuple(notes))


def _make_for_its_owner(path: Path) -> None:
    """Before anything is in it. Writing to it keeps its mode."""
    path.unlink(missing_ok=True)
    path.touch(FOR_ITS_OWNER)


async def _plan(consultation: Consultation, round_number: int | None, *, private: bool) -> _Plan:
    rows = (
        await ResponseRow.select(ResponseRow.version)
        .where(ResponseRow.consultation == consultation.id, ResponseRow.status == ANALYSED)
        .group_by(ResponseRow.version)
    )
    asked = {each.version_id for each in consultation.rounds} | {row["version"] for row in rows}
    every = await surveys.versions(consultation.id)
    versions = tuple(each for each in every if each.id in asked)
    if not versions or round_number not in (None, *(r.number for r in consultation.rounds)):
        raise NothingToExport("This consultation has no such round. Open it first.")
    same = await surveys.equivalences(consultation.id, known=every)
    columns = export_columns(versions, same, private=private)
    return _Plan(consultation, round_number, private, versions, columns)


async def _written(
    plan: _Plan, path: Path, form: str
) -> tuple[int, list[str], Sequence[Sequence[str]]]:
    total = await _count(plan)
    writer, book = await asyncio.to_thread(_writer, plan, path, form, total)
    readers = {
        version.id: AnswerColumns(
            plan.columns, version, writer.converters, tell_not_asked=form == "sav"
        )
        for version in plan.versions
    }
    done = 0
    async for rows, private in _batches(plan):
        done += len(rows)
        await asyncio.to_thread(_write, writer, rows, private, readers)
    await asyncio.to_thread(writer.close)
    return done, writer.notes, book


def _write(
    writer: Writer,
    rows: Sequence[Mapping[str, Any]],
    private: Mapping[str, str],
    readers: Mapping[int, AnswerColumns],
) -> None:
    keys = [row["key"] for row in rows]
    records = [row["record"] for row in rows]
    if private:
        both = zip(keys, records, strict=True)
        records = [_with_private(record, private.get(key)) for key, record in both]
    stored = Stored(records, [row["coded"] for row in rows], [row["version"] for row in rows])
    # Ids and channels are our own words, fit for every form.
    about: list[Cells] = [
        keys,
        _fit(writer, Kind.MOMENT, [row["at"].replace(" ", "T") for row in rows]),
        _fit(writer, Kind.WHOLE, [row["round"] for row in rows]),
        [row["channel"] for row in rows],
    ]
    writer.write([*about, *answer_columns(stored, readers)])


def _fit(writer: Writer, kind: Kind, cells: Cells) -> Cells:
    convert = writer.converters.get(kind)
    return cells if convert is None else [convert(cell) for cell in cells]


def _with_private(record: str, private: str | None) -> str:
    """Two objects in JSON as one: no field is in both."""
    if private is None:
        return record
    return f"{{{private}}}" if record == "{}" else f"{record[:-1]},{private}}}"


def _writer(
    plan: _Plan, path: Path, form: str, total: int
) -> tuple[Writer, Sequence[Sequence[str]]]:
    columns = plan.every_column
    lines = codebook(columns)
    if form == "csv":
        return CsvWriter(path, columns), lines
    if form == "jsonl":
        return JsonLinesWriter(path, columns), lines
    if form == "xlsx":
        return WorkbookWriter(path, columns, lines, total), lines
    # Only now: importing these takes longer than most commands do.
    from responses.files import frames

    if form == "sav":
        writer = frames.SavWriter(path, columns, title=plan.consultation.title)
        return writer, frames.sav_codebook(columns)
    return frames.ParquetWriter(path, columns), lines


async def _count(plan: _Plan) -> int:
    query = ResponseRow.count().where(
        ResponseRow.consultation == plan.consultation.id, ResponseRow.status == ANALYSED
    )
    if plan.round_number is not None:
        query = query.where(ResponseRow.round_number == plan.round_number)
    return int(await query)


async def _batches(
    plan: _Plan,
) -> AsyncIterator[tuple[Sequence[Mapping[str, Any]], Mapping[str, str]]]:
    """Rows in the order stored, each batch with its private answers as JSON by key."""
    reading = asyncio.create_task(_after(plan, 0))
    try:
        while rows := await reading:
            # The next batch is read while this one is written.
            reading = asyncio.create_task(_after(plan, rows[-1]["id"]))
            yield rows, await _private(plan, rows)
    finally:
        reading.cancel()


async def _after(plan: _Plan, last: int) -> Sequence[Mapping[str, Any]]:
    of_round = "" if plan.round_number is None else "AND round_number = {}"
    sql = (
        f"SELECT {_COLUMNS[engine().engine_type]} FROM response "  # noqa: S608 (our own words)
        f"WHERE consultation = {{}} AND status = {{}} AND id > {{}} {of_round} "
        f"ORDER BY response.id LIMIT {BATCH}"
    )
    values: list[object] = [plan.consultation.id, ANALYSED, last]
    if plan.round_number is not None:
        values.append(plan.round_number)
    found: Sequence[Mapping[str, Any]] = await ResponseRow.raw(sql, *values)
    return found


async def _private(plan: _Plan, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    if not plan.private:
        return {}
    of, table = PrivateAnswerRow.response, PrivateAnswerRow
    found = await table.select(of.as_alias("key"), table.question, table.answer).where(
        of.consultation == plan.consultation.id,
        of.id >= rows[0]["id"],
        of.id <= rows[-1]["id"],
    )
    answers: dict[str, list[str]] = {}
    for row in found:
        question = msgspec.json.encode(row["question"]).decode()
        answers.setdefault(str(row["key"]), []).append(f"{question}:{row['answer']}")
    return {key: ",".join(each) for key, each in answers.items()}


def _is_code(value: str) -> bool:
    return value.removeprefix("-").isdecimal()


def _explain(
    plan: _Plan, output: Path, form: str, book: Sequence[Sequence[str]]
) -> tuple[Path, ...]:
    """The codebook beside the file and, for CSV, its metadata where programs look for it."""
    beside = output.with_name(f"{output.stem}.codebook.csv")
    with beside.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(CODEBOOK_HEADER)
        writer.writerows(
            [value if _is_code(value) else guarded(value) for value in line] for line in book
        )
    if form != "csv":
        return (beside,)
    metadata = output.with_name(f"{output.name}-metadata.json")
    described = csv_metadata(plan.every_column, file=output.name, title=plan.consultation.title)
    metadata.write_bytes(msgspec.json.format(msgspec.json.encode(described), indent=2))
    return beside, metadata
