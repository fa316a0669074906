"""A consultation's coded answers, of only those responses that are looked at."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np

from analysis.asked import AskedInWords, asked_in_words
from analysis.contrast import NOT_RAISED, RAISED, UNREAD
from analysis.counting import Form
from analysis.crosstab import Bits, Marks, groups_by_mask, picked
from analysis.narrowing import GROUPING, THEME, Narrowing, NoSuchFilter, number_in
from analysis.results import MISSING, NOT_ROUTED
from analysis.store.codebook import theme
from analysis.store.groupings import grouping, members
from analysis.store.matrices import matrix
from analysis.store.raised import who_raised
from responses.response import CHANNEL_WORDS
from surveys.consultation import Consultation

Chosen = tuple[Bits, ...]
"""Some of the responses, for each block."""
THEME_VALUES = (RAISED, NOT_RAISED, UNREAD)


async def narrowed(consultation: Consultation, narrowing: Narrowing) -> tuple[Marks, ...]:
    """The matrix with only the responses that the narrowing lets through, newest version first.
    The counts are full: whoever shows them sees to it that they may be. Raises NoSuchFilter."""
    marks = await matrix(consultation.id)
    _refuse_unknown(consultation, narrowing)
    for chosen in await _parts(consultation, narrowing, marks):
        marks = tuple(each.those(bits) for each, bits in zip(marks, chosen, strict=True))
    return marks


def questions_of(marks: Iterable[Marks]) -> tuple[AskedInWords, ...]:
    """Every question that any of the versions asks, newest first, in the order of a tally."""
    codings = list({id(each.block.coding): each.block.coding for each in marks}.values())
    return asked_in_words(
        (each.questionnaire for each in codings), [each.names for each in codings]
    )


def _refuse_unknown(consultation: Consultation, narrowing: Narrowing) -> None:
    rounds = {each.number for each in consultation.rounds}
    for number in narrowing.rounds:
        if number not in rounds:
            raise NoSuchFilter(f"“{consultation.title}” has no round {number}.")
    for channel in narrowing.channels:
        if channel not in set(CHANNEL_WORDS):
            known = ", ".join(CHANNEL_WORDS)
            raise NoSuchFilter(f"“{channel[:80]}” is no channel. The channels are {known}.")


async def _parts(
    consultation: Consultation, narrowing: Narrowing, marks: Sequence[Marks]
) -> list[Chosen]:
    """Whom each part of the narrowing lets through."""
    parts = []
    if narrowing.rounds:
        parts.append(_either(marks, lambda each: map(each.of_round, narrowing.rounds)))
    if narrowing.channels:
        parts.append(_either(marks, lambda each: map(each.of_channel, narrowing.channels)))
    for place, values in narrowing.by_place().items():
        parts.append(await _who_gave(consultation.id, place, values, marks))
    return parts


async def _who_gave(
    consultation_id: int, place: str, values: Sequence[str], marks: Sequence[Marks]
) -> Chosen:
    theme_id = number_in(place, THEME)
    if theme_id is not None:
        return await _by_theme(consultation_id, theme_id, values, marks)
    grouping_id = number_in(place, GROUPING)
    if grouping_id is not None:
        return await _by_grouping(consultation_id, grouping_id, values, marks)
    asked, row = _asked(place, questions_of(marks))
    _refuse_values(place, values, (*asked.form.values, MISSING, NOT_ROUTED))
    return _either(marks, partial(_answers, asked.form, row, values))


def _asked(place: str, asked: Iterable[AskedInWords]) -> tuple[AskedInWords, str | None]:
    """The newest question of this key, and the row where the place names one."""
    key, _, row = place.partition(".")
    found = next((each for each in asked if each.form.key == key), None)
    if found is None or (row and row not in found.form.rows):
        raise NoSuchFilter(f"No question “{place[:80]}” is asked here. Choose one from the list.")
    if found.form.rows and not row:
        raise NoSuchFilter(
            f"“{key}” has several rows. Say which, like “{key}.{found.form.rows[0]}”."
        )
    return found, row or None


def _answers(form: Form, row: str | None, values: Sequence[str], marks: Marks) -> Iterable[Bits]:
    here, out = marks.states(form, row)
    given = marks.answers(form, row)
    given |= {MISSING: out, NOT_ROUTED: marks.everybody() & ~(here | out)}
    return (given[value] for value in values if value in given)


async def _by_grouping(
    consultation_id: int, grouping_id: int, values: Sequence[str], marks: Sequence[Marks]
) -> Chosen:
    """The values are the names of its groups."""
    found = await grouping(consultation_id, grouping_id)
    if not found.place:
        raise NoSuchFilter(f"The question that “{found.name}” groups is no longer asked.")
    _refuse_values(found.name, values, found.names)
    groups = picked(await members(found, marks), values)
    return tuple(np.bitwise_or.reduce(each, axis=0) for each in groups.members)


async def _by_theme(
    consultation_id: int, theme_id: int, values: Sequence[str], marks: Sequence[Marks]
) -> Chosen:
    found = await theme(consultation_id, theme_id)
    _refuse_values(found.label, values, THEME_VALUES)
    read, raised = await who_raised(consultation_id, theme_id)

    def of_block(each: Marks) -> Iterable[Bits]:
        yes, seen = (_of_ids(each, people) for people in (raised, read))
        known = {RAISED: yes, NOT_RAISED: seen & ~yes, UNREAD: each.everybody() & ~seen}
        return (known[value] for value in values)

    return _either(marks, of_block)


def _of_ids(marks: Marks, people: frozenset[int]) -> Bits:
    mask = np.isin(marks.block.ids, list(people))[np.newaxis]
    bits: Bits = groups_by_mask(("",), (mask,)).members[0][0]
    return bits


def _either(marks: Iterable[Marks], wanted: Callable[[Marks], Iterable[Bits]]) -> Chosen:
    return tuple(np.bitwise_or.reduce([*wanted(each), each.nobody()]) for each in marks)


def _refuse_values(place: str, values: Iterable[str], known: Sequence[str]) -> None:
    for value in values:
        if value not in known:
            raise NoSuchFilter(
                f"“{value[:80]}” is no answer to “{place}”. Choose one from the list."
            )
