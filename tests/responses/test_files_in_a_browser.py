"""In Chromium: files, places and varying orders, with JavaScript on and off, wide and on a phone.

1. A file is chosen, kept, removed and sent; pages pass axe and fit.
2. A point on a map is set by a click and by the arrow keys; the field alone is enough.
3. Reloading a page shows the same order; another visitor may see another.
4. A trial goes to its end by buttons.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Litestar
from playwright.async_api import Browser, FilePayload, Page, ViewportSize, expect

from app import clock
from app.auth.account import Role
from responses.tables import DraftRow
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, pressed, sign_in
from tests.responses import asking
from tests.responses.asking import SLUG
from tests.responses.files import ASKING, PDF, RESPOND, asking_for_files
from tests.surveys.asking import TOWN

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
LETTER = FilePayload(name="letter.pdf", mimeType="application/pdf", buffer=PDF)
FRUIT = [{"value": value, "text": value.upper()} for value in "abcdef"]


def asking_of(*questions: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": "Bus stops",
        "languages": ["en"],
        "pages": [{"title": "One", "questions": [*questions]}],
    }


@pytest.fixture
async def page(chrome: Browser, site: str) -> AsyncIterator[Page]:
    async with opened(chrome, site) as screen:
        yield screen


async def sound(page: Page) -> None:
    assert await axe_violations(page) == []
    assert await overflow(page) == 0


async def go_on(page: Page, words: str = "Continue") -> None:
    await pressed(page.get_by_role("button", name=words, exact=True).last)


@SIZES
async def test_a_file_is_chosen_kept_removed_and_sent(
    application: Litestar, chrome: Browser, site: str, size: ViewportSize
) -> None:
    await asking_for_files()
    async with opened(chrome, site, size=size) as page:
        await page.goto(RESPOND)
        await sound(page)
        await page.get_by_label("Any plans?").set_input_files([LETTER])
        await go_on(page)
        await expect(page.get_by_role("alert")).to_contain_text("Answer ‘Which stop?’")
        await expect(page.get_by_role("link", name="letter.pdf")).to_be_visible()
        await sound(page)
        await page.get_by_role("button", name="Remove letter.pdf").click()
        await expect(page.get_by_role("link", name="letter.pdf")).to_have_count(0)
        await page.get_by_label("Which stop?").fill("A1")
        await page.get_by_label("Any plans?").set_input_files([LETTER, LETTER])
        await go_on(page)
        await page.get_by_label("Why?").press("Tab")
        await go_on(page)
        await expect(page.get_by_text("letter.pdf").first).to_be_visible()
        await sound(page)
        await go_on(page, "Send your answers")
        await sound(page)
        async with page.expect_download() as downloading:
            await page.get_by_role("link", name="letter.pdf").first.click()
        assert (await downloading.value).suggested_filename == "letter.pdf"


async def test_enter_in_a_field_goes_on_and_removes_no_file(
    application: Litestar, page: Page
) -> None:
    await asking.opened({**ASKING, "languages": ["en"]}, now=clock.now())
    await page.goto(RESPOND)
    await page.get_by_label("Any plans?").set_input_files([LETTER])
    await page.get_by_role("button", name="Add these files").click()
    await page.get_by_label("Which stop?").fill("A1")
    await page.get_by_label("Which stop?").press("Enter")
    await expect(page.get_by_role("heading", name="More")).to_be_visible()
    await page.get_by_role("link", name="Back").click()
    await expect(page.get_by_role("link", name="letter.pdf")).to_be_visible()


@SIZES
async def test_a_point_is_chosen_by_a_click_or_by_the_arrow_keys(
    application: Litestar, chrome: Browser, site: str, size: ViewportSize
) -> None:
    question = {"key": "place", "type": "location", "text": "Where is it?", "map": TOWN}
    await asking.opened(asking_of(question), now=clock.now())
    async with opened(chrome, site, size=size) as page:
        await page.goto(RESPOND)
        await sound(page)
        map_ = page.get_by_role("application")
        field = page.get_by_label("Where is it?")
        await map_.focus()
        await page.keyboard.press("ArrowUp")
        await expect(field).to_have_value("51.27000, 0.52500")
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Shift+ArrowLeft")
        await expect(field).to_have_value("51.27040, 0.52000")
        for _ in range(15):
            await page.keyboard.press("Shift+ArrowRight")
        await expect(field).to_have_value("51.27040, 0.55000")
        box = await map_.bounding_box()
        assert box is not None
        await map_.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
        latitude, longitude = (await field.input_value()).split(", ")
        assert float(latitude) == pytest.approx(51.27, abs=0.0005)
        assert float(longitude) == pytest.approx(0.5125, abs=0.0005)
        await go_on(page)
        await expect(page.get_by_text(f"{latitude}, {longitude}")).to_be_visible()


async def test_without_a_script_the_field_is_enough_and_the_marker_is_drawn(
    application: Litestar, chrome: Browser, site: str
) -> None:
    question = {"key": "place", "type": "location", "text": "Where is it?", "map": TOWN}
    await asking.opened(asking_of(question), now=clock.now())
    async with opened(chrome, site, scripts=False) as page:
        await page.goto(RESPOND)
        await expect(page.get_by_text(str(TOWN["text"]))).to_be_visible()
        await page.get_by_label("Where is it?").fill("51.28, 0.5125")
        await go_on(page)
        await page.get_by_role("link", name="Change Where is it?").click()
        mark = page.locator(".map__point")
        assert (await mark.get_attribute("cx"), await mark.get_attribute("cy")) == (
            "25.0%",
            "25.0%",
        )
        assert await mark.get_attribute("visibility") is None


async def order(page: Page) -> list[str]:
    return await page.locator("main .govuk-radios__label").all_inner_texts()


@SCRIPTS
async def test_one_person_sees_one_order_and_others_see_others(
    application: Litestar, chrome: Browser, site: str, scripts: bool
) -> None:
    varied = {"key": "q", "type": "single", "text": "Which?", "options": FRUIT, "other": True}
    needed = {"key": "why", "type": "text", "text": "Why?", "required": True}
    await asking.opened(asking_of({**varied, "random_order": True}, needed), now=clock.now())
    seen = set()
    for _ in range(12):
        async with opened(chrome, site, scripts=scripts) as page:
            await page.goto(RESPOND)
            first = await order(page)
            assert first[-1] == "Other"
            seen.add(tuple(first))
            if len(seen) > 3:
                break
    assert len(seen) > 1
    async with opened(chrome, site, scripts=scripts) as page:
        await page.goto(RESPOND)
        first = await order(page)
        await page.reload()
        assert await order(page) == first
        await page.get_by_label("C", exact=True).check()
        await go_on(page)
        assert await order(page) == first
        await page.get_by_label("Why?").fill("Because")
        await go_on(page)
        await pressed(page.get_by_role("link", name="Change Which?"))
        assert await order(page) == first
        assert await page.get_by_label("C", exact=True).is_checked()


async def test_words_are_counted_while_somebody_writes(application: Litestar, page: Page) -> None:
    question = {"key": "why", "type": "long_text", "text": "Why?", "max_words": 4}
    await asking.opened(asking_of(question), now=clock.now())
    await page.goto(RESPOND)
    await expect(page.get_by_text("You can write up to 4 words")).to_be_visible()
    await page.get_by_label("Why?").fill("one  two\nthree")
    await expect(page.locator(".govuk-character-count__message")).to_have_text(
        "You have 1 word left"
    )
    await page.get_by_label("Why?").fill("one two three four five six")
    await expect(page.locator(".govuk-character-count__message")).to_have_text(
        "You have 2 words too many"
    )


@SIZES
@SCRIPTS
async def test_a_trial_goes_to_its_end(
    application: Litestar, chrome: Browser, site: str, size: ViewportSize, scripts: bool
) -> None:
    await asking_for_files()
    async with opened(chrome, site, size=size, scripts=scripts) as page:
        await sign_in(page, site, Role.OFFICER)
        await page.goto(f"/officer/consultations/{SLUG}/questionnaire/try")
        await page.get_by_label("Which stop?").fill("A1")
        await page.get_by_label("Any plans?").set_input_files([LETTER])
        await go_on(page)
        await go_on(page, "Back")
        await expect(page.get_by_label("Which stop?")).to_have_value("A1")
        await go_on(page)
        await go_on(page)
        if scripts:
            await sound(page)
        await page.get_by_role("button", name="Change Which stop?").click()
        await page.get_by_label("Which stop?").fill("B2")
        await go_on(page, "Save and go back to your answers")
        await go_on(page, "Send your answers")
        await expect(page.get_by_role("heading", level=1)).to_have_text("What would have been sent")
        await expect(page.locator("pre")).to_contain_text('"stop": "B2"')
        if scripts:
            await sound(page)
    assert await DraftRow.count() == 0
