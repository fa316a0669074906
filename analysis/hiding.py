"""Which numbers of the tables by the answers to one question may not be shown."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct

from analysis.comparing.tables import Counts
from analysis.counting import Form
from analysis.disclosure import (
    Hidden,
    InRound,
    hidden_cells,
    open_in_rounds,
    protected_by_round,
    small,
)
from analysis.exchanges import Part, Rules, exchanges, exchanges_at_most
from analysis.sums import Sums, View

SPECIAL = 10
"""The least threshold of a table about a special category."""
MOST_LOOKED_AT = 2_000_000
"""Bytes of exchanges; those of 20 groups and 8 answers fit. A larger table is shown all or not at
all."""


class Safe(Struct, frozen=True, eq=False):
    """What of a table may not be seen, over all rounds and of one: groups × the answers and whoever
    did not answer; None hides all."""

    whole: Hidden | None
    of_a_round: Hidden | None


NOTHING = Safe(None, None)


class Hiding:
    """The tables by the answers to `by`, from the counts of all rounds and of each."""

    def __init__(self, asked: Sequence[Form], by: Form, counted: Sums, threshold: int) -> None:
        self._asked = asked
        self._by = by
        self._counted = counted
        self._threshold = threshold
        self._after = _after(asked)
        self._found: dict[tuple[Form, str | None], Safe] = {}

    def of(self, form: Form, row: str | None) -> Safe:
        if (form, row) not in self._found:
            self._found[form, row] = self._safe(form, row)
        return self._found[form, row]

    def _safe(self, form: Form, row: str | None) -> Safe:
        if self._alone_hides(form) or self._alone_hides(self._by):
            return NOTHING
        if self._follows_hidden(form) or self._tells_what_follows(form):
            return NOTHING
        threshold = self._threshold_for(form)
        whole, parts = self._parts(form, row)
        size = len(self._by.values)
        if not any(small(each.table, threshold).any() for each in (whole, *parts)):
            return _both_ways(np.zeros(whole.table[:size].shape, np.bool_))
        if not self._exchangeable(form, row, whole):
            return NOTHING
        hidden = self._hidden(form, whole, parts or [whole], threshold)
        if hidden is None:
            return NOTHING
        return _both_ways(hidden[:size], rounds=len(parts))

    def _threshold_for(self, form: Form) -> int:
        special = form.special_category or self._by.special_category
        return max(SPECIAL, self._threshold) if special else self._threshold

    def _parts(self, form: Form, row: str | None) -> tuple[Part, list[Part]]:
        """All rounds together, and each that has anybody."""
        parts = [_part(form, row, self._by, view) for view in self._counted.rounds.values()]
        whole = _part(form, row, self._by, self._counted.whole)
        return whole, [part for part in parts if part.people.any()]

    def _hidden(
        self, form: Form, whole: Part, parts: Sequence[Part], threshold: int
    ) -> Hidden | None:
        """The same cells whichever of two questions makes the groups: a table is looked at from the
        question that is asked first."""
        rules = self._rules(form)
        turned = self._asked.index(form) < self._asked.index(self._by)
        table = whole.table.T if turned else whole.table
        rounds = [
            InRound(part.table.T, found.transpose(0, 2, 1))
            if turned
            else InRound(part.table, found)
            for part in parts
            for found in [exchanges(part, rules)]
        ]
        changes = np.unique(np.concatenate([each.changes for each in rounds]), axis=0)
        hidden = hidden_cells(table, threshold, changes)
        if hidden is None or not open_in_rounds(table, hidden, rounds, threshold):
            return None
        return hidden.T if turned else hidden

    def _rules(self, form: Form) -> Rules:
        """Whoever was not asked cannot have given an answer, so that those without one take part
        only where everybody was asked."""
        everybody = [self._counted.whole.cells(each).not_routed == 0 for each in (self._by, form)]
        alone = form.is_alone()
        return Rules(
            alone=np.append(alone, True),
            groups=np.append(np.ones(len(self._by.values), np.bool_), everybody[0]),
            answers=np.append(np.ones(alone.size, np.bool_), everybody[1]),
        )

    def _alone_hides(self, form: Form) -> bool:
        """Whether the question's own figures have anything to hide, or those that it follows."""
        names = {form.name, *form.follows}
        return any(
            _hides(each, self._counted, self._threshold)
            for each in self._asked
            if each.name in names
        )

    def _follows_hidden(self, form: Form) -> bool:
        """Whether who is asked is decided by a question whose own table by these groups hides
        something, which the number of those asked would tell."""
        decided = [
            self.of(each, row).whole
            for each in self._asked
            if each.name in form.parents and each.values and each != self._by
            for row in each.rows or (None,)
        ]
        return any(hidden is None or hidden.any() for hidden in decided)

    def _tells_what_follows(self, form: Form) -> bool:
        """Whether it decides who is asked a question of which a small number is open only while
        nobody knows who, of these groups, was asked."""
        return any(
            not self._is_open(each, row)
            for each in self._asked
            if form.name in self._after[each.name] and each.values and each != self._by
            for row in each.rows or (None,)
        )

    def _is_open(self, form: Form, row: str | None) -> bool:
        """Whether each small number of a table could be another with nobody else asked."""
        whole, parts = self._parts(form, row)
        parts = parts or [whole]
        wanted = [small(part.table, self._threshold_for(form))[:-1, :-1] for part in parts]
        if not any(each.any() for each in wanted):
            return True
        if not self._exchangeable(form, row, whole):
            return False
        rules = self._rules(form)
        return not any(
            (each & ~(exchanges(part, rules) != 0).any(axis=0)[:-1, :-1]).any()
            for each, part in zip(wanted, parts, strict=True)
        )

    def _exchangeable(self, form: Form, row: str | None, whole: Part) -> bool:
        """Whether people can be thought to have given each other's answers, and with them those to
        all that is asked because of it: nothing else may decide whether that is asked. Of groups
        that overlap it is not known which people share."""
        if self._by.type == "multiple" or form.limited:
            return False
        if exchanges_at_most(whole) * whole.table.size > MOST_LOOKED_AT:
            return False
        for name in (form.name, self._by.name):
            after = {each.name for each in self._asked if name in self._after[each.name]}
            own = after | {name}
            if (row and after) or any(
                not each.parents <= own for each in self._asked if each.name in after
            ):
                return False
        return True


