"""Who is looked at, against going through the answers one by one."""

from datetime import date
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from litestar.datastructures import MultiDict

from analysis import store
from analysis.contrast import NOT_RAISED, RAISED, UNREAD
from analysis.crosstab import crosstab, everybody, groups_by_question
from analysis.narrowing import Narrowing, NoSuchFilter
from analysis.store.codebook import NoSuchTheme
from analysis.store.narrowed import narrowed, questions_of
from responses import store as responses
from responses.pages.responses_list import read_filter
from surveys import store as surveys
from tests.analysis.conftest import NOW, Asked

CHOSEN = {
    Narrowing(): 4,
    Narrowing(rounds=(1,)): 3,
    Narrowing(rounds=(1, 2)): 4,
    Narrowing(channels=("paper",)): 0,
    Narrowing(channels=("paper", "online")): 4,
    Narrowing(where=(("group", "yes"),)): 2,
    Narrowing(where=(("group", "yes"), ("group", "no"))): 4,
    Narrowing(where=(("group", "yes"), ("plan", "agree"))): 1,
    Narrowing(where=(("plan", "agree"), ("plan", "neither"))): 3,
    Narrowing(where=(("places", "north"),)): 1,
    Narrowing(where=(("places", "north"), ("places", "east"))): 2,
    Narrowing(where=(("plan", "_missing"),)): 1,
    Narrowing(where=(("plan", "_not_routed"),)): 0,
    Narrowing(rounds=(2,), where=(("group", "yes"),)): 0,
}
"""Narrowings, and how many of the town each lets through."""


async def people(parks: Asked, narrowing: Narrowing) -> int:
    marks = await narrowed(parks.consultation, narrowing)
    return int(everybody(marks).bases()[0])


@pytest.fixture
async def town(parks: Asked) -> Asked:
    await parks.answer(group="yes", plan="agree", places=["north", "east"], why="The lake")
    await parks.answer(group="yes", plan="neither", places=["east"], why="The road")
    await parks.answer(group="no", plan="agree", why="Nothing")
    await parks.answer(group="no", round_number=2)
    return parks


@pytest.mark.parametrize(("chosen", "n"), CHOSEN.items())
async def test_rounds_channels_and_answers_say_who_is_looked_at(
    town: Asked, chosen: Narrowing, n: int
) -> None:
    assert await people(town, chosen) == n


@pytest.mark.parametrize("chosen", CHOSEN)
async def test_the_list_of_responses_finds_the_same_people(town: Asked, chosen: Narrowing) -> None:
    wanted = read_filter(MultiDict(parse_qsl(chosen.query())))
    versions = await surveys.versions(town.id)
    same = await surveys.equivalences(town.id)
    found = await responses.find_responses(
        town.id, wanted, versions=versions, same=same, first=0, size=10
    )
    asked = store.Asked("", "", None, ZoneInfo("UTC"))
    people = await store.people_looked_at(town.consultation, chosen, asked)
    assert tuple(each.id for each in found.summaries) == people


@pytest.mark.parametrize(
    ("place", "value", "day", "n"),
    [
        ("group", "yes", None, 2),
        ("plan", "", None, 3),
        ("places", "east", NOW.date(), 2),
        ("", "", NOW.date(), 4),
        ("", "", date(2026, 5, 31), 0),
    ],
)
async def test_a_number_is_opened_by_answer_and_by_day(
    town: Asked, place: str, value: str, day: date | None, n: int
) -> None:
    asked = store.Asked(place, value, day, ZoneInfo("Europe/London"))
    assert len(await store.people_looked_at(town.consultation, Narrowing(), asked)) == n


async def test_new_responses_are_on_their_day_at_once(town: Asked) -> None:
    def told(found: store.ComingIn) -> list[tuple[int, int]]:
        return [(each.number, sum(day.n for day in each.days)) for each in found.rounds]

    zone = ZoneInfo("Europe/London")
    before = await store.coming_in(town.consultation, Narrowing(), zone=zone, full=True)
    assert told(before) == [(1, 3), (2, 1)]
    await town.answer(round_number=2)
    after = await store.coming_in(town.consultation, Narrowing(), zone=zone, full=True)
    assert told(after) == [(1, 3), (2, 2)]
    assert after.channels == ("online",)


async def test_two_narrowings_tell_who_is_in_both(town: Asked) -> None:
    agree, first = Narrowing(where=(("plan", "agree"),)), Narrowing(rounds=(1,))
    assert await store.in_both(town.consultation, agree, first) == 2
    assert await store.in_both(town.consultation, agree, Narrowing(rounds=(2,))) == 0


async def test_a_theme_says_who_raised_it_of_those_who_were_read(town: Asked) -> None:
    lakes = await town.theme("Lakes")
    first, second, _ = await town.texts()
    await town.code(first, lakes)
    await town.code(second)
    place = f"_theme.{lakes.id}"
    for value, n in ((RAISED, 1), (NOT_RAISED, 1), (UNREAD, 2)):
        assert await people(town, Narrowing(where=((place, value),))) == n
    with pytest.raises(NoSuchTheme):
        await people(town, Narrowing(where=(("_theme.999", RAISED),)))


async def test_questions_and_groups_are_counted_of_those_only(town: Asked) -> None:
    marks = await narrowed(town.consultation, Narrowing(where=(("plan", "agree"),)))
    asked = {each.form.key: each.form for each in questions_of(marks)}
    by = groups_by_question(asked["group"], marks)
    assert by.bases().tolist() == [1, 1]
    found = crosstab(asked["places"], marks, everybody(marks))
    assert dict(zip(found.values, found.options[0].tolist(), strict=True))["east"] == 1
    assert (found.answered.tolist(), found.missing.tolist()) == ([1], [1])


async def test_a_narrowing_leaves_the_kept_matrix_as_it_was(town: Asked) -> None:
    await people(town, Narrowing(rounds=(2,)))
    assert await people(town, Narrowing()) == 4


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (Narrowing(rounds=(9,)), "no round 9"),
        (Narrowing(channels=("pigeon",)), "“pigeon” is no channel"),
        (Narrowing(where=(("nothing", "yes"),)), "No question “nothing”"),
        (Narrowing(where=(("group", "perhaps"),)), "“perhaps” is no answer to “group”"),
        (Narrowing(where=(("group.row", "yes"),)), "No question “group.row”"),
    ],
)
async def test_what_does_not_exist_is_told(parks: Asked, chosen: Narrowing, told: str) -> None:
    with pytest.raises(NoSuchFilter, match=told):
        await narrowed(parks.consultation, chosen)
