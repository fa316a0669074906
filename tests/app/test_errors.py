"""What was not done is said in one place: in words, with the right status, giving nothing away."""

import json

import pytest
from litestar import Litestar, get, post
from litestar.params import FromPath

from app.problems import Refusal
from tests.assembled import Pages
from tests.browsing import Browser

SECRET = "my neighbour at number 12"


class RoundClosed(Refusal):
    title = "This consultation is closed"


@get(["/closed", "/api/closed"])
async def closed() -> None:
    raise RoundClosed("It closed on 3 October 2021.")


@post(["/bug/{code:str}", "/api/bug/{code:str}"])
async def bug(code: FromPath[str]) -> None:
    raise RuntimeError(SECRET + code)


@pytest.fixture
def added() -> Pages:
    return closed, bug


async def test_a_refusal_is_a_page_with_its_own_words(visitor: Browser) -> None:
    page = await visitor.get("/closed")
    assert page.status_code == 409
    assert page.heading == "This consultation is closed"
    assert page.title == "This consultation is closed – Exampleshire Council"
    assert "It closed on 3 October 2021." in page.text


async def test_a_refusal_under_api_is_json(visitor: Browser) -> None:
    answer = await visitor.get("/api/closed")
    assert answer.status_code == 409
    assert answer.json() == {"error": "This consultation is closed. It closed on 3 October 2021."}


@pytest.mark.parametrize("path", ["/nowhere", "/officer/nowhere", "/static/nothing.css"])
async def test_a_missing_page_says_so(visitor: Browser, path: str) -> None:
    page = await visitor.get(path)
    assert (page.status_code, page.heading) == (404, "Page not found")


async def test_a_missing_address_under_api_is_json(visitor: Browser) -> None:
    answer = await visitor.get("/api/nowhere")
    assert answer.status_code == 404
    assert "Page not found" in answer.json()["error"]


async def test_a_page_that_takes_no_posts_says_so(visitor: Browser) -> None:
    page = await visitor.post("/cookies")
    assert (page.status_code, page.heading) == (405, "That cannot be done here")
    assert "GET" in page.response.headers["allow"]


async def test_a_bug_gives_a_reference_that_the_log_has_too(
    application: Litestar, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor = Browser(application, raise_bugs=False)
    page = await visitor.post("/bug/K7QF?q=hush", {"answer": "hush"}, headers={"Cookie": "c=hush"})
    assert page.status_code == 500
    assert page.heading == "Sorry, there is a problem"
    reference = page.soup.select_one("main strong")
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    bug = next(line for line in logged if line["event"] == "bug")
    assert reference is not None
    assert bug["reference"] == reference.text
    assert bug["route"] == "/bug/{code}"
    assert bug["error"] == "RuntimeError"
    assert any("test_errors.py" in place for place in bug["where"])


async def test_a_bug_gives_away_nothing_that_was_sent(
    application: Litestar, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor = Browser(application, raise_bugs=False)
    page = await visitor.post("/bug/K7QF?q=hush", {"answer": "hush"}, headers={"Cookie": "c=hush"})
    told = page.response.text + capsys.readouterr().err
    assert SECRET not in told
    assert "K7QF" not in told
    assert "hush" not in told


async def test_a_bug_under_api_is_json_with_its_reference(application: Litestar) -> None:
    answer = await Browser(application, raise_bugs=False).post("/api/bug/1", json={})
    assert answer.status_code == 500
    assert len(answer.json()["reference"]) == 8
    assert SECRET not in answer.response.text


async def test_an_officer_keeps_the_officers_layout(coder: Browser) -> None:
    page = await coder.get("/officer/audit")
    assert page.status_code == 403
    assert "coder@hearback.example" in page.text
    assert page.form("/officer/sign-out")
