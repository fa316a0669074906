"""A kiosk in Chromium: whoever walks away is asked first, and the next person finds nothing."""

import re
from datetime import timedelta

from litestar import Litestar
from playwright.async_api import Browser, Page, expect

from app.clock import now
from responses import store
from surveys import store as surveys
from tests.chromium import PHONE, axe_violations, opened, overflow
from tests.responses import asking
from tests.responses.asking import BY, SLUG

START = re.compile("/kiosk/")
QUESTIONNAIRE = {**asking.QUESTIONNAIRE, "layout": "single"}


async def at_the_start(page: Page) -> None:
    consultation = await asking.opened(QUESTIONNAIRE, now=now() - timedelta(days=1))
    kiosk = await store.add_kiosk(consultation, "Central Library", by=BY, now=now())
    await page.goto(f"/kiosk/{kiosk.code}")


async def send(page: Page) -> str:
    """Sends what was answered; gives the receipt's code."""
    await page.get_by_label("No", exact=True).first.check()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("button", name="Send your answers").click()
    heading = page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("Your answers have been sent")
    return await page.locator(".receipt__code").inner_text()


async def nothing_is_left(page: Page, code: str) -> None:
    """Whoever goes back finds neither the receipt nor an answer."""
    for _ in range(3):
        await page.go_back()
        await page.wait_for_load_state()
        assert code not in await page.content()
        assert await page.locator("input:checked").count() == 0
    cookies = {each.get("name") for each in await page.context.cookies()}
    assert cookies == {"hearback_kiosk"}


async def test_whoever_walks_away_is_asked_and_can_stay_as_long_as_they_like(
    application: Litestar, chrome: Browser, site: str
) -> None:
    async with opened(chrome, site, size=PHONE) as page:
        await page.clock.install()
        await at_the_start(page)
        assert [*await axe_violations(page), await overflow(page)] == [0]
        await page.get_by_role("button", name="Start: English").click()
        await page.get_by_label("Other", exact=True).first.check()
        dialog = page.get_by_role("dialog", name="Are you still there?")
        for _ in range(2):
            await expect(dialog).to_be_hidden()
            await page.clock.fast_forward(121_000)
            await expect(dialog).to_be_visible()
            await page.clock.run_for(30_000)
            await expect(dialog).to_contain_text("30 seconds")
            await dialog.get_by_role("button", name="I am still here: go on").click()
        await expect(page.get_by_label("Other", exact=True).first).to_be_checked()
        await page.clock.fast_forward(121_000)
        assert [*await axe_violations(page), await overflow(page)] == [0]
        await page.clock.run_for(61_000)
        await page.wait_for_url(START)
        await nothing_is_left(page, "no code yet")


async def test_a_person_without_javascript_answers_finishes_and_leaves_nothing(
    application: Litestar, chrome: Browser, site: str
) -> None:
    async with opened(chrome, site, scripts=False) as page:
        await at_the_start(page)
        await page.get_by_role("button", name="Start: English").click()
        code = await send(page)
        await page.locator("#finish-now button").click()
        await page.wait_for_url(START)
        await nothing_is_left(page, code)
        (kiosk,) = await store.kiosks((await surveys.consultation(SLUG)).id)
        assert kiosk.responses == 1
