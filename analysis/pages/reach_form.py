"""The fields of a table of the population, as typed, and what they say."""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from analysis.reach.matching import matched
from analysis.reach.population import (
    LEFT_OUT,
    LONGEST_ADDRESS,
    LONGEST_GROUP,
    LONGEST_SOURCE,
    MOST_LINES,
    Line,
    ReachTable,
    Unit,
    table_problems,
)
from analysis.reach.reading import Typed, UnusableTable, people_in, table_in_file, table_in_text
from app.forms import Form
from app.settings import settings

SPARE_ROWS = 3
ORIGIN = ("unit", "source", "address", "on-day", "on-month", "on-year")


class RowFields(Struct, frozen=True):
    """A row as typed; `answer` is a value, LEFT_OUT, or empty."""

    group: str = ""
    people: str = ""
    answer: str = ""

    @property
    def empty(self) -> bool:
        return not (self.group or self.people)


class TableFields(Struct, frozen=True):
    """What stands in the fields: as typed, as read from a file, or as kept."""

    place: str
    rows: tuple[RowFields, ...]
    origin: Mapping[str, str]


def fields_of(table: ReachTable) -> TableFields:
    rows = (RowFields(line.group, str(line.people), line.answer) for line in table.lines)
    day = {"on-day": table.on.day, "on-month": table.on.month, "on-year": table.on.year}
    origin = {"unit": table.unit.value, "source": table.source, "address": table.address}
    return TableFields(table.place, tuple(rows), origin | {k: str(v) for k, v in day.items()})


def fields_from(
    place: str, given: Sequence[Typed], answers: Mapping[str, str], origin: Mapping[str, str]
) -> TableFields:
    """Rows with the answer that each name says; without rows, one for each answer to fill in."""
    if not given:
        rows = tuple(RowFields(words, "", value) for value, words in answers.items())
        return TableFields(place, rows, origin)
    found = matched([each.group for each in given], answers)
    rows = tuple(
        RowFields(each.group, each.people, answer)
        for each, answer in zip(given, found, strict=True)
    )
    return TableFields(place, rows, origin)


def typed_fields(form: Form, place: str) -> TableFields:
    """Everything as it was typed, without judging it; rows that were left empty are dropped."""

    def first(name: str) -> str:
        return form.fields.get(name, [""])[0].strip()

    numbers = range(MOST_LINES + SPARE_ROWS)
    rows = [
        RowFields(first(f"group-{at}"), first(f"people-{at}"), first(f"answer-{at}"))
        for at in numbers
        if f"group-{at}" in form.fields
    ]
    origin = {name: first(name) for name in ORIGIN}
    return TableFields(place, tuple(row for row in rows if not row.empty), origin)


async def given_rows(form: Form) -> tuple[Typed, ...]:
    """The rows of the file or of what was pasted; what cannot be read is a problem of the form."""
    chosen = [file for file in form.files("file") if file.data]
    pasted = form.fields.get("pasted", [""])[0]
    try:
        if chosen:
            return await asyncio.to_thread(_in_file, chosen[0].data)
        return table_in_text(pasted) if pasted.strip() else ()
    except UnusableTable as refused:
        form.refuse("file" if chosen else "pasted", refused.words)
        return ()


def _in_file(data: bytes) -> tuple[Typed, ...]:
    with tempfile.TemporaryDirectory(dir=settings().data_dir) as folder:
        file = Path(folder) / "table"
        file.write_bytes(data)
        return table_in_file(file)


def read_table(
    form: Form, fields: TableFields, answers: Mapping[str, str], *, today: date
) -> ReachTable | None:
    """None where something is to be mended, which the form's problems then say."""
    unit = form.text("unit") or Unit.PEOPLE
    if unit not in [*Unit]:
        form.refuse("unit", "Choose what the numbers count")
    source = form.text("source", missing="Say where the table is from", limit=LONGEST_SOURCE)
    on = form.day("on", missing="Enter the day that the numbers are of")
    address = form.text("address", limit=LONGEST_ADDRESS)
    lines = _read_lines(form, fields.rows)
    if form.problems or lines is None or on is None:
        return None
    table = ReachTable(fields.place, Unit(unit), source, on, address, lines)
    form.problems.extend(table_problems(table, answers, today=today))
    return None if form.problems else table


def _read_lines(form: Form, rows: Sequence[RowFields]) -> tuple[Line, ...] | None:
    if not rows:
        form.refuse("group-0", "Enter the groups of the table, with the people in each")
    lines = []
    for at, row in enumerate(rows):
        people = people_in(row.people)
        if not row.group:
            form.refuse(f"group-{at}", "Name this group, or clear its row")
        elif len(row.group) > LONGEST_GROUP:
            form.refuse(f"group-{at}", f"Use {LONGEST_GROUP} characters or fewer for a group")
        if people is None:
            words = f"Enter how many are in “{row.group[:60]}” as a whole number, like 61200"
            form.refuse(f"people-{at}", words)
        lines.append(Line(row.group, people or 0, row.answer))
    return None if form.problems else tuple(lines)


def unmatched(fields: TableFields, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The groups of which nobody has said yet which answer they are."""
    return tuple(
        row.group for row in fields.rows if row.answer != LEFT_OUT and row.answer not in answers
    )


def without_group(fields: TableFields, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The values of the answers that no group of the table stands for."""
    used = {row.answer for row in fields.rows}
    return tuple(value for value in answers if value not in used)
