"""A page of answers as it was sent: what was typed on it, what is wrong with it, and keeping it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar.datastructures import Cookie
from msgspec import Struct
from msgspec.structs import replace

from app.forms import Form
from app.problems import Problem
from responses.merging import read_seen
from responses.pages.beginning import Slowed, slowed
from responses.pages.journey import (
    AnyRequest,
    Journey,
    Leaf,
    begun,
    draft_cookie,
    with_changes,
)
from responses.pages.keeping import LONGEST_SEEN, Kept, is_too_long, keep_answers
from responses.pages.screens import Taken
from responses.pages.uploads import answered_with, file_changes, stays
from responses.response import question_of
from surveys.answers import is_given
from surveys.checks import Checked, check, read_fields
from surveys.fields import field_names
from surveys.questionnaire import Question
from surveys.routing import shown


class SentPage(Struct, frozen=True, kw_only=True):
    """`given` is what was typed, with the files that are kept; `checked` is that held against the
    questions. `here` has a draft already where a file had to be kept by one. `taken` says that
    somebody else of an organisation is editing the page."""

    here: Journey
    leaf: Leaf
    form: Form
    given: dict[str, Any]
    checked: Checked
    problems: tuple[Problem, ...]
    cookie: Cookie | None
    moment: datetime
    taken: Taken | None = None

    @property
    def to_check(self) -> bool:
        """Whether it was opened to change one answer."""
        return self.form.ticked("_change")

    @property
    def for_later(self) -> bool:
        return self.form.ticked("_later")

    @property
    def stays(self) -> bool:
        """Whether the same page is wanted again: in another language, a file more or less."""
        return self.form.ticked("_language") or stays(self.form)

    @property
    def seen(self) -> str:
        return self.form.text("_seen", limit=LONGEST_SEEN)

    @property
    def typed(self) -> dict[str, Any]:
        """All answers with those of this page as they were typed."""
        return without(self.here.answers, self.leaf) | self.given

    @property
    def unchecked(self) -> dict[str, Any]:
        """The page's answers, made even where they fit and as typed where they do not."""
        return self.given | self.checked.answers

    @property
    def fit(self) -> dict[str, Any]:
        """The page's checked answers, and those that the route hides as they were typed: they are
        named before anything is sent."""
        dropped = self.checked.dropped
        hidden = {name: each for name, each in self.given.items() if question_of(name) in dropped}
        return self.checked.answers | hidden


async def sent_page(
    request: AnyRequest,
    here: Journey,
    leaf: Leaf,
    form: Form,
    *,
    moment: datetime,
    taken: Taken | None = None,
) -> SentPage:
    """Its files are kept before the rest is looked at: a problem elsewhere loses nobody a file.
    On a page that is another person's by now, none of theirs is taken away or replaced."""
    changes = await file_changes(form, leaf.questions, here.files, language=here.language)
    if taken:
        changes = changes.adding
    slow = Slowed()
    if changes.any:
        slow = await slowed_to_begin(request, here, now=moment)
    if not slow.problems:
        here = await with_changes(here, changes, now=moment)
    given = read_fields(leaf.questions, form.fields) | answered_with(leaf.questions, here.files)
    checked = check(
        here.questionnaire,
        given,
        questions=leaf.questions,
        earlier=here.answers,
        language=here.language,
    )
    page = SentPage(
        here=here,
        leaf=leaf,
        form=form,
        given=given,
        checked=checked,
        problems=(),
        cookie=None,
        moment=moment,
    )
    unchecked = page.stays or page.for_later
    problems = changes.problems_beside(_too_long(page) if unchecked else checked.problems)
    if not problems and not slow.problems:
        slow = await slowed_to_begin(request, here, now=moment)
    return replace(page, problems=slow.problems or problems, cookie=slow.cookie)


def _too_long(page: SentPage) -> list[Problem]:
    """What cannot be kept even for later."""
    problems = page.checked.problems
    long = {name for name, each in page.given.items() if is_too_long({name: each})}
    return [each for each in problems if each.place in long]


async def slowed_to_begin(request: AnyRequest, here: Journey, *, now: datetime) -> Slowed:
    """Only whoever begins is ever asked to wait."""
    if here.draft is not None:
        return Slowed()
    consultation = here.consultation
    return await slowed(request, consultation.slug, consultation.id, here.language, now=now)


async def kept(
    page: SentPage, answers: Mapping[str, Any], *, begins: bool = True, passing: bool = False
) -> Kept:
    """These answers to the page's questions stored; `begins` says whether in a new draft where
    there is none yet, `passing` that what is empty was left so."""
    here, leaf = page.here, page.leaf
    every, asked = _every_field(leaf, answers), _on_the_page(here, leaf, answers)
    if here.draft is not None:
        seen = read_seen(page.seen)
        return await keep_answers(here, asked, every, seen, now=page.moment, passing=passing)
    typed = {name: answer for name, answer in every.items() if is_given(answer)}
    if begins:
        empty = {each.key: None for each in asked if passing and field_names(each)}
        here = await begun(here, empty | typed, now=page.moment)
    return Kept(replace(here, answers=here.answers | typed), ())


def cookies_of(here: Journey) -> list[Cookie]:
    """That of a draft which was begun just now."""
    return [draft_cookie(here.consultation.slug, here.token)] if here.token else []


def without(answers: Mapping[str, Any], leaf: Leaf) -> dict[str, Any]:
    """The answers to other pages."""
    here = {question.key for question in leaf.questions}
    return {field: answer for field, answer in answers.items() if question_of(field) not in here}


def _on_the_page(here: Journey, leaf: Leaf, given: Mapping[str, Any]) -> tuple[Question, ...]:
    """Without those that other answers hide: what was once answered to them stays, and is named
    before anything is sent."""
    showing = shown(here.questionnaire, {**without(here.answers, leaf), **given})
    return tuple(
        question
        for question in leaf.questions
        if question.key in showing or any(name in given for name in field_names(question))
    )


def _every_field(leaf: Leaf, answers: Mapping[str, Any]) -> dict[str, Any]:
    """A page's answers, those taken back included."""
    names = (name for question in leaf.questions for name in field_names(question))
    return {name: answers.get(name) for name in names}
