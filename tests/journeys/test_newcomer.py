"""The whole loop in a real browser, on the demonstration: answered, coded, decided, found again.

1. A newcomer answers the open consultation on a phone and gets a receipt.
2. A coder reads the answer and counts it under themes.
3. An officer records what was done about a theme, and marks it ready.
4. The newcomer finds the themes and the outcome on the receipt's page.

Each journey is made with JavaScript on and off.
"""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from app.auth.account import Role
from tests.chromium import PHONE, axe_violations, opened, overflow, sign_in

SLUG = "library-hours"
OFFICER = f"/officer/consultations/{SLUG}"
WORDS = "I finish at six. A late evening on Thursdays would let me bring my daughter."
STATEMENT = "We will open until 7pm on Thursdays for a trial of six months."

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


async def looked_at(page: Page) -> None:
    """Axe finds nothing, and nothing sticks out of the window."""
    if page.context.pages and await page.evaluate("1") == 1:
        assert await axe_violations(page) == []
    assert await overflow(page) == 0


async def answer(page: Page) -> str:
    """From the front page to a receipt; its code."""
    await page.goto("/")
    await page.get_by_role("link", name="When should the library be open?").click()
    await page.get_by_role("button", name="Start").first.click()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    await page.get_by_label("Every month", exact=True).check()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Strongly agree", exact=True).check()
    await page.get_by_label("Weekday evenings").check()
    await page.get_by_label("What difference would the plan make to you?").fill(WORDS)
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_text(WORDS)).to_be_visible()
    await page.get_by_role("button", name="Send your answers").click()
    await expect(page).to_have_url(re.compile("/receipts/"))
    return page.url


async def code_the_answer(page: Page) -> None:
    """Reads on until the newcomer's answer comes up, and counts it under the first theme."""
    await page.goto(f"{OFFICER}/coding")
    for _ in range(40):
        if await page.get_by_text(WORDS).count():
            break
        await page.get_by_role("button", name="Save and next").click()
        await page.wait_for_load_state()
    await expect(page.get_by_text(WORDS).first).to_be_visible()
    await page.get_by_role("checkbox", name=re.compile("Evening|evening")).first.check()
    await page.get_by_role("button", name="Save and next").click()


async def decide(page: Page) -> None:
    await page.goto(f"{OFFICER}/outcomes")
    await page.get_by_role("link", name=re.compile("Evening|evening")).first.click()
    await page.get_by_label("Strengthened").check()
    await page.get_by_label("We did", exact=True).fill(STATEMENT)
    await page.get_by_label("Ready to show to respondents").check()
    await page.get_by_role("button", name=re.compile("Save")).click()
    await page.wait_for_url("**/outcomes")


@SCRIPTS
async def test_a_newcomer_finds_what_became_of_an_answer(
    chrome: Browser, site: str, scripts: bool
) -> None:
    async with (
        opened(chrome, site, size=PHONE, scripts=scripts) as newcomer,
        opened(chrome, site, scripts=scripts) as staff,
    ):
        receipt = await answer(newcomer)
        await expect(newcomer.get_by_text("Nobody has read this yet")).to_be_visible()
        await sign_in(staff, site, Role.OFFICER)
        await code_the_answer(staff)
        await decide(staff)
        await newcomer.goto(receipt)
        await expect(newcomer.get_by_text("Counted under")).to_be_visible()
        await expect(newcomer.get_by_text(STATEMENT)).to_be_visible()
        assert await overflow(newcomer) == 0
