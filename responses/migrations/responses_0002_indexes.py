"""Indexes over several columns, which Piccolo does not make."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.database import engine

ID = "2026-11-21T00:00:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes over several columns"

INDEXES = (
    "CREATE UNIQUE INDEX draft_answer_question_once ON draft_answer (draft, question)",
    "CREATE UNIQUE INDEX private_answer_question_once ON private_answer (response, question)",
    "CREATE UNIQUE INDEX text_answer_question_once ON text_answer (response, question)",
    "CREATE INDEX response_consultation_round ON response (consultation, round)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="responses", description=DESCRIPTION)
    manager.add_raw(make_indexes)
    return manager


async def make_indexes() -> None:
    for index in INDEXES:
        await engine().run_ddl(index)
