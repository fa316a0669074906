"""Keeping what a page was answered with, and asking which to keep where another window differs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.clock import now
from app.database import TooBusy
from app.forms import Form, read_form
from app.problems import Problem, Refusal
from app.speech import sentence, speech
from app.templating import render
from responses import store
from responses.merging import Difference, Merged, merged, read_seen, seen_words
from responses.organisation import section_of
from responses.pages.journey import (
    AlreadySent,
    AnyRequest,
    Journey,
    QuestionsChanged,
    journey,
)
from responses.pages.not_answering import answers_lost
from responses.pages.uploads import answered_with
from surveys.answer_words import answer_words
from surveys.answers import found
from surveys.fields import field_names
from surveys.marked import Marked
from surveys.questionnaire import Question

# Each try loses only to another save that succeeded.
TRIES = 30
KEEP = "keep."
LONGEST_MINE = 2_000_000
LONGEST_SEEN = 100_000
# Characters of an answer that does not fit yet: more is left on the page until it is shortened.
LONGEST_UNFIT = 100_000

Answers = Mapping[str, Any]
Sets = dict[str, dict[str, Any]]


class AnswersDeleted(Refusal):
    """Nobody can go on with this draft any more."""

    title = sentence("These answers were deleted")


DELETED = sentence(
    "That was done in another window or on another device. Nothing has been stored since, and "
    "nothing was sent."
)


class Kept(Struct, frozen=True):
    """`here` as it stands now; `differences` are answers that were not kept."""

    here: Journey
    differences: tuple[Difference, ...]


class Differing(Struct, frozen=True):
    """One question answered in two ways. `chosen` is what was just picked, if anything."""

    key: str
    question: Marked
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    chosen: str


class LostAnswer(Struct, frozen=True):
    """What somebody answered that the questions do not take since they were corrected."""

    question: Marked
    said: tuple[str, ...]
    asked_again: bool


class DiffersPage(Struct, frozen=True):
    """`mine` and `seen` carry both sides along; `then` is where to go on. `lost` are answers of
    the same page that cannot be kept."""

    slug: str
    title: Marked
    action: str
    differing: tuple[Differing, ...]
    mine: str
    seen: str
    then: str
    lost: tuple[LostAnswer, ...] = ()
    problems: tuple[Problem, ...] = ()


async def keep_answers(
    here: Journey,
    questions: Iterable[Question],
    given: Answers,
    seen: Mapping[str, str],
    *,
    now: datetime,
    passing: bool = False,
) -> Kept:
    """Store what was given for these questions on a page that had shown `seen`, except where
    another window has stored something else since. `passing` notes which questions were left
    empty as well. Raises AlreadySent or AnswersDeleted where the draft ended meanwhile: nothing may
    look as if it was kept."""
    asked = tuple(questions)
    draft = here.draft
    for _ in range(TRIES):
        if draft is None:
            raise AnswersDeleted(DELETED)
        if draft.submitted_at is not None:
            raise AlreadySent(draft.receipt, shared=draft.shared)
        if draft.version_id != here.version.id:
            # Carried over to corrected questions at this very moment.
            break
        both = merged(asked, given, draft.answers, seen)
        if passing:
            both = replace(both, write=passed_over(asked, draft) | both.write)
        if not both.write and draft.language == here.language:
            return Kept(_standing(here, draft), both.differences)
        after = await store.save_unless_changed(
            draft,
            both.write,
            language=here.language,
            now=now,
            noting=_noting(here, draft, both, now),
        )
        if after is not None:
            return Kept(_standing(here, after), both.differences)
        draft = await store.draft_again(draft)
    raise TooBusy


def passed_over(asked: Iterable[Question], draft: store.Draft) -> dict[str, Any]:
    """The questions that hold no answer and have not been noted as left empty."""
    keys = (question.key for question in asked if field_names(question))
    return {key: None for key in keys if key not in draft.answers and key not in draft.passed}


def is_too_long(answers: Answers) -> bool:
    """Whether these are more than is kept of what does not fit its questions."""
    return len(msgspec.json.encode(answers)) > LONGEST_UNFIT


def _noting(here: Journey, draft: store.Draft, both: Merged, now: datetime) -> store.Noting | None:
    """Of an organisation's answers it is kept who changed which page."""
    if here.together is None:
        return None
    keys = {section_of(here.questionnaire, field) for field in both.write}
    return store.noting_changes(draft, keys, here.together.me.id, now=now)


def _standing(here: Journey, draft: store.Draft) -> Journey:
    files = answered_with(here.questionnaire.questions, here.files)
    return replace(here, draft=draft, answers=draft.answers | files)


