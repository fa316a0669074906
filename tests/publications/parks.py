"""A consultation on parks, asked, answered and coded through the stores, ready for its outcomes."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from analysis import store as analysis
from analysis.codebook import Theme, ThemeWords
from publications import store
from publications.commitments import Promise
from publications.outcomes import Kind, Outcome
from responses import store as responses
from responses.response import Channel
from surveys import store as surveys
from surveys.consultation import About, Consultation

BY = "officer@hearback.example"
SLUG = "parks"
DOCUMENT = json.dumps(
    {
        "title": "The future of our parks",
        "languages": ["en"],
        "pages": [
            {
                "title": "Your view",
                "questions": [
                    {
                        "key": "later",
                        "type": "likert",
                        "text": "Parks should open later",
                        "scale": "agreement",
                        "no_opinion": True,
                    },
                    {
                        "key": "ethnicity",
                        "type": "single",
                        "text": "Your ethnic group",
                        "special_category": True,
                        "options": [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}],
                    },
                    {"key": "view", "type": "long_text", "text": "What matters most in a park?"},
                ],
            }
        ],
    }
).encode()

ANSWERS = (
    ("agree", "a", "I will not walk there after dark."),
    ("agree", "a", "Lights on the main path, and a place for the small groups that look after it."),
    ("disagree", "a", "Leave it dark for the bats."),
    ("dont_know", "a", "The friends' group needs money, not thanks."),
    ("strongly_agree", "a", "Nothing to add."),
    ("neither", "b", "Lamps would cost more than they are worth."),
)
"""Of each: agreement, ethnic group, and words."""

CODED = ((0,), (0, 1), (0,), (1,), (), (0,))
"""For each answer the themes that it raises: lighting, fair funding."""


class Parks(Struct, frozen=True):
    """The consultation, its two themes, and the moment at which its round is over."""

    consultation: Consultation
    lighting: Theme
    funding: Theme
    now: datetime


async def asked_and_answered(now: datetime, *, invented: bool = False) -> Parks:
    """A round that ran from 60 to 30 days before `now`, with every answer read and coded."""
    await surveys.create_consultation(
        DOCUMENT,
        slug=SLUG,
        by=BY,
        now=now - timedelta(days=70),
        about=About(summary="How should parks be looked after?", why="Money is short."),
        caveat="Anyone could answer, so it does not represent everyone.",
        invented=invented,
    )
    opened = now - timedelta(days=60)
    asked = await surveys.open_round(SLUG, by=BY, now=opened, closes_at=opened + timedelta(days=30))
    version = await surveys.version(asked.version_id)
    for number, (later, ethnicity, view) in enumerate(ANSWERS, start=1):
        await responses.add_response(
            asked,
            version,
            {"later": later, "ethnicity": ethnicity, "view": view},
            channel=Channel.ONLINE,
            submitted_at=opened + timedelta(days=number),
            key=UUID(int=number),
        )
    return await _coded(now)


async def _coded(now: datetime) -> Parks:
    consultation = await surveys.consultation(SLUG)
    lighting = await analysis.add_theme(SLUG, ThemeWords("Lighting"), by=BY, now=now)
    funding = await analysis.add_theme(SLUG, ThemeWords("Fair funding"), by=BY, now=now)
    ids = (lighting.id, funding.id)
    answers = await responses.text_answers(consultation.id)
    for answer, raised in zip(answers, CODED, strict=True):
        await analysis.set_codings(
            answer.id,
            [ids[theme] for theme in raised],
            consultation_id=consultation.id,
            finished=True,
            coder=BY,
            now=now,
        )
    await analysis.clear_quote(
        SLUG, answers[0].id, lighting.id, "I will not walk there after dark.", by=BY, now=now
    )
    return Parks(consultation, lighting, funding, now)


def lamps(parks: Parks) -> Outcome:
    """A change, told in full."""
    return Outcome(
        theme_id=parks.lighting.id,
        kind=Kind.CHANGED,
        statement="The main path will be lit until ten.",
        reason="Most who wrote about it would not walk there after dark.",
        document="Parks strategy",
        section="2.1 Paths",
        before="Nothing was said about lighting.",
        after="Main paths are lit until ten in the evening.",
        ready=True,
    )


def grants(parks: Parks) -> Outcome:
    """Work under way; it needs a commitment."""
    return Outcome(
        theme_id=parks.funding.id,
        kind=Kind.UNDER_WAY,
        statement="A fund for small groups is being set up.",
        ready=True,
    )


def fund_by(parks: Parks, *, days: int, with_theme: bool = True) -> Promise:
    return Promise(
        promise="Open a fund for small groups",
        owner="Head of Parks",
        forum="Environment Committee",
        due_on=(parks.now + timedelta(days=days)).date(),
        theme_id=parks.funding.id if with_theme else None,
    )


async def with_outcomes(parks: Parks, *, days: int = 90) -> Parks:
    """Every theme with its outcome; the fund is due so many days after `now`."""
    await store.record_outcome(parks.consultation, lamps(parks), by=BY, now=parks.now)
    await store.record_outcome(
        parks.consultation,
        grants(parks),
        by=BY,
        now=parks.now,
        promise=fund_by(parks, days=days),
    )
    return parks
