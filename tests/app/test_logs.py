"""A line for each request says which route, how it went and how long it took; nothing personal."""

import json
from typing import Any, cast

import pytest

from app.logs import log_requests
from tests.browsing import Browser


async def test_a_request_is_logged_by_its_route_and_never_by_its_address(
    visitor: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    await visitor.get("/static/K7QF-2M9X?q=hush", headers={"Cookie": "c=hush"})
    (line,) = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert line.pop("ms") >= 0
    assert line.pop("timestamp")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "route": "/static/{path}",
        "status": 404,
    }


async def test_an_address_that_is_nowhere_is_not_logged_either(
    visitor: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    await visitor.get("/recipts/K7QF-2M9X-4TRD-8")
    told = capsys.readouterr().err
    assert "K7QF" not in told
    assert json.loads(told)["route"] is None


async def test_an_error_after_the_answer_began_is_logged_without_its_words(
    visitor: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    async def cut_off(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("hush")

    async def nobody(_: Any) -> None:
        """The browser has gone."""

    await log_requests(cut_off)(cast(Any, {"method": "GET"}), cast(Any, nobody), nobody)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["cut off", "request"]
    assert lines[0]["error"] == "RuntimeError"
    assert "hush" not in str(lines)
