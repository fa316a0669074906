"""Answering page by page: problems keep what was typed, the route is followed, sending is safe."""

from datetime import timedelta

import pytest

from app import clock
from responses import store
from responses.pages.journey import COOKIE
from responses.tables import DraftAnswerRow, DraftRow, ResponseRow
from surveys import store as surveys
from tests.browsing import Browser, Page
from tests.responses.asking import ANSWERS, BY, QUESTIONNAIRE, SLUG, but, opened

RESPOND = f"/consultations/{SLUG}/respond"


async def test_a_blank_page_sets_no_cookie(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    assert page.status_code == 200
    assert "set-cookie" not in page.response.headers
    assert await DraftRow.count() == 0


async def test_a_blank_page_is_the_same_for_everyone_and_need_not_be_sent_again(
    visitor: Browser,
) -> None:
    await opened(now=clock.now())
    first, second = await visitor.get(RESPOND), await visitor.get(RESPOND)
    assert first.response.content == second.response.content
    tag = first.response.headers["etag"]
    known = await visitor.get(RESPOND, headers={"If-None-Match": tag})
    assert (known.status_code, known.response.content) == (304, b"")
    through_a_proxy = await visitor.get(RESPOND, headers={"If-None-Match": f'W/{tag}, "x"'})
    assert through_a_proxy.status_code == 304


async def test_the_first_answers_begin_a_draft_and_its_cookie(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await first_page(visitor)
    assert page.status_code == 200
    assert page.path.startswith(f"{RESPOND}/2")
    cookie = next(iter(page.response.history[0].headers.get_list("set-cookie")))
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", f"Path=/consultations/{SLUG}", "SameSite=lax"} <= set(cookie.split("; "))
    [row] = await DraftRow.select()
    assert row["token_hash"] not in cookie


async def test_the_whole_questionnaire_is_answered_checked_and_sent(visitor: Browser) -> None:
    await opened(now=clock.now())
    check = await answer_all(visitor)
    assert check.heading == "Check your answers"
    for words in ("Ashford", "1. Seats", "Fewer stops: Disagree", "rider@example.org"):
        assert words in check.text
    sent = await check.form("send").submit(follow=False)
    assert sent.status_code == 303
    code = sent.response.headers["location"].removeprefix("/receipts/")
    found = await store.response_by_receipt(code, private=True)
    assert found is not None
    assert found.answers == ANSWERS
    assert found.channel == "online"
    assert COOKIE not in visitor.client.cookies
    assert await DraftAnswerRow.count() == 0


async def test_a_problem_is_listed_and_all_that_was_typed_stands_there_still(
    visitor: Browser,
) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    page = await page.form().fill(uses=["work", "none"]).submit()
    assert page.status_code == 422
    assert len(page.summary) == 2
    assert page.title.startswith("Error: ")
    assert page.form().values["uses"] == ["work", "none"]
    assert await DraftRow.count() == 0


async def test_a_page_that_the_route_hides_is_passed_over(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await first_page(visitor, rides="no")
    assert page.path.startswith(f"{RESPOND}/3")
    skipped = await visitor.get(f"{RESPOND}/2")
    assert skipped.path.startswith(f"{RESPOND}/3")


async def test_progress_never_promises_fewer_pages_than_may_come(visitor: Browser) -> None:
    await opened(now=clock.now())
    assert "Page 1 of up to 4" in (await visitor.get(RESPOND)).text
    page = await first_page(visitor)
    assert "Page 2 of 4" in page.text
    back = await page.follow("Back")
    assert "Page 1 of up to 4" in back.text
    assert back.form().values["rides"] == ["yes"]


async def test_answers_that_the_route_hides_are_named_and_not_sent(visitor: Browser) -> None:
    await opened(now=clock.now())
    check = await answer_all(visitor)
    page = await visitor.get(f"{RESPOND}?change=1")
    check = await page.form().fill(rides="no").submit()
    assert check.heading == "Check your answers"
    dropped = check.soup.select_one(".panel-quiet")
    assert dropped is not None
    assert "How often is it late?" in dropped.text
    sent = await check.form("send").submit(follow=False)
    found = await store.response_by_receipt(sent.response.headers["location"].split("/")[-1])
    assert found is not None
    assert found.answers == but(rides="no", often=None, email=None, disabled=None)


async def test_an_answer_that_another_page_hid_comes_back_with_the_route(visitor: Browser) -> None:
    await opened(now=clock.now())
    await answer_all(visitor)
    for rides in ("no", "yes"):
        page = await visitor.get(f"{RESPOND}?change=1")
        check = await page.form().fill(rides=rides).submit()
    assert "Sometimes" in check.text
    assert check.soup.select_one(".panel-quiet") is None


async def test_change_comes_back_to_check(visitor: Browser) -> None:
    await opened(now=clock.now())
    check = await answer_all(visitor)
    page = await check.follow("Change Where do you live?")
    assert page.path.startswith(f"{RESPOND}/3")
    check = await page.form().fill(town="Dover").submit()
    assert check.heading == "Check your answers"
    assert "Dover" in check.text


async def test_a_missing_answer_on_a_passed_page_stops_sending_and_links_to_it(
    visitor: Browser,
) -> None:
    await opened(now=clock.now())
    await first_page(visitor)
    check = await visitor.get(f"{RESPOND}/check")
    refused = await check.form("send").submit()
    assert refused.status_code == 422
    assert len(refused.summary) == 1
    [link] = refused.soup.select(".govuk-error-summary__list a")
    assert str(link["href"]).startswith(f"{RESPOND}/2")
    assert str(link["href"]).endswith("#often")
    assert await ResponseRow.count() == 0


async def test_sending_twice_gives_the_same_receipt_and_stores_once(visitor: Browser) -> None:
    await opened(now=clock.now())
    check = await answer_all(visitor)
    token = visitor.client.cookies.get(COOKIE)
    first = await check.form("send").submit(follow=False)
    again = await visitor.post(
        f"{RESPOND}/check", headers={"Cookie": f"{COOKIE}={token}"}, follow=False
    )
    assert again.response.headers["location"] == first.response.headers["location"]
    assert await ResponseRow.count() == 1


async def test_back_and_refresh_after_sending_change_nothing(visitor: Browser) -> None:
    await opened(now=clock.now())
    check = await answer_all(visitor)
    await check.form("send").submit(follow=False)
    refreshed = await visitor.get(f"{RESPOND}/check")
    assert refreshed.status_code == 409
    assert refreshed.heading == "We cannot find your answers"
    resent = await check.form("send").submit()
    assert resent.status_code == 409
    assert await ResponseRow.count() == 1
    blank = await visitor.get(RESPOND)
    assert blank.form().values["rides"] == []


async def test_answering_on_with_a_draft_that_was_sent_leads_to_its_receipt(
    visitor: Browser,
) -> None:
    await opened(now=clock.now())
    check = await answer_all(visitor)
    token = visitor.client.cookies.get(COOKIE)
    sent = await check.form("send").submit(follow=False)
    page = await visitor.post(
        f"{RESPOND}/3", {"town": "Dover"}, headers={"Cookie": f"{COOKIE}={token}"}
    )
    assert page.status_code == 409
    assert sent.response.headers["location"] in {str(a["href"]) for a in page.soup.select("a")}


async def test_without_cookies_the_next_page_says_what_happened(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    posted = await page.form().fill(rides="yes").submit(follow=False)
    visitor.client.cookies.clear()
    lost = await visitor.get(
        posted.response.headers["location"], headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert lost.status_code == 409
    assert "Allow cookies" in lost.text
    assert (await visitor.post(f"{RESPOND}/check")).status_code == 409


async def test_a_field_that_no_question_has_is_refused(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.post(RESPOND, {"rides": "yes", "colour": "red"})
    assert page.status_code == 422
    assert "colour" in page.summary[0]
    assert await DraftRow.count() == 0


async def test_an_option_that_does_not_exist_is_refused(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.post(RESPOND, {"rides": "sometimes"})
    assert page.status_code == 422
    assert len(page.summary) == 1


async def test_a_text_over_its_limit_is_refused_and_kept(visitor: Browser) -> None:
    await opened(now=clock.now())
    await first_page(visitor)
    long = "word " * 209_716
    page = await visitor.post(f"{RESPOND}/3", {"why": long})
    assert page.status_code == 422
    assert page.form().values["why"] == [long]
    assert "why" not in {row["question"] for row in await DraftAnswerRow.select()}


async def test_a_body_over_the_limit_is_413_and_stores_nothing(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.post(RESPOND, {"rides": "yes", "why": "x" * (9 * 1024 * 1024)})
    assert page.status_code == 413
    assert await DraftRow.count() == 0


async def test_a_post_from_another_site_is_refused(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.post(
        RESPOND, {"rides": "yes"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert page.status_code == 403
    assert await DraftRow.count() == 0


async def test_a_closed_round_takes_no_answers(visitor: Browser) -> None:
    await opened(now=clock.now())
    await surveys.close_round(SLUG, by=BY, now=clock.now())
    for page in (await visitor.get(RESPOND), await visitor.post(RESPOND, {"rides": "yes"})):
        assert page.status_code == 409
        assert page.heading == "This consultation has closed"
    assert await DraftRow.count() == 0


async def test_a_paused_round_gives_its_reason(visitor: Browser) -> None:
    await opened(now=clock.now())
    await surveys.pause_round(SLUG, reason="Elections are on.", by=BY, now=clock.now())
    page = await visitor.get(RESPOND)
    assert (page.status_code, page.heading) == (409, "This consultation is paused")
    assert "Elections are on." in page.text


async def test_a_pause_stores_nothing_over_what_another_window_gave(visitor: Browser) -> None:
    await opened(now=clock.now())
    await (await visitor.get(RESPOND)).form("answers").fill(rides="no").submit()
    first, second = await visitor.get(RESPOND), await visitor.get(RESPOND)
    await second.form("answers").fill(rides="yes").submit()
    await surveys.pause_round(SLUG, reason="Elections are on.", by=BY, now=clock.now())
    kept = await second.form("answers").fill(rides="yes").submit()
    assert "was not stored" not in kept.text
    lost = await first.form("answers").fill({"rides.other": "Rarely"}, rides="other").submit()
    assert "What you have just written was not stored." in lost.text


async def test_a_round_that_has_not_opened_takes_no_answers(visitor: Browser) -> None:
    import json

    document = json.dumps(QUESTIONNAIRE).encode()
    await surveys.create_consultation(document, slug=SLUG, by=BY, now=clock.now())
    page = await visitor.get(RESPOND)
    assert (page.status_code, page.heading) == (409, "This consultation is not open yet")
    assert (await page.follow("See all consultations")).status_code == 200


async def test_whoever_began_before_the_close_may_finish_within_the_hour(
    visitor: Browser,
) -> None:
    await opened(now=clock.now())
    check = await answer_all(visitor)
    await surveys.close_round(SLUG, by=BY, now=clock.now())
    sent = await check.form("send").submit(follow=False)
    assert sent.status_code == 303
    assert await ResponseRow.count() == 1


async def test_after_the_hour_nothing_is_sent_and_the_page_says_so(visitor: Browser) -> None:
    long_ago = clock.now() - timedelta(hours=3)
    await opened(now=long_ago)
    check = await answer_all(visitor)
    await surveys.close_round(SLUG, by=BY, now=clock.now() - timedelta(minutes=61))
    refused = await check.form("send").submit()
    assert refused.status_code == 409
    assert "have not been sent" in refused.text
    assert await ResponseRow.count() == 0


async def test_the_language_is_kept_and_switching_loses_nothing(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    page = await page.form().fill(rides="yes").submit("Cymraeg")
    assert page.status_code == 200
    assert page.heading == "Amdanoch chi"
    assert page.form().values["rides"] == ["yes"]
    page = await page.form().submit("Parhau")
    assert page.path.startswith(f"{RESPOND}/2")
    assert "Tudalen 2 o 4" in page.text
    [row] = await DraftRow.select()
    assert row["language"] == "cy"


async def test_an_unknown_language_is_shown_in_the_first(visitor: Browser) -> None:
    await opened(now=clock.now())
    assert (await visitor.get(f"{RESPOND}?lang=xx")).heading == "About you"


async def test_a_whole_questionnaire_can_stand_on_one_page(visitor: Browser) -> None:
    await opened({**QUESTIONNAIRE, "layout": "single"}, now=clock.now())
    page = await visitor.get(RESPOND)
    form = page.form().fill(
        {"rides": "yes", "often": "sometimes", "views.fewer": "agree", "town": "Ashford"}
    )
    check = await form.submit()
    assert check.heading == "Check your answers"
    sent = await check.form("send").submit(follow=False)
    assert sent.status_code == 303
    assert (await visitor.get(f"{RESPOND}/2")).status_code == 404


@pytest.mark.parametrize("address", ["0", "5", "99"])
async def test_a_page_that_does_not_exist_is_not_found(visitor: Browser, address: str) -> None:
    await opened(now=clock.now())
    assert (await visitor.get(f"{RESPOND}/{address}")).status_code == 404


async def test_a_draft_can_be_deleted_without_sending(visitor: Browser) -> None:
    await opened(now=clock.now())
    check = await answer_all(visitor)
    await check.form("discard").submit(follow=False)
    assert await DraftAnswerRow.count() == 0
    assert COOKIE not in visitor.client.cookies


async def test_a_demonstration_says_that_it_is_one(visitor: Browser) -> None:
    await opened(now=clock.now(), invented=True)
    page = await visitor.get(RESPOND)
    assert page.soup.select_one(".invented") is not None


async def first_page(visitor: Browser, rides: str = "yes") -> Page:
    page = await visitor.get(RESPOND)
    return await page.form().fill(rides=rides, uses=["work", "school"]).submit()


async def answer_all(visitor: Browser) -> Page:
    """The page to check the answers on, every question answered as in ANSWERS."""
    page = await first_page(visitor)
    page = await page.form().fill(often="sometimes").submit()
    page = await (
        page.form()
        .fill(
            {
                "views.fewer": "disagree",
                "views.later": "strongly_agree",
                "best.seats": "1",
                "best.price": "2",
                "why": ANSWERS["why"],
                "town": "Ashford",
            }
        )
        .submit()
    )
    return await page.form().fill(email="rider@example.org", disabled="no").submit()
