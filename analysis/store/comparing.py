"""One question, or one theme, by groups, from what is stored."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.asked_in_rounds import AskedInRound
from analysis.comparing.tables import Counts
from analysis.contrast import (
    NOT_RAISED,
    RAISED,
    ROUND,
    UNREAD,
    Contrast,
    Grouped,
    Part,
    TabOf,
    Wanted,
    contrasts,
    parts,
    shown_parts,
    theme_asked,
)
from analysis.counting import Form
from analysis.crosstab import (
    Bits,
    Crosstab,
    Groups,
    Marks,
    among,
    crosstab,
    everybody,
    groups_by_mask,
    in_group,
    picked,
)
from analysis.results import MISSING, NOT_ROUTED
from analysis.store.codebook import theme
from analysis.store.figures import NoSuchQuestion
from analysis.store.narrowed import narrowed, questions_of
from analysis.store.places import Read, asked_by, grouped_by, rounds_asked
from analysis.store.raised import who_raised
from app.problems import Refusal
from surveys.consultation import Consultation


class NoSuchPeople(Refusal):
    status = 404
    title = "There is no such list of responses"


class Compared(Struct, frozen=True, eq=False):
    """`subject` is what is compared and `read` those who are looked at, `base` of them. `layers`
    are the groups around, outermost first, and `parts_left` how many of their parts there was no
    room for. `rounds` is what each asked, where rounds are among what is compared."""

    subject: AskedInWords
    read: Read
    base: int
    grouped: Grouped
    layers: tuple[Grouped, ...]
    parts_left: int
    contrasts: tuple[Contrast, ...]
    rounds: tuple[AskedInRound, ...] = ()


class BehindCell(Struct, frozen=True):
    """A number: the group in every layer, or in the outer ones, and what of it was answered: by the
    value's own name, MISSING, NOT_ROUTED, or nothing for all of the group."""

    names: tuple[str, ...]
    value: str = ""
    row: str | None = None


async def compared(consultation: Consultation, key: str, wanted: Wanted) -> Compared:
    """The question of this key by groups. Raises NoSuchQuestion, NoSuchTheme and NoSuchFilter."""
    read = await read_narrowed(consultation, wanted)
    asked = asked_by(read.asked, key)
    if not asked.form.values:
        raise NoSuchQuestion(f"“{asked.title}” offers nothing to choose.")
    rounds = await rounds_asked(read, asked) if ROUND in wanted.layers else ()

    def tab_of(groups: Groups, row: str | None) -> Crosstab:
        return crosstab(asked.form, read.marks, groups, row)

    return await _compared(asked, read, wanted, tab_of, rounds)


async def compared_theme(consultation: Consultation, theme_id: int, wanted: Wanted) -> Compared:
    """Who raised the theme by groups, of those whose answers have been read."""
    found = await theme(consultation.id, theme_id)
    read = await read_narrowed(consultation, wanted)
    values = await _raised_or_not(read, theme_id)

    def tab_of(groups: Groups, row: str | None) -> Crosstab:
        return _theme_tab(groups, values)

    return await _compared(theme_asked(theme_id, found.label), read, wanted, tab_of, ())


async def people_behind_cell(
    consultation: Consultation, asked: str | int, wanted: Wanted, behind: BehindCell
) -> tuple[int, ...]:
    """The responses behind a number of the comparison of a question, by its key, or of a theme, by
    its number. Raises NoSuchPeople."""
    read = await read_narrowed(consultation, wanted)
    group = everybody(read.marks)
    for place, name in zip(wanted.layers, behind.names, strict=False):
        group = among(await _one_group(read, place, name), group)
    if isinstance(asked, int):
        values = await _raised_or_not(read, asked)
        said = [_of_theme(values, at, behind.value) for at in range(len(read.marks))]
    else:
        form = asked_by(read.asked, asked).form
        said = [_of_answer(form, each, behind) for each in read.marks]
    found: list[int] = []
    for each, (members,), bits in zip(read.marks, group.members, said, strict=True):
        ids = each.block.ids
        found += ids[in_group(members & bits, ids.size)].tolist()
    return tuple(sorted(found))


async def read_narrowed(consultation: Consultation, wanted: Wanted) -> Read:
    marks = await narrowed(consultation, wanted.narrowing)
    return Read(consultation, questions_of(marks), marks)


