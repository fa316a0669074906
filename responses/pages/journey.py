"""Where one respondent stands: which round they answer, in which language, and what is kept."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from msgspec import Struct
from msgspec.structs import replace

from app.problems import Refusal
from app.settings import settings
from app.shared_device import device_of
from app.speech import ENGLISH, sentence
from responses import store
from responses.opening import check_may_finish, round_to_answer
from responses.organisation import Organisation, Together, section_of
from responses.pages.uploads import FileChanges, answered_with, asks_for_files, file_views
from surveys import store as surveys
from surveys.consultation import Consultation, Round, State, Version
from surveys.marked import Marked, marked, title_of
from surveys.ordering import ORDERINGS
from surveys.questionnaire import Layout, Question, Questionnaire, Text, Upload
from surveys.routing import pages_shown
from surveys.upload_view import FileView

AnyRequest = Request[Any, Any, Any]

COOKIE = "hearback_draft"
MEMBER_COOKIE = "hearback_member"
"""Beside the draft's, which of an organisation's people this browser is."""


class AlreadySent(Refusal):
    """The draft has become a response; `receipt` is its code. `shared` says that one of several
    people sent it."""

    title = sentence("You have already sent your answers")

    def __init__(self, receipt: str, *, shared: bool = False) -> None:
        super().__init__(sentence("What you sent first is stored. Nothing was added to it now."))
        self.receipt = receipt
        self.shared = shared


class Leaf(Struct, frozen=True):
    """What is asked on one screen: a page of the questionnaire, or all of it."""

    number: int
    sections: tuple[tuple[Text, tuple[Question, ...]], ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for _, questions in self.sections for question in questions)


class Standing(Struct, frozen=True, kw_only=True):
    """Where somebody stands in the questions of a version, by what they have answered so far; the
    screens are at `address` and below it."""

    consultation: Consultation
    version: Version
    address: str
    language: str
    answers: dict[str, Any]
    ordering: int = 0
    files: tuple[store.StoredFile, ...] = ()

    @property
    def questionnaire(self) -> Questionnaire:
        return self.version.questionnaire

    @property
    def title(self) -> Marked:
        return title_of(self.consultation, self.questionnaire, self.language)

    @property
    def file_views(self) -> dict[str, FileView]:
        return file_views(self.files, language=self.language)

    def marked(self, text: Text) -> Marked:
        return marked(text, self.language, default=self.questionnaire.languages[0])

    @property
    def overview(self) -> str:
        default = self.questionnaire.languages[0]
        query = "" if self.language == default else f"?lang={self.language}"
        return f"/consultations/{self.consultation.slug}{query}"

    @property
    def query(self) -> str:
        """What addresses carry along beside what is kept."""
        return ""

    def at(self, number: int, **also: str) -> str:
        """The address of a screen."""
        path = self.address if number == 1 else f"{self.address}/{number}"
        return path + _query(self.query, also)

    @property
    def at_check(self) -> str:
        return f"{self.address}/check{self.query}"

    @property
    def answering_for(self) -> str:
        """The organisation that several people answer for together; empty where one person does."""
        return ""

    @property
    def organisation_at(self) -> str:
        """Where those who answer for an organisation find each other."""
        return f"{self.address}/organisation{self.query}"

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


class Journey(Standing, frozen=True, kw_only=True):
    """A respondent's. `token` is that of a draft which this very request began, so that its cookie
    goes with the answer. `together` is there where several people answer for an organisation;
    `passing` says that the device is one which many use, each for a few minutes."""

    round: Round
    draft: store.Draft | None
    token: str = ""
    together: Together | None = None
    passing: bool = False

    @property
    def query(self) -> str:
        """Carries the language along where it is not the one that would be chosen without."""
        known = self.draft.language if self.draft else self.questionnaire.languages[0]
        known = self.together.me.language if self.together else known
        return "" if self.language == known else f"?lang={self.language}"

    @property
    def answering_for(self) -> str:
        return self.together.organisation.name if self.together else ""

    @property
    def for_organisation(self) -> str:
        """Where one person is offered to answer together with others; empty where it is not."""
        return "" if self.together or self.passing else self.organisation_at

    @property
    def file_views(self) -> dict[str, FileView]:
        return file_views(self.files, at=f"{self.address}/files", language=self.language)

    def in_order(self, typed: str) -> "Journey":
        """The same in the order that a form without a draft was shown in."""
        fits = self.draft is None and typed.isascii() and typed.isdigit()
        return replace(self, ordering=int(typed[:3]) % ORDERINGS) if fits else self


class NotJoined(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """Several people answer this draft, and which of them this browser is nobody has said."""

    def __init__(self, here: Journey, organisation: Organisation) -> None:
        super().__init__()
        self.here = here
        self.organisation = organisation

    @property
    def address(self) -> str:
        """Where they say it."""
        return f"{self.here.address}/organisation/join{self.here.query}"


class QuestionsChanged(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """The round asks a corrected version now. `before` is the journey as the draft knows it,
    `after` the same on what is asked now."""

    def __init__(self, before: Journey, after: Journey) -> None:
        super().__init__()
        self.before = before
        self.after = after

    @property
    def address(self) -> str:
        """Where the respondent reads what changed."""
        return f"{self.before.address}/changed{self.before.query}"


async def journey(
    slug: str,
    request: AnyRequest,
    *,
    now: datetime,
    language: str = "",
    also_paused: bool = False,
    also_over: bool = False,
) -> Journey:
    """Raises NoSuchConsultation, AnswersNotTaken, NotJoined, QuestionsChanged or AlreadySent.

    The language is the one just chosen, else the address's, else the draft's, else the first.
    `also_paused` is for what whoever has begun may do while the round is paused, `also_over` for
    what they may do however it stands.
    """
    consultation = await surveys.kept_consultation(slug, at=now)
    draft = await _draft(request, consultation)
    organisation = await store.organisation(draft) if draft and draft.shared else None
    together = together_of(request, organisation)
    known = together.me.language if together else draft.language if draft else ""
    wanted = (language, request.query_params.get("lang", ""), known)
    try:
        asked = _round(consultation, draft, now, also_paused=also_paused, also_over=also_over)
    except Refusal:
        # Whoever is turned away reads why in their own language, and how else to answer.
        request.state.language = await language_for(consultation, wanted)
        request.state.about = consultation.about
        request.state.own = await language_for(consultation, ())
        raise
    version = await surveys.version(asked.version_id)
    request.state.language = _first_of(wanted, version.questionnaire.languages)
    ordering = draft.ordering if draft else secrets.randbelow(ORDERINGS)
    here = await _with_files(
        Journey(
            consultation=consultation,
            round=asked,
            version=version,
            address=f"/consultations/{slug}/respond",
            language=request.state.language,
            answers=draft.answers if draft else {},
            ordering=ordering,
            draft=draft,
            together=together,
            passing=device_of(request) is not None,
        )
    )
    if organisation and together is None:
        raise NotJoined(here, organisation)
    if draft and draft.version_id != version.id:
        before = await surveys.version(draft.version_id)
        raise QuestionsChanged(replace(here, version=before), here)
    return here


async def begun(here: Journey, answers: Mapping[str, Any], *, now: datetime) -> Journey:
    """The same with a draft that holds these first answers."""
    token = await store.begin_draft(
        here.round, answers, language=here.language, ordering=here.ordering, now=now
    )
    return replace(here, token=token)


async def with_changes(here: Journey, changes: FileChanges, *, now: datetime) -> Journey:
    """The same once files are kept and removed, with a draft to keep them by."""
    if not changes.any:
        return here
    if here.draft is None:
        here = await begun(here, {}, now=now)
        here = replace(here, draft=await store.draft(here.token))
    if here.draft is None:
        return here
    also: tuple[store.Writing, ...] = ()
    if here.together:
        fields = (*(each[0] for each in changes.add), *(each.question for each in changes.remove))
        keys = {section_of(here.questionnaire, field) for field in fields}
        also = store.note_changes(here.draft, keys, here.together.me.id, now=now)
    await store.change_files(
        here.draft.key, add=changes.add, remove=changes.remove, now=now, also=also
    )
    return await _with_files(here)


async def _with_files(here: Journey) -> Journey:
    """The files of the draft are its answers to the questions that ask for them."""
    questions = here.questionnaire.questions
    if here.draft is None or not asks_for_files(questions):
        return here
    files = await store.files_of(here.draft.key)
    uploads = {question.key for question in questions if isinstance(question, Upload)}
    others = {key: each for key, each in here.answers.items() if key not in uploads}
    return replace(here, answers=others | answered_with(questions, files), files=files)


async def language_for(consultation: Consultation, wanted: Iterable[str]) -> str:
    """The first language wanted that the newest questions are in, else their own first one."""
    if not consultation.rounds:
        return ENGLISH
    newest = await surveys.version(consultation.rounds[-1].version_id)
    return _first_of(wanted, newest.questionnaire.languages)


def _first_of(wanted: Iterable[str], languages: tuple[str, ...]) -> str:
    return next((each for each in wanted if each in languages), languages[0])


def draft_cookie(slug: str, token: str, *, key: str = COOKIE) -> Cookie:
    """Lasts until the browser is closed: the next person at a shared computer starts afresh."""
    return Cookie(
        key=key,
        value=token,
        path=f"/consultations/{slug}",
        httponly=True,
        samesite="lax",
        secure=settings().base_url.startswith("https://"),
    )


def member_cookie(slug: str, token: str) -> Cookie:
    """As long as the draft's."""
    return draft_cookie(slug, token, key=MEMBER_COOKIE)


