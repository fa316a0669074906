"""Cross-site posts are refused, officers' posts need their token, and browsers are told so."""

from collections.abc import Mapping

import msgspec
import pytest
from litestar import Litestar, Request, Response, get, post

from app.main import create_app
from app.settings import settings
from tests.assembled import Pages
from tests.browsing import Browser

OURS = "http://127.0.0.1:8000"
PAGES = ("/cookies", "/nowhere", "/health/live", "/static/hearback.css", "/officer/nowhere")


@post("/public-form")
async def public() -> str:
    return "saved"


@post("/officer/form")
async def officers(request: Request) -> str:  # type: ignore[type-arg]
    return f"saved {(await request.form())['name']}"


@get("/officer/form")
async def blank(request: Request) -> Response[str]:  # type: ignore[type-arg]
    return Response("", headers={"Cache-Control": "private"})


@pytest.fixture
def added() -> Pages:
    return public, officers, blank


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_forbids_what_is_not_ours(visitor: Browser, path: str) -> None:
    headers = (await visitor.get(path)).response.headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


async def test_browsers_are_kept_to_https_where_the_site_has_it(application: Litestar) -> None:
    plain = await Browser(application).get("/cookies")
    assert "strict-transport-security" not in plain.response.headers
    secure = msgspec.structs.replace(settings(), base_url="https://consult.example.gov.uk")
    page = await Browser(create_app(secure)).get("/cookies")
    assert page.response.headers["strict-transport-security"] == "max-age=31536000"


async def test_officers_pages_are_not_stored_unless_they_say_so(visitor: Browser) -> None:
    missing = await visitor.get("/officer/nowhere")
    assert missing.response.headers["cache-control"] == "no-store"
    said = await visitor.get("/officer/form")
    assert said.response.headers["cache-control"] == "private"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OURS},
        {"Origin": "http://localhost:9000", "Host": "localhost:9000"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_our_own_pages_may_post(visitor: Browser, headers: Mapping[str, str]) -> None:
    page = await visitor.post("/public-form", headers=headers)
    assert (page.status_code, page.response.text) == (201, "saved")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "https://127.0.0.1:8000"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://127.0.0.1:8000.elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/public-form", "/officer/form"])
async def test_other_sites_may_not_post(
    visitor: Browser, path: str, headers: Mapping[str, str]
) -> None:
    page = await visitor.post(path, headers=headers)
    assert page.status_code == 403
    assert page.heading == "This was sent from another website"


async def test_an_officers_post_is_taken_with_the_token_of_the_session(officer: Browser) -> None:
    saved = await officer.post("/officer/form", {"name": "Ŵyl", "_csrf": await token_of(officer)})
    assert saved.response.text == "saved Ŵyl"


@pytest.mark.parametrize("token", [None, "", "0" * 64, "ŵ"])
async def test_an_officers_post_without_the_right_token_is_refused(
    officer: Browser, token: str | None
) -> None:
    fields = {"name": "x"} if token is None else {"name": "x", "_csrf": token}
    page = await officer.post("/officer/form", fields)
    assert page.status_code == 403
    assert page.heading == "This page was open for too long"


async def test_the_token_of_another_session_is_refused(officer: Browser, admin: Browser) -> None:
    page = await officer.post("/officer/form", {"name": "x", "_csrf": await token_of(admin)})
    assert page.status_code == 403


async def test_a_number_that_no_row_can_have_is_not_found(officer: Browser) -> None:
    page = await officer.get(f"/officer/consultations/parks/responses/{2**31}")
    assert (page.status_code, page.heading) == (404, "Page not found")


async def token_of(browser: Browser) -> str:
    """The token in the forms of a page that this browser may or may not see."""
    page = await browser.get("/officer/audit")
    return str(page.soup.select("input[name=_csrf]")[0]["value"])