async def _compared(
    asked: AskedInWords,
    read: Read,
    wanted: Wanted,
    tab_of: TabOf,
    rounds: tuple[AskedInRound, ...],
) -> Compared:
    offered = {str(each.number): frozenset(each.options) for each in rounds}
    layers = [await _grouped(read, place, offered) for place in wanted.within if wanted.by]
    grouped = await _grouped(read, wanted.by, offered) if wanted.by else _all_together(read)
    every = parts(layers)
    shown = shown_parts(asked.form, every)
    grouped = _picked(grouped, wanted.only)
    return Compared(
        subject=asked,
        read=read,
        base=int(everybody(read.marks).bases()[0]),
        grouped=grouped,
        layers=tuple(layers),
        parts_left=len(every) - len(shown),
        contrasts=_contrasts(asked.form, grouped, tab_of, shown, wanted, nobody=bool(layers)),
        rounds=rounds,
    )


def _contrasts(
    asked: Form,
    grouped: Grouped,
    tab_of: TabOf,
    shown: Sequence[Part],
    wanted: Wanted,
    *,
    nobody: bool,
) -> tuple[Contrast, ...]:
    """Nothing where there are layers and nobody is in any part of them."""
    if nobody and not shown:
        return ()
    return contrasts(asked, grouped, tab_of, within=shown, correction=wanted.correction)


async def _grouped(read: Read, place: str, offered: dict[str, frozenset[str]]) -> Grouped:
    found = await grouped_by(read, place)
    if place != ROUND:
        return found
    asked = {name: offered.get(name, frozenset()) for (name,) in found.groups.names}
    return Grouped(found.groups, found.words, offered=asked if offered else {})


def _all_together(read: Read) -> Grouped:
    return Grouped(everybody(read.marks), {"": "Everybody"})


def _picked(grouped: Grouped, only: tuple[str, ...]) -> Grouped:
    kept = picked(grouped.groups, only)
    # Groups that were picked before another grouping was chosen are none of this one.
    if not kept.names:
        return grouped
    points = {name for (name,) in grouped.groups.names[: grouped.ordered]}
    ordered = len(points & set(only))
    return Grouped(kept, grouped.words, grouped.overlapping, ordered, grouped.offered)


async def _one_group(read: Read, place: str, name: str) -> Groups:
    found = picked((await grouped_by(read, place)).groups, (name,))
    if not found.names:
        raise NoSuchPeople(f"“{name[:80]}” is no group here. Choose a number in the table.")
    return found


def _of_answer(form: Form, marks: Marks, behind: BehindCell) -> Bits:
    here, out = marks.states(form, behind.row)
    if not behind.value:
        return marks.everybody()
    if behind.value in (MISSING, NOT_ROUTED):
        return out if behind.value == MISSING else marks.everybody() & ~(here | out)
    if behind.value not in form.values or (behind.row and behind.row not in form.rows):
        raise NoSuchPeople("A filter in this address does not exist. Choose a number in the table.")
    return marks.answers(form, behind.row).get(behind.value, marks.nobody())


def _of_theme(values: tuple[Groups, Groups], at: int, value: str) -> Bits:
    yes, no = (each.members[at][0] for each in values)
    known: dict[str, Bits] = {RAISED: yes, NOT_RAISED: no, UNREAD: ~(yes | no), "": ~(yes & no)}
    if value not in known:
        raise NoSuchPeople("A filter in this address does not exist. Choose a number in the table.")
    return known[value]


async def _raised_or_not(read: Read, theme_id: int) -> tuple[Groups, Groups]:
    """Those who raised a theme, and those who did not though what they wrote has been read."""
    seen, raised = await who_raised(read.consultation.id, theme_id)
    ids = [each.block.ids for each in read.marks]
    yes = [np.isin(each, list(raised))[np.newaxis] for each in ids]
    there = [np.isin(each, list(seen))[np.newaxis] for each in ids]
    no = [one & ~other for one, other in zip(there, yes, strict=True)]
    return groups_by_mask((RAISED,), yes), groups_by_mask((NOT_RAISED,), no)


def _theme_tab(groups: Groups, values: tuple[Groups, Groups]) -> Crosstab:
    columns: list[Counts] = [among(groups, each).bases() for each in values]
    options = np.column_stack(columns)
    answered = options.sum(axis=1)
    nobody = np.zeros_like(answered)
    return Crosstab(
        groups.names, (RAISED, NOT_RAISED), options, answered, groups.bases() - answered, nobody
    )
