"""The editor in a real browser: saving by itself, dragging, focus, and two officers at once."""

import asyncio
import random
import re
from collections.abc import AsyncIterator

import pytest
from msgspec import Struct
from playwright.async_api import Browser, Page, Response, expect

from app.auth.account import Role
from surveys import store
from tests.chromium import PHONE, axe_violations, opened, overflow, sign_in
from tests.surveys.asking import parks

EDIT = "/officer/consultations/parks/questionnaire/edit"
SAVED = re.compile("^Saved")
LABELS = {"Title, English": "en", "Title, Welsh": "cy"}
ROUNDS = 12


@pytest.fixture
async def desk(chrome: Browser, site: str) -> AsyncIterator[Page]:
    """An officer's browser, with a draft about parks."""
    await parks()
    async with opened(chrome, site) as page:
        await sign_in(page, site, Role.OFFICER)
        yield page


@pytest.fixture
async def other(chrome: Browser, site: str, desk: Page) -> AsyncIterator[Page]:
    """Another officer's."""
    async with opened(chrome, site) as page:
        await sign_in(page, site, Role.ADMIN)
        yield page


async def title_of(page: int) -> object:
    return (await store.draft("parks")).questionnaire.pages[page].title


def is_post(answer: Response) -> bool:
    return answer.request.method == "POST"


class TestSavingByItself:
    async def test_what_was_typed_is_saved_and_seen_in_the_preview(self, desk: Page) -> None:
        await desk.goto(f"{EDIT}/pages/page_1")
        field = desk.get_by_label("Title, English")
        await field.fill("All about you")
        await expect(desk.locator(".autosave")).to_have_text(SAVED)
        assert await title_of(0) == {"en": "All about you", "cy": "Amdanoch chi"}
        frame = desk.locator("iframe").content_frame
        await expect(frame.get_by_role("heading", level=1)).to_have_text("All about you")
        await expect(field).to_be_focused()

    async def test_it_saves_again_and_again_without_conflict(self, desk: Page) -> None:
        await desk.goto(f"{EDIT}/pages/page_1")
        for words in ("You", "You and yours", "You"):
            async with desk.expect_response(is_post):
                await desk.get_by_label("Title, English").fill(words)
            await expect(desk.locator(".autosave")).to_have_text("Saved")
            assert await title_of(0) == {"en": words, "cy": "Amdanoch chi"}

    async def test_what_cannot_be_saved_is_said_and_kept(self, desk: Page) -> None:
        await desk.goto(f"{EDIT}/pages/page_1")
        await desk.get_by_label("Title, English").fill("")
        words = "Not saved: Enter a title for the page"
        await expect(desk.locator(".autosave")).to_have_text(words)
        assert await title_of(0) == {"en": "About you", "cy": "Amdanoch chi"}

    async def test_leaving_what_is_not_saved_is_warned_of(self, desk: Page) -> None:
        await desk.goto(f"{EDIT}/pages/page_1")
        await desk.get_by_label("Title, English").press("End")
        await desk.keyboard.type("!")
        async with desk.expect_event("dialog") as asked:
            await desk.close(run_before_unload=True)
        dialog = await asked.value
        assert dialog.type == "beforeunload"
        await dialog.dismiss()

    async def test_what_somebody_else_changed_beside_it_is_brought_in(
        self, desk: Page, other: Page
    ) -> None:
        await desk.goto(f"{EDIT}/pages/page_1")
        await other.goto(f"{EDIT}/pages/page_1")
        await other.get_by_label("Title, Welsh").fill("Chi")
        await other.get_by_role("button", name="Save and go back").click()
        await desk.get_by_label("Title, English").fill("You")
        await expect(desk.locator(".autosave")).to_have_text(
            "Saved, with what somebody else changed meanwhile"
        )
        await expect(desk.get_by_label("Title, Welsh")).to_have_value("Chi")
        await desk.get_by_label("Title, English").fill("You all")
        await expect(desk.locator(".autosave")).to_have_text("Saved")
        assert await title_of(0) == {"en": "You all", "cy": "Chi"}

    async def test_where_both_changed_the_same_both_texts_are_shown(
        self, desk: Page, other: Page
    ) -> None:
        await desk.goto(f"{EDIT}/pages/page_1")
        await other.goto(f"{EDIT}/pages/page_1")
        await other.get_by_label("Title, English").fill("Theirs")
        await other.get_by_role("button", name="Save and go back").click()
        await desk.get_by_label("Title, English").fill("Mine")
        heading = desk.get_by_role("heading", name="This changed since you opened it")
        await expect(heading).to_be_visible()
        await expect(desk.get_by_text("English: Theirs")).to_be_visible()
        await expect(desk.get_by_label("Title, English")).to_have_value("Mine")
        assert await axe_violations(desk) == []
        assert await title_of(0) == {"en": "Theirs", "cy": "Amdanoch chi"}

    async def test_without_a_connection_it_is_tried_again(self, desk: Page) -> None:
        await desk.goto(f"{EDIT}/pages/page_1")
        await desk.context.set_offline(True)
        await desk.get_by_label("Title, English").fill("You")
        words = "Not saved: there is no connection. It will be tried again."
        await expect(desk.locator(".autosave")).to_have_text(words)
        await desk.context.set_offline(False)
        await expect(desk.locator(".autosave")).to_have_text("Saved")
        assert await title_of(0) == {"en": "You", "cy": "Amdanoch chi"}


