"""The expressions of XLSForm as trees. They are read here and never run."""

import re
from collections.abc import Callable, Sequence

from pyxform.parsing.expression import parse_expression

from surveys.foreign.trees import (
    DEEPEST,
    LONGEST,
    Call,
    Compared,
    Computed,
    Expression,
    Joined,
    Literal,
    Name,
    Not,
    UnreadableExpression,
)

SELF = "."
_REFERENCE = re.compile(r"\$\{\s*([^{}]+?)\s*\}")
_SIGNS = {"=": "==", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}


def read_expression(text: str) -> Expression:
    """The tree of an expression; `.` is the name of the question itself. Raises
    UnreadableExpression for arithmetic, paths and whatever else is not known here."""
    if len(text) > LONGEST:
        raise UnreadableExpression("it is too long")
    reader = _Reader(_tokens(text))
    tree = reader.either()
    if reader.left:
        raise UnreadableExpression(f"‘{reader.left}’ is not understood")
    return tree


def _tokens(text: str) -> list[tuple[str, str]]:
    """pyxform's tokens without blanks, the two halves of `>=` joined."""
    tokens: list[tuple[str, str]] = []
    adjoins = False
    # Its `and` needs a blank on either side, which a line break is to people.
    for token in parse_expression(" ".join(text.split())):
        if token.type == "WHITESPACE":
            adjoins = False
            continue
        value = str(token).strip()
        if adjoins and value == "=" and tokens[-1][1] in ("<", ">"):
            tokens[-1] = ("OPS_COMP", f"{tokens[-1][1]}=")
        else:
            tokens.append((str(token.type), value))
        adjoins = True
    return tokens


class _Reader:
    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    @property
    def left(self) -> str:
        return self._tokens[self._place][1] if self._place < len(self._tokens) else ""

    def either(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableExpression("it is nested too deep")
        tree = self._joined("or", lambda: self._joined("and", self._compared, every=True))
        self._depth -= 1
        return tree

    def _joined(
        self, word: str, part: Callable[[], Expression], *, every: bool = False
    ) -> Expression:
        parts = [part()]
        while self._next() in (("OPS_BOOL", word), ("NAME", word)):
            self._place += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), every)

    def _compared(self) -> Expression:
        first = self._computed()
        kind, sign = self._next()
        if kind != "OPS_COMP":
            return first
        self._place += 1
        return Compared(_SIGNS[sign], first, self._computed())

    def _computed(self) -> Expression:
        """Arithmetic is read only so that what stands beside it can be kept."""
        left = self._one()
        while self._next()[0] == "OPS_MATH":
            sign = self._next()[1]
            self._place += 1
            left = Computed(sign, left, self._one())
        return left

    def _one(self) -> Expression:
        kind, value = self._next()
        self._place += 1
        if kind == "PYXFORM_REF":
            return Name(_name(value))
        if kind == "SELF_REF":
            return Name(SELF)
        if kind == "SYSTEM_LITERAL":
            return Literal(value[1:-1])
        if kind == "NUMBER":
            return Literal(float(value))
        if kind == "DATE":
            return Literal(value)
        if kind == "OPEN_PAREN":
            return self._closed(self.either())
        if kind == "FUNC_CALL":
            return self._call(value[:-1].strip())
        raise UnreadableExpression(f"‘{value}’ is not understood" if value else "it is cut off")

    def _call(self, name: str) -> Expression:
        given: list[Expression] = []
        while self._next()[0] != "CLOSE_PAREN":
            given.append(self.either())
            if self._next()[0] == "COMMA":
                self._place += 1
        self._place += 1
        if name == "not" and len(given) == 1:
            return Not(given[0])
        if name == "date" and len(given) == 1 and isinstance(given[0], Literal):
            return given[0]
        return Call(name, tuple(given))

    def _closed(self, tree: Expression) -> Expression:
        if self._next()[0] != "CLOSE_PAREN":
            raise UnreadableExpression("a bracket is not closed")
        self._place += 1
        return tree

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._place] if self._place < len(self._tokens) else ("", "")


def _name(reference: str) -> str:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise UnreadableExpression(f"‘{reference}’ is not understood")
    return found[1]
