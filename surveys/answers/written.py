"""Answers that are typed: words, places, numbers and days."""

import math
from datetime import date
from typing import Any

from app.problems import Problem
from app.speech import sentence
from surveys.answers.asked import Asked, Found, is_given, too_long
from surveys.fields import DAY_PARTS
from surveys.points import is_on, point_text, read_point
from surveys.questionnaire import (
    Date,
    Email,
    Location,
    LongText,
    Number,
    Postcode,
    Question,
    ShortText,
)
from surveys.typed import (
    LARGEST_NUMBER,
    even_number,
    on_one_line,
    read_day,
    read_email,
    read_number,
    read_postcode,
    tidy,
)

LONGEST_PLACE = 200


def found_text(asked: Asked[Any], given: Any) -> Found:
    question = asked.question
    if not isinstance(given, str):
        return asked.wrong("Answer {q} with one text")
    long = isinstance(question, LongText)
    text = tidy(given) if long else on_one_line(given)
    most = question.max_length if isinstance(question, ShortText | LongText) else LONGEST_PLACE
    if len(text) > most:
        return Found(problems=(too_long(asked, text, most),))
    over = _words_over(question, text)
    return Found(problems=(_too_wordy(asked, over),)) if over else Found(text)


def _words_over(question: Question, text: str) -> int:
    most = question.max_words if isinstance(question, LongText) else None
    return max(0, len(text.split()) - most) if most is not None else 0


def _too_wordy(asked: Asked[LongText], over: int) -> Problem:
    return asked.counted(
        "Shorten your answer to {q} by {n} word. It can have up to {most}",
        "Shorten your answer to {q} by {n} words. It can have up to {most}",
        over,
        most=asked.question.max_words or 0,
    )


def found_place(asked: Asked[Location], given: Any) -> Found:
    """A postcode, a point (where there is a map, one on it), or a place in words."""
    if not isinstance(given, str):
        return found_text(asked, given)
    postcode, point = read_postcode(given), read_point(given)
    if point is None:
        return Found(postcode) if postcode else found_text(asked, given)
    if asked.question.map and not is_on(asked.question.map, *point):
        return asked.wrong(
            "The point you gave in answer to {q} is not on the map. Choose one that is, or say in "
            "words where it is"
        )
    return Found(point_text(*point))


def found_postcode(asked: Asked[Postcode], given: Any) -> Found:
    postcode = read_postcode(given) if isinstance(given, str) else None
    if postcode is None:
        return asked.wrong("Enter a full UK postcode, like ME14 1XQ, in answer to {q}")
    return Found(postcode)


def found_email(asked: Asked[Email], given: Any) -> Found:
    address = read_email(given) if isinstance(given, str) else None
    if address is None:
        return asked.wrong("Enter an email address, like name@example.org, in answer to {q}")
    return Found(address)


def found_number(asked: Asked[Number], given: Any) -> Found:
    number = read_number(given) if isinstance(given, str) else given
    if isinstance(number, bool) or not isinstance(number, int | float) or not _finite(number):
        if asked.question.whole:
            return asked.wrong("Answer {q} with a whole number, like 12")
        return asked.wrong("Answer {q} with a number, like 12 or 3.5")
    return _out_of_bounds(asked, number) or Found(even_number(number))


def _finite(number: int | float) -> bool:
    return isinstance(number, int) or math.isfinite(number)


def _out_of_bounds(asked: Asked[Number], number: int | float) -> Found | None:
    question = asked.question
    if question.whole and number != int(number):
        return asked.wrong("Answer {q} with a whole number, like 12")
    if question.min is not None and number < question.min:
        return asked.wrong("Answer {q} with {least} or more", least=even_number(question.min))
    if question.max is not None and number > question.max:
        return asked.wrong("Answer {q} with {most} or less", most=even_number(question.max))
    if abs(number) > LARGEST_NUMBER:
        return asked.wrong("Answer {q} with a smaller number")
    return None


def found_date(asked: Asked[Date], given: Any) -> Found:
    if isinstance(given, dict) and given.keys() <= set(DAY_PARTS):
        missing = tuple(part for part in DAY_PARTS if not is_given(given.get(part)))
        if missing:
            return asked.wrong(_ADD[missing])
    day = read_day(given) if isinstance(given, str) else None
    if day is None:
        return asked.wrong("Enter a real date, like 27 3 2024, in answer to {q}")
    return _out_of_range(asked, day) or Found(day.isoformat())


_ADD = {
    ("day",): sentence("Add the day to your answer to {q}"),
    ("month",): sentence("Add the month to your answer to {q}"),
    ("year",): sentence("Add the year to your answer to {q}"),
    ("day", "month"): sentence("Add the day and the month to your answer to {q}"),
    ("day", "year"): sentence("Add the day and the year to your answer to {q}"),
    ("month", "year"): sentence("Add the month and the year to your answer to {q}"),
}


def _out_of_range(asked: Asked[Date], day: date) -> Found | None:
    first, last = read_day(asked.question.min or ""), read_day(asked.question.max or "")
    if first and day < first:
        return asked.wrong("Enter a date on or after {day} in {q}", day=first)
    if last and day > last:
        return asked.wrong("Enter a date on or before {day} in {q}", day=last)
    return None
