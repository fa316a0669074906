"""The way in for everyone: what is open, what is being considered, and what was done."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromQuery
from msgspec import Struct

from app.clock import now
from app.languages import LanguageChoice, asked_language, language_choices
from app.problems import Problem
from app.settings import settings
from app.speech import ENGLISH, LANGUAGES
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation, State, time_left
from surveys.marked import Marked, marked

AnyRequest = Request[Any, Any, Any]


class Card(Struct, frozen=True):
    """One consultation in a list; `left` is how long it stays open, in words, while it is."""

    slug: str
    title: str
    summary: Marked
    stage: State
    left: str
    invented: bool
    changed_at: datetime | None


class HomePage(Struct, frozen=True):
    languages: tuple[LanguageChoice, ...]
    asked: str
    open: tuple[Card, ...]
    waiting: tuple[Card, ...]
    answered: tuple[Card, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def found(self) -> int:
        return len(self.open) + len(self.waiting) + len(self.answered)


class FeedPage(Struct, frozen=True):
    cards: tuple[Card, ...]
    updated: datetime


def card(consultation: Consultation, at: datetime, *, language: str = ENGLISH) -> Card:
    newest = consultation.rounds[-1] if consultation.rounds else None
    closes = newest.closes_at if newest else None
    is_open = consultation.state is State.OPEN and closes is not None
    moments = [moment for one in consultation.rounds for moment in (one.opens_at, one.closes_at)]
    return Card(
        slug=consultation.slug,
        title=consultation.title,
        summary=marked(consultation.about.summary, language, default=ENGLISH),
        stage=consultation.state,
        left=_left(closes, at, language) if is_open and closes else "",
        invented=consultation.invented,
        changed_at=max((moment for moment in moments if moment and moment <= at), default=None),
    )


def _left(closes: datetime, at: datetime, language: str) -> str:
    return time_left(closes, at, settings().time_zone, language=language)


def matches(consultation: Consultation, asked: str) -> bool:
    """Every word asked for stands somewhere in the title or the summary, in any language."""
    words = f"{consultation.title} {consultation.about.summary}".casefold()
    return all(word in words for word in asked.casefold().split())


async def public_cards(asked: str, at: datetime, *, language: str = ENGLISH) -> tuple[Card, ...]:
    """Newest first; a draft is nobody's business yet."""
    found = [
        card(consultation, at, language=language)
        for consultation in await surveys.consultations()
        if consultation.state is not State.DRAFT and matches(consultation, asked)
    ]
    return tuple(sorted(found, key=lambda one: str(one.changed_at or ""), reverse=True))


@get("/", name="home")
async def home(request: AnyRequest, q: FromQuery[str] = "") -> Response[str]:
    language = asked_language(request.query_params)
    cards = await public_cards(q[:200], now(), language=language)
    page = HomePage(
        languages=language_choices(LANGUAGES, language),
        asked=q[:200],
        open=tuple(one for one in cards if one.stage is State.OPEN),
        waiting=tuple(one for one in cards if one.stage in (State.CLOSED, State.PAUSED)),
        answered=tuple(one for one in cards if one.stage is State.REPORTED),
    )
    return render(request, "app/pages/home.html", page, language=language)


@get("/feed.atom", name="feed")
async def feed(request: AnyRequest) -> Response[str]:
    cards = await public_cards("", now())
    updated = max((one.changed_at for one in cards if one.changed_at), default=now())
    answer = render(request, "app/pages/feed.xml", FeedPage(cards=cards, updated=updated))
    answer.media_type = "application/atom+xml"
    return answer


router = Router(path="/", route_handlers=[home, feed])
