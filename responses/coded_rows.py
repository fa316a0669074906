"""Coded answers of many responses at once, as arrays, out of the bytes that they come in."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from responses.response import Channel

MOST_TOGETHER: Final = 1 << 17
"""Responses in one `CodedRows`."""
CHANNELS: Final = tuple(Channel)
HEAD_BYTES: Final = 40
COPY_HEAD_BYTES, COPY_END_BYTES = 19, 2


class CodedRows(Struct, frozen=True, eq=False):
    """Analysed responses to one version. `coded` is responses × bytes, the others have one for
    each; a channel is its place in CHANNELS."""

    version_id: int
    ids: NDArray[np.int64]
    rounds: NDArray[np.uint16]
    channels: NDArray[np.uint8]
    coded: NDArray[np.uint8]


def parts_told(told: NDArray[np.uint8]) -> Iterator[CodedRows]:
    """What `responses/rows_apart.py` writes, put together by version."""
    of_version: dict[int, list[CodedRows]] = {}
    at = 0
    while at < told.size:
        version, number, channel, count, width = told[at : at + HEAD_BYTES].view(np.int64).tolist()
        ids = at + HEAD_BYTES
        coded = ids + 8 * count
        end = coded + count * width
        part = CodedRows(
            version,
            told[ids:coded].view(np.int64),
            np.full(count, number, np.uint16),
            np.full(count, channel, np.uint8),
            told[coded:end].reshape(count, width),
        )
        of_version.setdefault(version, []).append(part)
        at = -(-end // 8) * 8
    for parts in of_version.values():
        yield from _in_parts(_as_one(parts))


def _as_one(parts: Sequence[CodedRows]) -> CodedRows:
    return CodedRows(
        parts[0].version_id,
        np.concatenate([each.ids for each in parts]),
        np.concatenate([each.rounds for each in parts]),
        np.concatenate([each.channels for each in parts]),
        np.concatenate([each.coded for each in parts]),
    )


def _in_parts(rows: CodedRows) -> Iterator[CodedRows]:
    for start in range(0, rows.ids.size, MOST_TOGETHER):
        some = slice(start, start + MOST_TOGETHER)
        yield CodedRows(
            rows.version_id,
            rows.ids[some].copy(),
            rows.rounds[some].copy(),
            rows.channels[some].copy(),
            rows.coded[some],
        )


def rows_copied(version_id: int, told: bytearray, width: int) -> Iterator[CodedRows]:
    """What PostgreSQL's binary COPY gives of ids, rounds, places of channels and coded bytes, whose
    sizes never change: https://www.postgresql.org/docs/current/sql-copy.html, “Binary Format”."""
    sizes = {"id": ">i8", "round": ">i4", "channel": ">i4", "coded": f"{width}u1"}
    fields: list[Any] = [("fields", ">i2")]
    for name, kind in sizes.items():
        fields += [(f"{name}_size", ">i4"), (name, kind)]
    body = memoryview(told)[COPY_HEAD_BYTES : len(told) - COPY_END_BYTES]
    row = np.dtype(fields)
    if len(body) % row.itemsize:
        raise ValueError(f"coded answers are not the {width} bytes of their version's table")
    rows = np.frombuffer(body, row)
    if (rows["coded_size"] != width).any():
        raise ValueError(f"coded answers are not the {width} bytes of their version's table")
    yield from _in_parts(
        CodedRows(
            version_id,
            rows["id"].astype(np.int64),
            rows["round"].astype(np.uint16),
            rows["channel"].astype(np.uint8),
            rows["coded"],
        )
    )
