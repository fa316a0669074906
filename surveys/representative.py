"""A few answers that stand for all: one for each way in which answers can meet the conditions."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, combinations, pairwise, product
from typing import Any

from msgspec import Struct

from surveys.answers import found
from surveys.choices import choices, offers_other, shared_by_rows
from surveys.questionnaire import (
    OTHER,
    Condition,
    Date,
    Email,
    Grid,
    Location,
    Multiple,
    Number,
    Postcode,
    Question,
    Ranking,
    Upload,
)
from surveys.routing import holds
from surveys.typed import even_number, read_day

MOST_TOGETHER = 256
"""Up to so many combinations of ticks, or of rows, are tried for one question."""

_WORDS = ("x", "y", "0", "Other words")
_EMAILS = ("someone@example.org", "another@example.org")
_POSTCODES = ("ME14 1XQ", "M1 1AA")
_DAY = timedelta(days=1)


class Answers(Struct, frozen=True):
    """Acceptable answers (None: none was given) that no two tests tell apart, each once. When not
    `complete`, there are more ways to answer than were tried."""

    values: tuple[Any, ...]
    complete: bool


def representative(question: Question, tests: Sequence[Condition]) -> Answers:
    """Answers to a question that is shown, for all the `tests` that conditions put to it."""
    tried, complete = _tried(question, tests)
    asked = {question.key: question}
    kept: dict[tuple[bool, ...], Any] = {}
    for given in chain(tried, [None]):
        # Words are made even before they are tested; all else is tested as it is.
        if not isinstance(given, str) and _met(tests, {question.key: given}, asked) in kept:
            continue
        accepted, answer = _accepted(question, given)
        if accepted:
            kept.setdefault(_met(tests, {question.key: answer}, asked), answer)
    return Answers(tuple(kept.values()) or (None,), complete)


def _accepted(question: Question, given: Any) -> tuple[bool, Any]:
    """Whether the checks take it, and the answer as they make it even."""
    # What a file is made of takes no part in any test: that there is one is enough.
    if isinstance(question, Upload):
        return given is not None or not question.required, given
    chosen = given if isinstance(given, list) else [given]
    other = "words" if offers_other(question) and OTHER in chosen else None
    checked = found(question, [given, other], "en")
    return not checked.problems, checked.answer


def _tried(question: Question, tests: Sequence[Condition]) -> tuple[Iterable[Any], bool]:
    """Answers to try, and whether they show every way to answer."""
    wanted = [test.test[1] for test in tests if test.test and test.test[0] != "answered"]
    if isinstance(question, Multiple | Ranking):
        return _ticked(question, set(wanted))
    if isinstance(question, Grid):
        return _by_row(question, tests)
    if values := [choice.value for choice in choices(question)]:
        return values, True
    if isinstance(question, Number):
        return _numbers([question.min, *wanted, question.max]), True
    if isinstance(question, Date):
        return _days([question.min, *wanted, question.max]), True
    return chain(wanted, _plain(question)), True


def _plain(question: Question) -> tuple[Any, ...]:
    if isinstance(question, Upload):
        return (["file"],)
    if isinstance(question, Email):
        return _EMAILS
    return _POSTCODES if isinstance(question, Postcode | Location) else _WORDS


def _ticked(question: Multiple | Ranking, wanted: set[Any]) -> tuple[Iterator[list[str]], bool]:
    """Every combination of the options that tests name, alone and with enough others beside."""
    values = [choice.value for choice in choices(question)]
    named = [value for value in values if value in wanted]
    others = [value for value in values if value not in wanted]
    complete = 2 ** len(named) <= MOST_TOGETHER
    most = len(named) if complete else 2
    sizes = chain(range(most + 1), () if complete else (len(named),))
    ticks = (list(chosen) for size in sizes for chosen in combinations(named, size))
    needed = (getattr(question, "min_choices", None) or 1) - 1
    alone = {option.value for option in question.options if getattr(option, "exclusive", False)}
    plain = [value for value in others if value not in alone]
    beside = ([], plain[:1], plain[: needed + 1], plain, others[:1], *_short_of(plain, needed))
    return ([*ticked, *more] for ticked in ticks for more in beside), complete


def _short_of(plain: list[str], needed: int) -> list[list[str]]:
    return [plain[:count] for count in range(2, needed + 1)]


def _by_row(question: Grid, tests: Sequence[Condition]) -> tuple[Iterator[dict[str, str]], bool]:
    """Every combination of the rows that tests name, with the other rows empty and filled in."""
    points = [choice.value for choice in choices(question)]
    asked = {question.key: question}
    ways = []
    for row in shared_by_rows(question):
        own = [test for test in tests if test.question == f"{question.key}.{row}"]
        if own:
            told = {_met(own, {question.key: {row: at}}, asked): (row, at) for at in points}
            ways.append([*told.values(), (row, None)])
    complete = math.prod(map(len, ways)) <= MOST_TOGETHER
    rows = product(*ways) if complete else zip(*(way * MOST_TOGETHER for way in ways), strict=False)
    named = {row for way in ways for row, _ in way}
    rest = {row: points[0] for row in shared_by_rows(question) if row not in named}
    return _filled(rows, rest), complete


def _filled(
    rows: Iterable[tuple[tuple[str, str | None], ...]], rest: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    for each in rows:
        given = {row: at for row, at in each if at is not None}
        yield {**given, **rest}
        yield given


def _met(
    tests: Sequence[Condition], answers: Mapping[str, Any], asked: Mapping[str, Question]
) -> tuple[bool, ...]:
    return tuple(holds(test, answers, asked) for test in tests)


def _numbers(marks: Iterable[Any]) -> Iterator[int | float]:
    """Each mark, and a number below, between and above them, whole ones first."""
    points = sorted({mark for mark in marks if isinstance(mark, int | float)}) or [0]
    ends = (points[0] - 1, points[-1] + 1)
    between = [(low + high) / 2 for low, high in pairwise(points)]
    near = [each for point in (*points, *between) for each in (math.floor(point), math.ceil(point))]
    yield from map(even_number, (*near, *ends, *points, *between, *_just_off(points)))


def _just_off(points: Iterable[int | float]) -> Iterator[float]:
    return (point + step for point in points for step in (-0.5, 0.5))


def _days(marks: Iterable[Any]) -> Iterator[str]:
    days = sorted({day for mark in marks if isinstance(mark, str) and (day := read_day(mark))})
    for day in days or [date(2000, 1, 1)]:
        yield from (near.isoformat() for near in _around(day))


def _around(day: date) -> Iterator[date]:
    yield day
    if day > date.min:
        yield day - _DAY
    if day < date.max:
        yield day + _DAY
