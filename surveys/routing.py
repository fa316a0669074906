"""Which questions a person is asked, given what they have answered so far."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from surveys.choices import choices
from surveys.questionnaire import (
    Condition,
    Date,
    Grid,
    Likert,
    Number,
    Question,
    Questionnaire,
    Row,
    say,
)
from surveys.scales import scale_points
from surveys.typed import day_words, figure, read_day

Answers = Mapping[str, Any]


def shown(questionnaire: Questionnaire, answers: Answers) -> frozenset[str]:
    """The keys of the questions that the route shows; a hidden question counts as unanswered."""
    known: dict[str, Any] = {}
    keys: set[str] = set()
    asked = questionnaire.by_key()
    for question in questionnaire.questions:
        if question.show_if is None or holds(question.show_if, known, asked):
            keys.add(question.key)
            known[question.key] = answers.get(question.key)
    return frozenset(keys)


def pages_shown(questionnaire: Questionnaire, answers: Answers) -> tuple[int, ...]:
    """The numbers, from 1, of the pages with anything to show: the rest are passed over."""
    keys = shown(questionnaire, answers)
    return tuple(
        number
        for number, page in enumerate(questionnaire.pages, start=1)
        if any(question.key in keys for question in page.questions)
    )


def holds(condition: Condition, answers: Answers, asked: Mapping[str, Question]) -> bool:
    """Whether the answers meet the condition. `is_not` is the exact opposite of `is`, so it is
    met by no answer at all; every other test of a value needs an answer."""
    if condition.all is not None:
        return all(holds(part, answers, asked) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, answers, asked) for part in condition.any)
    if condition.not_ is not None:
        return not holds(condition.not_, answers, asked)
    key, _, row = (condition.question or "").partition(".")
    question = asked.get(key)
    return question is not None and _passes(condition, question, _answer(answers, key, row))


def _answer(answers: Answers, key: str, row: str) -> Any:
    answer = answers.get(key)
    if row:
        answer = answer.get(row) if isinstance(answer, dict) else None
    return None if answer in ("", [], {}) else answer


def _passes(condition: Condition, question: Question, answer: Any) -> bool:
    name, wanted = condition.test or ("answered", True)
    if name == "answered":
        return (answer is not None) is wanted
    if name == "is_not":
        return bool(answer != wanted)
    if name == "includes":
        return wanted in answer if isinstance(answer, list | tuple) else bool(answer == wanted)
    if name == "is":
        return bool(answer == wanted)
    place, mark = _place(question, answer), _place(question, wanted)
    if place is None or mark is None:
        return False
    return place >= mark if name == "at_least" else place <= mark


def _place(question: Question, value: Any) -> float | None:
    """Where a value stands among others: a number, a day, or a point of a scale (more positive
    is more). None for what cannot be compared, like “don’t know”."""
    if isinstance(question, Likert | Grid):
        points = [point.value for point in scale_points(question)]
        return -points.index(value) if value in points else None
    if isinstance(question, Date):
        return _day(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _day(value: Any) -> float | None:
    digits = value.replace("-", "") if isinstance(value, str) else ""
    return int(digits) if len(digits) == 8 and digits.isascii() and digits.isdigit() else None


def left_to_ask(
    condition: Condition,
    answers: Answers,
    *,
    asked: Mapping[str, Question],
    undecided: Collection[str],
) -> Condition | bool:
    """The condition with everything settled that `answers` settle: True or False when nothing is
    left, else what still depends on the `undecided` questions (those on the page being shown)."""
    if condition.not_ is not None:
        rest = left_to_ask(condition.not_, answers, asked=asked, undecided=undecided)
        return not rest if isinstance(rest, bool) else Condition(not_=rest)
    parts = condition.all if condition.all is not None else condition.any
    if parts is None:
        key = (condition.question or "").partition(".")[0]
        return condition if key in undecided else holds(condition, answers, asked)
    rests = [left_to_ask(part, answers, asked=asked, undecided=undecided) for part in parts]
    return _joined(rests, every=condition.all is not None)


def _joined(rests: Iterable[Condition | bool], *, every: bool) -> Condition | bool:
    rests = list(rests)
    if (not every) in rests:
        return not every
    open_parts = tuple(rest for rest in rests if isinstance(rest, Condition))
    if not open_parts:
        return every
    if len(open_parts) == 1:
        return open_parts[0]
    return Condition(all=open_parts) if every else Condition(any=open_parts)


def may_show(
    questionnaire: Questionnaire, questions: Collection[Question], answers: Answers
) -> dict[str, Condition | None]:
    """The questions of one page that may still be shown, by key, each with what is left of its
    condition: None when it shows for certain, else a condition on other questions of the page."""
    asked = questionnaire.by_key()
    here = {question.key for question in questions}
    elsewhere = shown(questionnaire, answers) - here
    known = {key: answers.get(key) for key in elsewhere}
    open_keys: dict[str, Condition | None] = {}
    for question in questions:
        rest: Condition | bool = True
        if question.show_if is not None:
            rest = left_to_ask(question.show_if, known, asked=asked, undecided=open_keys)
        if rest is not False:
            open_keys[question.key] = None if rest is True else rest
    return open_keys


def condition_words(condition: Condition, asked: Mapping[str, Question], language: str) -> str:
    """The condition as what a person did: “you answered ‘Yes’ to ‘Do you run a group?’”. `asked`
    are the questionnaire's questions by key."""
    return _words(condition, asked, language, negated=False)


