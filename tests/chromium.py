"""A real browser on the real server, both on the test's own event loop and database."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from litestar import Litestar
from playwright.async_api import (
    Browser,
    Locator,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from app.auth.account import Role
from app.auth.signed_in import COOKIE, PATH
from tests.browsing import session_of

LEFT_OUT = "Chromium is not installed, so no test ran in a browser"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these Chromium looks for updates and lists of its own while a test runs.
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=640)
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Places are looked up for what is wrong alone, and what is right stays in the browser: both take
# long on a page of a hundred questions.
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": AXE_RULES}, "resultTypes": ["violations"]}
VIOLATIONS = """options => axe.run(options).then(({violations}) => violations.map(
  ({id, help, nodes}) => `${id}: ${help} ${JSON.stringify(nodes.map(node => node.target))}`
))"""

# A busy machine may take long over what is right: only what never comes is a failure.
expect.set_options(timeout=30_000)


def chromium() -> str | None:
    """Where Chromium is on this machine."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture
async def site(application: Litestar) -> AsyncIterator[str]:
    """The address of the application, listening on a free port."""
    config = uvicorn.Config(
        cast(Any, application), port=0, lifespan="off", log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn has no event to wait for)
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


def as_long_as_its_loop(fixture_name: str, config: pytest.Config) -> Any:
    """The scope of what cannot outlive the event loop that it began on."""
    return config.getini("asyncio_default_fixture_loop_scope")


@pytest.fixture(scope=as_long_as_its_loop)
async def chrome() -> AsyncIterator[Browser]:
    """Chromium, without a window. One serves many tests: each opens a context of its own, and so
    shares no cookie, cache or page with another."""
    path = chromium()
    if path is None:
        pytest.skip(LEFT_OUT)
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        await browser.close()


@pytest.fixture
async def screen(chrome: Browser, site: str) -> AsyncIterator[Page]:
    """A page of 1280 pixels with JavaScript on; addresses are taken from the site's root."""
    async with opened(chrome, site) as page:
        yield page


@asynccontextmanager
async def opened(
    chrome: Browser, site: str, *, size: ViewportSize = WIDE, scripts: bool = True
) -> AsyncIterator[Page]:
    """A page in a browser of its own: no cookies, this size, JavaScript on or off."""
    context = await chrome.new_context(base_url=site, viewport=size, java_script_enabled=scripts)
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def sign_in(page: Page, site: str, role: Role) -> None:
    """Gives the page's browser a session of an account with this role."""
    await page.context.add_cookies(
        [{"name": COOKIE, "value": await session_of(role), "url": f"{site}{PATH}"}]
    )


async def pressed(target: Locator) -> None:
    """Presses what leads to another page, and waits until that page is there and whole: what is
    typed before would go into the page that is left."""
    async with target.page.expect_navigation():
        await target.click()


async def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong, a line each with the places; empty when nothing."""
    await page.wait_for_load_state()
    await page.evaluate(Axe().axe_script)
    found: list[str] = await page.evaluate(VIOLATIONS, AXE_OPTIONS)
    return found


async def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 when it fits."""
    await page.wait_for_load_state()
    wider: int = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider
