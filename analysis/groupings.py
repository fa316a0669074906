"""Answers that an officer counts as one: “VCS”, “the public”, “agree”, “18 to 64”."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.codebook import same_label
from analysis.counting import Form
from analysis.crosstab import Bits, Groups, Marks, among, everybody, groups_by_mask
from analysis.measures import Values
from analysis.summaries.numbers import Band
from app.problems import Problem
from surveys.typed import day_words, figure

MOST_GROUPS = 60
"""Five years by month."""


class Kind(StrEnum):
    GROUPS = "groups"
    NET = "net"


class Group(Struct, frozen=True, omit_defaults=True):
    """Values under one name; of numbers and dates a band of them. A date is its ordinal."""

    name: str
    values: tuple[str, ...] = ()
    band: Band | None = None


class Wanted(Struct, frozen=True):
    """A grouping as an officer wants it, of a question that is known."""

    name: str
    groups: tuple[Group, ...]


class Grouping(Struct, frozen=True):
    """Groups of one question, made by an officer. `place` is the question's key in the newest
    version that asks it, or `key.row` of a grid. A value is in one group at most, so a person is
    too, except where several answers could be given: then each counts once in every group."""

    id: int
    consultation_id: int
    name: str
    place: str
    groups: tuple[Group, ...]

    @property
    def kind(self) -> Kind:
        """A net is one category of several values, like Kent's 69% who agree."""
        return Kind.NET if len(self.groups) == 1 else Kind.GROUPS

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.groups)

    @property
    def key(self) -> str:
        return self.place.partition(".")[0]

    @property
    def row(self) -> str | None:
        return self.place.partition(".")[2] or None

    @property
    def in_bands(self) -> bool:
        """Whether its groups are bands, which stand in order."""
        return any(group.band for group in self.groups)


class GroupCount(Struct, frozen=True):
    name: str
    n: int


class GroupingCounts(Struct, frozen=True):
    """People in each group, and in none though they answered; shares are of the `answered`."""

    answered: int
    groups: tuple[GroupCount, ...]
    in_none: int


def measured(asked: Form) -> bool:
    """Whether its answers are numbers or dates, which bands are made of."""
    return asked.type in ("number", "date")


def can_be_grouped(asked: Form) -> bool:
    return bool(asked.values) or measured(asked)


def grouped(
    grouping: Grouping, asked: Form, marks: Sequence[Marks], values: Values | None = None
) -> Groups:
    """The members of each group, of those who are looked at. `values` are what bands are made
    of."""
    if grouping.in_bands:
        bands = groups_by_mask(grouping.names, [_in_bands(grouping, each) for each in values or ()])
        return among(bands, everybody(marks))
    members = tuple(
        np.array([_any_of(group.values, each, asked, grouping.row) for group in grouping.groups])
        for each in marks
    )
    return Groups(tuple((name,) for name in grouping.names), members)


def grouping_counts(
    grouping: Grouping, asked: Form, marks: Sequence[Marks], groups: Groups
) -> GroupingCounts:
    """`groups` are its members among the same marks."""
    answered = in_none = 0
    for each, members in zip(marks, groups.members, strict=True):
        here, _ = each.states(asked, grouping.row)
        anywhere = np.bitwise_or.reduce(members, axis=0)
        answered += int(np.bitwise_count(here).sum())
        in_none += int(np.bitwise_count(here & ~anywhere).sum())
    counts = zip(grouping.names, groups.bases().tolist(), strict=True)
    return GroupingCounts(answered, tuple(GroupCount(*each) for each in counts), in_none)


def grouping_problems(
    groups: Sequence[Group], asked: Form, words: Mapping[str, str]
) -> tuple[Problem, ...]:
    """What keeps groups of a question from being counted, at `group-N`, `values-N`, or `from-N`,
    where N is the group's number from 1; `words` are the question's options."""
    if not groups:
        return (Problem("group-1", "Name a group and say which answers belong to it"),)
    found = []
    for at, group in enumerate(groups, 1):
        before = groups[: at - 1]
        if measured(asked):
            wrong = [*_band_problems(at, group, before, is_date=asked.type == "date")]
            # A sound band has a name already, if only that of its ends.
            found += wrong or [*_naming_problems(at, group, before)]
        else:
            found += _naming_problems(at, group, before)
            found += _value_problems(at, group, before, words)
    return tuple(found)


def left_out(grouping: Grouping, asked: Form) -> tuple[str, ...]:
    """The values in no group, in the question's order."""
    used = {value for group in grouping.groups for value in group.values}
    return () if grouping.in_bands else tuple(v for v in asked.values if v not in used)


def _any_of(values: Iterable[str], marks: Marks, asked: Form, row: str | None) -> Bits:
    found = marks.answers(asked, row)
    chosen = [found[value] for value in values if value in found]
    either: Bits = np.bitwise_or.reduce([marks.nobody(), *chosen])
    return either


def _in_bands(grouping: Grouping, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    bands = [group.band or Band(None, None) for group in grouping.groups]
    masks = [_between(values, band) for band in bands]
    return np.array(masks, np.bool_).reshape(len(bands), values.size)


def _between(values: NDArray[np.float64], band: Band) -> NDArray[np.bool_]:
    low = -np.inf if band.low is None else band.low
    high = np.inf if band.high is None else band.high
    # Nan is neither: whoever gave nothing is in no band.
    inside: NDArray[np.bool_] = (values >= low) & (values < high)
    return inside


def _naming_problems(at: int, group: Group, before: Sequence[Group]) -> Iterator[Problem]:
    place = f"group-{at}"
    if not group.name:
        yield Problem(place, f"Enter a name for group {at}")
    elif any(same_label(group.name, each.name) for each in before):
        yield Problem(place, f"There is already a group called “{group.name}”. Use another name")


def _value_problems(
    at: int, group: Group, before: Sequence[Group], words: Mapping[str, str]
) -> Iterator[Problem]:
    place, name = f"values-{at}", group.name or f"group {at}"
    if not group.values:
        yield Problem(place, f"Tick the answers that belong to “{name}”")
    for value in group.values:
        there = next((each.name for each in before if value in each.values), None)
        if value not in words:
            yield Problem(place, f"“{value}” is not an answer to this question")
        elif there is not None:
            yield Problem(
                place, f"“{words[value]}” is in “{there}” already. Tick it in one group only"
            )


def _band_problems(
    at: int, group: Group, before: Sequence[Group], *, is_date: bool
) -> Iterator[Problem]:
    place, band, name = f"from-{at}", group.band or Band(None, None), group.name or f"group {at}"
    if band.low is None and band.high is None:
        yield Problem(place, f"Say where “{name}” begins, or where it ends")
    elif band.low is not None and band.high is not None and band.low >= band.high:
        yield Problem(place, f"“{name}” ends before it begins. Make its end the greater of the two")
    for other in before:
        if other.band and _overlap(band, other.band):
            yield Problem(place, f"“{name}” overlaps “{other.name}”{_mended(other.band, is_date)}")


def _overlap(one: Band, other: Band) -> bool:
    ends = [math.inf if each.high is None else each.high for each in (one, other)]
    starts = [-math.inf if each.low is None else each.low for each in (one, other)]
    return starts[0] < ends[1] and starts[1] < ends[0]


def _mended(before: Band, is_date: bool) -> str:
    if before.high is None:
        return ", which has no end. Give that one an end"
    end = day_words(date.fromordinal(int(before.high))) if is_date else figure(before.high)
    return f". Begin it at {end}, or end it before the other begins"
