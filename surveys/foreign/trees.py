"""Expressions of other programs as trees, whatever their grammar. They are read and never run."""

from typing import TypeAlias

from msgspec import Struct

LONGEST = 5_000
DEEPEST = 25


class UnreadableExpression(Exception):  # noqa: N818 (a refusal is named as a sentence)
    """The text is no expression of the grammar that is known here."""


class Literal(Struct, frozen=True):
    value: str | float


class Name(Struct, frozen=True):
    """A variable as written, like `Q1_SQ002.NAOK` or `12345X6X78SQ002`."""

    name: str


class Call(Struct, frozen=True):
    name: str
    given: tuple["Expression", ...]


class Not(Struct, frozen=True):
    what: "Expression"


class Joined(Struct, frozen=True):
    """Two or more joined by `and` (every) or by `or`."""

    parts: tuple["Expression", ...]
    every: bool


class Compared(Struct, frozen=True):
    """`sign` is one of == != < <= > >=."""

    sign: str
    left: "Expression"
    right: "Expression"


class Computed(Struct, frozen=True):
    sign: str
    left: "Expression"
    right: "Expression"


Expression: TypeAlias = Literal | Name | Call | Not | Joined | Compared | Computed
