"""What a form that has just saved itself is answered with, so that nothing moves under the hand."""

from collections.abc import Mapping

from surveys.conditions.form import IF, JOINED, ROWS, SHOW, one, typed_rows
from surveys.conditions.written import Joined, RowTest, Written, condition, plain
from surveys.question_fields.lines import LISTS
from surveys.question_fields.writing import OWN
from surveys.typed import on_one_line, read_number

Fields = Mapping[str, list[str]]


def echoed(stored: Fields, typed: Fields) -> dict[str, list[str]]:
    """The fields as stored, save for what was typed and does not count yet (lines to be pasted,
    another type, tests without a question, tests and points beside another choice) and for what
    says the same in another way, like tests grouped otherwise or a space that somebody is about to
    type after."""
    kept = {
        name: values
        for name, values in typed.items()
        if _is_pending(name, typed) or (name in stored and _same(values, stored[name]))
    }
    fields = {**stored, **kept}
    if one(typed, SHOW) != IF or _tests_of(typed) != _tests_of(stored):
        return fields
    elsewhere = {name: values for name, values in fields.items() if not _is_of_row(name)}
    rows = {name: values for name, values in typed.items() if _is_of_row(name) or name == JOINED}
    return {**elsewhere, **rows}


def _tests_of(fields: Fields) -> Joined | RowTest | None:
    """What the rows say together, however they are grouped. A row counts once it has a question."""
    groups = tuple(
        tuple(RowTest(row.question, row.test, _evened(row.value)) for row in group if row.question)
        for group in typed_rows(fields)
    )
    given = tuple(group for group in groups if group)
    every = one(fields, JOINED) != "any"
    return plain(condition(Written(every, given))) if given else None


def _is_of_row(name: str) -> bool:
    return name.startswith(f"{ROWS}.")


def is_paste(name: str) -> bool:
    """Whether the field is a box for many lines, which count once they are added."""
    return name in {f"{listed}.paste" for listed in LISTS}


def _is_pending(name: str, typed: Fields) -> bool:
    head = name.partition(".")[0]
    if name == "_kind" or is_paste(name):
        return True
    if head in (ROWS, JOINED):
        return one(typed, SHOW) != IF
    return head == "points" and one(typed, "scale") != OWN


def _same(typed: list[str], stored: list[str]) -> bool:
    return [_evened(each) for each in typed] == [_evened(each) for each in stored]


def _evened(typed: str) -> str | int | float:
    number = read_number(typed)
    return on_one_line(typed) if number is None else number
