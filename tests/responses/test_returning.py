"""Save and come back: by a code or a link, on any device, until the time is over, and no longer."""

from datetime import timedelta

import msgspec
import pytest
from litestar import Litestar

from app import clock
from app.auth.tables import FailureRow
from app.mail import store as mail
from app.mail.tables import MailRow
from app.settings import settings, use_settings
from responses import store
from responses.keeping import GRACE, REMIND_BEFORE, WITHOUT_A_CLOSE
from responses.letters import Letter
from responses.pages.journey import COOKIE
from responses.store.clearing import clear_ended, clear_expired, send_reminders
from responses.tables import (
    DraftAddressRow,
    DraftAnswerRow,
    DraftReturnRow,
    DraftRow,
    UploadRow,
)
from surveys import store as surveys
from surveys.consultation import TIME_TO_FINISH
from surveys.file_content import Content
from tests.browsing import Browser, Page
from tests.responses.asking import BY, NOW, SLUG, asked, opened

RESPOND = f"/consultations/{SLUG}/respond"
DAY = timedelta(days=1)
LETTER = Letter("Come back", "text", "<p>html</p>")
RIDER = "rider@example.org"


async def saved_for_later(visitor: Browser, *, closes_in: timedelta | None = 20 * DAY) -> Page:
    """The page with the code, after the first page was half answered."""
    await opened(now=clock.now(), closes_in=closes_in)
    page = await visitor.get(RESPOND)
    return await page.form("answers").fill(uses=["work"]).submit("Save and come back later")


def code_on(page: Page) -> str:
    found = page.soup.select_one(".return-code")
    assert found is not None
    return found.get_text().strip()


async def begun(*, closes_in: timedelta | None = None) -> store.Draft:
    newest, _ = await asked(await opened(closes_in=closes_in))
    token = await store.begin_draft(newest, {"town": "Deal"}, language="cy", now=NOW)
    draft = await store.draft(token)
    assert draft is not None
    return draft


# In the store, on both databases.


async def test_a_code_is_the_same_each_time_and_kept_as_a_hash_alone(database: str) -> None:
    draft = await begun()
    made = await store.make_return(draft, now=NOW)
    assert await store.make_return(draft, now=NOW) == made == await store.return_of(draft)
    for found in (await store.draft_by_code(made.code), await store.draft_by_link(made.link)):
        assert found is not None
        assert (found.key, found.answers) == (draft.key, {"town": "Deal"})
    [row] = await DraftReturnRow.select()
    assert not {made.code, made.link} & {str(value) for value in row.values()}


async def test_a_code_that_is_taken_gives_way_to_the_next(database: str) -> None:
    first = await begun()
    made = await store.make_return(first, now=NOW)
    newest, _ = await asked(await surveys.consultation(SLUG))
    second = await store.draft(await store.begin_draft(newest, {}, language="en", now=NOW))
    assert second is not None
    from responses.return_code import hashed, return_code

    theirs = hashed(settings().secret_key, return_code(settings().secret_key, second.key))
    await DraftReturnRow.update({DraftReturnRow.code_hash: theirs}).where(
        DraftReturnRow.draft == first.key
    )
    other = await store.make_return(second, now=NOW)
    assert other.code != made.code
    found = await store.draft_by_code(other.code)
    assert found is not None
    assert found.key == second.key


async def test_an_address_is_kept_apart_and_goes_when_the_answers_are_sent(database: str) -> None:
    draft = await begun(closes_in=20 * DAY)
    await store.make_return(draft, now=NOW)
    assert await store.send_link(draft, RIDER, LETTER, remind=True, language="cy")
    assert await store.address_of(draft) == store.Address(RIDER, True, 1)
    newest, version = await asked(await surveys.consultation(SLUG))
    await store.submit_draft(
        draft, {"rides": "no"}, round=newest, version=version, language="cy", now=NOW
    )
    # What a crash right after the sending leaves behind is found by the hourly duty.
    assert await clear_ended(NOW) == 1
    assert await DraftAddressRow.count() == await DraftReturnRow.count() == 0
    [row] = await MailRow.select()
    assert (row["recipient"], row["text"], row["html"]) == ("", "", "")


async def test_a_draft_gets_a_few_letters_and_no_more(database: str) -> None:
    draft = await begun()
    sent = [
        await store.send_link(draft, RIDER, LETTER, remind=False, language="en") for _ in range(7)
    ]
    assert sent == [True] * 5 + [False] * 2
    assert await MailRow.count() == 5


async def test_what_was_not_sent_in_time_is_deleted_with_all_that_belongs_to_it(
    database: str,
) -> None:
    draft = await begun(closes_in=DAY)
    await store.make_return(draft, now=NOW)
    await store.send_link(draft, RIDER, LETTER, remind=True, language="cy")
    [file] = await store.change_files(
        draft.key, add=[("plans", Content("a.txt", "text/plain", b"Dear all"))], now=NOW
    )
    over = NOW + DAY + TIME_TO_FINISH
    assert await clear_expired(over) == 0
    assert await store.draft(draft.token) is not None
    assert await clear_expired(over + GRACE + timedelta(seconds=1)) == 1
    for table in (DraftRow, DraftAnswerRow, DraftReturnRow, DraftAddressRow, UploadRow):
        assert await table.count() == 0
    assert not file.path.exists()
    assert RIDER not in str(await MailRow.select())


async def test_contact_details_go_before_any_answer(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = await begun(closes_in=DAY)
    await store.make_return(draft, now=NOW)
    await store.send_link(draft, RIDER, LETTER, remind=False, language="cy")

    async def stopped(_: object) -> None:
        raise RuntimeError("the machine went down here")

    monkeypatch.setattr("responses.store.clearing._delete", stopped)
    with pytest.raises(RuntimeError):
        await clear_expired(NOW + 3 * DAY)
    assert await DraftAddressRow.count() == 0
    assert RIDER not in str(await MailRow.select())
    assert await DraftAnswerRow.count() == 1


async def test_without_a_closing_date_answers_are_kept_for_ninety_days_after_the_last_change(
    database: str,
) -> None:
    draft = await begun()
    await store.save_draft(draft, {"why": "Because"}, language="cy", now=NOW + 30 * DAY)
    assert await clear_expired(NOW + WITHOUT_A_CLOSE + DAY) == 0
    assert await clear_expired(NOW + WITHOUT_A_CLOSE + 31 * DAY) == 1


async def test_files_of_answers_that_are_kept_are_kept_as_well(database: str) -> None:
    draft = await begun(closes_in=60 * DAY)
    letter = Content("a.txt", "text/plain", b"Dear all")
    [file] = await store.change_files(draft.key, add=[("plans", letter)], now=NOW)
    await store.clear_unsent(NOW + 50 * DAY)
    assert await store.files_of(draft.key) == (file,)


async def test_one_reminder_goes_out_a_few_days_before_the_close_to_who_asked(
    database: str,
) -> None:
    draft = await begun(closes_in=20 * DAY)
    await store.make_return(draft, now=NOW)
    await store.send_link(draft, RIDER, LETTER, remind=True, language="cy")
    other = await begun_again()
    await store.make_return(other, now=NOW)
    await store.send_link(other, "quiet@example.org", LETTER, remind=False, language="en")
    assert await send_reminders(NOW + 16 * DAY) == 0
    assert await send_reminders(NOW + 20 * DAY - REMIND_BEFORE) == 1
    assert await send_reminders(NOW + 19 * DAY) == 0
    [row] = [each for each in await mail.waiting() if each.mail.subject != LETTER.subject]
    assert row.mail.recipient == RIDER
    assert "Nid yw eich atebion wedi’u hanfon eto" in row.mail.subject
    made = await store.return_of(draft)
    assert made is not None
    assert made.code in row.mail.text
    assert f"/respond/return/{made.link}" in row.mail.html
    assert '<html lang="cy"' in row.mail.html


async def test_nobody_is_reminded_of_what_they_sent(database: str) -> None:
    draft = await begun(closes_in=20 * DAY)
    await store.make_return(draft, now=NOW)
    await store.send_link(draft, RIDER, LETTER, remind=True, language="cy")
    newest, version = await asked(await surveys.consultation(SLUG))
    await store.submit_draft(
        draft, {"rides": "no"}, round=newest, version=version, language="cy", now=NOW
    )
    assert await send_reminders(NOW + 18 * DAY) == 0


async def begun_again() -> store.Draft:
    newest, _ = await asked(await surveys.consultation(SLUG))
    draft = await store.draft(await store.begin_draft(newest, {}, language="en", now=NOW))
    assert draft is not None
    return draft


# The pages.


async def test_a_half_answered_page_is_saved_as_it_is_and_its_code_shown(visitor: Browser) -> None:
    page = await saved_for_later(visitor)
    assert (page.status_code, page.heading) == (200, "Your answers are saved")
    assert page.response.headers["cache-control"] == "no-store"
    assert page.response.headers["referrer-policy"] == "strict-origin"
    assert "What has not been sent by then is deleted" in page.text
    assert code_on(await visitor.get(f"{RESPOND}/later")) == code_on(page)
    [row] = await DraftAnswerRow.select()
    assert row["question"] == "uses"


async def test_a_code_leads_back_on_another_device(application: Litestar, visitor: Browser) -> None:
    code = code_on(await saved_for_later(visitor))
    other = Browser(application)
    page = await other.get(f"{RESPOND}/return")
    back = await page.form("come-back").fill(code=code.upper().replace("-", " ")).submit()
    assert back.status_code == 200
    assert other.client.cookies.get(COOKIE) == visitor.client.cookies.get(COOKIE)
    first = await other.get(RESPOND)
    assert first.form("answers").values["uses"] == ["work"]
    await other.close()


async def test_a_link_waits_for_a_press_and_then_leads_back(
    application: Litestar, visitor: Browser
) -> None:
    page = await saved_for_later(visitor)
    sent = await page.form("send-link").fill(email=RIDER, remind="yes").submit()
    assert (sent.status_code, RIDER in sent.text) == (200, True)
    [letter] = await mail.waiting()
    assert code_on(page) in letter.mail.text
    address = next(word for word in letter.mail.text.split() if "/respond/return/" in word)
    other = Browser(application)
    looked = await other.get(address)
    assert (looked.status_code, other.client.cookies.get(COOKIE)) == (200, None)
    back = await looked.form("come-back").submit()
    assert back.path.startswith(RESPOND)
    assert other.client.cookies.get(COOKIE) == visitor.client.cookies.get(COOKIE)
    await other.close()


async def test_a_reminder_is_offered_only_where_there_is_time_for_one(visitor: Browser) -> None:
    page = await saved_for_later(visitor, closes_in=2 * DAY)
    assert page.soup.select_one("#remind") is None


async def test_whoever_comes_back_goes_on_where_they_were(
    application: Litestar, visitor: Browser
) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    page = await page.form("answers").fill(rides="no").submit()
    later = await page.form("answers").submit("Save and come back later")
    other = Browser(application)
    page = await other.get(f"{RESPOND}/return")
    back = await page.form("come-back").fill(code=code_on(later)).submit()
    assert back.path == f"{RESPOND}/3"
    await other.close()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter your code"),
        ("acorn album alloy", "A code has 5 words"),
        ("acorn-acorn-acorn-acorn-vyolin", "Did you mean ‘violin’?"),
        ("acorn-acorn-acorn-acorn-acorn", "No answers are saved under this code"),
    ],
)
async def test_a_wrong_code_is_answered_plainly_and_stays_to_be_mended(
    visitor: Browser, typed: str, words: str
) -> None:
    await opened(now=clock.now())
    page = await visitor.get(f"{RESPOND}/return")
    wrong = await page.form("come-back").fill(code=typed).submit()
    assert wrong.status_code == 422
    assert words in wrong.summary[0]
    assert wrong.form("come-back").values["code"] == [typed]


