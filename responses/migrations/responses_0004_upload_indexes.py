"""The index by which the files of one response are found, which Piccolo does not make."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.database import engine

ID = "2026-11-21T19:03:06:000000"
VERSION = "1.38.0"
DESCRIPTION = "The index by which the files of one response are found"

INDEX = "CREATE INDEX upload_of_question ON upload (key, question)"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="responses", description=DESCRIPTION)
    manager.add_raw(make_index)
    return manager


async def make_index() -> None:
    await engine().run_ddl(INDEX)
