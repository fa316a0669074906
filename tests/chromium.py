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
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from app.auth.account import Role
from app.auth.signed_in import COOKIE, PATH
from tests.browsing import session_of

LEFT_OUT = "Chromium is not installed, so no test ran in a browser"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these Chromium looks for updates and lists of its own while a test runs.
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=640)
AXE_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


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


@pytest.fixture
async def chrome() -> AsyncIterator[Browser]:
    """Chromium, without a window."""
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
    yield await context.new_page()
    await context.close()


async def sign_in(page: Page, site: str, role: Role) -> None:
    """Gives the page's browser a session of an account with this role."""
    await page.context.add_cookies(
        [{"name": COOKIE, "value": await session_of(role), "url": f"{site}{PATH}"}]
    )


async def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong, a line each with the places; empty when nothing."""
    options = {"runOnly": {"type": "tag", "values": list(AXE_RULES)}}
    found = (await Axe().run(page, options=options)).response["violations"]
    places = [[node["target"] for node in one["nodes"]] for one in found]
    return [f"{one['id']}: {one['help']} {at}" for one, at in zip(found, places, strict=True)]


async def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 when it fits."""
    wider: int = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider
