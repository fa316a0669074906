"""Sending: a copy by e-mail where it is wanted, and nobody turned away as if a machine."""

from bs4 import BeautifulSoup
from litestar import Litestar

from app import clock
from app.mail import store as mail
from app.mail.tables import MailRow
from responses.tables import MarkRow, ResponseRow
from tests.browsing import Browser, Page
from tests.responses.asking import QUESTIONNAIRE, SLUG, opened

RESPOND = f"/consultations/{SLUG}/respond"
DESK = f"/officer/consultations/{SLUG}/responses"
RIDER = "rider@example.org"


async def to_check(visitor: Browser, language: str = "en") -> Page:
    await opened({**QUESTIONNAIRE, "layout": "single"}, now=clock.now())
    page = await visitor.get(f"{RESPOND}?lang={language}")
    form = page.form("answers").fill(rides="no", why="<b>Late</b>\nagain.", town="Deal")
    return await form.submit()


async def test_a_copy_goes_out_with_the_answers_as_they_were_shown(visitor: Browser) -> None:
    check = await to_check(visitor)
    sent = await check.form("send").fill(copy="yes", copy_to=RIDER).submit(follow=False)
    receipt = sent.response.headers["location"].removeprefix("/receipts/")
    [letter] = await mail.waiting()
    assert letter.mail.recipient == RIDER
    assert letter.mail.subject == "A copy of your answers: Bus routes"
    for words in ("Do you ride the bus?", "No", "Where do you live?", "Deal", receipt):
        assert words in letter.mail.text
        assert words in letter.mail.html
    assert "<b>Late</b>" in letter.mail.text
    assert "\n  Not answered\n" in letter.mail.text
    html = BeautifulSoup(letter.mail.html, "html.parser")
    assert not html.select("b, script, img, link")
    assert "<b>Late</b>" in html.get_text()


async def test_a_copy_is_in_the_respondents_language(visitor: Browser) -> None:
    check = await to_check(visitor, "cy")
    await check.form("send").fill(copy="yes", copy_to=RIDER).submit(follow=False)
    [letter] = await mail.waiting()
    assert letter.mail.subject == "Copi o’ch atebion: Llwybrau bws"
    assert "Ydych chi’n teithio ar y bws?" in letter.mail.text


async def test_nobody_gets_a_copy_who_did_not_ask(visitor: Browser) -> None:
    check = await to_check(visitor)
    await check.form("send").fill(copy_to=RIDER).submit(follow=False)
    assert await ResponseRow.count() == 1
    assert await MailRow.count() == 0


async def test_sending_twice_posts_one_copy(visitor: Browser) -> None:
    check = await to_check(visitor)
    form = check.form("send").fill(copy="yes", copy_to=RIDER)
    await form.submit(follow=False)
    await form.submit(follow=False)
    assert (await ResponseRow.count(), await MailRow.count()) == (1, 1)


async def test_an_address_that_is_none_stops_the_sending_and_keeps_everything(
    visitor: Browser,
) -> None:
    check = await to_check(visitor)
    wrong = await check.form("send").fill(copy="yes", copy_to="rider").submit()
    assert wrong.status_code == 422
    assert wrong.form("send").values["copy_to"] == ["rider"]
    assert await ResponseRow.count() == 0
    missing = await wrong.form("send").fill(copy_to="").submit()
    assert "Enter the e-mail address" in missing.summary[0]


async def test_no_person_meets_the_field_that_only_programs_fill_in(visitor: Browser) -> None:
    check = await to_check(visitor)
    [field] = check.soup.select("input[name=website]")
    assert (field["tabindex"], field["autocomplete"]) == ("-1", "off")
    assert field.find_parent(attrs={"aria-hidden": "true", "class": "no-field"}) is not None


async def test_whoever_fills_it_in_is_received_counted_and_looked_at(
    application: Litestar, visitor: Browser, officer: Browser
) -> None:
    check = await to_check(visitor)
    receipt = await check.form("send").fill(website="https://spam.example").submit()
    assert receipt.heading == "We have your answers"
    assert await ResponseRow.count() == 1
    listed = await officer.get(DESK)
    assert "1 response to look at" in listed.text
    page = await listed.follow("Response 1")
    assert "Look at this response" in page.text
    assert "It is in every figure" in page.text
    looked = await page.form("looked-at").submit()
    assert "Looked at and found genuine" in looked.text
    assert "to look at" not in (await officer.get(DESK)).text
    [row] = await MarkRow.select()
    assert "spam" not in str(row)


async def test_an_ordinary_response_is_not_marked(visitor: Browser) -> None:
    check = await to_check(visitor)
    await check.form("send").submit(follow=False)
    assert await MarkRow.count() == 0
