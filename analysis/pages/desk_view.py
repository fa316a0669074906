"""What the coding desk shows: put together from the answers, the codebook and the codings."""

from asyncio import to_thread
from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct

from analysis import store
from analysis.codebook import Theme
from analysis.coding import ChangedMeanwhile
from analysis.pages.questions import question_titles
from analysis.reading import QuestionProgress
from analysis.reading import next_unread as unread_after
from analysis.tone import Tone, tone
from app.problems import Problem, Refusal
from responses import store as responses
from responses.store import TextAnswer
from surveys import store as surveys
from surveys.answer_words import answer_words
from surveys.consultation import Consultation
from surveys.questionnaire import Statement, say

NUMBER_KEYS = "1234567890"


class NoSuchAnswer(Refusal):
    status = 404
    title = "There is no such answer"


class Desk(Struct, frozen=True):
    """A consultation opened for coding. `question` keeps to the answers of one question; `answers`
    and `read` are of all."""

    consultation: Consultation
    themes: tuple[Theme, ...]
    answers: Mapping[int, TextAnswer]
    read: frozenset[int]
    titles: Mapping[str, str]
    question: str = ""

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(
            one.id
            for one in self.answers.values()
            if not self.question or one.question == self.question
        )

    def address(self, answer_id: int, **query: str) -> str:
        return self._at(f"/{answer_id}", query)

    def next_address(self, *, after: int | None) -> str:
        return self._at("", {} if after is None else {"after": str(after)})

    def progress(self) -> tuple[QuestionProgress, ...]:
        """Each question that was answered in words, in the order asked."""
        totals: dict[str, list[int]] = {}
        for answer in self.answers.values():
            totals.setdefault(answer.question, []).append(answer.id in self.read)
        order = list(self.titles)
        return tuple(
            QuestionProgress(key, self.titles.get(key, key), sum(totals[key]), len(totals[key]))
            for key in sorted(totals, key=lambda key: order.index(key) if key in order else 0)
        )

    def _at(self, path: str, query: Mapping[str, str]) -> str:
        query = ({"question": self.question} if self.question else {}) | dict(query)
        address = f"/officer/consultations/{self.consultation.slug}/coding{path}"
        return f"{address}?{urlencode(query)}" if query else address


class Ticks(Struct, frozen=True):
    """Themes as ticked but not saved, and the mark of the codings that the coder was looking at."""

    themes: frozenset[int]
    mark: str


class Box(Struct, frozen=True):
    """One theme to tick. `because` are the words that suggest it; `theirs` says that someone else
    chose it meanwhile."""

    theme: Theme
    key: str
    ticked: bool
    because: tuple[str, ...]
    theirs: bool


class Said(Struct, frozen=True):
    question: str
    lines: tuple[str, ...]


class CodingPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    answer: TextAnswer
    question_title: str
    boxes: tuple[Box, ...]
    mark: str
    finished: bool
    coder: str
    tone: Tone
    rest: tuple[Said, ...]
    done: int
    total: int
    questions: tuple[QuestionProgress, ...]
    question: str
    save_address: str
    own_address: str
    skip_address: str
    may_undo: bool
    undone: bool
    changed: bool
    new_theme: str
    problems: tuple[Problem, ...] = ()


class AllReadPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    total: int
    question_title: str
    questions: tuple[QuestionProgress, ...]
    left: int
    may_undo: bool
    question: str


async def open_desk(slug: str, *, question: str = "") -> Desk:
    consultation = await surveys.consultation(slug)
    titles = await question_titles(consultation.id)
    return Desk(
        consultation=consultation,
        themes=await store.themes(consultation.id),
        answers={one.id: one for one in await responses.text_answers(consultation.id)},
        read=await store.finished_ids(consultation.id),
        titles=titles,
        question=question if question in titles else "",
    )


async def desk_page(
    desk: Desk,
    answer_id: int,
    *,
    coder: str,
    ticks: Ticks | None = None,
    undone: bool = False,
    problems: tuple[Problem, ...] = (),
    new_theme: str = "",
    changed: ChangedMeanwhile | None = None,
) -> CodingPage:
    """The page of one answer. Raises NoSuchAnswer."""
    answer = desk.answers.get(answer_id)
    if answer is None:
        raise NoSuchAnswer("This consultation has no such answer. It may have been withdrawn.")
    current = await store.codings_of_answer(answer_id)
    ticked = ticks.themes if ticks else frozenset(current.themes)
    theirs = frozenset(changed.now.themes) if changed else frozenset()
    return CodingPage(
        slug=desk.consultation.slug,
        title=desk.consultation.title,
        invented=desk.consultation.invented,
        answer=answer,
        question_title=desk.titles.get(answer.question, answer.question),
        boxes=await _boxes(desk, answer, ticked, theirs),
        mark=ticks.mark if ticks else current.mark,
        finished=current.finished,
        coder=await store.last_coder(answer_id),
        tone=await to_thread(tone, answer.text),
        rest=await _rest(desk, answer),
        done=sum(one in desk.read for one in desk.ids),
        total=len(desk.ids),
        questions=desk.progress(),
        question=desk.question,
        save_address=f"/officer/consultations/{desk.consultation.slug}/coding/{answer_id}",
        own_address=desk.address(answer_id),
        skip_address=desk.next_address(after=answer_id),
        may_undo=await store.may_undo(desk.consultation.id, coder),
        undone=undone,
        changed=changed is not None,
        new_theme=new_theme,
        problems=problems,
    )


async def finished_page(desk: Desk, *, coder: str) -> AllReadPage:
    ids = tuple(desk.answers)
    return AllReadPage(
        slug=desk.consultation.slug,
        title=desk.consultation.title,
        invented=desk.consultation.invented,
        total=len(desk.ids),
        question_title=desk.titles.get(desk.question, ""),
        questions=desk.progress(),
        left=0 if unread_after(ids, desk.read, after=None) is None else len(ids) - len(desk.read),
        may_undo=await store.may_undo(desk.consultation.id, coder),
        question=desk.question,
    )


async def _boxes(
    desk: Desk, answer: TextAnswer, ticked: frozenset[int], theirs: frozenset[int]
) -> tuple[Box, ...]:
    suggested = {
        one.theme_id: one.because for one in await store.suggestions_for(answer, desk.themes)
    }
    return tuple(
        Box(
            theme=theme,
            key=NUMBER_KEYS[at] if at < len(NUMBER_KEYS) else "",
            ticked=theme.id in ticked,
            because=suggested.get(theme.id, ()),
            theirs=theme.id in theirs,
        )
        for at, theme in enumerate(desk.themes)
    )


async def _rest(desk: Desk, answer: TextAnswer) -> tuple[Said, ...]:
    """What else the same person said, private answers left out."""
    response = await responses.response(answer.response_id, consultation_id=desk.consultation.id)
    questionnaire = (await surveys.version(response.version_id)).questionnaire
    said = (
        Said(say(question.text, questionnaire.languages[0]), lines)
        for question in questionnaire.questions
        if not isinstance(question, Statement) and question.key != answer.question
        for lines in [answer_words(question, response.answers, questionnaire.languages[0])]
    )
    return tuple(one for one in said if one.lines)
