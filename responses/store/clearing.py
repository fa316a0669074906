"""The task beside the server that reminds those who asked for it, and deletes what was never sent:
addresses first, then codes, answers and files."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from app.clock import now
from app.database import write_together
from app.logs import where
from responses.keeping import GRACE, REMIND_BEFORE, WITHOUT_A_CLOSE, usable_until
from responses.letters import Letter, Way, reminder
from responses.store.bringing import clear_brought
from responses.store.drafts import Draft, draft_of
from responses.store.organisation import return_of_sender
from responses.store.returning import claim_reminder, forget_return, return_of
from responses.store.uploads import clear_unlisted, clear_unsent, files_of
from responses.tables import (
    DraftAddressRow,
    DraftAnswerRow,
    DraftReturnRow,
    DraftRow,
    MemberRow,
    UploadRow,
)
from surveys import store as surveys
from surveys.consultation import TIME_TO_FINISH, State
from surveys.marked import title_of

SECONDS_BETWEEN = 60 * 60.0
AT_ONCE = 200

log = structlog.get_logger()


async def run_clearing(stop: asyncio.Event) -> None:
    """Works at once and then every hour until `stop` is set. Trouble is logged without words, and
    one duty's trouble keeps none of the others."""
    while not stop.is_set():
        for duty in (clear_ended, clear_expired, send_reminders, clear_unsent, clear_brought):
            try:
                await duty(now())
            except Exception as error:
                log.error("clearing", error=type(error).__name__, where=where(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SECONDS_BETWEEN)


async def clear_ended(now: datetime) -> int:
    """Forget addresses, letters, codes and people of drafts that were sent: how many drafts."""
    found: set[UUID] = set()
    for table in (DraftAddressRow, DraftReturnRow, MemberRow):
        rows = await table.select(table.draft).where(table.draft.submitted_at.is_not_null())
        found |= {row["draft"] for row in rows}
    await forget_return(found, now=now)
    return len(found)


async def clear_expired(now: datetime) -> int:
    """Delete the drafts that nobody can send any more: how many."""
    keys = [row["response_key"] for row in await _expired(now)]
    # Whoever they are of goes first, of all of them, before any answer.
    for some in _parted(keys):
        await forget_return(some, now=now)
    for some in _parted(keys):
        await _delete(some)
    return len(keys)


async def _expired(now: datetime) -> list[dict[str, Any]]:
    over = DraftRow.round.closes_at < now - TIME_TO_FINISH - GRACE
    stale = (DraftRow.saved_at < now - WITHOUT_A_CLOSE - GRACE) | (
        DraftRow.saved_at.is_null() & (DraftRow.began_at < now - WITHOUT_A_CLOSE - GRACE)
    )
    rows: list[dict[str, Any]] = await DraftRow.select(DraftRow.response_key).where(
        DraftRow.submitted_at.is_null(), over | (DraftRow.round.closes_at.is_null() & stale)
    )
    return rows


async def _delete(keys: list[UUID]) -> None:
    files = [file for key in keys for file in await files_of(key)] if keys else []
    unsent = DraftRow.select(DraftRow.response_key).where(
        DraftRow.response_key.is_in(keys), DraftRow.submitted_at.is_null()
    )
    await write_together(
        UploadRow.delete().where(UploadRow.key.is_in(unsent)),
        DraftAnswerRow.delete().where(DraftAnswerRow.draft.is_in(unsent)),
        DraftRow.delete().where(DraftRow.response_key.is_in(keys), DraftRow.submitted_at.is_null()),
    )
    await clear_unlisted(files)


def _parted(keys: list[UUID]) -> Iterable[list[UUID]]:
    return (keys[place : place + AT_ONCE] for place in range(0, len(keys), AT_ONCE))


async def send_reminders(now: datetime) -> int:
    """One letter to everyone who asked for it and has not sent yet, a few days before the close."""
    draft: Any = DraftAddressRow.draft
    rows = await DraftAddressRow.select(
        draft, DraftAddressRow.language, draft.round.consultation.as_alias("consultation")
    ).where(
        DraftAddressRow.remind.eq(True),
        DraftAddressRow.reminded_at.is_null(),
        draft.submitted_at.is_null(),
        draft.round.state == State.OPEN.value,
        draft.round.closes_at > now,
        draft.round.closes_at <= now + REMIND_BEFORE,
    )
    sent = 0
    for row in rows:
        found = await draft_of(row["draft"])
        letter = await _reminder(found, row["consultation"], row["language"]) if found else None
        if found and letter:
            sent += await claim_reminder(found.key, letter, now=now)
    return sent


async def _reminder(draft: Draft, consultation_id: int, language: str) -> Letter | None:
    consultation = await surveys.consultation_by_id(consultation_id)
    asked = next((each for each in consultation.rounds if each.id == draft.round_id), None)
    known = await (return_of_sender(draft) if draft.shared else return_of(draft))
    if known is None or asked is None or asked.closes_at is None:
        return None
    version = await surveys.version(draft.version_id)
    way = Way(
        slug=consultation.slug,
        title=title_of(consultation, version.questionnaire, language),
        link=known.link,
        code=known.code,
        until=usable_until(asked, draft.saved_at),
    )
    return reminder(way, language=language, closes_at=asked.closes_at)
