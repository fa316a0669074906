"""Our conditions as XLSForm's `relevant`, and the names that questions have in a form."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from surveys.choices import choices
from surveys.imported import fitted_key
from surveys.questionnaire import (
    Condition,
    Date,
    Grid,
    Multiple,
    Number,
    Question,
    Questionnaire,
    Ranking,
)
from surveys.xlsform.limits import figure_of

# XLSForm parts several answers by blanks, and a literal is ended by its quotation mark.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_UNFIT = re.compile(r"[\s'\"]+")


class Names(Struct, frozen=True):
    """`rows`: the name of each grid's row, by key and value; `values`: of each option's value, by
    key."""

    rows: Mapping[tuple[str, str], str]
    values: Mapping[str, Mapping[str, str]]


def names_of(questionnaire: Questionnaire) -> Names:
    taken = set(questionnaire.by_key())
    rows: dict[tuple[str, str], str] = {}
    values: dict[str, Mapping[str, str]] = {}
    for question in questionnaire.questions:
        values[question.key] = _value_names(question)
        for row in question.rows if isinstance(question, Grid) else ():
            name = _row_name(f"{question.key}_{row.value}", taken)
            taken.add(name.lower())
            rows[question.key, row.value] = name
    return Names(rows, values)


def _row_name(given: str, taken: set[str]) -> str:
    """As it is wherever a form can have it, so that it comes back as it was. Programs for forms do
    not all tell capitals from small letters."""
    fits = _NAME.fullmatch(given) and given.lower() not in taken
    return given if fits else fitted_key(given, taken)


def _value_names(question: Question) -> Mapping[str, str]:
    named: dict[str, str] = {}
    for option in choices(question):
        fitted = _UNFIT.sub("_", option.value)
        name, number = fitted, 1
        while name in named.values():
            number += 1
            name = f"{fitted}_{number}"
        named[option.value] = name
    return named


def relevance(condition: Condition, asked: Mapping[str, Question], names: Names) -> str:
    """The condition in XPath. A test of an unanswered question comes out as here: `!=` is met by
    no answer, every other test is not."""
    if condition.all is not None:
        return " and ".join(_inner(part, asked, names) for part in condition.all)
    if condition.any is not None:
        return " or ".join(_inner(part, asked, names) for part in condition.any)
    if condition.not_ is not None:
        return f"not({relevance(condition.not_, asked, names)})"
    key, _, row = (condition.question or "").partition(".")
    return _tested(condition, asked[key], row, names)


def _inner(part: Condition, asked: Mapping[str, Question], names: Names) -> str:
    words = relevance(part, asked, names)
    return f"({words})" if part.all is not None or part.any is not None else words


def _tested(condition: Condition, question: Question, row: str, names: Names) -> str:
    reference = f"${{{names.rows[question.key, row] if row else question.key}}}"
    name, wanted = condition.test or ("answered", True)
    if name == "answered":
        return _answered(question, row, wanted, names)
    if name == "includes" and isinstance(question, Multiple | Ranking):
        return f"selected({reference}, {_literal(question, wanted, names)})"
    if name in ("at_least", "at_most"):
        return _measured(question, reference, name, wanted, names)
    sign = "!=" if name == "is_not" else "="
    return f"{reference} {sign} {_literal(question, wanted, names)}"


def _answered(question: Question, row: str, wanted: bool, names: Names) -> str:
    keys = [question.key]
    if isinstance(question, Grid):
        keys = [names.rows[question.key, each.value] for each in question.rows]
        keys = [names.rows[question.key, row]] if row else keys
    if wanted:
        return " or ".join(f"${{{key}}} != ''" for key in keys)
    return " and ".join(f"${{{key}}} = ''" for key in keys)


def _measured(question: Question, reference: str, name: str, wanted: Any, names: Names) -> str:
    sign = ">=" if name == "at_least" else "<="
    if isinstance(question, Number | Date):
        return f"{reference} {sign} {_literal(question, wanted, names)}"
    # The points of a scale stand from its most positive to its most negative.
    points = [choice.value for choice in choices(question) if choice.value != "dont_know"]
    place = points.index(wanted)
    fitting = points[: place + 1] if name == "at_least" else points[place:]
    tests = [f"{reference} = {_literal(question, each, names)}" for each in fitting]
    return f"({' or '.join(tests)})" if len(tests) > 1 else tests[0]


def _literal(question: Question, value: Any, names: Names) -> str:
    if isinstance(question, Date):
        return f"date('{value}')"
    if isinstance(value, int | float):
        return figure_of(value)
    named = names.values[question.key].get(value, value)
    return f'"{named}"' if "'" in named else f"'{named}'"
