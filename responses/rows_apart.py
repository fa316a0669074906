"""Reads every coded answer of a consultation out of SQLite, as a program of its own, so that the
server goes on answering meanwhile. Run by its path: it imports nothing but the standard library.

Standard input is one JSON object. Standard output is a part for at most so many responses of one
version, round and channel: five 64-bit numbers, which are the version, the round, the channel's
place, how many responses and how many bytes each, then the ids (64 bits), the coded bytes, and
zeros to a multiple of 8.
"""

import json
import sqlite3
import struct
import sys
from array import array
from typing import Any

# Each look finds the next alike in the index. Were it asked in one, SQLite would pass over all that
# are of the same version.
NEXT = tuple(
    f"""
    SELECT version, round_number, channel FROM response INDEXED BY response_coded
    WHERE consultation = :consultation AND status = :status AND {later}
    ORDER BY version, round_number, channel LIMIT 1
    """  # noqa: S608 (our own words)
    for later in (
        "version = :version AND round_number = :round_number AND channel > :channel",
        "version = :version AND round_number > :round_number",
        "version > :version",
    )
)
ALIKE = """
    FROM response INDEXED BY response_coded
    WHERE consultation = :consultation AND status = :status AND version = :version
    AND round_number = :round_number AND channel = :channel AND id > :after
"""
FIRST = f"SELECT min(id) {ALIKE}"
# SQLite puts the bytes together: as rows of Python they would take four times as long. The index
# gives them by id.
TOGETHER = f"""
    SELECT count(*), max(id), max(length(coded)), CAST(group_concat(coded, '') AS blob)
    {ALIKE} AND id < :first + :together
"""
IDS = f"SELECT group_concat(id) {ALIKE} AND id < :first + :together"


def main() -> None:
    asked = json.load(sys.stdin)
    connection = sqlite3.connect(asked["path"], isolation_level=None, timeout=30)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("BEGIN")  # all that follows sees one moment
    asked |= {"version": 0, "round_number": 0, "channel": ""}
    while found := following(connection, asked):
        asked |= dict(zip(("version", "round_number", "channel"), found, strict=True), after=0)
        while (first := connection.execute(FIRST, asked).fetchone()[0]) is not None:
            asked["first"] = first
            asked["after"] = tell(connection, asked)
    connection.close()


def following(connection: sqlite3.Connection, asked: dict[str, Any]) -> Any:
    """The version, round and channel after those of `asked`; None after the last."""
    looks = (connection.execute(look, asked).fetchone() for look in NEXT)
    return next((found for found in looks if found), None)


def tell(connection: sqlite3.Connection, asked: dict[str, Any]) -> int:
    """The responses with the next so many ids; gives the last of them."""
    count, last, width, coded = connection.execute(TOGETHER, asked).fetchone()
    first: int = asked["first"]
    if len(coded) != count * width:
        sys.exit(f"version {asked['version']} has coded answers of different lengths")
    if count == last - first + 1:
        numbers = array("q", range(first, last + 1))
    else:
        (ids,) = connection.execute(IDS, asked).fetchone()
        numbers = array("q", json.loads(f"[{ids}]"))
    place = asked["channels"].index(asked["channel"])
    head = (asked["version"], asked["round_number"], place, count, width)
    sys.stdout.buffer.write(struct.pack("=5q", *head))
    sys.stdout.buffer.writelines((numbers.tobytes(), coded, bytes(-len(coded) % 8)))
    return int(last)


if __name__ == "__main__":
    main()
