"""A survey that was imported is asked and answered like any other, to the end."""

from app.clock import now
from surveys import store
from surveys.native_files import write_questionnaire
from tests.browsing import Browser, Page
from tests.surveys.asking import ABOUT, SYSTEM
from tests.surveys.limesurvey.building import Asked, Group, imported
from tests.surveys.limesurvey.test_kinds import ANSWERS, EVERY_KIND

RESPOND = "/consultations/parks/respond"
NAME = Asked("S", "name", "<p>We ask once.</p><p>Your name?</p>", mandatory="Y")
AFTER = Asked("L", "after", "How good?", answers=ANSWERS, relevance="name == 'Jo'", mandatory="Y")


async def opened(*groups: Group) -> None:
    data = write_questionnaire(imported(*groups).questionnaire)
    await store.create_consultation(data, slug="parks", by=SYSTEM, now=now(), about=ABOUT)
    await store.open_round("parks", by=SYSTEM, now=now())


async def sent(check: Page) -> None:
    assert check.heading == "Check your answers"
    done = await check.form("send").submit()
    assert done.path.startswith("/receipts/")


async def test_every_kind_together_is_asked_and_sent(visitor: Browser) -> None:
    await opened(Group((NAME,)), Group(EVERY_KIND, "Everything"))
    page = await visitor.get(RESPOND)
    second = await page.form().fill(name="Jo").submit()
    assert second.heading == "Everything"
    await sent(await second.form().submit())


async def test_conditions_route_people_as_they_did(visitor: Browser) -> None:
    await opened(Group((NAME,)), Group((AFTER,), "After"))
    page = await visitor.get(RESPOND)
    await sent(await page.form().fill(name="Somebody").submit())
    page = await visitor.get(RESPOND)
    after = await page.form().fill(name="Jo").submit()
    assert after.heading == "How good?"
    await sent(await after.form().fill(after="A2").submit())


async def test_the_paragraphs_of_a_question_are_seen(visitor: Browser) -> None:
    await opened(Group((NAME,)))
    page = await visitor.get(RESPOND)
    assert "We ask once.<br/><br/>Your name?" in str(page.soup.select_one("label"))
