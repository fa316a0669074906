"""The `hearback` command: one thin layer over what the rooms already do."""

from importlib import import_module

import click

WHERE = {
    "serve": "serving:serve",
    "migrate": "serving:migrate",
    "demo": "serving:demo",
    "user": "accounts:user",
    "survey": "surveys:survey",
    "responses": "responses:response_files",
    "ledger": "counting:ledger",
    "tally": "counting:tally",
    "results": "results:results",
    "partitions": "counting:partitions",
    "lint": "publishing:lint",
    "publish": "publishing:publish",
    "backup": "backups:back_up",
    "restore": "backups:restore",
}


class Commands(click.Group):
    """Imports what a command needs when that is called: all of it together takes seconds."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in WHERE:
            return None
        module, _, name = WHERE[cmd_name].partition(":")
        found: click.Command = getattr(import_module(f"app.commands.{module}"), name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Hearback: ask, count, code, and show what was done about it."""
