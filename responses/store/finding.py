"""Finding responses by round, channel, status and answer, a page at a time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from app.settings import settings
from responses.filters import Filter, in_version, test_of
from responses.response import Channel
from responses.tables import KioskResponseRow, ResponseRow
from surveys.coded import code_table
from surveys.consultation import Version, start_of_day
from surveys.equivalence import Equivalences


class Summary(Struct, frozen=True):
    """One line of a list. `answers` is the record: nothing private."""

    id: int
    key: UUID
    round_number: int
    version_id: int
    channel: Channel
    submitted_at: datetime
    status: str
    answers: dict[str, Any]


class Found(Struct, frozen=True):
    """`matching` of the consultation's `total` responses; `summaries` are those of one page."""

    matching: int
    total: int
    summaries: tuple[Summary, ...]


async def find_responses(
    consultation_id: int,
    wanted: Filter,
    *,
    versions: tuple[Version, ...],
    same: Equivalences,
    first: int,
    size: int,
) -> Found:
    """The newest first, from the place `first` (0 is the first). `same` says what the question is
    called in each version."""
    total = await ResponseRow.count().where(ResponseRow.consultation == consultation_id)
    if not wanted.places:
        matching = await _narrowed(ResponseRow.count(), consultation_id, wanted)
        rows = await _page(_summaries(consultation_id, wanted), first=first, size=size)
        return Found(matching, total, tuple(map(_summary, rows)))
    ids = await _ids(consultation_id, wanted, versions, same)
    here = ids[first : first + size]
    rows = (
        await _page(
            _summaries(consultation_id, wanted).where(ResponseRow.id.is_in(here)),
            first=0,
            size=size,
        )
        if here
        else []
    )
    return Found(len(ids), total, tuple(map(_summary, rows)))


async def _ids(
    consultation_id: int, wanted: Filter, versions: tuple[Version, ...], same: Equivalences
) -> list[int]:
    tests = {
        version.id: test_of(code_table(version.questionnaire), in_version(wanted, version.id, same))
        for version in versions
    }
    rows = await _narrowed(
        ResponseRow.select(ResponseRow.id, ResponseRow.version, ResponseRow.coded).order_by(
            ResponseRow.id, ascending=False
        ),
        consultation_id,
        wanted,
    )
    return [row["id"] for row in rows if tests[row["version"]](row["coded"])]


def _summaries(consultation_id: int, wanted: Filter) -> Any:
    return _narrowed(
        ResponseRow.select(
            ResponseRow.id,
            ResponseRow.key,
            ResponseRow.round_number,
            ResponseRow.version,
            ResponseRow.channel,
            ResponseRow.submitted_at,
            ResponseRow.status,
            ResponseRow.record,
        ),
        consultation_id,
        wanted,
    )


def _narrowed(query: Any, consultation_id: int, wanted: Filter) -> Any:
    query = query.where(ResponseRow.consultation == consultation_id)
    if wanted.rounds:
        query = query.where(ResponseRow.round_number.is_in(list(wanted.rounds)))
    if wanted.channels:
        query = query.where(ResponseRow.channel.is_in([each.value for each in wanted.channels]))
    if wanted.day is not None:
        first, last = _of_day(wanted.day)
        query = query.where(ResponseRow.submitted_at >= first, ResponseRow.submitted_at < last)
    if wanted.status is not None:
        query = query.where(ResponseRow.status == wanted.status)
    if wanted.kiosk is not None:
        given = KioskResponseRow.select(KioskResponseRow.response)
        query = query.where(
            ResponseRow.key.is_in(given.where(KioskResponseRow.kiosk == wanted.kiosk))
        )
    return query


def _of_day(day: date) -> tuple[datetime, datetime]:
    """When the day begins where the council is, and the one after."""
    zone = settings().time_zone
    begins = (start_of_day(each, zone) for each in (day, day + timedelta(days=1)))
    first, last = (each.astimezone(UTC) for each in begins)
    return first, last


async def _page(query: Any, *, first: int, size: int) -> list[dict[str, Any]]:
    ordered = query.order_by(ResponseRow.id, ascending=False)
    rows: list[dict[str, Any]] = await ordered.offset(first).limit(size)
    return rows


def _summary(row: dict[str, Any]) -> Summary:
    return Summary(
        id=row["id"],
        key=row["key"],
        round_number=row["round_number"],
        version_id=row["version"],
        channel=Channel(row["channel"]),
        submitted_at=row["submitted_at"],
        status=row["status"],
        answers=msgspec.json.decode(row["record"]),
    )
