"""The kept matrix is what a fresh reading would give, whatever happened in between."""

from collections.abc import Sequence
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]
import pytest

from analysis import store
from analysis.crosstab import Marks, crosstab, everybody
from analysis.matrix import blocks
from analysis.store.matrices import MOST_KEPT, codings_by_version, matrix
from analysis.tally import forms_of
from app.database import connect
from responses import store as responses
from responses.response import Channel, Exclusion
from responses.tables import ResponseRow
from surveys import store as surveys
from tests.analysis.conftest import BY, NOW, SLUG, Asked

ANOTHER = """
    INSERT INTO response (key, receipt_hash, consultation, round, round_number, version, channel,
                          submitted_at, status, record, coded, answers_hash, keyed_by)
    SELECT gen_random_uuid(), 'another', consultation, round, round_number, version, channel,
           submitted_at, status, record, coded, answers_hash, keyed_by FROM response LIMIT 1
"""


async def ids(parks: Asked) -> list[int]:
    return [number for each in await matrix(parks.id) for number in each.block.ids.tolist()]


def counted(marks: Sequence[Marks]) -> list[object]:
    """Every cell of every question."""
    found: list[object] = []
    for form in forms_of(marks):
        for row in form.rows or (None,):
            tab = crosstab(form, marks, everybody(marks), row)
            found.append((form.key, row, tab.options.tolist(), tab.answered, tab.missing))
    return found


async def read_anew(parks: Asked) -> tuple[Marks, ...]:
    rows = await responses.coded_rows(parks.id)
    return tuple(map(Marks, blocks(rows, await codings_by_version(parks.id))))


async def is_as_read_anew(parks: Asked) -> bool:
    kept, anew = await matrix(parks.id), await read_anew(parks)
    same = ids_of(kept) == ids_of(anew)
    return same and str(counted(kept)) == str(counted(anew))


def ids_of(marks: Sequence[Marks]) -> list[int]:
    return sorted(number for each in marks for number in each.block.ids.tolist())


