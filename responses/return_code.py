"""The code and the link that lead back to answers: derived from the draft's key, kept as hashes."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from difflib import get_close_matches
from uuid import UUID

from responses.code_words import WORDS

LENGTH = 5
"""Words in a code: 44 bits, which the limit on wrong codes makes enough."""

_KNOWN = frozenset(WORDS)


def return_code(secret: bytes, key: UUID, *, attempt: int = 0) -> str:
    """The code of the draft with this key, like `otter-maple-kettle-north-violin`. Each `attempt`
    is another, for where the first is another draft's already."""
    number = int.from_bytes(_keyed(secret, b"return-code:%d:" % attempt + key.bytes))
    words = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(WORDS))
        words.append(WORDS[place])
    return "-".join(words)


def return_link(secret: bytes, key: UUID) -> str:
    """The same for an address, which nobody types: 256 bits."""
    return urlsafe_b64encode(_keyed(secret, b"return-link:" + key.bytes)).decode().rstrip("=")


def hashed(secret: bytes, code_or_link: str) -> str:
    """What is stored in place of either."""
    return _keyed(secret, b"return-hash:" + code_or_link.encode()).hex()


def normalise(typed: str) -> str:
    """The code that somebody meant: small letters, and hyphens between the words."""
    return "-".join(re.findall(r"[^\W\d_]+", typed.casefold())[: LENGTH + 1])


def unknown_words(code: str) -> tuple[tuple[str, str], ...]:
    """The words of a code that no code has, each with the one that was probably meant, if any."""
    strange = [word for word in code.split("-") if word and word not in _KNOWN]
    return tuple((word, next(iter(get_close_matches(word, WORDS, 1)), "")) for word in strange)


def is_whole(code: str) -> bool:
    """Whether it has as many words as a code has, and no others than codes have."""
    words = code.split("-")
    return len(words) == LENGTH and all(word in _KNOWN for word in words)


def _keyed(secret: bytes, message: bytes) -> bytes:
    return hmac.digest(secret, message, hashlib.sha256)
