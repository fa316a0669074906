"""Rows of tests as a page shows them: what each could test, and what was chosen so far."""

from collections.abc import Mapping

from msgspec import Struct

from surveys.conditions.form import (
    ALWAYS,
    JOINED,
    KEPT,
    ROWS,
    SHOW,
    Fields,
    Row,
    one,
    read_condition,
    typed_rows,
)
from surveys.conditions.offered import Offer, Subjects, offer, subjects
from surveys.conditions.written import ANSWERED, written
from surveys.questionnaire import Condition, Question, Questionnaire
from surveys.routing import condition_words


class RowView(Struct, frozen=True):
    """One row. Without an `offer` no question is chosen yet; `value` counts while `needs_value`.
    `gone` is a question that was chosen and is not asked before any more."""

    place: str
    question: str
    offer: Offer | None
    test: str
    value: str
    needs_value: bool
    gone: bool


class Routing(Struct, frozen=True, kw_only=True):
    """`kept` is a condition that is too deep for rows, in words. `said` is the condition as it
    stands in the form, in words; empty while it is unfinished or there is none."""

    show: str
    joined: str
    groups: tuple[tuple[RowView, ...], ...]
    subjects: tuple[Subjects, ...]
    kept: str
    said: str


def routing(
    fields: Fields,
    opened: Condition | None,
    *,
    questionnaire: Questionnaire,
    before: Mapping[str, Question],
) -> Routing:
    language = questionnaire.languages[0]
    asked = questionnaire.by_key()
    groups = typed_rows(fields) or ((Row(),),)
    read = read_condition(fields, opened, before)
    deep = opened is not None and written(opened) is None
    return Routing(
        show=one(fields, SHOW) or (KEPT if deep else ALWAYS),
        joined="any" if one(fields, JOINED) == "any" else "all",
        groups=tuple(
            tuple(
                _view(row, f"{ROWS}.{number}.{place}", before, language)
                for place, row in enumerate(group, start=1)
            )
            for number, group in enumerate(groups, start=1)
        ),
        subjects=subjects(questionnaire, before, language),
        kept=_said(opened, asked, language) if deep else "",
        said="" if read.problems else _said(read.condition, asked, language),
    )


def _said(condition: Condition | None, asked: Mapping[str, Question], language: str) -> str:
    return condition_words(condition, asked, language) if condition else ""


def _view(row: Row, place: str, before: Mapping[str, Question], language: str) -> RowView:
    """What was chosen stays where the question has it; else its first test stands there."""
    offered = offer(row.question, before, language)
    if offered is None:
        return RowView(place, row.question, None, "", "", False, bool(row.question))
    names = [name for name, _ in offered.tests]
    test = row.test if row.test in names else names[0]
    moved_on = row.asked_of is not None and row.asked_of != row.question
    value = "" if moved_on else row.value
    return RowView(place, row.question, offered, test, value, test not in ANSWERED, False)
