"""Prepared queries: the text that Piccolo would make each time, made once."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from piccolo.query.methods import Insert

from app.database import Prepared, Ready, changes, transaction, write_together
from responses.store import draft_writes
from responses.tables import DraftAnswerRow
from tests.responses.asking import asked, opened

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


async def test_a_value_that_stands_in_every_row_goes_to_the_database_once(database: str) -> None:
    key = uuid4()
    prepared = draft_writes.keep_answers(key, NOW, rows=[("a", '"1"'), ("b", "null")])
    assert prepared.statement.values == (key, NOW, "a", '"1"', "b", "null")
    assert "RETURNING" not in prepared.statement.sql


async def test_rows_are_stored_as_the_query_itself_would_store_them(database: str) -> None:
    asking, version = await asked(await opened())
    keys = uuid4(), uuid4()
    for key in keys:
        await draft_writes.begin(key, key.hex, asking.id, version.id, "en", 0, NOW)
    rows = [("a", '"1"'), ("b", "null")]
    await draft_writes.keep_answers(keys[0], NOW, rows=rows)
    await DraftAnswerRow.insert(
        *(
            DraftAnswerRow(draft=keys[1], question=question, answer=answer, saved_at=NOW)
            for question, answer in rows
        )
    )
    columns = (DraftAnswerRow.question, DraftAnswerRow.answer, DraftAnswerRow.saved_at)
    prepared, plain = [
        await DraftAnswerRow.select(*columns).where(DraftAnswerRow.draft == key) for key in keys
    ]
    assert prepared == plain
    await draft_writes.keep_answers(keys[0], NOW, rows=[("a", '"2"')])
    changed = await DraftAnswerRow.select(*columns).where(DraftAnswerRow.draft == keys[0])
    assert {row["question"]: row["answer"] for row in changed} == {"a": '"2"', "b": "null"}


async def test_what_is_looked_up_at_one_moment_fails_alone(database: str) -> None:
    counting = Prepared(lambda number: DraftAnswerRow.raw("SELECT 1 + {} AS one", number))
    broken = Prepared(lambda number: DraftAnswerRow.raw("SELECT {} FROM nowhere", number))
    ask = [counting(0), broken(1), counting(2)]
    first, second, third = await asyncio.gather(*map(_awaited, ask), return_exceptions=True)
    assert isinstance(second, Exception)
    assert not isinstance(first, BaseException)
    assert not isinstance(third, BaseException)
    assert [row["one"] for row in (*first, *third)] == [1, 3]


async def _awaited(query: Ready) -> list[dict[str, Any]]:
    return await query


async def test_each_number_of_rows_has_a_text_of_its_own(database: str) -> None:
    one = draft_writes.keep_answers(uuid4(), NOW, rows=[("a", "1")])
    two = draft_writes.keep_answers(uuid4(), NOW, rows=[("a", "1"), ("b", "2")])
    again = draft_writes.keep_answers(uuid4(), NOW, rows=[("c", "3")])
    assert one.statement.sql == again.statement.sql != two.statement.sql
    assert "3" in again.statement.values


async def test_it_is_stored_together_and_inside_a_transaction_alike(database: str) -> None:
    asking, version = await asked(await opened())
    keys = uuid4(), uuid4()
    begins = [draft_writes.begin(key, key.hex, asking.id, version.id, "en", 0, NOW) for key in keys]
    await write_together(begins[0], draft_writes.keep_answers(keys[0], NOW, rows=[("a", "1")]))
    async with transaction():
        await begins[1]
        await draft_writes.keep_answers(keys[1], NOW, rows=[("a", "2")])
    stored = await DraftAnswerRow.select(DraftAnswerRow.draft, DraftAnswerRow.answer)
    assert {row["draft"]: row["answer"] for row in stored} == {keys[0]: "1", keys[1]: "2"}


async def test_a_value_that_would_be_the_same_for_ever_is_refused(database: str) -> None:
    def built(key: Any) -> Insert[Any]:
        row = DraftAnswerRow(draft=key, question="a", answer="1", saved_at=datetime.now(UTC))
        return DraftAnswerRow.insert(row)

    with pytest.raises(TypeError):
        Prepared(built)(uuid4())


async def test_what_officers_write_counts_as_a_change_and_what_the_public_sends_does_not(
    database: str,
) -> None:
    asking, version = await asked(await opened())
    key, before = uuid4(), changes().number
    await write_together(draft_writes.begin(key, key.hex, asking.id, version.id, "en", 0, NOW))
    await DraftAnswerRow.select()
    assert changes().number == before
    await DraftAnswerRow.delete().where(DraftAnswerRow.draft == key)
    assert changes().number > before
    between = changes().number
    async with transaction():
        await DraftAnswerRow.select()
    assert changes().number > between
