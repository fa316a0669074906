"""Storing responses: one unit each, once for each key, its private parts kept apart."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from app.audit import store as audit
from app.database import engine
from app.settings import settings
from responses import store
from responses.receipt import normalise, receipt_hash
from responses.response import Channel, Kind
from responses.tables import PrivateAnswerRow, ResponseRow, TextAnswerRow
from surveys.coded import code_table
from surveys.routing import shown
from tests.responses.asking import ANSWERS, BY, NOW, answered, asked, but, opened


async def test_a_response_is_read_back_as_it_was_given(database: str) -> None:
    consultation = await opened()
    receipt = await answered(consultation)
    found = await store.response_by_receipt(receipt.lower().replace("-", " "), private=True)
    assert found is not None
    assert found.answers == ANSWERS
    assert (found.channel, found.round_number, found.status) == (Channel.ONLINE, 1, "analysed")
    assert found.submitted_at == NOW


async def test_contact_details_and_equality_answers_stay_out_of_the_record(database: str) -> None:
    consultation = await opened()
    receipt = await answered(consultation)
    found = await store.response_by_receipt(receipt)
    assert found is not None
    assert found.answers == but(email=None, disabled=None)
    private = await store.private_answers(found.key)
    assert {(part.kind, part.question, part.answer) for part in private} == {
        (Kind.CONTACT, "email", "rider@example.org"),
        (Kind.EQUALITY, "disabled", "no"),
    }


async def test_equality_answers_are_counted_all_the_same(database: str) -> None:
    consultation = await opened()
    await answered(consultation)
    _, version = await asked(consultation)
    [row] = await store.coded_rows(consultation.id)
    assert code_table(version.questionnaire).decode(row.coded)["disabled"] == "no"


async def test_the_coded_bytes_are_those_of_the_checked_answers(database: str) -> None:
    consultation = await opened()
    await answered(consultation)
    _, version = await asked(consultation)
    [row] = await store.coded_rows(consultation.id)
    table = code_table(version.questionnaire)
    assert row.coded == table.encode(ANSWERS, shown(version.questionnaire, ANSWERS))
    assert (row.round_number, row.version_id, row.channel) == (1, version.id, "online")


async def test_each_free_text_has_a_row_of_its_own(database: str) -> None:
    consultation = await opened()
    await answered(consultation)
    texts = await store.text_answers(consultation.id)
    assert [(text.question, text.text) for text in texts] == [
        ("why", ANSWERS["why"]),
        ("town", ANSWERS["town"]),
    ]
    [row] = await store.coded_rows(consultation.id)
    assert {text.response_id for text in texts} == {row.response_id}


async def test_the_receipt_is_stored_as_a_keyed_hash_only(database: str) -> None:
    consultation = await opened()
    receipt = await answered(consultation)
    [row] = await ResponseRow.select()
    assert row["receipt_hash"] == receipt_hash(settings().secret_key, receipt)
    assert normalise(receipt) == receipt
    assert not any(receipt in str(value) for value in row.values())


async def test_the_same_answers_under_the_same_key_are_stored_once(database: str) -> None:
    consultation = await opened()
    key = uuid4()
    first = await answered(consultation, key=key)
    again = await answered(consultation, key=key, at=NOW + timedelta(minutes=5))
    assert first == again
    assert await counts() == (1, 2, 2)


async def test_other_answers_under_the_same_key_are_refused(database: str) -> None:
    consultation = await opened()
    key = uuid4()
    await answered(consultation, key=key)
    with pytest.raises(store.AnswersDiffer):
        await answered(consultation, but(town="Dover"), key=key)
    assert await counts() == (1, 2, 2)
    [row] = await ResponseRow.select(ResponseRow.record)
    assert msgspec.json.decode(row["record"])["town"] == "Ashford"


async def test_other_private_answers_are_other_answers(database: str) -> None:
    consultation = await opened()
    key = uuid4()
    await answered(consultation, key=key)
    with pytest.raises(store.AnswersDiffer):
        await answered(consultation, but(email="other@example.org"), key=key)


async def test_many_tries_at_once_under_one_key_are_stored_once(database: str) -> None:
    consultation = await opened()
    key = uuid4()
    receipts = await asyncio.gather(*(answered(consultation, key=key) for _ in range(12)))
    assert len(set(receipts)) == 1
    assert await counts() == (1, 2, 2)


async def test_many_responses_at_once_are_all_stored(database: str) -> None:
    consultation = await opened()
    receipts = await asyncio.gather(*(answered(consultation) for _ in range(60)))
    assert len(set(receipts)) == 60
    assert await counts() == (60, 120, 120)


async def test_a_response_that_fails_halfway_leaves_nothing(database: str) -> None:
    consultation = await opened()
    newest, version = await asked(consultation)
    answers: Mapping[str, Any] = ANSWERS
    with pytest.raises(Exception, match=r"(?i)foreign key|violates"):
        await store.add_response(
            newest,
            version,
            answers,
            channel=Channel.ONLINE,
            submitted_at=NOW,
            key=uuid4(),
            also=(TextAnswerRow.insert(_orphan(consultation.id)),),
        )
    assert await counts() == (0, 0, 0)
    assert not engine().transaction_exists()


async def test_a_keyed_response_names_who_keyed_it_and_is_audited(database: str) -> None:
    consultation = await opened()
    newest, version = await asked(consultation)
    key = uuid4()
    receipts = [
        await store.add_response(
            newest,
            version,
            ANSWERS,
            channel=Channel.PAPER,
            submitted_at=NOW,
            key=key,
            keyed_by=BY,
        )
        for _ in range(2)
    ]
    found = await store.response_by_receipt(receipts[0])
    assert found is not None
    assert (found.keyed_by, found.channel) == (BY, Channel.PAPER)
    assert receipts[0] == receipts[1]
    entries = [one for one in await audit.entries(limit=10) if one.action == "key-response"]
    assert [(one.by, one.subject) for one in entries] == [(BY, f"response:{found.id}")]
    assert ANSWERS["email"] not in entries[0].detail


async def test_a_wrong_receipt_finds_nothing(database: str) -> None:
    consultation = await opened()
    receipt = await answered(consultation)
    assert await store.response_by_receipt("not a receipt") is None
    assert await store.response_by_receipt(receipt[:-1]) is None


async def counts() -> tuple[int, int, int]:
    """Responses, text answers and private answers stored."""
    return (
        await ResponseRow.count(),
        await TextAnswerRow.count(),
        await PrivateAnswerRow.count(),
    )


def _orphan(consultation_id: int) -> TextAnswerRow:
    return TextAnswerRow(response=uuid4(), consultation=consultation_id, question="why", text="x")
