"""A process of its own that writes, for ever or a number of times, and prints what it wrote.

Usage: python -m tests.app.writer URL (for-ever | NUMBER) (places NAME | visits)
"""

import asyncio
import itertools
import sys
from collections.abc import Awaitable, Callable, Iterable

from piccolo.columns import Integer, Serial, Varchar
from piccolo.table import Table

from app import database as db

AT_ONCE = 10


class Place(Table, tablename="place"):
    id: Serial
    name = Varchar(unique=True)
    visits = Integer(default=0)


async def add_place(name: str) -> None:
    await db.write_together(Place.insert(Place(name=name)))


async def add_visit(_: str) -> None:
    """Read, then write what depends on it."""
    async with db.transaction():
        row = await Place.select(Place.visits).where(Place.name == "harbour").first()
        assert row is not None
        await Place.update({Place.visits: row["visits"] + 1}).where(Place.name == "harbour")


async def write(names: Iterable[str], add: Callable[[str], Awaitable[None]]) -> None:
    """Several take from the same names, so that commits are shared."""
    for name in names:
        await add(name)
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()


async def main(url: str, number: str, what: str, name: str = "place") -> None:
    numbers = itertools.count() if number == "for-ever" else range(int(number))
    names = (f"{name} {n}" for n in numbers)
    add = add_place if what == "places" else add_visit
    async with db.connected(url):
        await asyncio.gather(*(write(names, add) for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
