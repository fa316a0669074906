"""When a question is asked: XLSForm's `relevant` as our conditions, as far as they say the same."""

from collections.abc import Mapping

from surveys.foreign.speaking import MOST_TESTS, TURNED, Said, Speaker
from surveys.foreign.trees import Call, Compared, Expression, Literal, Name
from surveys.foreign.variables import CannotSay, Shape, Variable, compared, opposite
from surveys.questionnaire import Condition
from surveys.soundness import tests_of
from surveys.typed import shortened

_LENGTHS = frozenset({"string-length", "count-selected"})
_ANY = {(">", 0), (">=", 1), ("!=", 0)}
_NONE = {("==", 0), ("<", 1), ("<=", 0)}


def said(expression: Expression, known: Mapping[str, Variable]) -> Said:
    """Where one of several things that must all hold cannot be said it is left out, so that more
    people are asked, never fewer. Raises CannotSay when nothing is left."""
    speaker = _Speaker(known)
    condition = speaker.say(expression, wanted=True)
    if isinstance(condition, Condition) and sum(1 for _ in tests_of(condition)) > MOST_TESTS:
        raise CannotSay("it depends on too many other answers")
    return Said(condition, tuple(dict.fromkeys(speaker.unsaid)))


class _Speaker(Speaker):
    def __init__(self, known: Mapping[str, Variable]) -> None:
        super().__init__()
        self._known = known

    def leaf(self, node: Expression) -> Condition | bool:
        if isinstance(node, Name):
            return self._variable(node).answered
        if isinstance(node, Literal):
            return node.value not in ("", 0)
        if isinstance(node, Compared):
            return self._compared(node)
        if isinstance(node, Call):
            return self._called(node)
        raise CannotSay("it calculates")

    def _variable(self, node: Expression) -> Variable:
        if not isinstance(node, Name):
            raise CannotSay("it calculates")
        found = self._known.get(node.name)
        if found is None:
            named = shortened(node.name, 60)
            raise CannotSay(f"‘{named}’ is not the answer to a question that is asked before")
        return found

    def _called(self, node: Call) -> Condition | bool:
        if node.name in ("true", "false") and not node.given:
            return node.name == "true"
        if node.name in ("selected", "jr:selected") and len(node.given) == 2:
            option = node.given[1]
            if not isinstance(option, Literal):
                raise CannotSay("it looks for an answer that is worked out")
            return _chosen(self._variable(node.given[0]), _as_code(option.value))
        if node.name in ("boolean", *_LENGTHS) and len(node.given) == 1:
            return self._variable(node.given[0]).answered
        raise CannotSay(f"{node.name}() has no counterpart")

    def _compared(self, node: Compared) -> Condition | bool:
        left, right, sign = node.left, node.right, node.sign
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, sign = right, left, TURNED[sign]
        if not isinstance(right, Literal):
            raise CannotSay("it compares two answers with each other")
        if isinstance(left, Call):
            return self._measured(left, sign, right)
        variable = self._variable(left)
        if variable.many and right.value != "":
            return self._whole(variable, sign, right)
        value = right.value if variable.shape is not Shape.CHOICE else _as_code(right.value)
        return compared(variable, sign, value)

    def _whole(self, variable: Variable, sign: str, right: Literal) -> Condition | bool:
        if sign not in ("==", "!="):
            raise CannotSay("it compares several answers by size")
        self.unsaid.append("it asked for that answer and no other; any others may stand beside it")
        found = _chosen(variable, _as_code(right.value))
        return found if sign == "==" else opposite(found)

    def _measured(self, node: Call, sign: str, right: Literal) -> Condition | bool:
        if node.name == "selected":
            found = self._called(node)
            return found if (sign == "==") is (right.value == 1) else opposite(found)
        if node.name not in _LENGTHS or len(node.given) != 1:
            raise CannotSay(f"{node.name}() has no counterpart")
        answered = self._variable(node.given[0]).answered
        if (sign, right.value) in _ANY:
            return answered
        if (sign, right.value) in _NONE:
            return opposite(answered)
        raise CannotSay("it tests how long or how many an answer is")


def _chosen(variable: Variable, code: str) -> Condition | bool:
    if variable.shape is not Shape.CHOICE and not variable.many:
        raise CannotSay("it looks for an answer among words")
    if code not in variable.values:
        return False
    return variable.test("includes" if variable.many else "is", variable.values[code])


def _as_code(value: str | float) -> str:
    """How a choice is named: numbers without a fraction have no dot."""
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() else str(value)
