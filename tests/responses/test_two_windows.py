"""Two windows and two devices on one draft: nothing is overwritten that was not shown."""

import asyncio
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litestar import Litestar

from app import clock
from responses import store
from responses.pages.journey import COOKIE
from responses.tables import DraftAnswerRow, ResponseRow
from surveys import store as surveys
from tests.assembled import application_on
from tests.browsing import Browser, Page
from tests.conftest import settings_on
from tests.responses.asking import NOW, SLUG, asked, opened

RESPOND = f"/consultations/{SLUG}/respond"
TOWNS = ("Ashford", "Deal", "Dover", "Folkestone", "Hythe")
KEYS = ("town", "why")


@dataclass
class Window:
    """Somebody who types towns and reasons, with a script that saves each answer or with pages
    alone. `acknowledged` are question, what the page showed, and what was given instead."""

    browser: Browser
    name: str
    scripted: bool
    chance: random.Random
    acknowledged: list[tuple[str, str, str]] = field(default_factory=list)
    refused: int = 0

    async def turn(self, number: int) -> None:
        """Opens the page, thinks, and sends one answer."""
        page = await self.browser.get(f"{RESPOND}/3")
        await asyncio.sleep(self.chance.random() / 50)
        key, answer = self.chance.choice(KEYS), f"{self.chance.choice(TOWNS)} {self.name} {number}"
        send = self.by_script if self.scripted else self.by_page
        if await send(page, key, answer):
            self.acknowledged.append((key, page.form("answers").values[key][0], answer))
        else:
            self.refused += 1

    async def by_script(self, page: Page, key: str, answer: str) -> bool:
        seen = page.form("answers").values["_seen"][0]
        own = next((each for each in seen.split() if each.startswith(f"{key}:")), "")
        fields = {"_question": key, "_version": "1", "_seen": own, key: answer}
        told = await self.browser.post(f"{RESPOND}/3/save", fields)
        assert told.status_code == 200 or told.json()["said"]
        return told.status_code == 200

    async def by_page(self, page: Page, key: str, answer: str) -> bool:
        told = await page.form("answers").fill({key: answer}).submit()
        # The other answer, though left as it was, may be asked about as well.
        asked_about = [str(each["name"]) for each in told.soup.select("#differs [type=radio]")]
        assert bool(asked_about) == (told.status_code == 409)
        return f"keep.{key}" not in asked_about


async def test_two_tabs_and_two_phones_for_a_while_lose_nothing_unshown(
    database: str, tmp_path: Path
) -> None:
    """`HEARBACK_TEST_SECONDS` says for how long, beside the forty turns that it takes at least."""
    application = application_on(settings_on(database, tmp_path / "data"))
    await opened(now=clock.now())
    first = Browser(application)
    await (await first.get(RESPOND)).form().fill(rides="no").submit()
    others = [await other_device(application, first) for _ in range(3)]
    windows = [
        Window(browser, f"{number}", number % 2 == 0, random.Random(number))
        for number, browser in enumerate([first, *others])
    ]
    until = time.monotonic() + float(os.environ.get("HEARBACK_TEST_SECONDS", "0"))

    async def works(window: Window) -> None:
        turns = 0
        while turns < 10 or time.monotonic() < until:
            await window.turn(turns)
            turns += 1

    await asyncio.gather(*(works(window) for window in windows))
    assert sum(window.refused for window in windows) > 0
    left = await answers_of(first)
    given = [each for window in windows for each in window.acknowledged]
    for key in KEYS:
        # Each answer was replaced once at most, and by somebody whose page showed it: none got lost
        # between two that were stored.
        chain = [(shown, answer) for where, shown, answer in given if where == key]
        assert len({shown for shown, _ in chain}) == len(chain)
        assert {answer for _, answer in chain} - {shown for shown, _ in chain} == {left[key]}
    await asyncio.gather(*(browser.close() for browser in (first, *others)))


async def test_a_save_that_comes_between_keeps_the_other_from_being_stored(database: str) -> None:
    newest, _ = await asked(await opened())
    token = await store.begin_draft(newest, {"town": "Ashford"}, language="en", now=NOW)
    early, late = await store.draft(token), await store.draft(token)
    assert early is not None
    assert late is not None
    assert await store.save_unless_changed(early, {"town": "Deal"}, language="en", now=NOW)
    assert not await store.save_unless_changed(late, {"town": "Dover"}, language="en", now=NOW)
    after = await store.draft(token)
    assert after is not None
    assert after.answers == {"town": "Deal"}


