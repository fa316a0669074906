"""Taking a change back after others: only what is still as the change left it is put back."""

from typing import TypeVar

from msgspec.structs import replace

from app.problems import Problem
from surveys.drafting.applying import (
    CannotApply,
    carried_out,
    cover_of,
    the_page,
    the_question,
)
from surveys.drafting.merging import head, merged
from surveys.drafting.operations import (
    AddPage,
    AddQuestion,
    ChangeCover,
    ChangePage,
    ChangeQuestion,
    Operation,
    RemovePage,
    RemoveQuestion,
    Several,
)
from surveys.questionnaire import Questionnaire

T = TypeVar("T")

CHANGED_SINCE = (
    "It was changed since, and taking your change back would lose that. Change it by hand instead"
)


def fitted_inverse(
    questionnaire: Questionnaire, *, done: Operation, inverse: Operation
) -> Operation:
    """What takes `done` back in the questionnaire as it is now: the inverse, less what others
    changed since. Raises CannotApply where that cannot be told apart."""
    if isinstance(done, Several) and isinstance(inverse, Several):
        return _step_by_step(questionnaire, done, inverse)
    if isinstance(done, ChangeQuestion) and isinstance(inverse, ChangeQuestion):
        now = the_question(questionnaire, inverse.key)
        back = _merged(done.question, inverse.question, now, questionnaire)
        return ChangeQuestion(inverse.key, back)
    if isinstance(done, ChangePage) and isinstance(inverse, ChangePage):
        return _page_changed_back(questionnaire, done, inverse)
    if isinstance(done, ChangeCover) and isinstance(inverse, ChangeCover):
        return _cover_changed_back(questionnaire, done, inverse)
    _check_as_added(questionnaire, done, inverse)
    return inverse


def _step_by_step(questionnaire: Questionnaire, done: Several, inverse: Several) -> Several:
    steps: list[Operation] = []
    pairs = zip(reversed(done.operations), inverse.operations, strict=True)
    for each, back in pairs:
        steps.append(fitted_inverse(questionnaire, done=each, inverse=back))
        questionnaire = carried_out(questionnaire, steps[-1]).questionnaire
    return Several(tuple(steps))


def _page_changed_back(
    questionnaire: Questionnaire, done: ChangePage, inverse: ChangePage
) -> ChangePage:
    now = head(the_page(questionnaire, inverse.key))
    left = replace(now, title=done.title, strand=done.strand)
    wanted = replace(now, title=inverse.title, strand=inverse.strand)
    back = _merged(left, wanted, now, questionnaire)
    return ChangePage(inverse.key, back.title, back.strand)


def _cover_changed_back(
    questionnaire: Questionnaire, done: ChangeCover, inverse: ChangeCover
) -> ChangeCover:
    return _merged(done, inverse, cover_of(questionnaire), questionnaire)


def _merged(left: T, wanted: T, now: T, questionnaire: Questionnaire) -> T:
    found = merged(left, wanted, now, language=questionnaire.languages[0])
    if found.value is None:
        raise CannotApply(Problem("This change", CHANGED_SINCE))
    return found.value


def _check_as_added(questionnaire: Questionnaire, done: Operation, inverse: Operation) -> None:
    if isinstance(done, AddQuestion) and isinstance(inverse, RemoveQuestion):
        as_added = done.question == the_question(questionnaire, inverse.key)
    elif isinstance(done, AddPage) and isinstance(inverse, RemovePage):
        as_added = done.page == the_page(questionnaire, inverse.key)
    else:
        return
    if not as_added:
        raise CannotApply(Problem("This change", CHANGED_SINCE))
