"""The questions are corrected while people answer them.

1. Every answer that still fits is kept; what does not is shown once more, and not sent.
2. The respondent reads what changed before going on, wherever they were.
3. Nothing is stored twice, and nothing of the corrected questions without having been seen.
"""

import copy
import json
from typing import Any

import pytest
from msgspec.structs import replace

from app.clock import now
from responses import store
from responses.carrying import carried, crossing
from surveys import store as surveys
from surveys.drafting.operations import ChangeQuestion, RemoveQuestion
from surveys.native_files import read_questionnaire
from surveys.questionnaire import Questionnaire
from tests.browsing import Browser, Page
from tests.responses.asking import BY, QUESTIONNAIRE, SLUG, opened

RESPOND = f"/consultations/{SLUG}/respond"
NOTE = "Late buses run until 2am, not midnight."


def asked(**changed: dict[str, Any] | None) -> Questionnaire:
    """The questionnaire with some questions changed, or taken out."""
    document = copy.deepcopy(QUESTIONNAIRE)
    for page in document["pages"]:
        page["questions"] = [
            each | (changed.get(each["key"]) or {})
            for each in page["questions"]
            if changed.get(each["key"], {}) is not None
        ]
    return read_questionnaire(json.dumps(document).encode())


def over(after: Questionnaire, **renamed: str) -> Any:
    before = asked()
    names = {key: key for key in before.by_key()}
    later = {key: renamed.get(key, key) for key in after.by_key()}
    return crossing(before, after, names, later)


class TestCarrying:
    def test_what_is_asked_as_before_is_carried_and_nothing_is_to_look_at(self) -> None:
        answers = {"rides": "other", "rides.other": "Sometimes", "views": {"fewer": "agree"}}
        found = carried(over(asked()), answers, language="en")
        assert (found.answers, found.lost, found.to_look_at) == (answers, (), frozenset())

    def test_an_answer_to_other_words_is_kept_and_to_look_at(self) -> None:
        after = asked(why={"text": "Tell us what you would change"})
        found = carried(over(after), {"why": "The last bus"}, language="en")
        assert found.answers == {"why": "The last bus"}
        assert found.reworded == ("why",)

    def test_an_option_that_went_takes_its_answers_along_and_says_so(self) -> None:
        after = asked(uses={"options": [{"value": "school", "text": "School"}]})
        found = carried(over(after), {"uses": ["work", "school"]}, language="en")
        assert found.answers == {}
        (lost,) = found.lost
        assert (lost.question.key, lost.said, lost.key) == ("uses", ("Work", "School"), "uses")

    def test_a_question_that_went_is_lost_and_one_that_came_is_new(self) -> None:
        after = asked(town={"key": "village"})
        found = carried(over(after), {"town": "Ashford"}, language="en")
        (lost,) = found.lost
        assert (lost.said, lost.key, found.new) == (("Ashford",), "", ("village",))

    def test_a_renamed_question_that_an_officer_mapped_keeps_its_answer(self) -> None:
        after = asked(town={"key": "village"})
        found = carried(over(after, village="town"), {"town": "Ashford"}, language="en")
        assert (found.answers, found.lost, found.new) == ({"village": "Ashford"}, (), ())

    def test_a_key_with_another_type_is_asked_again(self) -> None:
        after = asked(town={"type": "number"})
        found = carried(over(after, town="another"), {"town": "Ashford"}, language="en")
        (lost,) = found.lost
        assert (lost.key, found.new, found.to_look_at) == ("town", (), frozenset({"town"}))

    def test_an_answer_left_out_is_not_lost(self) -> None:
        found = carried(over(asked(town=None)), {"why": "The last bus"}, language="en")
        assert found.lost == ()


