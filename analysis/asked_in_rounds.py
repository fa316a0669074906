"""One question over the rounds: what each asked, and how its words and options changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from analysis.counting import Form, Names, form
from analysis.wording import either
from surveys.choices import choices
from surveys.questionnaire import Grid, Question, Questionnaire, Statement, say
from surveys.wording_difference import Change, Piece, wording_difference


class AskedInRound(Struct, frozen=True):
    """`options` and `rows` are words by value."""

    number: int
    title: str
    options: Mapping[str, str]
    rows: Mapping[str, str]


class Reworded(Struct, frozen=True):
    """`what` says which words: the question's, an option's, a row's. `told` is the difference
    without the words around it."""

    what: str
    pieces: tuple[Piece, ...]
    told: str


class ChangeOfRound(Struct, frozen=True):
    """What the round `later` asked otherwise than `earlier`. `offered` are sentences about options
    and rows that only one of them had."""

    earlier: int
    later: int
    reworded: tuple[Reworded, ...]
    offered: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        return not (self.reworded or self.offered)


def asked_in_rounds(
    asked: Form, rounds: Iterable[tuple[int, Questionnaire, Names]]
) -> tuple[AskedInRound, ...]:
    """The rounds that asked the question, each with the questionnaire and the shared names of its
    version."""
    found = []
    for number, questionnaire, names in rounds:
        for question in questionnaire.questions:
            if not isinstance(question, Statement) and _is(asked, question, names):
                found.append(_asked(number, question, questionnaire.languages[0]))
    return tuple(found)


def _is(asked: Form, question: Question, names: Names) -> bool:
    same = names.get(question.key, question.key) == asked.name
    return same and form(question, names=names).asks == asked.asks


def _asked(number: int, question: Question, language: str) -> AskedInRound:
    rows = question.rows if isinstance(question, Grid) else ()
    return AskedInRound(
        number,
        say(question.text, language),
        {choice.value: say(choice.text, language) for choice in choices(question)},
        {row.value: say(row.text, language) for row in rows},
    )


def changes(found: Sequence[AskedInRound]) -> tuple[ChangeOfRound, ...]:
    """Each round beside the one before it that asked the question."""
    return tuple(
        ChangeOfRound(
            earlier.number,
            later.number,
            tuple(_reworded(earlier, later)),
            (*_offered("answer", earlier, later), *_offered("row", earlier, later)),
        )
        for earlier, later in pairwise(found)
    )


def _reworded(earlier: AskedInRound, later: AskedInRound) -> Iterator[Reworded]:
    if earlier.title != later.title:
        yield reworded("The question", earlier.title, later.title)
    for what, before, after in (
        ("answer", earlier.options, later.options),
        ("row", earlier.rows, later.rows),
    ):
        for value, words in before.items():
            if after.get(value, words) != words:
                yield reworded(f"The {what} “{words}”", words, after[value])


def reworded(what: str, before: str, after: str) -> Reworded:
    pieces = wording_difference(before, after)
    parts = [
        f"{words} {either(told)}"
        for change, words in ((Change.REMOVED, "without"), (Change.ADDED, "with"))
        if (told := [each.words.strip() for each in pieces if each.change is change])
    ]
    return Reworded(what, pieces, ", and ".join(parts).replace("” or “", "”, “"))


def _offered(what: str, earlier: AskedInRound, later: AskedInRound) -> Iterator[str]:
    before, after = ((each.options if what == "answer" else each.rows) for each in (earlier, later))
    for value in before:
        if value not in after:
            yield f"The {what} “{before[value]}” was only in round {earlier.number}"
    for value in after:
        if value not in before:
            yield f"The {what} “{after[value]}” is new in round {later.number}"