def _words(
    condition: Condition, asked: Mapping[str, Question], language: str, *, negated: bool
) -> str:
    if condition.not_ is not None:
        return _words(condition.not_, asked, language, negated=not negated)
    parts = condition.all if condition.all is not None else condition.any
    if parts is None:
        return _test_words(condition, asked, language, negated=negated)
    # “not (a and b)” is said as “not a, or not b”, which reads plainly.
    together = (condition.all is not None) is not negated
    said = [_words(part, asked, language, negated=negated) for part in parts]
    return (" and " if together else ", or ").join(said)


_SAID = {
    ("is", False): "you answered {value} to {question}",
    ("is", True): "you did not answer {value} to {question}",
    ("is_not", False): "you did not answer {value} to {question}",
    ("is_not", True): "you answered {value} to {question}",
    ("includes", False): "you chose {value} in {question}",
    ("includes", True): "you did not choose {value} in {question}",
    ("at_least", False): "you answered {value} or {more} to {question}",
    ("at_least", True): "you did not answer {value} or {more} to {question}",
    ("at_most", False): "you answered {value} or {less} to {question}",
    ("at_most", True): "you did not answer {value} or {less} to {question}",
}
_POINTS = ("more positive", "less positive")
_DIRECTIONS = {Date: ("later", "earlier"), Likert: _POINTS, Grid: _POINTS}


def _test_words(
    condition: Condition, asked: Mapping[str, Question], language: str, *, negated: bool
) -> str:
    name, wanted = condition.test or ("answered", True)
    key, _, row = (condition.question or "").partition(".")
    question = asked[key]
    title = f"‘{_title(question, row, language)}’"
    if name == "answered":
        return f"you {'answered' if wanted is not negated else 'did not answer'} {title}"
    more, less = _DIRECTIONS.get(type(question), ("more", "less"))
    value = f"‘{value_words(question, wanted, language)}’"
    return _SAID[name, negated].format(value=value, question=title, more=more, less=less)


def _title(question: Question, row: str, language: str) -> str:
    rows: tuple[Row, ...] = question.rows if isinstance(question, Grid) else ()
    of_row = [say(each.text, language) for each in rows if each.value == row]
    return ": ".join([say(question.text, language), *of_row])


def value_words(question: Question, value: Any, language: str) -> str:
    """What a person sees for a value: the option's text, a number or day in words, or itself."""
    said = (say(choice.text, language) for choice in choices(question) if choice.value == value)
    day = read_day(value) if isinstance(question, Date) and isinstance(value, str) else None
    if isinstance(question, Number) and isinstance(value, int | float):
        return " ".join([figure(value), say(question.unit, language)]).strip()
    return day_words(day) if day else next(said, str(value))
