"""Receipts: short codes derived from a response's own key, kept only as hashes."""

import hashlib
import hmac
from uuid import UUID

from surveys.check_character import ALPHABET, check_character, grouped, is_whole, symbols_in

LENGTH = 12


def receipt_code(secret: bytes, key: UUID) -> str:
    """The code of the response with this key, like `K7QF-2M9X-4TRD-8`; the last is the check."""
    number = int.from_bytes(_keyed(secret, b"receipt:" + key.bytes))
    symbols = ""
    for _ in range(LENGTH):
        number, value = divmod(number, len(ALPHABET))
        symbols += ALPHABET[value]
    return grouped(symbols + check_character(symbols))


def receipt_hash(secret: bytes, code: str) -> str:
    """What is stored in place of a code. Keyed: a code is short enough to be found by trying."""
    return _keyed(secret, b"receipt-hash:" + code.encode()).hex()


def normalise(typed: str) -> str | None:
    """The code that somebody meant, or None when no code reads like this.

    Case, spaces and hyphens do not matter; O reads as 0, I and L as 1, S as 5, U as V.
    """
    symbols = symbols_in(typed)
    return grouped(symbols) if len(symbols) == LENGTH + 1 and is_whole(symbols) else None


def _keyed(secret: bytes, message: bytes) -> bytes:
    return hmac.digest(secret, message, hashlib.sha256)
