"""The index that makes each saved view's name its own."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.database import engine

ID = "2026-11-22T01:36:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "The index that makes each saved view's name its own"

INDEX = "CREATE UNIQUE INDEX saved_view_once ON saved_view (consultation, known_as)"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="analysis", description=DESCRIPTION)
    manager.add_raw(make_index)
    return manager


async def make_index() -> None:
    await engine().run_ddl(INDEX)
