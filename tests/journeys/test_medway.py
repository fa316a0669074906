"""A stranger builds the survey that Medway's voluntary organisations were asked, from nothing.

1. A consultation begins in English, to be translated into Welsh; its pages get their titles.
2. Size bands by income, dependence on volunteers, the challenges, and four open questions.
3. A slip is undone, a question is moved, and the whole is seen in the preview.
4. Everything is translated into Welsh, page by page, and the preview speaks it.

Made by mouse, and again by keyboard alone.
"""

import re
from typing import Protocol

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from app.auth.account import Role
from surveys import store
from surveys.questionnaire import LongText, Multiple, Single, say
from surveys.translated import missing
from tests.chromium import axe_violations, opened, overflow, sign_in

TITLE = "How is the voluntary sector in Medway?"
BANDS = (
    "Less than £10,000",
    "£10,000 to £100,000",
    "£100,000 to £1 million",
    "£1 million to £10 million",
    "More than £10 million",
)
DEPENDENCE = ("Not at all", "Partly", "Completely")
CHALLENGES = (
    "Generating income",
    "Making more people aware of us",
    "Too few staff or volunteers",
    "Recruiting volunteers",
    "Engaging the people we serve",
    "Space to work in",
    "Meeting other organisations",
    "Safeguarding",
)
OPEN = (
    "How do you see the finances of the voluntary sector in Medway?",
    "How would you describe the level of volunteering?",
    "How do you find the relationship between the sector and the council?",
    "What could the council and others do to support the sector better?",
)
WELSH_TITLE = "Sut mae’r sector gwirfoddol ym Medway?"
WELSH_PAGES = ("Eich sefydliad", "Heriau", "Y sector cyfan")
WELSH = {
    TITLE: WELSH_TITLE,
    "Your organisation": WELSH_PAGES[0],
    "Challenges": WELSH_PAGES[1],
    "The sector as a whole": WELSH_PAGES[2],
    "What was your income last year?": "Beth oedd eich incwm y llynedd?",
    "How much do you depend on volunteers?": "Faint ydych chi’n dibynnu ar wirfoddolwyr?",
    "Which of these challenges do you face?": "Pa rai o’r heriau hyn sy’n eich wynebu?",
    **dict(
        zip(
            BANDS,
            (
                "Llai na £10,000",
                "£10,000 i £100,000",
                "£100,000 i £1 miliwn",
                "£1 miliwn i £10 miliwn",
                "Mwy na £10 miliwn",
            ),
            strict=True,
        )
    ),
    **dict(zip(DEPENDENCE, ("Dim o gwbl", "Yn rhannol", "Yn llwyr"), strict=True)),
    **dict(
        zip(
            CHALLENGES,
            (
                "Codi incwm",
                "Gwneud mwy o bobl yn ymwybodol ohonom",
                "Rhy ychydig o staff neu wirfoddolwyr",
                "Recriwtio gwirfoddolwyr",
                "Ymgysylltu â’r bobl rydym yn eu gwasanaethu",
                "Lle i weithio ynddo",
                "Cwrdd â sefydliadau eraill",
                "Diogelu",
            ),
            strict=True,
        )
    ),
    **dict(
        zip(
            OPEN,
            (
                "Sut ydych chi’n gweld cyllid y sector gwirfoddol ym Medway?",
                "Sut fyddech chi’n disgrifio lefel y gwirfoddoli?",
                "Beth yw eich barn am y berthynas rhwng y sector a’r cyngor?",
                "Beth allai’r cyngor ac eraill ei wneud i gefnogi’r sector yn well?",
            ),
            strict=True,
        )
    ),
}
# What each label of a field says, with the field's id.
PAIRS = "all => all.map(one => [one.htmlFor, one.querySelector('.twin__text').textContent])"
INCOME = "What was your income last year?"
VOLUNTEERS = "How much do you depend on volunteers?"
FACE = "Which of these challenges do you face?"


class Hand(Protocol):
    """How the stranger works: with a mouse, or with a keyboard alone."""

    async def press(self, target: Locator) -> None: ...
    async def tick(self, target: Locator) -> None: ...
    async def write(self, target: Locator, words: str) -> None: ...


