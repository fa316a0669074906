"""In a real browser: pages that the demonstration lacks pass axe, and all work without scripts."""

import pytest
from litestar import Litestar
from playwright.async_api import Browser, expect

from app.auth.account import Role
from app.clock import now
from publications import store
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, sign_in
from tests.publications.parks import BY, SLUG, Parks, asked_and_answered, with_outcomes

HOME = f"/officer/consultations/{SLUG}"
REPORT = f"/consultations/{SLUG}/report"


@pytest.fixture
async def published(application: Litestar) -> Parks:
    parks = await with_outcomes(await asked_and_answered(now()), days=-3)
    await store.publish(SLUG, by=BY, now=now())
    return parks


async def test_pages_before_an_outcome_and_after_an_edition_are_accessible(
    chrome: Browser, site: str, published: Parks
) -> None:
    for size in (WIDE, PHONE):
        async with opened(chrome, site, size=size) as page:
            await sign_in(page, site, Role.PUBLISHER)
            for path in (f"{HOME}/outcomes/{published.funding.id}", f"{HOME}/publish"):
                await page.goto(path)
                assert await axe_violations(page) == [], path
                assert await overflow(page) == 0, path


async def test_the_list_of_all_figures_opens_on_a_phone_and_fits(
    chrome: Browser, site: str, published: Parks
) -> None:
    async with opened(chrome, site, size=PHONE, scripts=False) as page:
        await page.goto(REPORT)
        await page.locator("#figures summary").click()
        await expect(page.locator("#figure-1")).to_be_visible()
        assert await overflow(page) == 0


async def test_without_scripts_a_chosen_kind_shows_what_it_needs_and_hides_the_rest(
    chrome: Browser, site: str, published: Parks
) -> None:
    async with opened(chrome, site, scripts=False) as page:
        await sign_in(page, site, Role.OFFICER)
        await page.goto(f"{HOME}/outcomes/{published.lighting.id}")
        await expect(page.locator("#before")).to_be_visible()
        await expect(page.locator("#instead")).to_be_hidden()
        await page.get_by_label("Not in our power").check()
        await expect(page.locator("#before")).to_be_hidden()
        await page.locator("#instead").fill("The county council")
        await page.get_by_role("button", name="Save outcome").click()
        await page.wait_for_url(f"**{HOME}/outcomes")
    recorded = (await store.outcomes(published.consultation.id))[published.lighting.id]
    assert (recorded.instead, recorded.before) == ("The county council", "")


async def test_a_figure_number_leads_to_its_recipe(
    chrome: Browser, site: str, published: Parks
) -> None:
    async with opened(chrome, site) as page:
        await page.goto(REPORT)
        await page.locator("#theme-lighting .report-figure").first.click()
        recipe = page.locator("tr:target")
        await expect(recipe).to_be_visible()
        await expect(recipe).to_contain_text("Lighting: raised by")
