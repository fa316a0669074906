"""Piccolo's list of the floor's tables."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="staff",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(
        ["app.auth.tables", "app.audit.tables", "app.mail.tables"], exclude_imported=True
    ),
)