class Mouse:
    async def press(self, target: Locator) -> None:
        await target.click()

    async def tick(self, target: Locator) -> None:
        await target.check()

    async def write(self, target: Locator, words: str) -> None:
        await target.fill(words)


class Keyboard:
    """Every control is reached with Tab from wherever the page has put the focus, radio buttons
    with the arrows from the first of their group."""

    MOST_TABS = 250

    async def press(self, target: Locator) -> None:
        await self.reach(target)
        await target.page.keyboard.press("Enter")

    async def tick(self, target: Locator) -> None:
        name = await target.get_attribute("name")
        if await target.get_attribute("type") == "checkbox":
            await self.reach(target)
            await target.page.keyboard.press("Space")
            return
        group = target.page.locator(f"input[type=radio][name='{name}']")
        await self.reach(target, among=group)
        while not await focused(target):
            await target.page.keyboard.press("ArrowDown")
        await target.page.keyboard.press("Space")

    async def write(self, target: Locator, words: str) -> None:
        await self.reach(target)
        await target.page.keyboard.press("Control+A")
        await target.page.keyboard.insert_text(words)

    async def reach(self, target: Locator, *, among: Locator | None = None) -> None:
        await target.wait_for()
        # A page that is not whole yet may still put the focus somewhere.
        await target.page.wait_for_load_state()
        for _ in range(self.MOST_TABS):
            if await focused(among or target):
                return
            await target.page.keyboard.press("Tab")
        pytest.fail(f"Tab does not reach {target}")


async def focused(target: Locator) -> bool:
    found: bool = await target.evaluate_all("all => all.includes(document.activeElement)")
    return found


async def begin(page: Page, hand: Hand) -> None:
    await page.goto("/officer")
    await hand.press(page.get_by_role("link", name="New consultation"))
    await hand.write(page.get_by_label("Title", exact=True), TITLE)
    await hand.tick(page.get_by_role("checkbox", name="Welsh (Cymraeg)"))
    await hand.press(page.get_by_role("button", name="Start writing questions"))
    await expect(page.locator("#done")).to_contain_text("Add its first question")


async def name_first_page(page: Page, hand: Hand, title: str) -> None:
    await hand.press(page.get_by_role("link", name=re.compile("^Rename Your views")))
    await hand.write(page.get_by_label("Title, English"), title)
    await hand.press(page.get_by_role("button", name="Save and go back"))
    await expect(page.get_by_role("link", name=f"Rename {title}")).to_be_visible()


async def add_page(page: Page, hand: Hand, title: str) -> None:
    await hand.press(page.get_by_role("link", name="Add a page", exact=True))
    await hand.write(page.get_by_label("Title, English"), title)
    await hand.press(page.get_by_role("button", name="Add the page"))
    await expect(page.locator("#done")).to_contain_text(f"Added the page ‘{title}’")


async def ask(page: Page, hand: Hand, number: int, text: str, kind: str, *options: str) -> None:
    """A question at the end of a page, with its options, and back on the outline."""
    await hand.press(page.get_by_role("link", name=f"Add a question to page {number}"))
    await hand.write(page.get_by_label("What do you want to ask?"), text)
    await hand.tick(page.get_by_role("radio", name=kind, exact=True))
    if options:
        lines = page.get_by_label(re.compile("one on each line"))
        await hand.write(lines, "\n".join(options))
    await hand.press(page.get_by_role("button", name="Add the question"))
    await expect(page.get_by_text("The question is made")).to_be_visible()
    if kind == "Choose several":
        await hand.tick(page.get_by_label("Offer “Other” with a box to write in"))
    await hand.press(page.get_by_role("button", name="Save and go back"))
    await expect(page.get_by_role("link", name=text, exact=True)).to_be_visible()


async def slip_and_undo(page: Page, hand: Hand) -> None:
    """The page of challenges is removed by mistake, and comes back."""
    await hand.press(page.locator("summary", has_text="for page 2"))
    await hand.press(page.get_by_role("link", name="Remove the page"))
    await expect(page.get_by_text(FACE)).to_be_visible()
    await hand.press(page.get_by_role("button", name="Remove"))
    await hand.press(page.locator("#done").get_by_role("button", name="Undo"))
    await expect(page.get_by_role("link", name=FACE)).to_be_visible()


