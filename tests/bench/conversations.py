"""What a bench's clients say: read the blank page, send one response as JSON, or by the page."""

from collections.abc import Callable
from itertools import chain
from urllib.parse import urlencode

import msgspec

from tests.bench.load import DONE, Conversation, Unexpected

SLUG = "bench"
PAGE = f"/consultations/{SLUG}/respond"
API = f"/api/consultations/{SLUG}/responses"
CLOSED = [f"q{number}" for number in range(19)]
DOCUMENT = {
    "title": "What should happen to the village hall",
    "languages": ["en"],
    "layout": "single",
    "pages": [
        {
            "title": "Your views",
            "questions": [
                *(
                    {
                        "key": key,
                        "type": "likert",
                        "scale": "agreement",
                        "text": f"{number}. The hall is somewhere that people like us can use",
                    }
                    for number, key in enumerate(CLOSED, start=1)
                ),
                {"key": "why", "type": "long_text", "text": "Why?"},
            ],
        }
    ],
}
WORDS = "We run a lunch club in the village hall and would like to know what happens next. " * 3
ANSWERS = {**dict.fromkeys(CLOSED, "agree"), "why": WORDS}
# What a browser of today sends along, cookies apart.
BROWSER = {
    "Host": "127.0.0.1",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
}


def read_page() -> Conversation:
    yield from _read(_request("GET", PAGE, BROWSER))


def read_page_uncompressed() -> Conversation:
    plain = {name: value for name, value in BROWSER.items() if name != "Accept-Encoding"}
    yield from _read(_request("GET", PAGE, plain))


def _read(request: bytes) -> Conversation:
    while True:
        answer = yield request
        _expect(answer, b"200")
        yield DONE


def send_as_json() -> Conversation:
    body = msgspec.json.encode({"answers": ANSWERS})
    request = _request("POST", API, {"Host": "x", "Content-Type": "application/json"}, body)
    while True:
        answer = yield request
        _expect(answer, b"201")
        yield DONE


def send_by_page() -> Conversation:
    """The two posts of somebody who answers everything on one page and sends it; the page to check
    the answers on is not read, since rendering it would hide what storing costs."""
    while True:
        kept = yield KEEPING
        _expect(kept, b"303")
        sent = yield _request("POST", f"{PAGE}/check", POSTING | _cookie(kept))
        _expect_receipt(sent)
        yield DONE


def answer_and_send() -> Conversation:
    """All that a person does: open the blank page, answer it, check the answers, send them."""
    while True:
        blank = yield _request("GET", PAGE, BROWSER)
        _expect(blank, b"200")
        kept = yield KEEPING
        _expect(kept, b"303")
        cookie = _cookie(kept)
        checked = yield _request("GET", f"{PAGE}/check", BROWSER | cookie)
        _expect(checked, b"200")
        seen = _between(checked, b'name="_seen" value="', b'"')
        sending = urlencode({"_seen": seen}).encode()
        sent = yield _request("POST", f"{PAGE}/check", POSTING | cookie, sending)
        _expect_receipt(sent)
        yield DONE


def _expect_receipt(sent: bytes) -> None:
    _expect(sent, b"303")
    if b"/receipts/" not in sent:
        raise Unexpected(sent[:200])


def _request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    length = {"Content-Length": str(len(body))} if method == "POST" else {}
    lines = (f"{name}: {value}" for name, value in (headers | length).items())
    head = chain([f"{method} {path} HTTP/1.1"], lines, ["", ""])
    return "\r\n".join(head).encode() + body


def _expect(answer: bytes, status: bytes) -> None:
    if answer[9:12] != status:
        raise Unexpected(answer[:200])


def _cookie(answer: bytes) -> dict[str, str]:
    """What a browser sends back from now on."""
    return {"Cookie": f"hearback_draft={_between(answer, b'hearback_draft=', b';')}"}


def _between(words: bytes, start: bytes, end: bytes) -> str:
    return words.partition(start)[2].partition(end)[0].decode()


POSTING = BROWSER | {
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": "application/x-www-form-urlencoded",
}
KEEPING = _request("POST", PAGE, POSTING, urlencode(ANSWERS | {"_version": "1"}).encode())
EVERY = (read_page, read_page_uncompressed, send_as_json, send_by_page, answer_and_send)
BY_NAME: dict[str, Callable[[], Conversation]] = {each.__name__: each for each in EVERY}
