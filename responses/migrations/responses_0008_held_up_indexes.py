"""The index that makes one count for each consultation and what held people up."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.database import engine

ID = "2026-11-21T22:28:24:000000"
VERSION = "1.38.0"
DESCRIPTION = "The index that makes one count for each consultation and what held people up"

INDEX = "CREATE UNIQUE INDEX held_up_once ON held_up (consultation, what)"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="responses", description=DESCRIPTION)
    manager.add_raw(make_index)
    return manager


async def make_index() -> None:
    await engine().run_ddl(INDEX)