def differs_page(
    request: AnyRequest,
    here: Journey,
    differences: Iterable[Difference],
    *,
    then: str,
    lost: tuple[LostAnswer, ...] = (),
) -> Response[str]:
    """Shows both answers to each question, the one from here not stored yet."""
    mine = {each.question: each.mine for each in differences}
    return _shown(request, here, mine, then=then, lost=lost)


@post("/consultations/{slug:str}/respond/keep", name="keep-which")
async def keep_which(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    form = await read_form(request)
    moment = now()
    then = form.text("_then", limit=20)
    changed: QuestionsChanged | None = None
    try:
        here = await journey(slug, request, now=moment)
    except QuestionsChanged as since:
        # What was meant for the questions as they were is kept for the page that says what changed.
        changed, here = since, since.before
    if here.draft is None:
        return await answers_lost(request, slug)
    mine = _mine(here, form)
    undecided = [key for key in mine if form.text(KEEP + key) not in ("mine", "theirs")]
    if undecided:
        return _shown(request, here, mine, then=then, form=form, undecided=undecided)
    kept = await _settle(here, form, now=moment)
    if kept.differences:
        return differs_page(request, kept.here, kept.differences, then=then)
    following = changed.address if changed else _after(kept.here, then)
    return Redirect(following, status_code=303)


async def _settle(here: Journey, form: Form, *, now: datetime) -> Kept:
    mine = _mine(here, form)
    chosen = [key for key in mine if form.text(KEEP + key) == "mine"]
    asked = here.questionnaire.by_key()
    given = {field: each for key in chosen for field, each in mine[key].items()}
    seen = read_seen(form.text("_seen", limit=LONGEST_MINE))
    return await keep_answers(here, [asked[key] for key in chosen], given, seen, now=now)


def _mine(here: Journey, form: Form) -> Sets:
    """What the page carried along, held to the questions that there are."""
    try:
        carried = msgspec.json.decode(form.text("_mine", limit=LONGEST_MINE) or "{}", type=Sets)
    except msgspec.MsgspecError:
        return {}
    asked = here.questionnaire.by_key()
    return {
        key: {name: fields.get(name) for name in field_names(asked[key])}
        for key, fields in carried.items()
        if key in asked
    }


def _after(here: Journey, then: str) -> str:
    if then == "later":
        return f"{here.address}/later{here.query}"
    if then.isascii() and then.isdigit() and here.leaf(int(then)):
        return here.at(int(then))
    if then.startswith("after-") and then[6:].isascii() and then[6:].isdigit():
        return here.after(int(then[6:]), here.answers)
    return here.at_check


def _shown(
    request: AnyRequest,
    here: Journey,
    mine: Sets,
    *,
    then: str,
    form: Form | None = None,
    undecided: Iterable[str] = (),
    lost: tuple[LostAnswer, ...] = (),
) -> Response[str]:
    asked = here.questionnaire.by_key()
    stored = here.draft.answers if here.draft else {}
    say = speech(here.language).say
    page = DiffersPage(
        slug=here.consultation.slug,
        title=here.title,
        action=f"{here.address}/keep{here.query}",
        differing=tuple(
            Differing(
                key=key,
                question=here.marked(asked[key].text),
                mine=said(asked[key], fields, here.language),
                theirs=said(asked[key], stored, here.language),
                chosen=form.text(KEEP + key) if form else "",
            )
            for key, fields in mine.items()
        ),
        mine=msgspec.json.encode(mine).decode(),
        seen=seen_words((asked[key] for key in mine), stored),
        then=then,
        lost=lost,
        problems=tuple(
            Problem(KEEP + key, say("Choose which answer to keep")) for key in undecided
        ),
    )
    return render(
        request,
        "responses/differs.html",
        page,
        status=422 if page.problems else 409,
        headers={"Cache-Control": "no-store"},
        language=here.language,
    )


def said(question: Question, answers: Answers, language: str) -> tuple[str, ...]:
    """An answer in words, also one that no check has passed yet."""
    names = field_names(question)
    each = found(replace(question, required=False), [answers.get(name) for name in names], language)
    if not each.problems:
        values = dict(zip(names, (each.answer, each.other), strict=False))
        return answer_words(question, values, language)
    return tuple(word for name in names for word in _plain(answers.get(name)))


def _plain(answer: Any) -> tuple[str, ...]:
    if answer in (None, "", [], {}):
        return ()
    if isinstance(answer, Mapping):
        return tuple(f"{name}: {each}" for name, each in answer.items())
    return tuple(map(str, answer)) if isinstance(answer, list) else (str(answer),)
