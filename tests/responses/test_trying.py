"""Trying: an officer answers as a respondent would, and nothing is stored.

1. The pages, checks, routes and languages are those of the real journey.
2. Answers go along from page to page; at the end stands what would have been sent.
3. No draft, no response, no file and no line in the audit comes of it.
"""

import json
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, assume, given, settings

from app import clock
from responses.store.uploads import folder
from responses.tables import DraftRow, ResponseRow, UploadRow
from surveys import store as surveys
from surveys.checks import check
from surveys.native_files import write_questionnaire
from surveys.questionnaire import Questionnaire, Statement, Upload
from tests.browsing import Browser, Page
from tests.responses.asking import BY, QUESTIONNAIRE, SLUG, opened
from tests.responses.files import PDF, asking_for_files
from tests.surveys.questionnaires import KINDS, answers_for, questionnaires

TRY = f"/officer/consultations/{SLUG}/questionnaire/try"
LETTER = ("letter.pdf", PDF)


async def nothing_stored() -> bool:
    rows = [await table.count() for table in (DraftRow, ResponseRow, UploadRow)]
    return rows == [0, 0, 0] and not (folder().exists() and list(folder().iterdir()))


async def drafted() -> None:
    """Questions that are still being written: nobody outside has been told of them."""
    document = json.dumps(QUESTIONNAIRE).encode()
    await surveys.create_consultation(document, slug=SLUG, by=BY, now=clock.now())


async def at_check(officer: Browser) -> Page:
    page = await officer.get(TRY)
    page = await page.form("answers").fill(rides="yes", uses=["work", "school"]).submit("Continue")
    page = await page.form("answers").fill(often="sometimes").submit("Continue")
    page = await page.form("answers").fill(why="The last bus\nleaves early").submit("Continue")
    return await page.form("answers").fill(disabled="no").submit("Continue")


async def test_an_officer_answers_to_the_end_and_nothing_is_stored(officer: Browser) -> None:
    await drafted()
    page = await at_check(officer)
    assert page.heading == "Check your answers"
    page = await page.form("send").submit("Send your answers")
    assert page.heading == "What would have been sent"
    [document] = page.soup.select(".tried__document")
    assert json.loads(document.text) == {
        "answers": {
            "rides": "yes",
            "uses": ["work", "school"],
            "often": "sometimes",
            "why": "The last bus\nleaves early",
            "disabled": "no",
        }
    }
    assert "Kept apart from the other answers" in page.text
    assert await nothing_stored()


async def test_every_page_says_that_it_is_a_trial(officer: Browser) -> None:
    await drafted()
    page = await officer.get(TRY)
    for _ in range(2):
        assert "You are trying version 1." in page.text
        page = await page.form("answers").fill({}).submit("Continue")
    checked = await at_check(officer)
    assert "You are trying version 1." in checked.text


async def test_problems_are_those_of_the_real_pages(officer: Browser) -> None:
    await opened(now=clock.now())
    page = await officer.get(TRY)
    page = await page.form("answers").fill(uses=["work"]).submit("Continue")
    assert page.status_code == 422
    assert page.summary == ["Choose an answer to ‘Do you ride the bus?’"]
    assert page.form("answers").values["uses"] == ["work"]


async def test_an_earlier_answer_is_changed_and_what_it_hides_is_told(officer: Browser) -> None:
    await asking_for_files()
    page = await officer.get(TRY)
    page = await page.form("answers").fill(stop="A1", plans=[LETTER]).submit("Continue")
    page = await page.form("answers").fill(proof=[LETTER]).submit("Continue")
    page = await page.form("send").submit("Change Any plans?")
    page = await page.form("answers").submit("Remove letter.pdf")
    page = await page.form("answers").submit("Save and go back to your answers")
    assert "Answers that will not be sent" in page.text
    page = await page.form("send").submit("Send your answers")
    [document] = page.soup.select(".tried__document")
    assert json.loads(document.text) == {"answers": {"stop": "A1"}}
    assert "Proof of disability?" in page.text


async def test_files_are_looked_at_and_let_go(officer: Browser) -> None:
    await asking_for_files()
    page = await officer.get(TRY)
    bad = ("run.exe", b"MZ\x90\x00")
    page = await page.form("answers").fill(stop="A1", plans=[LETTER, bad]).submit("Continue")
    assert page.summary[0].startswith("‘run.exe’ is not a kind of file")
    page = await page.form("answers").submit("Continue")
    page = await page.form("answers").submit("Continue")
    assert "letter.pdf" in page.text
    assert await nothing_stored()


async def test_the_language_is_switched_at_any_page_and_at_the_check(officer: Browser) -> None:
    await drafted()
    page = await officer.get(TRY)
    page = await page.form("answers").fill(rides="yes").submit("Cymraeg")
    assert "Ydych chi’n teithio ar y bws?" in page.text
    assert page.form("answers").values["rides"] == ["yes"]
    checked = await at_check(officer)
    switched = await checked.form("send").submit("Cymraeg")
    assert "Ydych chi’n teithio ar y bws?" in switched.text


async def test_going_back_keeps_what_was_answered(officer: Browser) -> None:
    await drafted()
    page = await officer.get(TRY)
    page = await page.form("answers").fill(rides="yes").submit("Continue")
    page = await page.form("answers").submit("Back")
    assert page.form("answers").values["rides"] == ["yes"]


async def test_each_page_can_be_opened_by_itself(officer: Browser) -> None:
    await drafted()
    assert (await officer.get(f"{TRY}/3")).heading == "The plan"
    assert (await officer.get(f"{TRY}/2")).path == TRY
    assert (await officer.get(f"{TRY}/check")).heading == "Check your answers"
    assert (await officer.get(f"{TRY}/9")).status_code == 404


@pytest.mark.parametrize("carried", ["", "no JSON", '{"answers": 3}', "[" * 9_000])
async def test_what_cannot_be_carried_begins_anew(officer: Browser, carried: str) -> None:
    await drafted()
    page = await officer.get(TRY)
    form = page.form("answers").fill(rides="yes", _carried=carried)
    assert (await form.submit("Continue")).status_code == 200


async def test_coders_and_strangers_do_not_try(coder: Browser, visitor: Browser) -> None:
    await drafted()
    assert (await coder.get(TRY)).status_code == 403
    assert "Sign in" in (await visitor.get(TRY)).heading


LATELY = settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@LATELY
@given(
    questionnaires(kinds=tuple(kind for kind in KINDS if kind is not Upload)).flatmap(
        lambda asked: answers_for(asked).map(lambda answers: (asked, answers))
    )
)
async def test_what_would_be_sent_is_what_the_checks_keep(
    officer: Browser, drawn: tuple[Questionnaire, dict[str, object]]
) -> None:
    questionnaire, answers = drawn
    assume(not all(isinstance(each, Statement) for each in questionnaire.questions))
    slug = f"drawn-{uuid4().hex}"
    document = write_questionnaire(questionnaire)
    await surveys.create_consultation(document, slug=slug, by=BY, now=clock.now())
    address = f"/officer/consultations/{slug}/questionnaire/try/check"
    page = await officer.get(address)
    carried = json.dumps({"answers": answers})
    page = await page.form("send").fill(_carried=carried).submit("Send your answers")
    checked = check(questionnaire, answers)
    assert not checked.problems
    [shown] = page.soup.select(".tried__document")
    assert json.loads(shown.text) == {"answers": checked.answers}
    assert await nothing_stored()
