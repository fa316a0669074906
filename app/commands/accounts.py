"""`hearback user`: staff accounts."""

import sys

import click

from app.auth import store as accounts
from app.auth.account import Role
from app.clock import now
from app.settings import Settings
from app.terminal import SYSTEM, in_database, tell


@click.group()
def user() -> None:
    """Staff accounts."""


@user.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@in_database
async def add_user(_settings: Settings, *, email: str, role: str, password_stdin: bool) -> None:
    """Add a staff account; without a password a one-time link is printed."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    link = await accounts.add_account(email, Role(role), password=password, by=SYSTEM, now=now())
    tell(f"Added {email} as {role}")
    if link is not None:
        tell("They choose a password here, once, within three days:")
        click.echo(link.address)


@user.command("link")
@click.argument("email")
@in_database
async def link_user(_settings: Settings, *, email: str) -> None:
    """Print a one-time link that sets a new password, where no mail arrives."""
    link = await accounts.make_link(email, by=SYSTEM, now=now())
    click.echo(link.address)
