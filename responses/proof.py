"""Proof of work: a sum that a browser does for one draft, so that sending by the thousand costs
something and a person nothing but a moment.

Made and checked by altcha (its protocol 2, https://altcha.org/docs/v2/proof-of-work/): PBKDF2 until
its key begins as asked. Browsers have that built in, so that a slow phone loses little; no program
has a short cut; and checking takes one hash.
"""

import hashlib
import hmac
import json
import secrets
from base64 import b64decode
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from altcha import create_challenge, verify_solution

ALGORITHM = "PBKDF2/SHA-256"
ITERATIONS = 2_000
FEWEST_TRIES, MOST_TRIES = 150, 300
"""Each try takes about a millisecond; which one fits is known to the server alone."""
GOOD_FOR = timedelta(hours=1)
LONGEST = 4_000
"""Characters of what a browser sends; what altcha makes takes about a thousand."""


class Proof(StrEnum):
    """What is to be said of the work that came with a draft."""

    NONE = "none"
    GOOD = "good"
    LATE = "late"
    OF_OTHERS = "of others"
    WRONG = "wrong"


def work_for(draft: UUID, *, secret: bytes, now: datetime) -> str:
    """What a browser is to work out before this draft is sent, as JSON."""
    tries = FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES)
    challenge = create_challenge(
        ALGORITHM,
        ITERATIONS,
        counter=tries,
        expires_at=now + GOOD_FOR,
        data={"for": _named(draft, secret)},
        hmac_secret=_key(secret, "challenge"),
        hmac_key_secret=_key(secret, "solution"),
    )
    return json.dumps(challenge.to_dict(), separators=(",", ":"))


def proof_in(typed: str, draft: UUID, *, secret: bytes) -> Proof:
    """What a browser sent back. The server's clock alone says whether it is late, and work for
    one draft counts for no other: a draft becomes one response, however often its work is sent."""
    if not typed:
        return Proof.NONE
    if len(typed) > LONGEST:
        return Proof.WRONG
    found = verify_solution(
        typed, _key(secret, "challenge"), hmac_key_secret=_key(secret, "solution")
    )
    if found.expired:
        return Proof.LATE
    if not found.verified:
        return Proof.WRONG
    return Proof.GOOD if _is_for(typed, draft, secret) else Proof.OF_OTHERS


def _is_for(typed: str, draft: UUID, secret: bytes) -> bool:
    parameters: dict[str, Any] = json.loads(b64decode(typed))["challenge"]["parameters"]
    return hmac.compare_digest(str(parameters["data"]["for"]), _named(draft, secret))


def _named(draft: UUID, secret: bytes) -> str:
    """The draft's name in its work: nothing can be found by it."""
    return hmac.digest(secret, b"work for draft:" + draft.bytes, hashlib.sha256).hex()


def _key(secret: bytes, what: str) -> bytes:
    return hmac.digest(secret, f"proof of work: {what}".encode(), hashlib.sha256)
