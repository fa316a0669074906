"""A consultation to analyse, on each database."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from msgspec import Struct

from analysis import store
from analysis.codebook import Theme, ThemeWords
from responses import store as responses
from responses.response import Channel
from responses.store import TextAnswer
from surveys import store as surveys
from surveys.consultation import Consultation, Round, Version
from tests.analysis.examples import likert, multiple, single

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
BY = "officer@hearback.example"
SLUG = "parks"
QUESTIONS = [
    single(),
    likert(no_opinion=True),
    multiple(),
    single("faith", special_category=True, text="Do you have a faith?"),
    {"key": "why", "type": "long_text", "text": "Why do you say that?"},
    {"key": "more", "type": "long_text", "text": "Anything else?"},
]
DOCUMENT = {
    "title": "Parks",
    "languages": ["en"],
    "pages": [{"title": "One", "questions": QUESTIONS}],
}


class Asked(Struct, frozen=True):
    """A consultation with two closed rounds, and hands to do things to it."""

    consultation: Consultation
    version: Version
    rounds: tuple[Round, ...]

    @property
    def id(self) -> int:
        return self.consultation.id

    async def answer(self, *, round_number: int = 1, **answers: Any) -> None:
        await responses.add_response(
            self.rounds[round_number - 1],
            self.version,
            answers,
            channel=Channel.ONLINE,
            submitted_at=NOW,
            key=uuid4(),
        )

    async def texts(self) -> tuple[TextAnswer, ...]:
        return await responses.text_answers(self.id)

    async def theme(self, label: str, *keywords: str) -> Theme:
        return await store.add_theme(SLUG, ThemeWords(label, "", keywords), by=BY, now=NOW)

    async def code(self, answer: TextAnswer, *themes: Theme, **how: Any) -> None:
        told: Mapping[str, Any] = {"finished": True, "coder": BY, "now": NOW} | how
        ids = [theme.id for theme in themes]
        await store.set_codings(answer.id, ids, consultation_id=self.id, **told)


async def asked() -> Asked:
    """The consultation, in the database in force."""
    await surveys.create_consultation(
        msgspec.json.encode(DOCUMENT), slug=SLUG, by=BY, now=NOW, caveat="Not a sample of anyone."
    )
    for number in range(2):
        then = NOW + timedelta(days=number)
        await surveys.open_round(SLUG, by=BY, now=then)
        await surveys.close_round(SLUG, by=BY, now=then + timedelta(hours=1))
    consultation = await surveys.consultation(SLUG)
    (version,) = await surveys.versions(consultation.id)
    return Asked(consultation, version, consultation.rounds)


@pytest.fixture
async def parks(database: str) -> Asked:
    return await asked()
