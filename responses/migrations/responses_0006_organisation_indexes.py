"""What an organisation's draft has once: each name, and each section."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.database import engine

ID = "2026-11-21T22:29:03:000000"
VERSION = "1.38.0"
DESCRIPTION = "Names and sections of an organisation's draft are unique"

INDEXES = (
    "CREATE UNIQUE INDEX draft_member_once ON draft_member (draft, known_as)",
    "CREATE UNIQUE INDEX draft_section_once ON draft_section (draft, section)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="responses", description=DESCRIPTION)
    manager.add_raw(make_indexes)
    return manager


async def make_indexes() -> None:
    for index in INDEXES:
        await engine().run_ddl(index)
