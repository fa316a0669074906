"""The blank page kept as bytes: the same page in every form, and never one that is out of date."""

import asyncio
import gzip
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar

from app import clock
from app.database import engine
from app.security import HEADERS
from responses.pages.blank import takes_gzip
from responses.pages.journey import COOKIE
from surveys import store as surveys
from surveys.ordering import ORDERINGS
from tests.browsing import Browser
from tests.responses.asking import BY, QUESTIONNAIRE, SLUG, opened
from tests.responses.test_answering import RESPOND, first_page
from tests.responses.test_corrected import correct, reworded

LONG_ENOUGH = 1.1
SHUFFLED = {
    "title": "Which first?",
    "languages": ["en"],
    "pages": [
        {
            "title": "One",
            "questions": [
                {
                    "key": "pick",
                    "type": "single",
                    "text": "Which?",
                    "random_order": True,
                    "options": [{"value": f"o{n}", "text": f"Choice {n}"} for n in range(6)],
                }
            ],
        }
    ],
}


@contextmanager
def counting(application: Litestar) -> Iterator[list[str]]:
    """The paths that went through the application, so were not answered with what is kept."""
    passed: list[str] = []
    through = application.asgi_handler

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope["path"])
        await through(scope, receive, send)

    application.asgi_handler = counted
    yield passed
    application.asgi_handler = through


async def test_it_is_made_once_however_many_ask_at_the_same_time(
    visitor: Browser, application: Litestar
) -> None:
    await opened(now=clock.now())
    with counting(application) as passed:
        pages = await asyncio.gather(*(visitor.get(RESPOND) for _ in range(8)))
    assert len({page.response.content for page in pages}) == 1
    assert {page.status_code for page in pages} == {200}
    assert passed == [RESPOND]


async def test_compressed_and_plain_are_the_same_page(visitor: Browser) -> None:
    await opened(now=clock.now())
    plain = await raw(visitor, **{"Accept-Encoding": "identity"})
    zipped = await raw(visitor, **{"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(zipped[1]) == plain[1]
    assert zipped[0]["content-encoding"] == "gzip"
    assert "content-encoding" not in plain[0]
    assert zipped[0]["etag"] != plain[0]["etag"]
    for headers, body in (plain, zipped):
        assert headers["content-length"] == str(len(body))
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert {"Cookie", "Accept-Encoding"} <= set(headers["vary"].split(", "))
        assert headers["cache-control"] == "no-cache"
        assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        (b"gzip", True),
        (b"br, GZIP;q=0.5", True),
        (b"deflate, *", True),
        (b"*;q=0", False),
        (b"gzip;q=0, *", False),
        (b"gzip; q=0.000", False),
        (b"identity", False),
        (b"", False),
    ],
)
def test_compression_is_used_only_where_it_is_accepted(accepted: bytes, taken: bool) -> None:
    assert takes_gzip(accepted) is taken


async def test_whoever_has_the_page_is_not_sent_it_again(visitor: Browser) -> None:
    await opened(now=clock.now())
    tags = [(await raw(visitor, **{"Accept-Encoding": each}))[0]["etag"] for each in ("gzip", "")]
    for known in (*tags, f"W/{tags[0]}", f'"other", {tags[1]}', "*"):
        page = await visitor.get(RESPOND, headers={"If-None-Match": known})
        assert (page.status_code, page.response.content) == (304, b"")
        assert "content-length" not in page.response.headers
    for unknown in ('"other"', tags[0][:-3]):
        again = await visitor.get(RESPOND, headers={"If-None-Match": unknown})
        assert again.status_code == 200


async def test_its_headers_forbid_what_those_of_every_page_forbid(visitor: Browser) -> None:
    await opened(now=clock.now())
    made = await visitor.get(RESPOND)
    kept = await visitor.get(RESPOND)
    known = await visitor.get(RESPOND, headers={"If-None-Match": kept.response.headers["etag"]})
    for page in (made, kept, known):
        assert HEADERS.items() <= {name: page.response.headers[name] for name in HEADERS}.items()


