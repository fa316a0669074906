"""Two hundred people send their answers at once to a running server: nobody is lost or doubled."""

import asyncio
import os
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import clock
from app.database import connected
from app.settings import settings
from responses import store
from responses.receipt import normalise, receipt_hash
from responses.tables import DraftAnswerRow, ResponseRow, TextAnswerRow
from tests.responses.asking import ANSWERS, QUESTIONNAIRE, SLUG, but, opened

PEOPLE = 200
ROOT = Path(__file__).parents[2]
RESPOND = f"/consultations/{SLUG}/respond"
# Two hundred clients would each read the machine's certificates, which takes longer than the test.
CERTIFICATES = ssl.create_default_context()
FIELDS: dict[str, Any] = {
    "rides": "yes",
    "uses": ["work", "school"],
    "often": "sometimes",
    "views.fewer": "disagree",
    "email": "rider@example.org",
}


@pytest.fixture
async def server(database_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a server in a process of its own, on each kind of database in turn."""
    async with connected(database_url):
        await opened({**QUESTIONNAIRE, "layout": "single"}, now=clock.now())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "HEARBACK_DATABASE_URL": database_url,
        "HEARBACK_DATA_DIR": str(tmp_path / "data"),
        "HEARBACK_RATE_LIMITS": "off",
    }
    command = ("-m", "uvicorn", "--factory", "app.main:app_in_force", "--port", str(port))
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        "--no-access-log",
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield await answering(f"http://127.0.0.1:{port}", running)
    finally:
        running.terminate()
        await asyncio.wait_for(running.wait(), timeout=120)


async def answering(address: str, running: asyncio.subprocess.Process) -> str:
    """The address, once the server answers at it."""
    async with httpx.AsyncClient(base_url=address) as client:
        for _ in range(1200):
            assert running.returncode is None, "the server ended by itself"
            try:
                if (await client.get("/health/live")).is_success:
                    return address
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    raise AssertionError("the server did not start within two minutes")


async def respondent(address: str, number: int) -> set[str]:
    """Answers, then presses send twice at once; the receipts given."""
    async with httpx.AsyncClient(base_url=address, timeout=120, verify=CERTIFICATES) as client:
        page = await client.post(RESPOND, data={**FIELDS, "town": f"Town {number}"})
        assert page.status_code == 303, page.text
        sent = await asyncio.gather(*(client.post(f"{RESPOND}/check") for _ in range(2)))
        assert [each.status_code for each in sent] == [303, 303]
        return {each.headers["location"].removeprefix("/receipts/") for each in sent}


async def test_two_hundred_forms_at_once_are_each_stored_once(
    server: str, database_url: str
) -> None:
    given = await asyncio.gather(*(respondent(server, number) for number in range(PEOPLE)))
    assert all(len(receipts) == 1 for receipts in given)
    await all_stored({receipt for receipts in given for receipt in receipts}, database_url)
    async with connected(database_url):
        assert await DraftAnswerRow.count() == 0
        towns = [row["text"] for row in await TextAnswerRow.select(TextAnswerRow.text)]
        assert sorted(towns) == sorted(f"Town {number}" for number in range(PEOPLE))


async def test_two_hundred_posts_to_the_api_at_once_are_each_stored_once(
    server: str, database_url: str
) -> None:
    async with httpx.AsyncClient(base_url=server, timeout=120) as client:
        address = f"/api/consultations/{SLUG}/responses"
        answers = await asyncio.gather(
            *(
                client.post(
                    address,
                    json={"answers": but(ANSWERS, town=f"Town {number}")},
                    headers={"Idempotency-Key": f"letter-{number}"},
                )
                for number in range(PEOPLE)
                for _ in range(2)
            )
        )
    assert {each.status_code for each in answers} == {201}
    await all_stored({each.json()["receipt"] for each in answers}, database_url)


async def all_stored(receipts: set[str], database_url: str) -> None:
    assert len(receipts) == PEOPLE
    assert all(normalise(receipt) == receipt for receipt in receipts)
    async with connected(database_url):
        rows = await ResponseRow.select(ResponseRow.receipt_hash, ResponseRow.consultation)
        secret = settings().secret_key
        assert sorted(row["receipt_hash"] for row in rows) == sorted(
            receipt_hash(secret, receipt) for receipt in receipts
        )
        sheet = await store.ledger(rows[0]["consultation"])
        assert (sheet.received, sheet.analysed, sheet.balanced) == (PEOPLE, PEOPLE, True)