async def correct(**changed: Any) -> None:
    """Version 2 with a question changed, or taken out where None is given."""
    await surveys.begin_version(SLUG, note="", by=BY, now=now())
    for key, change in changed.items():
        there = (await surveys.draft(SLUG)).questionnaire.by_key()[key]
        operation = RemoveQuestion(key) if change is None else ChangeQuestion(key, change(there))
        await surveys.change(SLUG, operation, by=BY, now=now())
    await surveys.correct_round(SLUG, 2, note=NOTE, by=BY, now=now())


def reworded(words: str) -> Any:
    return lambda question: replace(question, text=words)


def without(value: str) -> Any:
    def changed(question: Any) -> Any:
        left = tuple(each for each in question.options if each.value != value)
        return replace(question, options=left)

    return changed


@pytest.fixture
async def began(visitor: Browser) -> Page:
    """Somebody who has answered the first page, and stands on the second."""
    await opened(now=now())
    page = await visitor.get(RESPOND)
    return await page.form().fill(rides="yes", uses=["work"]).submit()


async def responses_stored() -> int:
    consultation = await surveys.consultation(SLUG)
    return (await store.received_counts()).get(consultation.id, 0)


async def test_the_next_page_says_what_changed_and_every_answer_is_kept(
    visitor: Browser, began: Page
) -> None:
    await correct(why=reworded("What would you change?"))
    page = await began.form().fill(often="often").submit()
    assert page.path == f"{RESPOND}/changed"
    assert page.heading == "The questions were corrected"
    assert NOTE in page.text
    assert "3 of your answers are kept." in page.text
    page = await page.form().submit()
    assert page.path == f"{RESPOND}/3"
    page = await visitor.get(RESPOND)
    assert page.form().values["rides"] == ["yes"]
    assert page.form().values["uses"] == ["work"]
    page = await visitor.get(f"{RESPOND}/2")
    assert page.form().values["often"] == ["often"]


async def test_an_answer_that_does_not_fit_is_shown_and_asked_again(
    visitor: Browser, began: Page
) -> None:
    await correct(uses=without("work"))
    page = await visitor.get(f"{RESPOND}/2")
    assert page.path == f"{RESPOND}/changed"
    assert "What for? Work It is asked again in another way" in page.text
    page = await page.form().submit()
    assert page.path == RESPOND
    assert page.form().values["rides"] == ["yes"]
    assert page.form().values["uses"] == []


async def test_an_answer_that_is_not_asked_for_any_more_is_not_sent(
    visitor: Browser, began: Page
) -> None:
    await correct(uses=None)
    page = await visitor.get(f"{RESPOND}/check")
    assert "Work It is not asked any more" in page.text
    await page.form().submit()
    page = await visitor.get(f"{RESPOND}/2")
    await page.form().fill(often="often").submit()
    page = await (await visitor.get(f"{RESPOND}/check")).form("send").submit()
    response = await store.response_by_receipt(page.path.rpartition("/")[2])
    assert response is not None
    assert response.answers == {"rides": "yes", "often": "often"}
    second = (await surveys.versions((await surveys.consultation(SLUG)).id))[1]
    assert response.version_id == second.id
    assert await responses_stored() == 1


async def test_sending_stores_nothing_before_the_change_was_seen(
    visitor: Browser, began: Page
) -> None:
    await began.form().fill(often="often").submit()
    check = await visitor.get(f"{RESPOND}/check")
    await correct(why=reworded("What would you change?"))
    page = await check.form("send").submit()
    assert page.path == f"{RESPOND}/changed"
    assert await responses_stored() == 0
    await page.form().submit()
    page = await (await visitor.get(f"{RESPOND}/check")).form("send").submit()
    assert page.path.startswith("/receipts/")
    assert await responses_stored() == 1
    again = await check.form("send").submit(follow=False)
    assert again.status_code in (303, 409)
    assert await responses_stored() == 1


async def test_a_blank_page_of_the_old_questions_loses_nothing(visitor: Browser) -> None:
    await opened(now=now())
    blank = await visitor.get(RESPOND)
    await correct(uses=without("work"))
    page = await blank.form().fill(rides="no", uses=["work"]).submit()
    assert page.path == f"{RESPOND}/changed"
    assert "What for? Work" in page.text
    page = await page.form().submit()
    assert page.form().values["rides"] == ["no"]


