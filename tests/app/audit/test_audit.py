"""The audit stands or falls with the change, and shows when anyone altered it."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from app.audit.chain import Entry, entry_hash, first_break
from app.audit.store import entries, latest, record, verify
from app.audit.tables import AuditRow
from app.database import transaction


async def fill(count: int) -> None:
    async with transaction():
        for n in range(count):
            await record("open-round", f"consultation:{n}", by="ada@example.org", detail={"n": n})


def test_the_hash_is_the_documented_one() -> None:
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)
    entry = Entry(1, moment, "ŵ@example.org", "add", "account:a", "{}", "")
    # sha256sum of: a line feed, then the JSON below
    # {"action":"add","at":"2026-03-02T12:00:00.000000+00:00","by":"ŵ@example.org",
    #  "detail":"{}","number":1,"subject":"account:a"}   (without the line break and spaces)
    assert entry_hash(entry) == "8a8041c9b3dbec904d81177356b18c4082f5b301fdfd349a261d1eee1c405fcd"


def test_an_empty_chain_holds() -> None:
    assert first_break([], before=None) is None


@pytest.mark.usefixtures("database")
async def test_entries_are_chained_and_newest_first() -> None:
    await fill(3)
    found = await entries(limit=2)
    assert [entry.number for entry in found] == [3, 2]
    assert found[0].previous == found[1].hash
    assert [entry.number for entry in await entries(below=2, limit=2)] == [1]
    assert await verify() is None


@pytest.mark.usefixtures("database")
async def test_an_entry_goes_when_its_change_is_rolled_back() -> None:
    async def fail() -> None:
        async with transaction():
            await record("close-round", "consultation:1", by="system")
            raise ZeroDivisionError

    await fill(1)
    with pytest.raises(ZeroDivisionError):
        await fail()
    assert [entry.number for entry in await entries(limit=9)] == [1]


@pytest.mark.usefixtures("database")
async def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        await record("close-round", "consultation:1", by="system")
    assert await latest() is None


@pytest.mark.usefixtures("database")
async def test_transactions_at_once_do_not_fork_the_chain() -> None:
    await asyncio.gather(*(fill(2) for _ in range(12)))
    assert await verify() is None
    last = await latest()
    assert last is not None
    assert last.number == 24


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "change",
    [
        {"by": "eve@example.org"},
        {"detail": "{}"},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"subject": "consultation:9"},
        {"number": 9},
    ],
)
async def test_a_changed_entry_is_found(change: dict[Any, Any]) -> None:
    await fill(4)
    await AuditRow.update(change).where(AuditRow.number == 2)
    broken = await verify()
    assert broken is not None
    assert broken.number in {2, 3}


@pytest.mark.usefixtures("database")
async def test_a_removed_entry_is_found_even_when_the_rest_is_renumbered() -> None:
    await fill(4)
    await AuditRow.delete().where(AuditRow.number == 2)
    await AuditRow.update({AuditRow.number: AuditRow.number - 1}).where(AuditRow.number == 3)
    assert await verify() is not None


@pytest.mark.usefixtures("database")
async def test_an_entry_rewritten_with_a_new_hash_breaks_the_next() -> None:
    await fill(3)
    second = (await entries(limit=3))[1]
    forged = Entry(2, second.at, "eve@example.org", "a", "b", "{}", second.previous)
    await AuditRow.update(
        {"by": forged.by, "action": "a", "subject": "b", "detail": "{}", "hash": entry_hash(forged)}
    ).where(AuditRow.number == 2)
    broken = await verify()
    assert broken is not None
    assert broken.number == 3
