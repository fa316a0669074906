"""Password hashes (Argon2id), made and checked in threads so that pages keep being served."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.auth.passwords import normal_password

# Each hash takes 64 MB while it is worked out: two at once, so that a flood of sign-ins queues
# here and does not use up the memory.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_hasher = PasswordHash((Argon2Hasher(),))


async def hash_password(password: str) -> str:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, _hasher.hash, normal_password(password))


async def password_matches(password: str, kept: str) -> tuple[bool, str | None]:
    """Whether it matches, and a new hash to keep when the parameters have changed since.

    With no hash kept (no such account) it takes as long and never matches.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, _check, normal_password(password), kept)


def _check(password: str, kept: str) -> tuple[bool, str | None]:
    stand_in = _stand_in()
    matches, new = _hasher.verify_and_update(password, kept or stand_in)
    return (matches, new) if kept else (False, None)


@cache
def _stand_in() -> str:
    return _hasher.hash(secrets.token_hex(16))
