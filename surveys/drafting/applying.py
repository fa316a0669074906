"""Applying an operation to a draft: what comes out, and what undoes it."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from app.problems import Problem, Refusal
from surveys.drafting.conditions import keys_tested, renamed
from surveys.drafting.obstacles import obstacles
from surveys.drafting.operations import (
    AddPage,
    AddQuestion,
    ChangeCover,
    ChangePage,
    ChangeQuestion,
    MovePage,
    MoveQuestion,
    Operation,
    RemovePage,
    RemoveQuestion,
    Several,
)
from surveys.questionnaire import Page, Question, Questionnaire

T = TypeVar("T")

PAGE_GONE = "The page is not there any more. Someone may have removed it: look at the outline again"
KEY_TAKEN = "Another question has the same key. Choose another"
KEY_TESTED = "Conditions still test a question that had this key. Choose another"
QUESTION_GONE = (
    "The question is not there any more. Someone may have removed it or changed its key: look at "
    "the outline again"
)


class CannotApply(Refusal):
    """What it is meant for is gone, or it would leave the questionnaire unsound. Nothing is
    changed; `problems` say what to do."""

    title: ClassVar[str] = "The questionnaire was not changed"

    def __init__(self, *problems: Problem) -> None:
        super().__init__(". ".join(f"{each.place}: {each.words}" for each in problems))
        self.problems = problems


class Applied(Struct, frozen=True):
    """`inverse`, applied to `questionnaire`, gives exactly the one before."""

    questionnaire: Questionnaire
    inverse: Operation


def apply(questionnaire: Questionnaire, operation: Operation) -> Applied:
    """The questionnaire (its pages keyed) after the operation. Raises CannotApply for what is
    gone and for every problem that was not there before."""
    applied = carried_out(questionnaire, operation)
    if problems := obstacles(questionnaire, applied.questionnaire):
        raise CannotApply(*problems)
    return applied


def carried_out(questionnaire: Questionnaire, operation: Operation) -> Applied:
    """The same whatever comes of it: for one of several steps. Raises CannotApply for what is
    gone."""
    return _STEPS[type(operation)](questionnaire, operation)


def _add_page(questionnaire: Questionnaire, operation: AddPage) -> Applied:
    _check_new_page(questionnaire, operation.page)
    pages = _inserted(questionnaire.pages, operation.at, operation.page)
    return Applied(replace(questionnaire, pages=pages), RemovePage(operation.page.key))


# Even for a moment between two of several steps, no key may stand for two things: what undoes the
# steps could not tell them apart.


def _check_new_page(questionnaire: Questionnaire, page: Page) -> None:
    if not page.key:
        raise CannotApply(Problem("The page", "It has no key to tell it from others. Give it one"))
    if page.key in {each.key for each in questionnaire.pages}:
        raise CannotApply(Problem(f"The page ‘{page.key}’", "Another page has the same key"))
    _check_new_keys(questionnaire, *page.questions)


def _check_new_keys(questionnaire: Questionnaire, *questions: Question) -> None:
    taken = set(questionnaire.by_key())
    for question in questions:
        if question.key in taken:
            raise CannotApply(Problem(f"The question ‘{question.key}’", KEY_TAKEN))
        taken.add(question.key)


def _check_untested(questionnaire: Questionnaire, key: str) -> None:
    if any(key in keys_tested(each.show_if) for each in questionnaire.questions):
        raise CannotApply(Problem(f"The question ‘{key}’", KEY_TESTED))


def _change_page(questionnaire: Questionnaire, operation: ChangePage) -> Applied:
    at = page_place(questionnaire, operation.key)
    page = questionnaire.pages[at]
    changed = replace(page, title=operation.title, strand=operation.strand)
    return Applied(
        _with_page(questionnaire, at, changed), ChangePage(page.key, page.title, page.strand)
    )


def _move_page(questionnaire: Questionnaire, operation: MovePage) -> Applied:
    at = page_place(questionnaire, operation.key)
    pages = _inserted(_without(questionnaire.pages, at), operation.to, questionnaire.pages[at])
    return Applied(replace(questionnaire, pages=pages), MovePage(operation.key, at))


def _remove_page(questionnaire: Questionnaire, operation: RemovePage) -> Applied:
    at = page_place(questionnaire, operation.key)
    pages = _without(questionnaire.pages, at)
    return Applied(replace(questionnaire, pages=pages), AddPage(questionnaire.pages[at], at))


def _add_question(questionnaire: Questionnaire, operation: AddQuestion) -> Applied:
    _check_new_keys(questionnaire, operation.question)
    at = page_place(questionnaire, operation.page)
    page = questionnaire.pages[at]
    questions = _inserted(page.questions, operation.at, operation.question)
    changed = _with_page(questionnaire, at, replace(page, questions=questions))
    return Applied(changed, RemoveQuestion(operation.question.key))


def _change_question(questionnaire: Questionnaire, operation: ChangeQuestion) -> Applied:
    at, place = question_place(questionnaire, operation.key)
    page = questionnaire.pages[at]
    old, new = page.questions[place], operation.question
    questions = (*page.questions[:place], new, *page.questions[place + 1 :])
    changed = _with_page(questionnaire, at, replace(page, questions=questions))
    if new.key != old.key:
        _check_new_keys(questionnaire, new)
        _check_untested(questionnaire, new.key)
        changed = renamed(changed, {old.key: new.key})
    return Applied(changed, ChangeQuestion(new.key, old))


def _move_question(questionnaire: Questionnaire, operation: MoveQuestion) -> Applied:
    at, place = question_place(questionnaire, operation.key)
    origin = questionnaire.pages[at]
    lifted = replace(origin, questions=_without(origin.questions, place))
    without = _with_page(questionnaire, at, lifted)
    target = page_place(without, operation.page)
    page = without.pages[target]
    questions = _inserted(page.questions, operation.to, origin.questions[place])
    moved = _with_page(without, target, replace(page, questions=questions))
    return Applied(moved, MoveQuestion(operation.key, origin.key, place))


def _remove_question(questionnaire: Questionnaire, operation: RemoveQuestion) -> Applied:
    at, place = question_place(questionnaire, operation.key)
    page = questionnaire.pages[at]
    changed = replace(page, questions=_without(page.questions, place))
    inverse = AddQuestion(page.key, place, page.questions[place])
    return Applied(_with_page(questionnaire, at, changed), inverse)


def _change_cover(questionnaire: Questionnaire, operation: ChangeCover) -> Applied:
    changed = replace(
        questionnaire,
        title=operation.title,
        layout=operation.layout,
        languages=operation.languages,
        strands=operation.strands,
    )
    return Applied(changed, cover_of(questionnaire))


def _several(questionnaire: Questionnaire, operation: Several) -> Applied:
    inverses: list[Operation] = []
    for each in operation.operations:
        applied = carried_out(questionnaire, each)
        questionnaire = applied.questionnaire
        inverses.append(applied.inverse)
    return Applied(questionnaire, Several(tuple(reversed(inverses))))


_STEPS: dict[type, Callable[[Questionnaire, Any], Applied]] = {
    AddPage: _add_page,
    ChangePage: _change_page,
    MovePage: _move_page,
    RemovePage: _remove_page,
    AddQuestion: _add_question,
    ChangeQuestion: _change_question,
    MoveQuestion: _move_question,
    RemoveQuestion: _remove_question,
    ChangeCover: _change_cover,
    Several: _several,
}


def cover_of(questionnaire: Questionnaire) -> ChangeCover:
    """The operation that makes the cover what it is."""
    return ChangeCover(
        questionnaire.title, questionnaire.layout, questionnaire.languages, questionnaire.strands
    )


def page_place(questionnaire: Questionnaire, key: str) -> int:
    """Which page has the key, from 0. Raises CannotApply."""
    for at, page in enumerate(questionnaire.pages):
        if page.key == key:
            return at
    raise CannotApply(Problem("The page", PAGE_GONE))


def question_place(questionnaire: Questionnaire, key: str) -> tuple[int, int]:
    """The page, from 0, and the place on it of a question. Raises CannotApply."""
    for at, page in enumerate(questionnaire.pages):
        for place, question in enumerate(page.questions):
            if question.key == key:
                return at, place
    raise CannotApply(Problem("The question", QUESTION_GONE))


def the_page(questionnaire: Questionnaire, key: str) -> Page:
    return questionnaire.pages[page_place(questionnaire, key)]


def the_question(questionnaire: Questionnaire, key: str) -> Question:
    at, place = question_place(questionnaire, key)
    return questionnaire.pages[at].questions[place]


def _with_page(questionnaire: Questionnaire, at: int, page: Page) -> Questionnaire:
    pages = (*questionnaire.pages[:at], page, *questionnaire.pages[at + 1 :])
    return replace(questionnaire, pages=pages)


def _inserted(listed: Sequence[T], at: int, each: T) -> tuple[T, ...]:
    at = min(max(at, 0), len(listed))
    return (*listed[:at], each, *listed[at:])


def _without(listed: Sequence[T], at: int) -> tuple[T, ...]:
    return (*listed[:at], *listed[at + 1 :])
