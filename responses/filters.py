"""Which responses a number stands for: the filters that open a figure to what is behind it."""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from responses.response import ANALYSED, CHANNEL_WORDS, STATUS_WORDS, Channel
from surveys.choices import choices
from surveys.coded import CodeTable, Column
from surveys.equivalence import Equivalences
from surveys.questionnaire import Grid, Question, Ranking, say
from surveys.routing import value_words

MISSING = "_missing"
NOT_ROUTED = "_not_routed"

_NOT_ROUTED_STATE, _MISSING_STATE, _ANSWERED_STATE = range(3)

Test = Callable[[bytes], bool]


class Filter(Struct, frozen=True):
    """None, or nothing in it, asks for nothing. `question` is a key, or `grid.row`; alone it asks
    for any answer. `kiosk` is the number of one. `also` and `where` are further answers, each a
    question's key and a value: all of `also` must have been given, and of `where` one for each
    question. `day` is when a response was received, by the calendar of the council."""

    rounds: tuple[int, ...] = ()
    channels: tuple[Channel, ...] = ()
    status: str | None = None
    question: str | None = None
    value: str | None = None
    kiosk: int | None = None
    also: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    day: date | None = None

    @property
    def is_on(self) -> bool:
        return self != Filter()

    @property
    def places(self) -> tuple[str, ...]:
        """The questions, or rows, whose answers it asks for."""
        own = () if self.question is None else (self.question,)
        return (*own, *(place for place, _ in self.also), *(place for place, _ in self.where))


def in_version(wanted: Filter, version_id: int, same: Equivalences) -> Filter:
    """The filter with its questions called what a version calls them."""

    def there(place: str) -> str:
        key, dot, row = place.partition(".")
        return same.keys_like(key).get(version_id, key) + dot + row

    return replace(
        wanted,
        question=wanted.question and there(wanted.question),
        also=tuple((there(place), value) for place, value in wanted.also),
        where=tuple((there(place), value) for place, value in wanted.where),
    )


def test_of(table: CodeTable, wanted: Filter) -> Test:
    """A test of one version's coded bytes. A version without a question holds no such answer."""
    asked: list[tuple[str, str | None]] = [*wanted.also]
    if wanted.question is not None:
        asked.append((wanted.question, wanted.value))
    tests = [_answer_test(table, place, value) for place, value in asked]
    tests += [_any_test(table, place, values) for place, values in _by_place(wanted.where).items()]
    return lambda coded: all(test(coded) for test in tests)


def _by_place(where: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for place, value in where:
        places.setdefault(place, []).append(value)
    return places


def _any_test(table: CodeTable, place: str, values: Iterable[str]) -> Test:
    tests = [_answer_test(table, place, value) for value in values]
    return lambda coded: any(test(coded) for test in tests)


def _answer_test(table: CodeTable, place: str, value: str | None) -> Test:
    key, _, row = place.partition(".")
    columns = [column for column in table.columns if column.question == key]
    state = next((column for column in columns if column.kind == "state"), None)
    answers = [column for column in columns if _holds_answers(column, row)]
    if state is None or (row and not answers):
        return lambda coded: False
    if value in (NOT_ROUTED, MISSING, None):
        return _state_test(state, answers if row else [], value)
    tests = [_value_test(column, value or "") for column in answers]
    return lambda coded: any(test(coded) for test in tests)


def _holds_answers(column: Column, row: str) -> bool:
    # A ranking has a column for each option, named in `row`, but is asked about as a whole.
    if column.kind == "rank":
        return not row
    return column.kind != "state" and (column.row or "") == row


def _state_test(state: Column, rows: list[Column], value: str | None) -> Test:
    def given(coded: bytes) -> bool:
        return coded[state.offset] == _ANSWERED_STATE and all(_number(row, coded) for row in rows)

    if value is None:
        return given
    if value == NOT_ROUTED:
        return lambda coded: coded[state.offset] == _NOT_ROUTED_STATE
    return lambda coded: coded[state.offset] != _NOT_ROUTED_STATE and not given(coded)


def _value_test(column: Column, value: str) -> Test:
    """A choice is that value; a bit is set; a ranking ranks it first."""
    if column.kind == "rank":
        return lambda coded: column.row == value and coded[column.offset] == 1
    if value not in column.values:
        return lambda coded: False
    place = column.values.index(value)
    if column.kind == "bits":
        return lambda coded: bool(_number(column, coded) >> place & 1)
    return lambda coded: _number(column, coded) == place + 1


def _number(column: Column, coded: bytes) -> int:
    return int.from_bytes(coded[column.offset : column.offset + column.width], "little")


def filter_words(wanted: Filter, questions: Iterable[Question]) -> tuple[str, ...]:
    """What is asked for, a phrase each: “in round 2”, “who answered ‘Yes’ to ‘Do you agree?’”."""
    phrases = []
    if wanted.rounds:
        phrases.append(f"in round {_or(map(str, wanted.rounds))}")
    if wanted.channels:
        phrases.append(
            f"received by {_or(CHANNEL_WORDS[each].lower() for each in wanted.channels)}"
        )
    if wanted.day is not None:
        phrases.append(f"received on {wanted.day.day} {wanted.day:%B %Y}")
    if wanted.status is not None:
        phrases.append(_status_words(wanted.status))
    questions = tuple(questions)
    if wanted.question is not None:
        phrases.append(_question_words(wanted.question, wanted.value, questions))
    phrases += [_question_words(place, value, questions) for place, value in wanted.also]
    phrases += [
        _or(_question_words(place, value, questions) for value in values)
        for place, values in _by_place(wanted.where).items()
    ]
    return tuple(phrases)


def _or(phrases: Iterable[str]) -> str:
    return " or ".join(phrases)


def _status_words(status: str) -> str:
    if status == ANALYSED:
        return "that are in the figures"
    return f"left out of the figures as “{STATUS_WORDS.get(status, status)}”"


def _question_words(place: str, value: str | None, questions: Iterable[Question]) -> str:
    key, _, row = place.partition(".")
    question = next((each for each in questions if each.key == key), None)
    if question is None:
        return f"with an answer to the question “{place}”, which was never asked"
    title = f"“{_title(question, row)}”"
    if value is None:
        return f"with an answer to {title}"
    if value == MISSING:
        return f"who were asked {title} and did not answer"
    if value == NOT_ROUTED:
        return f"who were not asked {title}"
    said = value_words(question, value, "en")
    if isinstance(question, Ranking):
        return f"who ranked “{said}” first in {title}"
    return f"who answered “{said}” to {title}"


def _title(question: Question, row: str) -> str:
    rows = question.rows if isinstance(question, Grid) else ()
    of_row = (say(each.text, "en") for each in rows if each.value == row)
    return ": ".join([say(question.text, "en"), *of_row])


def values_to_choose(question: Question) -> tuple[tuple[str, str], ...]:
    """Every value of a question with its words, for a list to choose from."""
    said = tuple((choice.value, say(choice.text, "en")) for choice in choices(question))
    return (*said, (MISSING, "No answer"), (NOT_ROUTED, "Was not asked"))
