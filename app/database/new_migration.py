"""Writes a new migration for one package from what changed in its tables, for a developer.

Run: python -m app.database.new_migration PACKAGE WHY, where PACKAGE is staff (the floor's tables),
surveys, responses, analysis or publications. Keep only what both databases can do: new tables, and
new columns with constant defaults. Indexes over several columns are written by hand.
"""

import asyncio
import sys
import tempfile

from piccolo.apps.migrations.commands.new import new

from app.database.in_force import connected


async def write_migration(package: str, why: str) -> None:
    # Piccolo compares the tables with the migrations there are, but wants some database at hand.
    with tempfile.TemporaryDirectory() as folder:
        async with connected(f"sqlite:///{folder}/any.sqlite"):
            await new(package, auto=True, desc=why)


if __name__ == "__main__":
    asyncio.run(write_migration(*sys.argv[1:]))
