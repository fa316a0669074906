"""Whatever goes wrong while somebody answers ends in a page that says what happened and what to do,
and at most one response is stored.

1. Something is posted twice.
2. The connection is lost once everything is stored.
3. Back and refresh.
4. The round closes, or is paused, in mid-answer.
5. The questions are corrected in mid-draft.
6. Cookies are refused.
7. Three million bytes are pasted.
8. A clock is an hour wrong.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest
from litestar import Litestar
from msgspec.structs import replace

from app import clock
from responses import store
from responses.opening import RoundClosed, check_may_finish
from responses.pages.journey import COOKIE
from responses.tables import DraftAnswerRow, DraftRow, ResponseRow
from surveys import store as surveys
from surveys.consultation import close_of_day
from surveys.drafting.operations import ChangeQuestion
from tests.browsing import Browser, Page
from tests.responses.asking import BY, QUESTIONNAIRE, SLUG, asked, opened

RESPOND = f"/consultations/{SLUG}/respond"
LONDON = ZoneInfo("Europe/London")
MEGABYTES_3 = 3 * 1024 * 1024
Stored = Callable[[], Awaitable[bool]]


async def to_check(visitor: Browser) -> Page:
    """The page to check the answers on, of a questionnaire on one page."""
    await opened({**QUESTIONNAIRE, "layout": "single"}, now=clock.now())
    page = await visitor.get(RESPOND)
    return await page.form("answers").fill(rides="no", why="The last bus.", town="Deal").submit()


async def third_page(visitor: Browser) -> Page:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    return await page.form("answers").fill(rides="no").submit()


async def answers_of(browser: Browser) -> dict[str, Any]:
    found = await store.draft(browser.client.cookies.get(COOKIE) or "")
    assert found is not None
    return found.answers


async def pause() -> None:
    await surveys.pause_round(SLUG, reason="Elections are on.", by=BY, now=clock.now())


# 1. Something is posted twice.


async def test_a_page_posted_twice_is_one_draft_and_asks_nothing(visitor: Browser) -> None:
    await third_page(visitor)
    before = await visitor.get(f"{RESPOND}/3")
    form = before.form("answers").fill(town="Deal", why="The sea.")
    once, again = await form.submit(), await form.submit()
    assert once.heading == again.heading == "Keeping in touch"
    assert await DraftRow.count() == 1
    assert await answers_of(visitor) == {"rides": "no", "town": "Deal", "why": "The sea."}


async def test_sending_pressed_three_times_at_once_gives_one_receipt(visitor: Browser) -> None:
    check = await to_check(visitor)
    sent = await asyncio.gather(*(check.form("send").submit(follow=False) for _ in range(3)))
    assert {each.status_code for each in sent} == {303}
    assert len({each.response.headers["location"] for each in sent}) == 1
    assert await ResponseRow.count() == 1


async def test_two_windows_that_send_other_answers_at_once_store_the_first_and_say_so(
    application: Litestar, visitor: Browser
) -> None:
    check = await to_check(visitor)
    token = visitor.client.cookies.get(COOKIE) or ""
    draft = await store.draft(token)
    assert draft is not None
    await check.form("send").submit(follow=False)
    newest, version = await asked(await surveys.consultation(SLUG))
    late = replace(draft, answers={"rides": "yes"})
    with pytest.raises((store.AnswersDiffer, store.AnswersChanged)):
        await store.submit_draft(
            late, late.answers, round=newest, version=version, language="en", now=clock.now()
        )
    visitor.client.cookies.set(COOKIE, token, domain="127.0.0.1", path=f"/consultations/{SLUG}")
    told = await visitor.post(RESPOND, {"rides": "yes"})
    assert (told.status_code, told.heading) == (409, "You have already sent your answers")
    assert "Nothing was added" in told.text
    assert await ResponseRow.count() == 1


# 2. The connection is lost once everything is stored.


async def post_and_hang_up(
    site: str, path: str, fields: dict[str, str], *, token: str = "", once: Stored | None
) -> None:
    """A post over a real connection, which breaks before any of the answer is read: at once, or
    once everything is stored."""
    host, port = urlsplit(site).hostname, urlsplit(site).port
    body = urlencode(fields)
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {host}:{port}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        *([f"Cookie: {COOKIE}={token}"] if token else []),
        "",
        body,
    ]
    _, writer = await asyncio.open_connection(host, port)
    writer.write("\r\n".join(lines).encode())
    await writer.drain()
    while once is not None and not await once():  # noqa: ASYNC110 (another process would store it)
        await asyncio.sleep(0.01)
    writer.transport.abort()


async def is_sent() -> bool:
    return bool(await ResponseRow.exists())


async def is_begun() -> bool:
    return bool(await DraftAnswerRow.exists().where(DraftAnswerRow.question == "rides"))


async def has_town() -> bool:
    return bool(await DraftAnswerRow.exists().where(DraftAnswerRow.question == "town"))


@pytest.mark.parametrize("once", [is_sent, None], ids=["stored", "at once"])
async def test_answers_whose_receipt_got_lost_are_sent_again_into_one_receipt(
    visitor: Browser, site: str, once: Stored | None
) -> None:
    check = await to_check(visitor)
    seen = check.form("send").values["_seen"][0]
    token = visitor.client.cookies.get(COOKIE) or ""
    await post_and_hang_up(site, f"{RESPOND}/check", {"_seen": seen}, token=token, once=once)
    again = await check.form("send").submit()
    assert again.path.startswith("/receipts/")
    assert again.heading == "We have your answers"
    assert await ResponseRow.count() == 1


@pytest.mark.parametrize("once", [has_town, None], ids=["stored", "at once"])
async def test_a_page_whose_answer_got_lost_is_posted_again_and_goes_on(
    visitor: Browser, site: str, once: Stored | None
) -> None:
    page = await third_page(visitor)
    token = visitor.client.cookies.get(COOKIE) or ""
    form = page.form("answers").fill(town="Deal")
    fields = {"town": "Deal", "_seen": form.values["_seen"][0], "_version": "1"}
    await post_and_hang_up(site, f"{RESPOND}/3", fields, token=token, once=once)
    again = await form.submit()
    assert again.heading == "Keeping in touch"
    assert await answers_of(visitor) == {"rides": "no", "town": "Deal"}


async def test_first_answers_whose_cookie_got_lost_are_sent_once_all_the_same(
    visitor: Browser, site: str
) -> None:
    await opened({**QUESTIONNAIRE, "layout": "single"}, now=clock.now())
    page = await visitor.get(RESPOND)
    await post_and_hang_up(site, RESPOND, {"rides": "no"}, once=is_begun)
    check = await page.form("answers").fill(rides="no").submit()
    assert check.heading == "Check your answers"
    await check.form("send").submit(follow=False)
    assert await ResponseRow.count() == 1


# 3. Back and refresh.


async def test_back_after_sending_says_that_whoever_has_a_receipt_is_done(
    visitor: Browser,
) -> None:
    check = await to_check(visitor)
    receipt = await check.form("send").submit()
    assert receipt.heading == "We have your answers"
    for back in (await visitor.get(f"{RESPOND}/check"), await check.form("send").submit()):
        assert (back.status_code, back.heading) == (409, "We cannot find your answers")
        assert "If you have your receipt, they were sent" in back.text
    assert (await visitor.get(receipt.path)).heading == "We have your answers"
    assert await ResponseRow.count() == 1


# 4. The round closes, or is paused, in mid-answer.


@pytest.mark.parametrize("minutes", [59, 61])
async def test_a_close_in_mid_answer_leaves_an_hour_and_then_says_that_it_is_over(
    visitor: Browser, minutes: int
) -> None:
    long_ago = clock.now() - timedelta(hours=3)
    document = {**QUESTIONNAIRE, "layout": "single"}
    consultation = await opened(document, now=long_ago)
    about = replace(consultation.about, other_formats="Call Democratic Services")
    await surveys.change_about(SLUG, about=about, caveat="", by=BY, now=clock.now())
    page = await visitor.get(RESPOND)
    check = await page.form("answers").fill(rides="no").submit()
    await DraftRow.update({DraftRow.began_at: long_ago}, force=True)
    await surveys.close_round(SLUG, by=BY, now=clock.now() - timedelta(minutes=minutes))
    after = await check.form("send").submit()
    if minutes < 60:
        assert after.heading == "We have your answers"
        assert await ResponseRow.count() == 1
        return
    assert (after.status_code, after.heading) == (409, "This consultation has closed")
    assert "Your answers have not been sent, and cannot be sent any more." in after.text
    assert "Call Democratic Services" in after.text
    assert await ResponseRow.count() == 0


async def test_what_was_typed_on_a_blank_page_when_it_closed_is_said_to_be_unsent(
    visitor: Browser,
) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    await surveys.close_round(SLUG, by=BY, now=clock.now())
    over = await page.form("answers").fill(rides="no").submit()
    assert (over.status_code, over.heading) == (409, "This consultation has closed")
    assert "What you have just written was not stored." in over.text
    assert await DraftRow.count() == 0


async def test_the_reason_of_a_pause_is_read_aloud_in_the_councils_own_language(
    visitor: Browser,
) -> None:
    await opened({**QUESTIONNAIRE, "languages": ["cy", "en"]}, now=clock.now())
    await pause()
    page = await visitor.get(f"{RESPOND}?lang=en")
    [reason] = [each for each in page.soup.select("main div[lang]") if "Elections" in each.text]
    assert reason["lang"] == "cy"
    assert page.soup.select("html[lang=en]")


async def test_a_pause_keeps_what_was_just_typed_and_gives_a_code(
    application: Litestar, visitor: Browser
) -> None:
    page = await third_page(visitor)
    await pause()
    paused = await page.form("answers").fill(town="Deal").submit()
    assert (paused.status_code, paused.heading) == (409, "This consultation is paused")
    assert "They are kept" in paused.text
    assert await answers_of(visitor) == {"rides": "no", "town": "Deal"}
    later = await paused.follow("Get a code to come back with")
    assert later.heading == "Your answers are saved"
    code = later.soup.select_one(".receipt__code")
    assert code is not None
    await surveys.open_round(SLUG, by=BY, now=clock.now())
    elsewhere = Browser(application)
    back = (
        await (await elsewhere.get(f"{RESPOND}/return"))
        .form("come-back")
        .fill(code=code.get_text())
        .submit()
    )
    assert back.path.startswith(f"{RESPOND}/3")
    assert back.form("answers").values["town"] == ["Deal"]
    await elsewhere.close()


@pytest.mark.parametrize("over", ["paused", "closed"])
async def test_answers_can_be_deleted_however_the_round_stands(visitor: Browser, over: str) -> None:
    check = await to_check(visitor)
    if over == "paused":
        await pause()
    else:
        await DraftRow.update({DraftRow.began_at: clock.now() + timedelta(hours=1)}, force=True)
        await surveys.close_round(SLUG, by=BY, now=clock.now())
    gone = await check.form("discard").submit(follow=False)
    assert gone.response.headers["location"] == f"/consultations/{SLUG}"
    assert await DraftAnswerRow.count() == 0


# 5. The questions are corrected in mid-draft.


async def correct(key: str, **change: Any) -> None:
    await surveys.begin_version(SLUG, note="", by=BY, now=clock.now())
    question = (await surveys.draft(SLUG)).questionnaire.by_key()[key]
    operation = ChangeQuestion(key, replace(question, **change))
    await surveys.change(SLUG, operation, by=BY, now=clock.now())
    versions = await surveys.versions((await surveys.consultation(SLUG)).id)
    await surveys.correct_round(
        SLUG, versions[-1].number, note="One word was wrong.", by=BY, now=clock.now()
    )


async def test_a_correction_in_mid_draft_is_read_before_one_response_is_sent(
    visitor: Browser,
) -> None:
    check = await to_check(visitor)
    await correct("why", text="What would you change?")
    told = await check.form("send").submit()
    assert told.heading == "The questions were corrected"
    assert "Nothing has been sent yet." in told.text
    assert await ResponseRow.count() == 0
    page = await told.form().submit()
    check = await page.form("answers").submit()
    assert "What would you change?" in check.text
    assert "The last bus." in check.text
    await check.form("send").submit(follow=False)
    assert await ResponseRow.count() == 1


async def test_an_answer_taken_back_on_a_page_of_before_the_correction_is_taken_back(
    visitor: Browser,
) -> None:
    page = await third_page(visitor)
    await page.form("answers").fill(town="Deal", why="The sea.").submit()
    page = await visitor.get(f"{RESPOND}/3")
    await correct("why", text="What would you change?")
    await (await visitor.get(f"{RESPOND}/changed")).form().submit()
    await page.form("answers").fill(town="").submit()
    assert await answers_of(visitor) == {"rides": "no", "why": "The sea."}


async def test_a_page_of_before_the_correction_shows_what_differs_and_what_is_lost(
    visitor: Browser,
) -> None:
    page = await third_page(visitor)
    await page.form("answers").fill(town="Deal").submit()
    page = await visitor.get(f"{RESPOND}/3")
    await correct("why", max_length=5)
    await (await visitor.get(f"{RESPOND}/changed")).form().submit()
    await (await visitor.get(f"{RESPOND}/3")).form("answers").fill(town="Hythe").submit()
    both = await page.form("answers").fill(town="Dover", why="Too long a reason.").submit()
    assert both.heading == "Choose which answers to keep"
    for words in ("Dover", "Hythe", "Too long a reason.", "do not fit any more"):
        assert words in both.text
    assert await answers_of(visitor) == {"rides": "no", "town": "Hythe"}


async def test_a_choice_that_was_not_made_is_asked_for_though_the_questions_were_corrected(
    visitor: Browser,
) -> None:
    page = await third_page(visitor)
    late = await visitor.get(f"{RESPOND}/3")
    await page.form("answers").fill(town="Deal").submit()
    differs = await late.form("answers").fill(town="Dover").submit()
    await correct("why", text="What would you change?")
    asked_again = await differs.form("differs").submit()
    assert asked_again.status_code == 422
    told = await asked_again.form("differs").fill({"keep.town": "mine"}).submit()
    assert told.heading == "The questions were corrected"
    assert (await answers_of(visitor))["town"] == "Dover"


# 6. Cookies are refused.


@pytest.mark.parametrize(
    "led_here",
    [{"Sec-Fetch-Site": "same-origin"}, {"Referer": f"http://127.0.0.1:8000{RESPOND}"}],
    ids=["told", "an old browser"],
)
async def test_without_cookies_the_second_page_says_so(
    visitor: Browser, led_here: dict[str, str]
) -> None:
    await opened(now=clock.now())
    posted = (
        await (await visitor.get(RESPOND)).form("answers").fill(rides="no").submit(follow=False)
    )
    visitor.client.cookies.clear()
    lost = await visitor.get(posted.response.headers["location"], headers=led_here)
    assert (lost.status_code, lost.heading) == (409, "We cannot find your answers")
    assert "Allow cookies for this website and answer again." in lost.text
    assert await ResponseRow.count() == 0


async def test_a_choice_between_answers_that_lost_its_cookie_says_so(visitor: Browser) -> None:
    page = await third_page(visitor)
    late = await visitor.get(f"{RESPOND}/3")
    await page.form("answers").fill(town="Deal").submit()
    differs = await late.form("answers").fill(town="Dover").submit()
    visitor.client.cookies.clear()
    lost = await differs.form("differs").fill({"keep.town": "mine"}).submit()
    assert (lost.status_code, lost.heading) == (409, "We cannot find your answers")


# 7. Three million bytes are pasted.


@pytest.mark.parametrize("letter", ["x", "م"], ids=["English", "Arabic"])
async def test_three_megabytes_come_back_with_the_limit_and_every_other_answer(
    visitor: Browser, letter: str
) -> None:
    page = await third_page(visitor)
    pasted = ("a" + letter * 9) * (MEGABYTES_3 // 10 // len(letter.encode()))
    back = await page.form("answers").fill(town="Deal", why=pasted).submit()
    assert back.status_code == 422
    assert "It can have up to 5,000" in back.summary[0]
    assert back.form("answers").values["town"] == ["Deal"]
    assert back.form("answers").values["why"] == [pasted]
    shortened = await back.form("answers").fill(why="The sea.").submit()
    assert shortened.heading == "Keeping in touch"
    assert await answers_of(visitor) == {"rides": "no", "town": "Deal", "why": "The sea."}


async def test_three_megabytes_are_saved_neither_as_they_are_typed_nor_for_later(
    visitor: Browser,
) -> None:
    page = await third_page(visitor)
    pasted = "x" * MEGABYTES_3
    body = {"_question": "why", "_version": "1", "_seen": "", "why": pasted}
    told = await visitor.post(f"{RESPOND}/3/save", body)
    assert told.status_code == 422
    assert "It can have up to 5,000" in told.json()["words"]
    later = (
        await page.form("answers").fill(town="Deal", why=pasted).submit("Save and come back later")
    )
    assert later.status_code == 422
    assert "It can have up to 5,000" in later.summary[0]
    assert later.form("answers").values["town"] == ["Deal"]
    assert await answers_of(visitor) == {"rides": "no"}


async def test_a_little_too_much_is_saved_as_it_is_typed(visitor: Browser) -> None:
    await third_page(visitor)
    body = {"_question": "why", "_version": "1", "_seen": "", "why": "x" * 6000}
    assert (await visitor.post(f"{RESPOND}/3/save", body)).status_code == 200
    assert await answers_of(visitor) == {"rides": "no", "why": "x" * 6000}


async def test_more_than_any_page_takes_says_how_much_that_is_and_keeps_the_other_pages(
    visitor: Browser,
) -> None:
    page = await third_page(visitor)
    refused = await page.form("answers").fill(why="x" * (3 * MEGABYTES_3)).submit()
    assert (refused.status_code, refused.heading) == (413, "What you sent is too large")
    assert "8 million characters" in refused.text
    assert await answers_of(visitor) == {"rides": "no"}


# 8. A clock is an hour wrong.


async def test_no_cookie_of_a_respondent_depends_on_the_clock_of_their_machine(
    visitor: Browser,
) -> None:
    check = await to_check(visitor)
    begun = check.response.history[0].headers.get_list("set-cookie")
    sent = await check.form("send").submit(follow=False)
    [kept] = [SimpleCookie(each)[COOKIE] for each in begun]
    assert (kept["expires"], kept["max-age"]) == ("", "")
    gone = [each for each in sent.response.headers.get_list("set-cookie") if COOKIE in each]
    assert all(SimpleCookie(each)[COOKIE]["max-age"] == "0" for each in gone)
    for page in (check, sent, await visitor.get(RESPOND)):
        assert not {"expires", "last-modified"} & set(page.response.headers)


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC)),
    ],
    ids=["clocks go forward", "clocks go back"],
)
async def test_on_the_day_that_the_clocks_change_a_round_closes_at_its_midnight(
    database: str, day: date, closes: datetime
) -> None:
    at = close_of_day(day, LONDON)
    await opened(now=closes - timedelta(days=30), closes_in=at - (closes - timedelta(days=30)))
    newest, _ = await asked(await surveys.consultation(SLUG))
    second = timedelta(seconds=1)
    assert newest.is_open(closes)
    assert not newest.is_open(closes + second)
    hour = timedelta(hours=1)
    check_may_finish(newest, closes + hour, began_at=closes)
    for began_at, sends in ((closes, closes + hour + second), (closes + second, closes + second)):
        with pytest.raises(RoundClosed):
            check_may_finish(newest, sends, began_at=began_at)


async def test_of_two_drafts_begun_in_the_repeated_hour_the_earlier_may_be_finished(
    database: str,
) -> None:
    """Both begin at 1:45, before and after the clocks went back, and the round closes at 1:30."""
    first = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON, fold=0)
    closes = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1).astimezone(UTC)
    second = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON, fold=1)
    await opened(now=closes - timedelta(days=9), closes_in=timedelta(days=9))
    newest, _ = await asked(await surveys.consultation(SLUG))
    drafts = []
    for began_at in (first, second):
        token = await store.begin_draft(newest, {"rides": "no"}, language="en", now=began_at)
        draft = await store.draft(token)
        assert draft is not None
        drafts.append(draft)
    check_may_finish(newest, closes + timedelta(minutes=50), began_at=drafts[0].began_at)
    with pytest.raises(RoundClosed):
        check_may_finish(newest, closes + timedelta(minutes=50), began_at=drafts[1].began_at)