class TestOutline:
    async def test_focus_lands_where_it_went_with_a_way_back(self, desk: Page) -> None:
        await desk.goto(EDIT)
        await desk.get_by_role("button", name="Move down: Your email address?").press("Enter")
        done = desk.locator("#item-email #done")
        await expect(done).to_be_focused()
        await expect(done).to_contain_text("Moved ‘Your email address?’")
        await desk.keyboard.press("Tab")
        await desk.keyboard.press("Enter")
        await expect(desk.locator("#done")).to_contain_text("Took back")
        await expect(desk.locator("#done")).to_be_focused()

    async def test_a_row_is_dragged_to_another_page(self, desk: Page) -> None:
        await desk.set_viewport_size({"width": 1280, "height": 1800})
        await desk.goto(EDIT)
        place = desk.locator("[data-key=view]")
        await desk.locator("[data-key=email]").drag_to(place, target_position={"x": 60, "y": 4})
        await expect(desk.locator("#item-email #done")).to_contain_text("to page 2")
        pages = (await store.draft("parks")).questionnaire.pages
        assert [each.key for each in pages[1].questions][1:4] == ["which", "email", "view"]

    async def test_news_of_the_other_officer_comes_by_itself(self, desk: Page, other: Page) -> None:
        await desk.goto(EDIT)
        await other.goto(EDIT)
        await other.get_by_role("button", name="Move down: Your email address?").click()
        await expect(desk.locator("[data-news]")).to_contain_text("Moved ‘Your email address?’")

    @pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
    async def test_the_preview_is_as_wide_as_a_phone_or_a_desktop(
        self, chrome: Browser, site: str, desk: Page, scripts: bool
    ) -> None:
        async with opened(chrome, site, scripts=scripts) as page:
            await sign_in(page, site, Role.OFFICER)
            await page.goto(EDIT)
            assert await self.width(page) in range(320, 376)
            await page.get_by_label("Desktop").check()
            assert await self.width(page) > 1000

    async def width(self, page: Page) -> int:
        box = await page.locator("iframe").bounding_box()
        assert box is not None
        return round(box["width"])

    async def test_it_works_without_scripts_on_a_phone(
        self, chrome: Browser, site: str, desk: Page
    ) -> None:
        async with opened(chrome, site, size=PHONE, scripts=False) as page:
            await sign_in(page, site, Role.OFFICER)
            await page.goto(EDIT)
            await page.locator("#item-email summary").click()
            await page.locator("#item-email").get_by_role("button", name="Copy").click()
            await expect(page.locator("#item-email_2 #done")).to_be_visible()
            assert await overflow(page) == 0


class Written(Struct, frozen=True):
    """A text that was typed over `read`. Empty `shown`: it was stored; else both were shown."""

    language: str
    read: str
    words: str
    shown: str


async def test_two_officers_lose_nothing_without_being_shown(desk: Page, other: Page) -> None:
    """Both write at once in forms that may have gone out of date, and move the same questions.
    What was written is stored over a text that its writer had read, or both texts are shown."""
    chance = random.Random(7)
    before = (await store.draft("parks")).questionnaire.by_key()
    met = 0
    for number in range(ROUNDS):
        old = await stored_titles()
        first, second = await asyncio.gather(
            write_title(desk, chance.choice(list(LABELS)), f"Title {number} by one"),
            write_title(other, chance.choice(list(LABELS)), f"Title {number} by another"),
        )
        stored = await stored_titles()
        for written in (first, second):
            if written.shown:
                assert written.words in written.shown
            else:
                assert written.read == old[written.language]
                assert written.words == stored[written.language]
        for page, written in ((desk, first), (other, second)):
            if written.shown:
                met += 1
                await settle(page, written)
        if chance.random() < 0.3:
            await move_something(chance.choice([desk, other]), chance)
    assert (await store.draft("parks")).questionnaire.by_key() == before
    assert met > 1, "the two never met"


async def write_title(page: Page, label: str, words: str) -> Written:
    if "/pages/page_1" not in page.url:
        await page.goto(f"{EDIT}/pages/page_1")
    field = page.get_by_label(label)
    read = await field.input_value()
    async with page.expect_response(is_post) as sent:
        await field.fill(words)
    if (await sent.value).status != 409:
        await expect(page.locator(".autosave")).to_have_text(SAVED)
        return Written(LABELS[label], read, words, "")
    both = page.locator(".govuk-error-summary")
    await expect(both).to_be_visible()
    return Written(LABELS[label], read, words, await both.inner_text())


async def settle(page: Page, written: Written) -> None:
    """The writer keeps the own text in place of the other, and only of one that was shown."""
    both, shown = page.locator(".govuk-error-summary"), ""
    stored = await stored_titles()
    while await both.is_visible():
        shown = await both.inner_text()
        await page.get_by_role("button", name="Save and go back").click()
        await expect(page.locator("#done").or_(both).first).to_be_visible()
    assert stored[written.language] in shown
    other_language = {"en": "cy", "cy": "en"}[written.language]
    kept = await stored_titles()
    assert kept[written.language] == written.words
    assert kept[other_language] == stored[other_language]


async def move_something(page: Page, chance: random.Random) -> None:
    await page.goto(EDIT)
    row = page.locator(f"#item-{chance.choice(['email', 'home', 'name', 'view', 'rank'])}")
    await row.get_by_role("button", name=re.compile("Move (up|down)")).first.click()
    await expect(page.locator("#done")).to_be_visible()


async def stored_titles() -> dict[str, str]:
    title = (await store.draft("parks")).questionnaire.pages[0].title
    assert isinstance(title, dict)
    return title
