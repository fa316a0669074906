"""A kiosk: one device, one person after another, and nothing of one left for the next.

1. Officers set it up, stop it and start it again; each is audited.
2. What is sent at it carries its name, and officers can count and open that.
3. Whoever finishes leaves nothing; what has a code to come back with is kept.
4. Nobody begins there for an organisation, which takes days; whoever is of one may go on there.
"""

from datetime import timedelta

import pytest
from litestar import Litestar

from app.audit import store as audit
from app.clock import now
from app.database import write_together
from app.shared_device import COOKIE as DEVICE
from responses import store
from responses.kiosk import Kiosk
from responses.pages.journey import COOKIE as DRAFT
from responses.pages.journey import MEMBER_COOKIE
from responses.tables import OrganisationRow
from surveys import store as surveys
from surveys.consultation import Consultation
from tests.browsing import Browser, Page
from tests.responses.asking import BY, NOW, SLUG, answered, opened

DESK = f"/officer/consultations/{SLUG}"
RESPOND = f"/consultations/{SLUG}/respond"


@pytest.fixture
async def buses(application: Litestar) -> Consultation:
    return await opened(now=now() - timedelta(days=1))


@pytest.fixture
async def library(buses: Consultation) -> Kiosk:
    return await store.add_kiosk(buses, "Central Library", by=BY, now=now())


def start(kiosk: Kiosk) -> str:
    return f"/consultations/{SLUG}/kiosk/{kiosk.code}"


async def begun(visitor: Browser, kiosk: Kiosk, language: str = "en") -> Page:
    return await visitor.post(start(kiosk), {"language": language})


async def sent(visitor: Browser, kiosk: Kiosk) -> Page:
    page = await (await begun(visitor, kiosk)).form("answers").fill(rides="no").submit()
    while "Check your answers" not in page.heading:
        page = await page.form("answers").submit()
    return await page.form("send").submit()


async def test_a_kiosk_has_a_code_and_can_be_stopped_and_started(database: str) -> None:
    consultation = await opened()
    made = await store.add_kiosk(consultation, "Central Library", by=BY, now=NOW)
    assert await store.kiosk_by_code(made.code.upper().replace("-", " ")) == made
    assert await store.kiosk_by_code("otter-maple-kettle-north-violin") is None
    ours = {"consultation_id": consultation.id, "by": BY}
    for _ in range(2):
        await store.stop_kiosk(made.id, stopped_at=NOW, **ours)  # type: ignore[arg-type]
    assert not (await store.kiosks(consultation.id))[0].is_running
    await store.stop_kiosk(made.id, stopped_at=None, **ours)  # type: ignore[arg-type]
    assert (await store.kiosks(consultation.id))[0].is_running
    with pytest.raises(store.NoSuchKiosk):
        await store.stop_kiosk(99, stopped_at=NOW, **ours)  # type: ignore[arg-type]
    entries = [each.action for each in await audit.entries(limit=50) if "kiosk" in each.action]
    assert sorted(entries) == ["add-kiosk", "start-kiosk", "stop-kiosk"]


async def test_responses_are_counted_by_kiosk(database: str) -> None:
    consultation = await opened()
    one = await store.add_kiosk(consultation, "Library", by=BY, now=NOW)
    await store.add_kiosk(consultation, "Fair", by=BY, now=NOW)
    await answered(consultation)
    received = await store.response_by_receipt(await answered(consultation))
    assert received is not None
    await write_together(store.given_at(one, received.key))
    counts = {each.name: each.responses for each in await store.kiosks(consultation.id)}
    assert counts == {"Library": 1, "Fair": 0}
    assert await store.kiosk_names((received.key,)) == {received.key: "Library"}


async def test_officers_set_up_a_kiosk_and_stop_it(
    officer: Browser, visitor: Browser, buses: Consultation
) -> None:
    page = await (await officer.get(f"{DESK}/kiosks")).form("add-kiosk").submit()
    assert page.summary == ["Enter the name of the place"]
    page = await page.form("add-kiosk").fill(name="Town Fair").submit()
    (kiosk,) = await store.kiosks(buses.id)
    assert f"/kiosk/{kiosk.code}" in page.text
    opened_there = await visitor.get(f"/kiosk/{kiosk.code}")
    assert "Town Fair" in opened_there.text
    page = await page.form(f"stop-{kiosk.id}").submit()
    stopped = await visitor.get(f"/kiosk/{kiosk.code}")
    assert (stopped.status_code, stopped.heading) == (409, "This kiosk has been stopped")
    await page.form(f"start-{kiosk.id}").submit()
    assert (await visitor.get(f"/kiosk/{kiosk.code}")).status_code == 200
    assert (await visitor.get("/kiosk/no-such-kiosk-is-here")).status_code == 404


