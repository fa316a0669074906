"""Sending while very many do: nobody is turned away, and officers see everyone who was held up.

1. Below the limits nobody is asked for anything.
2. Above them a browser works for a moment, or its reader waits as long as the page says; then the
   answers go, whoever else is sending.
3. Work for one draft sends no other, and only the server's clock counts.
4. Whatever is done in whatever order: a receipt means one stored response that officers see.
"""

import json
import random
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from altcha import Challenge, Payload, solve_challenge
from litestar import Litestar

from app import clock
from app.settings import settings, use_settings
from responses import proof, store
from responses.pages import checking
from responses.pages.beginning import Turn, Turns, read_turn, turn_words
from responses.pages.pace import BEGINNING, EVERYONE, SENDING, SENDING_BY_ALL, Crowd, Gate, Line
from responses.proof import GOOD_FOR, LONGEST, Proof, proof_in, work_for
from responses.response import ANALYSED
from responses.tables import MarkRow, ResponseRow
from tests.browsing import Browser, Page
from tests.responses.asking import ANSWERS, NOW, QUESTIONNAIRE, SLUG, opened

RESPOND = f"/consultations/{SLUG}/respond"
DESK = f"/officer/consultations/{SLUG}/responses"
API = f"/api/consultations/{SLUG}/responses"
HERE = "127.0.0.1"
HELD_UP = "What held people up: how many were asked to wait, and how many responses were marked"
SECRET = b"s" * 32
A_SECOND = timedelta(seconds=1)


async def to_check(visitor: Browser, language: str = "en") -> Page:
    page = await visitor.get(f"{RESPOND}?lang={language}")
    return await page.form("answers").fill(rides="no", why="Late again.").submit()


async def asking() -> int:
    single = {**QUESTIONNAIRE, "layout": "single"}
    return (await opened(single, now=clock.now())).id


def gather(application: Litestar, *, at: str = HERE, all_over: bool = False) -> Crowd:
    """As many as cost nothing have just sent, from one network or from everywhere."""
    crowd = Crowd()
    gate = crowd.all if all_over else crowd.networks
    for _ in range(gate.pace.free):
        gate.note(EVERYONE if all_over else at, clock.now())
    application.state["crowd"] = crowd
    return crowd


def solved(work: str) -> str:
    challenge = Challenge.from_dict(json.loads(work))
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payload(challenge, solution).to_base64()


def work_on(page: Page) -> str:
    [place] = page.soup.select("[data-hold]")
    return str(place["data-hold"])


@pytest.fixture(autouse=True)
def easy_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a browser does in a moment takes Python seconds."""
    monkeypatch.setattr(proof, "ITERATIONS", 1)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """What is put in here is added to the server's clock."""
    added = [timedelta()]

    def moved() -> datetime:
        return clock.now() + added[0]

    monkeypatch.setattr(checking, "now", moved)
    return added


async def test_nobody_is_asked_for_anything_while_few_send(visitor: Browser) -> None:
    await asking()
    check = await to_check(visitor)
    assert not check.soup.select("[data-hold], [name=_work]")
    assert (await check.form("send").submit()).heading == "We have your answers"


@pytest.mark.parametrize("all_over", [False, True])
async def test_in_a_crowd_the_page_says_how_long_and_then_takes_the_answers(
    application: Litestar, visitor: Browser, later: list[timedelta], all_over: bool
) -> None:
    of = await asking()
    gather(application, all_over=all_over)
    check = await to_check(visitor)
    assert check.status_code == 200
    assert "can be sent in 30 seconds" in check.text
    early = await check.form("send").submit()
    assert early.status_code == 429
    assert 0 < int(early.response.headers["retry-after"]) <= 30
    assert "Yours are kept. Wait " in early.text
    assert await ResponseRow.count() == 0
    later[0] = Line.shortest + A_SECOND
    sent = await early.form("send").submit()
    assert sent.heading == "We have your answers"
    counts = await store.held_counts(of)
    assert (counts.drafts, counts.by_wait, counts.unsent) == (1, 1, 0)