async def look_at_preview(page: Page) -> None:
    frame = page.locator("iframe").content_frame
    await expect(frame.get_by_role("heading", level=1)).to_have_text("Your organisation")
    await expect(frame.get_by_text(BANDS[0])).to_be_visible()


async def translate(page: Page, hand: Hand) -> None:
    """Each text by the words beside its field; “Save and go on” leads to what is still missing."""
    await hand.press(page.get_by_role("link", name="Translations", exact=True))
    await hand.press(page.get_by_role("link", name="Translate what is missing in Welsh"))
    for heading in ("The title and strands", "Page 1", "Page 2", "Page 3"):
        await expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        go_on = page.get_by_role("button", name="Save and go on")
        await go_on.wait_for()
        if heading != "The title and strands":
            # What was just saved takes the focus once the page is whole; typing begins after it.
            await expect(page.locator("#done")).to_be_focused()
        for field, english in await page.locator("label:has(.twin__missing)").evaluate_all(PAIRS):
            await hand.write(page.locator(f"#{field}"), WELSH[english])
        assert await axe_violations(page) == []
        await hand.press(go_on)
    await expect(page.locator("#done")).to_contain_text("Everything is in Welsh")


async def look_at_welsh_preview(page: Page, hand: Hand) -> None:
    await hand.press(page.get_by_role("link", name=re.compile("^Look through it")))
    await hand.press(page.locator("summary", has_text="Go to another page"))
    await hand.press(page.get_by_role("link", name="Page 2: Challenges"))
    await hand.press(page.get_by_role("link", name="Preview this page"))
    await expect(page.get_by_text(WELSH[FACE])).to_be_visible()


async def check_what_was_built() -> None:
    (made,) = [each for each in await store.consultations() if each.title == TITLE]
    draft = await store.draft(made.slug)
    questionnaire = draft.questionnaire
    assert questionnaire.languages == ("en", "cy")
    you, challenges, views = questionnaire.pages
    volunteers, income = you.questions
    assert isinstance(income, Single)
    assert isinstance(volunteers, Single)
    assert [say(each.text, "en") for each in income.options] == list(BANDS)
    assert [say(each.text, "en") for each in volunteers.options] == list(DEPENDENCE)
    (face,) = challenges.questions
    assert isinstance(face, Multiple)
    assert face.other
    assert [say(each.text, "en") for each in face.options] == list(CHALLENGES)
    assert [say(each.text, "en") for each in views.questions] == list(OPEN)
    assert all(isinstance(each, LongText) for each in views.questions)
    assert say(questionnaire.title, "cy") == WELSH_TITLE
    assert [say(each.title, "cy") for each in questionnaire.pages] == list(WELSH_PAGES)
    assert [say(each.text, "cy") for each in views.questions] == [WELSH[text] for text in OPEN]
    assert missing(questionnaire, ("en", "cy")) == 0


@pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
async def test_a_stranger_builds_the_medway_survey(chrome: Browser, site: str, hand: Hand) -> None:
    async with opened(chrome, site) as page:
        await sign_in(page, site, Role.OFFICER)
        await begin(page, hand)
        await name_first_page(page, hand, "Your organisation")
        await ask(page, hand, 1, INCOME, "Choose one", *BANDS)
        await ask(page, hand, 1, VOLUNTEERS, "Choose one", *DEPENDENCE)
        await add_page(page, hand, "Challenges")
        await ask(page, hand, 2, FACE, "Choose several", *CHALLENGES)
        await slip_and_undo(page, hand)
        await add_page(page, hand, "The sector as a whole")
        for text in OPEN:
            await ask(page, hand, 3, text, "Long answer")
        await hand.press(page.get_by_role("button", name=f"Move up: {VOLUNTEERS}"))
        await expect(page.locator("#done")).to_be_focused()
        await look_at_preview(page)
        assert await axe_violations(page) == []
        assert await overflow(page) == 0
        await translate(page, hand)
        await look_at_welsh_preview(page, hand)
        await check_what_was_built()
