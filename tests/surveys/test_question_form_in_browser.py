"""The form of one question in a real browser.

1. Lists and conditions grow in place, and everything saves itself.
2. Typing goes on undisturbed while the form saves.
3. Two browsers on one question: the second is shown both texts.
4. Every type's form passes axe and fits a phone.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from app.auth.account import Role
from app.clock import now
from surveys import store
from surveys.drafting.building import blank_question
from surveys.drafting.operations import AddQuestion
from surveys.questionnaire import KINDS, Condition, Multiple, Question
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, sign_in
from tests.surveys.asking import SYSTEM, parks

EDIT = "/officer/consultations/parks/questionnaire/edit"
SAVED = re.compile("^Saved")


def at(key: str) -> str:
    return f"{EDIT}/questions/{key}"


async def stored(key: str) -> Question:
    return (await store.draft("parks")).questionnaire.by_key()[key]


async def values_of(key: str) -> list[str]:
    question = await stored(key)
    assert isinstance(question, Multiple)
    return [option.value for option in question.options]


async def until(look: Callable[[], Awaitable[object]], wanted: object) -> None:
    """Waits until what is stored is what is wanted: a form saves itself a moment later."""
    for _ in range(300):
        if await look() == wanted:
            return
        await asyncio.sleep(0.1)
    assert await look() == wanted


async def editing(page: Page, site: str, key: str, role: Role = Role.OFFICER) -> Page:
    await sign_in(page, site, role)
    await page.goto(at(key))
    return page


async def test_a_list_grows_in_place_and_saves_itself(screen: Page, site: str) -> None:
    await parks()
    page = await editing(screen, site, "uses")
    await page.get_by_label("New option").fill("Sport")
    await page.get_by_role("button", name="Add another option").click()
    await expect(page.get_by_label("New option")).to_be_focused()
    await expect(page.get_by_label("Option 4")).to_have_value("Sport")
    await page.keyboard.type("Rest")
    await page.get_by_role("button", name="Move up: Sport").click()
    await until(lambda: values_of("uses"), ["walk", "play", "sport", "none", "rest"])
    await expect(page.get_by_label("Option 3")).to_have_value("Sport")
    await expect(page.get_by_label("Option 5")).to_have_value("Rest")


async def test_moving_faster_than_saving_mixes_nothing_up(screen: Page, site: str) -> None:
    await parks()
    page = await editing(screen, site, "uses")
    await page.get_by_label("Option 1").fill("Walks")
    for words in ("Walking", "Walks"):
        await page.get_by_role("button", name=f"Move down: {words}").click()
    await page.get_by_role("button", name="Move up: None of these").click()
    await page.get_by_role("button", name="Remove Play").click()
    await until(lambda: values_of("uses"), ["none", "walk"])
    question = await stored("uses")
    assert isinstance(question, Multiple)
    assert [each.text for each in question.options] == ["None of these", "Walks"]


async def test_a_condition_is_written_in_place(screen: Page, site: str) -> None:
    await parks()
    page = await editing(screen, site, "which")
    await page.get_by_label("Only after certain answers").check()
    await page.get_by_label("Question that is tested").select_option("group")
    await page.get_by_label("Answer to “Do you run a group?”").select_option("yes")
    await expect(page.locator("#routing-said")).to_have_text(
        "Asked only if you answered ‘Yes’ to ‘Do you run a group?’"
    )
    await expect(page.locator(".autosave")).to_have_text(SAVED)
    assert (await stored("which")).show_if == Condition(question="group", is_="yes")


async def test_a_condition_grows_in_place(screen: Page, site: str) -> None:
    await parks()
    page = await editing(screen, site, "name")
    await page.get_by_label("Only after certain answers").check()
    for number, button in enumerate((None, "Or… add another test", "And… add a test"), start=1):
        if button:
            await page.get_by_role("button", name=re.compile(f"^{button}")).first.click()
        subject = page.get_by_label("Question that is tested").nth(number - 1)
        if button:
            await expect(subject).to_be_focused()
            # It saves itself meanwhile; what was just asked for stays.
            await page.wait_for_timeout(1500)
            await expect(subject).to_be_focused()
        await subject.select_option("group" if number == 1 else "members")
        answer = page.locator(".routing__value").nth(number - 1)
        await (answer.select_option("yes") if number == 1 else answer.fill(str(number)))
        await expect(page.locator(".autosave")).to_have_text(SAVED)
    group, two, three = (
        Condition(question="group", is_="yes"),
        Condition(question="members", is_=2),
        Condition(question="members", is_=3),
    )

    async def condition() -> Condition | None:
        return (await stored("name")).show_if

    await until(condition, Condition(all=(Condition(any=(group, two)), three)))


async def test_typing_goes_on_while_it_saves(screen: Page, site: str) -> None:
    await parks()
    page = await editing(screen, site, "uses")
    box = page.get_by_label("New option")
    await box.focus()
    await page.keyboard.type("Spo")
    await expect(page.locator(".autosave")).to_have_text(SAVED)
    await page.keyboard.type("rt")
    await expect(page.get_by_label("Option 4")).to_have_value("Sport")
    await expect(page.get_by_label("New option")).to_be_visible()
    await page.get_by_role("button", name="Save and go back").click()
    await page.wait_for_url(re.compile("edit\\?"))
    question = await stored("uses")
    assert isinstance(question, Multiple)
    assert question.options[-1].value == "sport"


async def test_the_second_of_two_browsers_is_shown_both_texts(chrome: Browser, site: str) -> None:
    await parks()
    async with opened(chrome, site) as first, opened(chrome, site) as second:
        await editing(first, site, "members")
        await editing(second, site, "members", Role.PUBLISHER)
        await first.get_by_label("Question, English").fill("How many people?")
        await expect(first.locator(".autosave")).to_have_text(SAVED)
        await second.get_by_label("Question, English").fill("How large is it?")
        heading = second.get_by_role("heading", level=1)
        await expect(heading).to_have_text("This changed since you opened it")
        for words in ("How many members?", "How many people?", "How large is it?"):
            await expect(second.locator("fieldset", has_text=words)).to_be_visible()
        assert await axe_violations(second) == []
        await second.get_by_label("What you wrote").check()
        await second.get_by_role("button", name="Save").click()
        await second.wait_for_url(re.compile("edit\\?"))
    assert (await stored("members")).text == "How large is it?"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_types_form_passes_axe_and_fits(
    chrome: Browser, site: str, size: ViewportSize
) -> None:
    await parks()
    for kind in KINDS:
        question = blank_question(kind, f"a_{kind}", f"A {kind}?")
        await store.change("parks", AddQuestion("page_2", 99, question), by=SYSTEM, now=now())
    found: list[str] = []
    async with opened(chrome, site, size=size) as page:
        await sign_in(page, site, Role.OFFICER)
        for kind in KINDS:
            await page.goto(at(f"a_{kind}"))
            found += [f"{kind}: {each}" for each in await axe_violations(page)]
            if wider := await overflow(page):
                found.append(f"{kind}: {wider} pixels too wide")
    assert found == []