async def test_a_head_says_how_long_the_page_is_and_sends_none_of_it(visitor: Browser) -> None:
    await opened(now=clock.now())
    for _ in ("made", "kept"):
        head = await visitor.client.head(RESPOND)
        page = await visitor.get(RESPOND)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == page.response.headers["etag"]
        assert head.headers["content-length"] == page.response.headers["content-length"]


async def test_each_language_has_its_page_and_an_unknown_one_the_first(visitor: Browser) -> None:
    await opened(now=clock.now())
    for _ in ("made", "kept"):
        assert (await visitor.get(f"{RESPOND}?lang=cy")).heading == "Amdanoch chi"
        assert (await visitor.get(f"{RESPOND}?lang=en")).heading == "About you"
        assert (await visitor.get(f"{RESPOND}?lang=xx")).heading == "About you"
        assert (await visitor.get(RESPOND)).heading == "About you"


async def test_an_address_with_more_in_it_goes_through_the_application(
    visitor: Browser, application: Litestar
) -> None:
    await opened(now=clock.now())
    await visitor.get(RESPOND)
    with counting(application) as passed:
        for query in ("?lang=en&x=1", "?x=1", "?lang=xx"):
            assert (await visitor.get(RESPOND + query)).status_code == 200
    assert len(passed) == 3


async def test_whoever_has_begun_sees_their_answers_and_others_a_blank_page(
    visitor: Browser, application: Litestar
) -> None:
    await opened(now=clock.now())
    other = Browser(application)
    await other.get(RESPOND)
    await first_page(visitor)
    mine = await visitor.get(RESPOND)
    assert mine.form().values["rides"] == ["yes"]
    assert mine.response.headers["cache-control"] == "no-store"
    assert (await other.get(RESPOND)).form().values["rides"] == []
    await other.close()


async def test_the_cookie_of_a_draft_never_meets_what_is_kept_but_others_do(
    visitor: Browser, application: Litestar
) -> None:
    await opened(now=clock.now())
    await visitor.get(RESPOND)
    with counting(application) as passed:
        for cookie in (f"{COOKIE}=gone", f"a=b; {COOKIE}=gone"):
            await visitor.get(RESPOND, headers={"Cookie": cookie})
        assert len(passed) == 2
        await visitor.get(RESPOND, headers={"Cookie": "_ga=GA1.2; theme=dark"})
        assert len(passed) == 2


async def test_it_ends_in_the_second_in_which_the_round_closes(visitor: Browser) -> None:
    consultation = await opened(now=clock.now(), closes_in=timedelta(seconds=1.5))
    closes_at = consultation.rounds[0].closes_at
    assert closes_at is not None
    assert (await visitor.get(RESPOND)).status_code == 200
    await asyncio.sleep((closes_at - clock.now()).total_seconds() + 0.01)
    closed = await visitor.get(RESPOND)
    assert (closed.status_code, closed.heading) == (409, "This consultation has closed")


async def test_pausing_and_opening_again_are_noticed_at_once(visitor: Browser) -> None:
    await opened(now=clock.now())
    assert (await visitor.get(RESPOND)).status_code == 200
    await surveys.pause_round(SLUG, reason="Elections are on.", by=BY, now=clock.now())
    assert "Elections are on." in (await visitor.get(RESPOND)).text
    await surveys.open_round(SLUG, by=BY, now=clock.now())
    assert (await visitor.get(RESPOND)).status_code == 200
    await surveys.close_round(SLUG, by=BY, now=clock.now())
    assert (await visitor.get(RESPOND)).status_code == 409


async def test_a_corrected_version_is_asked_at_once(visitor: Browser) -> None:
    await opened(now=clock.now())
    before = await visitor.get(RESPOND)
    await correct(rides=reworded("Do you take the bus?"))
    after = await visitor.get(RESPOND, headers={"If-None-Match": before.response.headers["etag"]})
    assert after.status_code == 200
    assert "Do you take the bus?" in after.text


