"""A table of how many there are in each group, as an officer gave it, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from msgspec import Struct

from analysis.reach.fit import Population
from app.problems import Problem
from surveys.typed import shortened

LEFT_OUT = "_left_out"
"""In place of an answer: a group of the table that nobody was asked about, like the under-fives."""
MOST_LINES = 200
LONGEST_GROUP, LONGEST_SOURCE, LONGEST_ADDRESS = 200, 300, 500
MOST_PEOPLE = 10_000_000_000


class Unit(StrEnum):
    """What a table counts. People and organisations are never added to each other."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"

    @property
    def whole(self) -> str:
        return "population" if self is Unit.PEOPLE else "register"


class Line(Struct, frozen=True):
    """`answer` is the value that stands for the group, or LEFT_OUT."""

    group: str
    people: int
    answer: str


class ReachTable(Struct, frozen=True):
    """`place` is a question's key, `key.row` of a grid, or `_grouping.ID`. Several lines may have
    one answer: a census tells five years apart where the question asks for ten."""

    place: str
    unit: Unit
    source: str
    on: date
    address: str
    lines: tuple[Line, ...]


class KeptTable(Struct, frozen=True):
    id: int
    table: ReachTable


def population(table: ReachTable, answers: Mapping[str, str]) -> tuple[tuple[str, ...], Population]:
    """The values that the table speaks of, in the question's order, and how many there are of each.
    `answers` are the question's, in words; a value that it offers no more is left out."""
    people: dict[str, int] = {}
    for line in table.lines:
        people[line.answer] = people.get(line.answer, 0) + line.people
    values = tuple(value for value in answers if value in people)
    groups = tuple(answers[value] for value in values)
    return values, Population(groups, tuple(people[v] for v in values), table.source, table.on)


def table_problems(
    table: ReachTable, answers: Mapping[str, str], *, today: date
) -> tuple[Problem, ...]:
    """What keeps the table from being kept; each at its field, `group-0`, `answer-0`, `source`."""
    return (*_line_problems(table.lines, answers), *_whole(table, answers), *_origin(table, today))


def _line_problems(lines: Sequence[Line], answers: Mapping[str, str]) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for at, line in enumerate(lines):
        if line.group.casefold() in seen:
            words = f"“{line.group}” is in the table twice: remove one, or name them apart"
            problems.append(Problem(f"group-{at}", words))
        seen.add(line.group.casefold())
        if line.answer != LEFT_OUT and line.answer not in answers:
            name = shortened(line.group, 60)
            words = (
                f"“{name}” matches no answer: choose the answer that stands for it, or leave it out"
            )
            problems.append(Problem(f"answer-{at}", words))
    return problems


def _whole(table: ReachTable, answers: Mapping[str, str]) -> list[Problem]:
    matched = {line.answer for line in table.lines if line.answer in answers}
    least = 2 if table.unit is Unit.PEOPLE else 1
    if len(matched) < least:
        groups = "two groups" if least == 2 else "one group"
        return [Problem("answer-0", f"Match at least {groups} of the table to answers")]
    if not any(line.people for line in table.lines if line.answer in matched):
        return [Problem("people-0", "Nobody is in the groups that are matched: check the numbers")]
    return []


def _origin(table: ReachTable, today: date) -> list[Problem]:
    problems = []
    if table.on > today:
        problems.append(Problem("on-day", "The date of the table is still to come: check the year"))
    if table.address and not _is_web_address(table.address):
        problems.append(
            Problem("address", "Enter the whole address of the table, beginning with https://")
        )
    return problems


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in address