async def test_of_many_saves_at_once_one_is_stored(database: str) -> None:
    newest, _ = await asked(await opened())
    token = await store.begin_draft(newest, {}, language="en", now=NOW)
    draft = await store.draft(token)
    assert draft is not None
    tries = await asyncio.gather(
        *(
            store.save_unless_changed(draft, {"town": town, "why": town}, language="en", now=NOW)
            for town in TOWNS
        )
    )
    [stored] = [each for each in tries if each]
    assert stored.answers["town"] == stored.answers["why"]
    assert await DraftAnswerRow.count() == 2


async def test_a_save_that_another_follows_at_once_is_known_to_have_held(database: str) -> None:
    newest, _ = await asked(await opened())
    token = await store.begin_draft(newest, {}, language="en", now=NOW)
    draft = await store.draft(token)
    assert draft is not None
    # Written as one group, so that the first is read again after the second.
    held, _ = await asyncio.gather(
        store.save_unless_changed(draft, {"town": "Deal"}, language="en", now=NOW),
        store.save_draft(draft, {"why": "The sea"}, language="en", now=NOW),
    )
    assert held is not None
    assert held.answers == {"town": "Deal", "why": "The sea"}


async def test_an_answer_saved_at_the_moment_of_carrying_over_is_not_lost(database: str) -> None:
    newest, version = await asked(await opened())
    token = await store.begin_draft(newest, {"town": "Deal"}, language="en", now=NOW)
    draft = await store.draft(token)
    assert draft is not None
    await store.save_draft(draft, {"why": "The sea"}, language="en", now=NOW)
    await store.carry_draft(draft, version.id, draft.answers, now=NOW)
    after = await store.draft(token)
    assert after is not None
    assert after.answers == {"town": "Deal", "why": "The sea"}
    await store.carry_draft(after, version.id, {"town": "Deal"}, now=NOW)
    carried = await store.draft(token)
    assert carried is not None
    assert carried.answers == {"town": "Deal"}


async def test_answers_changed_at_the_moment_of_sending_are_not_sent(database: str) -> None:
    newest, version = await asked(await opened())
    answers: dict[str, Any] = {"rides": "no"}
    token = await store.begin_draft(newest, answers, language="en", now=NOW)
    draft = await store.draft(token)
    assert draft is not None
    await store.save_draft(draft, {"town": "Deal"}, language="en", now=NOW)
    try:
        await store.submit_draft(
            draft, answers, round=newest, version=version, language="en", now=NOW
        )
    except store.AnswersChanged:
        pass
    else:
        raise AssertionError("answers were sent that nobody had checked")
    assert await ResponseRow.count() == 0
    again = await store.draft(token)
    assert again is not None
    assert (again.submitted_at, again.answers) == (None, {"rides": "no", "town": "Deal"})


async def third_page(browser: Browser) -> Page:
    """A draft that has come as far as the third page."""
    await opened(now=clock.now())
    page = await browser.get(RESPOND)
    await page.form().fill(rides="no").submit()
    return await browser.get(f"{RESPOND}/3")


async def other_device(application: Litestar, browser: Browser) -> Browser:
    """Another browser that holds the same draft."""
    other = Browser(application)
    token = browser.client.cookies.get(COOKIE)
    assert token is not None
    other.client.cookies.set(COOKIE, token, domain="127.0.0.1", path=f"/consultations/{SLUG}")
    return other


async def answers_of(browser: Browser) -> dict[str, Any]:
    found = await store.draft(browser.client.cookies.get(COOKIE) or "")
    assert found is not None
    return found.answers


async def test_an_answer_from_another_device_is_shown_and_one_of_both_is_kept(
    application: Litestar, visitor: Browser
) -> None:
    here = await third_page(visitor)
    other = await other_device(application, visitor)
    elsewhere = await other.get(f"{RESPOND}/3")
    await elsewhere.form("answers").fill(town="Deal", why="The sea.").submit()
    shown = await here.form("answers").fill(town="Dover").submit()
    assert shown.status_code == 409
    assert shown.heading == "Choose which answers to keep"
    assert "Dover" in shown.text
    assert "Deal" in shown.text
    assert await answers_of(visitor) == {"rides": "no", "town": "Deal", "why": "The sea."}
    undecided = await shown.form("differs").submit()
    assert undecided.status_code == 422
    after = await undecided.form("differs").fill({"keep.town": "mine"}).submit()
    assert after.path.startswith(f"{RESPOND}/4")
    assert (await answers_of(visitor))["town"] == "Dover"
    await other.close()


