"""Tables of the population kept on either database, beside what is stored of answers."""

from datetime import UTC, date, datetime

import pytest

from analysis import store
from analysis.groupings import Group
from analysis.groupings import Wanted as WantedGrouping
from analysis.reach.fit import Population
from analysis.reach.population import LEFT_OUT, Line, ReachTable, Unit, population, table_problems
from analysis.reach.raking import CannotWeigh
from analysis.reach.standing import Shown
from analysis.store import groupings
from app.audit import store as audit
from tests.analysis.conftest import BY, NOW, SLUG, Asked

TODAY = date(2026, 6, 1)
LINES = (Line("Runs one", 200, "yes"), Line("Runs none", 800, "no"))
GROUPS = ReachTable("group", Unit.PEOPLE, "Register", date(2026, 1, 1), "", LINES)
PLANS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")


async def keep(parks: Asked, table: ReachTable = GROUPS) -> int:
    return (await store.add_reach_table(parks.consultation, table, by=BY, now=NOW)).id


async def test_a_table_is_kept_changed_and_removed(parks: Asked) -> None:
    number = await keep(parks)
    other = ReachTable(
        "group", Unit.PEOPLE, "Register", date(2026, 2, 2), "https://x.example", LINES
    )
    assert [each.table for each in await store.reach_tables(parks.id)] == [GROUPS]
    changed = await store.change_reach_table(parks.consultation, number, other, by=BY, now=NOW)
    assert await store.reach_table(parks.id, number) == changed
    (entry, *_) = await audit.entries(limit=1)
    assert entry.action == "change-reach-table"
    await store.change_reach_table(parks.consultation, number, other, by=BY, now=NOW)
    assert (await audit.entries(limit=1))[0] == entry
    await store.remove_reach_table(parks.consultation, number, by=BY)
    with pytest.raises(store.NoSuchReachTable):
        await store.reach_table(parks.id, number)


async def test_each_round_stands_beside_the_table_and_all_of_them_do(parks: Asked) -> None:
    await keep(parks)
    for group, round_number, people in (("yes", 1, 6), ("no", 1, 14), ("yes", 2, 3), ("no", 2, 1)):
        for _ in range(people):
            await parks.answer(group=group, round_number=round_number)
    await parks.answer(plan="agree", round_number=2)
    counts = {}
    for number in (None, 1, 2):
        found = await store.reach_standing(parks.consultation, full=True, round_number=number)
        (table,) = found.tables
        assert table.reach is not None
        counts[number] = [group.n for group in table.reach.groups], table.untold, found.base
    assert counts == {None: ([9, 15], 1, 25), 1: ([6, 14], 0, 20), 2: ([3, 1], 1, 5)}


async def test_a_grouping_makes_the_groups_of_a_table(parks: Asked) -> None:
    groups = (Group("For", ("strongly_agree", "agree")), Group("Against", PLANS[3:]))
    made = await groupings.add_grouping(
        SLUG, "plan", WantedGrouping("Sides", groups), by=BY, now=datetime(2026, 6, 1, tzinfo=UTC)
    )
    lines = (Line("For", 50, "For"), Line("Against", 50, "Against"))
    await keep(parks, ReachTable(f"_grouping.{made.id}", Unit.PEOPLE, "Poll", TODAY, "", lines))
    for plan, people in zip(PLANS, (3, 4, 2, 1, 0), strict=True):
        for _ in range(people):
            await parks.answer(plan=plan)
    (table,) = (await store.reach_standing(parks.consultation, full=True)).tables
    assert table.reach is not None
    assert [group.n for group in table.reach.groups] == [7, 1]
    assert table.untold == 2
    assert table.opens[0] == "where=plan%3Astrongly_agree&where=plan%3Aagree"
    await groupings.remove_grouping(SLUG, made.id, by=BY)
    (table,) = (await store.reach_standing(parks.consultation, full=True)).tables
    assert table.shown is Shown.LOST


async def test_an_answer_is_weighed_by_what_its_group_is_worth(parks: Asked) -> None:
    """2 of 10 run a group and 8 of 10 do not, where half do: weights of 2.5 and 0.625."""
    number = await keep(parks)
    half = ReachTable("group", Unit.PEOPLE, "Half", TODAY, "", (LINES[0], Line("No", 200, "no")))
    second = await keep(parks, half)
    for plan, group, people in (("agree", "yes", 2), ("agree", "no", 2), ("disagree", "no", 6)):
        for _ in range(people):
            await parks.answer(plan=plan, group=group)
    await parks.answer(plan="neither")
    found = await store.reach_weighed(parks.consultation, [second])
    assert (found.base, found.left_out) == (11, 1)
    assert (found.weights.largest, found.weights.smallest) == pytest.approx((2.5, 0.625))
    (asked,) = (each for each in found.questions if each.title == "The plan is right")
    agree = asked.answers[1]
    assert (agree.n, agree.plain, agree.same) == pytest.approx((4, 4 / 11, 0.4))
    assert agree.weighed == pytest.approx((2 * 2.5 + 2 * 0.625) / 10)
    assert asked.effective == pytest.approx(100 / (2 * 2.5**2 + 8 * 0.625**2))
    assert (await store.reach_weighed(parks.consultation, [number])).weights.design_effect == 1
    with pytest.raises(CannotWeigh, match="No weights give every group its share"):
        await store.reach_weighed(parks.consultation, [number, second])


def test_the_lines_of_one_answer_are_added_and_those_left_out_are_not() -> None:
    lines = (*LINES, Line("Runs two", 50, "yes"), Line("Under 16", 999, LEFT_OUT))
    table = ReachTable("group", Unit.PEOPLE, "Register", TODAY, "", lines)
    values, found = population(table, {"no": "No", "yes": "Yes"})
    assert values == ("no", "yes")
    assert found == Population(("No", "Yes"), (800, 250), "Register", TODAY)


@pytest.mark.parametrize(
    ("table", "place", "why"),
    [
        (ReachTable("group", Unit.PEOPLE, "R", date(2027, 1, 1), "", LINES), "on-day", "to come"),
        (ReachTable("group", Unit.PEOPLE, "R", TODAY, "javascript:x", LINES), "address", "https"),
        (ReachTable("group", Unit.PEOPLE, "R", TODAY, "", LINES[:1]), "answer-0", "two groups"),
        (ReachTable("group", Unit.PEOPLE, "R", TODAY, "", (*LINES, LINES[0])), "group-2", "twice"),
        (
            ReachTable(
                "group", Unit.PEOPLE, "R", TODAY, "", (Line("a", 0, "yes"), Line("b", 0, "no"))
            ),
            "people-0",
            "Nobody",
        ),
        (
            ReachTable("group", Unit.PEOPLE, "R", TODAY, "", (*LINES, Line("Some", 1, ""))),
            "answer-2",
            "matches no answer",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_said_at_its_field(
    table: ReachTable, place: str, why: str
) -> None:
    (problem,) = table_problems(table, {"yes": "Yes", "no": "No"}, today=TODAY)
    assert problem.place == place
    assert why in problem.words


def test_a_register_may_be_one_number() -> None:
    one = (Line("Known organisations", 930, "yes"),)
    table = ReachTable("group", Unit.ORGANISATIONS, "Register", TODAY, "", one)
    assert table_problems(table, {"yes": "Yes", "no": "No"}, today=TODAY) == ()
