"""`hearback backup` and `restore`."""

import asyncio
from pathlib import Path

import click

from app import backup as backups
from app.settings import Settings, load_settings, use_settings
from app.terminal import in_database, readable_file, refusals_told, tell, writable_file


@click.command("backup")
@click.argument("file", type=writable_file)
@in_database
async def back_up(_settings: Settings, *, file: Path) -> None:
    """Write the whole state to one file, while the server runs."""
    await backups.backup(file)
    tell(f"Wrote {file}. It holds the secret key and every answer: keep it as safe as the database")


@click.command("restore")
@click.argument("file", type=readable_file)
@click.option("--replace", is_flag=True, help="Replace what is there now.")
def restore(file: Path, *, replace: bool) -> None:
    """Bring back the whole state from a backup, into an empty place."""
    with refusals_told():
        use_settings(load_settings())
        asyncio.run(backups.restore(file, replace=replace))
    tell(f"Restored from {file}")