async def test_the_other_answer_may_be_kept_as_well(
    application: Litestar, visitor: Browser
) -> None:
    here = await third_page(visitor)
    other = await other_device(application, visitor)
    await (await other.get(f"{RESPOND}/3")).form("answers").fill(town="Deal").submit()
    shown = await here.form("answers").fill(town="Dover").submit()
    await shown.form("differs").fill({"keep.town": "theirs"}).submit()
    assert (await answers_of(visitor))["town"] == "Deal"
    await other.close()


async def test_a_change_made_while_choosing_is_shown_again(
    application: Litestar, visitor: Browser
) -> None:
    here = await third_page(visitor)
    other = await other_device(application, visitor)
    await (await other.get(f"{RESPOND}/3")).form("answers").fill(town="Deal").submit()
    shown = await here.form("answers").fill(town="Dover").submit()
    await (await other.get(f"{RESPOND}/3")).form("answers").fill(town="Hythe").submit()
    again = await shown.form("differs").fill({"keep.town": "mine"}).submit()
    assert again.status_code == 409
    assert "Hythe" in again.text
    assert (await answers_of(visitor))["town"] == "Hythe"
    await other.close()


async def test_two_windows_that_answer_different_questions_are_not_asked(
    application: Litestar, visitor: Browser
) -> None:
    here = await third_page(visitor)
    other = await other_device(application, visitor)
    await (await other.get(f"{RESPOND}/3")).form("answers").fill(why="The sea.").submit()
    after = await here.form("answers").fill(town="Dover").submit()
    assert after.path.startswith(f"{RESPOND}/4")
    assert await answers_of(visitor) == {"rides": "no", "town": "Dover", "why": "The sea."}
    await other.close()


async def test_two_blank_windows_of_one_browser_are_told_apart(visitor: Browser) -> None:
    await opened(now=clock.now())
    first, second = await visitor.get(RESPOND), await visitor.get(RESPOND)
    await first.form("answers").fill(rides="yes").submit()
    shown = await second.form("answers").fill(rides="no").submit()
    assert shown.status_code == 409
    assert (await answers_of(visitor))["rides"] == "yes"


async def test_a_page_with_a_problem_still_knows_what_it_had_shown(
    application: Litestar, visitor: Browser
) -> None:
    here = await third_page(visitor)
    other = await other_device(application, visitor)
    await (await other.get(f"{RESPOND}/3")).form("answers").fill(town="Deal").submit()
    wrong = await here.form("answers").fill(town="x" * 2000).submit()
    assert wrong.status_code == 422
    shown = await wrong.form("answers").fill(town="Dover").submit()
    assert shown.status_code == 409
    await other.close()


async def test_what_is_sent_is_what_was_shown_to_be_checked(
    application: Litestar, visitor: Browser
) -> None:
    await third_page(visitor)
    other = await other_device(application, visitor)
    check = await visitor.get(f"{RESPOND}/check")
    await (await other.get(f"{RESPOND}/3")).form("answers").fill(town="Deal").submit()
    refused = await check.form("send").submit()
    assert refused.status_code == 409
    assert "Your answers have changed" in refused.text
    assert "Deal" in refused.text
    assert await ResponseRow.count() == 0
    sent = await refused.form("send").submit(follow=False)
    assert sent.status_code == 303
    assert await ResponseRow.count() == 1
    await other.close()


async def test_a_choice_made_within_the_hour_after_the_close_is_kept(
    application: Litestar, visitor: Browser
) -> None:
    here = await third_page(visitor)
    other = await other_device(application, visitor)
    await (await other.get(f"{RESPOND}/3")).form("answers").fill(town="Deal").submit()
    shown = await here.form("answers").fill(town="Dover").submit()
    assert shown.status_code == 409
    await surveys.close_round(SLUG, by="test", now=clock.now())
    after = await shown.form("differs").fill({"keep.town": "mine"}).submit()
    assert after.path.startswith(f"{RESPOND}/4")
    assert (await answers_of(visitor))["town"] == "Dover"
    await other.close()


async def test_a_window_left_open_when_all_was_sent_begins_no_second_response(
    visitor: Browser,
) -> None:
    await third_page(visitor)
    left_open = await visitor.get(f"{RESPOND}/3?lang=cy")
    await (await visitor.get(f"{RESPOND}/check")).form("send").submit()
    assert await ResponseRow.count() == 1
    fields = {"_question": "town", "_version": "1", "_in": "cy", "town": "Deal"}
    assert (await visitor.post(f"{RESPOND}/3/save", fields)).status_code == 409
    told = await left_open.form("answers").fill(town="Deal").submit()
    assert (told.status_code, told.heading) == (409, "Ni allwn ddod o hyd i’ch atebion")
    assert not visitor.client.cookies.get(COOKIE)
