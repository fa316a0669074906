"""The cells of a question: what can be answered, and how many answered it so."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.matrix import Block, Coding
from surveys.choices import choices, shared_by_rows
from surveys.equivalence import family
from surveys.questionnaire import (
    Grid,
    Likert,
    Multiple,
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
    asked tells how many answered those in one way. `parents` are all on whose answers that depends
    directly. Whoever gives one of the values in `exclusive` gives no other, and `limited` says that
    a multiple choice takes a least or a most number of them."""

    name: str
    key: str
    type: str
    values: tuple[str, ...]
    points: tuple[str, ...]
    rows: tuple[str, ...]
    special_category: bool
    follows: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    exclusive: frozenset[str] = frozenset()
    limited: bool = False

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
            self.parents | other.parents,
            self.exclusive | other.exclusive,
            self.limited or other.limited,
        )

    def is_alone(self) -> NDArray[np.bool_]:
        """For each value whether whoever gives it gives no other."""
        one = self.type != "multiple"
        return np.array([one or value in self.exclusive for value in self.values], np.bool_)


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
    several = question if isinstance(question, Multiple) else None
    return Form(
        name=(names or {}).get(question.key, question.key),
        key=question.key,
        type=type_name(question),
        values=tuple(option.value for option in choices(question)),
        points=tuple(point.value for point in points),
        rows=shared_by_rows(question),
        special_category=question.special_category or bool(follows),
        follows=follows,
        parents=frozenset((names or {}).get(key, key) for key in _named(question)),
        exclusive=frozenset(option.value for option in several.options if option.exclusive)
        if several
        else frozenset(),
        limited=bool(several and (several.min_choices or several.max_choices)),
    )


def forms(versions: Iterable[tuple[Questionnaire, Names]]) -> tuple[Form, ...]:
    """Every question that any version asks, newest version first; equivalent ones joined."""
    joined: dict[object, Form] = {}
    for questionnaire, names in each_once(versions):
        follows = _follows(questionnaire, names)
        for question in questionnaire.questions:
            if not isinstance(question, Statement):
                asked = form(question, names=names, follows=follows[question.key])
                newer = joined.get(asked.asks)
                joined[asked.asks] = newer.joined(asked) if newer else asked
    return tuple(joined.values())


def each_once(versions: Iterable[tuple[Questionnaire, Names]]) -> list[tuple[Questionnaire, Names]]:
    """Without those that several blocks share."""
    return list(
        {id(questionnaire): (questionnaire, names) for questionnaire, names in versions}.values()
    )


def _follows(questionnaire: Questionnaire, names: Names) -> dict[str, frozenset[str]]:
    """For each question's key the names of the special-category ones before it on which its route
    depends, be it through others."""
    found: dict[str, frozenset[str]] = {}
    special = {question.key for question in questionnaire.questions if question.special_category}
    for question in questionnaire.questions:
        named = _named(question)
        through = (found.get(key, frozenset()) for key in named)
        own = frozenset(names.get(key, key) for key in named & special)
        found[question.key] = own.union(*through)
    return found


def _named(question: Question) -> set[str]:
    """The keys of the questions that decide whether it is asked."""
    return {(test.question or "").partition(".")[0] for test in tests_of(question.show_if)}


def key_in(block: Block, asked: Form, row: str | None) -> str | None:
    """The question's key in the block's version; None where that does not ask it, or not so."""
    found, what = block.coding.found, (asked.asks, row)
    if what not in found:
        found[what] = _key_in(block.coding, asked, row)
    return found[what]


def _key_in(coding: Coding, asked: Form, row: str | None) -> str | None:
    key = coding.called(asked.name)
    question = coding.questionnaire.by_key().get(key or "")
    if question is None or isinstance(question, Statement):
        return None
    there = form(question, names=coding.names)
    same = there.asks == asked.asks and (row is None or row in there.rows)
    return question.key if same else None
