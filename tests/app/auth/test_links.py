"""One-time links: once, for a while, and telling nobody which accounts there are."""

import asyncio
from datetime import timedelta

import pytest

from app.auth import store
from app.auth.refusals import (
    AccountDisabled,
    LinkSpent,
    NoSuchAccount,
    UnusableAccount,
    WrongPassword,
)
from app.auth.tables import LinkRow
from app.mail import store as mail
from tests.app.auth.people import ELSEWHERE, HOME, NOON, OWNER, PASSWORD, add

pytestmark = pytest.mark.usefixtures("database", "quick_hashes")

NEW = "nine blue umbrellas"


async def make() -> str:
    link = await store.make_link(OWNER, by="system", now=NOON)
    return link.address.rpartition("/")[2]


async def test_a_link_sets_the_password_once() -> None:
    await add()
    token = await make()
    await store.set_password_by_link(token, NEW, now=NOON)
    assert await store.sign_in(OWNER, NEW, host=HOME, now=NOON)
    with pytest.raises(LinkSpent):
        await store.set_password_by_link(token, PASSWORD, now=NOON)


async def test_of_two_who_use_a_link_at_once_one_succeeds() -> None:
    await add()
    token = await make()
    both = (store.set_password_by_link(token, f"{NEW} {n}", now=NOON) for n in range(2))
    ends = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["Account", "LinkSpent"]


async def test_only_a_hash_of_the_link_is_kept() -> None:
    await add()
    token = await make()
    assert token not in str(await LinkRow.select())


async def test_a_reset_runs_out_after_an_hour_and_an_invitation_after_three_days() -> None:
    await add()
    await add("new@example.org", password=None)
    reset = await store.make_link(OWNER, by="system", now=NOON)
    invitation = await store.make_link("new@example.org", by="system", now=NOON)
    assert reset.expires_at - NOON == timedelta(hours=1)
    assert invitation.expires_at - NOON == timedelta(hours=72)
    with pytest.raises(LinkSpent):
        await store.account_of_link(reset.address.rpartition("/")[2], now=reset.expires_at)


async def test_a_password_that_will_not_do_leaves_the_link_usable() -> None:
    await add()
    token = await make()
    with pytest.raises(UnusableAccount):
        await store.set_password_by_link(token, "short", now=NOON)
    assert (await store.account_of_link(token, now=NOON)).email == OWNER


async def test_setting_a_password_spends_other_links_and_ends_sessions_and_pauses() -> None:
    await add()
    session = await store.sign_in(OWNER, PASSWORD, host=ELSEWHERE, now=NOON)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            await store.sign_in(OWNER, "a wrong guess", host=HOME, now=NOON)
    first, second = await make(), await make()
    await store.set_password_by_link(first, NEW, now=NOON)
    with pytest.raises(LinkSpent):
        await store.account_of_link(second, now=NOON)
    assert await store.account_of_session(session, NOON) is None
    assert await store.sign_in(OWNER, NEW, host=HOME, now=NOON)


async def test_asking_writes_to_the_owner_and_to_nobody_else() -> None:
    await add()
    gone = await add("gone@example.org")
    await store.disable(gone, by=OWNER, now=NOON)
    for email in (" Ada@example.org", "nobody@example.org", "gone@example.org", "not an email"):
        await store.ask_for_reset(email, now=NOON)
    assert [one.mail.recipient for one in await mail.waiting()] == [OWNER]


async def test_asking_again_at_once_sends_no_second_letter() -> None:
    await add()
    for minutes in (0, 1, 4, 6):
        await store.ask_for_reset(OWNER, now=NOON + timedelta(minutes=minutes))
    assert len(await mail.waiting()) == 2


async def test_asking_on_someones_behalf_does_not_spend_their_link() -> None:
    await add()
    token = await make()
    await store.ask_for_reset(OWNER, now=NOON + timedelta(minutes=10))
    assert await store.account_of_link(token, now=NOON + timedelta(minutes=10))


async def test_no_link_is_made_for_an_account_that_is_missing_or_disabled() -> None:
    with pytest.raises(NoSuchAccount):
        await store.make_link("nobody@example.org", by="system", now=NOON)
    known = await add()
    await store.disable(known, by="system", now=NOON)
    with pytest.raises(AccountDisabled):
        await store.send_link(known, by="system", now=NOON)
    assert await mail.waiting() == ()
