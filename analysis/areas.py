"""Where people live: the outward codes of their postcodes as groups, small ones together."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from surveys.typed import read_postcode

OTHERS = "_others"
MOST_AREAS = 15
Codes = NDArray[np.bytes_]
"""An outward code, like ME14, for each response; nothing where no postcode was given."""


class Areas(Struct, frozen=True):
    """The outward codes that are told apart, those with the most people first, and all others."""

    names: tuple[str, ...]
    others: tuple[str, ...]


def outward_codes(answers: Sequence[Any]) -> Codes:
    """Of answers as they were given; of a place in words, or on a map, nothing is known."""
    found = (read_postcode(answer) if isinstance(answer, str) else None for answer in answers)
    return np.array([(postcode or "").partition(" ")[0] for postcode in found], "S4")


def areas(blocks: Sequence[Codes], threshold: int) -> Areas:
    """Areas with fewer people than the threshold are counted together, and so are those that are
    too many to set side by side."""
    codes, people = np.unique(np.concatenate([np.empty(0, "S4"), *blocks]), return_counts=True)
    ranked = sorted(zip((-people).tolist(), codes.tolist(), strict=True))
    named = [(code.decode(), -less) for less, code in ranked if code]
    large = [code for code, n in named if n >= threshold][:MOST_AREAS]
    return Areas(tuple(large), tuple(code for code, _ in named if code not in large))


def in_areas(codes: Codes, found: Areas) -> NDArray[np.bool_]:
    """Areas, then the others, × responses."""
    masks = [codes == name.encode() for name in found.names]
    if found.others:
        masks.append(np.isin(codes, np.array(found.others, "S4")))
    return np.array(masks, np.bool_).reshape(len(masks), codes.size)
