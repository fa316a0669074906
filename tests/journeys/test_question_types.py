"""Every type of question, in three languages, with and without problems.

1. Axe finds nothing, nothing is cut off or too small to touch: at 1280 pixels, and at 320, which is
   also what 400 % leaves of 1280, and with the spacing that WCAG 1.4.12 allows.
2. A problem leads to its field, and is heard there.
3. Each radio and checkbox shows on the screen, chosen, unchosen and in focus, proven by its pixels,
   and also where the reader forces colours.
4. The keyboard alone answers everything, with JavaScript and without.
5. A grid is heard row by row, and stands as one question a row on a phone.
6. What comes and goes is told to those who hear the page.
7. Changing the language loses nothing that was typed.
8. On paper nothing is left of what can only be pressed.
"""

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, FileChooser, Locator, Page

from app.clock import now
from surveys import store
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, pressed
from tests.seen import (
    all_in_focus,
    apart,
    choices,
    cut_off_or_overlapping,
    drawn,
    focus_shows,
    picture,
    small_targets,
    spaced_badly,
)
from tests.surveys.every_type import EVERY_TYPE, GREENS

RESPOND = "/consultations/parks/respond"
LANGUAGES = ("en", "cy", "ar")
WRONG: Mapping[str, str] = {
    "name": "x" * 41,
    "email": "nobody",
    "home": "ME",
    "group": "yes",
    "members": "lots",
    "visit-day": "31",
    "visit-month": "2",
    "visit-year": "2026",
    "spend": "many",
    "nearest": "other",
    "grid.play": "dissatisfied",
    "rank.paths": "1",
    "rank.trees": "1",
    "order.paths": "2",
    "bench": "10.5, 10.5",
    "change": "x" * 201,
    "reason": "one two three four five six seven eight nine ten eleven",
}
WRONG_TICKS = ("paths", "none", "other")
PLACES = [
    *("name", "email", "home", "members", "visit", "spend", "uses", "nearest.other", "plan"),
    *("grid.paths", "grid.trees", "rank.trees", "order", "bench", "photo", "change", "reason"),
]


async def open_parks(layout: str = "single") -> None:
    document = json.dumps({**EVERY_TYPE, "layout": layout}).encode()
    await store.create_consultation(document, slug="parks", by="test", now=now())
    await store.open_round("parks", by="test", now=now(), closes_at=None)


