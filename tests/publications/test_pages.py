"""Officers tie themes to what was done and publish it; everyone reads the sealed report."""

import hashlib
import json
from datetime import timedelta

import pytest
from litestar import Litestar

from app.clock import now
from publications import store
from publications.outcomes import Kind
from tests.browsing import Browser
from tests.publications.parks import (
    BY,
    SLUG,
    Parks,
    asked_and_answered,
    fund_by,
    lamps,
    with_outcomes,
)

HOME = f"/officer/consultations/{SLUG}"
REPORT = f"/consultations/{SLUG}/report"


@pytest.fixture
async def parks(application: Litestar) -> Parks:
    return await asked_and_answered(now())


@pytest.fixture
async def published(parks: Parks) -> Parks:
    await with_outcomes(parks, days=-3)
    await store.publish(SLUG, by=BY, now=now())
    return parks


async def test_a_theme_without_an_outcome_stops_publication(
    publisher: Browser, parks: Parks
) -> None:
    await store.record_outcome(parks.consultation, lamps(parks), by=BY, now=now())
    page = await publisher.get(f"{HOME}/publish")
    page = await page.form("publish").submit()
    assert page.status_code == 422
    assert page.summary == ["Say what happened about “Fair funding”"]
    page = await page.follow("Say what happened about “Fair funding”")
    assert page.heading == "What happened about “Fair funding”?"


async def test_the_list_shows_every_theme_its_count_and_what_to_do_next(
    officer: Browser, parks: Parks
) -> None:
    await store.record_outcome(parks.consultation, lamps(parks), by=BY, now=now())
    page = await officer.get(f"{HOME}/outcomes")
    assert "1 of 2 have one" in page.text
    assert "4 of 6 responses read" in page.text
    assert "Nothing recorded yet Next: Say what happened" in page.text


async def test_an_officer_records_what_became_of_a_theme(officer: Browser, parks: Parks) -> None:
    page = await officer.get(f"{HOME}/outcomes/{parks.lighting.id}")
    form = page.form("outcome").fill(
        kind="no_change", statement="We left it as it is.", reason="Bats live there.", ready="yes"
    )
    page = await form.submit()
    assert page.path == f"{HOME}/outcomes"
    (found,) = (await store.outcomes(parks.consultation.id)).values()
    assert (found.kind, found.reason, found.ready) == (Kind.NO_CHANGE, "Bats live there.", True)


async def test_what_was_typed_stays_when_something_is_missing(
    officer: Browser, parks: Parks
) -> None:
    page = await officer.get(f"{HOME}/outcomes/{parks.lighting.id}")
    form = page.form("outcome").fill(kind="changed", statement="Lit.", section="2.1", ready="yes")
    page = await form.submit()
    assert page.status_code == 422
    assert page.title.startswith("Error: ")
    assert page.summary == [
        "Enter the document that was changed",
        "Enter what it said before; if there was nothing, say so",
        "Enter what it says now",
    ]
    kept = page.form("outcome").values
    assert kept["kind"] == ["changed"]
    assert kept["section"] == ["2.1"]
    assert kept["ready"] == ["yes"]
    assert await store.outcomes(parks.consultation.id) == {}


async def test_a_kind_must_be_chosen(officer: Browser, parks: Parks) -> None:
    page = await officer.get(f"{HOME}/outcomes/{parks.lighting.id}")
    page = await page.form("outcome").fill(statement="Something.").submit()
    assert page.summary == ["Choose what became of it"]
    assert page.form("outcome").values["statement"] == ["Something."]


async def test_work_under_way_takes_its_first_promise_on_the_same_page(
    officer: Browser, parks: Parks
) -> None:
    page = await officer.get(f"{HOME}/outcomes/{parks.funding.id}")
    form = page.form("outcome").fill(kind="under_way", statement="A fund is being set up.")
    page = await form.submit()
    assert page.summary == [
        "Say what is promised",
        "Enter who owns it, as a role or a team",
        "Enter where progress will be reported, like a committee",
        "Enter the day it is due",
    ]
    form = page.form("outcome").fill(
        {"due-day": "31", "due-month": "3", "due-year": "2027"},
        promise="Open the fund",
        owner="Head of Parks",
        forum="Environment Committee",
    )
    assert (await form.submit()).path == f"{HOME}/outcomes"
    (promise,) = await store.commitments(parks.consultation.id)
    assert promise.theme_id == parks.funding.id
    assert (await store.lint(SLUG)).blocking[0].place == f"outcomes/{parks.lighting.id}"


