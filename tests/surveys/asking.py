"""A consultation with a question of every type, for the tests of pages."""

import json
from datetime import datetime
from typing import Any

from app.clock import now
from surveys import store
from surveys.consultation import About, Consultation
from tests.browsing import Page

WALKING = [{"value": "walk", "text": "Walking"}, {"value": "play", "text": "Play"}]
NONE = {"value": "none", "text": "None of these", "exclusive": True}
ROWS = [{"value": "paths", "text": "Paths"}, {"value": "toilets", "text": "Toilets"}]
TOWN = {
    "image": "/static/icon.svg",
    "text": "The town, with the river from west to east",
    "west": 0.5,
    "south": 51.25,
    "east": 0.55,
    "north": 51.29,
}
YES_NO = [
    {"value": "yes", "text": {"en": "Yes", "cy": "Ydw"}},
    {"value": "no", "text": {"en": "No", "cy": "Nac ydw"}},
]

ABOUT_YOU: list[dict[str, Any]] = [
    {"key": "intro", "type": "statement", "text": "First, about you."},
    {
        "key": "group",
        "type": "single",
        "text": {"en": "Do you run a group?", "cy": "Ydych chi’n rhedeg grŵp?"},
        "options": YES_NO,
        "other": True,
        "required": True,
    },
    {
        "key": "members",
        "type": "number",
        "text": "How many members?",
        "unit": "people",
        "show_if": {"question": "group", "is": "yes"},
    },
    {
        "key": "since",
        "type": "date",
        "text": "Since when?",
        "show_if": {"question": "members", "at_least": 10},
    },
    {"key": "email", "type": "email", "text": "Your email address?"},
    {"key": "home", "type": "postcode", "text": "Your postcode?"},
    {"key": "name", "type": "text", "text": "Your name?"},
]
PARKS: list[dict[str, Any]] = [
    {
        "key": "uses",
        "type": "multiple",
        "text": "What for?",
        "options": [*WALKING, NONE],
        "other": True,
    },
    {"key": "which", "type": "dropdown", "text": "Which?", "options": WALKING, "other": True},
    {"key": "view", "type": "likert", "text": "Agree?", "scale": "agreement", "no_opinion": True},
    {"key": "grid", "type": "grid", "text": "How good?", "rows": ROWS, "scale": "satisfaction"},
    {"key": "rank", "type": "ranking", "text": "What first?", "options": WALKING},
    {"key": "bench", "type": "location", "text": "Where?", "map": TOWN},
    {"key": "plan", "type": "upload", "text": "A drawing?", "max_files": 2},
    {"key": "more", "type": "long_text", "text": "Anything else?", "max_length": 200},
]
EVERYTHING: dict[str, Any] = {
    "title": {"en": "Parks for all", "cy": "Parciau i bawb"},
    "languages": ["en", "cy"],
    "pages": [
        {"title": {"en": "About you", "cy": "Amdanoch chi"}, "questions": ABOUT_YOU},
        {"title": "Parks", "questions": PARKS},
    ],
}
ABOUT = About(
    summary="Help us decide what to mend first.",
    why="The budget fell.\n\nSomething must come first.",
    can_change="What comes first",
    cannot_change="The budget",
    what_happens_next="We read every answer",
    privacy="Kept for two years",
    contact="parks@exampleshire.example",
    other_formats="Ask for paper",
    reply_weeks=12,
)
SYSTEM = "system"


async def parks(document: dict[str, Any] = EVERYTHING, **more: Any) -> Consultation:
    """A draft about parks, `/consultations/parks`."""
    data = json.dumps(document).encode()
    more = {"about": ABOUT, "slug": "parks", **more}
    return await store.create_consultation(data, by=SYSTEM, now=now(), **more)


async def open_parks(closes_at: datetime | None = None, **more: Any) -> Consultation:
    made = await parks(**more)
    await store.open_round(made.slug, by=SYSTEM, now=now(), closes_at=closes_at)
    return await store.consultation(made.slug)


async def opened(page: Page) -> Page:
    """The page that follows opening, with a reason for whatever the checks found."""
    form = page.form("open")
    reasons = {name: "For the test" for name in form.values if name.startswith("reason-")}
    return await form.fill(reasons).submit(page.heading)
