"""Receipts: short codes derived from a response's own key, kept only as hashes."""

import hashlib
import hmac
from uuid import UUID

# 31 symbols, a prime: with weights 1 to 12 below it the check character catches every single
# mistyped character and every pair that changed places.
ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH = 12
_GROUP = 4
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "U": "V"})
_PARTS = dict.fromkeys(map(ord, " \t\r\n-‐‑‒–—−_.,"))


def receipt_code(secret: bytes, key: UUID) -> str:
    """The code of the response with this key, like `K7QF-2M9X-4TRD-8`; the last is the check."""
    number = int.from_bytes(_keyed(secret, b"receipt:" + key.bytes))
    symbols = ""
    for _ in range(LENGTH):
        number, value = divmod(number, len(ALPHABET))
        symbols += ALPHABET[value]
    return _grouped(symbols + _check_character(symbols))


def receipt_hash(secret: bytes, code: str) -> str:
    """What is stored in place of a code. Keyed: a code is short enough to be found by trying."""
    return _keyed(secret, b"receipt-hash:" + code.encode()).hex()


def normalise(typed: str) -> str | None:
    """The code that somebody meant, or None when no code reads like this.

    Case, spaces and hyphens do not matter; O reads as 0, I and L as 1, S as 5, U as V.
    """
    symbols = typed.upper().translate(_PARTS).translate(_READ_AS)
    if len(symbols) != LENGTH + 1 or not _VALUES.keys() >= set(symbols):
        return None
    return _grouped(symbols) if symbols[-1] == _check_character(symbols[:-1]) else None


def _keyed(secret: bytes, message: bytes) -> bytes:
    return hmac.digest(secret, message, hashlib.sha256)


def _check_character(symbols: str) -> str:
    weighted = sum(weight * _VALUES[symbol] for weight, symbol in enumerate(symbols, start=1))
    return ALPHABET[weighted % len(ALPHABET)]


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))
