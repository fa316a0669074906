"""Every radio and checkbox shows on the screen, and shows when it is chosen, proven by its pixels.

Axe passes a control that is there and cannot be seen.
"""

import io

import pytest
from PIL import Image
from playwright.async_api import Browser, Locator, ViewportSize

from tests.chromium import PHONE, WIDE, opened
from tests.surveys.asking import EVERYTHING, open_parks

DARK = 128


async def dark_pixels(choice: Locator) -> int:
    """How many pixels are dark where the choice stands on the screen."""
    picture = Image.open(io.BytesIO(await choice.screenshot())).convert("L")
    return sum(picture.histogram()[:DARK])


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_choice_is_seen_and_seen_to_be_chosen(
    chrome: Browser, site: str, size: ViewportSize
) -> None:
    await open_parks(document={**EVERYTHING, "layout": "single"})
    async with opened(chrome, site, size=size, scripts=False) as page:
        await page.goto("/consultations/parks/respond")
        choices = await page.locator("main input:is([type=radio], [type=checkbox])").all()
        assert len(choices) > 15
        for choice in choices:
            unchosen = await dark_pixels(choice)
            assert unchosen > 60
            await choice.check()
            assert await dark_pixels(choice) > unchosen + 20
