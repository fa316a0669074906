"""Codes that people copy by hand: their letters, and the last one that shows a slip of the pen."""

# 31 symbols, a prime: with weights from 1 below it the check character catches every single
# mistyped character and every pair that changed places.
ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "U": "V"})
_PARTS = dict.fromkeys(map(ord, " \t\r\n-‐‑‒–—−_.,"))
_GROUP = 4


def symbols_in(typed: str) -> str:
    """What somebody typed, with case, spaces and hyphens made not to matter, and letters that no
    code has read as those that they look like: O as 0, I and L as 1, S as 5, U as V."""
    return typed.upper().translate(_PARTS).translate(_READ_AS)


def is_whole(symbols: str) -> bool:
    """Whether these are symbols of codes and the last is the check character of the others."""
    known = len(symbols) > 1 and VALUES.keys() >= set(symbols)
    return known and symbols[-1] == check_character(symbols[:-1])


def check_character(symbols: str) -> str:
    """Of at most 30 symbols."""
    weighted = sum(weight * VALUES[symbol] for weight, symbol in enumerate(symbols, start=1))
    return ALPHABET[weighted % len(ALPHABET)]


def grouped(symbols: str) -> str:
    """In fours, for reading aloud and copying."""
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))
