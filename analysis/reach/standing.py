"""How who answered stands beside each table, and what of it may be shown to whom."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from analysis.comparing.families import holm
from analysis.comparing.saying import CLEAR
from analysis.comparing.tables import Counts
from analysis.reach.fit import GroupReach, Reach, reach
from analysis.reach.population import KeptTable, Unit, population
from surveys.consultation import Consultation, State


class Shown(StrEnum):
    """`LOST`: the question or grouping of the table is no longer there. `HELD_BACK`: it is about a
    special category, and some of its numbers are too small for whoever looks."""

    YES = "yes"
    NOBODY = "nobody"
    HELD_BACK = "held back"
    LOST = "lost"


class Told(Struct, frozen=True):
    """Who gave which answer to the question of a table. `answers` are values with their words,
    `people` how many gave each, and `opens` the query that lists them, empty where none does;
    `base` is everybody. `open_to_all` says whether each number may be shown to anybody: else only
    to those who manage."""

    title: str
    answers: tuple[tuple[str, str], ...]
    people: Counts
    base: int
    open_to_all: bool
    opens: tuple[str, ...] = ()


class TableReach(Struct, frozen=True, eq=False):
    """`counted` is how many there are in each group of `reach`, and `opens` the query that lists
    those who answered; `in_no_group` are answers that the table does not speak of, and how many
    gave them. `p` is that of the goodness of fit, Holm's over the tables of the consultation."""

    kept: KeptTable
    title: str
    shown: Shown
    base: int = 0
    counted: tuple[int, ...] = ()
    opens: tuple[str, ...] = ()
    reach: Reach | None = None
    in_no_group: tuple[tuple[str, int], ...] = ()
    untold: int = 0
    p: float | None = None
    open_to_all: bool = False

    @property
    def unit(self) -> Unit:
        return self.kept.table.unit

    @property
    def under(self) -> tuple[GroupReach, ...]:
        """The groups that are missing by more than chance, the widest gap first."""
        groups = self.reach.groups if self.reach else ()
        return tuple(sorted((g for g in groups if g.under), key=lambda group: group.gap))

    @property
    def over(self) -> tuple[GroupReach, ...]:
        groups = self.reach.groups if self.reach else ()
        return tuple(sorted((g for g in groups if g.over), key=lambda group: -group.gap))


class ReachStanding(Struct, frozen=True, eq=False):
    """`base` is the analysed responses that are looked at."""

    base: int
    tables: tuple[TableReach, ...]

    @property
    def missing(self) -> tuple[tuple[TableReach, GroupReach], ...]:
        """What needs doing while people can still answer: the widest gap first."""
        found = [(table, group) for table in self.tables for group in table.under]
        return tuple(sorted(found, key=lambda each: each[1].gap))

    @property
    def uneven(self) -> bool:
        """Whether a mix of groups is not the population's, be it that no one group stands out."""
        return any(table.p is not None and table.p < CLEAR for table in self.tables)


def round_that_is_open(consultation: Consultation, now: datetime) -> int | None:
    """Whose gaps can still be mended; None where none is open, or where there is only one."""
    running = (each.number for each in consultation.rounds if each.is_open(now))
    return next(running, None) if len(consultation.rounds) > 1 else None


def can_still_answer(consultation: Consultation, number: int | None, now: datetime) -> bool:
    """In this round, or in any where none is named; a pause ends, and a draft opens."""
    waiting = (State.OPEN, State.PAUSED, State.DRAFT)
    return any(
        each.standing(now) in waiting
        for each in consultation.rounds
        if number in (None, each.number)
    )


def standing(
    kept: Sequence[KeptTable], told: Sequence[Told | None], *, base: int, full: bool
) -> ReachStanding:
    """Each table beside who answered. Without `full`, nothing of a table of which a number is too
    small: a share or a p of the others could be turned back into it."""
    pairs = list(zip(kept, told, strict=True))
    # Only what is shown is looked at, so that no figure tells of one that is held back.
    looked_at = sum(each is not None and (full or each.open_to_all) for each in told)
    tables = [_beside(table, answers, looked_at=looked_at, full=full) for table, answers in pairs]
    return ReachStanding(base, _adjusted(tables))


def _beside(kept: KeptTable, told: Told | None, *, looked_at: int, full: bool) -> TableReach:
    if told is None:
        return TableReach(kept, "", Shown.LOST)
    if not (full or told.open_to_all):
        return TableReach(kept, told.title, Shown.HELD_BACK, told.base)
    values, people = population(kept.table, dict(told.answers))
    if not any(people.people):
        return TableReach(kept, told.title, Shown.LOST, told.base)
    names = [value for value, _ in told.answers]
    of_value = dict(zip(names, told.people.tolist(), strict=True))
    opens = dict(zip(names, told.opens or ("",) * len(names), strict=True))
    found = reach([of_value[value] for value in values], people, looked_at=looked_at)
    outside = [(words, of_value[value]) for value, words in told.answers if value not in values]
    return TableReach(
        kept,
        told.title,
        Shown.YES if found else Shown.NOBODY,
        told.base,
        people.people,
        tuple(opens[value] for value in values),
        found,
        tuple(each for each in outside if each[1]),
        told.base - int(told.people.sum()),
        open_to_all=told.open_to_all,
    )


def _adjusted(tables: Sequence[TableReach]) -> tuple[TableReach, ...]:
    ps = iter(holm([t.reach.fit.p for t in tables if t.reach and t.reach.fit]))
    more: list[dict[str, Any]] = [
        {"p": next(ps)} if t.reach and t.reach.fit else {} for t in tables
    ]
    return tuple(
        msgspec.structs.replace(table, **each) for table, each in zip(tables, more, strict=True)
    )
