"""Codings as they are kept: one coder, two coders, and the way back."""

import asyncio

import pytest

from analysis import store
from analysis.codebook import Theme
from analysis.coding import ChangedMeanwhile, Codings
from responses import store as responses
from responses.response import Exclusion
from responses.store import TextAnswer
from tests.analysis.conftest import BY, NOW, SLUG, Asked

OTHER = "coder@hearback.example"
UNREAD = Codings().mark


@pytest.fixture
async def lake(parks: Asked) -> tuple[TextAnswer, Theme, Theme]:
    await parks.answer(why="The lake is lovely")
    (answer,) = await parks.texts()
    return answer, await parks.theme("Lakes"), await parks.theme("Praise")


Lake = tuple[TextAnswer, Theme, Theme]


async def test_an_answer_takes_several_themes_or_none(parks: Asked, lake: Lake) -> None:
    answer, lakes, praise = lake
    await parks.code(answer, lakes, praise)
    assert await store.codings_of_answer(answer.id) == Codings((lakes.id, praise.id), True)
    await parks.code(answer)
    assert await store.codings_of_answer(answer.id) == Codings((), True)


async def test_steps_are_taken_back_one_after_the_other(parks: Asked, lake: Lake) -> None:
    answer, lakes, praise = lake
    await parks.code(answer, lakes)
    await parks.code(answer, lakes, praise)
    assert await store.undo(parks.id, BY, now=NOW) == answer.id
    assert await store.codings_of_answer(answer.id) == Codings((lakes.id,), True)
    assert await store.undo(parks.id, BY, now=NOW) == answer.id
    assert await store.codings_of_answer(answer.id) == Codings()
    assert await store.undo(parks.id, BY, now=NOW) is None


async def test_a_coder_takes_back_only_their_own_steps(parks: Asked, lake: Lake) -> None:
    answer, lakes, _ = lake
    await parks.code(answer, lakes)
    assert await store.undo(parks.id, OTHER, now=NOW) is None
    assert not await store.may_undo(parks.id, OTHER)
    assert await store.may_undo(parks.id, BY)


async def test_a_step_is_not_taken_back_over_another_coders(parks: Asked, lake: Lake) -> None:
    answer, lakes, praise = lake
    await parks.code(answer, lakes)
    await parks.code(answer, praise, coder=OTHER)
    with pytest.raises(ChangedMeanwhile, match=OTHER):
        await store.undo(parks.id, BY, now=NOW)
    assert await store.codings_of_answer(answer.id) == Codings((praise.id,), True)


async def test_a_step_can_be_taken_back_after_its_theme_was_merged(
    parks: Asked, lake: Lake
) -> None:
    answer, lakes, praise = lake
    await parks.code(answer, praise)
    await parks.code(answer, lakes)
    await store.merge_themes(SLUG, lakes.id, praise.id, by=BY, now=NOW)
    assert await store.undo(parks.id, BY, now=NOW) == answer.id
    assert await store.codings_of_answer(answer.id) == Codings((praise.id,), True)


async def test_codings_that_changed_since_they_were_seen_are_kept(parks: Asked, lake: Lake) -> None:
    answer, lakes, praise = lake
    await parks.code(answer, lakes, coder=OTHER, seen=UNREAD)
    with pytest.raises(ChangedMeanwhile, match=OTHER) as refused:
        await parks.code(answer, praise, seen=UNREAD)
    assert refused.value.now == Codings((lakes.id,), True)
    assert await store.codings_of_answer(answer.id) == Codings((lakes.id,), True)
    await parks.code(answer, praise, seen=refused.value.now.mark)
    assert await store.codings_of_answer(answer.id) == Codings((praise.id,), True)


async def test_of_two_coders_at_the_same_moment_one_is_told(parks: Asked, lake: Lake) -> None:
    answer, lakes, praise = lake
    done = await asyncio.gather(
        parks.code(answer, lakes, coder=OTHER, seen=UNREAD),
        parks.code(answer, praise, seen=UNREAD),
        return_exceptions=True,
    )
    assert [type(one) for one in done if one is not None] == [ChangedMeanwhile]
    assert len((await store.codings_of_answer(answer.id)).themes) == 1


async def test_a_theme_that_stays_keeps_its_first_coder(parks: Asked, lake: Lake) -> None:
    answer, lakes, praise = lake
    await parks.code(answer, lakes, coder=OTHER)
    await parks.code(answer, lakes, praise)
    await store.undo(parks.id, BY, now=NOW)
    assert await store.last_coder(answer.id) == OTHER


async def test_progress_counts_what_people_have_finished(parks: Asked, lake: Lake) -> None:
    answer, lakes, _ = lake
    await parks.answer(why="Fine")
    await parks.code(answer, lakes, finished=False)
    assert await store.coding_progress(parks.id) == store.CodingProgress(0, 2)
    await parks.code(answer)
    assert await store.coding_progress(parks.id) == store.CodingProgress(1, 2)


async def test_a_response_out_of_the_figures_is_out_of_the_progress(
    parks: Asked, lake: Lake
) -> None:
    answer, lakes, _ = lake
    await parks.code(answer, lakes)
    await responses.exclude(answer.response_id, Exclusion.TEST, consultation_id=parks.id, by=BY)
    assert await store.coding_progress(parks.id) == store.CodingProgress(0, 0)
    assert (await store.theme_counts(parks.id))[lakes.id].people == 0


async def test_a_respondent_sees_the_themes_of_finished_answers_only(
    parks: Asked, lake: Lake
) -> None:
    answer, lakes, praise = lake
    await parks.code(answer, lakes, finished=False)
    assert await store.codings_of(answer.response_key) == ()
    await parks.code(answer, lakes, praise)
    assert await store.codings_of(answer.response_key) == (
        store.OwnTheme("why", lakes.id, "Lakes"),
        store.OwnTheme("why", praise.id, "Praise"),
    )
