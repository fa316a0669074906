"""A letter is queued with its change, sent once, tried again in vain, and then given up."""

import asyncio
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from app.clock import now
from app.database import transaction
from app.mail.pauses import PAUSES, next_try
from app.mail.post import sender_of
from app.mail.sending import run_outbox
from app.mail.store import hand_over, queue_mail, send_waiting, waiting
from app.mail.tables import MailRow
from app.settings import load_settings, settings, use_settings
from tests.app.mail.server import mail_server

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TO = "ada@example.org"


@pytest.fixture(autouse=True)
def known_settings(tmp_path: Path) -> None:
    use_settings(load_settings({"HEARBACK_DATA_DIR": str(tmp_path)}))


@pytest.fixture
def server_away() -> None:
    use_server("smtp://127.0.0.1:1")


def use_server(url: str) -> None:
    use_settings(msgspec.structs.replace(settings(), smtp_url=url))


async def queue(text: str = "Open https://example.org/secret") -> None:
    async with transaction():
        await queue_mail(TO, "Llythyr i’r tŷ\nBcc: all@example.org", text)


def test_pauses_grow_and_end() -> None:
    moments = [next_try(tries, NOON) for tries in range(1, len(PAUSES) + 1)]
    assert moments == sorted(moment for moment in moments if moment)
    assert next_try(len(PAUSES) + 1, NOON) is None


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("smtp://mail.example.org", "no-reply@consult.example.org"),
        ("smtp://mail.example.org?from=desk@example.org", "desk@example.org"),
    ],
)
def test_the_sender_is_named_in_the_address_or_is_no_reply(url: str, sender: str) -> None:
    assert sender_of(urlsplit(url), "https://consult.example.org:8000") == sender


@pytest.mark.usefixtures("database")
async def test_a_letter_goes_when_its_change_is_rolled_back() -> None:
    async def fail() -> None:
        async with transaction():
            await queue_mail(TO, "subject", "text")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await waiting() == ()


@pytest.mark.usefixtures("database")
async def test_without_a_mail_server_letters_wait() -> None:
    await queue()
    assert await send_waiting() == 0
    assert [one.mail.recipient for one in await waiting()] == [TO]


@pytest.mark.usefixtures("database")
async def test_a_letter_arrives_whole_once_and_leaves_nothing_private() -> None:
    await queue("Cliciwch yma:\n\nhttps://example.org/" + "x" * 90)
    async with mail_server() as kept:
        use_server(kept.url)
        counts = await asyncio.gather(*(send_waiting() for _ in range(5)))
    assert sum(counts) == len(kept.letters) == 1
    letter = message_from_string(kept.letters[0], policy=policy.default)
    assert (letter["To"], letter["From"]) == (TO, "desk@example.org")
    assert letter["Subject"] == "Llythyr i’r tŷ Bcc: all@example.org"
    assert letter["Bcc"] is None
    assert "https://example.org/" + "x" * 90 in letter.get_content()
    assert TO not in str(await MailRow.select())
    assert "example.org/" not in str(await MailRow.select(MailRow.text, MailRow.html))
    assert await waiting() == ()


@pytest.mark.usefixtures("database", "server_away")
async def test_when_the_server_is_away_the_letter_waits_and_is_tried_later() -> None:
    await queue()
    assert await send_waiting() == 0
    (one,) = await waiting()
    assert one.trouble == "The mail server could not be reached"
    assert one.try_at is not None
    assert timedelta(0) < one.try_at - now() <= PAUSES[0]
    assert await send_waiting() == 0
    assert (await waiting())[0].tries == 1


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("answer", "again"), [("451 later", True), ("550 who?", False)])
async def test_only_a_refusal_for_good_ends_the_tries(answer: str, again: bool) -> None:
    await queue()
    async with mail_server(answer) as kept:
        use_server(kept.url)
        assert await send_waiting() == 0
    (one,) = await waiting()
    assert one.trouble == f"The mail server refused it with code {answer[:3]}"
    assert (one.try_at is not None) == again


@pytest.mark.usefixtures("database", "server_away")
async def test_a_letter_is_given_up_after_the_last_pause() -> None:
    await queue()
    for _ in range(len(PAUSES) + 1):
        await MailRow.update({MailRow.try_at: now()}, force=True)
        await send_waiting()
    (one,) = await waiting()
    assert (one.tries, one.try_at) == (len(PAUSES) + 1, None)


@pytest.mark.usefixtures("database")
async def test_a_letter_that_was_handed_over_is_gone() -> None:
    await queue()
    (one,) = await waiting()
    await hand_over(one.id, by="boss@example.org", at=NOON)
    assert await waiting() == ()
    assert "secret" not in str(await MailRow.select())


@pytest.mark.usefixtures("database")
async def test_the_task_beside_the_server_sends_and_stops_when_told() -> None:
    await queue()
    stop = asyncio.Event()
    async with mail_server() as kept:
        use_server(kept.url)
        task = asyncio.create_task(run_outbox(stop))
        await asyncio.wait_for(kept.arrived.wait(), 5)
        stop.set()
        await asyncio.wait_for(task, 5)
    assert len(kept.letters) == 1
