"""Conditions: each tests an earlier question, in a way that makes sense of its answers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from surveys.choices import choices, shared_by_rows
from surveys.questionnaire import (
    Condition,
    Date,
    Dropdown,
    Grid,
    Likert,
    Multiple,
    Number,
    Question,
    Ranking,
    Single,
    Statement,
    Upload,
)
from surveys.typed import read_day, shortened


def of_conditions(
    question: Question,
    before: Mapping[str, Question],
    later: Iterable[str],
    unread: frozenset[str],
) -> Iterator[str]:
    for test in tests_of(question.show_if):
        key, dot, row = (test.question or "").partition(".")
        if key in unread:
            continue
        if key in before:
            yield from (f"‘show_if’ {words}" for words in _of_test(test, before[key], dot, row))
        elif key in later:
            yield f"‘show_if’ tests ‘{key}’, which is not asked before it. Move one of them"
        else:
            named = shortened(test.question or "", 60)
            yield f"‘show_if’ tests ‘{named}’, and there is no such question. Mend its key"


def tests_of(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    if condition.question is not None:
        yield condition
    parts = (condition.all or ()) + (condition.any or ())
    for part in (*parts, *([condition.not_] if condition.not_ else [])):
        yield from tests_of(part)


def _of_test(test: Condition, question: Question, dot: str, row: str) -> Iterator[str]:
    name, wanted = test.test or ("answered", True)
    key, rows = question.key, shared_by_rows(question)
    allowed = allowed_tests(question, of_row=bool(dot))
    if dot and row not in rows:
        yield f"tests ‘{key}.{shortened(row, 60)}’, and the question has no such row"
    elif not allowed:
        yield f"tests ‘{key}’, a statement, which has no answer"
    elif name not in allowed:
        yield f"uses ‘{name}’ on ‘{key}’. Use {' or '.join(allowed)}{_hint(question, dot)}"
    else:
        words = _of_wanted(question, name, wanted)
        yield from [words] if words else []


def _hint(question: Question, dot: str) -> str:
    rows = shared_by_rows(question)
    return f", or test one row, like ‘{question.key}.{rows[0]}’" if rows and not dot else ""


_EXACT = ("is", "is_not", "answered")
_CHOSEN = ("is", "is_not", "includes", "answered")
_MEASURED = ("is", "is_not", "at_least", "at_most", "answered")


def allowed_tests(question: Question, *, of_row: bool) -> tuple[str, ...]:
    """The tests that make sense of an answer to the question."""
    if isinstance(question, Statement):
        return ()
    if isinstance(question, Upload) or (isinstance(question, Grid) and not of_row):
        return ("answered",)
    if isinstance(question, Multiple | Ranking):
        return ("includes", "answered")
    if isinstance(question, Number | Date | Likert | Grid):
        return _MEASURED
    return _CHOSEN if isinstance(question, Single | Dropdown) else _EXACT


def _of_wanted(question: Question, name: str, wanted: Any) -> str:
    if name == "answered":
        return ""
    values = [choice.value for choice in choices(question)]
    if values and wanted not in values:
        return f"wants ‘{shortened(str(wanted), 60)}’, which ‘{question.key}’ does not offer"
    if isinstance(question, Number) and isinstance(wanted, str):
        return f"wants text of ‘{question.key}’, which is answered with a number"
    if isinstance(question, Date) and not (isinstance(wanted, str) and read_day(wanted)):
        return f"wants a day of ‘{question.key}’ written like 2024-03-27"
    if not values and not isinstance(question, Number) and not isinstance(wanted, str):
        return f"wants a number of ‘{question.key}’, which is answered with text"
    return ""
