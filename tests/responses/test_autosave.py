"""Each answer saved by itself as it changes: small, unchecked, and never over another's."""

from typing import Any

from litestar import Litestar

from app import clock
from responses import store
from responses.pages.journey import COOKIE
from responses.tables import DraftAnswerRow, DraftRow
from surveys import store as surveys
from tests.browsing import Browser, Page, Value
from tests.responses.asking import BY, SLUG, opened

RESPOND = f"/consultations/{SLUG}/respond"


async def saved(
    browser: Browser, number: int, question: str, fields: dict[str, Value], **more: str
) -> Page:
    """What the script sends when this question changed."""
    body = {"_question": question, "_version": "1", "_seen": "", **fields, **more}
    return await browser.post(f"{RESPOND}/{number}/save", body)


async def answers(browser: Browser) -> dict[str, Any]:
    found = await store.draft(browser.client.cookies.get(COOKIE) or "")
    assert found is not None
    return found.answers


async def test_the_first_answer_begins_a_draft_and_the_next_joins_it(visitor: Browser) -> None:
    await opened(now=clock.now())
    first = await saved(visitor, 1, "rides", {"rides": "yes"})
    assert (first.status_code, first.json()["began"]) == (200, True)
    second = await saved(visitor, 1, "uses", {"uses": ["work", "school"]})
    assert second.status_code == 200
    assert await answers(visitor) == {"rides": "yes", "uses": ["work", "school"]}
    assert await DraftRow.count() == 1
    assert await DraftAnswerRow.count() == 2


async def test_the_page_that_comes_after_holds_what_was_saved(visitor: Browser) -> None:
    await opened(now=clock.now())
    await saved(visitor, 1, "rides", {"rides": "other", "rides.other": "On Sundays"})
    page = await visitor.get(RESPOND)
    assert page.form("answers").values["rides"] == ["other"]
    assert page.form("answers").values["rides.other"] == ["On Sundays"]


async def test_what_fits_no_check_yet_is_saved_as_it_was_typed(visitor: Browser) -> None:
    await opened(now=clock.now())
    assert (await saved(visitor, 4, "email", {"email": "rider@"})).status_code == 200
    assert await answers(visitor) == {"email": "rider@"}
    check = await visitor.get(f"{RESPOND}/check")
    assert any("email" in line.lower() for line in check.summary)


async def test_the_page_agrees_with_what_its_script_has_saved(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    told = (await saved(visitor, 1, "rides", {"rides": "yes"})).json()
    form = page.form("answers").fill(rides="no")
    form.values["_seen"] = [f"rides:{told['seen']}"]
    assert (await form.submit()).path.startswith(f"{RESPOND}/3")
    assert await answers(visitor) == {"rides": "no"}


async def test_an_answer_from_elsewhere_is_told_and_nothing_is_replaced(
    application: Litestar, visitor: Browser
) -> None:
    await opened(now=clock.now())
    await saved(visitor, 3, "town", {"town": "Ashford"})
    other = await saved(visitor, 3, "town", {"town": "Deal"})
    assert other.status_code == 409
    assert other.json()["said"] == ["Ashford"]
    assert await answers(visitor) == {"town": "Ashford"}
    mine = await saved(visitor, 3, "town", {"town": "Deal"}, _seen=f"town:{other.json()['seen']}")
    assert mine.status_code == 200
    assert await answers(visitor) == {"town": "Deal"}


async def test_without_cookies_one_draft_is_begun_and_no_more(visitor: Browser) -> None:
    await opened(now=clock.now())
    await saved(visitor, 1, "rides", {"rides": "yes"})
    visitor.client.cookies.clear()
    refused = await saved(visitor, 1, "rides", {"rides": "no"}, _began="yes")
    assert (refused.status_code, refused.json()) == (409, {"stop": "cookies"})
    assert await DraftRow.count() == 1


async def test_an_empty_answer_begins_nothing(visitor: Browser) -> None:
    await opened(now=clock.now())
    assert (await saved(visitor, 3, "town", {"town": " "})).status_code == 200
    assert await DraftRow.count() == 0


async def test_what_the_page_must_explain_is_left_to_the_page(visitor: Browser) -> None:
    await opened(now=clock.now())
    old = await saved(visitor, 1, "rides", {"rides": "yes"}, _version="7")
    assert (old.status_code, old.json()) == (409, {"stop": "page"})
    await surveys.close_round(SLUG, by=BY, now=clock.now())
    closed = await saved(visitor, 1, "rides", {"rides": "yes"})
    assert (closed.status_code, closed.json()) == (409, {"stop": "page"})
    assert await DraftRow.count() == 0


async def test_only_a_question_of_the_page_is_saved(visitor: Browser) -> None:
    await opened(now=clock.now())
    for question in ("town", "nothing", ""):
        assert (await saved(visitor, 1, question, {"town": "x"})).status_code == 404
    await saved(visitor, 1, "rides", {"rides": "yes", "town": "Deal", "colour": "red"})
    assert await answers(visitor) == {"rides": "yes"}
