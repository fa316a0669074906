"""The questions in a real browser, with and without JavaScript."""

import pytest
from playwright.async_api import Browser, Page

from app.auth.account import Role
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, sign_in
from tests.surveys.asking import EVERYTHING, open_parks

RESPOND = "/consultations/parks/respond"
SINGLE = {**EVERYTHING, "layout": "single"}
DESK = "/officer/consultations/parks"
# Those with every type of question, which the demonstration does not have.
PAGES = (
    RESPOND,
    f"{DESK}/questionnaire/preview/1?lang=cy",
    f"{DESK}/questionnaire/preview/2",
)


async def spoil(page: Page) -> None:
    """Send the whole questionnaire with something wrong in every type that can be wrong."""
    await page.goto(RESPOND)
    await page.locator("#group").check()
    for name, typed in {"members": "lots", "since-day": "40", "email": "x", "home": "y"}.items():
        await page.locator(f"[name='{name}']").fill(typed)
    await page.locator("[name='uses'][value='other']").check()
    await page.locator("#which").select_option("other")
    await page.locator("[id='rank.walk']").select_option("1")
    await page.locator("[id='rank.play']").select_option("1")
    await page.locator("#more").fill("x" * 201)
    await page.get_by_role("button", name="Continue").last.click()
    await page.wait_for_selector(".govuk-error-summary")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_axe_finds_nothing_and_nothing_spills_over(
    chrome: Browser, site: str, size: object
) -> None:
    await open_parks(document=SINGLE)
    async with opened(chrome, site, size=size, scripts=True) as page:  # type: ignore[arg-type]
        await sign_in(page, site, Role.OFFICER)
        for path in PAGES:
            await page.goto(path)
            assert await axe_violations(page) == [], path
            assert await overflow(page) == 0, path


async def test_a_page_full_of_problems_is_sound_without_scripts(chrome: Browser, site: str) -> None:
    await open_parks(document=SINGLE)
    async with opened(chrome, site, size=PHONE, scripts=False) as page:
        await spoil(page)
        links = await page.locator(".govuk-error-summary a").all()
        assert len(links) == 7
        for link in links:
            target = (await link.get_attribute("href") or "").removeprefix("#")
            assert await page.locator(f"[id='{target}']").count() == 1
        assert await page.locator("#members").input_value() == "lots"
        assert await page.locator("#since-day").input_value() == "40"
        assert await page.locator("#more").input_value() == "x" * 201
        assert await page.locator("[id='rank.play']").input_value() == "1"


async def test_a_page_full_of_problems_passes_axe(chrome: Browser, site: str) -> None:
    await open_parks(document=SINGLE)
    async with opened(chrome, site, size=PHONE, scripts=False) as page:
        await spoil(page)
        fields = await page.content()
    async with opened(chrome, site, size=PHONE) as page:
        await page.goto(RESPOND)
        await page.set_content(fields)
        assert await axe_violations(page) == []
        assert await overflow(page) == 0


async def test_questions_come_and_go_as_others_are_answered(screen: Page) -> None:
    await open_parks()
    await screen.goto(RESPOND)
    members, since = screen.locator("#members"), screen.locator("#since-day")
    assert not await members.is_visible()
    await screen.locator("#group").check()
    assert await members.is_visible()
    assert not await since.is_visible()
    await members.fill("1,200")
    assert await since.is_visible()
    await screen.locator("[name='group'][value='no']").check()
    assert not await members.is_visible()
    assert not await since.is_visible()


async def test_an_answer_that_is_hidden_again_is_not_checked_but_kept(screen: Page) -> None:
    await open_parks()
    await screen.goto(RESPOND)
    await screen.locator("#group").check()
    await screen.locator("#members").fill("lots")
    await screen.locator("[name='group'][value='other']").check()
    await screen.locator("[id='group.other']").fill("Half of one")
    await screen.locator("[name='group'][value='no']").check()
    await screen.get_by_role("button", name="Continue").last.click()
    await screen.wait_for_url("**/respond/2**")
    await screen.goto(RESPOND)
    assert not await screen.locator("#members").is_visible()
    await screen.locator("#group").check()
    assert await screen.locator("#members").input_value() == "lots"


async def test_digits_of_other_scripts_show_what_depends_on_them(screen: Page) -> None:
    await open_parks()
    await screen.goto(RESPOND)
    await screen.locator("#group").check()
    for typed in ("١٬٢٠٠", "۱۲۰۰", "1 200"):
        await screen.locator("#members").fill("1")
        assert not await screen.locator("#since-day").is_visible()
        await screen.locator("#members").fill(typed)
        assert await screen.locator("#since-day").is_visible(), typed


async def test_the_box_for_other_comes_with_its_choice(screen: Page) -> None:
    await open_parks(document=SINGLE)
    await screen.goto(RESPOND)
    box = screen.locator("[id='which.other']")
    assert not await box.is_visible()
    await screen.locator("#which").select_option("other")
    assert await box.is_visible()


async def test_none_of_these_and_the_others_put_each_other_out(screen: Page) -> None:
    await open_parks(document=SINGLE)
    await screen.goto(RESPOND)
    walk = screen.locator("[name='uses'][value='walk']")
    none = screen.locator("[name='uses'][value='none']")
    await walk.check()
    await none.check()
    assert not await walk.is_checked()
    await walk.check()
    assert not await none.is_checked()


async def test_a_long_answer_is_counted_as_it_is_typed(screen: Page) -> None:
    await open_parks(document=SINGLE)
    await screen.goto(RESPOND)
    seen = screen.locator(".govuk-character-count__message")
    assert await seen.inner_text() == "You can write up to 200 characters"
    await screen.locator("#more").fill("x" * 199)
    assert await seen.inner_text() == "You have 1 character left"
    await screen.locator("#more").fill("😀" * 202)
    assert await seen.inner_text() == "You have 2 characters too many"


async def test_without_scripts_every_question_is_there_with_its_condition(
    chrome: Browser, site: str
) -> None:
    await open_parks()
    async with opened(chrome, site, scripts=False) as page:
        await page.goto(RESPOND)
        assert await page.locator("#members").is_visible()
        words = "Answer this if you answered ‘Yes’ to ‘Do you run a group?’."
        assert await page.get_by_text(words).is_visible()
        await page.locator("[name='group'][value='no']").check()
        await page.locator("#members").fill("12")
        await page.get_by_role("button", name="Continue").last.click()
        await page.wait_for_url("**/respond/2**")


async def test_a_grid_can_be_answered_without_scripts_on_a_phone(
    chrome: Browser, site: str
) -> None:
    await open_parks(document=SINGLE)
    async with opened(chrome, site, size=PHONE, scripts=False) as page:
        await page.goto(RESPOND)
        box = await page.locator("[name='grid.paths'][value='satisfied']").bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (44, 44)
