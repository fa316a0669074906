"""Indexes over several columns of the editing tables, which Piccolo does not make."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.database import engine

ID = "2026-11-21T18:50:41:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes over several columns of the editing tables"

INDEXES = (
    "CREATE UNIQUE INDEX questionnaire_change_once ON questionnaire_change (version, number)",
    "CREATE UNIQUE INDEX question_equivalence_once ON question_equivalence (version, key)",
    "CREATE INDEX overridden_check_round ON overridden_check (round)",
    "CREATE UNIQUE INDEX consultation_document_once ON consultation_document (consultation, number)",
    "CREATE UNIQUE INDEX document_version_once ON document_version (document, number, language)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="surveys", description=DESCRIPTION)
    manager.add_raw(make_indexes)
    return manager


async def make_indexes() -> None:
    for index in INDEXES:
        await engine().run_ddl(index)
