"""How to answer, told beforehand: limits in full, and an example where nobody wrote a hint."""

from collections.abc import Callable, Mapping
from typing import Any

from app.speech import Speech
from surveys.file_kinds import accepted_words
from surveys.questionnaire import (
    Date,
    Location,
    Multiple,
    Number,
    Question,
    Ranking,
    ShortText,
    Upload,
)
from surveys.typed import even_number, read_day

USUAL_LENGTH = ShortText(key="usual", text="").max_length


def limits(question: Question, speaks: Speech) -> str:
    """What an answer must keep to; said even where the question has a hint of its own."""
    said = _LIMITS.get(type(question))
    return said(question, speaks) if said else ""


def example(question: Question, speaks: Speech) -> str:
    """What an answer looks like, for a question with neither a hint nor limits."""
    if isinstance(question, Multiple):
        return speaks.say("Choose all that apply")
    if isinstance(question, Ranking):
        return speaks.say("1 is the first. You can leave some out")
    if isinstance(question, Date):
        return speaks.say("Like 27 3 2024")
    if isinstance(question, Location):
        return speaks.say("A postcode, or the name of a place or street")
    return ""


def _length(question: ShortText, speaks: Speech) -> str:
    if question.max_length >= USUAL_LENGTH:
        return ""
    return speaks.plural(
        "You can write up to {n} character",
        "You can write up to {n} characters",
        question.max_length,
    )


def _choices(question: Multiple, speaks: Speech) -> str:
    most, least = question.max_choices, question.min_choices
    if most and least and most > least:
        return speaks.say("Choose {least} to {most} answers", least=least, most=most)
    if most and least:
        return speaks.plural("Choose {n} answer", "Choose {n} answers", most)
    if most:
        return speaks.plural("Choose up to {n} answer", "Choose up to {n} answers", most)
    if least:
        return speaks.plural("Choose at least {n} answer", "Choose at least {n} answers", least)
    return ""


def _ranks(question: Ranking, speaks: Speech) -> str:
    if not question.max_choices:
        return ""
    return speaks.plural(
        "Rank {n}: 1 is the first", "Rank up to {n}: 1 is the first", question.max_choices
    )


def _bounds(question: Number, speaks: Speech) -> str:
    """Nobody needs to be told that they cannot be fewer than none."""
    least = even_number(question.min) if question.min else None
    if question.max is None:
        return speaks.say("{least} or more", least=least) if least else ""
    most = even_number(question.max)
    if least is None:
        return speaks.say("{most} or less", most=most)
    return speaks.say("From {least} to {most}", least=least, most=most)


def _days(question: Date, speaks: Speech) -> str:
    first, last = read_day(question.min or ""), read_day(question.max or "")
    if first and last:
        return speaks.say("From {first} to {last}", first=first, last=last)
    if first:
        return speaks.say("On or after {day}", day=first)
    return speaks.say("On or before {day}", day=last) if last else ""


def _place(question: Location, speaks: Speech) -> str:
    if question.map is None:
        return ""
    return speaks.say("A postcode, the name of a place or street, or a point on the map below")


def _files(question: Upload, speaks: Speech) -> str:
    return accepted_words(question, speaks.language)


_LIMITS: Mapping[type, Callable[[Any, Speech], str]] = {
    ShortText: _length,
    Multiple: _choices,
    Ranking: _ranks,
    Number: _bounds,
    Date: _days,
    Location: _place,
    Upload: _files,
}