async def test_an_answer_taken_back_on_a_page_of_the_old_questions_is_not_kept(
    visitor: Browser, began: Page
) -> None:
    first = await visitor.get(RESPOND)
    await correct(why=reworded("What would you change?"))
    page = await first.form().fill(rides="yes", uses=[]).submit()
    assert page.path == f"{RESPOND}/changed"
    await page.form().submit()
    assert (await visitor.get(RESPOND)).form().values["uses"] == []


async def test_a_page_left_open_in_another_window_keeps_what_still_fits_and_shows_the_rest(
    visitor: Browser, began: Page
) -> None:
    first = await visitor.get(RESPOND)
    await correct(uses=without("work"))
    await (await visitor.get(f"{RESPOND}/changed")).form().submit()
    page = await first.form().fill(rides="no", uses=["work", "school"]).submit()
    assert page.heading == "The questions were corrected"
    assert "What for? Work School It is asked again in another way" in page.text
    page = await page.form().submit()
    assert page.path == f"{RESPOND}/check"
    page = await visitor.get(RESPOND)
    assert page.form().values["rides"] == ["no"]
    assert page.form().values["uses"] == []


async def test_a_page_left_open_of_which_all_fits_goes_on_where_it_is_asked(
    visitor: Browser, began: Page
) -> None:
    first = await visitor.get(RESPOND)
    await correct(why=reworded("What would you change?"))
    await (await visitor.get(f"{RESPOND}/changed")).form().submit()
    page = await first.form().fill(rides="no", uses=["school"]).submit()
    assert page.path == RESPOND
    assert page.form().values["uses"] == ["school"]


async def test_going_on_twice_changes_nothing_more(visitor: Browser, began: Page) -> None:
    await correct(why=reworded("What would you change?"))
    changed = await visitor.get(f"{RESPOND}/changed")
    await changed.form().submit()
    await (await visitor.get(RESPOND)).form().fill(rides="no").submit()
    page = await changed.form().submit()
    assert page.path == f"{RESPOND}/check"
    assert (await visitor.get(RESPOND)).form().values["rides"] == ["no"]


async def test_whoever_thinks_better_of_it_can_still_delete_everything(
    visitor: Browser, began: Page
) -> None:
    check = await visitor.get(f"{RESPOND}/check")
    await correct(uses=None)
    page = await check.form("discard").submit()
    assert page.path == f"/consultations/{SLUG}"
    assert (await visitor.get(RESPOND)).form().values["rides"] == []


async def test_without_a_correction_there_is_nothing_to_read(visitor: Browser, began: Page) -> None:
    assert (await visitor.get(f"{RESPOND}/changed")).path == RESPOND


async def test_the_overview_says_when_and_why_the_questions_were_corrected(
    visitor: Browser,
) -> None:
    await opened(now=now())
    await correct(uses=None)
    page = await visitor.get(f"/consultations/{SLUG}")
    assert "The questions were corrected on" in page.text
    assert NOTE in page.text


async def test_two_windows_on_questions_that_are_corrected_lose_nothing_unshown(
    visitor: Browser,
) -> None:
    await opened(now=now())
    page = await visitor.get(RESPOND)
    await page.form("answers").fill(rides="no").submit()
    early, late = await visitor.get(f"{RESPOND}/3"), await visitor.get(f"{RESPOND}/3")
    await early.form("answers").fill(town="Deal").submit()
    await correct(why=reworded("Tell us what you would change"))
    shown = await late.form("answers").fill(town="Dover").submit()
    assert shown.heading == "Choose which answers to keep"
    after = await shown.form("differs").fill({"keep.town": "mine"}).submit()
    assert after.heading == "The questions were corrected"
    after = await after.form().submit()
    check = await visitor.get(f"{RESPOND}/check")
    assert "Dover" in check.text
    assert "Deal" not in check.text
