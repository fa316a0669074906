"""Password hashes as they are kept in earnest."""

import asyncio

from app.auth.hashing import hash_password, password_matches

PASSWORD = "seven green bicycles"


async def test_a_hash_costs_what_rfc_9106_asks_of_machines_with_little_memory() -> None:
    """RFC 9106, section 4: Argon2id, 3 passes, 4 lanes, 64 MiB."""
    kept = await hash_password(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert await password_matches(PASSWORD, kept) == (True, None)
    assert await password_matches(PASSWORD + " ", kept) == (False, None)


async def test_the_same_word_typed_on_another_keyboard_matches() -> None:
    composed, decomposed = "tŷ bach twt gwyn", "ty\u0302 bach twt gwyn"
    assert composed != decomposed
    assert (await password_matches(decomposed, await hash_password(composed)))[0]


async def test_without_an_account_nothing_matches() -> None:
    assert await password_matches("", "") == (False, None)


async def test_other_work_goes_on_meanwhile() -> None:
    hashing = asyncio.create_task(hash_password(PASSWORD))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10
