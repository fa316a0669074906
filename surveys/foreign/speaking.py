"""Expressions of other programs said as our conditions, as far as they mean the same."""

from abc import ABC, abstractmethod

from msgspec import Struct

from surveys.foreign.trees import Expression, Joined, Not
from surveys.foreign.variables import CannotSay, joined, opposite
from surveys.questionnaire import Condition

MOST_TESTS = 120
MOST_STEPS = 200
TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""Each sign of a comparison with its sides swapped."""


class Said(Struct, frozen=True):
    """A condition that says the expression, or a weaker one with what it leaves unsaid."""

    condition: Condition | bool
    unsaid: tuple[str, ...] = ()


class Speaker(ABC):
    """Where one of several things that must all hold cannot be said it is left out, so that more
    people are asked, never fewer; `unsaid` has the reasons."""

    def __init__(self) -> None:
        self.unsaid: list[str] = []
        self._steps = 0

    @abstractmethod
    def leaf(self, node: Expression) -> Condition | bool:
        """What is neither `not` nor joined. Raises CannotSay."""

    def say(self, node: Expression, *, wanted: bool) -> Condition | bool:
        """The condition for the expression being true, or with `wanted` False for being false.
        Raises CannotSay when nothing of it is left."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise CannotSay("it is too long")
        if isinstance(node, Not):
            return self.say(node.what, wanted=not wanted)
        if isinstance(node, Joined):
            return self._joined(node, wanted=wanted)
        found = self.leaf(node)
        return found if wanted else opposite(found)

    def _joined(self, node: Joined, *, wanted: bool) -> Condition | bool:
        every = node.every is wanted
        parts: list[Condition | bool] = []
        reasons: list[str] = []
        for part in node.parts:
            try:
                parts.append(self.say(part, wanted=wanted))
            except CannotSay as why:
                if not every:
                    raise
                reasons.append(str(why))
        if not parts:
            raise CannotSay(reasons[0])
        self.unsaid += reasons
        return joined(parts, every=every)