def _both_ways(hidden: Hidden, *, rounds: int = 0) -> Safe:
    """A round's table is shown where there is nothing to hide, or where only one has any people."""
    return Safe(hidden, hidden if rounds < 2 else None)


def _hides(form: Form, counted: Sums, threshold: int) -> bool:
    if not form.special_category:
        return False
    for row in (None, *form.rows):
        whole = counted.whole.cells(form, row)
        rounds = tuple(view.cells(form, row) for view in counted.rounds.values())
        if protected_by_round(whole, rounds, threshold, form) != (whole, rounds):
            return True
    return False


def _part(form: Form, row: str | None, by: Form, view: View) -> Part:
    """Groups × answers; the last column is whoever did not answer, and the last row whoever is in
    no group, whom the plain figures would tell. Of groups that overlap nobody is left over."""
    lines = view.tables[form.asks, row]
    table = np.column_stack((lines[:, 2:], view.bases - lines[:, 0]))
    people = view.bases
    left = by.type != "multiple"
    return Part(_with_rest(table, left=left), _with_rest(people, left=left))


def _with_rest(counts: Counts, *, left: bool) -> Counts:
    """Everybody first: the groups, and what they leave of everybody."""
    rest = counts[:1] - counts[1:].sum(axis=0) if left else np.zeros_like(counts[:1])
    return np.concatenate((counts[1:], rest))


def _after(asked: Iterable[Form]) -> Mapping[str, frozenset[str]]:
    """For each question's name, those on which its route depends, be it through others."""
    found: dict[str, frozenset[str]] = {}
    for form in asked:
        found.setdefault(form.name, form.parents)
    for _ in found:
        for name, before in found.items():
            through = (found.get(each, frozenset()) for each in before)
            found[name] = before.union(*through)
    return found
