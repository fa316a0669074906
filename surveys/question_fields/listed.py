"""The lists of a question read from its form: options, points of a scale, rows of a grid."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from surveys.drafting.building import new_values
from surveys.question_fields.lines import Line, lines
from surveys.question_fields.settings import Reading, line_text
from surveys.question_fields.writing import OWN
from surveys.questionnaire import Multiple, Option, Row, Text, say
from surveys.scales import SCALES
from surveys.typed import on_one_line

Listed = Option | Row


def _lines(
    reading: Reading, name: str, noun: str, was: Iterable[Listed]
) -> list[tuple[str, Line, Text]]:
    """The lines that say something: the value of each, what was typed, and what it said before.
    One that is stored and has lost its words is a problem."""
    stored = {each.value: each.text for each in was}
    found = []
    for number, line in enumerate(lines(reading.fields, name), start=1):
        typed = on_one_line(line.text)
        if typed:
            found.append((replace(line, text=typed), stored.get(line.value, "")))
        elif line.value:
            reading.refuse(f"{name}.{number}.text", f"Write this {noun}, or remove it")
    values = _values([_kept_value(line, before, reading) for line, before in found], found)
    return [(value, *each) for value, each in zip(values, found, strict=True)]


def _kept_value(line: Line, before: Text, reading: Reading) -> str:
    """The line's value; empty for a new line, and for one that is still being written: nothing
    relies on it, and it was made of words that the new ones go on from. A form that saves itself
    stores half a word."""
    words = on_one_line(say(before, reading.language))
    if not words or words == line.text or line.value in reading.settled:
        return line.value
    if new_values([words]) != (line.value,):
        return line.value
    going_on = line.text.startswith(words) or words.startswith(line.text)
    return "" if going_on or _is_placeholder(words) else line.value


def _is_placeholder(words: str) -> bool:
    noun, _, number = words.partition(" ")
    return noun in ("Option", "Row") and number.isdecimal()


def _values(kept: list[str], found: list[tuple[Line, Text]]) -> list[str]:
    texts = [line.text for value, (line, _) in zip(kept, found, strict=True) if not value]
    made = iter(new_values(texts, {value for value in kept if value}))
    return [value or next(made) for value in kept]


def _options_of(
    reading: Reading, name: str, noun: str, was: tuple[Option, ...]
) -> tuple[Option, ...]:
    exclusive = {option.value for option in was if option.exclusive}
    may_exclude = reading.kind is Multiple
    return tuple(
        Option(
            value,
            line_text(line.text, before, reading.language),
            line.exclusive if may_exclude else line.value in exclusive,
        )
        for value, line, before in _lines(reading, name, noun, was)
    )


def _options(reading: Reading, name: str, was: tuple[Option, ...]) -> tuple[Option, ...]:
    options = _options_of(reading, name, "option", was)
    if not options:
        reading.refuse(f"{name}.1.text", "Add at least one option")
        return was
    return options


def _rows(reading: Reading, name: str, was: tuple[Row, ...]) -> tuple[Row, ...]:
    rows = tuple(
        Row(value, line_text(line.text, before, reading.language))
        for value, line, before in _lines(reading, name, "row", was)
    )
    if not rows:
        reading.refuse(f"{name}.1.text", "Add at least one row")
        return was
    return rows


def _scale(reading: Reading, name: str, was: str | tuple[Option, ...]) -> str | tuple[Option, ...]:
    chosen = reading.one(name)
    if chosen in SCALES:
        return chosen
    if chosen != OWN:
        reading.refuse(name, "Choose a scale, or list your own points")
        return was
    points = _options_of(reading, "points", "point", () if isinstance(was, str) else was)
    if len(points) < 2:
        reading.refuse("points.1.text", "Give the scale at least two points")
        return was
    return points


LISTS: Mapping[str, Callable[[Reading, str, Any], Any]] = {
    "options": _options,
    "rows": _rows,
    "scale": _scale,
}
"""How each shape of list is read: the form, the setting's name, what it was."""
