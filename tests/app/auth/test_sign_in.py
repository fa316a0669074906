"""Signing in: sessions, and a lockout that cannot be used against the owner."""

from datetime import timedelta

import msgspec
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from app.auth import store
from app.auth.refusals import TryLater, UnusableAccount, WrongPassword
from app.auth.store.sessions import AT_MOST, IDLE
from app.auth.tables import AccountRow, FailureRow, SessionRow
from app.settings import settings, use_settings
from tests.app.auth.people import ELSEWHERE, HOME, NOON, OWNER, PASSWORD, add

pytestmark = pytest.mark.usefixtures("database", "quick_hashes")

NEW = "nine blue umbrellas"


async def fail(times: int, *, host: str, email: str = OWNER) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            await store.sign_in(email, "a wrong guess", host=host, now=NOON)


async def test_a_token_leads_to_the_account_and_is_kept_hashed() -> None:
    await add()
    token = await store.sign_in("ADA@example.org ", PASSWORD, host=HOME, now=NOON)
    account = await store.account_of_session(token, NOON)
    assert account is not None
    assert account.email == OWNER
    assert token not in str(await SessionRow.select())


async def test_the_refusal_never_tells_what_was_wrong() -> None:
    known = await add()
    await add("invited@example.org", password=None)
    await add("gone@example.org")
    gone = (await store.staff())[1].account
    await store.disable(gone.id, by=OWNER, now=NOON)
    words = set()
    for email in (OWNER, "nobody@example.org", "invited@example.org", gone.email, "not an email"):
        typed = PASSWORD if email == gone.email else "a wrong guess"
        with pytest.raises(WrongPassword) as refused:
            await store.sign_in(email, typed, host=HOME, now=NOON)
        words.add(refused.value.words)
    assert len(words) == 1
    assert known != gone.id


async def test_each_sign_in_has_a_token_of_its_own_and_ends_that_browsers_last() -> None:
    await add()
    first = await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    other_browser = await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    second = await store.sign_in(OWNER, PASSWORD, host=HOME, old_token=first, now=NOON)
    assert len({first, other_browser, second}) == 3
    assert await store.account_of_session(first, NOON) is None
    assert await store.account_of_session(other_browser, NOON) is not None


async def test_a_session_ends_when_idle_and_when_old() -> None:
    await add()
    token = await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    assert await store.account_of_session(token, NOON + IDLE + timedelta(seconds=1)) is None
    moment = NOON
    while moment <= NOON + AT_MOST:
        assert await store.account_of_session(token, moment) is not None
        moment += IDLE
    assert await store.account_of_session(token, moment) is None


async def test_signing_out_ends_the_session() -> None:
    await add()
    token = await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    await store.end_session(token)
    assert await store.account_of_session(token, NOON) is None


async def test_a_hash_of_weaker_parameters_is_replaced_at_sign_in() -> None:
    await add()
    weak = Argon2Hasher(time_cost=1, memory_cost=512, parallelism=1).hash(PASSWORD)
    await AccountRow.update({AccountRow.password_hash: weak}, force=True)
    await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    kept = (await AccountRow.select())[0]["password_hash"]
    assert "m=512," in weak
    assert "m=1024," in kept
    assert await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    assert (await AccountRow.select())[0]["password_hash"] == kept


async def test_guessing_is_slowed_down_even_when_the_next_guess_is_right() -> None:
    await add()
    await fail(5, host=ELSEWHERE)
    with pytest.raises(TryLater):
        await store.sign_in(OWNER, PASSWORD, host=ELSEWHERE, now=NOON)
    later = NOON + timedelta(seconds=16)
    assert await store.sign_in(OWNER, PASSWORD, host=ELSEWHERE, now=later)


async def test_the_owner_still_signs_in_while_someone_elsewhere_fails_on_purpose() -> None:
    await add()
    await fail(5, host=ELSEWHERE)
    for _ in range(20):
        with pytest.raises(TryLater):
            await store.sign_in(OWNER, "a wrong guess", host=ELSEWHERE, now=NOON)
    assert await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)


async def test_being_told_to_wait_does_not_make_the_wait_longer() -> None:
    await add()
    await fail(5, host=HOME)
    for _ in range(10):
        with pytest.raises(TryLater):
            await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    assert await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON + timedelta(seconds=15))


async def test_a_success_forgets_the_failures_before_it() -> None:
    await add()
    for _ in range(3):
        await fail(4, host=HOME)
        await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    assert await FailureRow.count() == 0


async def test_many_accounts_tried_from_one_network_slow_that_network() -> None:
    rows = [FailureRow(account_hash=f"{n}", network_hash="", failed_at=NOON) for n in range(49)]
    await add()
    await fail(1, host=ELSEWHERE, email="someone@example.org")
    network = (await FailureRow.select())[0]["network_hash"]
    for row in rows:
        row.network_hash = network
    await FailureRow.insert(*rows)
    with pytest.raises(TryLater) as refused:
        await store.sign_in(OWNER, PASSWORD, host=ELSEWHERE, now=NOON)
    assert "Wait 1 second," in refused.value.words
    assert await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)


async def test_a_failure_holds_neither_password_nor_address() -> None:
    await fail(1, host=HOME, email="my secret password")
    kept = str(await FailureRow.select())
    assert not any(part in kept for part in ("secret", "wrong guess", HOME))


async def test_rate_limits_can_be_switched_off() -> None:
    use_settings(msgspec.structs.replace(settings(), rate_limits=False))
    await add()
    await fail(8, host=HOME)
    assert await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)


async def test_a_changed_password_ends_every_other_session() -> None:
    await add()
    here = await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    there = await store.sign_in(OWNER, PASSWORD, host=ELSEWHERE, now=NOON)
    account = await store.account_of_session(here, NOON)
    assert account is not None
    token = await store.change_password(account, PASSWORD, NEW, host=HOME, now=NOON)
    assert await store.account_of_session(here, NOON) is None
    assert await store.account_of_session(there, NOON) is None
    assert await store.account_of_session(token, NOON) == account
    assert await store.sign_in(OWNER, NEW, host=HOME, now=NOON)


async def test_changing_a_password_needs_the_current_one_and_is_slowed_too() -> None:
    await add()
    account = (await store.staff())[0].account
    for _ in range(5):
        with pytest.raises(WrongPassword):
            await store.change_password(account, "a wrong guess", NEW, host=HOME, now=NOON)
    with pytest.raises(TryLater):
        await store.change_password(account, PASSWORD, NEW, host=HOME, now=NOON)
    with pytest.raises(UnusableAccount):
        await store.change_password(account, PASSWORD, "short", host=ELSEWHERE, now=NOON)
