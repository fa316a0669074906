"""One answer held against its question: made even where it fits, problems in words where not."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Struct

from app.problems import Problem
from app.words import plural
from surveys.choices import choices, offers_other, shared_by_rows
from surveys.fields import DAY_PARTS
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
    say,
)
from surveys.typed import (
    LARGEST_NUMBER,
    day_words,
    even_number,
    figure,
    on_one_line,
    read_day,
    read_email,
    read_number,
    read_postcode,
    shortened,
    tidy,
)

LONGEST_OTHER = 500
LONGEST_PLACE = 200
MOST_UNKNOWN = 20

Q = TypeVar("Q", bound=Question)


def is_given(answer: Any) -> bool:
    """Whether anything was answered: blanks and empty lists are no answer."""
    if isinstance(answer, dict):
        return any(_is_filled(each) for each in answer.values())
    return _is_filled(answer)


def _is_filled(value: Any) -> bool:
    return bool(tidy(value)) if isinstance(value, str) else value not in (None, [], {})


class Found(Struct, frozen=True):
    """An answer made even (None: nothing fit to keep), its “other” text, and what is wrong."""

    answer: Any = None
    problems: tuple[Problem, ...] = ()
    other: str | None = None


class _Asked(Struct, Generic[Q], frozen=True):
    """A question while its answer is checked: how to name it, and what to say is wrong.
    `{q}` in words stands for the question's text."""

    question: Q
    language: str

    @property
    def name(self) -> str:
        return f"‘{shortened(say(self.question.text, self.language))}’"

    def wrong(self, words: str, part: str = "") -> Found:
        return Found(problems=(self.problem(words, part),))

    def problem(self, words: str, part: str = "") -> Problem:
        place = f"{self.question.key}.{part}" if part else self.question.key
        return Problem(place, words.replace("{q}", self.name))

    def called(self, value: str) -> str:
        said = (say(each.text, self.language) for each in choices(self.question))
        values = (each.value for each in choices(self.question))
        return f"‘{shortened(dict(zip(values, said, strict=True)).get(value, value), 60)}’"


def found(question: Question, given: Sequence[Any], language: str) -> Found:
    if isinstance(question, Statement):
        return Found()
    asked = _Asked(question, language)
    if offers_other(question):
        return _with_other(asked, given[0], given[1])
    return _answered(asked, given[0])


def _answered(asked: _Asked[Any], given: Any) -> Found:
    if isinstance(asked.question, Grid):
        return _grid(asked, given if is_given(given) else {})
    if not is_given(given):
        return asked.wrong(_missing(asked.question)) if asked.question.required else Found()
    return _CHECKS[type(asked.question)](asked, given)


def _missing(question: Question) -> str:
    if isinstance(question, Multiple):
        return "Choose at least one answer to {q}"
    if isinstance(question, Single | Dropdown | Likert):
        return "Choose an answer to {q}"
    return "Rank at least one answer in {q}" if isinstance(question, Ranking) else "Answer {q}"


def _with_other(asked: _Asked[Any], given: Any, other: Any) -> Found:
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


def _other_problems(asked: _Asked[Any], text: str, chosen: bool) -> Iterator[Problem]:
    if chosen and not text:
        yield asked.problem("You chose ‘Other’ in {q}. Write your own answer in the box", OTHER)
    if text and not chosen:
        yield asked.problem(
            "You wrote your own answer to {q} but chose another. Choose ‘Other’ or clear the box",
            OTHER,
        )
    if len(text) > LONGEST_OTHER:
        yield asked.problem(_too_long(text, LONGEST_OTHER), OTHER)


def _too_long(text: str, most: int) -> str:
    over = len(text) - most
    by = plural(over, "character")
    return f"Shorten your answer to {{q}} by {by}. It can have up to {most:,}"


