"""Answers from several windows and devices brought together: none is overwritten unseen.

A page says what it has shown: a short hash of each answer. Whoever writes is held against that.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from surveys.answers import is_given
from surveys.fields import field_names
from surveys.questionnaire import Question, Statement, Upload

Answers = Mapping[str, Any]
Seen = Mapping[str, str]

SHORT = 16
_ENTRY = re.compile(r"([^\s:]{1,80}):([0-9a-f]{16})")


class Difference(Struct, frozen=True):
    """A question answered in one way here and in another elsewhere since this page was opened;
    each by field, None where a field is empty."""

    question: str
    mine: dict[str, Any]
    theirs: dict[str, Any]


class Merged(Struct, frozen=True):
    """`write` is by field what may be stored; `differences` are for the respondent to settle."""

    write: dict[str, Any]
    differences: tuple[Difference, ...]


def seen_words(questions: Iterable[Question], answers: Answers) -> str:
    """What a page has shown of these questions, for a hidden field."""
    hashes = ((question.key, answer_hash(question, answers)) for question in _settled(questions))
    return " ".join(f"{key}:{short}" for key, short in hashes if short)


def answers_seen(answers: Answers) -> str:
    """The same of all answers at once, as they are before they are sent."""
    given = {field: answer for field, answer in answers.items() if is_given(answer)}
    return hashlib.sha256(msgspec.json.encode(given, order="deterministic")).hexdigest()


def read_seen(typed: str) -> dict[str, str]:
    """The hidden field again; what cannot be read counts as not seen."""
    return {entry[1]: entry[2] for entry in _ENTRY.finditer(typed)}


def answer_hash(question: Question, answers: Answers) -> str:
    """Empty where there is no answer."""
    given = [each if is_given(each) else None for each in _by_field(question, answers).values()]
    if not any(map(is_given, given)):
        return ""
    document = msgspec.json.encode(given, order="deterministic")
    return hashlib.sha256(document).hexdigest()[:SHORT]


def merged(questions: Iterable[Question], given: Answers, stored: Answers, seen: Seen) -> Merged:
    """What was given on a page that had shown `seen`, beside what is stored by now. A question
    that was left empty here and was empty before takes the answer from elsewhere."""
    write: dict[str, Any] = {}
    differences = []
    for question in questions:
        mine, theirs = _by_field(question, given), _by_field(question, stored)
        if isinstance(question, Statement) or mine == theirs:
            continue
        shown, now = seen.get(question.key, ""), answer_hash(question, stored)
        here = answer_hash(question, given)
        if isinstance(question, Upload) or now == shown:
            write |= mine
        elif here not in (now, "") or (not here and shown):
            differences.append(Difference(question.key, mine, theirs))
    return Merged(write, tuple(differences))


def _settled(questions: Iterable[Question]) -> Iterable[Question]:
    """Files are kept as they come and removed by hand, so there is nothing to settle about them."""
    return (each for each in questions if not isinstance(each, Statement | Upload))


def _by_field(question: Question, answers: Answers) -> dict[str, Any]:
    return {name: answers.get(name) for name in field_names(question)}
