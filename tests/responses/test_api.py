"""The API: 201 only once stored, errors by question, retries that are safe."""

from typing import Any

import pytest

from app import clock
from responses import store
from responses.tables import PrivateAnswerRow, ResponseRow, TextAnswerRow
from surveys import store as surveys
from tests.browsing import Browser, Page
from tests.responses.asking import ANSWERS, BY, SLUG, but, opened

ADDRESS = f"/api/consultations/{SLUG}/responses"


async def send(
    visitor: Browser, answers: Any = ANSWERS, *, key: str | None = None, **also: Any
) -> Page:
    headers = {} if key is None else {"Idempotency-Key": key}
    return await visitor.post(ADDRESS, json={"answers": answers, **also}, headers=headers)


async def test_a_response_is_stored_and_its_receipt_given(visitor: Browser) -> None:
    await opened(now=clock.now())
    answer = await send(visitor)
    assert answer.status_code == 201
    assert set(answer.json()) == {"receipt"}
    found = await store.response_by_receipt(answer.json()["receipt"], private=True)
    assert found is not None
    assert (found.answers, found.channel) == (ANSWERS, "api")


async def test_errors_name_the_question_and_nothing_is_stored(visitor: Browser) -> None:
    await opened(now=clock.now())
    wrong = but(rides=None, often="sometimes", views={"fewer": "perhaps"}, colour="red")
    answer = await send(visitor, wrong)
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert {error["question"] for error in errors} == {"rides", "views.fewer", "colour"}
    assert all(error["message"] for error in errors)
    assert await counts() == (0, 0, 0)


async def test_a_text_of_a_million_characters_is_an_error(visitor: Browser) -> None:
    await opened(now=clock.now())
    answer = await send(visitor, but(why="x" * 1_000_000))
    assert answer.status_code == 422
    assert [error["question"] for error in answer.json()["errors"]] == ["why"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"answers": {"why": "\\ud800"}}', 400),
        (b"[]", 422),
        (b'{"answers": []}', 422),
        (b'{"answers": null}', 422),
        (b"{}", 422),
        (b'{"answers": {}, "more": 1}', 422),
        (b'{"answers": {"rides": {"a": {"b": []}}}}', 422),
        (b'{"answers": {"rides": 1e400}}', 422),
        (b'{"answers": {"why": ' + b"[" * 50_000 + b"}}", 400),
    ],
)
async def test_wrong_json_has_a_clear_answer(visitor: Browser, body: bytes, status: int) -> None:
    await opened(now=clock.now())
    response = await visitor.client.post(ADDRESS, content=body)
    assert response.status_code == status
    assert response.json()["errors"][0]["message"]
    assert await ResponseRow.count() == 0


async def test_a_body_over_the_limit_is_413(visitor: Browser) -> None:
    await opened(now=clock.now())
    response = await visitor.client.post(ADDRESS, content=b" " * (9 * 1024 * 1024))
    assert response.status_code == 413
    assert response.json()["error"]


async def test_answers_that_the_route_hides_are_dropped_and_named(visitor: Browser) -> None:
    await opened(now=clock.now())
    answer = await send(visitor, but(rides="no"))
    assert answer.status_code == 201
    assert answer.json()["dropped"] == ["often"]


async def test_without_a_key_every_post_is_a_new_response(visitor: Browser) -> None:
    await opened(now=clock.now())
    receipts = {(await send(visitor)).json()["receipt"] for _ in range(2)}
    assert len(receipts) == 2


async def test_a_retry_under_the_same_key_is_stored_once(visitor: Browser) -> None:
    await opened(now=clock.now())
    answers = [await send(visitor, key="letter-17") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.json()["receipt"] for answer in answers}) == 1
    assert await ResponseRow.count() == 1


async def test_other_answers_under_the_same_key_are_409(visitor: Browser) -> None:
    await opened(now=clock.now())
    await send(visitor, key="letter-17")
    answer = await send(visitor, but(town="Dover"), key="letter-17")
    assert answer.status_code == 409
    assert await ResponseRow.count() == 1


async def test_a_key_belongs_to_one_consultation(visitor: Browser) -> None:
    await opened(now=clock.now())
    await opened(now=clock.now(), slug="another")
    first = await send(visitor, key="letter-17")
    headers = {"Idempotency-Key": "letter-17"}
    second = await visitor.post(
        "/api/consultations/another/responses", json={"answers": ANSWERS}, headers=headers
    )
    assert second.status_code == 201
    assert first.json()["receipt"] != second.json()["receipt"]


async def test_a_key_is_not_stored_in_the_clear(visitor: Browser) -> None:
    await opened(now=clock.now())
    await send(visitor, key="letter-17")
    [row] = await ResponseRow.select()
    assert not any("letter-17" in str(value) for value in row.values())


@pytest.mark.parametrize("key", ["", " ", "x" * 256])
async def test_a_key_that_cannot_be_one_is_refused(visitor: Browser, key: str) -> None:
    await opened(now=clock.now())
    assert (await send(visitor, key=key)).status_code == 400
    assert await ResponseRow.count() == 0


async def test_a_closed_round_is_409_but_a_retry_learns_its_receipt(visitor: Browser) -> None:
    await opened(now=clock.now())
    first = await send(visitor, key="letter-17")
    await surveys.close_round(SLUG, by=BY, now=clock.now())
    refused = await send(visitor)
    assert refused.status_code == 409
    assert "closed" in refused.json()["error"]
    again = await send(visitor, key="letter-17")
    assert (again.status_code, again.json()) == (201, first.json())
    assert (await send(visitor, but(town="Dover"), key="letter-17")).status_code == 409
    assert await ResponseRow.count() == 1


async def test_an_unknown_consultation_is_404(visitor: Browser) -> None:
    answer = await visitor.post("/api/consultations/nowhere/responses", json={"answers": {}})
    assert answer.status_code == 404


async def counts() -> tuple[int, int, int]:
    return (
        await ResponseRow.count(),
        await TextAnswerRow.count(),
        await PrivateAnswerRow.count(),
    )


async def test_the_api_describes_itself(visitor: Browser) -> None:
    schema = (await visitor.get("/api/schema/openapi.json")).json()
    sending = schema["paths"]["/api/consultations/{slug}/responses"]["post"]
    assert {"201", "400", "404", "409", "413", "422"} <= set(sending["responses"])
    body = sending["requestBody"]["content"]["application/json"]["schema"]
    assert body["required"] == ["answers"]
    assert "Idempotency-Key" in {each["name"] for each in sending["parameters"]}
