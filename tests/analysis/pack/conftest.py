"""A consultation whose words are hostile, in two rounds, and what is packed of it."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from litestar import Litestar

from analysis.groupings import Group, Wanted
from analysis.narrowing import Narrowing
from analysis.pack.packed import Packed
from analysis.store.groupings import add_grouping
from analysis.store.pack import packed
from app.database import connected
from app.settings import use_settings
from responses import store as responses
from responses.response import Channel
from surveys import store as surveys
from tests.analysis.conftest import BY, NOW
from tests.analysis.examples import grid, likert, multiple, single
from tests.conftest import settings_on

SLUG = "streets"
SAME = "Should the council mend the pavements "
FORMULA = '=HYPERLINK("http://example.org","Click")'
ARABIC = "هل توافق على الخطة؟"
OPTIONS = [{"value": value, "text": text} for value, text in (("a", FORMULA), ("b", "Benches"))]
QUESTIONS = [
    likert(no_opinion=True),
    multiple(other=True),
    grid(no_opinion=True),
    {"key": "rank", "type": "ranking", "text": "Rank these", "options": OPTIONS},
    {"key": "age", "type": "number", "text": "How old are you?"},
    {"key": "moved", "type": "date", "text": "When did you move here?"},
    single("faith", special_category=True, text="Do you have a faith?"),
    {"key": "formula", "type": "single", "text": "=1+1", "options": OPTIONS},
    single("first", text=f"{SAME}first?"),
    single("second", text=f"{SAME}second?"),
    single("long", text="Long [words]: */?\\ " * 16),
    single("arabic", text=ARABIC),
    {"key": "why", "type": "long_text", "text": "Why do you say that?"},
]
ANSWERS: list[dict[str, Any]] = [
    *[{"plan": "strongly_agree", "places": ["north", "east"], "faith": "no"}] * 25,
    *[{"plan": "agree", "places": ["north"], "rank": ["a", "b"], "age": 31}] * 10,
    *[{"plan": "disagree", "rank": ["b"], "age": 58, "formula": "a", "moved": "1890-05-01"}] * 3,
    {"plan": "dont_know", "faith": "yes", "why": "Because", "moved": "2019-02-03"},
    {"places": ["other"], "places.other": "Canal"},
    *[{"parts": {"paths": "important", "ponds": "not_important"}}] * 31,
    {"parts": {"paths": "not_important"}, "arabic": "yes", "long": "no"},
]

Pack = Callable[..., Awaitable[Packed]]


@pytest.fixture(scope="session")
def streets_template(sqlite_template: Path) -> Path:
    """A SQLite file with the consultation in it, to copy."""
    file = sqlite_template.with_name("streets.sqlite")
    shutil.copy(sqlite_template, file)
    use_settings(settings_on(f"sqlite:///{file}", file.parent / "data"))
    asyncio.run(_begun(f"sqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(streets_template: Path, tmp_path: Path) -> str:
    shutil.copy(streets_template, tmp_path / "hearback.sqlite")
    return f"sqlite:///{tmp_path / 'hearback.sqlite'}"


@pytest.fixture
def pack(application: Litestar) -> Pack:
    return packed_as


async def _begun(url: str) -> None:
    async with connected(url):
        await begun()


async def begun() -> None:
    document = {
        "title": "Streets <&> ways",
        "languages": ["en"],
        "pages": [{"title": "One", "questions": QUESTIONS}],
    }
    await surveys.create_consultation(
        msgspec.json.encode(document), slug=SLUG, by=BY, now=NOW, caveat="Not a sample of anyone."
    )
    await surveys.open_round(SLUG, by=BY, now=NOW)
    await answered(1, ANSWERS)
    kind = Wanted("In favour", (Group("In favour", ("strongly_agree", "agree")),))
    await add_grouping(SLUG, "plan", kind, by=BY, now=NOW)


async def second_round() -> None:
    later = NOW + timedelta(days=1)
    await surveys.close_round(SLUG, by=BY, now=later)
    await surveys.open_round(SLUG, by=BY, now=later + timedelta(hours=1))
    await answered(2, [{"plan": "agree", "age": 31, "faith": "no"}] * 6)


async def answered(number: int, every: list[dict[str, Any]]) -> None:
    consultation = await surveys.consultation(SLUG)
    into = next(each for each in consultation.rounds if each.number == number)
    version = await surveys.version(into.version_id)
    for at, answers in enumerate(every):
        await responses.add_response(
            into,
            version,
            answers,
            channel=Channel.LETTER if at % 2 else Channel.ONLINE,
            submitted_at=NOW,
            key=uuid4(),
        )


async def packed_as(*, full: bool = True, narrowing: Narrowing | None = None) -> Packed:
    return await packed(
        await surveys.consultation(SLUG),
        narrowing or Narrowing(),
        narrowed_to="round 1" if narrowing else "",
        full=full,
        made_on=date(2026, 6, 2),
    )