def _text(asked: _Asked[Any], given: Any) -> Found:
    question = asked.question
    if not isinstance(given, str):
        return asked.wrong("Answer {q} with one text")
    long = isinstance(question, LongText)
    text = tidy(given) if long else on_one_line(given)
    most = question.max_length if isinstance(question, ShortText | LongText) else LONGEST_PLACE
    return asked.wrong(_too_long(text, most)) if len(text) > most else Found(text)


def _location(asked: _Asked[Location], given: Any) -> Found:
    postcode = read_postcode(given) if isinstance(given, str) else None
    return Found(postcode) if postcode else _text(asked, given)


def _postcode(asked: _Asked[Postcode], given: Any) -> Found:
    postcode = read_postcode(given) if isinstance(given, str) else None
    if postcode is None:
        return asked.wrong("Enter a full UK postcode, like ME14 1XQ, in answer to {q}")
    return Found(postcode)


def _email(asked: _Asked[Email], given: Any) -> Found:
    address = read_email(given) if isinstance(given, str) else None
    if address is None:
        return asked.wrong("Enter an email address, like name@example.org, in answer to {q}")
    return Found(address)


def _number(asked: _Asked[Number], given: Any) -> Found:
    number = read_number(given) if isinstance(given, str) else given
    if isinstance(number, bool) or not isinstance(number, int | float) or not _finite(number):
        example = "a whole number, like 12" if asked.question.whole else "a number, like 12 or 3.5"
        return asked.wrong(f"Answer {{q}} with {example}")
    words = _out_of_bounds(asked.question, number)
    return asked.wrong(words) if words else Found(even_number(number))


def _finite(number: int | float) -> bool:
    return isinstance(number, int) or math.isfinite(number)


def _out_of_bounds(question: Number, number: int | float) -> str:
    if question.whole and number != int(number):
        return "Answer {q} with a whole number, like 12"
    if question.min is not None and number < question.min:
        return f"Answer {{q}} with {figure(question.min)} or more"
    if question.max is not None and number > question.max:
        return f"Answer {{q}} with {figure(question.max)} or less"
    return "Answer {q} with a smaller number" if abs(number) > LARGEST_NUMBER else ""


def _date(asked: _Asked[Date], given: Any) -> Found:
    question = asked.question
    if isinstance(given, dict) and given.keys() <= set(DAY_PARTS):
        missing = [part for part in DAY_PARTS if not is_given(given.get(part))]
        if missing:
            return asked.wrong(f"Add the {' and the '.join(missing)} to your answer to {{q}}")
    day = read_day(given) if isinstance(given, str) else None
    if day is None:
        return asked.wrong("Enter a real date, like 27 3 2024, in answer to {q}")
    words = _out_of_range(question, day)
    return asked.wrong(words) if words else Found(day.isoformat())


def _out_of_range(question: Date, day: date) -> str:
    first, last = read_day(question.min or ""), read_day(question.max or "")
    if first and day < first:
        return f"Enter a date on or after {day_words(first)} in {{q}}"
    return f"Enter a date on or before {day_words(last)} in {{q}}" if last and day > last else ""


def _one_choice(asked: _Asked[Any], given: Any, part: str = "") -> Found:
    if isinstance(given, list):
        return asked.wrong("Choose one answer only to {q}", part)
    if not isinstance(given, str):
        return asked.wrong("Answer {q} with one of its options", part)
    return _among(asked, given.strip(), part)


def _among(asked: _Asked[Any], value: str, part: str = "") -> Found:
    if value in {choice.value for choice in choices(asked.question)}:
        return Found(value)
    named = shortened(value, 60)
    return asked.wrong(f"‘{named}’ is not one of the answers to {{q}}. Choose one that is", part)


def _many_choices(asked: _Asked[Multiple], given: Any) -> Found:
    question = asked.question
    if not _is_texts(given):
        return asked.wrong("Answer {q} with a list of its options")
    found = [_among(asked, value.strip()) for value in given if value.strip()]
    problems = tuple(problem for each in found for problem in each.problems)
    if problems:
        return Found(problems=problems[:1])
    chosen = {each.answer for each in found}
    words = _unfit_together(asked, chosen)
    order = [choice.value for choice in choices(question) if choice.value in chosen]
    return asked.wrong(words) if words else Found(order)


