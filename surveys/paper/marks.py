"""What a person marks with a pen to answer: boxes to tick, boxes to write in, lines, tables."""

from typing import TypeAlias

from msgspec import Struct

from surveys.paper.said import Said


class Tick(Struct, frozen=True):
    """One box to tick; `note` says what goes with ticking it, `line` that a line to write on
    follows."""

    words: Said
    note: str = ""
    line: bool = False


class Ticks(Struct, frozen=True, tag_field="kind", tag="ticks"):
    choices: tuple[Tick, ...]


class Table(Struct, frozen=True, tag_field="kind", tag="table"):
    """A box for each row in each column."""

    columns: tuple[Said, ...]
    rows: tuple[Said, ...]


class TicksByRow(Struct, frozen=True, tag_field="kind", tag="ticks_by_row"):
    """A table too wide for the paper: the choices listed anew under each row."""

    columns: tuple[Said, ...]
    rows: tuple[Said, ...]


class Numbers(Struct, frozen=True, tag_field="kind", tag="numbers"):
    """A box for a number beside each option."""

    options: tuple[Said, ...]


class Lines(Struct, frozen=True, tag_field="kind", tag="lines"):
    """Ruled lines as wide as the page."""

    count: int


class Line(Struct, frozen=True, tag_field="kind", tag="line"):
    """A short one, with a unit behind it."""

    unit: Said | None = None


class Box(Struct, frozen=True):
    """A group of boxes, each for one letter or digit."""

    label: str
    count: int


class Boxes(Struct, frozen=True, tag_field="kind", tag="boxes"):
    groups: tuple[Box, ...]


Mark: TypeAlias = Ticks | Table | TicksByRow | Numbers | Lines | Line | Boxes
