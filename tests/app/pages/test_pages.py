"""The way in, receipts and officers' overviews, on the demonstration.

1. The front page shows what is open, what was answered and what is being considered; drafts never.
2. A receipt shows its holder everything and tells nobody else anything.
3. Withdrawn answers are no longer counted.
4. Officers see what needs doing next.
"""

import json
from xml.etree import ElementTree

import pytest

from app.clock import now
from responses import store as responses
from surveys import store as surveys
from tests.browsing import Browser

ANSWERS = {
    "visits": "monthly",
    "difference": "A late evening would suit me.",
    "email": "someone@example.org",
}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def sqlite_url(demonstration_url: str) -> str:
    return demonstration_url


@pytest.fixture
async def receipt(visitor: Browser) -> str:
    answer = await visitor.post(
        "/api/consultations/library-hours/responses", json={"answers": ANSWERS}, headers={}
    )
    assert answer.status_code == 201
    return str(answer.json()["receipt"])


async def test_the_front_page_parts_open_answered_and_waiting(visitor: Browser) -> None:
    page = await visitor.get("/")
    sections = {
        section["aria-labelledby"]: [link["href"] for link in section.select("h3 a")]
        for section in page.soup.select("section")
    }
    assert sections == {
        "open": ["/consultations/library-hours"],
        "we-did": ["/consultations/school-street/report"],
        "being-read": ["/consultations/kent-civil-society-strategy"],
    }


async def test_search_finds_every_word_anywhere(visitor: Browser) -> None:
    page = await visitor.get("/?q=strategy+KENT")
    assert [link["href"] for link in page.soup.select("h3 a")] == [
        "/consultations/kent-civil-society-strategy"
    ]
    assert "1 consultation found" in page.text


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")
async def test_a_draft_shows_nowhere_in_public(visitor: Browser) -> None:
    document = json.dumps(
        {
            "title": "Secret plans",
            "languages": ["en"],
            "pages": [
                {"title": "One", "questions": [{"key": "a", "type": "text", "text": "What?"}]}
            ],
        }
    ).encode()
    await surveys.create_consultation(document, slug="secret", by="test", now=now())
    for address in ("/", "/feed.atom", "/api/consultations"):
        assert "Secret plans" not in (await visitor.get(address)).text
    assert (await visitor.get("/api/consultations/secret")).status_code == 404


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")
async def test_the_feed_is_atom_with_an_entry_for_each_consultation(visitor: Browser) -> None:
    page = await visitor.get("/feed.atom")
    assert page.response.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(page.response.text.strip())
    assert len(feed.findall(f"{ATOM}entry")) == 3


async def test_a_receipt_shows_its_holder_all_that_they_sent(
    visitor: Browser, receipt: str
) -> None:
    page = await visitor.get(f"/receipts/{receipt}")
    assert receipt in page.text
    assert "A late evening would suit me." in page.text
    assert "someone@example.org" in page.text
    assert "Nobody has read this yet" in page.text


async def test_a_receipt_is_kept_and_indexed_nowhere(visitor: Browser, receipt: str) -> None:
    for address in (f"/receipts/{receipt}", f"/receipts/{receipt}/answers.json"):
        page = await visitor.get(address)
        assert page.response.headers["cache-control"] == "no-store"
        assert page.response.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in page.response.headers["x-robots-tag"]


async def test_a_receipt_is_found_however_it_is_typed(visitor: Browser, receipt: str) -> None:
    page = await visitor.get("/receipts")
    found = await page.form("find-receipt").fill(code=receipt.lower().replace("-", " ")).submit()
    assert receipt in found.text


async def test_a_wrong_receipt_is_told_and_kept(visitor: Browser) -> None:
    page = await visitor.get("/receipts")
    refused = await page.form("find-receipt").fill(code="AAAA-BBBB-CCCC-D").submit()
    assert refused.status_code == 422
    assert "AAAA-BBBB-CCCC-D" in str(refused.soup.select_one("input#code"))
    lost = await visitor.get("/receipts/AAAA-BBBB-CCCC-D")
    assert lost.status_code == 404
    assert lost.form("find-receipt").values["code"] == ["AAAA-BBBB-CCCC-D"]
    assert lost.response.headers["Cache-Control"] == "no-store"


async def test_own_answers_can_be_taken_away(visitor: Browser, receipt: str) -> None:
    page = await visitor.get(f"/receipts/{receipt}/answers.json")
    assert page.json()["answers"] == ANSWERS


async def test_withdrawn_answers_are_not_counted(visitor: Browser, receipt: str) -> None:
    library = await surveys.consultation("library-hours")
    before = await responses.ledger(library.id)
    page = await visitor.get(f"/receipts/{receipt}/withdraw")
    gone = await page.form("withdraw").submit()
    assert "You withdrew your answers" in gone.text
    after = await responses.ledger(library.id)
    assert (after.received, after.analysed) == (before.received, before.analysed - 1)
    assert after.balanced


async def test_the_dashboard_says_what_each_consultation_needs_next(officer: Browser) -> None:
    page = await officer.get("/officer")
    steps = [step.get_text(" ", strip=True) for step in page.soup.select(".next-step")]
    assert steps == [
        "Next Say what became of 1 overdue promise",
        "Next Read 5 answers",
        "Next Read 7 answers",
    ]


async def test_an_overview_counts_the_way_from_question_to_answer_back(officer: Browser) -> None:
    page = await officer.get("/officer/consultations/kent-civil-society-strategy")
    assert "78 responses received" in page.text
    assert "130 of 137 answers" in page.text
    assert "6 of 7 themes with an outcome" in page.text


async def test_officers_pages_are_closed_to_visitors(visitor: Browser) -> None:
    page = await visitor.get("/officer", follow=False)
    assert page.status_code == 303
    assert page.response.headers["location"].startswith("/officer/sign-in")