async def test_what_changes_nothing_on_the_page_leaves_its_tag(
    visitor: Browser, application: Litestar
) -> None:
    await opened(now=clock.now())
    tag = (await visitor.get(RESPOND)).response.headers["etag"]
    found = await surveys.consultation(SLUG)
    await surveys.change_about(SLUG, about=found.about, caveat="New.", by=BY, now=clock.now())
    with counting(application) as passed:
        again = await visitor.get(RESPOND, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert passed == [RESPOND]


async def test_what_another_process_changes_is_noticed_within_about_a_second(
    visitor: Browser, sqlite_url: str
) -> None:
    await opened(now=clock.now())
    assert (await visitor.get(RESPOND)).status_code == 200
    number = engine().changes.number
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as elsewhere, elsewhere:
        elsewhere.execute("UPDATE round SET state = 'paused', pause_reason = 'Flood.'")
    assert engine().changes.number == number
    await asyncio.sleep(LONG_ENOUGH)
    assert "Flood." in (await visitor.get(RESPOND)).text
    posted = await visitor.post(RESPOND, {"rides": "yes"})
    assert posted.status_code == 409


async def test_orders_vary_and_whoever_loads_again_sees_theirs(visitor: Browser) -> None:
    await opened(SHUFFLED, now=clock.now())
    pages = [await visitor.get(RESPOND) for _ in range(40)]
    tags = {page.response.headers["etag"]: page for page in pages}
    assert 1 < len(tags) <= ORDERINGS
    assert len({tuple(options(page)) for page in tags.values()}) > 1
    for tag, page in tags.items():
        assert page.form().values["_ordering"] == [tag.strip('"').split("-")[1]]
        again = await visitor.get(RESPOND, headers={"If-None-Match": tag})
        assert again.status_code == 304


async def test_a_page_seen_again_after_a_correction_keeps_its_order(visitor: Browser) -> None:
    await opened(SHUFFLED, now=clock.now())
    first = await visitor.get(RESPOND)
    await correct(pick=reworded("Which one?"))
    again = await visitor.get(RESPOND, headers={"If-None-Match": first.response.headers["etag"]})
    assert "Which one?" in again.text
    assert options(again) == options(first)


async def test_it_is_logged_like_every_request_without_its_address(
    visitor: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    await opened(now=clock.now())
    tag = (await visitor.get(RESPOND)).response.headers["etag"]
    await asyncio.sleep(0)
    capsys.readouterr()
    await visitor.get(RESPOND)
    await visitor.get(RESPOND, headers={"If-None-Match": tag})
    await asyncio.sleep(0)
    told = capsys.readouterr().err
    lines = [json.loads(line) for line in told.splitlines()]
    assert [line["status"] for line in lines] == [200, 304]
    assert {line["route"] for line in lines} == {"/consultations/{slug}/respond"}
    assert {line["event"] for line in lines} == {"request"}
    assert SLUG not in told


async def test_an_address_of_nothing_is_not_found(visitor: Browser) -> None:
    for path in ("/consultations/nowhere/respond", "/consultations/a/b/respond", "/x/respond"):
        assert (await visitor.get(path)).status_code == 404


async def test_a_round_that_opens_later_is_asked_then(visitor: Browser) -> None:
    document = json.dumps(QUESTIONNAIRE).encode()
    await surveys.create_consultation(document, slug=SLUG, by=BY, now=clock.now())
    opens_at = clock.now() + timedelta(seconds=1)
    await surveys.schedule_round(SLUG, opens_at=opens_at, by=BY, now=clock.now())
    assert (await visitor.get(RESPOND)).status_code == 409
    await asyncio.sleep((opens_at - clock.now()).total_seconds() + 0.01)
    assert (await visitor.get(RESPOND)).status_code == 200


async def raw(visitor: Browser, **headers: str) -> tuple[Any, bytes]:
    """The headers and the bytes as they were sent."""
    async with visitor.client.stream("GET", RESPOND, headers=headers) as response:
        return response.headers, b"".join([part async for part in response.aiter_raw()])


def options(page: Any) -> list[str]:
    return [str(each["value"]) for each in page.soup.select("input[name=pick]")]
