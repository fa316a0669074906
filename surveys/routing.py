"""Which questions a person is asked, given what they have answered so far."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, TypeAlias

from msgspec import Struct

from app.speech import ENGLISH, Speech, sentence, speech
from surveys.choices import choices
from surveys.conditions.written import NEGATED, Joined, RowTest, plain
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
from surveys.typed import even_number, read_day

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


def pages_ahead(questionnaire: Questionnaire, answers: Answers, *, at: int) -> tuple[int, int]:
    """How many pages the route has at least and at most for somebody on page `at`, from 1, by
    what they answered on the pages before it: later answers may still change."""
    asked, before = questionnaire.by_key(), questionnaire.pages[: at - 1]
    settled = {question.key for page in before for question in page.questions}
    known = {key: answers.get(key) for key in shown(questionnaire, answers) & settled}
    passed = sum(1 for number in pages_shown(questionnaire, answers) if number < at)
    open_keys: dict[str, bool] = {}
    least = most = passed
    for page in questionnaire.pages[at - 1 :]:
        for question in page.questions:
            rest: Condition | bool = True
            if question.show_if is not None:
                rest = left_to_ask(question.show_if, known, asked=asked, undecided=open_keys)
            if rest is not False:
                open_keys[question.key] = rest is True
        certain = [open_keys[each.key] for each in page.questions if each.key in open_keys]
        least, most = least + any(certain), most + bool(certain)
    return least, most


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


def condition_words(
    condition: Condition,
    asked: Mapping[str, Question],
    language: str,
    *,
    speaks: str = ENGLISH,
) -> str:
    """The condition as what a person did: “you answered ‘Yes’ to ‘Do you run a group?’”. `asked`
    are the questionnaire's questions by key, quoted in `language`; the words around them are in
    the language that the page `speaks`."""
    telling = _Telling(asked, language, speech(speaks))
    return telling.words(_gathered(plain(condition)))


_SAID = {
    ("answered", False): sentence("you answered {question}"),
    ("answered", True): sentence("you did not answer {question}"),
    ("is", False): sentence("you answered {value} to {question}"),
    ("is", True): sentence("you did not answer {value} to {question}"),
    ("includes", False): sentence("you chose {value} in {question}"),
    ("includes", True): sentence("you did not choose {value} in {question}"),
    ("at_least", False): sentence("you answered {value} or more to {question}"),
    ("at_least", True): sentence("you did not answer {value} or more to {question}"),
    ("at_most", False): sentence("you answered {value} or less to {question}"),
    ("at_most", True): sentence("you did not answer {value} or less to {question}"),
}
_SAID_OF_DAYS = {
    ("at_least", False): sentence("you answered {value} or later to {question}"),
    ("at_least", True): sentence("you did not answer {value} or later to {question}"),
    ("at_most", False): sentence("you answered {value} or earlier to {question}"),
    ("at_most", True): sentence("you did not answer {value} or earlier to {question}"),
}
_SAID_OF_POINTS = {
    ("at_least", False): sentence("you answered {value} or more positive to {question}"),
    ("at_least", True): sentence("you did not answer {value} or more positive to {question}"),
    ("at_most", False): sentence("you answered {value} or less positive to {question}"),
    ("at_most", True): sentence("you did not answer {value} or less positive to {question}"),
}
_SAID_OF = {Date: _SAID_OF_DAYS, Likert: _SAID_OF_POINTS, Grid: _SAID_OF_POINTS}


class _Telling(Struct, frozen=True):
    """Whose questions a condition tests, and how the page speaks."""

    asked: Mapping[str, Question]
    language: str
    speech: Speech

    def words(self, part: "_Part", *, inside: bool = False) -> str:
        """Such that they can be read in one way only: a join within a join comes last, and says
        where it begins."""
        if not isinstance(part, _Join):
            return self._tests(part)
        simple = [self._tests(each) for each in part.parts if not isinstance(each, _Join)]
        joins = [self.words(each, inside=True) for each in part.parts if isinstance(each, _Join)]
        joint = _JOINTS[part.every, bool(joins), inside]
        said = reduce(
            lambda one, another: self.speech.say(joint, one=one, another=another), simple + joins
        )
        if inside and joins:
            return f"({said})"
        return said if part.every or not inside else self.speech.say("either {words}", words=said)

    def _tests(self, tests: Sequence[RowTest]) -> str:
        """Tests of one question, one of which is enough."""
        name = tests[0].test
        negated = name == "is_not" or name.startswith(NEGATED)
        name = "is" if name == "is_not" else name.removeprefix(NEGATED)
        key, _, row = tests[0].question.partition(".")
        question = self.asked[key]
        title = self.speech.quoted(_title(question, row, self.language))
        wanted = (value_words(question, each.value, self.language) for each in tests)
        value = self.speech.listed(map(self.speech.quoted, wanted), either=True)
        said = _SAID_OF.get(type(question), _SAID).get((name, negated)) or _SAID[name, negated]
        return self.speech.say(said, value=value, question=title)


_JOINTS = {
    (True, False, False): sentence("{one} and {another}"),
    (True, False, True): sentence("{one} and {another}"),
    (False, False, False): sentence("{one}, or {another}"),
    (False, False, True): sentence("{one} or {another}"),
    (True, True, False): sentence("{one}; and also {another}"),
    (True, True, True): sentence("{one}; and also {another}"),
    (False, True, False): sentence("{one}; or else {another}"),
    (False, True, True): sentence("{one}; or else {another}"),
}
"""By whether every part must hold, whether a part is itself a join, and whether the whole stands
inside another join."""

_Part: TypeAlias = "tuple[RowTest, ...] | _Join"
"""Tests of one question, one of which is enough; or parts joined."""


class _Join(Struct, frozen=True):
    every: bool
    parts: tuple[_Part, ...]


def _gathered(condition: Joined | RowTest) -> _Part:
    """The condition with “is one, or is another” of one question told as one part."""
    if isinstance(condition, RowTest):
        return (condition,)
    parts = [_gathered(each) for each in condition.parts]
    if condition.every:
        return _Join(True, tuple(parts))
    joins = [each for each in parts if isinstance(each, _Join)]
    alike: dict[object, tuple[RowTest, ...]] = {}
    for at, tests in enumerate(each for each in parts if not isinstance(each, _Join)):
        test = tests[0]
        place = (test.question, test.test) if test.test in _ALIKE else at
        alike[place] = tuple(dict.fromkeys((*alike.get(place, ()), *tests)))
    gathered: tuple[_Part, ...] = (*alike.values(), *joins)
    return gathered[0] if len(gathered) == 1 else _Join(False, gathered)


_ALIKE = frozenset({"is", "includes"})


def _title(question: Question, row: str, language: str) -> str:
    rows: tuple[Row, ...] = question.rows if isinstance(question, Grid) else ()
    of_row = [say(each.text, language) for each in rows if each.value == row]
    return ": ".join([say(question.text, language), *of_row])


def value_words(question: Question, value: Any, language: str) -> str:
    """What a person sees for a value: the option's text, a number or day in words, or itself."""
    speaks = speech(language)
    said = (say(choice.text, language) for choice in choices(question) if choice.value == value)
    day = read_day(value) if isinstance(question, Date) and isinstance(value, str) else None
    if isinstance(question, Number) and isinstance(value, int | float):
        return " ".join([speaks.number(even_number(value)), say(question.unit, language)]).strip()
    return speaks.date(day) if day else next(said, str(value))
