"""The paper form by its address: for everyone while it is asked, for officers always."""

import io
from datetime import timedelta

import pytest
from litestar import Litestar
from pypdf import PdfReader

from app.clock import now
from surveys import store
from tests.browsing import Browser
from tests.responses.asking import BY, SLUG, opened

PAPER = f"/consultations/{SLUG}/paper.pdf"
DESK = f"/officer/consultations/{SLUG}/questionnaire/paper.pdf"


def text(data: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(data)).pages[0].extract_text().split())


@pytest.fixture
async def buses(application: Litestar) -> None:
    await opened(now=now() - timedelta(days=1), closes_in=timedelta(days=30))


async def test_everyone_can_print_it_in_each_language_and_size(
    visitor: Browser, buses: None
) -> None:
    english = (await visitor.get(PAPER)).response
    assert english.headers["content-type"] == "application/pdf"
    assert "Bus routes" in text(english.content)
    assert "Draft" not in text(english.content)
    welsh = (await visitor.get(f"{PAPER}?lang=cy&print=large")).response
    assert "Llwybrau bws" in text(welsh.content)
    assert welsh.headers["content-language"] == "cy"
    assert 'filename="bus-routes-cy-large.pdf"' in welsh.headers["content-disposition"]


async def test_who_has_it_already_is_told_so(visitor: Browser, buses: None) -> None:
    first = (await visitor.get(PAPER)).response
    again = await visitor.get(PAPER, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.response.content == b""
    assert (await visitor.get(PAPER)).response.content == first.content


async def test_the_overview_leads_to_it_in_its_language(visitor: Browser, buses: None) -> None:
    page = await visitor.get(f"/consultations/{SLUG}?lang=cy")
    links = [str(each["href"]) for each in page.soup.select("a[href*='paper.pdf']")]
    assert links == [f"{PAPER}?lang=cy", f"{PAPER}?lang=cy&print=large"]
    assert [(await visitor.get(each)).status_code for each in links] == [200, 200]


async def test_there_is_none_before_and_after(visitor: Browser, buses: None) -> None:
    await store.close_round(SLUG, by=BY, now=now())
    page = await visitor.get(PAPER)
    assert page.status_code == 409
    assert page.heading == "There is no paper form now"
    assert not (await visitor.get(f"/consultations/{SLUG}")).soup.select("a[href*='paper.pdf']")
    assert (await visitor.get("/consultations/nowhere/paper.pdf")).status_code == 404


async def test_officers_print_any_version_and_a_draft_is_marked(
    officer: Browser, buses: None
) -> None:
    await store.begin_version(SLUG, note="", by=BY, now=now())
    draft = (await officer.get(DESK)).response
    assert "Draft, not to be handed out" in text(draft.content)
    assert draft.headers["cache-control"] == "no-store"
    first = (await officer.get(f"{DESK}?version=1")).response
    assert "Draft" not in text(first.content)
    assert (await officer.get(f"{DESK}?version=9")).status_code == 404


async def test_the_public_form_is_the_frozen_version_whatever_is_drafted(
    visitor: Browser, buses: None
) -> None:
    before = (await visitor.get(PAPER)).response.content
    await store.begin_version(SLUG, note="", by=BY, now=now())
    assert (await visitor.get(PAPER)).response.content == before
