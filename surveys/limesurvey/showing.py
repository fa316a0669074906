"""When a question is asked: LimeSurvey's expressions as our conditions, as far as they say the
same. An unasked question counts as unanswered here, as it does there with `.NAOK`."""

import re
from collections.abc import Mapping
from itertools import combinations
from math import comb

from msgspec import Struct

from surveys.foreign.speaking import MOST_TESTS, TURNED, Said, Speaker
from surveys.foreign.trees import Call, Compared, Expression, Joined, Literal, Name, Not
from surveys.foreign.variables import (
    CannotSay,
    Shape,
    Variable,
    as_number,
    compared,
    joined,
    opposite,
)
from surveys.questionnaire import Condition
from surveys.soundness import tests_of
from surveys.typed import shortened

DEEPEST = 10
MOST_COMBINATIONS = 40
MOST_RULES = 12


class Known(Struct, frozen=True):
    """What can be named where a condition stands: variables asked before, when their questions
    are asked, why the others cannot be tested, how many choices each multiple choice offers (by
    key), and what the parts of a question are called."""

    variables: Mapping[str, Variable]
    shown_if: Mapping[str, Condition | None]
    unusable: Mapping[str, str]
    sizes: Mapping[str, int]
    members: Mapping[str, tuple[str, ...]]

    def variable(self, name: str) -> Variable:
        plain = bare(name)
        found = self.variables.get(plain)
        if found is None:
            raise CannotSay(self._why(plain))
        if _suffix(name) in ("shown", "value", "valuenaok") and found.shape is Shape.CHOICE:
            raise CannotSay("it tests the words or the points of an answer, not its code")
        return found

    def _why(self, name: str) -> str:
        for known in (name, name.partition("_")[0]):
            if known in self.unusable:
                return self.unusable[known]
        if ":" in name or name.isupper():
            return f"‘{shortened(name, 60)}’ is about the participant, who is not known here"
        return f"‘{shortened(name, 60)}’ is not the answer to one of its questions"


_SUFFIXES = frozenset({"naok", "code", "value", "valuenaok", "shown", "nocomments"})


def bare(name: str) -> str:
    """The variable without prefix and suffixes."""
    plain = name.removeprefix("INSERTANS:")
    return plain.partition(".")[0]


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def said(expression: Expression, known: Known) -> Said:
    """The condition that an expression stands for. Where one of several things that must all
    hold cannot be said it is left out, so that more people are asked, never fewer. Raises
    CannotSay when nothing is left."""
    speaker = _Speaker(known)
    condition = speaker.say(expression, wanted=True)
    condition = joined([condition, *speaker.asked_at_all(condition)], every=True)
    _check_size(condition)
    return Said(condition, tuple(dict.fromkeys(speaker.unsaid)))


def measured(expression: Expression) -> frozenset[str]:
    """The variables that an expression compares with numbers by size."""
    if isinstance(expression, Not):
        return measured(expression.what)
    if isinstance(expression, Joined):
        return frozenset().union(*map(measured, expression.parts))
    if not isinstance(expression, Compared) or expression.sign in ("==", "!="):
        return frozenset()
    left, right = expression.left, expression.right
    if isinstance(left, Literal):
        left, right = right, left
    is_number = isinstance(right, Literal) and as_number(right.value) is not None
    return frozenset({bare(left.name)} if isinstance(left, Name) and is_number else ())


def _check_size(condition: Condition | bool) -> None:
    if isinstance(condition, bool):
        return
    if _depth(condition) > DEEPEST or sum(1 for _ in tests_of(condition)) > MOST_TESTS:
        raise CannotSay("it depends on too many other answers")


def _depth(condition: Condition) -> int:
    parts = (condition.all or ()) + (condition.any or ())
    inner = [*parts, *([condition.not_] if condition.not_ else [])]
    return 1 + max(map(_depth, inner), default=0)


