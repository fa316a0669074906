"""A condition as the fields of a form, and back, with what the officer has still to mend."""

from collections.abc import Mapping

from msgspec import Struct

from app.problems import Problem
from surveys.conditions.offered import Offer, offer
from surveys.conditions.written import ANSWERED, RowTest, Value, Written, condition, written
from surveys.questionnaire import Condition, Dropdown, Question, Single
from surveys.typed import even_number, on_one_line, read_day, read_number

Fields = Mapping[str, list[str]]
Asked = Mapping[str, Question]

SHOW = "show"
JOINED = "joined"
ROWS = "test"
ALWAYS, IF, KEPT = "always", "if", "kept"
PARTS = ("question", "test", "value", "for")


class Row(Struct, frozen=True):
    """One row as typed. `asked_of` is the question whose tests and answers were offered: None
    where the form did not say."""

    question: str = ""
    test: str = ""
    value: str = ""
    asked_of: str | None = None


Groups = tuple[tuple[Row, ...], ...]


class ReadCondition(Struct, frozen=True):
    condition: Condition | None
    problems: tuple[Problem, ...] = ()


def condition_fields(shown_if: Condition | None, asked: Asked) -> dict[str, list[str]]:
    """The fields of a condition; one that is too deep for rows is offered to be kept."""
    groups = written(shown_if)
    if groups is None:
        return {SHOW: [ALWAYS if shown_if is None else KEPT], JOINED: ["all"]}
    rows = tuple(tuple(_row(test, asked) for test in group) for group in groups.groups)
    joined = "all" if groups.every else "any"
    return {SHOW: [IF], JOINED: [joined], **row_fields(rows)}


def _row(test: RowTest, asked: Asked) -> Row:
    question = asked.get(test.question.partition(".")[0])
    name = test.test
    if isinstance(question, Single | Dropdown):
        name = {"includes": "is", "not_includes": "is_not"}.get(name, name)
    typed = test.value if isinstance(test.value, str) else _figure(test.value)
    return Row(test.question, name, typed, test.question)


def _figure(value: int | float | None) -> str:
    return "" if value is None else str(even_number(value))


def row_fields(groups: Groups) -> dict[str, list[str]]:
    """The fields of the rows, numbered from 1: `test.2.1.question` is the first of group 2."""
    fields: dict[str, list[str]] = {}
    for number, group in enumerate(groups, start=1):
        for place, row in enumerate(group, start=1):
            parts = (row.question, row.test, row.value, row.asked_of)
            for part, typed in zip(PARTS, parts, strict=True):
                if typed is not None:
                    fields[f"{ROWS}.{number}.{place}.{part}"] = [typed]
    return fields


def typed_rows(fields: Fields) -> Groups:
    """The rows as they were typed, group by group, in order."""
    found: dict[int, dict[int, dict[str, str]]] = {}
    for name, values in fields.items():
        head, *rest = name.split(".")
        if head == ROWS and len(rest) == 3 and rest[0].isdecimal() and rest[1].isdecimal():
            row = found.setdefault(int(rest[0]), {}).setdefault(int(rest[1]), {})
            row[rest[2]] = values[0] if values else ""
    return tuple(
        tuple(_typed(group[place]) for place in sorted(group)) for _, group in sorted(found.items())
    )


def _typed(parts: Mapping[str, str]) -> Row:
    given = [parts.get(part, "").strip() for part in PARTS[:3]]
    return Row(given[0], given[1], given[2], parts.get("for"))


def one(fields: Fields, name: str) -> str:
    """The first value of a field, stripped; empty where there is none."""
    return next(iter(fields.get(name, [])), "").strip()


def read_condition(fields: Fields, opened: Condition | None, asked: Asked) -> ReadCondition:
    """The condition that the fields say. Fields left as they came keep `opened` exactly as it
    is; a form without these fields does not touch it. `asked` are the questions before."""
    show = one(fields, SHOW)
    if show not in (ALWAYS, IF) or _same(fields, condition_fields(opened, asked)):
        return ReadCondition(opened)
    if show == ALWAYS:
        return ReadCondition(None)
    rows = [
        [(f"{ROWS}.{number}.{place}", row) for place, row in enumerate(group, start=1)]
        for number, group in enumerate(typed_rows(fields), start=1)
    ]
    return _read(rows, every=one(fields, JOINED) != "any", asked=asked)


