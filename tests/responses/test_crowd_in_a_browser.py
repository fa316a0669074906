"""In Chromium, in a crowd: the browser does its sum and the answers go; without scripts the page
says how long to wait."""

from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar
from playwright.async_api import Browser, Page, expect

from app import clock
from responses.pages.pace import Crowd
from responses.tables import DraftHoldRow, ResponseRow
from tests.chromium import PHONE, axe_violations, opened, overflow
from tests.responses import asking
from tests.responses.asking import SLUG

RESPOND = f"/consultations/{SLUG}/respond"
HERE = "127.0.0.1"


def gather(application: Litestar) -> None:
    crowd = Crowd()
    for _ in range(crowd.networks.pace.free):
        crowd.networks.note(HERE, clock.now())
    application.state["crowd"] = crowd


async def to_check(page: Page) -> None:
    await asking.opened({**asking.QUESTIONNAIRE, "layout": "single"}, now=clock.now())
    await page.goto(RESPOND)
    await page.get_by_label("No", exact=True).first.check()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("heading", name="Check your answers").wait_for()


async def how_it_passed() -> str:
    [row] = await DraftHoldRow.select(DraftHoldRow.passed)
    return str(row["passed"])


async def test_pressed_before_the_crowd_was_known_the_answers_go_by_themselves(
    application: Litestar, screen: Page
) -> None:
    await to_check(screen)
    gather(application)
    await screen.get_by_role("button", name="Send your answers").click()
    await expect(screen.get_by_role("heading", level=1)).to_have_text(
        "We have your answers", timeout=25_000
    )
    assert await ResponseRow.count() == 1
    assert await how_it_passed() == "work"


async def test_a_clock_an_hour_wrong_and_a_press_too_early_do_not_matter(
    application: Litestar, screen: Page
) -> None:
    gather(application)
    await screen.clock.set_fixed_time(datetime.now(UTC) - timedelta(hours=1))
    await to_check(screen)
    await screen.get_by_role("button", name="Send your answers").click()
    await expect(screen.get_by_role("heading", level=1)).to_have_text(
        "We have your answers", timeout=25_000
    )
    assert await how_it_passed() == "work"


@pytest.mark.parametrize("scripts", [True, False])
async def test_the_page_that_holds_is_sound(
    application: Litestar, chrome: Browser, site: str, scripts: bool
) -> None:
    gather(application)
    async with opened(chrome, site, size=PHONE, scripts=scripts) as page:
        await to_check(page)
        hold = page.locator("#hold")
        if scripts:
            status = page.get_by_role("status").filter(has_text="The sum is done.")
            await expect(status).to_be_visible(timeout=25_000)
            await expect(hold.locator(".hold__words")).to_be_hidden()
            assert await axe_violations(page) == []
        else:
            await expect(hold).to_contain_text("can be sent in 30 seconds")
            await page.get_by_role("button", name="Send your answers").click()
            await expect(page.get_by_role("alert")).to_contain_text("Yours are kept. Wait ")
        assert await overflow(page) == 0
