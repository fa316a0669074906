"""The fields of a form as a question, with what the officer has still to mend."""

from collections.abc import Collection, Mapping

import msgspec
from msgspec import Struct

from app.problems import Problem
from surveys.choices import choices
from surveys.conditions.form import one, read_condition
from surveys.drafting.building import as_kind
from surveys.question_fields.lines import with_pasted
from surveys.question_fields.listed import LISTS
from surveys.question_fields.settings import SETTINGS, Reading
from surveys.question_fields.writing import APART, shape
from surveys.questionnaire import KEY, KINDS, Question, Statement
from surveys.typed import figure

Fields = Mapping[str, list[str]]
_READERS = {**SETTINGS, **LISTS}
_NOT_OF_STATEMENTS = frozenset({"required", "special_category"})


class ReadQuestion(Struct, frozen=True):
    """What the form says. Where a field could not be read the question keeps what it had."""

    question: Question
    problems: tuple[Problem, ...] = ()


def read_question(
    fields: Fields,
    opened: Question,
    *,
    before: Mapping[str, Question],
    language: str,
    settled: Collection[str] = (),
) -> ReadQuestion:
    """The question as the form has it. What is left as it came stays exactly as it was, and words
    changed in the default language keep their translations. `before` are the questions that its
    condition may test; `settled` the values of options and rows that other things rely on."""
    fields = with_pasted(fields)
    kind = KINDS.get(one(fields, "type"), type(opened))
    was = as_kind(opened, str(kind.__struct_config__.tag))
    reading = Reading(fields, language, kind, settled)
    read = {
        name: _READERS[shape(kind, name)](reading, name, getattr(was, name))
        for name in kind.__struct_fields__
        if name not in APART and not (kind is Statement and name in _NOT_OF_STATEMENTS)
    }
    key = _key(reading, was.key)
    shown = read_condition(fields, opened.show_if, before)
    reading.problems += shown.problems
    question = msgspec.structs.replace(was, key=key, show_if=shown.condition, **read)
    _compare(reading, question)
    return ReadQuestion(question, tuple(reading.problems))


def _key(reading: Reading, was: str) -> str:
    key = reading.one("key") or was
    if KEY.fullmatch(key):
        return key
    reading.refuse(
        "key",
        "Use up to 60 lower-case letters, digits and underscores, and begin with a letter, like "
        "size_of_group",
    )
    return was


_PAIRS = (
    ("min", "max", "The least is more than the most. Swap them"),
    ("min_choices", "max_choices", "The fewest are more than the most. Swap them"),
)


def _compare(reading: Reading, question: Question) -> None:
    """Limits that contradict each other, or the number of answers."""
    if any(problem.place.startswith("options") for problem in reading.problems):
        return
    for least, most, words in _PAIRS:
        low, high = getattr(question, least, None), getattr(question, most, None)
        if low is not None and high is not None and low > high:
            reading.refuse(f"{least}-day" if isinstance(low, str) else least, words)
    count = len(choices(question))
    for name in ("min_choices", "max_choices"):
        if (getattr(question, name, None) or 0) > count:
            reading.refuse(name, f"There are {figure(count)} answers. Enter that many or fewer")
