"""Queries whose text is made once: building one anew costs more than SQLite takes to run it."""

import re
from collections.abc import Callable, Generator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from piccolo.query.base import Query
from piccolo.querystring import QueryString

from app.database.group import Row, Statement
from app.database.in_force import engine

NUMBERED: Final = re.compile(r"\$([0-9]+)")
MARK = {"sqlite": "?", "postgres": "$"}
CONSTANT = (str, bytes, int, float, bool, type(None))


class Place:
    """Stands for a value while the text is made."""

    def __init__(self, number: int) -> None:
        self.number = number


class Ready(QueryString):
    """A query with its values: awaited, or one of those that are written together."""

    def __init__(self, statement: Statement) -> None:
        # Not Piccolo's own: it would take the text apart.
        self.statement = statement
        self.template = statement.sql

    def compile_string(self, engine_type: str = "") -> tuple[str, list[Any]]:
        return self.statement.sql, list(self.statement.values)

    def __await__(self) -> Generator[Any, None, list[Row]]:
        return engine().run_prepared(self).__await__()


class Compiled(NamedTuple):
    """`sql` names its parameters by number: first the values, then the constants."""

    sql: str
    constants: tuple[Any, ...]


class Prepared:
    """Built by `build` from a place for each value, and `rows` of them where rows are given; the
    same text ever after.

    Values go to the database as they are given, so in the form that it takes: no enumerations, no
    rows of tables. Nothing else in what is built may change from one time to the next.
    """

    def __init__(self, build: Callable[..., Query[Any, Any]]) -> None:
        self._build = build
        self._compiled: dict[tuple[str, int, int], Compiled] = {}

    def __call__(self, *values: Any, rows: Sequence[tuple[Any, ...]] = ()) -> Ready:
        shape = (engine().engine_type, len(values), len(rows))
        known = self._compiled.get(shape)
        if known is None:
            known = self._compiled[shape] = self._compile(*shape, len(rows[0]) if rows else 0)
        return Ready(Statement(known.sql, (*values, *chain.from_iterable(rows), *known.constants)))

    def _compile(self, kind: str, alone: int, rows: int, width: int) -> Compiled:
        count = alone + rows * width
        places = [Place(number) for number in range(count)]
        below = [tuple(places[start : start + width]) for start in range(alone, count, width or 1)]
        query = self._build(*places[:alone], rows=below) if rows else self._build(*places)
        (querystring,) = query.querystrings
        # Of the two kinds of text, that which has numbers.
        sql, found = querystring.compile_string(engine_type="postgres")
        constants = tuple(each for each in found if not isinstance(each, Place))
        for each in constants:
            if not isinstance(each, CONSTANT):
                raise TypeError(f"This {type(each).__name__} would never change: give it a place")
        after = iter(range(count, count + len(constants)))
        numbers = [each.number if isinstance(each, Place) else next(after) for each in found]
        # A value that stands in twenty rows is sent, and made fit for the database, once.
        numbered = NUMBERED.sub(lambda at: f"{MARK[kind]}{numbers[int(at[1]) - 1] + 1}", sql)
        return Compiled(numbered, constants)
