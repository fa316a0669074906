"""Groupings as they are kept, and numbers and dates as they are read, on both databases."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pytest

from analysis.groupings import Group, Kind, Wanted
from analysis.narrowing import Narrowing
from analysis.store import groupings as kept
from analysis.store.groupings import NameTaken, NoSuchGrouping
from analysis.store.matrices import matrix
from analysis.store.narrowed import narrowed
from analysis.store.values import measured, values
from analysis.summaries.numbers import Band
from app.audit import store as audit
from responses import store as responses
from responses.response import Exclusion
from surveys import store as surveys
from tests.analysis.conftest import BY, NOW, SLUG, Asked
from tests.analysis.examples import grid, multiple, single

QUESTIONS = [
    single(),
    multiple(),
    grid(),
    {"key": "age", "type": "number", "text": "How old are you?", "whole": True},
    {"key": "since", "type": "date", "text": "Since when?"},
    {"key": "children", "type": "number", "text": "Children?", "special_category": True},
]
YES = Wanted("Runs a group", (Group("Yes", ("yes",)),))
AGES = Wanted(
    "Age",
    (Group("Under 18", band=Band(None, 18)), Group("18 and over", band=Band(18, None))),
)


@pytest.fixture
async def town(database: str) -> Asked:
    document = {
        "title": "Parks",
        "languages": ["en"],
        "pages": [{"title": "One", "questions": QUESTIONS}],
    }
    await surveys.create_consultation(msgspec.json.encode(document), slug=SLUG, by=BY, now=NOW)
    await surveys.open_round(SLUG, by=BY, now=NOW)
    consultation = await surveys.consultation(SLUG)
    (version,) = await surveys.versions(consultation.id)
    return Asked(consultation, version, consultation.rounds)


async def add(wanted: Wanted, place: str) -> Any:
    return await kept.add_grouping(SLUG, place, wanted, by=BY, now=NOW)


async def counts(town: Asked, grouping_id: int) -> list[int]:
    grouping = await kept.grouping(town.id, grouping_id)
    found = await kept.counts(grouping, await matrix(town.id))
    return [each.n for each in found.groups] + [found.in_none]


async def test_a_grouping_is_kept_changed_and_removed(town: Asked) -> None:
    added = await add(YES, "group")
    assert await kept.groupings(town.id) == (added,)
    assert added.kind is Kind.NET
    wanted = Wanted("Groups", (Group("Runs one", ("yes",)), Group("Runs none", ("no",))))
    await kept.change_grouping(SLUG, added.id, wanted, by=BY, now=NOW)
    (changed,) = await kept.groupings(town.id)
    assert (changed.name, changed.groups) == (wanted.name, wanted.groups)
    assert (changed.id, changed.kind) == (added.id, Kind.GROUPS)
    await kept.remove_grouping(SLUG, added.id, by=BY)
    assert await kept.groupings(town.id) == ()
    actions = [entry.action for entry in await audit.entries(limit=3)]
    assert actions == ["remove-grouping", "change-grouping", "add-grouping"]


async def test_what_stays_the_same_is_not_audited(town: Asked) -> None:
    added = await add(YES, "group")
    before = await audit.latest()
    await kept.change_grouping(SLUG, added.id, YES, by=BY, now=NOW)
    assert await audit.latest() == before


async def test_a_name_is_used_once(town: Asked) -> None:
    first = await add(YES, "group")
    with pytest.raises(NameTaken):
        await add(Wanted("runs  a GROUP", AGES.groups), "age")
    second = await add(AGES, "age")
    with pytest.raises(NameTaken):
        await kept.change_grouping(SLUG, second.id, YES, by=BY, now=NOW)
    assert [each.name for each in await kept.groupings(town.id)] == [first.name, second.name]


@pytest.mark.parametrize(
    "act",
    [
        lambda gone: kept.change_grouping(SLUG, gone, YES, by=BY, now=NOW),
        lambda gone: kept.remove_grouping(SLUG, gone, by=BY),
    ],
    ids=["change", "remove"],
)
async def test_what_is_not_there_is_refused(
    town: Asked, act: Callable[[int], Awaitable[object]]
) -> None:
    with pytest.raises(NoSuchGrouping):
        await act(99)


async def test_members_are_counted_as_responses_come(town: Asked) -> None:
    of_ages = await add(AGES, "age")
    of_parts = await add(Wanted("Ponds", (Group("High", ("very_important",)),)), "parts.ponds")
    await town.answer(group="yes", age=17, parts={"ponds": "very_important"})
    await town.answer(group="no", age=18)
    await town.answer(group="no")
    assert await counts(town, of_ages.id) == [1, 1, 0]
    assert await counts(town, of_parts.id) == [1, 0]
    await town.answer(age=70, parts={"ponds": "important"})
    assert await counts(town, of_ages.id) == [1, 2, 0]
    assert await counts(town, of_parts.id) == [1, 1]


async def test_numbers_and_dates_stand_beside_the_responses_of_the_matrix(town: Asked) -> None:
    await town.answer(age=20, since="2026-03-01", children=2)
    await town.answer(age=30.5, since="1999-12-31")
    await town.answer(group="yes", children=0)
    marks = await matrix(town.id)
    asks = await kept.asks_of(town.id)
    found = {}
    for key in ("age", "since", "children"):
        form = asks.form(key)
        assert form is not None
        beside = await values(town.id, form, marks)
        ids = np.concatenate([each.block.ids for each in marks])
        in_order = np.concatenate(beside)[np.argsort(ids)]
        found[key] = [None if np.isnan(n) else n for n in in_order.tolist()]
    assert found["age"] == [20, 30.5, None]
    assert found["children"] == [2, None, 0]
    days = [date(2026, 3, 1), date(1999, 12, 31)]
    assert found["since"] == [*(day.toordinal() for day in days), None]


async def test_numbers_are_summed_up_of_those_who_are_looked_at(town: Asked) -> None:
    for group, age in (("yes", 20), ("yes", 40), ("no", 90)):
        await town.answer(group=group, age=age)
    await town.answer(group="yes")
    marks = await narrowed(town.consultation, Narrowing(where=(("group", "yes"),)))
    form = (await kept.asks_of(town.id)).form("age")
    assert form is not None
    found = await measured(town.id, form, marks)
    assert found.numbers is not None
    assert (found.numbers.most, found.answered, found.missing) == (40, 2, 1)
    assert sum(each.n for each in found.bands) == 2


async def test_a_number_of_a_response_left_out_is_gone(town: Asked) -> None:
    await town.answer(age=20)
    await town.answer(age=90)
    asks = await kept.asks_of(town.id)
    form = asks.form("age")
    assert form is not None
    before = await measured(town.id, form, await matrix(town.id))
    assert before.numbers is not None
    assert before.numbers.most == 90
    ids = sorted(int(at) for each in await matrix(town.id) for at in each.block.ids)
    await responses.exclude(ids[-1], Exclusion.TEST, consultation_id=town.id, by=BY)
    after = await measured(town.id, form, await matrix(town.id))
    assert after.numbers is not None
    assert (after.answered, after.numbers.most) == (1, 20)


async def test_equivalent_questions_of_other_versions_take_part(town: Asked) -> None:
    of_ages, of_groups = await add(AGES, "age"), await add(YES, "group")
    await town.answer(age=17, group="yes")
    asked = (await surveys.document(SLUG)).decode()
    for key, other in (("age", "years"), ("group", "runs")):
        asked = asked.replace(f'"{key}"', f'"{other}"')
    version = await surveys.add_version(town.id, asked.encode(), by=BY, now=NOW)
    for key, before in (("years", "age"), ("runs", "group")):
        await surveys.map_question(SLUG, version.number, key, before, by=BY, now=NOW)
    again = Asked(town.consultation, version, town.rounds)
    await again.answer(years=40, runs="yes")
    assert [each.place for each in await kept.groupings(town.id)] == ["years", "runs"]
    assert await counts(town, of_ages.id) == [1, 1, 0]
    assert await counts(town, of_groups.id) == [2, 0]
