"""Whom the limits held up: counted once each, with what became of them."""

import asyncio
from datetime import timedelta

from responses import store
from responses.store import HeldUp, Passed
from responses.store.clearing import clear_expired
from surveys import store as surveys
from tests.responses.asking import ANSWERS, NOW, SLUG, asked, opened

LATER = NOW + timedelta(minutes=1)


async def begun(count: int) -> tuple[int, list[store.Draft]]:
    consultation = await opened(closes_in=timedelta(days=9))
    newest, _ = await asked(consultation)
    drafts = []
    for _ in range(count):
        token = await store.begin_draft(newest, ANSWERS, language="en", now=NOW)
        drafts.append(await store.draft(token))
    return consultation.id, [draft for draft in drafts if draft is not None]


async def sent(draft: store.Draft, *also: store.Writing) -> str:
    newest, version = await asked(await surveys.consultation(SLUG, at=NOW))
    return await store.submit_draft(
        draft, ANSWERS, round=newest, version=version, language="en", now=NOW, also=also
    )


async def test_asked_again_a_draft_may_be_sent_from_the_first_moment_on(database: str) -> None:
    consultation, [draft] = await begun(1)
    assert await store.held_until(draft) is None
    assert await store.hold(draft, consultation, LATER) == LATER
    assert await store.hold(draft, consultation, LATER + timedelta(hours=1)) == LATER
    assert await store.held_until(draft) == LATER
    assert (await store.held_counts(consultation)).drafts == 1


async def test_two_windows_at_once_are_one_draft(database: str) -> None:
    consultation, [draft] = await begun(1)
    moments = [LATER + timedelta(seconds=n) for n in range(5)]
    held = await asyncio.gather(*(store.hold(draft, consultation, each) for each in moments))
    assert len(set(held)) == 1
    assert (await store.held_counts(consultation)).drafts == 1


async def test_each_is_counted_by_what_became_of_it(database: str) -> None:
    consultation, drafts = await begun(6)
    for draft in drafts[:5]:
        await store.hold(draft, consultation, LATER)
    working, waiting, late, *_ = drafts
    await sent(working, store.passing(working.key, Passed.WORK))
    await sent(waiting, store.passing(waiting.key, Passed.WAIT))
    await sent(late)
    counts = await store.held_counts(consultation)
    assert (counts.drafts, counts.by_work, counts.by_wait, counts.later) == (5, 1, 1, 1)
    assert (counts.unsent, counts.never_sent) == (2, 0)
    await clear_expired(NOW + timedelta(days=10))
    counts = await store.held_counts(consultation)
    assert (counts.drafts, counts.sent, counts.unsent, counts.never_sent) == (5, 3, 0, 2)


async def test_what_has_no_draft_is_counted_every_time(database: str) -> None:
    consultation, _ = await begun(1)
    await asyncio.gather(*(store.count_held_up(consultation, HeldUp.API) for _ in range(7)))
    await store.count_held_up(consultation, HeldUp.BEGINNING)
    counts = await store.held_counts(consultation)
    assert (counts.api, counts.beginnings, counts.drafts) == (7, 1, 0)


async def test_every_marked_response_is_in_one_of_the_counts(database: str) -> None:
    consultation, drafts = await begun(4)
    for draft in drafts:
        await sent(draft, store.marking(draft.key, store.HIDDEN_FIELD))
    first, second, third, _ = await store.marked_responses(consultation)
    key = (await store.response(first, consultation_id=consultation)).key
    await store.note_look(key, first, by="officer@hearback.example", now=NOW)
    counts = await store.mark_counts(consultation)
    assert (counts.to_look_at, counts.looked_at, counts.every) == (3, 1, 4)
    assert {second, third} < set(await store.marked_responses(consultation))
