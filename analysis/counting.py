"""The cells of a question: what can be answered, and how many answered it so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from analysis.matrix import Block
from surveys.choices import choices, shared_by_rows
from surveys.equivalence import family
from surveys.questionnaire import (
    Grid,
    Likert,
    Question,
    Questionnaire,
    Statement,
    type_name,
)
from surveys.scales import scale_points
from surveys.soundness import tests_of

Names: TypeAlias = Mapping[str, str]
"""By key, the names that equivalent questions share; a question without one goes by its key."""


class Form(Struct, frozen=True):
    """What can be answered to a question. `name` is what equivalent questions of other versions
    go by too. `points` are the values that are scored, most positive
    first, and empty unless it has a scale. `rows` are a grid's. `follows` are the special-category
    questions whose answers decide whether it is asked: it is one itself then, since how many were
    asked tells how many answered those in one way."""

    name: str
    key: str
    type: str
    values: tuple[str, ...]
    points: tuple[str, ...]
    rows: tuple[str, ...]
    special_category: bool
    follows: frozenset[str] = frozenset()

    @property
    def asks(self) -> tuple[str, str, tuple[str, ...]]:
        """Forms that agree in this ask the same, so that their answers may be added up."""
        return self.name, family(self.type), self.points

    def joined(self, other: "Form") -> "Form":
        """This form, which is the newer, with what only the other one offered."""
        return Form(
            self.name,
            self.key,
            self.type,
            tuple(dict.fromkeys(self.values + other.values)),
            self.points,
            tuple(dict.fromkeys(self.rows + other.rows)),
            self.special_category or other.special_category,
            self.follows | other.follows,
        )


class Cells(Struct, frozen=True):
    """`options` are people for each of the form's values, in its order; None is a number that is
    not shown."""

    answered: int | None
    missing: int | None
    not_routed: int | None
    options: tuple[int | None, ...]


def form(
    question: Question, *, names: Names | None = None, follows: frozenset[str] = frozenset()
) -> Form:
    points = scale_points(question) if isinstance(question, Likert | Grid) else ()
    return Form(
        name=(names or {}).get(question.key, question.key),
        key=question.key,
        type=type_name(question),
        values=tuple(option.value for option in choices(question)),
        points=tuple(point.value for point in points),
        rows=shared_by_rows(question),
        special_category=question.special_category or bool(follows),
        follows=follows,
    )


def forms(versions: Iterable[tuple[Questionnaire, Names]]) -> tuple[Form, ...]:
    """Every question that any version asks, newest version first; equivalent ones joined."""
    joined: dict[object, Form] = {}
    for questionnaire, names in versions:
        follows = _follows(questionnaire, names)
        for question in questionnaire.questions:
            if not isinstance(question, Statement):
                asked = form(question, names=names, follows=follows[question.key])
                newer = joined.get(asked.asks)
                joined[asked.asks] = newer.joined(asked) if newer else asked
    return tuple(joined.values())


def _follows(questionnaire: Questionnaire, names: Names) -> dict[str, frozenset[str]]:
    """For each question's key the names of the special-category ones before it on which its route
    depends, be it through others."""
    found: dict[str, frozenset[str]] = {}
    special = {question.key for question in questionnaire.questions if question.special_category}
    for question in questionnaire.questions:
        named = {(test.question or "").partition(".")[0] for test in tests_of(question.show_if)}
        through = (found.get(key, frozenset()) for key in named)
        own = frozenset(names.get(key, key) for key in named & special)
        found[question.key] = own.union(*through)
    return found


def count(asked: Form, blocks: Sequence[Block], row: str | None = None) -> Cells:
    """The cells of a question, or of one row of a grid, over all the blocks.

    Responses to a version that did not ask it, or asked it otherwise, count as not routed.
    """
    not_routed = missing = answered = 0
    people = dict.fromkeys(asked.values, 0)
    for block in blocks:
        key = _key_in(block, asked, row)
        if key is None:
            not_routed += block.rounds.size
            continue
        states = block.states(key)
        values = block.values(key, row) if asked.values and not (asked.rows and not row) else {}
        for value, n in values.items():
            people[value] += n
        here = sum(values.values()) if row else states[2]
        not_routed += states[0]
        missing += states[1] + states[2] - here
        answered += here
    options = tuple(people.values()) if row or not asked.rows else ()
    return Cells(answered, missing, not_routed, options)


def _key_in(block: Block, asked: Form, row: str | None) -> str | None:
    """What the question is called in the block's version; None where it does not ask it."""
    key = block.coding.called(asked.name)
    question = block.coding.questionnaire.by_key().get(key or "")
    if question is None or isinstance(question, Statement):
        return None
    there = form(question, names=block.coding.names)
    same = there.asks == asked.asks and (row is None or row in there.rows)
    return question.key if same else None
