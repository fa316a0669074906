"""The pages in a real browser: the desk by keyboard alone, and its other states at two widths."""

import pytest
from playwright.async_api import Browser, Page, expect

from analysis import store
from analysis.coding import Codings
from app.auth.account import Role
from tests.analysis.conftest import BY, NOW, SLUG, Asked, asked
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, sign_in

HERE = f"/officer/consultations/{SLUG}"


@pytest.fixture
async def lakes(application: object) -> Asked:
    parks = await asked()
    await parks.answer(
        group="yes", plan="agree", why="Volunteers look after the lake", more="Thanks"
    )
    await parks.answer(group="no", plan="strongly_disagree", why="It is terrible", faith="yes")
    await parks.answer(plan="dont_know", places=["north", "east"], round_number=2)
    theme = await parks.theme("Lakes", "lake")
    await parks.theme("Volunteers", "volunteer")
    first, *_ = await parks.texts()
    await parks.code(first, theme, coder="someone@hearback.example")
    await store.clear_quote(SLUG, first.id, theme.id, "the lake", by=BY, now=NOW)
    return parks


@pytest.fixture
async def desk(lakes: Asked, screen: Page, site: str) -> Page:
    await sign_in(screen, site, Role.CODER)
    unread = (await lakes.texts())[1]
    await screen.goto(f"{HERE}/coding/{unread.id}")
    return screen


async def test_an_answer_is_coded_by_keyboard_alone(desk: Page, lakes: Asked) -> None:
    _, second, third = await lakes.texts()
    first_theme, other = await store.themes(lakes.id)
    await desk.keyboard.press("2")
    await desk.keyboard.press("1")
    await desk.keyboard.press("2")
    await expect(desk.locator("#shortcut-said")).to_have_text("Volunteers: not ticked")
    await desk.keyboard.press("Enter")
    await desk.wait_for_url(f"**/coding/{third.id}")
    assert await store.codings_of_answer(second.id) == Codings((first_theme.id,), True)
    await desk.keyboard.press("u")
    await desk.wait_for_url("**undone=1")
    assert await store.codings_of_answer(second.id) == Codings()
    await desk.keyboard.press("s")
    await desk.wait_for_url(f"**/coding/{third.id}")
    assert other.id not in (await store.codings_of_answer(third.id)).themes


async def test_typing_sets_off_no_shortcut(desk: Page, lakes: Asked) -> None:
    address = desk.url
    await desk.get_by_text("Add a theme", exact=True).first.click()
    await desk.locator("#new_theme").press_sequentially("Users 12")
    assert desk.url == address
    assert await desk.locator("input[name=theme]:checked").count() == 0
    await desk.keyboard.press("Enter")
    await desk.wait_for_url("**mark=**")
    assert [theme.label for theme in await store.themes(lakes.id)][-1] == "Users 12"
    assert await desk.locator("input[name=theme]:checked").count() == 1


async def test_shortcuts_can_be_switched_off_and_stay_off(desk: Page) -> None:
    await desk.get_by_label("Keyboard shortcuts").uncheck()
    await desk.locator("h1").click()
    await desk.keyboard.press("1")
    assert await desk.locator("input[name=theme]:checked").count() == 0
    await desk.reload()
    assert not await desk.get_by_label("Keyboard shortcuts").is_checked()
    await desk.keyboard.press("1")
    assert await desk.locator("input[name=theme]:checked").count() == 0


async def test_the_desk_works_without_scripts(lakes: Asked, chrome: Browser, site: str) -> None:
    _, second, third = await lakes.texts()
    async with opened(chrome, site, scripts=False) as page:
        await sign_in(page, site, Role.CODER)
        await page.goto(f"{HERE}/coding/{second.id}")
        assert not await page.locator("#shortcuts").is_visible()
        await page.get_by_label("Lakes").check()
        await page.get_by_role("button", name="Save and next").click()
        await page.wait_for_url(f"**/coding/{third.id}")
    assert len((await store.codings_of_answer(second.id)).themes) == 1


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_other_views_and_the_end_of_the_desk_are_accessible_and_fit(
    lakes: Asked, chrome: Browser, site: str, size: object
) -> None:
    second = (await lakes.texts())[1]
    pages = ["results?round=2", "results/side-by-side", f"coding/{second.id}?undone=1"]
    async with opened(chrome, site, size=size) as page:  # type: ignore[arg-type]
        await sign_in(page, site, Role.OFFICER)
        for path in pages:
            await page.goto(f"{HERE}/{path}")
            assert (path, await axe_violations(page), await overflow(page)) == (path, [], 0)
        for answer in (await lakes.texts())[1:]:
            await lakes.code(answer)
        await page.goto(f"{HERE}/coding")
        assert await page.locator("h1").inner_text() == "Every answer is read"
        assert (await axe_violations(page), await overflow(page)) == ([], 0)
