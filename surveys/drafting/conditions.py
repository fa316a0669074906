"""Conditions that follow what they test: renamed with it, and less one test once it is removed."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from msgspec.structs import replace

from surveys.questionnaire import Condition, Page, Question, Questionnaire
from surveys.soundness import tests_of

Q = TypeVar("Q", bound=Question)


def keys_tested(condition: Condition | None) -> frozenset[str]:
    """The keys of the questions that it tests, without their rows."""
    return frozenset((test.question or "").partition(".")[0] for test in tests_of(condition))


def renamed(questionnaire: Questionnaire, names: Mapping[str, str]) -> Questionnaire:
    """Every condition tests the new key in place of the old one."""
    pages = tuple(_page_renamed(page, names) for page in questionnaire.pages)
    return replace(questionnaire, pages=pages)


def _page_renamed(page: Page, names: Mapping[str, str]) -> Page:
    return replace(page, questions=tuple(testing(each, names) for each in page.questions))


def testing(question: Q, names: Mapping[str, str]) -> Q:
    """The question with its condition on the new keys."""
    if question.show_if is None or not names.keys() & keys_tested(question.show_if):
        return question
    return replace(question, show_if=_condition_renamed(question.show_if, names))


def _condition_renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    if condition.question is not None:
        key, dot, row = condition.question.partition(".")
        return replace(condition, question=names.get(key, key) + dot + row)
    return Condition(
        all=_parts_renamed(condition.all, names),
        any=_parts_renamed(condition.any, names),
        not_=condition.not_ and _condition_renamed(condition.not_, names),
    )


def _parts_renamed(
    parts: tuple[Condition, ...] | None, names: Mapping[str, str]
) -> tuple[Condition, ...] | None:
    return None if parts is None else tuple(_condition_renamed(part, names) for part in parts)


def without_tests(condition: Condition, keys: Collection[str]) -> Condition | None:
    """The condition without its tests of these questions; None when nothing is left of it."""
    if condition.question is not None:
        return None if condition.question.partition(".")[0] in keys else condition
    if condition.not_ is not None:
        inner = without_tests(condition.not_, keys)
        return inner and Condition(not_=inner)
    parts = condition.all or condition.any or ()
    left = tuple(each for part in parts if (each := without_tests(part, keys)) is not None)
    if len(left) < 2:
        return left[0] if left else None
    return Condition(all=left) if condition.all is not None else Condition(any=left)
