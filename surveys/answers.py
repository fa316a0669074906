"""One answer held against its question: made even where it fits, problems in words where not."""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Struct

from app.problems import Problem
from app.speech import Part, Speech, sentence, speech
from surveys.choices import choices, most_ranks, offers_other, shared_by_rows
from surveys.fields import DAY_PARTS
from surveys.points import is_on, point_text, read_point
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
    say,
)
from surveys.typed import (
    LARGEST_NUMBER,
    even_number,
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
_TOKEN = re.compile("[0-9a-f]{32}")

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
    `{q}` in a sentence stands for the question's text."""

    question: Q
    language: str

    @property
    def speech(self) -> Speech:
        return speech(self.language)

    @property
    def name(self) -> str:
        return self.quoted(say(self.question.text, self.language), 70)

    def quoted(self, words: str, length: int = 60) -> str:
        return self.speech.quoted(shortened(words, length))

    def wrong(self, sentence: str, at: str = "", **parts: Part) -> Found:
        return Found(problems=(self.problem(sentence, at, **parts),))

    def problem(self, sentence: str, at: str = "", **parts: Part) -> Problem:
        """What is wrong with the answer, or with the field of it that `at` names."""
        return Problem(self._place(at), self.speech.say(sentence, q=self.name, **parts))

    def counted(self, one: str, many: str, count: int, *, at: str = "", **parts: Part) -> Problem:
        words = self.speech.plural(one, many, count, q=self.name, **parts)
        return Problem(self._place(at), words)

    def called(self, value: str) -> str:
        said = (say(each.text, self.language) for each in choices(self.question))
        values = (each.value for each in choices(self.question))
        return self.quoted(dict(zip(values, said, strict=True)).get(value, value))

    def _place(self, at: str) -> str:
        return f"{self.question.key}.{at}" if at else self.question.key


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
        return _missing(asked) if asked.question.required else Found()
    return _CHECKS[type(asked.question)](asked, given)


def _missing(asked: _Asked[Any]) -> Found:
    if isinstance(asked.question, Multiple):
        return asked.wrong("Choose at least one answer to {q}")
    if isinstance(asked.question, Single | Dropdown | Likert):
        return asked.wrong("Choose an answer to {q}")
    if isinstance(asked.question, Ranking):
        return asked.wrong("Rank at least one answer in {q}")
    if isinstance(asked.question, Upload):
        return asked.wrong("Choose a file to answer {q}")
    return asked.wrong("Answer {q}")


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
        yield _too_long(asked, text, LONGEST_OTHER, at=OTHER)


def _too_long(asked: _Asked[Any], text: str, most: int, *, at: str = "") -> Problem:
    return asked.counted(
        "Shorten your answer to {q} by {n} character. It can have up to {most}",
        "Shorten your answer to {q} by {n} characters. It can have up to {most}",
        len(text) - most,
        at=at,
        most=most,
    )


def _text(asked: _Asked[Any], given: Any) -> Found:
    question = asked.question
    if not isinstance(given, str):
        return asked.wrong("Answer {q} with one text")
    long = isinstance(question, LongText)
    text = tidy(given) if long else on_one_line(given)
    most = question.max_length if isinstance(question, ShortText | LongText) else LONGEST_PLACE
    if len(text) > most:
        return Found(problems=(_too_long(asked, text, most),))
    over = _words_over(question, text)
    return Found(problems=(_too_wordy(asked, over),)) if over else Found(text)


def _words_over(question: Question, text: str) -> int:
    most = question.max_words if isinstance(question, LongText) else None
    return max(0, len(text.split()) - most) if most is not None else 0


def _too_wordy(asked: _Asked[LongText], over: int) -> Problem:
    return asked.counted(
        "Shorten your answer to {q} by {n} word. It can have up to {most}",
        "Shorten your answer to {q} by {n} words. It can have up to {most}",
        over,
        most=asked.question.max_words or 0,
    )


def _location(asked: _Asked[Location], given: Any) -> Found:
    """A postcode, a point (where there is a map, one on it), or a place in words."""
    if not isinstance(given, str):
        return _text(asked, given)
    postcode, point = read_postcode(given), read_point(given)
    if point is None:
        return Found(postcode) if postcode else _text(asked, given)
    if asked.question.map and not is_on(asked.question.map, *point):
        return asked.wrong(
            "The point you gave in answer to {q} is not on the map. Choose one that is, or say in "
            "words where it is"
        )
    return Found(point_text(*point))


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
        if asked.question.whole:
            return asked.wrong("Answer {q} with a whole number, like 12")
        return asked.wrong("Answer {q} with a number, like 12 or 3.5")
    return _out_of_bounds(asked, number) or Found(even_number(number))


def _finite(number: int | float) -> bool:
    return isinstance(number, int) or math.isfinite(number)


def _out_of_bounds(asked: _Asked[Number], number: int | float) -> Found | None:
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


def _date(asked: _Asked[Date], given: Any) -> Found:
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


def _out_of_range(asked: _Asked[Date], day: date) -> Found | None:
    first, last = read_day(asked.question.min or ""), read_day(asked.question.max or "")
    if first and day < first:
        return asked.wrong("Enter a date on or after {day} in {q}", day=first)
    if last and day > last:
        return asked.wrong("Enter a date on or before {day} in {q}", day=last)
    return None


def _one_choice(asked: _Asked[Any], given: Any, part: str = "") -> Found:
    if isinstance(given, list):
        return asked.wrong("Choose one answer only to {q}", part)
    if not isinstance(given, str):
        return asked.wrong("Answer {q} with one of its options", part)
    return _among(asked, given.strip(), part)


def _among(asked: _Asked[Any], value: str, part: str = "") -> Found:
    if value in {choice.value for choice in choices(asked.question)}:
        return Found(value)
    named = asked.quoted(value)
    return asked.wrong(
        "{named} is not one of the answers to {q}. Choose one that is", part, named=named
    )


def _many_choices(asked: _Asked[Multiple], given: Any) -> Found:
    question = asked.question
    if not _is_texts(given):
        return asked.wrong("Answer {q} with a list of its options")
    found = [_among(asked, value.strip()) for value in given if value.strip()]
    problems = tuple(problem for each in found for problem in each.problems)
    if problems:
        return Found(problems=problems[:1])
    chosen = {each.answer for each in found}
    unfit = _unfit_together(asked, chosen)
    order = [choice.value for choice in choices(question) if choice.value in chosen]
    return Found(problems=(unfit,)) if unfit else Found(order)


def _is_texts(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(value, str) for value in given)


def _unfit_together(asked: _Asked[Multiple], chosen: Collection[str]) -> Problem | None:
    question = asked.question
    alone = [each.value for each in question.options if each.exclusive and each.value in chosen]
    if alone and len(chosen) > 1:
        return asked.problem(
            "Choose either {alone} or other answers to {q}, not both", alone=asked.called(alone[0])
        )
    most, least = question.max_choices, question.min_choices
    if most is not None and len(chosen) > most:
        return asked.counted(
            "Choose up to {n} answer to {q}", "Choose up to {n} answers to {q}", most
        )
    if least is not None and len(chosen) < least and not alone:
        return asked.counted(
            "Choose at least {n} answer to {q}", "Choose at least {n} answers to {q}", least
        )
    return None


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
    return asked.wrong("Choose an answer for {row} in {q}", row, row=asked.quoted(text))


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
    if len(order) > most_ranks(asked.question):
        return Found(problems=(_too_many_ranks(asked),))
    return Found(order)


def _too_many_ranks(asked: _Asked[Ranking]) -> Problem:
    return asked.counted(
        "Rank up to {n} answer in {q}",
        "Rank up to {n} answers in {q}",
        most_ranks(asked.question),
    )


def _rank_problems(asked: _Asked[Ranking], ranks: Mapping[str, Any]) -> Iterator[Problem]:
    """Why ranks typed into a form make no order."""
    count = most_ranks(asked.question)
    values = {choice.value for choice in choices(asked.question)}
    if len(ranks) > count and ranks.keys() <= values:
        yield _too_many_ranks(asked)
        return
    taken: dict[int, str] = {}
    for option, typed in ranks.items():
        rank = read_number(typed) if isinstance(typed, str) else None
        if option not in values:
            yield asked.problem("{q} has no such answer. Leave it out", shortened(str(option), 60))
        elif not isinstance(rank, int) or not 1 <= rank <= count:
            yield asked.problem(
                "Rank answers in {q} with numbers from 1 to {most}", option, most=count
            )
        elif rank in taken:
            yield asked.problem("Give rank {rank} to one answer only in {q}", option, rank=rank)
        else:
            taken[rank] = option
    gap = next((rank for rank in range(1, len(taken) + 1) if rank not in taken), None)
    if len(taken) == len(ranks) and gap:
        yield asked.problem("Use every rank up to your last in {q}: rank {gap} is missing", gap=gap)
    elif len(taken) == len(ranks):
        yield asked.problem("Answer {q} with a list of its options, best first")


def _upload(asked: _Asked[Upload], given: Any) -> Found:
    """The tokens of files that are kept already: what is in a file was looked at as it came."""
    if not _is_texts(given) or not all(_TOKEN.fullmatch(token) for token in given):
        return asked.wrong("Choose a file to answer {q}")
    tokens = list(dict.fromkeys(given))
    if len(tokens) > asked.question.max_files:
        return Found(problems=(too_many_files(asked.question, asked.language),))
    return Found(tokens)


def too_many_files(question: Upload, language: str) -> Problem:
    return _Asked(question, language).counted(
        "You can send {n} file in answer to {q}. Choose one",
        "You can send up to {n} files in answer to {q}. Remove one before you add another",
        question.max_files,
    )


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
    Upload: _upload,
}