async def test_looking_again_makes_the_wait_no_longer(
    application: Litestar, visitor: Browser, later: list[timedelta]
) -> None:
    await asking()
    gather(application)
    await to_check(visitor)
    later[0] = 29 * A_SECOND
    again = await visitor.get(f"{RESPOND}/check")
    assert "can be sent in 1 second" in again.text or "can be sent in 2 seconds" in again.text
    later[0] = 31 * A_SECOND
    over = await visitor.get(f"{RESPOND}/check")
    assert not over.soup.select("[data-hold]")
    assert (await over.form("send").submit()).heading == "We have your answers"


async def test_a_browser_that_works_need_not_wait(application: Litestar, visitor: Browser) -> None:
    of = await asking()
    gather(application)
    check = await to_check(visitor)
    sent = await check.form("send").fill(_work=solved(work_on(check))).submit()
    assert sent.heading == "We have your answers"
    assert (await store.held_counts(of)).by_work == 1


async def test_work_for_other_answers_is_refused_in_words_and_keeps_these(
    application: Litestar, visitor: Browser
) -> None:
    await asking()
    gather(application)
    check = await to_check(visitor)
    theirs = work_for(uuid4(), secret=settings().secret_key, now=clock.now())
    refused = await check.form("send").fill(_work=solved(theirs)).submit()
    assert refused.status_code == 429
    assert "What your browser worked out belongs to other answers." in refused.text
    assert not refused.soup.select("[data-again]")
    assert await ResponseRow.count() == 0
    sent = await refused.form("send").fill(_work=solved(work_on(refused))).submit()
    assert sent.heading == "We have your answers"


async def test_the_wait_is_said_in_welsh_and_arabic(
    application: Litestar, visitor: Browser
) -> None:
    single = {**QUESTIONNAIRE, "layout": "single", "languages": ["en", "cy", "ar"]}
    await opened(single, now=clock.now())
    gather(application)
    check = await to_check(visitor, "cy")
    assert "Mae llawer iawn o bobl yn anfon atebion ar hyn o bryd." in check.text
    check = await visitor.get(f"{RESPOND}/check?lang=ar")
    assert "يرسل عدد كبير جدًا من الناس إجاباتهم في هذه اللحظة." in check.text


async def test_limits_that_are_switched_off_hold_nobody_up(
    application: Litestar, visitor: Browser
) -> None:
    await asking()
    gather(application)
    use_settings(msgspec.structs.replace(settings(), rate_limits=False))
    check = await to_check(visitor)
    assert not check.soup.select("[data-hold]")
    assert (await check.form("send").submit()).heading == "We have your answers"
    assert (await visitor.post(API, json={"answers": ANSWERS}, headers={})).status_code == 201


async def test_programs_are_told_when_to_come_again_and_a_retry_is_not(
    application: Litestar, visitor: Browser
) -> None:
    of = await asking()
    key = {"Idempotency-Key": "one"}
    first = await visitor.post(API, json={"answers": ANSWERS}, headers=key)
    assert first.status_code == 201
    gather(application)
    held = await visitor.post(API, json={"answers": ANSWERS}, headers={})
    assert held.status_code == 429
    assert held.response.headers["retry-after"] == "1"
    assert held.json()["error"].startswith("Nothing was stored")
    again = await visitor.post(API, json={"answers": ANSWERS}, headers=key)
    assert again.json() == first.json()
    assert await ResponseRow.count() == 1
    assert (await store.held_counts(of)).api == 1


async def test_in_a_flood_from_everywhere_each_network_still_gets_in(
    application: Litestar, visitor: Browser
) -> None:
    await asking()
    gather(application, all_over=True)
    assert (await visitor.post(API, json={"answers": ANSWERS}, headers={})).status_code == 201
    assert (await visitor.post(API, json={"answers": ANSWERS}, headers={})).status_code == 429