def _is_texts(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(value, str) for value in given)


def _unfit_together(asked: _Asked[Multiple], chosen: Collection[str]) -> str:
    question = asked.question
    alone = [each.value for each in question.options if each.exclusive and each.value in chosen]
    if alone and len(chosen) > 1:
        name = asked.called(alone[0])
        return f"Choose either {name} or other answers to {{q}}, not both"
    if question.max_choices is not None and len(chosen) > question.max_choices:
        return f"Choose up to {plural(question.max_choices, 'answer')} to {{q}}"
    if question.min_choices is not None and len(chosen) < question.min_choices and not alone:
        return f"Choose at least {plural(question.min_choices, 'answer')} to {{q}}"
    return ""


def _grid(asked: _Asked[Grid], given: Any) -> Found:
    if not isinstance(given, dict):
        return asked.wrong("Answer {q} with one answer for each of its rows")
    rows = shared_by_rows(asked.question)
    found = {row: _cell(asked, row, given.get(row)) for row in rows}
    strangers = [str(row) for row in given if row not in rows]
    problems = [problem for each in found.values() for problem in each.problems]
    problems += [
        asked.problem("{q} has no such row. Leave it out", shortened(row, 60))
        for row in strangers[:MOST_UNKNOWN]
    ]
    answer = {row: each.answer for row, each in found.items() if each.answer is not None}
    return Found(answer or None, tuple(problems))


def _cell(asked: _Asked[Grid], row: str, given: Any) -> Found:
    if is_given(given):
        return _one_choice(asked, given, row)
    if not asked.question.required:
        return Found()
    text = next(say(r.text, asked.language) for r in asked.question.rows if r.value == row)
    name = shortened(text, 60)
    return asked.wrong(f"Choose an answer for ‘{name}’ in {{q}}", row)


def _ranking(asked: _Asked[Ranking], given: Any) -> Found:
    if isinstance(given, dict):
        return Found(problems=tuple(_rank_problems(asked, given)))
    if not _is_texts(given):
        return asked.wrong("Answer {q} with a list of its options, best first")
    found = [_among(asked, value.strip()) for value in given]
    problems = tuple(problem for each in found for problem in each.problems)
    if problems:
        return Found(problems=problems[:1])
    order = [each.answer for each in found]
    if len(set(order)) < len(order):
        return asked.wrong("Rank each answer in {q} once only")
    return Found(order)


def _rank_problems(asked: _Asked[Ranking], ranks: Mapping[str, Any]) -> Iterator[Problem]:
    """Why ranks typed into a form make no order."""
    count = len(choices(asked.question))
    values = {choice.value for choice in choices(asked.question)}
    taken: dict[int, str] = {}
    for option, typed in ranks.items():
        rank = read_number(typed) if isinstance(typed, str) else None
        if option not in values:
            yield asked.problem("{q} has no such answer. Leave it out", shortened(str(option), 60))
        elif not isinstance(rank, int) or not 1 <= rank <= count:
            yield asked.problem(f"Rank answers in {{q}} with numbers from 1 to {count}", option)
        elif rank in taken:
            yield asked.problem(f"Give rank {rank} to one answer only in {{q}}", option)
        else:
            taken[rank] = option
    gap = next((rank for rank in range(1, len(taken) + 1) if rank not in taken), None)
    if len(taken) == len(ranks):
        words = f"Use every rank up to your last in {{q}}: rank {gap} is missing" if gap else ""
        yield asked.problem(words or "Answer {q} with a list of its options, best first")


_CHECKS: Mapping[type, Callable[[_Asked[Any], Any], Found]] = {
    ShortText: _text,
    LongText: _text,
    Number: _number,
    Date: _date,
    Email: _email,
    Postcode: _postcode,
    Single: _one_choice,
    Multiple: _many_choices,
    Dropdown: _one_choice,
    Likert: _one_choice,
    Ranking: _ranking,
    Location: _location,
}