async def test_a_theme_of_nobody_is_not_found(officer: Browser, parks: Parks) -> None:
    page = await officer.get(f"{HOME}/outcomes/99999")
    assert page.status_code == 404


async def test_a_commitment_without_a_theme_is_added_changed_and_kept(
    officer: Browser, parks: Parks
) -> None:
    page = await (await officer.get(f"{HOME}/commitments")).follow("Add a commitment")
    form = page.form("commitment").fill(
        {"due-day": "1", "due-month": "2", "due-year": "2020"},
        promise="Plant forty trees",
        owner="Head of Parks",
        forum="Environment Committee",
    )
    page = await form.submit()
    assert "Without a theme" in page.text
    assert "years overdue Due by 1 February 2020" in page.text
    page = await page.follow("Edit : Plant forty trees")
    page = await page.form("commitment").fill(theme=str(parks.lighting.id)).submit()
    assert "For “Lighting”" in page.text
    page = await page.follow("Mark as kept : Plant forty trees")
    form = page.form("kept").fill(
        {"kept-day": "30", "kept-month": "1", "kept-year": "2020"}, progress="All forty stand."
    )
    page = await form.submit()
    assert "Kept on time Kept on 30 January 2020, due by 1 February 2020" in page.text
    assert "All forty stand." in page.text
    page = await page.follow("Change when it was kept : Plant forty trees")
    page = await page.form("kept").submit("It is not kept after all")
    assert "years overdue" in page.text


async def test_a_commitment_made_by_mistake_is_removed(officer: Browser, parks: Parks) -> None:
    added = await store.add_commitment(parks.consultation, fund_by(parks, days=9), by=BY)
    page = await officer.get(f"{HOME}/commitments/{added}")
    page = await page.form("remove").submit()
    assert "Nothing has been promised yet." in page.text


async def test_a_published_promise_cannot_be_removed(officer: Browser, published: Parks) -> None:
    (promise,) = await store.commitments(published.consultation.id)
    page = await officer.get(f"{HOME}/commitments/{promise.id}")
    page = await page.form("remove").submit()
    assert page.status_code == 409
    assert page.heading == "This promise is published"
    assert await store.commitments(published.consultation.id) == (promise,)


async def test_a_commitment_cannot_have_been_kept_in_the_future(
    officer: Browser, parks: Parks
) -> None:
    added = await store.add_commitment(parks.consultation, fund_by(parks, days=9), by=BY)
    page = await officer.get(f"{HOME}/commitments/{added}/kept")
    page = await page.form("kept").fill({"kept-year": "2199"}).submit()
    assert page.status_code == 422
    assert page.summary == ["The day it was kept cannot be in the future"]


async def test_a_theme_of_another_consultation_cannot_be_chosen(
    officer: Browser, parks: Parks
) -> None:
    page = await officer.get(f"{HOME}/commitments/new")
    form = page.form("commitment")
    form.values["theme"] = ["99999"]
    page = await form.submit()
    assert "Choose a theme from the list, or none" in page.summary


async def test_an_officer_may_look_and_only_a_publisher_may_publish(
    officer: Browser, parks: Parks
) -> None:
    await with_outcomes(parks)
    page = await officer.get(f"{HOME}/publish")
    assert "Nothing stops publication" in page.text
    assert not page.soup.select("form#publish")
    token = (await officer.get(f"{HOME}/commitments/new")).form("commitment").values["_csrf"]
    page = await officer.post(f"{HOME}/publish", {"_csrf": token})
    assert page.status_code == 403
    assert await store.editions(SLUG) == ()


async def test_a_coder_may_not_record_outcomes(coder: Browser, parks: Parks) -> None:
    assert (await coder.get(f"{HOME}/outcomes")).status_code == 403


async def test_a_publisher_previews_publishes_and_gives_a_reason_for_the_next_edition(
    publisher: Browser, visitor: Browser, parks: Parks
) -> None:
    await with_outcomes(parks)
    page = await publisher.get(f"{HOME}/publish")
    preview = await page.follow("Preview the report as it would be published now")
    assert "Nothing here is published" in preview.text
    assert "The main path will be lit until ten." in preview.text
    page = await page.form("publish").submit()
    assert "Edition 1 is public." in page.text
    page = await page.form("publish").submit()
    assert page.status_code == 422
    assert page.summary == ["Say why edition 2 replaces edition 1"]
    page = await page.form("publish").fill(reason="A count was wrong.").submit()
    assert "Edition 2 is public." in page.text
    latest = await visitor.get(REPORT)
    assert "A count was wrong." in latest.text
    earlier = await visitor.get(f"{REPORT}/editions/1")
    assert "Edition 2 replaced it" in earlier.text