async def test_an_officer_who_tried_a_kiosk_gets_the_browser_back(
    officer: Browser, library: Kiosk
) -> None:
    page = await begun(officer, library)
    assert page.soup.select_one("form#finish")
    desk = await officer.get(f"{DESK}/kiosks")
    assert "This browser was a kiosk until you opened this page." in desk.text
    assert DEVICE not in officer.client.cookies
    assert "was a kiosk" not in (await officer.get(f"{DESK}/kiosks")).text
    assert (await officer.get(RESPOND)).soup.select_one("form#finish") is None


async def test_the_start_page_offers_every_language(visitor: Browser, library: Kiosk) -> None:
    page = await visitor.get(start(library))
    assert [each["value"] for each in page.soup.select("button[name=language]")] == ["en", "cy"]
    assert not page.soup.select("a[href^='/officer']")
    assert "Amdanoch chi" in (await begun(visitor, library, "cy")).text


async def test_what_is_sent_carries_the_name_of_the_kiosk(
    visitor: Browser, officer: Browser, library: Kiosk
) -> None:
    page = await sent(visitor, library)
    assert page.heading == "Your answers have been sent"
    (counted,) = await store.kiosks(library.consultation_id)
    assert counted.responses == 1
    listed = await (await officer.get(f"{DESK}/kiosks")).follow("1 response")
    assert "given at the kiosk “Central Library”" in listed.text
    assert "Online form at Central Library" in listed.text
    one = await listed.follow("Response 1")
    assert "Online form, at the kiosk “Central Library”" in one.text
    ledger = await officer.get(f"{DESK}/ledger")
    assert "Central Library 1" in ledger.text
    other = await officer.get(f"{DESK}/responses?kiosk=99")
    assert "given at a kiosk that does not exist" in other.text
    assert "No response matches." in other.text
    assert (await officer.get(f"{DESK}/responses?kiosk=x")).status_code == 404


async def test_a_response_from_ones_own_device_names_no_kiosk(
    visitor: Browser, library: Kiosk
) -> None:
    page = await (await visitor.get(RESPOND)).form("answers").fill(rides="no").submit()
    while "Check your answers" not in page.heading:
        page = await page.form("answers").submit()
    await page.form("send").submit()
    assert (await store.kiosks(library.consultation_id))[0].responses == 0


async def test_the_receipt_shows_once_and_no_address_holds_it(
    visitor: Browser, library: Kiosk
) -> None:
    page = await sent(visitor, library)
    assert page.path == f"{RESPOND}/sent?lang=en"
    code = str(page.soup.select_one(".receipt__code").text)  # type: ignore[union-attr]
    assert await store.response_by_receipt(code) is not None
    assert DRAFT not in visitor.client.cookies
    waiting = await page.form("finish-now").submit()
    assert waiting.path == start(library)
    again = await visitor.get(f"{RESPOND}/sent")
    assert (again.path, code in again.text) == (start(library), False)


async def test_the_start_page_alone_lets_a_receipt_go(visitor: Browser, library: Kiosk) -> None:
    code = str((await sent(visitor, library)).soup.select_one(".receipt__code").text)  # type: ignore[union-attr]
    await visitor.get(start(library))
    assert code not in (await visitor.get(f"{RESPOND}/sent")).text


async def test_whoever_finishes_leaves_nothing_behind(visitor: Browser, library: Kiosk) -> None:
    page = await (await begun(visitor, library)).form("answers").fill(rides="no").submit()
    token = visitor.client.cookies[DRAFT]
    left = await page.form("finish").submit(follow=False)
    assert left.response.headers["clear-site-data"] == '"cache", "storage"'
    assert left.response.headers["location"] == start(library)
    assert await store.draft(token) is None
    assert DRAFT not in visitor.client.cookies
    assert DEVICE in visitor.client.cookies
    back = await visitor.get(f"{RESPOND}/check")
    assert back.path == start(library)
    assert not (await visitor.get(RESPOND)).soup.select("input[checked]")


async def test_answers_with_a_code_to_come_back_with_are_kept(
    visitor: Browser, library: Kiosk
) -> None:
    page = await (await begun(visitor, library)).form("answers").fill(rides="no").submit()
    token = visitor.client.cookies[DRAFT]
    later = await visitor.get(f"{RESPOND}/later")
    await later.form("finish").submit()
    assert page.status_code == 200
    kept = await store.draft(token)
    assert kept is not None
    assert kept.answers["rides"] == "no"
    assert DRAFT not in visitor.client.cookies