FILL_IN = """([typed, ticks]) => {
  for (const field of document.querySelectorAll("main :is(input, select, textarea)")) {
    const { type, name, value } = field;
    if (type === "radio") field.checked = typed[name] === value;
    else if (type === "checkbox") field.checked = name === "uses" && ticks.includes(value);
    else if (name in typed) field.value = typed[name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
TYPED = """() => {
  const typed = {};
  for (const [name, value] of new FormData(document.getElementById("answers"))) {
    if (name.startsWith("_") || typeof value !== "string" || !value) continue;
    (typed[name] ??= []).push(value);
  }
  return typed;
}"""
FIELD_IN_FOCUS = """() => {
  const field = document.activeElement;
  const groups = [];
  for (let at = field.parentElement; at; at = at.parentElement) {
    if (at.matches("fieldset")) groups.push(at);
  }
  const said = [field, ...groups].flatMap((each) => (each.ariaDescribedByElements ?? []));
  const box = field.getBoundingClientRect();
  const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    named: Boolean(field.labels?.length) && groups.every((group) => group.querySelector("legend")),
    covered: seen !== field && ![...field.labels].includes(seen),
    said: said.map((each) => each.textContent).join(" "),
  };
}"""
"""Where a link of the list of problems has led: to a field that is named, as every group around it
is; the words that describe it; and whether something lies on it."""


async def fill_in_wrongly(page: Page) -> None:
    """Something that can be wrong, wrong, in every question. All at once: the keys have a test of
    their own."""
    await page.evaluate(FILL_IN, [dict(WRONG), list(WRONG_TICKS)])


async def press_continue(page: Page) -> None:
    await pressed(page.locator("#answers > button.govuk-button[type=submit]"))


async def typed(page: Page) -> dict[str, list[str]]:
    """What a post of the form would send, hidden questions left out."""
    found: dict[str, list[str]] = await page.evaluate(TYPED)
    return found


async def sound(page: Page) -> list[str]:
    """What is wrong with the page at either size."""
    found: list[str] = []
    for size in (WIDE, PHONE):
        await page.set_viewport_size(size)
        wrong = [
            *await axe_violations(page),
            *([f"{over} pixels too wide"] if (over := await overflow(page)) else []),
            *await cut_off_or_overlapping(page),
            *await spaced_badly(page),
            *await small_targets(page),
        ]
        found += [f"{size['width']}: {each}" for each in wrong]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_type_is_sound_blank_and_full_of_problems(screen: Page, language: str) -> None:
    await open_parks()
    await screen.goto(f"{RESPOND}?lang={language}")
    assert await screen.locator("html").get_attribute("lang") == language
    assert await sound(screen) == []
    await fill_in_wrongly(screen)
    await press_continue(screen)
    assert await sound(screen) == []
    await each_problem_leads_to_its_field(screen)


async def each_problem_leads_to_its_field(page: Page) -> None:
    links = page.locator(".govuk-error-summary a")
    assert [(await link.get_attribute("href") or "")[1:] for link in await links.all()] == PLACES
    assert await page.evaluate("document.activeElement.matches('[data-error-summary]')")
    for link in await links.all():
        words = await link.inner_text()
        await link.press("Enter")
        found = await page.evaluate(FIELD_IN_FOCUS)
        assert (found["named"], found["covered"]) == (True, False), words
        assert words in found["said"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_choice_is_seen_chosen_unchosen_and_in_focus(
    screen: Page, language: str
) -> None:
    await open_parks()
    await screen.goto(f"{RESPOND}?lang={language}")
    # One radio of a group is chosen at a time; without names all can be, in one picture.
    await screen.evaluate(
        "document.querySelectorAll('[type=radio]').forEach((each) => each.removeAttribute('name'))"
    )
    for size in (WIDE, PHONE):
        await screen.set_viewport_size(size)
        await screen.emulate_media(forced_colors="none")
        await every_choice_is_seen(screen)
        await screen.emulate_media(forced_colors="active")
        await every_choice_is_seen(screen)


async def every_choice_is_seen(page: Page) -> None:
    where = await choices(page)
    unchosen = await picture(page)
    await set_all(page, chosen=True)
    chosen = await picture(page)
    async with all_in_focus(page):
        chosen_in_focus = await picture(page)
        await set_all(page, chosen=False)
        in_focus = await picture(page)
    assert len(where) > 40
    for box in where:
        assert drawn(unchosen, box) > 60, box
        assert apart(unchosen, chosen, box) > 60, box
        assert apart(unchosen, in_focus, box) > 40, box
        assert apart(chosen, chosen_in_focus, box) > 40, box
        assert apart(in_focus, chosen_in_focus, box) > 60, box


async def set_all(page: Page, *, chosen: bool) -> None:
    await page.evaluate(
        """(chosen) => document.querySelectorAll("main :is([type=radio], [type=checkbox])")
          .forEach((each) => { each.checked = chosen; })""",
        chosen,
    )


KEYS: Mapping[str, str] = {
    "name": "Sam",
    "email": "sam@example.org",
    "home": "ME14 1XQ",
    "members": "12",
    "since-day": "4",
    "since-month": "6",
    "since-year": "2001",
    "visit-day": "4",
    "visit-month": "6",
    "visit-year": "2026",
    "spend": "2.5",
    "uses.other": "Later gates",
    "nearest": "Mill",
    "rank.paths": "1",
    "rank.play": "2",
    "rank.trees": "3",
    "order.paths": "3",
    "order.play": "1",
    "order.trees": "2",
    "bench": "High Street",
    "work": "Leeds",
    "change": "Lights",
    "reason": "It is dark",
}
"""What is typed into fields and lists; the first radio of a group and some checkboxes are chosen
with the space bar."""
TICKED = {("uses", "paths"), ("uses", "other"), ("wants", "trees"), ("wants", "play")}
STOP = """() => {
  const at = document.activeElement;
  const { name = "", value = "", type = "", tagName: tag, className } = at;
  const { left, width, top, bottom } = at.getBoundingClientRect();
  const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const seen = document.elementFromPoint(left + width / 2, middle);
  const itself = at.contains(seen) || seen?.contains(at) || seen?.htmlFor === at.id;
  const on = className.includes("govuk-button") && type === "submit" && !name;
  return { name, value, type, tag, on, map: className.includes("map__field"), covered: !itself };
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_the_keyboard_alone_answers_everything(
    chrome: Browser, site: str, scripts: bool
) -> None:
    await open_parks("paged")
    async with opened(chrome, site, size=PHONE, scripts=scripts) as page:
        page.on("filechooser", send_a_picture)
        await page.goto(RESPOND)
        for following in ("2", "3", "4", "check"):
            await answer_by_keys(page, scripts=scripts)
            await page.wait_for_url(f"**/respond/{following}")
        given = await page.locator(".govuk-summary-list__value").all_inner_texts()
        assert [each for each in given if "Not answered" in each] == ["Not answered"], "papers"
        await answer_by_keys(page, scripts=scripts)
        await page.wait_for_url("**/receipts/*")


async def answer_by_keys(page: Page, *, scripts: bool) -> None:
    """Tab from the top of the page to the button that goes on, which is pressed."""
    while True:
        await page.keyboard.press("Tab")
        stop: dict[str, Any] = await page.evaluate(STOP)
        assert not stop["covered"], stop
        if scripts and stop["tag"] != "BODY":
            assert await focus_shows(page), stop
        if stop["on"]:
            await page.keyboard.press("Enter")
            return
        await answer_with_keys(page, stop, scripts=scripts)


async def answer_with_keys(page: Page, stop: Mapping[str, Any], *, scripts: bool) -> None:
    name = stop["name"]
    if stop["type"] == "radio" or (name, stop["value"]) in TICKED or name == "photo":
        await page.keyboard.press("Space")
    elif stop["map"]:
        for key in ("ArrowUp", "ArrowLeft"):
            await page.keyboard.press(key)
    elif name in KEYS and not (name == "bench" and scripts):
        await page.keyboard.type(KEYS[name])


async def send_a_picture(chooser: FileChooser) -> None:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(made, "PNG")
    await chooser.set_files(
        {"name": "park.png", "mimeType": "image/png", "buffer": made.getvalue()}
    )


async def test_a_grid_is_heard_and_seen_row_by_row(screen: Page) -> None:
    await open_parks()
    for language in LANGUAGES:
        await screen.set_viewport_size(WIDE)
        await screen.goto(f"{RESPOND}?lang={language}")
        grid = screen.locator("[data-question=grid]")
        rows = grid.get_by_role("group").filter(has_not=screen.get_by_role("group"))
        words = {row["text"][language] for row in GREENS[:3]}
        assert await rows.count() == len(words)
        for row in await rows.all():
            heard = (await row.aria_snapshot()).splitlines()
            assert heard[0].removeprefix("- group ").strip(':"') in words
            assert [line.split()[1] for line in heard[1:]].count("radio") == 6
        points = await rows.first.get_by_role("radio").all()
        across = [await place(each) for each in points]
        assert (len({x for x, _ in across}), len({y for _, y in across})) == (6, 1)
        await screen.set_viewport_size(PHONE)
        down = [await place(each) for each in points]
        assert len({x for x, _ in down}) == 1
        assert [y for _, y in down] == sorted({y for _, y in down})


async def place(control: Locator) -> tuple[int, int]:
    box = await control.bounding_box()
    assert box is not None
    return round(box["x"]), round(box["y"])


async def test_what_comes_and_goes_is_told_to_those_who_hear_the_page(screen: Page) -> None:
    await open_parks()
    await screen.goto(RESPOND)
    told = screen.locator("#answers > [aria-live=polite]")
    assert await told.inner_text() == ""
    await screen.locator("[name=group][value=yes]").check()
    assert await told.locator("p").all_inner_texts() == [
        "Now asked as well: How many are in it? (optional)",
        "Now asked as well: How does your group decide? (optional)",
    ]
    await screen.locator("[name=members]").fill("2")
    assert await told.locator("p").count() == 2
    await screen.locator("[name=group][value=other]").check()
    assert await told.locator("p").all_inner_texts() == [
        "No longer asked: How many are in it? (optional)",
        "No longer asked: How does your group decide? (optional)",
        "Now asked as well: Your own answer",
    ]
    await screen.locator("[name=change]").fill("x" * 190)
    spoken = screen.locator("[data-question=change] [aria-live=polite]")
    await spoken.get_by_text("You have 10 characters left").wait_for()


async def test_changing_the_language_loses_nothing_that_was_typed(screen: Page) -> None:
    await open_parks()
    await screen.goto(RESPOND)
    await fill_in_wrongly(screen)
    before = await typed(screen)
    assert len(before) > 15
    for name in ("العربية", "Cymraeg", "English"):
        await pressed(screen.get_by_role("button", name=name))
        assert await typed(screen) == before


async def test_on_paper_nothing_is_left_of_what_can_only_be_pressed(screen: Page) -> None:
    await open_parks()
    await screen.goto(RESPOND)
    await screen.emulate_media(media="print")
    pressed = screen.locator(
        "main :is(button:not([aria-hidden]), a[href], .map__how, [data-save]):visible"
    )
    assert await pressed.all_inner_texts() == []
    assert await screen.locator("main [data-question]:visible").count() > 15
    assert await cut_off_or_overlapping(screen) == []
