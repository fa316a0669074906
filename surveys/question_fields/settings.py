"""The plain settings of a question read from its form: words, ticks, limits, days, a map."""

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec

from app.problems import Problem
from surveys.conditions.form import one
from surveys.fields import DAY_PARTS, day_from
from surveys.question_fields.translated import with_words
from surveys.question_fields.writing import EDGES
from surveys.questionnaire import Map, Question, Statement, Text, say
from surveys.soundness import LONGEST_TEXT, MOST_FILES, MOST_MEGABYTES, MOST_WORDS
from surveys.typed import even_number, figure, on_one_line, read_number, tidy

Fields = Mapping[str, list[str]]
MOST_CHOICES = 2_000


class Reading:
    """The form being read, and what was found wrong with it. `settled` are the values of options
    and rows that other things rely on."""

    def __init__(
        self, fields: Fields, language: str, kind: type[Question], settled: Collection[str]
    ) -> None:
        self.fields = fields
        self.language = language
        self.kind = kind
        self.settled = settled
        self.problems: list[Problem] = []

    def one(self, name: str) -> str:
        return one(self.fields, name)

    def refuse(self, place: str, words: str) -> None:
        self.problems.append(Problem(place, words))


def _prose(reading: Reading, name: str, was: Text) -> Text:
    typed = tidy(reading.one(name))
    if typed == tidy(say(was, reading.language)):
        words = was
    else:
        words = with_words(was, typed, reading.language)
    if name == "text" and not typed:
        noun = "words" if reading.kind is Statement else "question"
        reading.refuse(name, f"Write the {noun}")
        return was
    return words


def _words(reading: Reading, name: str, was: Text) -> Text:
    return line_text(on_one_line(reading.one(name)), was, reading.language)


def line_text(typed: str, was: Text, language: str) -> Text:
    if typed == on_one_line(say(was, language)):
        return was
    return with_words(was, typed, language)


def _flag(reading: Reading, name: str, _: bool) -> bool:
    return bool(reading.one(name))


def _number(reading: Reading, name: str, was: int | float | None) -> int | float | None:
    typed = reading.one(name)
    if was is not None and typed == str(even_number(was)):
        return was
    if not typed:
        return None
    number = read_number(typed)
    if number is None:
        reading.refuse(name, "Enter a number, like 12 or 2.5, or leave it empty")
        return was
    return number


def _limit(reading: Reading, name: str, was: int | None) -> int | None:
    typed = reading.one(name)
    if not typed or typed == str(was):
        return was if typed else None
    number = read_number(typed)
    most = _MOST.get(name, MOST_CHOICES)
    if not isinstance(number, int) or not 1 <= number <= most:
        reading.refuse(name, f"Enter a whole number from 1 to {figure(most)}")
        return was
    return number


_MOST = {
    "max_length": LONGEST_TEXT,
    "max_words": MOST_WORDS,
    "max_files": MOST_FILES,
    "max_megabytes": MOST_MEGABYTES,
}


def _count(reading: Reading, name: str, was: int) -> int:
    """A limit that there always is: left empty, it is what it is by default."""
    number = _limit(reading, name, was)
    return _default(reading.kind, name) if number is None else number


def _default(kind: type[Question], name: str) -> int:
    found = next(field for field in msgspec.structs.fields(kind) if field.name == name)
    return int(found.default)


def _day(reading: Reading, name: str, was: str | None) -> str | None:
    parts = {part: reading.one(f"{name}-{part}") for part in DAY_PARTS}
    if not any(parts.values()):
        return None
    day = day_from(parts)
    if day is None:
        empty = next((part for part in DAY_PARTS if not parts[part]), "day")
        reading.refuse(f"{name}-{empty}", "Enter a real date, like 27 3 2026")
        return was
    return day


def _kinds(reading: Reading, name: str, was: tuple[str, ...]) -> tuple[str, ...]:
    ticked = tuple(reading.fields.get(name, []))
    return was if set(ticked) == set(was) else ticked


def _map(reading: Reading, name: str, was: Map | None) -> Map | None:
    typed = {part: reading.one(f"{name}.{part}") for part in ("image", "text", *EDGES)}
    if not any(typed.values()):
        return None
    old = was or Map("", "", 0, 0, 0, 0)
    if not typed["image"].startswith("/") or typed["image"].startswith("//"):
        words = "Enter the address of a picture on this website, like /static/map.png"
        reading.refuse(f"{name}.image", words)
    if not typed["text"]:
        words = "Say in words what the map shows, for people who cannot see it"
        reading.refuse(f"{name}.text", words)
    edges = {edge: _edge(reading, f"{name}.{edge}", getattr(was, edge, None)) for edge in EDGES}
    found = Map(typed["image"], line_text(typed["text"], old.text, reading.language), **edges)
    _compare_edges(reading, name, found)
    return found


def _edge(reading: Reading, place: str, was: float | None) -> float:
    most = 90 if place.endswith(("north", "south")) else 180
    typed = reading.one(place)
    if was is not None and typed == str(even_number(was)):
        return was
    number = read_number(typed)
    if number is None or not -most <= number <= most:
        reading.refuse(place, f"Enter degrees from −{most} to {most}, like 51.27")
        return math.nan
    return float(number)


def _compare_edges(reading: Reading, name: str, shown: Map) -> None:
    if shown.south >= shown.north:
        reading.refuse(f"{name}.south", "The southern edge must lie south of the northern one")
    if shown.west >= shown.east:
        reading.refuse(f"{name}.west", "The western edge must lie west of the eastern one")


SETTINGS: Mapping[str, Callable[[Reading, str, Any], Any]] = {
    "prose": _prose,
    "words": _words,
    "flag": _flag,
    "count": _count,
    "limit": _limit,
    "number": _number,
    "day": _day,
    "kinds": _kinds,
    "map": _map,
}
"""How each shape of setting is read: the form, the setting's name, what it was."""
