"""In Chromium, two people at once: a page locked and taken over, an agreement given, taken back by
a change and given again, and every page sound wide and narrow, in English and in Arabic."""

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from app import clock
from responses import store
from responses.organisation import Represented
from responses.tables import DraftAnswerRow, ResponseRow
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow
from tests.responses import asking
from tests.responses.asking import QUESTIONNAIRE, SLUG

RESPOND = f"/consultations/{SLUG}/respond"
AT = f"{RESPOND}/organisation"
IN_ARABIC_TOO = {**QUESTIONNAIRE, "languages": ["en", "cy", "ar"]}
GO_ON = "#answers button[type=submit]:not([name]):not([tabindex])"


async def press(page: Page, button: str) -> None:
    """Presses a button that sends a form, and waits for what comes."""
    async with page.expect_navigation():
        await page.click(button)


async def begins(clerk: Page, language: str = "") -> str:
    """A clerk begins and announces a chair, who has to agree; gives the code for everyone."""
    await clerk.goto(f"{AT}{language}")
    await clerk.fill("#organisation", "Llanfair Parish Council")
    await clerk.fill("#name", "Carys Huws")
    await press(clerk, "#organisation-form button")
    await clerk.goto(f"{AT}/people")
    await clerk.fill("#name", "Dewi Rees")
    await clerk.check("#agrees")
    await press(clerk, "#add button")
    return await clerk.locator(".return-code").inner_text()


async def enters(chair: Page, code: str, language: str = "") -> None:
    await chair.goto(f"{RESPOND}/return{language}")
    await chair.fill("#code", code)
    await press(chair, "#come-back button")


async def declares(clerk: Page) -> None:
    await clerk.goto(f"{AT}/declaration")
    await clerk.check("#represented-2")
    await clerk.check("#asked-5")
    await press(clerk, "#declare button")


async def test_two_people_lock_take_over_agree_and_send(chrome: Browser, site: str) -> None:
    await asking.opened(now=clock.now())
    async with opened(chrome, site) as clerk, opened(chrome, site) as chair:
        await enters(chair, await begins(clerk))
        await chair.check("#who")
        await press(chair, "#join button")
        # One edits; the other reads, and takes over with a note while the first is typing.
        await clerk.goto(f"{RESPOND}/3")
        await clerk.fill("#why", "The hill is steep.")
        await chair.goto(f"{RESPOND}/3")
        await expect(chair.locator("h1")).to_have_text("Carys Huws is editing this page")
        await chair.fill("#_note", "The meeting is now")
        await press(chair, "#take-over button")
        await chair.fill("#town", "Llanfair")
        await clerk.fill("#town", "Bangor")
        await press(clerk, GO_ON)
        await expect(clerk.locator(".govuk-error-summary")).to_contain_text("Dewi Rees is editing")
        assert await clerk.input_value("#town") == "Bangor"
        await press(chair, GO_ON)
        # The page is free again, and what differs is shown rather than replaced.
        await press(clerk, GO_ON)
        await expect(clerk.locator("h1")).to_have_text("Choose which answers to keep")
        assert await stored("town") == '"Llanfair"'
        await clerk.check('[name="keep.town"][value="theirs"]')
        await press(clerk, "#differs button[type=submit]")
        await clerk.goto(RESPOND)
        await clerk.check("#rides-2")
        await press(clerk, GO_ON)
        await declares(clerk)
        # Agreed, changed, told, agreed again, sent.
        await agrees(chair)
        await clerk.goto(f"{RESPOND}/3")
        await clerk.fill("#why", "The hill is very steep.")
        await press(clerk, GO_ON)
        await clerk.goto(f"{RESPOND}/check")
        await expect(clerk.locator("main")).to_contain_text("does not count any more")
        await press(clerk, "#send button")
        await expect(clerk.locator(".govuk-error-summary")).to_contain_text("Say why you send")
        await agrees(chair)
        await clerk.goto(f"{RESPOND}/check")
        await press(clerk, "#send button")
        await expect(clerk.locator("main")).to_contain_text("Dewi Rees agreed on")
    [row] = await ResponseRow.select(ResponseRow.key)
    declared = await store.declaration_of(row["key"])
    assert declared is not None
    assert declared.declaration.represented is Represented.RESIDENTS
    assert (declared.to_agree, declared.agreed) == (1, 1)


async def agrees(chair: Page) -> None:
    await chair.goto(f"{RESPOND}/check")
    await press(chair, "#agree button")
    await expect(chair.locator("#take-back")).to_be_visible()


async def stored(question: str) -> str:
    rows = await DraftAnswerRow.select().where(DraftAnswerRow.question == question)
    return str(rows[0]["answer"])


@pytest.mark.parametrize(("size", "language"), [(WIDE, ""), (PHONE, "?lang=ar")])
async def test_every_page_of_it_is_sound(
    chrome: Browser, site: str, size: ViewportSize, language: str
) -> None:
    await asking.opened(IN_ARABIC_TOO, now=clock.now())
    async with (
        opened(chrome, site, size=size) as clerk,
        opened(chrome, site, size=size) as chair,
    ):
        await clerk.goto(f"{AT}{language}")
        await press(clerk, "#organisation-form button")
        wrong = [await unsound(clerk)]
        code = await begins(clerk, language)
        await enters(chair, code, language)
        await press(chair, "#join button")
        wrong.append(await unsound(chair))
        await chair.check("#who")
        await press(chair, "#join button")
        await clerk.goto(RESPOND)
        for path in (RESPOND, AT, f"{AT}/people"):
            await chair.goto(path)
            wrong.append(await unsound(chair))
        await chair.goto(RESPOND)
        await chair.fill("#_note", "Now")
        await press(chair, "#take-over button")
        await press(clerk, GO_ON)
        wrong.append(await unsound(clerk))
        await clerk.goto(f"{AT}/declaration")
        await press(clerk, "#declare button")
        wrong.append(await unsound(clerk))
        await clerk.goto(f"{RESPOND}/check")
        await press(clerk, "#send button")
        wrong.append(await unsound(clerk))
    assert [each for each in wrong if each] == []


async def unsound(page: Page) -> list[str]:
    wider = await overflow(page)
    found = [f"{wider} pixels too wide", *await axe_violations(page)]
    return [f"{page.url}: {each}" for each in found[not wider :]]
