"""An attacker: adds up all that was published, and works out what was not.

The unknowns are how many people of each round gave each possible set of answers. Whatever is
published is a sum of them, and the route is known, so a linear program finds the least and the most
that a hidden number can be.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
from msgspec import UNSET, Struct
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from analysis.tally import GroupTally, OptionTally, QuestionTally, RowTally, Tally
from surveys.questionnaire import Grid, Multiple, Question, Questionnaire
from surveys.routing import shown

SPECIAL = 10
Sum = NDArray[np.int64]
"""Which of the unknowns a number is the sum of."""


class Kind(Struct, frozen=True):
    """One possible set of answers in one round; `routed` are the questions that it is asked."""

    round_number: int
    answers: Mapping[str, Any]
    routed: frozenset[str]


class View(Struct, frozen=True):
    """One tally that anybody may see."""

    round_number: int | None = None
    compare: bool = False
    by: str | None = None


class Told(Struct, frozen=True):
    """One place where a number stands or could stand. `n` None is hidden. `exempt` is a plain
    count of a round, which shows however small; `by` says that it is of a group; `least` is what
    anybody knows a hidden number to be at least; under `threshold` it may not be worked out."""

    where: str
    sum: Sum
    n: int | None
    exempt: bool = False
    by: bool = False
    least: int = 0
    threshold: int = 0


def kinds(asked: Questionnaire, rounds: Sequence[int]) -> tuple[Kind, ...]:
    """Every set of answers that the route allows."""
    ways = [_answers(question) for question in asked.questions]
    found: dict[str, Kind] = {}
    for given, number in product(product(*ways), rounds):
        answers = {
            question.key: answer
            for question, answer in zip(asked.questions, given, strict=True)
            if answer
        }
        routed = shown(asked, answers)
        kept = {key: answer for key, answer in answers.items() if key in routed}
        found[repr((number, sorted(kept.items())))] = Kind(number, kept, routed)
    return tuple(found.values())


def _answers(question: Question) -> list[Any]:
    if isinstance(question, Grid):
        values = (None, *_values(question))
        rows = [row.value for row in question.rows]
        return [
            {row: value for row, value in zip(rows, chosen, strict=True) if value}
            for chosen in product(values, repeat=len(rows))
        ]
    if isinstance(question, Multiple):
        alone = [option.value for option in question.options if option.exclusive]
        mixed = [option.value for option in question.options if not option.exclusive]
        sets = (combinations(mixed, size) for size in range(len(mixed) + 1))
        return [*(list(chosen) for each in sets for chosen in each), *([one] for one in alone)]
    return [None, *_values(question)]


def _values(question: Any) -> list[str]:
    options = getattr(question, "options", None) or question.scale
    return [option.value for option in options]


class Attacker:
    """Knows the questionnaire, the rounds, and every tally that it was shown."""

    def __init__(self, asked: Questionnaire, people: Sequence[Kind], threshold: int) -> None:
        self.asked = asked
        self.threshold = threshold
        self.rounds = sorted({each.round_number for each in people})
        self.kinds = kinds(asked, self.rounds)
        at = {_name(kind): place for place, kind in enumerate(self.kinds)}
        self.truth = np.zeros(len(self.kinds), np.int64)
        for each in people:
            self.truth[at[_name(each)]] += 1
        self.sensitive = _sensitive(asked)

    def read(self, view: View, made: Tally) -> Iterator[Told]:
        """Every number that the tally shows or hides."""
        yield self._told("base", self._who(view.round_number), made.base, exempt=True)
        for question in made.questions:
            yield from self._question(view, question, view.round_number)
            for part in () if question.rounds is UNSET else question.rounds:
                yield from self._question(view, part, part.round or None)

    def worked_out(self, told: Iterable[Told]) -> list[str]:
        """The small numbers that are hidden, and follow from all that was told: not those that
        follow already from plain counts that show however small they are, nor those of a group that
        follow from any plain figures, since where everybody agreed each group did."""
        everything = list(told)
        for each in everything:
            assert each.n is None or each.n == self.truth @ each.sum, each.where
        targets = {
            (each.by, each.sum.tobytes()): each for each in everything if self._is_secret(each)
        }
        if not targets:
            return []
        program = _Program(everything)
        found = [each for each in targets.values() if program.fixes(each.sum)]
        plain = _Program([each for each in everything if not each.by])
        exempt = _Program([each for each in everything if each.exempt])
        return [each.where for each in found if not (plain if each.by else exempt).fixes(each.sum)]

    def _is_secret(self, each: Told) -> bool:
        return each.n is None and 0 < int(self.truth @ each.sum) < each.threshold

    def _question(self, view: View, counted: QuestionTally, number: int | None) -> Iterator[Told]:
        rows: Sequence[RowTally | None] = (None,) if counted.rows is UNSET else counted.rows
        for row in rows:
            item = counted if row is None else row
            place = (counted.key, None if row is None else row.value)
            yield from self._item(view, item, place, number)
            if isinstance(item.groups, tuple) and view.by:
                threshold = self.threshold
                if self.sensitive & {counted.key, view.by}:
                    threshold = max(SPECIAL, threshold)
                yield from self._groups(view.by, item.groups, place, number, threshold)

    def _item(
        self,
        view: View,
        item: QuestionTally | RowTally,
        place: tuple[str, str | None],
        number: int | None,
    ) -> Iterator[Told]:
        who, exempt = self._who(number), place[0] not in self.sensitive
        name = f"{place[0]}.{place[1] or ''} round {number or 'all'}"
        answered = who & self._answered(place)
        routed = who & self._mask(lambda kind: place[0] in kind.routed)
        yield self._told(f"{name} answered", answered, item.answered, exempt=exempt)
        yield self._told(f"{name} missing", routed - answered, item.missing, exempt=exempt)
        yield self._told(f"{name} not routed", who - routed, item.not_routed, exempt=exempt)
        cells = [(option.n, who & self._chose(place, option.value)) for option in item.options]
        least = self._least(cells) if item.answered is not None else 0
        yield from self._options(name, item.options, who, place, least, exempt)

    def _groups(
        self,
        by: str,
        groups: Sequence[GroupTally],
        place: tuple[str, str | None],
        number: int | None,
        threshold: int,
    ) -> Iterator[Told]:
        cells = [
            (
                option.n,
                self._who(number)
                & self._chose((by, None), group.value)
                & self._chose(place, option.value),
            )
            for group in groups
            for option in group.options
        ]
        least = self._least(cells)
        for group in groups:
            who = self._who(number) & self._chose((by, None), group.value)
            name = f"{place[0]}.{place[1] or ''} of {by}={group.value} round {number or 'all'}"
            yield self._told(f"{name} base", who, group.base, by=True)
            answered = who & self._answered(place)
            yield self._told(f"{name} answered", answered, group.answered, by=True)
            yield from self._options(
                name, group.options, who, place, least, False, threshold=threshold, by=True
            )

    def _options(
        self,
        name: str,
        options: Sequence[OptionTally],
        who: Sum,
        place: tuple[str, str | None],
        least: int,
        exempt: bool,
        *,
        threshold: int = 0,
        by: bool = False,
    ) -> Iterator[Told]:
        for option in options:
            yield self._told(
                f"{name} {option.value}",
                who & self._chose(place, option.value),
                option.n,
                exempt=exempt,
                by=by,
                least=least,
                threshold=threshold or self.threshold,
            )

    def _least(self, cells: Sequence[tuple[int | None, Sum]]) -> int:
        """What a hidden number of a table is known to be at least. Zeros show, so it is 1 or more,
        but where everything is withheld, or a zero is hidden among them."""
        hidden = [self.truth @ each for n, each in cells if n is None]
        return int(len(hidden) < len(cells) and 0 not in hidden)

    def _told(self, where: str, who: Sum, n: int | None, **more: Any) -> Told:
        return Told(where, who, n, **more)

    def _who(self, number: int | None) -> Sum:
        return self._mask(lambda kind: number in (None, kind.round_number))

    def _answered(self, place: tuple[str, str | None]) -> Sum:
        key, row = place
        return self._mask(lambda kind: bool(_given(kind, key, row)))

    def _chose(self, place: tuple[str, str | None], value: str) -> Sum:
        key, row = place

        def chose(kind: Kind) -> bool:
            given = _given(kind, key, row)
            return value in given if isinstance(given, list) else value == given

        return self._mask(chose)

    def _mask(self, holds: Any) -> Sum:
        return np.array([holds(kind) for kind in self.kinds], np.int64)


def _given(kind: Kind, key: str, row: str | None) -> Any:
    given = kind.answers.get(key)
    return (given or {}).get(row) if row else given


def _name(kind: Kind) -> str:
    return repr((kind.round_number, sorted(kind.answers.items())))


def _sensitive(asked: Questionnaire) -> set[str]:
    """The special categories, and what is asked because of them."""
    found = {question.key for question in asked.questions if question.special_category}
    for question in asked.questions:
        if question.show_if is not None and question.show_if.question in found:
            found.add(question.key)
    return found


class _Program:
    """All that is known, as sums of the unknowns."""

    def __init__(self, told: Sequence[Told]) -> None:
        known = {each.sum.tobytes(): each for each in told if each.n is not None or each.least}
        known |= {each.sum.tobytes(): each for each in told if each.n is not None}
        sums = np.array([each.sum for each in known.values()])
        least = [each.least if each.n is None else each.n for each in known.values()]
        most = [np.inf if each.n is None else each.n for each in known.values()]
        self._held = LinearConstraint(csr_matrix(sums), least, most)
        self._seen: list[NDArray[np.float64]] = []

    def fixes(self, target: Sum) -> bool:
        """Whether only one whole number is possible."""
        if self._apart(target):
            return False
        for sign in (1, -1):
            self._seen.append(self._best(sign * target))
            if self._apart(target):
                return False
        return True

    def _apart(self, target: Sum) -> bool:
        """Whether two whole numbers lie between what has been found possible."""
        values = [float(each @ target) for each in self._seen]
        if not values:
            return False
        return bool(np.floor(max(values) + 1e-6) > np.ceil(min(values) - 1e-6))

    def _best(self, target: Sum) -> NDArray[np.float64]:
        found = milp(target, constraints=self._held, bounds=Bounds(0, np.inf))
        assert found.x is not None, found.message
        return found.x