async def test_a_code_opens_answers_of_its_own_consultation_alone(visitor: Browser) -> None:
    code = code_on(await saved_for_later(visitor))
    await opened(slug="elsewhere", now=clock.now())
    page = await visitor.get("/consultations/elsewhere/respond/return")
    wrong = await page.form("come-back").fill(code=code).submit()
    assert wrong.status_code == 422


async def test_guessing_is_slowed_down_and_the_page_says_for_how_long(visitor: Browser) -> None:
    await opened(now=clock.now())
    answers = []
    for _ in range(22):
        page = await visitor.post(f"{RESPOND}/return", {"code": "acorn " * 5})
        answers.append(page.status_code)
    assert answers[:20] == [422] * 20
    assert answers[-1] == 429
    assert "Wait " in page.summary[0]
    assert page.form("come-back").values["code"] == ["acorn acorn acorn acorn acorn"]
    assert "acorn" not in str(await FailureRow.select())


async def test_the_right_code_does_not_wipe_out_wrong_ones(visitor: Browser) -> None:
    code = code_on(await saved_for_later(visitor))
    for _ in range(19):
        await visitor.post(f"{RESPOND}/return", {"code": "acorn " * 5})
    assert (await visitor.post(f"{RESPOND}/return", {"code": code})).status_code == 200
    assert await FailureRow.count() == 19


