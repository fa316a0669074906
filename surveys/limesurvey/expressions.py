"""LimeSurvey's expressions as trees. They are read here and never run."""

import html
import re
from collections.abc import Sequence
from typing import TypeAlias

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

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<name>(?:INSERTANS:)?\d+X\d+X\d+[A-Za-z0-9_]*(?:\#[01])?(?:\.[A-Za-z]+)?
               |[A-Za-z_][A-Za-z0-9_]*(?::[A-Za-z0-9_]+)?(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
      |(?P<number>\d+(?:\.\d+)?|\.\d+)
      |(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      |(?P<sign>==|!=|<=|>=|&&|\|\||[-+*/%=<>!(),])
    )""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {
    "and": "&&",
    "or": "||",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
}
_COMPARING = {"==": "==", "=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def read_expression(source: str) -> Expression:
    """The tree of an expression; raises UnreadableExpression."""
    if len(source) > LONGEST:
        raise UnreadableExpression("it is too long")
    text = html.unescape(source).strip()
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1].strip()
    return _Parser(_tokens(text)).whole()


Token: TypeAlias = tuple[str, str]


def _tokens(source: str) -> Sequence[Token]:
    tokens: list[Token] = []
    place = 0
    while place < len(source):
        found = _TOKEN.match(source, place)
        if found is None:
            raise UnreadableExpression("it cannot be read")
        kind, text = str(found.lastgroup), found[str(found.lastgroup)]
        word = _WORDS.get(text.lower()) if kind == "name" else None
        tokens.append(("sign", word) if word else (kind, text))
        place = found.end()
    return tokens


class _Parser:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression:
        read = self._either()
        if self._at < len(self._tokens):
            raise UnreadableExpression("it cannot be read to its end")
        return read

    def _sign(self) -> str:
        kind, text = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        return text if kind == "sign" else ""

    def _next(self) -> Token:
        if self._at == len(self._tokens):
            raise UnreadableExpression("it breaks off")
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, sign: str) -> None:
        if self._next() != ("sign", sign):
            raise UnreadableExpression(f"it lacks a ‘{sign}’")

    def _either(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableExpression("it is nested too deep")
        parts = [self._both()]
        while self._sign() == "||":
            self._at += 1
            parts.append(self._both())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), every=False)

    def _both(self) -> Expression:
        parts = [self._compared()]
        while self._sign() == "&&":
            self._at += 1
            parts.append(self._compared())
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), every=True)

    def _compared(self) -> Expression:
        left = self._sum()
        sign = _COMPARING.get(self._sign())
        if sign is None:
            return left
        self._at += 1
        return Compared(sign, left, self._sum())

    def _sum(self) -> Expression:
        left = self._product()
        while self._sign() in ("+", "-"):
            sign = self._next()[1]
            left = Computed(sign, left, self._product())
        return left

    def _product(self) -> Expression:
        left = self._single()
        while self._sign() in ("*", "/", "%"):
            sign = self._next()[1]
            left = Computed(sign, left, self._single())
        return left

    def _single(self) -> Expression:
        before = ""
        while self._sign() in ("!", "-", "+"):
            sign = self._next()[1]
            before += sign if sign != "+" else ""
        found = self._bare()
        if "-" in before:
            return _negative(found, before)
        return Not(found) if before.count("!") % 2 else found

    def _bare(self) -> Expression:
        kind, text = self._next()
        if (kind, text) == ("sign", "("):
            inner = self._either()
            self._expect(")")
            return inner
        if kind == "name":
            return self._call(text) if self._sign() == "(" else Name(text)
        if kind == "number":
            return Literal(float(text))
        if kind == "text":
            return Literal(re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL))
        raise UnreadableExpression(f"‘{text}’ stands where a value should")

    def _call(self, name: str) -> Expression:
        self._at += 1
        given: list[Expression] = []
        while self._sign() != ")":
            given.append(self._either())
            if self._sign() != ")":
                self._expect(",")
        self._at += 1
        return Call(name.lower(), tuple(given))


def _negative(found: Expression, before: str) -> Expression:
    if before == "-" and isinstance(found, Literal) and isinstance(found.value, float):
        return Literal(-found.value)
    raise UnreadableExpression("a minus stands before something other than a number")
