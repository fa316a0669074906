"""Indexes over several columns, which Piccolo does not make."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.database import engine

ID = "2026-11-21T00:00:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes over several columns"

INDEXES = (
    "CREATE UNIQUE INDEX edition_number_once ON edition (consultation, number)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="publications", description=DESCRIPTION)
    manager.add_raw(make_indexes)
    return manager


async def make_indexes() -> None:
    for index in INDEXES:
        await engine().run_ddl(index)
