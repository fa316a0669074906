"""Where one respondent stands: which round they answer, in which language, and what is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from msgspec import Struct

from app.problems import Refusal
from app.settings import settings
from responses import store
from responses.opening import check_may_finish, round_to_answer
from surveys import store as surveys
from surveys.consultation import Consultation, Round, Version
from surveys.questionnaire import Layout, Question, Questionnaire, Text
from surveys.routing import pages_shown

AnyRequest = Request[Any, Any, Any]

COOKIE = "hearback_draft"


class AlreadySent(Refusal):
    """The draft has become a response; `receipt` is its code."""

    title = "You have already sent your answers"

    def __init__(self, receipt: str) -> None:
        super().__init__("What you sent first is stored. Nothing was added to it now.")
        self.receipt = receipt


class QuestionsChanged(Refusal):
    title = "The questions have changed since you began"


class Leaf(Struct, frozen=True):
    """What is asked on one screen: a page of the questionnaire, or all of it."""

    number: int
    sections: tuple[tuple[Text, tuple[Question, ...]], ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for _, questions in self.sections for question in questions)


class Journey(Struct, frozen=True):
    consultation: Consultation
    round: Round
    version: Version
    draft: store.Draft | None
    language: str

    @property
    def questionnaire(self) -> Questionnaire:
        return self.version.questionnaire

    @property
    def answers(self) -> dict[str, Any]:
        return self.draft.answers if self.draft else {}

    @property
    def address(self) -> str:
        return f"/consultations/{self.consultation.slug}/respond"

    @property
    def query(self) -> str:
        """Carries the language along where it is not the one that would be chosen without."""
        known = self.draft.language if self.draft else self.questionnaire.languages[0]
        return "" if self.language == known else f"?lang={self.language}"

    def at(self, number: int, **also: str) -> str:
        """The address of a screen."""
        path = self.address if number == 1 else f"{self.address}/{number}"
        return path + _query(self.query, also)

    @property
    def at_check(self) -> str:
        return f"{self.address}/check{self.query}"

    def leaf(self, number: int) -> Leaf | None:
        """The screen with this number, from 1; None where there is none."""
        pages = self.questionnaire.pages
        sections = tuple((page.title, page.questions) for page in pages)
        if self.questionnaire.layout is Layout.SINGLE:
            return Leaf(1, sections) if number == 1 else None
        return Leaf(number, (sections[number - 1],)) if 0 < number <= len(pages) else None

    def leaf_of(self, key: str) -> int:
        """The number of the screen that asks this question; 1 where none does."""
        if self.questionnaire.layout is Layout.SINGLE:
            return 1
        pages = enumerate(self.questionnaire.pages, start=1)
        return next((number for number, page in pages if _asks(page.questions, key)), 1)

    def route(self, answers: Mapping[str, Any]) -> tuple[int, ...]:
        """The numbers of the screens that these answers lead through."""
        if self.questionnaire.layout is Layout.SINGLE:
            return (1,)
        return pages_shown(self.questionnaire, answers)

    def after(self, number: int, answers: Mapping[str, Any]) -> str:
        """The address that follows a screen."""
        following = (each for each in self.route(answers) if each > number)
        next_number = next(following, None)
        return self.at(next_number) if next_number else self.at_check


async def journey(slug: str, request: AnyRequest, *, now: datetime, language: str = "") -> Journey:
    """Raises NoSuchConsultation, AnswersNotTaken, QuestionsChanged or AlreadySent.

    The language is the one just chosen, else the address's, else the draft's, else the first.
    """
    consultation = await surveys.consultation(slug)
    draft = await _draft(request, consultation)
    asked = _round(consultation, draft, now)
    version = await surveys.version(asked.version_id)
    if draft and draft.version_id != version.id:
        raise QuestionsChanged("Your answers were to the questions as they were. Begin again.")
    wanted = (language, request.query_params.get("lang", ""), draft.language if draft else "")
    languages = version.questionnaire.languages
    chosen = next((each for each in wanted if each in languages), languages[0])
    return Journey(consultation, asked, version, draft, chosen)


def draft_cookie(slug: str, token: str) -> Cookie:
    """Lasts until the browser is closed: the next person at a shared computer starts afresh."""
    return Cookie(
        key=COOKIE,
        value=token,
        path=f"/consultations/{slug}",
        httponly=True,
        samesite="lax",
        secure=settings().base_url.startswith("https://"),
    )


def no_cookie(slug: str) -> Cookie:
    """Takes the draft's cookie out of the browser."""
    return Cookie(
        key=COOKIE,
        value="",
        path=f"/consultations/{slug}",
        max_age=0,
        httponly=True,
        samesite="lax",
        secure=settings().base_url.startswith("https://"),
    )


async def _draft(request: AnyRequest, consultation: Consultation) -> store.Draft | None:
    token = request.cookies.get(COOKIE, "")
    draft = await store.draft(token) if token else None
    if draft is None or draft.round_id not in {each.id for each in consultation.rounds}:
        return None
    if draft.submitted_at is not None:
        raise AlreadySent(draft.receipt)
    return draft


def _round(consultation: Consultation, draft: store.Draft | None, now: datetime) -> Round:
    zone = settings().time_zone
    if draft is None:
        return round_to_answer(consultation, now, zone=zone)
    asked = next(each for each in consultation.rounds if each.id == draft.round_id)
    check_may_finish(asked, now, began_at=draft.began_at, zone=zone)
    return asked


def _asks(questions: tuple[Question, ...], key: str) -> bool:
    return any(question.key == key for question in questions)


def _query(query: str, also: Mapping[str, str]) -> str:
    added = "&".join(f"{name}={value}" for name, value in also.items())
    return f"{query}&{added}" if query and added else query or (f"?{added}" if added else "")
