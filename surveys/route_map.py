"""The way through a questionnaire as officers read it: what is asked when, and what leads where."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from surveys.choices import choices
from surveys.questionnaire import (
    Condition,
    Grid,
    Multiple,
    Question,
    Questionnaire,
    Ranking,
    Statement,
    say,
)
from surveys.reach import Standing, own_language, standings, tests_by_question
from surveys.representative import representative
from surveys.routing import condition_words, holds, left_to_ask, value_words
from surveys.typed import shortened

LONGEST_LABEL = 70
MOST_NAMED = 4


class Stop(Struct, frozen=True):
    """A question as others name it; a statement has number 0."""

    key: str
    number: int
    text: str


class Lead(Struct, frozen=True):
    """What an answer leads to: `asks` for certain, `may_ask` if other answers fit too."""

    answer: str
    asks: tuple[Stop, ...]
    may_ask: tuple[Stop, ...]


class RouteStop(Struct, frozen=True):
    """`condition` is in words, empty where there is none."""

    stop: Stop
    kind: str
    condition: str
    standing: Standing
    leads: tuple[Lead, ...]


class RoutePage(Struct, frozen=True):
    """`is_reached` is whether any of its questions may be; an empty page is passed over."""

    number: int
    key: str
    title: str
    stops: tuple[RouteStop, ...]
    is_reached: bool


class RouteMap(Struct, frozen=True):
    pages: tuple[RoutePage, ...]

    @property
    def stops(self) -> tuple[RouteStop, ...]:
        return tuple(each for page in self.pages for each in page.stops)

    def standing(self, *wanted: Standing) -> tuple[RouteStop, ...]:
        return tuple(each for each in self.stops if each.standing in wanted)


def route_map(questionnaire: Questionnaire) -> RouteMap:
    """Pages and questions in order. The questionnaire is sound."""
    drawing = _Drawing(questionnaire)
    pages = enumerate(questionnaire.pages, start=1)
    return RouteMap(
        tuple(
            RoutePage(
                number,
                page.key,
                say(page.title, drawing.language),
                stops := tuple(map(drawing.stop, page.questions)),
                any(each.standing is not Standing.NEVER for each in stops),
            )
            for number, page in pages
        )
    )


class _Drawing:
    """What every stop of one map is drawn from."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.language = own_language(questionnaire)
        self.asked = questionnaire.by_key()
        self.standings = standings(questionnaire)
        self.tests = tests_by_question(questionnaire.questions)
        self.stops = dict(self._stops(questionnaire))
        self.later = _dependants(questionnaire)

    def _stops(self, questionnaire: Questionnaire) -> Iterator[tuple[str, Stop]]:
        number = 0
        for question in questionnaire.questions:
            number += not isinstance(question, Statement)
            words = shortened(say(question.text, self.language), LONGEST_LABEL)
            shown = 0 if isinstance(question, Statement) else number
            yield question.key, Stop(question.key, shown, words)

    def stop(self, question: Question) -> RouteStop:
        condition = question.show_if
        return RouteStop(
            self.stops[question.key],
            str(question.__struct_config__.tag),
            condition_words(condition, self.asked, self.language) if condition else "",
            self.standings[question.key],
            tuple(self._leads(question)) if question.key in self.tests else (),
        )

    def _leads(self, question: Question) -> Iterator[Lead]:
        """A lead for each different way on, with all the answers that go that way."""
        ways: dict[tuple[tuple[Stop, ...], tuple[Stop, ...]], list[str]] = {}
        others = self.asked.keys() - {question.key}
        for answer, words in self._told_apart(question):
            ways.setdefault(self._way_on(question, answer, others), []).append(words)
        for (asks, may_ask), said in ways.items():
            yield Lead(_either(said), asks, may_ask)

    def _way_on(
        self, question: Question, answer: Any, others: Collection[str]
    ) -> tuple[tuple[Stop, ...], tuple[Stop, ...]]:
        known = {question.key: answer}
        asks: list[Stop] = []
        may_ask: list[Stop] = []
        for key in self.later[question.key]:
            condition = self.asked[key].show_if
            if condition is None or self.standings[key] is Standing.NEVER:
                continue
            rest = left_to_ask(condition, known, asked=self.asked, undecided=others)
            if rest is not False:
                (asks if rest is True else may_ask).append(self.stops[key])
        return tuple(asks), tuple(may_ask)

    def _told_apart(self, question: Question) -> Iterator[tuple[Any, str]]:
        """Answers with the words for them: each option, or what the tests can tell apart."""
        values = [choice.value for choice in choices(question)]
        if values and not isinstance(question, Grid):
            several = isinstance(question, Multiple | Ranking)
            for value in values:
                yield [value] if several else value, value_words(question, value, self.language)
        else:
            tests = self.tests[question.key]
            answers = representative(question, tests).values
            yield from ((a, self._met_words(question, tests, a)) for a in answers if a is not None)
        if not question.required:
            yield None, "No answer"

    def _met_words(self, question: Question, tests: Sequence[Condition], answer: Any) -> str:
        met = [test for test in tests if holds(test, {question.key: answer}, self.asked)]
        telling = [test for test in met if test.is_not is None and test.answered is None]
        said = [_test_words(test, self.asked, self.language) for test in telling]
        return " and ".join(said) or "Any other answer"


def _dependants(questionnaire: Questionnaire) -> Mapping[str, tuple[str, ...]]:
    """For each tested question, the questions whose conditions test it, in the order asked."""
    later: dict[str, list[str]] = {}
    for question in questionnaire.questions:
        for key in tests_by_question([question]):
            later.setdefault(key, []).append(question.key)
    return {key: tuple(keys) for key, keys in later.items()}


def _test_words(test: Condition, asked: Mapping[str, Question], language: str) -> str:
    name, wanted = test.test or ("answered", True)
    key, _, row = (test.question or "").partition(".")
    question = asked[key]
    said = f"‘{value_words(question, wanted, language)}’"
    more = {"at_least": f"{said} or more", "at_most": f"{said} or less"}.get(name, said)
    named = [
        say(each.text, language) for each in getattr(question, "rows", ()) if each.value == row
    ]
    return f"{named[0]}: {more}" if named else more


def _either(said: Sequence[str]) -> str:
    """The answers of one way, “Any other answer” alone where they are too many to name."""
    distinct = list(dict.fromkeys(said))
    if len(distinct) > MOST_NAMED:
        return f"{', '.join(distinct[:MOST_NAMED])} or {len(distinct) - MOST_NAMED} others"
    return " or ".join([", ".join(distinct[:-1]), distinct[-1]] if distinct[1:] else distinct)
