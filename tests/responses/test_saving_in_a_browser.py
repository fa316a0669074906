"""In Chromium: answers save themselves, two windows are told apart, and every new page is sound."""

import asyncio
from datetime import timedelta

import pytest
from litestar import Litestar
from playwright.async_api import Browser, Page, ViewportSize, expect

from app import clock
from responses import store
from responses.tables import DraftAnswerRow, DraftRow, ResponseRow
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow
from tests.responses import asking
from tests.responses.asking import SLUG

RESPOND = f"/consultations/{SLUG}/respond"


async def stored(question: str) -> str | None:
    rows = await DraftAnswerRow.select().where(DraftAnswerRow.question == question)
    return str(rows[0]["answer"]) if rows else None


async def until_stored(question: str, answer: str) -> None:
    for _ in range(300):
        if await stored(question) == answer:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{question} is {await stored(question)}, not {answer}")


async def begin(page: Page) -> None:
    """As far as the third page."""
    await asking.opened(now=clock.now(), closes_in=timedelta(days=20))
    await page.goto(RESPOND)
    await page.get_by_label("No", exact=True).check()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Where do you live?").wait_for()
    # Until the page is whole, nothing listens to what is typed.
    await page.wait_for_load_state()


async def test_answers_are_saved_as_they_change_and_are_there_after_a_reload(
    application: Litestar, screen: Page
) -> None:
    await asking.opened(now=clock.now())
    await screen.goto(RESPOND)
    await screen.get_by_label("Yes", exact=True).check()
    await until_stored("rides", '"yes"')
    await screen.get_by_label("Work").check()
    await until_stored("uses", '["work"]')
    assert await DraftRow.count() == 1
    await screen.goto(RESPOND)
    await expect(screen.get_by_label("Yes", exact=True)).to_be_checked()
    await expect(screen.get_by_label("Work")).to_be_checked()


async def test_whoever_types_and_goes_on_at_once_is_asked_nothing(
    application: Litestar, screen: Page
) -> None:
    await begin(screen)
    await screen.get_by_label("Where do you live?").fill("Dea")
    await screen.get_by_label("Tell us why").fill("Because")
    await screen.get_by_label("Where do you live?").fill("Deal")
    await screen.get_by_role("button", name="Continue").click()
    await screen.get_by_label("Your email address").wait_for()
    assert await stored("town") == '"Deal"'


async def test_whoever_closes_the_window_while_typing_loses_nothing(
    application: Litestar, screen: Page
) -> None:
    await begin(screen)
    await screen.get_by_label("Where do you live?").fill("Deal")
    await screen.goto("/")
    await until_stored("town", '"Deal"')


async def test_whoever_closes_the_window_while_a_save_is_under_way_loses_nothing(
    application: Litestar, screen: Page
) -> None:
    await begin(screen)
    # A connection on which the first save gets nowhere.
    await screen.evaluate(
        """() => {
          const { fetch } = window;
          window.fetch = (...sent) => {
            window.fetch = fetch;
            document.body.id = "under-way";
            return new Promise(() => sent);
          };
        }"""
    )
    await screen.get_by_label("Where do you live?").fill("Deal")
    await screen.locator("#under-way").wait_for()
    await screen.get_by_label("Tell us why").fill("Because")
    await screen.goto("/")
    await until_stored("town", '"Deal"')
    await until_stored("why", '"Because"')


async def test_an_answer_from_another_window_is_shown_beside_the_question(
    application: Litestar, screen: Page
) -> None:
    await begin(screen)
    other = await screen.context.new_page()
    await other.goto(f"{RESPOND}/3")
    await other.get_by_label("Where do you live?").fill("Hythe")
    await until_stored("town", '"Hythe"')
    await screen.get_by_label("Where do you live?").fill("Deal")
    shown = screen.get_by_role("alert")
    await expect(shown).to_contain_text("Hythe")
    assert await stored("town") == '"Hythe"'
    assert await axe_violations(screen) == []
    await screen.get_by_role("button", name="Keep the answer that stands here").click()
    await until_stored("town", '"Deal"')
    await other.get_by_label("Where do you live?").fill("Dover")
    await expect(other.get_by_role("alert")).to_contain_text("Deal")
    await other.get_by_role("button", name="Keep the other answer").click()
    await expect(other.get_by_label("Where do you live?")).to_have_value("Deal")


