"""What an operation takes away and what it works on, so that nothing is removed unseen."""

from collections.abc import Iterable
from typing import TypeAlias

from surveys.drafting.operations import (
    AddPage,
    AddQuestion,
    ChangePage,
    ChangeQuestion,
    MoveQuestion,
    Operation,
    RemovePage,
    RemoveQuestion,
    Several,
)
from surveys.questionnaire import Page, Questionnaire

Part: TypeAlias = tuple[str, str]
"""A page or a question by its key, like `("page", "you")`."""


def taken_away(operation: Operation, questionnaire: Questionnaire) -> frozenset[Part]:
    """The pages and questions that are no longer there after the operation."""
    if isinstance(operation, Several):
        return _together(taken_away(each, questionnaire) for each in operation.operations)
    if isinstance(operation, RemoveQuestion):
        return frozenset({("question", operation.key)})
    if isinstance(operation, RemovePage):
        found = (page for page in questionnaire.pages if page.key == operation.key)
        return _together(map(_whole, found))
    return frozenset()


def worked_on(operation: Operation) -> frozenset[Part]:
    """The pages and questions that hold what somebody wrote or put there with it."""
    if isinstance(operation, Several):
        return _together(map(worked_on, operation.operations))
    if isinstance(operation, AddPage):
        return _whole(operation.page)
    if isinstance(operation, ChangePage):
        return frozenset({("page", operation.key)})
    if isinstance(operation, ChangeQuestion):
        return frozenset({("question", operation.question.key)})
    if isinstance(operation, AddQuestion):
        return frozenset({("page", operation.page), ("question", operation.question.key)})
    if isinstance(operation, MoveQuestion):
        return frozenset({("page", operation.page)})
    return frozenset()


def _whole(page: Page) -> frozenset[Part]:
    return frozenset({("page", page.key), *(("question", each.key) for each in page.questions)})


def _together(sets: Iterable[frozenset[Part]]) -> frozenset[Part]:
    return frozenset().union(*sets)
