"""What officers see and do: lists behind every number, one response, keying, the ledger."""

from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar

from app import clock
from app.audit import store as audit
from responses import store
from responses.response import Channel
from responses.tables import ResponseRow
from surveys.consultation import Consultation
from tests.browsing import Browser
from tests.responses.asking import SLUG, answered, but, opened

DESK = f"/officer/consultations/{SLUG}"
LIST = f"{DESK}/responses"


@pytest.fixture
async def consultation(application: Litestar) -> Consultation:
    """Four responses: two that agree in full, one by another route, one on paper."""
    made = await opened(now=clock.now() - timedelta(days=5))
    await answered(made)
    await answered(made, but(town="Dover", uses=["work"], views=None, best=None))
    await answered(made, but(rides="no", often=None, uses=["none"], disabled="yes"))
    await answered(made, but(views={"later": "agree"}), channel=Channel.PAPER)
    return made


async def listed(officer: Browser, query: str) -> int:
    page = await officer.get(f"{LIST}?{query}")
    assert page.status_code == 200
    return len(page.soup.select(".listed__one"))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("round=1", 4),
        ("round=2", 0),
        ("channel=paper", 1),
        ("channel=paper&status=analysed", 1),
        ("status=duplicate", 0),
        ("question=rides", 4),
        ("question=rides&value=yes", 3),
        ("question=rides&value=_missing", 0),
        ("question=often&value=sometimes", 3),
        ("question=often&value=_not_routed", 1),
        ("question=uses&value=school", 2),
        ("question=uses&value=none", 1),
        ("question=views.later&value=strongly_agree", 2),
        ("question=views.fewer&value=_missing", 2),
        ("question=views.fewer", 2),
        ("question=best&value=seats", 3),
        ("question=best&value=price", 0),
        ("question=best&value=_missing", 1),
        ("question=why", 4),
        ("question=nothing&value=yes", 0),
        ("question=rides&value=never", 0),
        ("question=disabled&value=yes", 1),
        ("round=1&channel=online&question=uses&value=work", 2),
    ],
)
async def test_a_number_opens_to_the_responses_behind_it(
    officer: Browser, consultation: Consultation, query: str, count: int
) -> None:
    assert await listed(officer, query) == count


