"""Which questions the route can ever show, found by trying answers in place of people."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from surveys.questionnaire import Condition, Question, Questionnaire
from surveys.representative import Answers, representative
from surveys.routing import condition_words, holds
from surveys.soundness import tests_of

MOST_STEPS = 1_000
"""Answers tried for one question before it is left undecided, and six times as many for all."""
FEWEST_STEPS = 25
"""What is left to every question when the others have used all."""
WALKS = 24
ALIKE = 8
"""The first walks give the answer of one place in every list, the others mix the places."""


class Standing(StrEnum):
    """Whether a question is shown: `EVERY_TIME` has a condition that always holds."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    EVERY_TIME = "every time"
    NEVER = "never"
    UNDECIDED = "undecided"


class DeadEnd(Struct, frozen=True):
    """A question that no answers lead to, with its condition in words."""

    key: str
    words: str


def unreachable(questionnaire: Questionnaire) -> tuple[DeadEnd, ...]:
    """The questions that can never be shown, whatever is answered."""
    asked = questionnaire.by_key()
    language = own_language(questionnaire)
    return tuple(
        DeadEnd(key, condition_words(condition, asked, language))
        for key, standing in standings(questionnaire).items()
        if standing is Standing.NEVER and (condition := asked[key].show_if)
    )


def own_language(questionnaire: Questionnaire) -> str:
    """What officers read a questionnaire in: English where it has it, else its first."""
    return "en" if "en" in questionnaire.languages else questionnaire.languages[0]


def standings(questionnaire: Questionnaire) -> Mapping[str, Standing]:
    """Each question's standing, by key, in a sound questionnaire: over all sets of answers that
    its checks accept. Exact unless UNDECIDED, which too many combinations end in."""
    every = questionnaire.questions
    reach = _Reach(questionnaire)
    return {question.key: reach.standing(question) for question in every}


class _Test(Struct, frozen=True):
    """A test of a question, with whether each of its answers meets it; last, whether none does."""

    key: str
    met: tuple[bool, ...]


class _Joined(Struct, frozen=True):
    every: bool
    parts: tuple["_Node", ...]


class _Not(Struct, frozen=True):
    part: "_Node"


_Node: TypeAlias = _Test | _Joined | _Not

Known: TypeAlias = dict[str, int]
"""The place of the answer given to each question, -1 for no answer."""


def _told(node: _Node, known: Known) -> bool | str:
    """Whether it is met; else the first question that still has a say in it."""
    if isinstance(node, _Test):
        place = known.get(node.key)
        return node.key if place is None else node.met[place]
    if isinstance(node, _Not):
        told = _told(node.part, known)
        return told if isinstance(told, str) else not told
    open_key = ""
    for part in node.parts:
        told = _told(part, known)
        if told is (not node.every):
            return told
        if isinstance(told, str):
            open_key = open_key or told
    return open_key or node.every


class _Reach:
    """The search, with what was seen so far: walks through the whole questionnaire first, which
    settle most questions at once, then a search for each that is left."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        asked = questionnaire.by_key()
        self.answers = _answers(asked)
        self.conditions: dict[str, _Node] = {
            key: self._node(question.show_if, asked)
            for key, question in asked.items()
            if question.show_if is not None
        }
        self.order = tuple(asked)
        self.seen: dict[str, set[bool]] = {key: set() for key in asked}
        self.steps = 6 * MOST_STEPS
        for turn in range(WALKS if self.answers else 0):
            self._walk(turn)

    def standing(self, question: Question) -> Standing:
        condition = self.conditions.get(question.key)
        if condition is None:
            return Standing.ALWAYS
        seen = self.seen[question.key]
        complete = len(seen) == 2 or self._search(condition, seen)
        if len(seen) == 2:
            return Standing.SOMETIMES
        if not complete:
            return Standing.UNDECIDED
        return Standing.EVERY_TIME if True in seen else Standing.NEVER

    def _node(self, condition: Condition, asked: Mapping[str, Question]) -> _Node:
        if condition.not_ is not None:
            return _Not(self._node(condition.not_, asked))
        parts = condition.all if condition.all is not None else condition.any
        if parts is not None:
            every = condition.all is not None
            return _Joined(every, tuple(self._node(part, asked) for part in parts))
        key = _key(condition)
        given = (*self.answers[key].values, None)
        return _Test(key, tuple(holds(condition, {key: answer}, asked) for answer in given))

    def _walk(self, turn: int) -> None:
        """One way through, giving each question the answer whose turn it is."""
        known: Known = {}
        for place, key in enumerate(self.order):
            condition = self.conditions.get(key)
            is_shown = condition is None or _told(condition, known) is True
            self.seen[key].add(is_shown)
            if key in self.answers:
                nth = turn * (1 + place * (turn // ALIKE))
                known[key] = nth % len(self.answers[key].values) if is_shown else -1

    def _search(self, condition: _Node, seen: set[bool]) -> bool:
        """Add to `seen` what the condition can come to; whether every way was tried. Answers are
        tried only for questions that still have a say in it, given those tried before."""
        known: Known = {}
        complete = True
        tried: list[tuple[str, Iterator[int]]] = []
        left = max(FEWEST_STEPS, min(MOST_STEPS, self.steps))
        told = _told(condition, known)
        while True:
            if isinstance(told, str):
                key, places = self._to_try(told, known)
                complete &= self.answers[key].complete
                tried.append((key, places))
            else:
                seen.add(told)
            while tried and not _moved_on(*tried[-1], known):
                tried.pop()
            if not tried or len(seen) == 2:
                return complete
            left, self.steps = left - 1, self.steps - 1
            if left < 0:
                return False
            told = _told(condition, known)

    def _to_try(self, key: str, known: Known) -> tuple[str, Iterator[int]]:
        """The question itself, or else the first that decides whether it is shown; with the places
        of the answers that it can have."""
        while True:
            condition = self.conditions.get(key)
            told = True if condition is None else _told(condition, known)
            if not isinstance(told, str):
                return key, iter(range(len(self.answers[key].values)) if told else (-1,))
            key = told


def _moved_on(key: str, places: Iterator[int], known: Known) -> bool:
    """Give the question its next answer; without one, take its answer back."""
    place = next(places, None)
    if place is None:
        known.pop(key, None)
        return False
    known[key] = place
    return True


def _answers(asked: Mapping[str, Question]) -> dict[str, Answers]:
    """For each question that a condition tests, the answers to try."""
    tests = tests_by_question(asked.values())
    return {key: representative(asked[key], own) for key, own in tests.items()}


def tests_by_question(questions: Iterable[Question]) -> dict[str, list[Condition]]:
    """Every test that their conditions make, by the key of the question whose answer it tests."""
    tests: dict[str, list[Condition]] = {}
    for question in questions:
        for test in tests_of(question.show_if):
            own = tests.setdefault(_key(test), [])
            if test not in own:
                own.append(test)
    return tests


def _key(test: Condition) -> str:
    return (test.question or "").partition(".")[0]
