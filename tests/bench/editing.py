"""How long the server takes over the pages of an editor on 300 questions in five languages."""

import time
from pathlib import Path

import structlog
from msgspec import Struct
from msgspec.structs import replace

from app import database as db
from app.auth.account import Role
from app.clock import now
from app.main import create_app
from app.settings import load_settings, use_settings
from surveys import store
from surveys.drafting.operations import ChangeQuestion
from surveys.native_files import write_questionnaire
from tests.bench.questionnaire import large
from tests.browsing import Browser, signed_in

TIMES = 7
SLUG = "bench"
BASE = f"/officer/consultations/{SLUG}/questionnaire"
EDITED = {
    "questionnaire": BASE,
    "outline": f"{BASE}/edit",
    "question form": f"{BASE}/edit/questions/q101",
    "new question": f"{BASE}/edit/questions/new?page=page_10&at=2",
    "cover": f"{BASE}/edit/cover",
    "translations": f"{BASE}/edit/languages",
    "one page translated": f"{BASE}/edit/languages/ar?page=page_5",
    "preview": f"{BASE}/preview/5",
    "route map": f"{BASE}/route",
    "opening": f"{BASE}/open",
}
ANSWERED = {"first page to answer": f"/consultations/{SLUG}/respond"}


class Timed(Struct, frozen=True):
    """The least of several, in milliseconds: what else the machine does can only add to it."""

    what: str
    took: float


async def measured(url: str, folder: Path) -> tuple[Timed, ...]:
    settings = load_settings(
        {
            "HEARBACK_DATABASE_URL": url,
            "HEARBACK_DATA_DIR": str(folder),
            "HEARBACK_RATE_LIMITS": "off",
        }
    )
    use_settings(settings)
    async with db.connected(url):
        await db.migrate()
        document = write_questionnaire(large())
        await store.create_consultation(document, slug=SLUG, by="bench", now=now())
        app = create_app(settings)
        structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
        async with signed_in(app, Role.OFFICER) as officer:
            changing = await _changing()
            edited = [await _opened(officer, *page) for page in EDITED.items()]
            await store.open_round(SLUG, by="bench", now=now())
            answered = [await _opened(officer, *page) for page in ANSWERED.items()]
    return (changing, *edited, *answered)


async def _opened(officer: Browser, what: str, path: str) -> Timed:
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        response = await officer.client.get(path)
        times.append(time.perf_counter() - began)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
    return Timed(what, min(times) * 1000)


async def _changing() -> Timed:
    question = (await store.draft(SLUG)).questionnaire.by_key()["q103"]
    times: list[float] = []
    for _ in range(TIMES):
        operation = ChangeQuestion("q103", replace(question, hint=f"Time {len(times)}"))
        began = time.perf_counter()
        await store.change(SLUG, operation, by="bench", now=now())
        times.append(time.perf_counter() - began)
    return Timed("change, stored", min(times) * 1000)
