"""An officer takes Kent from a refused publication to a published report, in a real browser.

1. Sees how far it has come and what is next; opens a number to the responses behind it.
2. Keys a paper answer through the same checks, on the consultation that is open; pauses it.
3. Publication is refused, naming fair funding; an outcome is recorded; it is published.
4. The public report shows the outcome.

Made with JavaScript on and off.
"""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from app.auth.account import Role
from app.clock import now
from tests.chromium import opened, overflow, sign_in

KENT = "/officer/consultations/kent-civil-society-strategy"
LIBRARY = "/officer/consultations/library-hours"
DID = "We will publish a fair funding standard for every contract with the sector."


async def open_a_number(page: Page) -> None:
    await page.goto(f"{KENT}/results")
    await page.locator("main table a").first.click()
    await expect(page).to_have_url(re.compile("/responses"))
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def key_a_paper_answer(page: Page) -> None:
    await page.goto(f"{LIBRARY}/responses/key")
    await page.get_by_label("Paper form", exact=True).check()
    await page.get_by_role("button", name="Store the response").click()
    await expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    received = page.get_by_role("group", name="Day it was received")
    for part, number in (("Day", now().day), ("Month", now().month), ("Year", now().year)):
        await received.get_by_label(part).fill(str(number))
    await page.get_by_label("Every month", exact=True).check()
    await page.get_by_label("What difference would the plan make to you?").fill("None to me.")
    await page.get_by_role("button", name="Store the response").click()
    await expect(page.get_by_text(re.compile("receipt", re.IGNORECASE)).first).to_be_visible()


async def pause(page: Page) -> None:
    await page.goto(f"{LIBRARY}/questionnaire")
    await page.get_by_label(re.compile("[Rr]eason|[Ww]hy")).first.fill("The plan is being redrawn.")
    await page.get_by_role("button", name=re.compile("Pause")).click()
    await page.goto("/consultations/library-hours")
    await expect(page.get_by_text("The plan is being redrawn.").first).to_be_visible()


async def publish(page: Page) -> None:
    await page.goto(f"{KENT}/publish")
    await expect(page.get_by_text("“Fair funding” has no outcome").first).to_be_visible()
    await page.goto(f"{KENT}/outcomes")
    await page.get_by_role("link", name="Fair funding", exact=True).click()
    await page.get_by_label("No change", exact=True).check()
    await page.get_by_label("We did", exact=True).fill(DID)
    await page.get_by_role("button", name="Save outcome").click()
    await expect(page.get_by_role("alert")).to_contain_text("Give the reason")
    await page.get_by_label("Why", exact=True).fill("The framework of 2015 stands.")
    await page.get_by_role("button", name="Save outcome").click()
    await page.goto(f"{KENT}/publish")
    await page.get_by_role("button", name=re.compile("Publish")).click()
    await page.goto("/consultations/kent-civil-society-strategy/report")
    await expect(page.get_by_text(DID).first).to_be_visible()
    assert await overflow(page) == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_an_officer_answers_back(chrome: Browser, site: str, scripts: bool) -> None:
    async with opened(chrome, site, scripts=scripts) as page:
        await sign_in(page, site, Role.PUBLISHER)
        await page.goto(KENT)
        await expect(page.get_by_role("link", name="Read 7 answers")).to_be_visible()
        await open_a_number(page)
        await key_a_paper_answer(page)
        await pause(page)
        await publish(page)
