"""In a real browser: axe finds nothing, a small phone is wide enough, scripts only add comfort."""

import asyncio

import pytest
from litestar import Litestar, MediaType, Request, get, post
from playwright.async_api import Browser, Page

from app.auth.account import Role
from tests.assembled import Pages
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, sign_in

FORM = """<!doctype html><html lang="en"><title>T</title>
<div data-error-summary><h2>There is a problem</h2><a href="#who">Choose who</a></div>
<form method="post" action="/sent"><fieldset><legend>Who are you?</legend>
<div id="who"><label><input type="radio" name="who" value="a">Me</label></div></fieldset>
<button name="do" value="save">Send</button></form>
<script src="/static/js/pages.js" defer></script>"""


async def test_pages_between_others_are_accessible(chrome: Browser, site: str) -> None:
    for size in (WIDE, PHONE):
        async with opened(chrome, site, size=size) as page:
            await page.goto("/nowhere")
            await sound(page)
            await sign_in(page, site, Role.ADMIN)
            await page.goto("/officer/nowhere")
            await sound(page)
            await page.goto("/officer/staff/add")
            await page.context.clear_cookies()
            await page.get_by_role("button").last.click()
            await page.get_by_text("not saved yet").wait_for()
            await sound(page)


async def sound(page: Page) -> None:
    assert await axe_violations(page) == [], page.url
    assert await overflow(page) == 0, page.url


@get("/form", media_type=MediaType.HTML)
async def form() -> str:
    return FORM


@post("/sent", media_type=MediaType.HTML)
async def take(request: Request) -> str:  # type: ignore[type-arg]
    """Takes a while, as on a slow line."""
    request.app.state.sent.append(str((await request.form())["do"]))
    await asyncio.sleep(0.5)
    return "<h1>Thank you</h1>"


@pytest.fixture
def added() -> Pages:
    return form, take


@pytest.fixture
def sent(application: Litestar) -> list[str]:
    """What the form at /form sent."""
    arrived: list[str] = []
    application.state.sent = arrived
    return arrived


async def test_a_double_click_sends_once(screen: Page, sent: list[str]) -> None:
    await screen.goto("/form")
    await screen.get_by_role("button", name="Send").dblclick()
    await screen.get_by_role("heading", name="Thank you").wait_for()
    assert sent == ["save"]


async def test_after_going_back_the_form_still_sends(screen: Page, sent: list[str]) -> None:
    await screen.goto("/form")
    for _ in range(2):
        await screen.get_by_role("button", name="Send").click()
        await screen.get_by_role("heading", name="Thank you").wait_for()
        await screen.go_back()
        await asyncio.sleep(1.5)
    assert sent == ["save", "save"]


async def test_without_scripts_the_form_sends(chrome: Browser, site: str, sent: list[str]) -> None:
    async with opened(chrome, site, scripts=False) as page:
        await page.goto("/form")
        await page.get_by_role("button", name="Send").click()
        await page.get_by_role("heading", name="Thank you").wait_for()
    assert sent == ["save"]


async def test_the_list_of_problems_comes_first_and_leads_to_its_field(
    screen: Page, sent: list[str]
) -> None:
    await screen.goto("/form")
    focused = "document.activeElement"
    assert await screen.evaluate(f"{focused}.matches('[data-error-summary]')")
    await screen.get_by_role("link", name="Choose who").click()
    assert await screen.evaluate(f"{focused}.value") == "a"


async def test_the_font_has_welsh_letters(screen: Page) -> None:
    """Both files arrive when a page has ŵ, and the browser draws it with our font."""
    await screen.goto("/cookies")
    await screen.evaluate("document.querySelector('h1').append(' ŵ ŷ Ŵ Ŷ â ê î ô û ï')")
    await screen.evaluate("document.fonts.ready")
    loaded = await screen.evaluate(
        "document.fonts.check('700 20px \"Atkinson Hyperlegible Next\"', 'ŵŷŴŶ')"
        " && [...document.fonts].filter(font => font.status === 'loaded').length"
    )
    assert loaded == 2


async def test_paper_has_the_pages_own_typeface_and_no_paths(screen: Page) -> None:
    await screen.goto("/cookies")
    await screen.emulate_media(media="print")
    faces = await screen.evaluate(
        "[...document.querySelectorAll('h1, main p, main th, main a')]"
        ".map(each => getComputedStyle(each).fontFamily)"
    )
    assert len(set(faces)) == 1
    assert "Atkinson" in faces[0]
    behind = await screen.evaluate(
        "[...document.querySelectorAll('.govuk-link')]"
        ".map(each => getComputedStyle(each, '::after').content)"
    )
    assert set(behind) == {"none"}
