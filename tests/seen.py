"""What a person sees of a page in a browser: words that are cut off or overlap, targets too small
to touch, and whether a control looks different, by its pixels."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from PIL import Image, ImageChops
from playwright.async_api import Page

Box = dict[str, float]

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""What WCAG 1.4.12 lets a reader set."""

# As a reader's own style sheet would; the page itself allows no style that is not the site's.
_SET_STYLE = """(words) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(words);
  document.adoptedStyleSheets = [sheet];
}"""

# Each text that shows, with its lines. Words for programs alone are a pixel large.
_LINES = """() => {
  const unseen = ".govuk-visually-hidden, .no-field, select, textarea, script";
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const lines = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const of = node.parentElement;
    if (!node.data.trim() || of.closest(unseen)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = of.closest("form, main").getBoundingClientRect();
    for (const { left, right, top, bottom, width } of range.getClientRects()) {
      const out = left < frame.left - 1 || right > frame.right + 1;
      const words = node.data.trim().slice(0, 40);
      if (width >= 1) lines.push({ words, left, right, top, bottom, out });
    }
  }
  return lines.sort((one, other) => one.top - other.top);
}"""

# A target may be as small as it is where it stands among other words (WCAG 2.5.8).
_SMALL = """() => {
  const targets = "main :is(a[href], button, input, select, textarea, [tabindex='0'])";
  const apart = "[hidden], [aria-hidden='true'], [type='hidden'], p:has(> :not(:only-child))";
  return [...document.querySelectorAll(targets)].filter((each) => !each.closest(apart))
    .map((each) => [each.name || each.textContent.trim(), each.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
    .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`);
}"""

_BOXES = """() => {
  const choices = document.querySelectorAll("main :is([type=radio], [type=checkbox])");
  return [...choices].map((each) => each.getBoundingClientRect())
    .map(({ left, top, width, height }) => ({ x: left + scrollX, y: top + scrollY, width, height }))
    .filter((box) => box.width);
}"""

SLACK = 0.35
"""The boxes of letters are higher than the letters: two lines may share so much of one."""


async def cut_off_or_overlapping(page: Page) -> list[str]:
    """Lines of words that leave their page, or lie on one another."""
    lines: list[dict[str, Any]] = await page.evaluate(_LINES)
    found = [f"leaves the page: {line['words']}" for line in lines if line["out"]]
    for at, one in enumerate(lines):
        for other in lines[at + 1 :]:
            if other["top"] > one["bottom"] - SLACK * (one["bottom"] - one["top"]):
                break
            if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1:
                found.append(f"{one['words']} lies on {other['words']}")
    return found


async def spaced_badly(page: Page) -> list[str]:
    """The same with the spacing of letters, words and lines that a reader may ask for."""
    await page.evaluate(_SET_STYLE, SPACED)
    found = await cut_off_or_overlapping(page)
    wider = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    await page.evaluate(_SET_STYLE, "")
    return [*found, *([f"the page is {wider} pixels too wide"] if wider else [])]


async def small_targets(page: Page) -> list[str]:
    found: list[str] = await page.evaluate(_SMALL)
    return found


async def picture(page: Page) -> Image.Image:
    """All of the page, in grey."""
    return Image.open(io.BytesIO(await page.screenshot(full_page=True))).convert("L")


async def choices(page: Page) -> list[Box]:
    """Where each radio and checkbox that shows stands on the whole page."""
    found: list[Box] = await page.evaluate(_BOXES)
    return found


@asynccontextmanager
async def all_in_focus(page: Page) -> AsyncIterator[None]:
    """Every radio and checkbox drawn as it is in focus, at once."""
    client = await page.context.new_cdp_session(page)
    await client.send("DOM.enable")
    await client.send("CSS.enable")
    root = (await client.send("DOM.getDocument"))["root"]["nodeId"]
    wanted = {"nodeId": root, "selector": "main :is([type=radio], [type=checkbox])"}
    for node in (await client.send("DOM.querySelectorAll", wanted))["nodeIds"]:
        states = ["focus", "focus-visible"]
        await client.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": states})
    yield
    await client.detach()


def apart(one: Image.Image, other: Image.Image, box: Box) -> int:
    """How many pixels of a place differ clearly between two pictures of one page."""
    area = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
    there = tuple(round(edge) for edge in area)
    differ = ImageChops.difference(one.crop(there), other.crop(there))  # type: ignore[arg-type]
    return sum(differ.histogram()[64:])


def drawn(whole: Image.Image, box: Box) -> int:
    """How many pixels of a place differ clearly from the colour at its corner."""
    corner = whole.getpixel((round(box["x"]), round(box["y"])))
    return apart(whole, Image.new("L", whole.size, corner), box)


async def focus_shows(page: Page) -> bool:
    """Whether the control in focus looks different without. The focus goes back to it."""
    control = (await page.evaluate_handle("document.activeElement")).as_element()
    assert control is not None
    box = await control.bounding_box()
    assert box is not None
    around = {"x": box["x"] - 6, "y": box["y"] - 6}
    clip = {**around, "width": box["width"] + 12, "height": box["height"] + 12}
    with_focus = Image.open(io.BytesIO(await page.screenshot(clip=clip))).convert("L")  # type: ignore[arg-type]
    await control.evaluate("each => each.blur()")
    without = Image.open(io.BytesIO(await page.screenshot(clip=clip))).convert("L")  # type: ignore[arg-type]
    await control.evaluate("each => each.focus({ preventScroll: true })")
    return sum(ImageChops.difference(with_focus, without).histogram()[64:]) > 40
