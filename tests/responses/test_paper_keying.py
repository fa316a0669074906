"""Keying a paper form by the code on its page: as the version on the paper, never the newest."""

import json
from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar

from app.clock import now
from responses import store
from surveys import store as surveys
from surveys.consultation import Consultation
from surveys.paper.page_code import PageCode
from tests.browsing import Browser, Value, words
from tests.responses.asking import BY, QUESTIONNAIRE, asked, opened

KEY = "/officer/consultations/bus-routes/responses/key"


@pytest.fixture
async def corrected(application: Litestar) -> Consultation:
    """Bus routes, whose first question was worded anew while it was open."""
    before = now() - timedelta(days=3)
    await opened(now=before)
    anew: Any = json.loads(json.dumps(QUESTIONNAIRE))
    anew["pages"][0]["questions"][0]["text"] = "Do you go by bus?"
    consultation = await surveys.consultation("bus-routes")
    await surveys.add_version(consultation.id, json.dumps(anew).encode(), by=BY, now=before)
    await surveys.correct_round(
        "bus-routes", 2, note="Clearer words", by=BY, now=before + timedelta(days=1)
    )
    return await surveys.consultation("bus-routes")


async def first_version(consultation: Consultation) -> int:
    return (await surveys.versions(consultation.id))[0].id


async def test_a_code_opens_the_form_as_it_was_printed_and_says_what_changed(
    officer: Browser, corrected: Consultation
) -> None:
    code = PageCode(await first_version(corrected), 1, True, 3).written
    page = await (await officer.get(KEY)).form("page-code").fill(code=code.lower()).submit()
    assert page.status_code == 200
    told = words(page.soup.select_one("#paper"))  # type: ignore[arg-type]
    assert "version 1, Welsh (Cymraeg)" in told
    assert "You have page 3." in told
    assert "Round 1 has gone over to version 2 since it was printed." in told
    assert "Ydych chi’n teithio ar y bws?" in page.text
    assert "Do you go by bus?" not in page.text


async def test_what_is_keyed_by_a_code_is_stored_under_the_version_on_the_paper(
    officer: Browser, corrected: Consultation
) -> None:
    version = await first_version(corrected)
    page = await officer.get(f"{KEY}?code={PageCode(version, 0, False, 2).written}")
    today = now()
    fields: dict[str, Value] = {
        "_received-day": str(today.day),
        "_received-month": str(today.month),
        "_received-year": str(today.year),
        "rides": "no",
    }
    after = await page.form("key-response").fill(fields).submit()
    assert "Stored." in after.text
    assert "version 1, English" in after.text
    (found,) = await store.coded_rows(corrected.id)
    assert (found.version_id, found.channel) == (version, "paper")
    assert found.version_id != corrected.rounds[0].version_id


async def test_without_a_code_the_newest_version_is_keyed(
    officer: Browser, corrected: Consultation
) -> None:
    page = await officer.get(KEY)
    assert "Do you go by bus?" in page.text
    assert page.soup.select_one("#paper") is None


async def test_a_slip_of_the_pen_is_said_and_nothing_is_stored(
    officer: Browser, corrected: Consultation
) -> None:
    code = PageCode(await first_version(corrected), 0, False, 2).written
    wrong = code[:-1] + ("Z" if code[-1] != "Z" else "Y")
    page = await officer.get(f"{KEY}?code={wrong}")
    assert page.status_code == 422
    assert page.summary[0].startswith(f"“{wrong}” is not the code of a page.")
    # Nothing can be typed in vain: there are no questions until the code is mended.
    assert page.soup.select_one("#key-response") is None
    page = await page.form("page-code").fill(code=code).submit()
    form = page.form("key-response").fill(_code=wrong, _channel="paper", rides="no")
    after = await form.submit()
    assert after.form("key-response").values["rides"] == ["no"]
    assert after.status_code == 422
    assert await store.coded_rows(corrected.id) == ()


async def test_a_page_of_another_consultation_leads_there(
    officer: Browser, corrected: Consultation
) -> None:
    parks: Any = {**QUESTIONNAIRE, "title": "Parks"}
    other = await opened(parks, slug="parks", now=now() - timedelta(days=1))
    _, version = await asked(other)
    page = await officer.get(f"{KEY}?code={PageCode(version.id, 0, False, 1).written}")
    assert page.summary == ["This page belongs to another consultation, “Parks”"]
    there = await page.follow("Key it into that consultation")
    assert there.path.startswith("/officer/consultations/parks/responses/key")
    assert "version 1, English" in there.text


async def test_a_page_of_a_draft_and_of_no_form_cannot_be_keyed(
    officer: Browser, corrected: Consultation
) -> None:
    draft = await surveys.begin_version("bus-routes", note="", by=BY, now=now())
    page = await officer.get(f"{KEY}?code={PageCode(draft.id, 0, False, 1).written}")
    assert page.summary[0].startswith("This page is of version 3, a draft that nobody")
    for code in (PageCode(9999, 0, False, 1), PageCode(draft.id, 20, False, 1)):
        page = await officer.get(f"{KEY}?code={code.written}")
        assert page.summary[0].startswith(f"No form was printed with the code {code.written}.")
