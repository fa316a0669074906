"""The fields of a grouping, as typed, and what they say."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from analysis.asked import AskedInWords
from analysis.groupings import (
    MOST_GROUPS,
    Group,
    Grouping,
    Wanted,
    grouping_problems,
    measured,
)
from analysis.measures import all_whole, band_name
from analysis.summaries.numbers import Band, bands
from app.forms import Form
from surveys.typed import even_number, read_day, read_number

LONGEST_NAME = 120
MOST_FIELDS = 100


class GroupFields(Struct, frozen=True):
    """What stands in the fields of one group: as typed, or as kept."""

    name: str = ""
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""

    @property
    def blank(self) -> bool:
        return not (self.name or self.values or self.low or self.high)


class GroupingFields(Struct, frozen=True):
    """`begins` is where bands are to begin, parted by commas."""

    name: str = ""
    groups: tuple[GroupFields, ...] = ()
    begins: str = ""

    def with_room(self, size: int) -> "GroupingFields":
        """With empty groups at the end, to be that many."""
        more = max(0, min(size, MOST_GROUPS) - len(self.groups))
        return replace(self, groups=self.groups + (GroupFields(),) * more)


def fields_of(grouping: Grouping, *, is_date: bool) -> GroupingFields:
    return GroupingFields(grouping.name, groups_typed(grouping.groups, is_date=is_date))


def groups_typed(groups: Sequence[Group], *, is_date: bool) -> tuple[GroupFields, ...]:
    found = []
    for group in groups:
        low, high = (
            "" if end is None else _end_typed(end, is_date=is_date)
            for end in ((group.band.low, group.band.high) if group.band else (None, None))
        )
        found.append(GroupFields(group.name, group.values, low, high))
    return tuple(found)


def typed_fields(form: Form) -> GroupingFields:
    """Everything as it was typed, without judging it; groups left empty are dropped."""
    groups = tuple(
        GroupFields(
            _typed(form, f"group-{at}"),
            tuple(dict.fromkeys(form.texts(f"values-{at}"))),
            _typed(form, f"from-{at}"),
            _typed(form, f"to-{at}"),
        )
        for at in range(1, MOST_FIELDS)
        if f"group-{at}" in form.fields
    )
    there = tuple(group for group in groups if not group.blank)
    return GroupingFields(_typed(form, "name"), there, _typed(form, "begins"))


def read_grouping(form: Form, typed: GroupingFields, asked: AskedInWords) -> Wanted:
    """The grouping that is wanted; what is to be mended is added to the form's problems. A single
    group may go without a name of its own or the whole without one, and a band without any."""
    groups = _read_groups(form, typed.groups, asked)
    readable, name = not form.problems, typed.name
    if len(groups) == 1:
        name = name or groups[0].name
        groups = (replace(groups[0], name=groups[0].name or name),)
    if not name:
        form.refuse("name", "Enter a name for the whole, like “VCS against public”")
    places = ("name", *(f"group-{at}" for at in range(1, len(groups) + 1)))
    for place, words in zip(places, (name, *(group.name for group in groups)), strict=True):
        if len(words) > LONGEST_NAME:
            form.refuse(place, f"Use {LONGEST_NAME} characters or fewer; you used {len(words)}")
    if len(groups) > MOST_GROUPS:
        form.refuse("name", f"Make {MOST_GROUPS} groups or fewer; these are {len(groups)}")
    if readable:
        form.problems += grouping_problems(groups, asked.form, asked.options)
    return Wanted(name, groups)


def in_bands_from(form: Form, typed: GroupingFields) -> GroupingFields:
    """The fields with a band up to the first number of `begins`, from each to the next, and from
    the last on. What keeps it from that is added to the form's problems, and the fields stay."""
    edges = _edges(form, typed.begins)
    if not edges:
        return typed
    whole = all_whole(edges)
    groups = [Group(band_name(band, is_date=False, whole=whole), (), band) for band in bands(edges)]
    return replace(typed, groups=groups_typed(groups, is_date=False))


def by_days(form: Form, typed: GroupingFields, spans: Sequence[date]) -> GroupingFields:
    """The fields with a band from each day to the next."""
    if len(spans) - 1 > MOST_GROUPS:
        form.refuse(
            "begins",
            f"Those would be {len(spans) - 1} bands, and {MOST_GROUPS} is the most. Choose years, "
            "or type your own below",
        )
        return typed
    made = (Band(low.toordinal(), high.toordinal()) for low, high in pairwise(spans))
    groups = [Group(band_name(band, is_date=True, whole=True), (), band) for band in made]
    return replace(typed, groups=groups_typed(groups, is_date=True))


def _edges(form: Form, begins: str) -> tuple[float, ...]:
    parts = [part for part in begins.replace(";", ",").split(",") if part.strip()]
    read = [read_number(part) for part in parts]
    if not parts or None in read:
        form.refuse("begins", "Enter the numbers at which bands begin, like 18, 65")
        return ()
    edges = tuple(sorted({float(each) for each in read if each is not None}))
    if len(edges) >= MOST_GROUPS:
        form.refuse("begins", f"Those would be {len(edges) + 1} bands. Make {MOST_GROUPS} or fewer")
        return ()
    return edges


def _read_groups(
    form: Form, typed: Sequence[GroupFields], asked: AskedInWords
) -> tuple[Group, ...]:
    if not measured(asked.form):
        return tuple(Group(each.name, each.values) for each in typed)
    return tuple(_read_band(form, at, each, asked) for at, each in enumerate(typed, 1))


def _read_band(form: Form, at: int, typed: GroupFields, asked: AskedInWords) -> Group:
    is_date = asked.form.type == "date"
    band = Band(
        _end(form, f"from-{at}", typed.low, is_date=is_date),
        _end(form, f"to-{at}", typed.high, is_date=is_date),
    )
    ends = [each for each in (band.low, band.high) if each is not None]
    sound = ends == sorted(set(ends)) and ends
    named = band_name(band, is_date=is_date, whole=all_whole(ends)) if sound else ""
    return Group(typed.name or named, (), band)


def _end(form: Form, place: str, typed: str, *, is_date: bool) -> float | None:
    if not typed:
        return None
    if is_date:
        day = read_day(typed)
        if day is None:
            form.refuse(place, "Enter a real date, like 2026-03-27")
        return None if day is None else float(day.toordinal())
    number = read_number(typed)
    if number is None:
        form.refuse(place, "Enter a number, like 18")
    return None if number is None else float(number)


def _end_typed(end: float, *, is_date: bool) -> str:
    return date.fromordinal(int(end)).isoformat() if is_date else str(even_number(end))


def _typed(form: Form, name: str) -> str:
    return form.fields.get(name, [""])[0].strip()
