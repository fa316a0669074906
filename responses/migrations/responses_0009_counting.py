"""What finds the responses that came since the last look, and reads coded answers alone."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.database import engine

ID = "2026-11-22T01:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What finds later responses, and reads coded answers alone"

# SQLite reads coded answers from an index and never opens the rows, those alike side by side.
# PostgreSQL would refuse a response whose coded bytes an index cannot hold; it is asked which
# transaction stored a response, since ids are given out before they are committed.
STATEMENTS = {
    "sqlite": (
        "CREATE INDEX response_coded ON response "
        "(consultation, status, version, round_number, channel, id, coded)",
    ),
    "postgres": (
        "ALTER TABLE response ADD COLUMN transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id()",
        "CREATE INDEX response_transaction ON response (consultation, transaction_id)",
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="responses", description=DESCRIPTION)
    manager.add_raw(make)
    return manager


async def make() -> None:
    for statement in STATEMENTS[engine().engine_type]:
        await engine().run_ddl(statement)
