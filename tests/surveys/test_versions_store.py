"""Correcting what is asked, and saying which questions are the same."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from app.audit.store import entries
from app.clock import now
from surveys import store
from surveys.consultation import Consultation
from surveys.drafting.operations import AddPage, ChangeQuestion, RemoveQuestion
from surveys.native_files import UnusableQuestionnaire
from surveys.questionnaire import Page
from tests.surveys.asking import EVERYTHING, SYSTEM, parks

NOTE = "The price in question 3 was wrong."
A_DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("database")


def who(**more: Any) -> dict[str, Any]:
    return {"by": SYSTEM, "now": now(), **more}


async def opened() -> Consultation:
    await parks()
    await store.open_round("parks", by=SYSTEM, now=now() - A_DAY)
    return await store.consultation("parks")


async def corrected() -> Consultation:
    """Version 2 renames a question and is used in round 1."""
    await opened()
    await store.begin_version("parks", note="For later", **who())
    asked = (await store.draft("parks")).questionnaire.by_key()["name"]
    renamed = msgspec.structs.replace(asked, key="full_name", text="Your full name?")
    await store.change("parks", ChangeQuestion("name", renamed), **who())
    await store.correct_round("parks", 2, note=NOTE, **who())
    return await store.consultation("parks")


async def test_a_new_version_begins_as_a_copy_of_the_newest() -> None:
    made = await opened()
    begun = await store.begin_version("parks", note="Prices", **who())
    first, second = await store.versions(made.id)
    assert (begun.number, begun.note, begun.frozen) == (2, "Prices", False)
    assert second.questionnaire.questions == first.questionnaire.questions
    assert all(page.key for page in second.questionnaire.pages)


async def test_only_one_version_is_changed_at_a_time() -> None:
    await opened()
    await store.begin_version("parks", note="Prices", **who())
    with pytest.raises(store.DraftThereAlready):
        await store.begin_version("parks", note="Again", **who())


async def test_the_round_under_way_goes_over_to_a_corrected_version_that_is_frozen() -> None:
    made = await corrected()
    first, second = await store.versions(made.id)
    assert made.rounds[0].version_id == second.id
    assert (second.frozen, second.note) == (True, NOTE)
    assert first.questionnaire.by_key().keys() != second.questionnaire.by_key().keys()
    (told,) = await store.corrections(made)
    assert (told.round_number, told.version, told.note) == (1, 2, NOTE)
    latest = (await entries(limit=1))[0]
    assert latest.action == "correct-round"
    assert NOTE in latest.detail


async def test_a_version_that_a_round_began_with_is_no_correction() -> None:
    await opened()
    await store.close_round("parks", **who())
    await store.begin_version("parks", note="For round 2", **who())
    await store.open_round("parks", **who())
    assert await store.corrections(await store.consultation("parks")) == ()


async def test_a_correction_needs_a_note_a_round_and_a_version_to_go_over_to() -> None:
    await parks()
    with pytest.raises(store.RoundNotOpen):
        await store.correct_round("parks", 1, note=NOTE, **who())
    await store.open_round("parks", **who())
    with pytest.raises(store.NoteMissing):
        await store.correct_round("parks", 1, note=" ", **who())
    with pytest.raises(store.NotACorrection):
        await store.correct_round("parks", 1, note=NOTE, **who())
    with pytest.raises(store.NoSuchVersion):
        await store.correct_round("parks", 7, note=NOTE, **who())


async def test_a_version_with_an_empty_page_is_not_put_in_use() -> None:
    made = await opened()
    await store.begin_version("parks", note="A page more", **who())
    await store.change("parks", AddPage(Page("Later", (), key="later"), 2), **who())
    with pytest.raises(UnusableQuestionnaire):
        await store.correct_round("parks", 2, note=NOTE, **who())
    assert (await store.consultation("parks")).rounds == made.rounds


async def test_an_officer_says_which_questions_are_the_same_and_takes_it_back() -> None:
    made = await corrected()
    first, second = await store.versions(made.id)

    async def are_one() -> bool:
        same = await store.equivalences(made.id)
        return same.of(first.id)["name"] == same.of(second.id)["full_name"]

    assert not await are_one()
    await store.map_question("parks", 2, "full_name", "name", **who())
    assert await are_one()
    assert (await entries(limit=1))[0].action == "map-question"
    await store.map_question("parks", 2, "full_name", None, **who())
    assert not await are_one()


async def test_questions_whose_answers_do_not_add_up_are_refused() -> None:
    made = await corrected()
    for key, same_as in (("full_name", "view"), ("full_name", "nowhere"), ("gone", "name")):
        with pytest.raises(store.CannotBeTheSame):
            await store.map_question("parks", 2, key, same_as, **who())
    with pytest.raises(store.NoSuchVersion):
        await store.map_question("parks", 9, "name", "name", **who())
    assert await store.mapped(made.id) == {}


async def test_a_question_is_saved_for_later_consultations() -> None:
    await parks()
    asked = (await store.draft("parks")).questionnaire.by_key()["members"]
    saved = await store.save_question(asked, name="Members", source="Survey 2025", **who())
    assert saved.question.show_if is None
    assert await store.saved_questions() == (saved,)
    with pytest.raises(store.NameTaken):
        await store.save_question(asked, name="Members", source="", **who())
    await store.rename_saved_question(saved.id, name="How many", source="", by=SYSTEM)
    assert [each.name for each in await store.saved_questions()] == ["How many"]
    await store.remove_saved_question(saved.id, by=SYSTEM)
    assert await store.saved_questions() == ()
    with pytest.raises(store.NoSuchSavedQuestion):
        await store.remove_saved_question(saved.id, by=SYSTEM)
    actions = [each.action for each in await entries(limit=3)]
    assert actions == ["remove-saved-question", "rename-saved-question", "save-question"]


async def test_the_copy_of_a_removed_question_stays_in_what_was_asked() -> None:
    made = await opened()
    await store.begin_version("parks", note="Shorter", **who())
    await store.change("parks", RemoveQuestion("name"), **who())
    first, second = await store.versions(made.id)
    assert "name" in first.questionnaire.by_key()
    assert "name" not in second.questionnaire.by_key()
    assert len(EVERYTHING["pages"]) == len(first.questionnaire.pages)