async def test_limits_can_be_off(application: Litestar, visitor: Browser) -> None:
    await opened(now=clock.now())
    use_settings(msgspec.structs.replace(settings(), rate_limits=False))
    for _ in range(25):
        page = await visitor.post(f"{RESPOND}/return", {"code": "acorn " * 5})
    assert page.status_code == 422


async def test_other_answers_in_the_browser_are_not_left_without_a_word(
    application: Litestar, visitor: Browser
) -> None:
    code = code_on(await saved_for_later(visitor))
    other = Browser(application)
    page = await other.get(RESPOND)
    await page.form("answers").fill(rides="no").submit()
    held = other.client.cookies.get(COOKIE)
    page = await other.get(f"{RESPOND}/return")
    asked_first = await page.form("come-back").fill(code=code).submit()
    assert asked_first.status_code == 422
    assert other.client.cookies.get(COOKIE) == held
    await asked_first.form("come-back").fill(leave="yes").submit()
    assert other.client.cookies.get(COOKIE) == visitor.client.cookies.get(COOKIE)
    await other.close()


async def test_once_they_are_sent_no_code_or_link_leads_to_the_answers(visitor: Browser) -> None:
    page = await saved_for_later(visitor)
    await page.form("send-link").fill(email=RIDER).submit()
    code = code_on(page)
    page = await visitor.get(RESPOND)
    await page.form("answers").fill(rides="no").submit()
    check = await visitor.get(f"{RESPOND}/check")
    await check.form("send").submit(follow=False)
    assert await DraftAddressRow.count() == await DraftReturnRow.count() == 0
    assert RIDER not in str(await MailRow.select())
    wrong = await visitor.post(f"{RESPOND}/return", {"code": code})
    assert wrong.status_code == 422


async def test_once_they_are_deleted_no_code_leads_to_the_answers(visitor: Browser) -> None:
    page = await saved_for_later(visitor)
    code = code_on(page)
    check = await visitor.get(f"{RESPOND}/check")
    await check.form("discard").submit(follow=False)
    assert await DraftReturnRow.count() == 0
    assert (await visitor.post(f"{RESPOND}/return", {"code": code})).status_code == 422


async def test_a_link_that_leads_nowhere_says_so_and_takes_the_code(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.get(f"{RESPOND}/return/nothing")
    assert (page.status_code, page.heading) == (404, "We cannot find those answers")
    assert page.form("come-back").values["code"] == [""]


async def test_a_code_of_a_round_that_closed_says_that_it_closed(
    application: Litestar, visitor: Browser
) -> None:
    await opened(now=clock.now() - timedelta(hours=3))
    page = await visitor.get(RESPOND)
    page = await page.form("answers").fill(rides="no").submit("Save and come back later")
    code = code_on(page)
    await surveys.close_round(SLUG, by=BY, now=clock.now() - timedelta(minutes=61))
    other = Browser(application)
    page = await other.post(f"{RESPOND}/return", {"code": code})
    assert page.heading == "This consultation has closed"
    await other.close()


@pytest.mark.parametrize("typed", ["", "rider", "rider@"])
async def test_an_address_that_is_none_is_told_beside_its_field(
    visitor: Browser, typed: str
) -> None:
    page = await saved_for_later(visitor)
    wrong = await page.form("send-link").fill(email=typed).submit()
    assert wrong.status_code == 422
    assert wrong.form("send-link").values["email"] == [typed]
    assert await MailRow.count() == 0


async def test_the_letter_speaks_the_respondents_language(visitor: Browser) -> None:
    await opened(now=clock.now(), closes_in=20 * DAY)
    page = await visitor.get(f"{RESPOND}?lang=cy")
    page = await page.form("answers").fill(rides="no").submit("Cadw a dod yn ôl yn nes ymlaen")
    assert page.heading == "Mae eich atebion wedi’u cadw"
    await page.form("send-link").fill(email=RIDER).submit()
    [letter] = await mail.waiting()
    assert letter.mail.subject == "Dewch yn ôl at eich atebion: Llwybrau bws"
    assert "Dim" not in letter.mail.recipient
    assert "Parhau â’ch atebion" in letter.mail.text
    assert '<html lang="cy" dir="ltr">' in letter.mail.html