@pytest.fixture
def blocks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two responses fill a block, and three are many."""
    for place in ("analysis.matrix", "responses.coded_rows", "responses.store.coded"):
        monkeypatch.setattr(f"{place}.MOST_TOGETHER", 2)
    monkeypatch.setattr("responses.store.coded.MANY", 2)


async def test_new_responses_are_added_to_what_is_kept(parks: Asked) -> None:
    await parks.answer(group="yes", plan="agree")
    (before,) = await matrix(parks.id)
    before_that = counted((before,))
    assert (await matrix(parks.id))[0] is before
    await parks.answer(group="no", round_number=2)
    await parks.answer(places=["north", "east"])
    (after,) = await matrix(parks.id)
    assert str(counted((before,))) == str(before_that)
    assert after.block.ids.tolist() == [
        row.response_id for row in await responses.coded_rows(parks.id)
    ]
    assert after.block.rounds.tolist() == [1, 2, 1]
    assert after.block.of_channel("online").tolist() == [True] * 3
    assert await is_as_read_anew(parks)


async def test_what_pages_made_of_a_block_grows_with_it(parks: Asked) -> None:
    """A bit at a time, over the ends of bytes and of numbers."""
    for number in range(70):
        await parks.answer(group=("yes", "no")[number % 2], places=["north", "east"][: number % 3])
        if number % 7 == 0 or number > 60:
            assert await is_as_read_anew(parks)


@pytest.mark.usefixtures("blocks_of_two")
async def test_many_are_read_apart_and_in_blocks(parks: Asked) -> None:
    for number in range(5):
        plan = ("agree", "neither", "dont_know")[number % 3]
        await parks.answer(plan=plan, places=["east"], round_number=1 + number % 2)
    marks = await matrix(parks.id)
    assert [each.block.ids.size for each in marks] == [2, 2, 1]
    assert sum(int((each.block.rounds == 2).sum()) for each in marks) == 2
    assert all(each.block.of_channel("online").all() for each in marks)
    assert await is_as_read_anew(parks)
    for sizes in ([2, 2, 2], [2, 2, 2, 1]):
        await parks.answer(group="no")
        assert [each.block.ids.size for each in await matrix(parks.id)] == sizes
    assert (await matrix(parks.id))[0] is marks[0]
    assert await is_as_read_anew(parks)
    assert (await store.tally(SLUG)).base == 7


async def test_many_that_lie_among_others_are_read_apart_too(
    parks: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("responses.store.coded.MANY", 2)
    for number in range(7):
        plan = ("agree", "neither", "dont_know")[number % 3]
        await parks.answer(plan=plan, round_number=1 + number % 2)
    (marks,) = await matrix(parks.id)
    by_round = zip(marks.block.ids.tolist(), marks.block.rounds.tolist(), strict=True)
    rows = await responses.coded_rows(parks.id)
    assert sorted(by_round) == [(row.response_id, row.round_number) for row in rows]
    assert await is_as_read_anew(parks)


@pytest.mark.usefixtures("blocks_of_two")
async def test_coded_answers_of_another_length_are_refused(parks: Asked) -> None:
    for _ in range(3):
        await parks.answer(group="yes")
    await ResponseRow.update({ResponseRow.coded: b"1"}).where(ResponseRow.channel == "online")
    with pytest.raises((ValueError, RuntimeError), match="coded answers"):
        await matrix(parks.id)


async def test_what_is_left_out_of_the_figures_is_left_out_at_once(parks: Asked) -> None:
    receipt = await responses.add_response(
        parks.rounds[0],
        parks.version,
        {"group": "yes"},
        channel=Channel.PAPER,
        submitted_at=NOW,
        key=uuid4(),
    )
    await parks.answer(group="no")
    first, second = await ids(parks)
    await responses.exclude(second, Exclusion.DUPLICATE, consultation_id=parks.id, by=BY)
    assert await ids(parks) == [first]
    await responses.include(second, consultation_id=parks.id, by=BY)
    await responses.withdraw(receipt)
    assert await ids(parks) == [second]
    assert (await store.tally(SLUG)).base == 1


async def test_what_changes_no_answer_leaves_the_matrix_as_it_is(parks: Asked) -> None:
    await parks.answer(group="yes")
    (before,) = await matrix(parks.id)
    await parks.theme("Lakes")
    assert (await matrix(parks.id))[0] is before
    await surveys.begin_version(SLUG, note="", by=BY, now=NOW)
    begun, answered = await matrix(parks.id)
    assert begun.block.ids.size == 0
    assert answered.block.lanes is before.block.lanes


async def test_a_response_with_a_lower_id_that_comes_late_is_counted(
    parks: Asked, database: str
) -> None:
    """PostgreSQL gives out ids before it commits."""
    if not database.startswith("postgres"):
        pytest.skip("SQLite has one writer, so nothing comes late")
    await parks.answer(group="yes")
    (first,) = await ids(parks)
    slow = await asyncpg.connect(database)
    try:
        async with slow.transaction():
            await slow.execute(ANOTHER)
            await parks.answer(group="no")
            assert await ids(parks) == [first, first + 2]
            await parks.answer(group="no")
            assert await ids(parks) == [first, first + 2, first + 3]
        assert await ids(parks) == [first, first + 2, first + 3, first + 1]
        assert await is_as_read_anew(parks)
    finally:
        await slow.close()


async def test_nothing_is_kept_over_another_connection(parks: Asked, database: str) -> None:
    """A copy of a database has the same audit, and may have other responses since."""
    (before,) = await matrix(parks.id)
    await connect(database)
    (after,) = await matrix(parks.id)
    assert after is not before


async def test_only_so_many_are_kept(parks: Asked) -> None:
    (before,) = await matrix(parks.id)
    for number in range(MOST_KEPT):
        await matrix(1_000 + number)
    assert (await matrix(parks.id))[0] is not before