async def test_no_page_at_a_kiosk_offers_to_answer_with_others(
    visitor: Browser, library: Kiosk
) -> None:
    first = await begun(visitor, library)
    await first.form("answers").fill(rides="no").submit()
    for at in (RESPOND, f"{RESPOND}/check", f"{RESPOND}/later"):
        page = await visitor.get(at)
        assert "organisation" not in " ".join(str(each) for each in page.soup.select("main a")), at
    assert "organisation" not in str(first.soup.select("main a"))
    assert (await visitor.get(f"{RESPOND}/organisation")).path == RESPOND
    typed = {"organisation": "Town Council", "name": "Carys"}
    assert (await visitor.post(f"{RESPOND}/organisation", typed)).path == RESPOND
    assert await OrganisationRow.count() == 0


async def test_whoever_finishes_keeps_no_page_of_their_organisation(
    visitor: Browser, library: Kiosk
) -> None:
    form = (await visitor.get(f"{RESPOND}/organisation")).form("organisation-form")
    at_home = await form.fill(organisation="Town Council", name="Carys").submit()
    code = at_home.soup.select_one(".return-code")
    assert code is not None
    start_page = await begun(visitor, library)
    back = await start_page.follow("Go on with answers that you saved before")
    await back.form("come-back").fill(code=code.text).submit()
    page = await visitor.get(RESPOND)
    token = visitor.client.cookies[DRAFT]
    draft = await store.draft(token)
    assert draft is not None
    assert [each.editor for each in (await store.sections(draft)).values()] != [None]
    await page.form("finish").submit()
    assert await store.draft(token) is not None
    assert [each.editor for each in (await store.sections(draft)).values()] == [None]
    assert {DRAFT, MEMBER_COOKIE}.isdisjoint(visitor.client.cookies)
    assert (await visitor.get(f"{RESPOND}/organisation")).path == RESPOND


async def test_the_next_person_who_starts_lets_go_of_what_was_left(
    visitor: Browser, library: Kiosk
) -> None:
    await (await begun(visitor, library)).form("answers").fill(rides="no").submit()
    token = visitor.client.cookies[DRAFT]
    page = await begun(visitor, library)
    assert not page.soup.select("input[checked]")
    assert await store.draft(token) is None


async def test_every_page_at_a_kiosk_is_kept_nowhere_and_leads_nowhere_else(
    visitor: Browser, library: Kiosk
) -> None:
    first = await begun(visitor, library)
    second = await first.form("answers").fill(rides="no").submit()
    check = await visitor.get(f"{RESPOND}/check")
    later = await visitor.get(f"{RESPOND}/later")
    about = await first.follow("Back")
    assert about.path == f"/consultations/{SLUG}"
    held = (f"/consultations/{SLUG}", "/accessibility", "/privacy", "/cookies", "#", "?")
    for page in (first, second, check, later, about, await visitor.get("/privacy")):
        addresses = [str(each["href"]) for each in page.soup.select("a[href]")]
        assert [each for each in addresses if not each.startswith(held) or ".pdf" in each] == []
        assert page.response.headers["cache-control"] == "no-store", page.path
        assert page.soup.select_one("form#finish") is not None, page.path
        assert not page.soup.select("a[href^='/officer'], header a"), page.path
        forms = page.soup.select("form")
        assert [each.get("autocomplete") for each in forms] == ["off"] * len(forms)
        told = {each.get("autocomplete", "off") for each in page.soup.select("input, textarea")}
        assert told <= {"off"}, page.path


async def test_a_closed_consultation_says_so_at_its_kiosk(visitor: Browser, library: Kiosk) -> None:
    await surveys.close_round(SLUG, by=BY, now=now())
    page = await visitor.get(start(library))
    assert "This consultation takes no answers now." in page.text
    assert not page.soup.select("button[name=language]")


async def test_a_pause_at_a_kiosk_promises_no_answers_without_a_code(
    visitor: Browser, library: Kiosk
) -> None:
    page = await (await begun(visitor, library)).form("answers").fill(rides="no").submit()
    await surveys.pause_round(SLUG, reason="Elections are on.", by=BY, now=now())
    page = await visitor.get(RESPOND)
    assert "Get a code for them before you go" in page.text
    assert [each.text for each in page.soup.select("main a")] == ["Get a code to come back with"]
    assert (await page.follow("Get a code to come back with")).soup.select_one(".return-code")


async def test_a_kiosk_of_another_consultation_marks_nothing(
    visitor: Browser, library: Kiosk
) -> None:
    parks = await opened(slug="parks", now=now() - timedelta(days=1))
    visitor.client.cookies.set(DEVICE, f"parks.{library.code}")
    page = (
        await (await visitor.get("/consultations/parks/respond"))
        .form("answers")
        .fill(rides="no")
        .submit()
    )
    while "Check your answers" not in page.heading:
        page = await page.form("answers").submit()
    await page.form("send").submit()
    assert len(await store.coded_rows(parks.id)) == 1
    assert (await store.kiosks(library.consultation_id))[0].responses == 0
