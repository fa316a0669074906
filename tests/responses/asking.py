"""Consultations for the tests of responses, and answers that fit them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from responses import store
from responses.response import Channel, Exclusion
from surveys import store as surveys
from surveys.checks import check
from surveys.consultation import Consultation, Round, Version

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
BY = "officer@hearback.example"
SLUG = "bus-routes"
DUPLICATE = Exclusion.DUPLICATE

YES_NO = [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]

QUESTIONNAIRE: dict[str, Any] = {
    "title": {"en": "Bus routes", "cy": "Llwybrau bws"},
    "languages": ["en", "cy"],
    "pages": [
        {
            "title": {"en": "About you", "cy": "Amdanoch chi"},
            "questions": [
                {
                    "key": "rides",
                    "type": "single",
                    "text": {"en": "Do you ride the bus?", "cy": "Ydych chi’n teithio ar y bws?"},
                    "options": YES_NO,
                    "required": True,
                    "other": True,
                },
                {
                    "key": "uses",
                    "type": "multiple",
                    "text": "What for?",
                    "options": [
                        {"value": "work", "text": "Work"},
                        {"value": "school", "text": "School"},
                        {"value": "none", "text": "None of these", "exclusive": True},
                    ],
                },
            ],
        },
        {
            "title": "Your rides",
            "questions": [
                {
                    "key": "often",
                    "type": "likert",
                    "scale": "frequency",
                    "no_opinion": True,
                    "text": "How often is it late?",
                    "required": True,
                    "show_if": {"question": "rides", "is": "yes"},
                }
            ],
        },
        {
            "title": "The plan",
            "questions": [
                {
                    "key": "views",
                    "type": "grid",
                    "scale": "agreement",
                    "text": "What do you think of it?",
                    "rows": [
                        {"value": "fewer", "text": "Fewer stops"},
                        {"value": "later", "text": "Later buses"},
                    ],
                },
                {
                    "key": "best",
                    "type": "ranking",
                    "text": "Which comes first?",
                    "options": [
                        {"value": "price", "text": "Price"},
                        {"value": "speed", "text": "Speed"},
                        {"value": "seats", "text": "Seats"},
                    ],
                },
                {"key": "why", "type": "long_text", "text": "Tell us why", "max_length": 5000},
                {"key": "town", "type": "text", "text": "Where do you live?"},
            ],
        },
        {
            "title": "Keeping in touch",
            "questions": [
                {"key": "email", "type": "email", "text": "Your email address"},
                {
                    "key": "disabled",
                    "type": "single",
                    "text": "Are you disabled?",
                    "options": YES_NO,
                    "special_category": True,
                },
            ],
        },
    ],
}

ANSWERS: dict[str, Any] = {
    "rides": "yes",
    "uses": ["work", "school"],
    "often": "sometimes",
    "views": {"fewer": "disagree", "later": "strongly_agree"},
    "best": ["seats", "price"],
    "why": "The last bus leaves\nbefore my shift ends.",
    "town": "Ashford",
    "email": "rider@example.org",
    "disabled": "no",
}


async def opened(
    questionnaire: Mapping[str, Any] = QUESTIONNAIRE,
    *,
    slug: str = SLUG,
    now: datetime = NOW,
    closes_in: timedelta | None = None,
    invented: bool = False,
) -> Consultation:
    """A consultation whose first round is open from `now` on."""
    document = json.dumps(questionnaire).encode()
    await surveys.create_consultation(document, slug=slug, by=BY, now=now, invented=invented)
    closes_at = now + closes_in if closes_in is not None else None
    await surveys.open_round(slug, by=BY, now=now, closes_at=closes_at)
    return await surveys.consultation(slug, at=now)


async def asked(consultation: Consultation) -> tuple[Round, Version]:
    newest = consultation.rounds[-1]
    return newest, await surveys.version(newest.version_id)


async def answered(
    consultation: Consultation,
    answers: Mapping[str, Any] = ANSWERS,
    *,
    channel: Channel = Channel.ONLINE,
    key: UUID | None = None,
    at: datetime = NOW,
) -> str:
    """Answers checked and stored; their receipt."""
    newest, version = await asked(consultation)
    checked = check(version.questionnaire, answers)
    assert not checked.problems
    return await store.add_response(
        newest, version, checked.answers, channel=channel, submitted_at=at, key=key or uuid4()
    )


def but(answers: Mapping[str, Any] = ANSWERS, /, **changed: Any) -> dict[str, Any]:
    """The answers with some changed; None takes one out."""
    merged = {**answers, **changed}
    return {key: answer for key, answer in merged.items() if answer is not None}
