"""Answers carried from one version of the questions to the version that corrects it."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from surveys.answer_words import answer_words
from surveys.answers import found, is_given
from surveys.choices import choices
from surveys.fields import field_names
from surveys.questionnaire import Grid, Question, Questionnaire, Statement

Answers = Mapping[str, Any]


class Lost(Struct, frozen=True):
    """An answer that the corrected questions do not take: what was asked and said, and the key of
    what is asked instead, empty where nothing is."""

    question: Question
    said: tuple[str, ...]
    key: str


class Carried(Struct, frozen=True):
    """`answers` are those that fit. `reworded` are keys of questions whose answer is kept though
    their words or options changed; `new` those of questions that were not asked before."""

    answers: dict[str, Any]
    lost: tuple[Lost, ...]
    reworded: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def to_look_at(self) -> frozenset[str]:
        """The keys of the questions that the respondent should see again."""
        return frozenset((*(each.key for each in self.lost), *self.reworded, *self.new)) - {""}


class Crossing(Struct, frozen=True):
    """Two versions, and by key of the later the earlier question that it is the same as."""

    before: Questionnaire
    after: Questionnaire
    same: Mapping[str, str]


def crossing(
    before: Questionnaire,
    after: Questionnaire,
    names_before: Mapping[str, str],
    names_after: Mapping[str, str],
) -> Crossing:
    """`names` are those that equivalent questions of the two versions share, by key."""
    earlier = {name: key for key, name in names_before.items()}
    same = {key: earlier[name] for key, name in names_after.items() if name in earlier}
    return Crossing(before, after, same)


def carried(over: Crossing, answers: Answers, *, language: str) -> Carried:
    """Every answer whose question is still asked and takes it."""
    asked = over.before.by_key()
    kept: dict[str, Any] = {}
    reworded, new = [], []
    for question in over.after.questions:
        key = over.same.get(question.key)
        if key is None:
            new += [] if isinstance(question, Statement) else [question.key]
            continue
        own = _fitting(question, _given(asked[key], answers), language)
        kept |= own
        if own and _reads_otherwise(asked[key], question):
            reworded.append(question.key)
    lost = tuple(_lost(over, answers, kept, language))
    known = {each.key for each in lost}
    return Carried(kept, lost, tuple(reworded), tuple(key for key in new if key not in known))


def _given(question: Question, answers: Answers) -> list[Any]:
    return [answers.get(name) for name in field_names(question)]


def _fitting(question: Question, given: list[Any], language: str) -> dict[str, Any]:
    """The answer by the question's own names; nothing where it does not fit. Whether one is
    required is for the page to ask."""
    if isinstance(question, Statement) or not any(map(is_given, given)):
        return {}
    names = field_names(question)
    padded = [*given, None][: len(names)]
    each = found(replace(question, required=False), padded, language)
    if each.problems:
        return {}
    pairs = zip(names, (each.answer, each.other), strict=False)
    return {name: answer for name, answer in pairs if is_given(answer)}


def _lost(
    over: Crossing, answers: Answers, kept: Mapping[str, Any], language: str
) -> Iterator[Lost]:
    later = {earlier: key for key, earlier in over.same.items()}
    still = over.after.by_key()
    for question in over.before.questions:
        key = later.get(question.key, question.key if question.key in still else "")
        if key in kept or not any(map(is_given, _given(question, answers))):
            continue
        yield Lost(question, answer_words(question, answers, language), key)


def _reads_otherwise(before: Question, after: Question) -> bool:
    rows = [each.rows if isinstance(each, Grid) else () for each in (before, after)]
    return (
        (before.text, before.hint) != (after.text, after.hint)
        or choices(before) != choices(after)
        or rows[0] != rows[1]
    )
