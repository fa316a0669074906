"""Officers make statements and word them; an admin sets the bands."""

import pytest
from litestar import Litestar

from analysis import store
from analysis.quantities import BANDS, Band
from analysis.statements import Bound
from tests.analysis.conftest import BY, NOW, SLUG, Asked, asked
from tests.browsing import Browser

HERE = f"/officer/consultations/{SLUG}/statements"
AGREED = Bound("plan", values=("strongly_agree", "agree"))


@pytest.fixture
async def parks(application: Litestar) -> Asked:
    parks = await asked()
    for _ in range(21):
        await parks.answer(plan="agree", places=["north", "east"])
    for _ in range(10):
        await parks.answer(plan="disagree", round_number=2)
    return parks


async def test_a_statement_is_made_worded_and_marked_for_the_report(
    officer: Browser, parks: Asked
) -> None:
    page = await officer.get(HERE)
    assert "No statement is kept yet" in page.text
    page = await page.follow("Make a statement")
    page = await page.form("choose").fill(question="plan").submit()
    words = "Most of those who answered (21 of 31, 68%) agreed with ‘The plan is right’."
    assert words in page.text
    page = await page.form(f"Keep it : {words}").submit()
    assert page.path == f"{HERE}?done=kept"
    assert words in page.text
    assert "Not in the report" in page.text
    page = await page.form("Print it in the report : " + words).submit()
    assert "In the next edition" in page.text
    page = await page.follow(f"Change the words : {words}")
    own = page.form("own-words")
    assert own.values["sentence"] == ["Most of those who replied agreed with ‘The plan is right’."]
    page = await own.fill(sentence="A few people like the plan.").submit()
    assert page.status_code == 422
    assert page.summary[0].startswith("Say “most” in the sentence")
    assert page.form("own-words").values["sentence"] == ["A few people like the plan."]
    page = await page.form("own-words").fill(sentence="Most people like the plan.").submit()
    assert "Most people like the plan (21 of 31, 68%)." in page.text


async def test_a_conflict_shows_here_and_on_the_overview_until_it_is_settled(
    officer: Browser, parks: Asked
) -> None:
    page = await officer.get(f"{HERE}/add?question=plan&round=1")
    assert "Round 1: 21 of 21 who answered agreed" in page.text
    page = await officer.get(f"{HERE}/add?question=plan&answer=agree&answer=neither")
    assert "‘Agree’ or ‘Neither agree nor disagree’ to ‘The plan is right’." in page.text
    number = await store.keep_statement(parks.consultation, AGREED, by=BY, now=NOW)
    page = await officer.get(f"{HERE}/{number}")
    await page.form("own-words").fill(sentence="Most people like the plan.").submit()
    for _ in range(12):
        await parks.answer(plan="disagree", round_number=2)
    page = await officer.get(HERE)
    assert "1 statement no longer fits the data" in page.text
    assert "it is 21 of 43, 49% now, which is “around half”" in page.text
    overview = await officer.get(f"/officer/consultations/{SLUG}")
    assert "Settle 1 statement" in overview.text
    page = await page.follow("Settle it : Most people like the plan (21 of 43, 49%).")
    page = await page.form("program-words").submit()
    assert "Around half of those who answered (21 of 43, 49%) agreed" in page.text
    overview = await officer.get(f"/officer/consultations/{SLUG}")
    assert "Settle" not in overview.text


async def test_an_admin_sets_the_bands(admin: Browser, parks: Asked) -> None:
    page = await admin.get("/officer/bands")
    form = page.form("bands").fill({"word-1": "nearly all", "word-1-cy": "bron pob un"})
    page = await form.fill({"from-2": "95", "from-3": "half"}).submit()
    assert page.status_code == 422
    assert page.summary == ["Enter where this band starts as whole per cent, like 55"]
    page = await page.form("bands").fill({"from-3": "45"}).submit()
    assert page.summary == ["“most” starts at or above “nearly all”: make it lower"]
    assert page.form("bands").values["word-1-cy"] == ["bron pob un"]
    assert await store.bands() == BANDS
    page = await page.form("bands").fill({"from-2": "55%"}).submit()
    assert page.path == "/officer/bands?done=set"
    assert "nearly all: 90% or more" in page.text
    assert "bron pob un: 90% neu fwy" in page.text
    assert (await store.bands())[0] == Band("nearly all", 90, {"cy": "bron pob un"})
    page = await page.form("own-bands").submit()
    assert await store.bands() == BANDS
    assert "Go back to Hearback" not in page.text
