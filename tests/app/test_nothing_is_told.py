"""What people send reaches neither the log nor the page that says that something went wrong.

A canary stands in every field of every form of the demonstration, and in headers and addresses.
"""

import pytest
from bs4 import Tag
from litestar import Litestar

from tests.app.test_access import officers_addresses
from tests.browsing import Browser, FilledForm, Page, filled_in
from tests.journeys.test_every_page import addresses

CANARY = "canary7Q2M"
HEADERS = {
    "User-Agent": CANARY,
    "Referer": f"http://127.0.0.1:8000/receipts/{CANARY}",
    "Cookie": f"hearback_draft={CANARY}; other={CANARY}",
    "Accept-Language": CANARY,
    "Idempotency-Key": CANARY,
    "X-Forwarded-For": CANARY,
}


@pytest.fixture
def sqlite_url(demonstration_url: str) -> str:
    return demonstration_url


def with_canary(form: FilledForm) -> FilledForm:
    """The canary in every field that is typed into; what is chosen or hidden stays."""
    for name, fields in fields_of(form.tag).items():
        form.values[name] = filled_in(fields) if is_chosen(fields[0]) else [CANARY]
    return form


def fields_of(tag: Tag) -> dict[str, list[Tag]]:
    found: dict[str, list[Tag]] = {}
    for field in tag.select("input[name], select[name], textarea[name]"):
        found.setdefault(str(field["name"]), []).append(field)
    return found


def is_chosen(field: Tag) -> bool:
    return field.name == "select" or field.get("type") in ("hidden", "radio", "checkbox", "file")


async def send_every_form(page: Page) -> int:
    forms = [form for form in page.soup.select("main form") if form.get("method") == "post"]
    for form in forms:
        await with_canary(FilledForm(page, form)).submit(follow=False)
    return len(forms)


@pytest.mark.usefixtures("publisher")
async def test_nothing_that_anyone_types_reaches_the_log(
    application: Litestar, admin: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = 0
    for template, address in (await addresses(application)).items():
        # Its forms would end the session of this test, or the demonstration's own.
        if "/sign-" not in template:
            sent += await send_every_form(await admin.get(f"{address}?q={CANARY}"))
    told = capsys.readouterr().err
    assert sent > 40
    assert told.count('"event": "request"') > sent
    assert CANARY not in told
    assert "@" not in told


async def test_nothing_in_headers_addresses_or_bodies_reaches_the_log(
    application: Litestar, visitor: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (f"/{CANARY}", f"/receipts/{CANARY}", f"/consultations/{CANARY}?{CANARY}"):
        assert (await visitor.get(path, headers=HEADERS)).status_code == 404
    library = "/consultations/library-hours"
    for body in ({"answers": {CANARY: CANARY}}, {CANARY: CANARY}, CANARY):
        answer = await visitor.post(f"/api{library}/responses", json=body, headers=HEADERS)
        assert 400 <= answer.status_code < 500
    for path in (f"{library}/respond", f"{library}/respond/check", "/receipts"):
        await visitor.post(path, {CANARY: CANARY}, headers=HEADERS)
    for method, template in officers_addresses(application):
        if method == "POST":
            await visitor.post(template, {CANARY: CANARY}, headers=HEADERS)
    assert CANARY not in capsys.readouterr().err


async def test_pages_that_say_no_do_not_repeat_what_was_sent(visitor: Browser) -> None:
    for path in (f"/{CANARY}", f"/consultations/{CANARY}", f"/api/{CANARY}"):
        page = await visitor.get(f"{path}?{CANARY}", headers=HEADERS)
        assert page.status_code == 404
        assert CANARY not in page.response.text
        assert "Traceback" not in page.response.text