class _Speaker(Speaker):
    def __init__(self, known: Known) -> None:
        super().__init__()
        self._known = known
        self._strict: dict[str, None] = {}

    def say(self, node: Expression, *, wanted: bool) -> Condition | bool:
        if isinstance(node, Call) and node.name in ("if", "iif") and len(node.given) == 3:
            return self._choice(*node.given, wanted=wanted)
        return super().say(node, wanted=wanted)

    def asked_at_all(self, condition: Condition | bool) -> list[Condition]:
        """In LimeSurvey an expression is false where a variable without `.NAOK` was not asked, so
        whatever decides on that question decides here too."""
        if isinstance(condition, bool):
            return []
        rules = [
            self._known.shown_if.get(key)
            for key in self._strict
            if not _needs_answer_to(condition, key)
        ]
        found = [rule for rule in rules if rule is not None]
        if sum(1 for rule in found for _ in tests_of(rule)) > MOST_RULES:
            self.unsaid.append("whether the questions it tests were asked depends on many others")
            return []
        return found

    def _variable(self, name: str) -> Variable:
        found = self._known.variable(name)
        if "naok" not in name.lower().split(".")[1:]:
            self._strict[found.key] = None
        return found

    def _choice(
        self, test: Expression, yes: Expression, no: Expression, *, wanted: bool
    ) -> Condition | bool:
        first = joined([self.say(test, wanted=True), self.say(yes, wanted=wanted)], every=True)
        second = joined([self.say(test, wanted=False), self.say(no, wanted=wanted)], every=True)
        return joined([first, second], every=False)

    def leaf(self, node: Expression) -> Condition | bool:
        if isinstance(node, Literal):
            return node.value not in ("", "0", 0, "false")
        if isinstance(node, Name):
            return self._given(node)
        if isinstance(node, Compared):
            return self._compared(node)
        if isinstance(node, Call):
            return self._called(node)
        raise CannotSay("it calculates")

    def _given(self, node: Name) -> Condition | bool:
        variable = self._variable(node.name)
        if variable.shape in (Shape.NUMBER, Shape.TEXT):
            zero = 0 if variable.shape is Shape.NUMBER else "0"
            return joined([variable.answered, variable.test("is_not", zero)], every=True)
        if variable.values.get("0"):
            return joined([variable.answered, compared(variable, "!=", "0")], every=True)
        return variable.answered

    def _called(self, node: Call) -> Condition | bool:
        if node.name == "is_empty" and len(node.given) == 1:
            return opposite(self._answered(node.given[0]))
        if node.name in ("is_numeric", "is_int") and len(node.given) == 1:
            return self._answered_number(node.given[0])
        if node.name in _COUNTING or node.name in _MEASURING:
            return self._compared(Compared(">", node, Literal(0.0)))
        raise CannotSay(f"{node.name}() has no counterpart")

    def _answered(self, node: Expression) -> Condition | bool:
        if isinstance(node, Literal):
            return node.value != ""
        if not isinstance(node, Name):
            raise CannotSay("it calculates")
        members = self._members(node.name)
        if members:
            return self._at_least([self._variable(name).answered for name in members], 1)
        return self._variable(node.name).answered

    def _answered_number(self, node: Expression) -> Condition:
        variable = self._variable(node.name) if isinstance(node, Name) else None
        if variable is None or variable.shape is not Shape.NUMBER:
            raise CannotSay("it asks whether words are a number")
        return variable.answered

    def _members(self, name: str) -> tuple[str, ...]:
        """The variables that `that.Q1` stands for, or `Q1` where it has only parts."""
        found = re.fullmatch(r"that\.([A-Za-z0-9_]+)(\.sq_[A-Za-z0-9_]+)?((?:\.\w+)*)", name)
        code = found[1] if found else bare(name)
        if not found and (code in self._known.variables or code not in self._known.members):
            return ()
        members = self._known.members.get(code, ())
        if not members:
            raise CannotSay(f"‘{shortened(code, 60)}’ is not a question that is asked before")
        if found and found[2]:
            members = tuple(each for each in members if found[2][4:] in each)
        ending = ".NAOK" if "naok" in name.lower() else ""
        return tuple(f"{each}{ending}" for each in members)

    def _compared(self, node: Compared) -> Condition | bool:
        left, right, sign = node.left, node.right, node.sign
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, sign = right, left, TURNED[sign]
        if not isinstance(right, Literal):
            raise CannotSay("it compares two answers with each other")
        if isinstance(left, Literal):
            return _literals(left, sign, right)
        if isinstance(left, Name):
            return compared(self._variable(left.name), sign, right.value)
        if isinstance(left, Call) and left.name in _COUNTING:
            return self._counted(left, sign, right)
        if isinstance(left, Call) and left.name in _MEASURING and len(left.given) == 1:
            return self._measured(left, sign, right)
        raise CannotSay("it calculates")

    def _counted(self, node: Call, sign: str, right: Literal) -> Condition | bool:
        tests = self._tests(node)
        if not isinstance(right.value, float) or not right.value.is_integer():
            raise CannotSay("it compares a count with something other than a whole number")
        count = int(right.value)
        if sign in ("==", "!="):
            exactly = joined(
                [self._at_least(tests, count), opposite(self._at_least(tests, count + 1))],
                every=True,
            )
            return exactly if sign == "==" else opposite(exactly)
        if sign in (">", ">="):
            return self._at_least(tests, count + (sign == ">"))
        return opposite(self._at_least(tests, count + (sign == "<=")))

    def _at_least(self, tests: list[Condition], count: int) -> Condition | bool:
        """That at least `count` of the tests hold, as every way in which that can be."""
        if count <= 0:
            return True
        if count > len(tests):
            return False
        if count == 1 and (every := self._any_choice(tests)):
            return every
        if comb(len(tests), count) > MOST_COMBINATIONS:
            raise CannotSay("it counts answers in more ways than can be listed")
        ways = [joined(way, every=True) for way in combinations(tests, count)]
        return joined(ways, every=False)

    def _any_choice(self, tests: list[Condition]) -> Condition | None:
        """Any of all the choices that a question offers is any answer to it."""
        keys = {test.question for test in tests}
        key = keys.pop() if len(keys) == 1 else None
        whole = key is not None and self._known.sizes.get(key) == len(tests)
        is_chosen = all(test.includes is not None for test in tests)
        return Condition(question=key, answered=True) if whole and is_chosen else None

    def _tests(self, node: Call) -> list[Condition]:
        """What is counted: for `count` whatever is answered, for `countif` what has a value."""
        given, value = node.given, None
        if node.name == "countif":
            value = given[0] if given and isinstance(given[0], Literal) else None
            if value is None:
                raise CannotSay("it counts by something that is worked out")
            given = given[1:]
        tests: list[Condition | bool] = []
        for each in given:
            if not isinstance(each, Name):
                raise CannotSay("it counts something that is worked out")
            for name in self._members(each.name) or (each.name,):
                variable = self._variable(name)
                answered = variable.answered
                tests.append(compared(variable, "==", value.value) if value else answered)
        return [test for test in tests if isinstance(test, Condition)]

    def _measured(self, node: Call, sign: str, right: Literal) -> Condition | bool:
        answered = self._answered(node.given[0])
        if (sign, right.value) in ((">", 0), (">=", 1), ("!=", 0)):
            return answered
        if (sign, right.value) in (("==", 0), ("<", 1), ("<=", 0)):
            return opposite(answered)
        raise CannotSay("it tests how long an answer is")


_COUNTING = frozenset({"count", "countif"})
_MEASURING = frozenset({"strlen"})


def _needs_answer_to(condition: Condition, key: str) -> bool:
    """Whether the condition can hold only where the question was answered, and so asked."""
    if condition.all is not None:
        return any(_needs_answer_to(part, key) for part in condition.all)
    if condition.any is not None:
        return all(_needs_answer_to(part, key) for part in condition.any)
    test = condition.test
    if test is None or (condition.question or "").partition(".")[0] != key:
        return False
    return test[0] != "is_not" and test != ("answered", False)


def _literals(left: Literal, sign: str, right: Literal) -> bool:
    if sign in ("==", "!="):
        return (left.value == right.value) is (sign == "==")
    raise CannotSay("it compares nothing that was answered")