async def test_the_filter_is_said_in_words_with_how_many_of_how_many(
    officer: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{LIST}?round=1&question=often&value=sometimes")
    box = page.soup.select_one("#filter")
    assert box is not None
    assert "3 of 4 responses" in box.text
    assert "in round 1" in box.text
    assert "who answered “Sometimes” to “How often is it late?”" in box.text
    cleared = await page.follow("Clear the filter and show all responses")
    assert cleared.soup.select_one("#filter") is None


async def test_a_list_is_paged(officer: Browser, consultation: Consultation) -> None:
    for _ in range(24):
        await answered(consultation)
    page = await officer.get(f"{LIST}?question=rides&value=yes")
    assert len(page.soup.select(".listed__one")) == 25
    page = await page.follow("Older responses")
    assert len(page.soup.select(".listed__one")) == 2
    assert "26 to 27 of 27" in page.text


async def test_a_page_after_the_last_leads_to_the_last(
    officer: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{LIST}?round=1&page=99")
    assert page.path == f"{LIST}?round=1&page=1"


@pytest.mark.parametrize("query", ["round=x", "channel=pigeon", "status=lost"])
async def test_a_filter_that_does_not_exist_is_not_found(
    officer: Browser, consultation: Consultation, query: str
) -> None:
    assert (await officer.get(f"{LIST}?{query}")).status_code == 404


async def test_a_coder_cannot_list_who_gave_which_equality_answer(
    coder: Browser, consultation: Consultation
) -> None:
    assert (await coder.get(f"{LIST}?question=disabled&value=yes")).status_code == 403
    assert await listed(coder, "question=rides&value=yes") == 3


async def test_one_response_shows_its_answers_in_words(
    officer: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{LIST}/1")
    for words in ("Fewer stops: Disagree", "1. Seats", "Ashford", "Online form"):
        assert words in page.text
    assert "rider@example.org" in page.text
    assert "Contact detail" in page.text
    assert "Equality question" in page.text


async def test_a_coder_does_not_see_private_answers(
    coder: Browser, consultation: Consultation
) -> None:
    page = await coder.get(f"{LIST}/1")
    assert "Ashford" in page.text
    assert "rider@example.org" not in page.response.text
    assert "Kept apart" in page.text
    assert page.soup.select("main form") == []


async def test_the_receipt_is_not_shown_to_officers(
    officer: Browser, consultation: Consultation
) -> None:
    receipt = await answered(consultation)
    found = await store.response_by_receipt(receipt)
    assert found is not None
    page = await officer.get(f"{LIST}/{found.id}")
    assert page.status_code == 200
    assert receipt not in page.response.text
    assert str(found.key) not in page.response.text


async def test_a_response_of_another_consultation_is_not_found(
    officer: Browser, consultation: Consultation
) -> None:
    await opened(slug="another", now=clock.now())
    page = await officer.get("/officer/consultations/another/responses/1")
    assert page.status_code == 404


async def test_a_response_left_out_stays_in_the_ledger_and_can_come_back(
    officer: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{LIST}/1")
    page = await page.form("exclude").fill(reason="duplicate").submit()
    assert "Not counted" in page.text
    sheet = await store.ledger(consultation.id)
    assert (sheet.received, sheet.analysed, sheet.excluded) == (4, 3, {"duplicate": 1})
    assert sheet.balanced
    assert len(await store.coded_rows(consultation.id)) == 3
    assert await listed(officer, "question=rides") == 3
    page = await page.form("include").submit()
    assert (await store.ledger(consultation.id)).analysed == 4
    actions = [entry.action for entry in await audit.entries(limit=2)]
    assert actions == ["include-response", "exclude-response"]


async def test_leaving_out_needs_a_reason(officer: Browser, consultation: Consultation) -> None:
    page = await officer.get(f"{LIST}/1")
    page = await page.form("exclude").submit()
    assert page.status_code == 422
    assert page.summary == ["Choose why this response is left out"]
    assert (await store.ledger(consultation.id)).analysed == 4


async def test_a_withdrawn_response_cannot_be_counted_again(
    officer: Browser, consultation: Consultation
) -> None:
    receipt = await answered(consultation)
    await store.withdraw(receipt)
    await store.withdraw(receipt)
    found = await store.response_by_receipt(receipt)
    assert found is not None
    assert found.status == "withdrawn"
    page = await officer.get(f"{LIST}/{found.id}")
    assert page.soup.select("main form") == []
    with pytest.raises(store.ResponseWithdrawn):
        await store.include(found.id, consultation_id=consultation.id, by="x@hearback.example")
    sheet = await store.ledger(consultation.id)
    assert (sheet.excluded, sheet.balanced) == ({"withdrawn": 1}, True)
    with pytest.raises(store.NoSuchResponse):
        await store.withdraw("K7QF-2M9X-4TRD-8")


async def test_a_paper_answer_is_keyed_through_the_same_checks(
    officer: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{LIST}/key")
    page = await page.form("key-response").fill(paper() | {"rides": []}).submit()
    assert page.status_code == 422
    assert page.form("key-response").values["town"] == ["Margate"]
    page = await page.form("key-response").fill(rides="no").submit()
    assert page.status_code == 200
    assert page.heading == "Key another response"
    code = page.soup.select_one(".receipt__code")
    assert code is not None
    found = await store.response_by_receipt(code.text.strip())
    assert found is not None
    assert (found.channel, found.keyed_by) == (Channel.PAPER, "officer@hearback.example")
    assert found.answers == {"rides": "no", "town": "Margate"}
    assert (clock.now() - found.submitted_at) < timedelta(days=2)
    assert await ResponseRow.count() == 5


async def test_a_keyed_form_sent_twice_is_stored_once(
    officer: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{LIST}/key")
    form = page.form("key-response").fill(paper())
    first, second = await form.submit(), await form.submit()
    assert first.path == second.path
    assert await ResponseRow.count() == 5


async def test_a_day_to_come_or_before_the_round_is_refused(
    officer: Browser, consultation: Consultation
) -> None:
    for days in (2, -30):
        page = await officer.get(f"{LIST}/key")
        form = page.form("key-response").fill(paper(day=clock.now() + timedelta(days=days)))
        refused = await form.submit()
        assert refused.status_code == 422
        assert len(refused.summary) == 1
    assert await ResponseRow.count() == 4


async def test_only_the_officer_who_keyed_a_response_sees_its_receipt(
    officer: Browser, publisher: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{LIST}/key")
    stored = await page.form("key-response").fill(paper()).submit()
    assert stored.soup.select_one(".receipt__code") is not None
    other = await publisher.get(stored.path)
    assert other.soup.select_one(".receipt__code") is None
    assert (await officer.get(f"{LIST}/key?after=1")).soup.select_one(".receipt__code") is None


async def test_a_coder_cannot_key(coder: Browser, consultation: Consultation) -> None:
    assert (await coder.get(f"{LIST}/key")).status_code == 403


async def test_the_ledger_opens_each_number(officer: Browser, consultation: Consultation) -> None:
    page = await officer.get(f"{DESK}/ledger")
    assert "Every response that was received is accounted for" in page.text
    for address in {str(link["href"]) for link in page.soup.select("main table a")}:
        assert (await officer.get(address)).status_code == 200
    assert "Paper form 1 1" in page.text


async def test_events_and_petitions_stand_beside_responses_and_are_never_added(
    officer: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{DESK}/ledger")
    event = {"event-name": "Drop-in", "attendees": "1,040", "organisations": "6"}
    page = await page.form("add-event").fill(event).submit()
    petition = {"petition-name": "Keep the bus", "signatures": "1200"}
    page = await page.form("add-petition").fill(petition).submit()
    assert "1,040 people attended" in page.text
    assert "1,200 signatures" in page.text
    sheet = await store.ledger(consultation.id)
    assert (sheet.received, sheet.analysed) == (4, 4)
    assert [each.attendees for each in sheet.events] == [1040]
    page = await page.form(f"{DESK}/ledger/events/1/remove").submit()
    page = await page.form(f"{DESK}/ledger/petitions/1/remove").submit()
    sheet = await store.ledger(consultation.id)
    assert (sheet.events, sheet.petitions) == ((), ())
    actions = [entry.action for entry in await audit.entries(limit=4)]
    assert actions == ["remove-petition", "remove-event", "add-petition", "add-event"]


async def test_a_wrong_event_is_refused_with_what_was_typed(
    officer: Browser, consultation: Consultation
) -> None:
    page = await officer.get(f"{DESK}/ledger")
    wrong = {"event-name": "", "attendees": "many", "held-day": "31", "held-month": "2"}
    page = await page.form("add-event").fill(wrong).submit()
    assert page.status_code == 422
    assert len(page.summary) == 3
    assert page.form("add-event").values["attendees"] == ["many"]
    assert (await store.ledger(consultation.id)).events == ()


async def test_invented_responses_are_labelled_wherever_they_show(officer: Browser) -> None:
    await answered(await opened(invented=True, now=clock.now()))
    for address in (LIST, f"{LIST}/1", f"{LIST}/key", f"{DESK}/ledger"):
        page = await officer.get(address)
        assert page.soup.select_one(".invented") is not None, address


@pytest.mark.parametrize("address", [LIST, f"{LIST}/1", f"{LIST}/key", f"{DESK}/ledger"])
async def test_visitors_are_sent_to_sign_in(
    visitor: Browser, consultation: Consultation, address: str
) -> None:
    page = await visitor.get(address, follow=False)
    assert page.status_code == 303
    assert page.response.headers["location"].startswith("/officer/sign-in")


def paper(day: Any = None) -> dict[str, Any]:
    received = day or clock.now()
    return {
        "_channel": "paper",
        "_received-day": str(received.day),
        "_received-month": str(received.month),
        "_received-year": str(received.year),
        "rides": "no",
        "town": "Margate",
    }
