"""Piccolo's list of this package's tables."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="publications",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(["publications.tables"], exclude_imported=True),
    migration_dependencies=["analysis.piccolo_app"],
)