async def test_too_many_beginnings_wait_once_and_keep_what_was_typed(
    application: Litestar, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = await asking()
    full = Gate(BEGINNING)
    for _ in range(BEGINNING.free + 20):
        full.note(HERE, clock.now())
    application.state["gates"] = {"beginning": full}
    page = await visitor.get(RESPOND)
    slowed = await page.form("answers").fill(rides="no").submit()
    assert slowed.status_code == 422
    assert "Wait 30 seconds" in slowed.summary[0]
    assert slowed.form("answers").values["rides"] == ["no"]
    early = await slowed.form("answers").submit()
    assert "Wait " in early.summary[0]
    take = Turns.take
    in_time = Line.shortest + A_SECOND
    monkeypatch.setattr(Turns, "take", lambda self, turn, now: take(self, turn, now + in_time))
    begun = await early.form("answers").submit()
    assert begun.heading == "Check your answers"
    assert (await store.held_counts(of)).beginnings == 2


def test_a_turn_is_taken_once_and_made_by_nobody_else() -> None:
    turns = Turns()
    turn = turns.give("a", NOW)
    assert turn.at == NOW + Line.shortest
    assert not turns.take(turn, NOW)
    assert read_turn(turn_words(turn)) == turn
    assert read_turn(turn_words(turn)[:-1]) is None
    assert read_turn(turn_words(Turn("x", NOW)).replace("x.", "y.", 1)) is None
    for odd in ("", ".", "..", "a.b.c", "a.99999999999999.c", "é.1.2"):
        assert read_turn(odd) is None
    assert turns.take(turn, turn.at)
    assert not turns.take(turn, turn.at)


def test_nobody_waits_longer_than_the_longest() -> None:
    line = Line()
    moments = [line.join("a", NOW) - NOW for _ in range(1000)]
    assert moments[0] == Line.shortest
    assert moments == sorted(moments)
    assert max(moments) == Line.longest
    assert line.join("b", NOW) - NOW == Line.shortest


def test_a_gate_slows_one_network_and_no_other() -> None:
    gate = Gate(msgspec.structs.replace(SENDING, free=3))
    assert [gate.wait("a", NOW) for _ in range(3)] == [None] * 3
    assert gate.is_full("a", NOW)
    assert gate.wait("a", NOW) == SENDING.first
    assert gate.wait("b", NOW) is None
    assert not gate.is_full("b", NOW)
    assert gate.wait("a", NOW + SENDING.first) is None
    assert gate.wait("a", NOW + SENDING.within + SENDING.longest) is None
    assert not gate.is_full("a", NOW + SENDING.within + SENDING.longest)


def test_a_crowd_elsewhere_holds_nobody_up_here() -> None:
    crowd = Crowd()
    for _ in range(SENDING.free):
        crowd.note("a", NOW)
    assert crowd.is_here("a", NOW)
    assert not crowd.is_here("b", NOW)
    for _ in range(SENDING_BY_ALL.free):
        crowd.all.note(EVERYONE, NOW)
    assert crowd.is_here("b", NOW)
    behind_own = [crowd.join("a", NOW) for _ in range(60)]
    assert crowd.join("b", NOW) < behind_own[-1]


class TestProof:
    def test_work_is_good_for_its_draft_alone_and_for_an_hour(self) -> None:
        mine, other = UUID(int=1), UUID(int=2)
        typed = solved(work_for(mine, secret=SECRET, now=clock.now()))
        assert proof_in(typed, mine, secret=SECRET) is Proof.GOOD
        assert proof_in(typed, other, secret=SECRET) is Proof.OF_OTHERS
        assert proof_in(typed, mine, secret=b"t" * 32) is Proof.WRONG
        nearly = solved(work_for(mine, secret=SECRET, now=clock.now() - GOOD_FOR + 60 * A_SECOND))
        assert proof_in(nearly, mine, secret=SECRET) is Proof.GOOD
        old = solved(work_for(mine, secret=SECRET, now=clock.now() - GOOD_FOR - A_SECOND))
        assert proof_in(old, mine, secret=SECRET) is Proof.LATE

    @pytest.mark.parametrize(
        "typed", ["x", "é", "e30=", "bnVsbA==", "W10=", "A" * (LONGEST + 1), "[" * 900]
    )
    def test_what_is_no_work_is_no_bug(self, typed: str) -> None:
        assert proof_in(typed, UUID(int=1), secret=SECRET) is Proof.WRONG

    def test_work_cannot_be_made_easier_or_longer_lived(self) -> None:
        typed = solved(work_for(UUID(int=1), secret=SECRET, now=clock.now()))
        for name, value in (
            ("expiresAt", 9_999_999_999),
            ("keyPrefix", ""),
            ("data", {"for": "x"}),
        ):
            payload = json.loads(b64decode(typed))
            payload["challenge"]["parameters"][name] = value
            changed = b64encode(json.dumps(payload).encode()).decode()
            assert proof_in(changed, UUID(int=1), secret=SECRET) is Proof.WRONG
        payload = json.loads(b64decode(typed))
        payload["solution"]["derivedKey"] = "00" * 32
        changed = b64encode(json.dumps(payload).encode()).decode()
        assert proof_in(changed, UUID(int=1), secret=SECRET) is Proof.WRONG


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_is_done_a_receipt_is_one_response_that_officers_see(
    application: Litestar, officer: Browser, later: list[timedelta], seed: int
) -> None:
    of = await asking()
    chance = random.Random(seed)
    browsers = [Browser(application) for _ in range(3)]
    sent: set[str] = set()
    marked = 0
    for _ in range(30):
        visitor = chance.choice(browsers)
        match chance.choice(("crowd", "flood", "quiet", "wait", "api", *["send"] * 6)):
            case "crowd":
                gather(application)
            case "flood":
                gather(application, all_over=True)
            case "quiet":
                application.state["crowd"] = Crowd()
            case "wait":
                later[0] += Line.shortest
            case "api":
                answer = await visitor.post(API, json={"answers": ANSWERS}, headers={})
                assert answer.status_code in (201, 429)
                sent |= {answer.json()["receipt"]} if answer.status_code == 201 else set()
            case _:
                trap = chance.choice(("", "https://spam.example"))
                receipts = await _sent_somehow(visitor, chance, trap)
                marked += len(receipts) if trap else 0
                sent |= receipts
    assert len(sent) > 3
    for receipt in sent:
        found = await store.response_by_receipt(receipt)
        assert found is not None
        assert found.status == ANALYSED
    assert await ResponseRow.count() == len(sent)
    assert await MarkRow.count() == marked == len(await store.marked_responses(of))
    page = await officer.get(DESK)
    assert f"{len(sent)} responses" in page.text
    for browser in browsers:
        await browser.close()


async def _sent_somehow(visitor: Browser, chance: random.Random, trap: str) -> set[str]:
    """The receipts that the visitor was led to."""
    page = await visitor.get(f"{RESPOND}/check")
    if page.heading != "Check your answers":
        page = await to_check(visitor)
    if chance.random() < 0.1:
        await page.form("discard").submit()
    work = solved(work_on(page)) if page.soup.select("[data-hold]") else ""
    others = solved(work_for(uuid4(), secret=settings().secret_key, now=clock.now()))
    form = page.form("send").fill(website=trap)
    if work:
        form = form.fill(_work=chance.choice(("", "x", others, work)))
    results = [await form.submit() for _ in range(chance.choice((1, 1, 2)))]
    paths = [page.path for page in results if page.path.startswith("/receipts/")]
    return {path.removeprefix("/receipts/") for path in paths}


async def test_officers_see_how_many_were_held_up_and_marked(
    application: Litestar, visitor: Browser, officer: Browser
) -> None:
    await asking()
    assert "What held people up" not in (await officer.get(DESK)).text
    gather(application)
    check = await to_check(visitor)
    await check.form("send").submit()
    page = await (await officer.get(DESK)).follow(HELD_UP)
    assert page.heading == "What held people up"
    lines = [words.get_text(" ", strip=True) for words in page.soup.select("dl div")]
    assert lines[0].startswith("People asked to wait, or to let their browser work 1")
    assert lines[4].startswith("Not sent yet 1")
    assert "No response was marked" in page.text