def _same(fields: Fields, before: Fields) -> bool:
    settings = (SHOW, JOINED)
    return typed_rows(fields) == typed_rows(before) and all(
        one(fields, name) == one(before, name) for name in settings
    )


def _read(rows: list[list[tuple[str, Row]]], *, every: bool, asked: Asked) -> ReadCondition:
    problems: list[Problem] = []
    groups = [[_test(place, row, asked, problems) for place, row in group] for group in rows]
    given = tuple(tuple(test for test in group if test) for group in groups)
    given = tuple(group for group in given if group)
    if not given and not problems:
        problems.append(
            Problem("test.1.1.question", "Choose the question that decides, or show it always")
        )
    if problems:
        return ReadCondition(None, tuple(problems))
    return ReadCondition(condition(Written(every, given)))


def _test(place: str, row: Row, asked: Asked, problems: list[Problem]) -> RowTest | None:
    """The row's test; None for an empty row, and with a problem for one that is unfinished."""
    if not row.question:
        return None
    offered = offer(row.question, asked, "en")
    if offered is None:
        words = "That question is not asked before this one any more. Choose another"
        problems.append(Problem(f"{place}.question", words))
        return None
    if row.asked_of is not None and row.asked_of != row.question:
        problems.append(Problem(f"{place}.value", f"Choose what ‘{offered.words}’ must be"))
        return None
    return _of_offer(place, row, offered, problems)


def _of_offer(place: str, row: Row, offered: Offer, problems: list[Problem]) -> RowTest | None:
    if row.test not in dict(offered.tests):
        problems.append(Problem(f"{place}.test", f"Choose how to test ‘{offered.words}’"))
        return None
    if row.test in ANSWERED:
        return RowTest(row.question, row.test)
    value = _value(row.value, offered)
    if value is None:
        problems.append(Problem(f"{place}.value", _MISSING[offered.wants].format(offered.words)))
        return None
    return RowTest(row.question, row.test, value)


_MISSING = {
    "choice": "Choose an answer to ‘{}’",
    "number": "Enter a number to hold answers to ‘{}’ against, like 12",
    "date": "Enter a day to hold answers to ‘{}’ against, like 2026-03-27",
    "text": "Enter the answer to ‘{}’ that you mean",
}


def _value(typed: str, offered: Offer) -> Value:
    if offered.wants == "choice":
        return typed if typed in dict(offered.values) else None
    if offered.wants == "number":
        return read_number(typed)
    if offered.wants == "date":
        day = read_day(typed)
        return day.isoformat() if day else None
    return on_one_line(typed) or None


class PressedRows(Struct, frozen=True):
    """The form after a button of its rows, and the name of the field to go on from."""

    fields: dict[str, list[str]]
    focus: str


def press_rows(fields: Fields, button: str) -> PressedRows | None:
    """The form after `_add.test` (a row of its own), `_more.test.2` (another in group 2) or
    `_remove.test.2.1`; None for every other button."""
    deed, _, rest = button.partition(".")
    name, *numbers = rest.split(".")
    places = [int(each) - 1 for each in numbers if each.isdecimal()]
    if name != ROWS or deed not in _ROW_DEEDS or len(places) < _ROW_DEEDS[deed]:
        return None
    groups = [list(group) for group in typed_rows(fields)]
    if deed == "_add":
        groups.append([Row()])
        return _rearranged(fields, groups, f"{ROWS}.{len(groups)}.1.question")
    at = places[0]
    if not 0 <= at < len(groups):
        return None
    if deed == "_more":
        groups[at].append(Row())
        return _rearranged(fields, groups, f"{ROWS}.{at + 1}.{len(groups[at])}.question")
    if 0 <= places[1] < len(groups[at]):
        del groups[at][places[1]]
    left = [group for group in groups if group] or [[Row()]]
    return _rearranged(fields, left, f"{ROWS}.{min(at + 1, len(left))}.1.question")


_ROW_DEEDS = {"_add": 0, "_more": 1, "_remove": 2}
"""The buttons, with how many numbers each has."""


def _rearranged(fields: Fields, groups: list[list[Row]], focus: str) -> PressedRows:
    kept = {name: typed for name, typed in fields.items() if not name.startswith(f"{ROWS}.")}
    rows = row_fields(tuple(tuple(group) for group in groups))
    # A row is asked for, so the question is no longer always shown.
    return PressedRows({**kept, **rows, SHOW: [IF]}, focus)
