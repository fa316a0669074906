"""Drafts: nothing is lost, and sending twice is harmless."""

import asyncio
from datetime import timedelta

from responses import store
from responses.tables import DraftAnswerRow, DraftRow, ResponseRow
from surveys import store as surveys
from tests.responses.asking import ANSWERS, NOW, SLUG, asked, opened


async def begun(answers: dict[str, object] | None = None) -> str:
    consultation = await opened()
    newest, _ = await asked(consultation)
    return await store.begin_draft(newest, answers or {}, language="en", now=NOW)


async def begun_again(answers: dict[str, object]) -> str:
    newest, _ = await asked(await surveys.consultation(SLUG))
    return await store.begin_draft(newest, answers, language="en", now=NOW)


async def found(token: str) -> store.Draft:
    draft = await store.draft(token)
    assert draft is not None
    return draft


async def test_a_draft_is_found_by_its_token_only(database: str) -> None:
    token = await begun({"town": "Ashford"})
    draft = await found(token)
    assert (draft.answers, draft.language) == ({"town": "Ashford"}, "en")
    assert (draft.began_at, draft.submitted_at) == (NOW, None)
    assert await store.draft("another token") is None
    [row] = await DraftRow.select()
    assert token not in {str(value) for value in row.values()}


async def test_a_draft_without_answers_is_found_too(database: str) -> None:
    assert (await found(await begun())).answers == {}


async def test_an_answer_saved_again_replaces_the_first(database: str) -> None:
    token = await begun({"town": "Ashford", "uses": ["work"]})
    await store.save_draft(await found(token), {"town": "Dover"}, language="cy", now=NOW)
    draft = await found(token)
    assert draft.answers == {"town": "Dover", "uses": ["work"]}
    assert draft.language == "cy"
    assert await DraftAnswerRow.count() == 2


async def test_an_answer_can_be_taken_back(database: str) -> None:
    token = await begun({"town": "Ashford", "why": "Because"})
    await store.save_draft(await found(token), {"town": None}, language="en", now=NOW)
    assert (await found(token)).answers == {"why": "Because"}


async def test_saving_from_two_windows_at_once_loses_nothing(database: str) -> None:
    token = await begun()
    draft = await found(token)
    await asyncio.gather(
        *(store.save_draft(draft, {f"question_{n}": n}, language="en", now=NOW) for n in range(20)),
        *(store.save_draft(draft, {"town": "Dover"}, language="en", now=NOW) for _ in range(5)),
    )
    expected = {f"question_{n}": n for n in range(20)} | {"town": "Dover"}
    assert (await found(token)).answers == expected


async def test_a_sent_draft_keeps_nothing_but_its_key(database: str) -> None:
    token = await begun(dict(ANSWERS))
    receipt = await send(token)
    draft = await found(token)
    assert (draft.answers, draft.receipt) == ({}, receipt)
    assert draft.submitted_at == NOW + timedelta(minutes=10)


async def test_a_draft_sent_many_times_at_once_is_one_response(database: str) -> None:
    token = await begun(dict(ANSWERS))
    receipts = await asyncio.gather(*(send(token) for _ in range(10)))
    assert len(set(receipts)) == 1
    assert await ResponseRow.count() == 1


async def test_a_discarded_draft_leaves_nothing(database: str) -> None:
    token = await begun(dict(ANSWERS))
    await store.discard_draft(await found(token))
    assert await store.draft(token) is None
    assert await DraftAnswerRow.count() == 0


async def test_a_save_that_comes_after_the_end_of_a_draft_leaves_nothing(database: str) -> None:
    sent, discarded = await begun(dict(ANSWERS)), await begun_again(dict(ANSWERS))
    late = [await found(sent), await found(discarded)]
    await send(sent)
    await store.discard_draft(late[1])
    for draft in late:
        await store.save_draft(draft, {"town": "Dover"}, language="en", now=NOW)
    assert await DraftAnswerRow.count() == 0
    assert await store.draft(discarded) is None


async def test_a_sent_draft_cannot_be_discarded(database: str) -> None:
    token = await begun(dict(ANSWERS))
    await send(token)
    await store.discard_draft(await found(token))
    assert (await found(token)).submitted_at is not None


async def send(token: str) -> str:
    newest, version = await asked(await surveys.consultation(SLUG))
    draft = await found(token)
    return await store.submit_draft(
        draft,
        ANSWERS,
        round=newest,
        version=version,
        language="en",
        now=NOW + timedelta(minutes=10),
    )