async def test_going_back_shows_what_has_been_saved(application: Litestar, screen: Page) -> None:
    await begin(screen)
    await screen.go_back()
    await expect(screen.get_by_label("No", exact=True)).to_be_checked()
    await expect(screen.locator("[data-save]")).not_to_have_attribute("data-blank", "")
    await screen.get_by_label("Yes", exact=True).check()
    await screen.get_by_role("button", name="Continue").click()
    await screen.get_by_label("Sometimes").wait_for()


async def test_where_cookies_are_refused_the_page_says_so_and_one_draft_is_begun(
    application: Litestar, screen: Page
) -> None:
    await asking.opened(now=clock.now())
    await screen.goto(RESPOND)
    await screen.get_by_label("Yes", exact=True).check()
    await until_stored("rides", '"yes"')
    await screen.context.clear_cookies()
    await screen.get_by_label("Work").check()
    await expect(screen.locator(".saving__trouble")).to_contain_text("keeps no cookies")
    assert await DraftRow.count() == 1


async def test_without_a_connection_the_page_tries_again(
    application: Litestar, screen: Page
) -> None:
    await begin(screen)
    await screen.context.set_offline(True)
    await screen.get_by_label("Where do you live?").fill("Deal")
    await expect(screen.locator(".saving__trouble")).to_contain_text("no connection")
    await screen.context.set_offline(False)
    await until_stored("town", '"Deal"')
    await expect(screen.locator(".saving__trouble")).to_be_empty()


@pytest.mark.parametrize("size", [WIDE, PHONE])
async def test_every_new_page_is_sound(
    application: Litestar, chrome: Browser, site: str, size: ViewportSize
) -> None:
    async with opened(chrome, site, size=size) as page:
        await begin(page)
        await sound(page)
        await page.get_by_role("button", name="Save and come back later").click()
        await page.get_by_role("heading", name="Your answers are saved").wait_for()
        await sound(page)
        await page.get_by_role("button", name="Send me the link").click()
        await page.get_by_role("alert").wait_for()
        await sound(page)
        [row] = await DraftRow.select(DraftRow.response_key)
        made = await store.return_of(await draft_of(row["response_key"]))
        assert made is not None
        for address in ("return", f"return/{made.link}", "return/nothing", "check"):
            await page.goto(f"{RESPOND}/{address}")
            await sound(page)
        await page.goto(f"{RESPOND}/return")
        await page.get_by_role("button", name="Go on with your answers").click()
        await page.get_by_role("alert").wait_for()
        await sound(page)


async def draft_of(key: object) -> store.Draft:
    from responses.store import drafts

    found = await drafts.draft_of(key)  # type: ignore[arg-type]
    assert found is not None
    return found


async def test_without_javascript_a_difference_is_settled_on_a_page_of_its_own(
    application: Litestar, chrome: Browser, site: str
) -> None:
    async with opened(chrome, site, size=PHONE, scripts=False) as page:
        await begin(page)
        assert not await page.locator("[data-save]").is_visible()
        [row] = await DraftRow.select(DraftRow.response_key)
        draft = await draft_of(row["response_key"])
        await store.save_draft(draft, {"town": "Hythe"}, language="en", now=clock.now())
        await page.get_by_label("Where do you live?").fill("Deal")
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_role("heading", name="Choose which answers to keep").wait_for()
        assert await overflow(page) == 0
        await page.get_by_label("What you answered here").check()
        await page.get_by_role("button", name="Keep these and continue").click()
        await page.get_by_label("Your email address").wait_for()
        assert await stored("town") == '"Deal"'


async def test_nobody_sees_or_reaches_the_field_that_only_programs_fill_in(
    application: Litestar, screen: Page
) -> None:
    await begin(screen)
    await screen.goto(f"{RESPOND}/check")
    assert not await screen.locator("#website").is_visible()
    assert "Leave this empty" not in await screen.locator("body").aria_snapshot()
    await screen.get_by_role("button", name="Send your answers").click()
    await screen.get_by_role("heading", name="We have your answers").wait_for()
    assert await ResponseRow.count() == 1
    await expect(screen.get_by_role("button", name="Print this page")).to_be_visible()
    await expect(screen.get_by_text("/receipts/")).not_to_be_visible()
    await screen.emulate_media(media="print")
    await expect(screen.get_by_role("button", name="Print this page")).not_to_be_visible()
    # Paper has no address bar.
    await expect(screen.get_by_text("/receipts/")).to_be_visible()


async def sound(page: Page) -> None:
    assert await axe_violations(page) == [], page.url
    assert await overflow(page) == 0, page.url
