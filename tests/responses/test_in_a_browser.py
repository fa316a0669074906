"""In Chromium: the pages pass axe, fit a phone, and work with JavaScript on and off."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from litestar import Litestar
from playwright.async_api import Browser, Page, ViewportSize

from app import clock
from app.auth.account import Role
from responses import store
from responses.response import Channel
from responses.tables import ResponseRow
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, pressed, sign_in
from tests.responses import asking
from tests.responses.asking import QUESTIONNAIRE, SLUG, answered

RESPOND = f"/consultations/{SLUG}/respond"
DESK = f"/officer/consultations/{SLUG}"


@pytest.mark.parametrize("size", [WIDE, PHONE])
async def test_every_page_on_a_respondents_way_is_accessible(
    application: Litestar, chrome: Browser, site: str, size: ViewportSize
) -> None:
    await asking.opened(now=clock.now())
    async with opened(chrome, site, size=size) as page:
        await answer(page, at_each_page=sound)
        await sound(page)
        await send(page)


async def test_a_respondent_on_a_phone_without_javascript_answers_and_sends(
    application: Litestar, chrome: Browser, site: str
) -> None:
    await asking.opened(now=clock.now())
    async with opened(chrome, site, size=PHONE, scripts=False) as page:
        await answer(page, at_each_page=nothing)
        await send(page)


async def test_the_whole_questionnaire_on_one_page_is_accessible(
    application: Litestar, screen: Page
) -> None:
    await asking.opened({**QUESTIONNAIRE, "layout": "single"}, now=clock.now())
    await screen.goto(RESPOND)
    await sound(screen)


async def test_enter_in_a_field_goes_on_and_does_not_switch_the_language(
    application: Litestar, screen: Page
) -> None:
    await asking.opened({**QUESTIONNAIRE, "layout": "single"}, now=clock.now())
    await screen.goto(RESPOND)
    await screen.get_by_label("No", exact=True).first.check()
    await screen.get_by_label("Where do you live?").press("Enter")
    await screen.get_by_role("heading", name="Check your answers").wait_for()


@pytest.mark.parametrize("address", ["check", "99"])
async def test_pages_that_say_what_happened_are_accessible(
    application: Litestar, screen: Page, address: str
) -> None:
    await asking.opened(now=clock.now())
    await screen.goto(f"{RESPOND}/{address}")
    await sound(screen)


@pytest.mark.parametrize("size", [WIDE, PHONE])
async def test_filtered_excluded_and_keyed_responses_are_accessible(
    application: Litestar, chrome: Browser, site: str, size: ViewportSize
) -> None:
    made = await asking.opened(now=clock.now() - timedelta(days=3))
    for channel in (Channel.ONLINE, Channel.PAPER, Channel.LETTER):
        await answered(made, channel=channel)
    await store.exclude(2, asking.DUPLICATE, consultation_id=made.id, by=asking.BY)
    async with opened(chrome, site, size=size) as page:
        await sign_in(page, site, Role.OFFICER)
        for address in (
            "responses?question=often&value=sometimes",
            "responses/2",
            "responses/key?after=1",
        ):
            await page.goto(f"{DESK}/{address}")
            await sound(page)


async def answer(page: Page, *, at_each_page: Callable[[Page], Awaitable[None]]) -> None:
    """From the first page, with a problem on it, to the one to check the answers."""
    await page.goto(RESPOND)
    await at_each_page(page)
    await go_on(page)
    await page.get_by_role("alert").wait_for()
    await at_each_page(page)
    await page.get_by_label("Yes", exact=True).check()
    await go_on(page)
    await page.get_by_label("Sometimes").check()
    await at_each_page(page)
    await go_on(page)
    await page.get_by_label("Where do you live?").fill("Ashford")
    await at_each_page(page)
    await go_on(page)
    await at_each_page(page)
    await go_on(page)
    await page.get_by_role("heading", name="Check your answers").wait_for()


async def send(page: Page) -> None:
    await page.get_by_role("button", name="Send your answers").click()
    await page.wait_for_url("**/receipts/*")
    assert await ResponseRow.count() == 1


async def go_on(page: Page) -> None:
    await pressed(page.get_by_role("button", name="Continue"))


async def sound(page: Page) -> None:
    assert await axe_violations(page) == [], page.url
    assert await overflow(page) == 0, page.url


async def nothing(page: Page) -> None:
    """axe runs as a script, so without JavaScript there is nothing to hold the page against."""
