"""`hearback serve`, `migrate` and `demo`."""

import secrets
import socket

import click
import uvicorn

from app import demo as demonstration
from app.auth import store as accounts
from app.auth.account import Role
from app.auth.refusals import AccountExists
from app.clock import now
from app.settings import Settings
from app.terminal import SYSTEM, UNUSABLE, in_database, stop, tell

# Someone who sends half a form and then nothing would otherwise keep the server from stopping.
SECONDS_TO_STOP = 5
DEMONSTRATION_ACCOUNT = "demo@hearback.example"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Bring the database up to date, then serve."""
    check_free(host, port)
    up_to_date()
    tell(f"Hearback is on http://{host}:{port} (Ctrl+C stops it)")
    uvicorn.run(
        "app.main:app_in_force",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_STOP,
    )


def check_free(host: str, port: int) -> None:
    """Stops in one line where the server could not listen, before anything is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            stop(f"Cannot listen on {host} port {port}: {error.strerror}. Choose --port", UNUSABLE)


@in_database
async def up_to_date(_settings: Settings) -> None:
    """Connecting through the decorator is what migrates."""


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    up_to_date()
    tell("The database is up to date")


@click.command()
@click.option("--sign-in", is_flag=True, help="Also make a demonstration sign-in and print it.")
@in_database
async def demo(settings: Settings, *, sign_in: bool) -> None:
    """Load the demonstration consultations; again changes nothing."""
    for line in await demonstration.load(now(), tell=tell):
        tell(line)
    if sign_in:
        password = await demonstration_password()
        tell(f"\n  Open     {settings.base_url}")
        tell(f"  Sign in  {settings.base_url}/officer/sign-in")
        tell(f"           {DEMONSTRATION_ACCOUNT}\n           {password}\n")


async def demonstration_password() -> str:
    """A new random password for the demonstration's own account, made where it is not there yet."""
    password = secrets.token_urlsafe(12)
    try:
        await accounts.add_account(
            DEMONSTRATION_ACCOUNT, Role.ADMIN, password=password, by=SYSTEM, now=now()
        )
    except AccountExists:
        link = await accounts.make_link(DEMONSTRATION_ACCOUNT, by=SYSTEM, now=now())
        await accounts.set_password_by_link(link.address.rpartition("/")[2], password, now=now())
    return password
