"""Opening a round in the browser.

1. Each check that found something needs a reason; nothing opens without, and nothing typed is lost.
2. What was overridden, and why, is read by everyone.
3. A round opens by itself on its day; until then it can be called off.
"""

from datetime import datetime, timedelta

import pytest

from app import clock
from app.clock import now
from surveys import store
from surveys.consultation import State
from tests.browsing import Browser, Page
from tests.surveys.asking import EVERYTHING, SYSTEM, open_parks, opened, parks

DESK = "/officer/consultations/parks"
OPEN = f"{DESK}/questionnaire/open"
PUBLIC = "/consultations/parks"
DAY = timedelta(days=1)
LATER = {
    "when": "later",
    "opens-day": "6",
    "opens-month": "9",
    "opens-year": "2098",
    "closes-day": "5",
    "closes-month": "11",
    "closes-year": "2098",
}


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment that the clock shows, once one is put in."""
    shown: list[datetime] = []
    real = clock.now
    for module in ("surveys.pages.overview.now", "surveys.pages.opening.now"):
        monkeypatch.setattr(module, lambda: shown[-1] if shown else real())
    monkeypatch.setattr("app.clock.now", lambda: shown[-1] if shown else real())
    return shown


def boxes(page: Page) -> list[str]:
    return [name for name in page.form("open").values if name.startswith("reason-")]


class TestReasons:
    async def test_every_finding_has_a_box_and_the_rest_is_in_order(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(OPEN)
        assert page.heading == "Open round 1"
        assert boxes(page) == [
            "reason-no_alternatives",
            "reason-no_lawful_basis",
            "reason-no_retention",
            "reason-no_documents",
            "reason-missing_translations",
        ]
        assert "5 checks found something" in page.text
        assert "[2014] UKSC 56" in page.text
        assert "✓ It says why people are asked" in page.text

    async def test_nothing_opens_before_each_has_a_reason(self, officer: Browser) -> None:
        await parks()
        form = (await officer.get(OPEN)).form("open")
        page = await form.fill({"reason-no_retention": "See the notice"}).submit("Open round 1")
        assert page.status_code == 422
        assert page.summary == [
            "Mend it or give a reason: No alternatives are given",
            "Mend it or give a reason: The lawful basis is missing",
            "Mend it or give a reason: There is nothing to read before answering",
            "Mend it or give a reason: Translations are missing",
        ]
        assert page.form("open").values["reason-no_retention"] == ["See the notice"]
        consultation = await store.consultation("parks")
        assert consultation.rounds == ()
        assert await store.overridden(consultation.id) == ()

    async def test_with_a_reason_for_each_it_opens_and_everyone_can_read_them(
        self, officer: Browser, visitor: Browser
    ) -> None:
        await parks()
        page = await opened(await officer.get(OPEN))
        assert page.path == f"{DESK}/questionnaire"
        consultation = await store.consultation("parks")
        assert consultation.state is State.OPEN
        assert len(await store.overridden(consultation.id)) == 5
        page = await visitor.get(PUBLIC)
        assert "What our checks found, and why we opened all the same" in page.text
        assert "See 5 points" in page.text
        assert "No alternatives are given Why it was opened all the same: For the test" in page.text
        assert "officer@hearback.example" not in page.text

    async def test_what_is_mended_needs_no_reason(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{DESK}/about")
        mended = {"alternatives": "None", "lawful_basis": "A public task", "retention": "A year"}
        await page.form("about").fill(mended).submit()
        assert boxes(await officer.get(OPEN)) == [
            "reason-no_documents",
            "reason-missing_translations",
        ]

    async def test_without_a_reason_the_public_page_says_so(self, visitor: Browser) -> None:
        await open_parks()
        page = await visitor.get(PUBLIC)
        assert "No alternatives are given No reason was recorded." in page.text

    async def test_a_paused_round_opens_again_with_the_reasons_on_record(
        self, officer: Browser
    ) -> None:
        await parks()
        await opened(await officer.get(OPEN))
        await store.pause_round("parks", reason="Elections", by=SYSTEM, now=now())
        page = await officer.get(OPEN)
        assert page.heading == "Open it again"
        assert page.form("open").values["reason-no_alternatives"] == ["For the test"]
        await page.form("open").submit("Open it again")
        consultation = await store.consultation("parks")
        assert consultation.state is State.OPEN
        assert len(await store.overridden(consultation.id)) == 5

    async def test_while_a_round_is_open_no_other_opens(self, officer: Browser) -> None:
        await open_parks()
        assert "Round 1 is open." in (await officer.get(OPEN)).text

    async def test_a_questionnaire_without_a_question_does_not_open(self, officer: Browser) -> None:
        said = [{"key": "hello", "type": "statement", "text": "Hello"}]
        await parks({**EVERYTHING, "pages": [{"title": "One", "questions": said}]})
        page = await opened(await officer.get(OPEN))
        assert page.summary == ["Add a question first. People would have nothing to answer."]

    async def test_a_coder_cannot_open_it(self, coder: Browser) -> None:
        await parks()
        assert (await coder.get(OPEN)).status_code == 403
        assert (await coder.post(OPEN, {"do": ["open"]})).status_code == 403


class TestDates:
    async def test_the_checks_look_at_the_dates_that_are_typed(self, officer: Browser) -> None:
        await parks()
        short = {**LATER, "closes-day": "20", "closes-month": "9", "reason-no_documents": "None"}
        page = await (await officer.get(OPEN)).form("open").fill(short).submit()
        assert page.status_code == 200
        assert "2 weeks and 1 day to answer: 6 September 2098 to 20 September 2098." in page.text
        assert page.form("open").values["reason-no_documents"] == ["None"]
        assert (await store.consultation("parks")).rounds == ()

    async def test_a_closing_date_is_the_end_of_that_day_here(self, officer: Browser) -> None:
        await parks()
        form = (await officer.get(OPEN)).form("open")
        day = {"closes-day": "1", "closes-month": "7", "closes-year": "2099"}
        await opened(await form.fill(day).submit("Check again with these dates"))
        closes_at = (await store.consultation("parks")).rounds[0].closes_at
        assert closes_at is not None
        assert closes_at.isoformat() == "2099-07-01T22:59:59+00:00"

    @pytest.mark.parametrize(
        ("typed", "problem"),
        [
            ({"closes-year": "2020"}, "Enter a closing date that is after the opening"),
            ({"closes-month": "8"}, "Enter a closing date that is after the opening"),
            (
                {"opens-year": "2020"},
                "Enter a day that is still to come, or choose to open it now",
            ),
            (
                {"opens-day": "", "opens-month": "", "opens-year": ""},
                "Enter the day on which it opens",
            ),
        ],
    )
    async def test_dates_that_cannot_be_are_problems(
        self, officer: Browser, typed: dict[str, str], problem: str
    ) -> None:
        await parks()
        form = (await officer.get(OPEN)).form("open").fill({**LATER, **typed})
        page = await form.submit("Open round 1")
        assert page.status_code == 422
        assert page.summary == [problem]
        assert page.form("open").values["closes-day"] == ["5"]
        assert (await store.consultation("parks")).rounds == ()


class TestScheduled:
    async def test_it_opens_by_itself_on_its_day(
        self, officer: Browser, visitor: Browser, travel: list[datetime]
    ) -> None:
        await parks()
        page = await (await officer.get(OPEN)).form("open").fill(LATER).submit()
        page = await opened(page)
        assert "By itself on 6 September 2098" in page.text
        (waiting,) = (await store.consultation("parks")).rounds
        assert (await store.version(waiting.version_id)).frozen
        page = await visitor.get(PUBLIC)
        assert "Not open yet. It opens on 6 September 2098" in page.text
        assert waiting.opens_at is not None
        travel.append(waiting.opens_at + DAY)
        page = await visitor.get(PUBLIC)
        assert "Open until 5 November 2098" in page.text

    async def test_it_can_be_called_off(self, officer: Browser, visitor: Browser) -> None:
        await parks()
        await opened(await (await officer.get(OPEN)).form("open").fill(LATER).submit())
        page = await officer.get(OPEN)
        assert "It opens by itself on 6 September 2098" in page.text
        page = await page.form("call-off").submit()
        assert page.path == OPEN
        assert "It opens by itself on" not in page.text
        assert (await visitor.get(PUBLIC)).status_code == 404

    async def test_it_can_be_given_another_day(self, officer: Browser) -> None:
        await parks()
        await opened(await (await officer.get(OPEN)).form("open").fill(LATER).submit())
        page = await officer.get(OPEN)
        await page.form("open").fill({"opens-day": "7"}).submit("Open round 1")
        (waiting,) = (await store.consultation("parks")).rounds
        assert waiting.opens_at is not None
        assert waiting.opens_at.isoformat() == "2098-09-06T23:00:00+00:00"


class TestRouteMap:
    async def test_it_says_what_each_answer_leads_to(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{DESK}/questionnaire/route")
        assert "Yes → asks 2. How many members?" in page.text
        assert "Asked if you answered ‘Yes’ to ‘Do you run a group?’." in page.text
        assert "Every question can be reached, and every condition makes a difference." in page.text

    async def test_it_names_what_nobody_can_reach(self, officer: Browser) -> None:
        both = {"all": [{"question": "a", "is": "yes"}, {"question": "a", "is": "no"}]}
        options = [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]
        asked = [
            {"key": "a", "type": "single", "text": "Do you?", "options": options},
            {"key": "b", "type": "text", "text": "Why both?", "show_if": both},
        ]
        pages = [{"title": "One", "questions": asked}]
        await parks({"title": "Parks", "languages": ["en"], "pages": pages})
        page = await officer.get(f"{DESK}/questionnaire/route")
        assert "1 question to look at" in page.text
        assert "Nobody can reach it: no answers that can be given meet its condition." in page.text
