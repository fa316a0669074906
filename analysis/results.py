"""What results have in common: the names of no answer in an address, and a number with its list."""

from msgspec import Struct

MISSING, NOT_ROUTED = "_missing", "_not_routed"


class Cell(Struct, frozen=True):
    """`n` None is a number too small to show. `address` opens the responses behind it."""

    n: int | None
    share: float | None
    address: str | None