async def test_before_publication_the_report_says_that_there_is_none(
    visitor: Browser, parks: Parks
) -> None:
    await with_outcomes(parks)
    page = await visitor.get(REPORT)
    assert page.status_code == 404
    assert page.heading == "No report has been published yet"
    assert "lit until ten" not in page.text


async def test_the_report_tells_asked_said_did_why_and_what_is_promised(
    visitor: Browser, published: Parks
) -> None:
    page = await visitor.get(REPORT)
    assert page.status_code == 200
    section = page.soup.select_one("#theme-lighting")
    assert section is not None
    steps = [step.get_text() for step in section.select(".report-step__name")]
    assert steps == ["We asked", "You said", "We did", "Why"]
    told = " ".join(section.get_text(" ").split())
    assert "4 of 6" in told
    assert "I will not walk there after dark." in told
    assert "Main paths are lit until ten in the evening." in told
    funding = page.soup.select_one("#theme-fair-funding")
    assert funding is not None
    assert "Still promised" in funding.get_text()
    assert "it does not represent everyone" in page.text


async def test_an_overdue_promise_is_plainly_said(visitor: Browser, published: Parks) -> None:
    page = await visitor.get(REPORT)
    assert "1 promise is overdue" in page.text
    assert "3 days overdue" in page.text


async def test_the_public_reads_editions_and_never_live_tables(
    visitor: Browser, published: Parks
) -> None:
    before = (await visitor.get(REPORT)).text
    (promise,) = await store.commitments(published.consultation.id)
    await store.mark_kept(
        published.consultation, promise.id, kept_on=now().date(), progress="Done.", by=BY
    )
    assert (await visitor.get(REPORT)).text == before


async def test_anyone_can_check_the_seal_from_the_data(visitor: Browser, published: Parks) -> None:
    page = await visitor.get(REPORT)
    data = await page.follow("the report as data")
    seal = hashlib.sha256(data.response.content).hexdigest()
    assert seal in page.text
    assert data.response.headers["ETag"] == f'"{seal}"'
    assert json.loads(data.response.content)["themes"][0]["people"] == 4


async def test_a_reader_who_has_the_report_is_told_that_nothing_changed(
    visitor: Browser, published: Parks
) -> None:
    for address in (REPORT, f"{REPORT}.json", f"/api{REPORT}"):
        tag = (await visitor.get(address)).response.headers["ETag"]
        again = await visitor.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 304
        assert again.response.content == b""


async def test_the_api_gives_the_sealed_report(visitor: Browser, published: Parks) -> None:
    answer = (await visitor.get(f"/api{REPORT}")).json()
    assert answer["edition"] == 1
    assert answer["report"]["answered"]["analysed"] == 6
    assert [each["number"] for each in answer["editions"]] == [1]


@pytest.mark.parametrize(
    "address", [f"{REPORT}/editions/9", "/consultations/nowhere/report", f"{REPORT}/editions/0"]
)
async def test_an_edition_that_is_not_there_is_not_found(
    visitor: Browser, published: Parks, address: str
) -> None:
    assert (await visitor.get(address)).status_code == 404


async def test_invented_answers_are_labelled_where_they_show(
    visitor: Browser, application: Litestar
) -> None:
    await with_outcomes(await asked_and_answered(now(), invented=True))
    await store.publish(SLUG, by=BY, now=now())
    page = await visitor.get(REPORT)
    assert "The answers and the quotes on this page are invented." in page.text
    (caption,) = page.soup.select(".report-quote figcaption")
    assert "Invented for this demonstration" in caption.get_text()


async def test_real_answers_are_not_called_invented(visitor: Browser, published: Parks) -> None:
    assert "invented" not in (await visitor.get(REPORT)).text.lower()


async def test_promises_due_later_stay_in_the_report_without_a_theme(
    visitor: Browser, parks: Parks
) -> None:
    await with_outcomes(parks)
    alone = fund_by(parks, days=400, with_theme=False)
    await store.add_commitment(parks.consultation, alone, by=BY)
    await store.publish(SLUG, by=BY, now=now() - timedelta(seconds=1))
    page = await visitor.get(REPORT)
    section = page.soup.select_one("#promised")
    assert section is not None
    assert len(page.soup.select("section[aria-labelledby=promised] li")) == 2
