"""One answer held against its question: made even where it fits, problems in words where not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from app.problems import Problem
from surveys.answers.asked import Asked, Found, is_given, too_long
from surveys.answers.chosen import found_choice, found_choices, found_grid, found_ranking
from surveys.answers.sent import found_files
from surveys.answers.written import (
    found_date,
    found_email,
    found_number,
    found_place,
    found_postcode,
    found_text,
)
from surveys.choices import offers_other
from surveys.questionnaire import (
    OTHER,
    Date,
    Dropdown,
    Email,
    Grid,
    Likert,
    Location,
    LongText,
    Multiple,
    Number,
    Postcode,
    Question,
    Ranking,
    ShortText,
    Single,
    Statement,
    Upload,
)
from surveys.typed import on_one_line

LONGEST_OTHER = 500


def found(question: Question, given: Sequence[Any], language: str) -> Found:
    if isinstance(question, Statement):
        return Found()
    asked = Asked(question, language)
    if offers_other(question):
        return _with_other(asked, given[0], given[1])
    return _answered(asked, given[0])


def _answered(asked: Asked[Any], given: Any) -> Found:
    if isinstance(asked.question, Grid):
        return found_grid(asked, given if is_given(given) else {})
    if not is_given(given):
        return _missing(asked) if asked.question.required else Found()
    return _CHECKS[type(asked.question)](asked, given)


def _missing(asked: Asked[Any]) -> Found:
    if isinstance(asked.question, Multiple):
        return asked.wrong("Choose at least one answer to {q}")
    if isinstance(asked.question, Single | Dropdown | Likert):
        return asked.wrong("Choose an answer to {q}")
    if isinstance(asked.question, Ranking):
        return asked.wrong("Rank at least one answer in {q}")
    if isinstance(asked.question, Upload):
        return asked.wrong("Choose a file to answer {q}")
    return asked.wrong("Answer {q}")


def _with_other(asked: Asked[Any], given: Any, other: Any) -> Found:
    if not isinstance(other, str | None):
        return asked.wrong("Write your own answer to {q} as one text", OTHER)
    text = on_one_line(other or "")
    if text and not is_given(given):
        # Words in the box and nothing chosen can mean only one thing.
        given = [OTHER] if isinstance(asked.question, Multiple) else OTHER
    found = _answered(asked, given)
    if found.problems:
        return found
    chosen = found.answer if isinstance(found.answer, list) else [found.answer]
    problems = tuple(_other_problems(asked, text, OTHER in chosen))
    return Found(found.answer, problems, text if OTHER in chosen and not problems else None)


def _other_problems(asked: Asked[Any], text: str, chosen: bool) -> Iterator[Problem]:
    if chosen and not text:
        yield asked.problem("You chose ‘Other’ in {q}. Write your own answer in the box", OTHER)
    if text and not chosen:
        yield asked.problem(
            "You wrote your own answer to {q} but chose another. Choose ‘Other’ or clear the box",
            OTHER,
        )
    if len(text) > LONGEST_OTHER:
        yield too_long(asked, text, LONGEST_OTHER, at=OTHER)


_CHECKS: Mapping[type, Callable[[Asked[Any], Any], Found]] = {
    ShortText: found_text,
    LongText: found_text,
    Number: found_number,
    Date: found_date,
    Email: found_email,
    Postcode: found_postcode,
    Single: found_choice,
    Multiple: found_choices,
    Dropdown: found_choice,
    Likert: found_choice,
    Ranking: found_ranking,
    Location: found_place,
    Upload: found_files,
}
