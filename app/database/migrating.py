"""Migrations of every package, on either database, in silence."""

import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout

from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import Finder
from piccolo.table import Table, sort_table_classes

from app.database.in_force import show_piccolo_the_way, transaction


async def migrate() -> None:
    """Bring the database up to date: all of it or nothing, one process at a time."""
    async with transaction():
        for package in _packages():
            await _migrate(package)


async def migrate_to(reached: Mapping[str, str]) -> None:
    """Bring an empty database to where `reached` says: the last migration of each package."""
    async with transaction():
        for package in _packages():
            if package in reached:
                await _migrate(package, last=reached[package])


def known_migrations() -> dict[str, frozenset[str]]:
    """The migrations that this copy of the program has, of each package."""
    manager = BaseMigrationManager()
    with _quietly():
        return {
            config.app_name: frozenset(
                manager.get_migration_modules(config.resolved_migrations_folder_path)
            )
            for config in _finder().get_app_configs()
        }


def _finder() -> Finder:
    show_piccolo_the_way()
    return Finder()


def every_table() -> list[type[Table]]:
    """Each table after those that it points to; the migrations' own is left out."""
    return sort_table_classes(_finder().get_table_classes())


async def holds_anything() -> bool:
    """Whether any table of ours has a row."""
    for table in every_table():
        if await table.table_exists() and await table.exists():
            return True
    return False


async def drop_every_table() -> None:
    async with transaction():
        tables: list[type[Table]] = [Migration, *reversed(every_table())]
        for table in tables:
            await table.alter().drop_table(if_exists=True)


def _packages() -> list[str]:
    return _finder().get_app_names(sort_by_migration_dependencies=True)


async def _migrate(package: str, *, last: str = "all") -> None:
    with _quietly():
        result = await run_forwards(package, migration_id=last)
    if not result.success:
        raise RuntimeError(f"The tables of {package} could not be made: {result.message}")


@contextmanager
def _quietly() -> Iterator[None]:
    # Piccolo reports with print, and puts each folder of migrations on the import path.
    path = list(sys.path)
    try:
        with redirect_stdout(io.StringIO()):
            yield
    finally:
        sys.path[:] = path
