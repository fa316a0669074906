"""A question as fields: what stands in the form when an officer opens it."""

from collections.abc import Callable, Mapping
from typing import Any

from surveys.conditions.form import condition_fields
from surveys.fields import DAY_PARTS
from surveys.question_fields.lines import Line, line_fields
from surveys.questionnaire import (
    Date,
    Map,
    Option,
    Question,
    Row,
    Text,
    say,
    type_name,
)
from surveys.typed import even_number, read_day

OWN = "own"
EDGES = ("north", "west", "east", "south")

Written = dict[str, list[str]]


def question_fields(question: Question, before: Mapping[str, Question], language: str) -> Written:
    """Every field of the question's form, its words in the default language. `before` are the
    questions that its condition may test."""
    fields: Written = {"type": [type_name(question)], "key": [question.key]}
    for name in type(question).__struct_fields__:
        if name not in APART:
            fields |= _WRITERS[shape(type(question), name)](name, getattr(question, name), language)
    return fields | condition_fields(question.show_if, before)


APART = frozenset({"key", "show_if"})
_SHAPES = {
    "text": "prose",
    "hint": "prose",
    "unit": "words",
    "required": "flag",
    "special_category": "flag",
    "whole": "flag",
    "other": "flag",
    "random_order": "flag",
    "no_opinion": "flag",
    "max_length": "count",
    "max_files": "count",
    "max_megabytes": "count",
    "max_words": "limit",
    "min_choices": "limit",
    "max_choices": "limit",
    "min": "number",
    "max": "number",
    "options": "options",
    "rows": "rows",
    "scale": "scale",
    "accept": "kinds",
    "map": "map",
}


def shape(kind: type[Question], name: str) -> str:
    """How a setting of a type of question stands in the form."""
    return "day" if kind is Date and name in ("min", "max") else _SHAPES[name]


def _prose(name: str, text: Text, language: str) -> Written:
    return {name: [say(text, language)]}


def _flag(name: str, on: bool, _: str) -> Written:
    return {name: ["yes"]} if on else {}


def _number(name: str, number: int | float | None, _: str) -> Written:
    return {name: ["" if number is None else str(even_number(number))]}


def _day(name: str, day: str | None, _: str) -> Written:
    found = read_day(day) if day else None
    parts = (f"{found.day}", f"{found.month}", f"{found.year:04}") if found else ("", "", "")
    return {f"{name}-{part}": [each] for part, each in zip(DAY_PARTS, parts, strict=True)}


def _listed(name: str, listed: tuple[Option | Row, ...], language: str) -> Written:
    return line_fields(
        name,
        (
            Line(say(each.text, language), each.value, isinstance(each, Option) and each.exclusive)
            for each in listed
        ),
    )


def _scale(name: str, scale: str | tuple[Option, ...], language: str) -> Written:
    if isinstance(scale, str):
        return {name: [scale]}
    return {name: [OWN], **_listed("points", scale, language)}


def _kinds(name: str, kinds: tuple[str, ...], _: str) -> Written:
    return {name: list(kinds)}


def _map(name: str, shown: Map | None, language: str) -> Written:
    if shown is None:
        return {f"{name}.{part}": [""] for part in ("image", "text", *EDGES)}
    fields = {f"{name}.image": [shown.image], f"{name}.text": [say(shown.text, language)]}
    for edge in EDGES:
        fields[f"{name}.{edge}"] = [str(even_number(getattr(shown, edge)))]
    return fields


_WRITERS: Mapping[str, Callable[[str, Any, str], Written]] = {
    "prose": _prose,
    "words": _prose,
    "flag": _flag,
    "count": _number,
    "limit": _number,
    "number": _number,
    "day": _day,
    "options": _listed,
    "rows": _listed,
    "scale": _scale,
    "kinds": _kinds,
    "map": _map,
}
