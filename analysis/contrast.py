"""One question by groups: its tables, what each comparison found, and how many were looked at."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from analysis.asked import AskedInWords
from analysis.by_group import comparisons
from analysis.comparing.choosing import Comparison, in_family
from analysis.comparing.families import Correction
from analysis.comparing.tables import Counts
from analysis.counting import Form
from analysis.crosstab import Crosstab, Groups, among, layered
from analysis.narrowing import THEME, Narrowing
from analysis.results import MISSING, NOT_ROUTED

CHANNEL, ROUND, KIND, AREA = "_channel", "_round", "_kind", "_area."
"""What groups can be made by beside a question, a grouping and a theme; no key begins with a line.
AREA is followed by the key of the question that asks where people live."""
RAISED, NOT_RAISED, UNREAD = "raised", "not_raised", "unread"
THEME_TYPE = "theme"
MISSING_VALUES = (
    ((MISSING, "No answer"), (NOT_ROUTED, "Not asked")),
    ((UNREAD, "Wrote nothing, or not read yet"),),
)
"""What the members of a group may have done but answer: a question, or raise a theme."""
MOST_LAYERS, MOST_TABLES = 2, 24
"""How many layers may stand around the groups, and how many tables a page shows of them."""


class Wanted(Struct, frozen=True):
    """What is compared. `by` makes the groups and `within` the layers around them, outermost
    first; each is a question's key, `grid.row`, or another of the places of this module and of
    `analysis.narrowing`. `only` are the groups to keep, empty for all."""

    by: str = ""
    within: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    narrowing: Narrowing = Narrowing()
    correction: Correction = Correction.HOLM

    @property
    def layers(self) -> tuple[str, ...]:
        return (*self.within, self.by) if self.by else ()


class Grouped(Struct, frozen=True, eq=False):
    """Groups and what each value is called. Where they are `overlapping` nothing is tested; the
    first `ordered` of them stand in an order. `offered` are the values that a group could choose
    at all, for groups that could not choose every one."""

    groups: Groups
    words: Mapping[str, str]
    overlapping: bool = False
    ordered: int = 0
    offered: Mapping[str, frozenset[str]] = {}


class Part(Struct, frozen=True, eq=False):
    """Those who are in one group of every layer around. `groups` is that one group; without layers
    it is everybody. `offered` None is every value."""

    names: tuple[str, ...]
    groups: Groups
    offered: frozenset[str] | None = None


class Contrast(Struct, frozen=True, eq=False):
    """One table: of a question, of a grid's row, or of a theme, for the part called `within`.

    There is one comparison, or one for each option of a multiple choice, each p discounted for all
    of the page. `offered` is groups × values; comparisons leave out what a group could not choose.
    """

    row: str | None
    tab: Crosstab
    comparisons: tuple[Comparison | None, ...]
    within: tuple[str, ...] = ()
    offered: NDArray[np.bool_] | None = None

    @property
    def shared(self) -> NDArray[np.bool_]:
        """Of each value, whether every group that was asked could choose it."""
        if self.offered is None:
            return np.ones(len(self.tab.values), np.bool_)
        asked = self.offered.any(axis=1)
        every: NDArray[np.bool_] = np.logical_and.reduce(self.offered[asked], axis=0)
        return every


TabOf = Callable[[Groups, str | None], Crosstab]
"""The table of some groups, of a question or of one row of a grid."""


def theme_asked(theme_id: int, label: str) -> AskedInWords:
    """A theme as if it were a question that everybody read was asked."""
    name = f"{THEME}{theme_id}"
    form = Form(name, "", THEME_TYPE, (RAISED, NOT_RAISED), (), (), special_category=False)
    return AskedInWords(form, label, {RAISED: "Raised it", NOT_RAISED: "Did not"}, {})


def parts(layers: Sequence[Grouped]) -> tuple[Part, ...]:
    """Every group of the layers within every other that anybody is in."""
    if not layers:
        return ()
    groups = layers[0].groups
    for layer in layers[1:]:
        groups = layered(groups, layer.groups)
    each = zip(groups.names, groups.bases().tolist(), range(len(groups.names)), strict=True)
    return tuple(
        Part(names, _one(groups, at), _offered_within(names, layers))
        for names, people, at in each
        if people
    )


def _one(groups: Groups, at: int) -> Groups:
    return Groups((groups.names[at],), tuple(bits[at : at + 1] for bits in groups.members))


def _offered_within(names: tuple[str, ...], layers: Sequence[Grouped]) -> frozenset[str] | None:
    found = [
        layer.offered[name]
        for name, layer in zip(names, layers, strict=True)
        if name in layer.offered
    ]
    return frozenset.intersection(*found) if found else None


def shown_parts(asked: Form, found: Sequence[Part]) -> tuple[Part, ...]:
    """The parts that a page has room for, those with the most people; in the order given."""
    room = max(1, MOST_TABLES // max(1, len(asked.rows)))
    sizes = [int(part.groups.bases()[0]) for part in found]
    largest = sorted(range(len(found)), key=lambda at: -sizes[at])[:room]
    return tuple(found[at] for at in sorted(largest))


def contrasts(
    asked: Form,
    grouped: Grouped,
    tab_of: TabOf,
    *,
    within: Sequence[Part] = (),
    correction: Correction = Correction.HOLM,
) -> tuple[Contrast, ...]:
    """A question by groups, or each row of a grid, within each part; all of it one family."""
    found = [
        _contrast(asked, grouped, tab_of, row, part)
        for row in asked.rows or (None,)
        for part in within or (None,)
    ]
    every = in_family([each for one in found for each in one.comparisons], correction)
    family = iter(every)
    return tuple(
        structs.replace(one, comparisons=tuple(next(family) for _ in one.comparisons))
        for one in found
    )


def _contrast(
    asked: Form, grouped: Grouped, tab_of: TabOf, row: str | None, part: Part | None
) -> Contrast:
    groups = among(grouped.groups, part.groups) if part else grouped.groups
    tab = tab_of(groups, row)
    offered = _offered(tab, grouped, part)
    bare = Contrast(row, tab, (), part.names if part else (), offered)
    compared = comparisons(
        asked,
        structs.replace(tab, options=np.where(bare.shared, tab.options, 0)),
        overlapping=grouped.overlapping,
        ordered=grouped.ordered,
        in_pairs=asked.type == THEME_TYPE,
    )
    return structs.replace(bare, comparisons=compared)


def _offered(tab: Crosstab, grouped: Grouped, part: Part | None) -> NDArray[np.bool_] | None:
    """Groups × values; None where every group could choose every value."""
    there = part.offered if part else None
    if not grouped.offered and there is None:
        return None
    values = frozenset(tab.values)
    lines = [grouped.offered.get(name, values) & (there or values) for (*_, name) in tab.names]
    return np.array([[value in line for value in tab.values] for line in lines], np.bool_)


def looked_at(found: Sequence[Contrast]) -> int:
    return sum(each is not None for one in found for each in one.comparisons)


def compared_counts(asked: Form, contrast: Contrast, grouped: Grouped, place: int) -> Counts:
    """The groups × values that the comparison at this place was made of: of a multiple choice who
    chose the option and who did not, of a scale its points."""
    tab, size = contrast.tab, grouped.ordered or len(contrast.tab.names)
    options = np.where(contrast.shared, tab.options, 0)
    if asked.type == "multiple":
        chose = options[:size, place : place + 1]
        left = tab.answered[:size, None] - chose
        return np.hstack((chose, left))
    return options[:size, : len(asked.points) or len(tab.values)]


def only_offered_by(contrast: Contrast) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each value that not every group could choose, with the groups that could."""
    if contrast.offered is None:
        return
    for at in np.flatnonzero(~contrast.shared).tolist():
        names = (name[-1] for name in contrast.tab.names)
        could = zip(names, contrast.offered[:, at], strict=True)
        yield contrast.tab.values[at], tuple(name for name, there in could if there)
