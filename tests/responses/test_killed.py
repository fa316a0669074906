"""The server is killed at any moment of many journeys: everything that it acknowledged is there
when it is back, and every respondent goes on where they were."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from app import clock
from app.database import connected
from app.settings import load_settings, use_settings
from responses import store
from responses.pages.journey import COOKIE
from responses.tables import ResponseRow, UploadRow
from tests.responses.asking import SLUG, YES_NO, opened
from tests.responses.serving import Server
from tests.responses.test_many_at_once import CERTIFICATES

RESPOND = f"/consultations/{SLUG}/respond"
PEOPLE = 6
SAVES = 8
# Besides these and the first answer: a page with a file, a code, a look, the sending.
STEPS = PEOPLE * (SAVES + 5)
KILLS = 2
QUESTIONNAIRE: dict[str, Any] = {
    "title": "Bus routes",
    "languages": ["en"],
    "pages": [
        {
            "title": "You",
            "questions": [
                {"key": "rides", "type": "single", "text": "Do you ride?", "options": YES_NO},
                {"key": "town", "type": "text", "text": "Where do you live?"},
            ],
        },
        {
            "title": "Your letter",
            "questions": [
                {"key": "why", "type": "long_text", "text": "Why?"},
                {"key": "letter", "type": "upload", "text": "Your letter", "accept": ["text"]},
            ],
        },
    ],
}


class Respondent:
    """Somebody with a browser, who presses again where there was no answer. `held` is what has been
    acknowledged, `trying` what was under way when the server went."""

    def __init__(self, server: Server, number: int) -> None:
        self.server, self.number = server, number
        self.client = httpx.AsyncClient(base_url=server.address, timeout=30, verify=CERTIFICATES)
        self.held: dict[str, str] = {}
        self.trying: dict[str, str] = {}
        self.seen = ""
        self.interrupted = self.acknowledged = 0
        self.receipt = ""

    async def answers(self) -> None:
        await self.done(lambda: self.saves("rides", "no"), {"rides": "No"})
        for turn in range(SAVES):
            town = f"Town {self.number} {turn}"
            await self.done(partial(self.saves, "town", town), {"town": town})
        file = f"{self.number}.txt"
        await self.done(self.uploads, {"why": f"Reason {self.number}", "letter": file})
        await self.done(self.asks_for_code)
        await self.done(self.looks)
        await self.done(self.sends)
        await self.client.aclose()

    async def saves(self, question: str, answer: str) -> None:
        fields = {"_question": question, "_version": "1", question: answer, "_seen": self.seen}
        told = await self.client.post(f"{RESPOND}/1/save", data=fields)
        assert told.status_code == 200, told.text
        self.seen = f"{question}:{told.json()['seen']}"

    async def uploads(self) -> None:
        sent = await self.client.post(
            f"{RESPOND}/2",
            data={"why": f"Reason {self.number}", "_version": "1"},
            files={"letter": (f"{self.number}.txt", b"Dear all", "text/plain")},
        )
        assert sent.status_code == 303, sent.text

    async def asks_for_code(self) -> None:
        assert "Your code" in (await self.client.get(f"{RESPOND}/later")).text

    async def looks(self) -> None:
        """Everything acknowledged stands there, but for what was being changed just then."""
        page = (await self.client.get(f"{RESPOND}/check")).text
        for field, answer in self.held.items():
            assert any(f">{each}<" in page for each in (answer, self.trying.get(field))), field

    async def sends(self) -> None:
        sent = await self.client.post(f"{RESPOND}/check")
        assert sent.status_code == 303, sent.text
        self.receipt = sent.headers["location"].removeprefix("/receipts/")

    async def done(
        self, step: Callable[[], Awaitable[None]], what: Mapping[str, str] | None = None
    ) -> None:
        """One step, as often as it takes; after each interruption what was kept is looked at."""
        self.trying = dict(what or {})
        while await self.is_interrupted(step):
            self.interrupted += 1
            began = COOKIE in self.client.cookies
            while began and step != self.sends and await self.is_interrupted(self.looks):
                pass
        self.acknowledged += 1
        self.held |= self.trying

    async def is_interrupted(self, step: Callable[[], Awaitable[None]]) -> bool:
        await self.server.up.wait()
        try:
            await step()
        except httpx.TransportError:
            return True
        return False


async def test_killed_at_any_moment_it_keeps_what_it_acknowledged_and_everyone_goes_on(
    database_url: str, tmp_path: Path
) -> None:
    chance = random.Random()
    seed = chance.randrange(10**6)
    chance.seed(seed)
    print(f"seed {seed}")
    async with connected(database_url):
        await opened(QUESTIONNAIRE, now=clock.now())
    server = Server(database_url, tmp_path / "data")
    await server.start()
    people = [Respondent(server, number) for number in range(PEOPLE)]

    async def kills() -> None:
        for moment in sorted(chance.sample(range(STEPS), k=KILLS)):
            while sum(person.acknowledged for person in people) < moment:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            await asyncio.sleep(chance.random() / 50)
            await server.kill()
            await server.start()

    try:
        async with asyncio.timeout(100):
            await asyncio.gather(kills(), *(person.answers() for person in people))
    finally:
        await server.kill()
    assert sum(person.interrupted for person in people) > 0
    await all_there(people, database_url, tmp_path / "data")


async def all_there(people: list[Respondent], url: str, data: Path) -> None:
    """One response each, as it was acknowledged last, and its file."""
    use_settings(load_settings({"HEARBACK_DATA_DIR": str(data)}))
    async with connected(url):
        assert await ResponseRow.count() == len(people)
        assert await UploadRow.count() == len(people)
        for person in people:
            found = await store.response_by_receipt(person.receipt)
            assert found is not None
            assert found.answers["town"] == f"Town {person.number} {SAVES - 1}"
            assert found.answers["why"] == f"Reason {person.number}"
            [token] = found.answers["letter"]
            assert (data / "uploads" / "answers" / token).read_bytes() == b"Dear all"