def no_cookie(slug: str, *, key: str = COOKIE) -> Cookie:
    """Takes the draft's cookie out of the browser, or another."""
    return Cookie(
        key=key,
        value="",
        path=f"/consultations/{slug}",
        max_age=0,
        httponly=True,
        samesite="lax",
        secure=settings().base_url.startswith("https://"),
    )


def no_cookies(slug: str) -> list[Cookie]:
    """Both, once the answers are sent or deleted."""
    return [no_cookie(slug), no_cookie(slug, key=MEMBER_COOKIE)]


def together_of(request: AnyRequest, organisation: Organisation | None) -> Together | None:
    """Who of an organisation's people this browser is, if it is one of theirs."""
    token = request.cookies.get(MEMBER_COOKIE, "")
    if organisation is None or not token:
        return None
    hashed = store.token_hash(token)
    me = next((each for each in organisation.members if each.token_hash == hashed), None)
    return Together(organisation, me) if me else None


async def _draft(request: AnyRequest, consultation: Consultation) -> store.Draft | None:
    token = request.cookies.get(COOKIE, "")
    draft = await store.draft(token) if token else None
    if draft is None or draft.round_id not in {each.id for each in consultation.rounds}:
        return None
    if draft.submitted_at is not None:
        request.state.language = draft.language
        raise AlreadySent(draft.receipt, shared=draft.shared)
    return draft


def _round(
    consultation: Consultation,
    draft: store.Draft | None,
    now: datetime,
    *,
    also_paused: bool,
    also_over: bool,
) -> Round:
    if draft is None:
        return round_to_answer(consultation, now)
    asked = next(each for each in consultation.rounds if each.id == draft.round_id)
    if not (also_over or (also_paused and asked.standing(now) is State.PAUSED)):
        check_may_finish(asked, now, began_at=draft.began_at)
    return asked


def _asks(questions: tuple[Question, ...], key: str) -> bool:
    return any(question.key == key for question in questions)


def _query(query: str, also: Mapping[str, str]) -> str:
    added = "&".join(f"{name}={value}" for name, value in also.items())
    return f"{query}&{added}" if query and added else query or (f"?{added}" if added else "")
