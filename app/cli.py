"""The `hearback` command: one thin layer over what the rooms already do."""

import asyncio
import functools
import secrets
import socket
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

import click
import msgspec
import uvicorn

from analysis import store as analysis
from app import backup as backups
from app import database
from app import demo as demonstration
from app.auth import store as accounts
from app.auth.account import Role
from app.auth.refusals import AccountExists, UnusableAccount
from app.clock import now
from app.problems import Problem, Refusal
from app.settings import Settings, UnusableSetting, load_settings, use_settings
from publications import store as publications
from responses import store as responses
from surveys import store as surveys
from surveys.files import read_file
from surveys.imported import Note
from surveys.native_files import UnusableQuestionnaire
from surveys.questionnaire import Statement
from surveys.xlsform import write_xlsform

DONE, FOUND_WRONG, UNUSABLE = 0, 1, 2
SYSTEM = "system"
# Someone who sends half a form and then nothing would otherwise keep the server from stopping.
SECONDS_TO_STOP = 5
DEMONSTRATION_ACCOUNT = "demo@hearback.example"

P = ParamSpec("P")
T = TypeVar("T")


def tell(words: str) -> None:
    """A line for the person at the terminal; standard output is left to results."""
    click.echo(words, err=True)


def stop(words: str, code: int) -> NoReturn:
    tell(words)
    sys.exit(code)


def print_json(value: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


@contextmanager
def refusals_told() -> Iterator[None]:
    """A refusal ends in one line and exit 1, what cannot be used in one line and exit 2."""
    try:
        yield
    except UnusableSetting as unusable:
        stop(str(unusable), UNUSABLE)
    except (UnusableAccount, database.CannotConnect) as unusable:
        stop(unusable.words, UNUSABLE)
    except UnusableQuestionnaire as unusable:
        stop(in_one_line(unusable.problems), UNUSABLE)
    except Refusal as refusal:
        stop(refusal.words, FOUND_WRONG)
    except OSError as error:  # a full disk, a folder that may not be written to
        stop(f"This could not be done: {error}", FOUND_WRONG)


def in_one_line(problems: tuple[Problem, ...]) -> str:
    return "; ".join(f"{problem.place}: {problem.words}" for problem in problems)


def in_database(
    command: Callable[Concatenate[Settings, P], Awaitable[T]],
) -> Callable[P, T]:
    """Runs an async command against the database in force, brought up to date first."""

    async def connected(settings: Settings, *args: P.args, **kwargs: P.kwargs) -> T:
        await database.connect(settings.database_url)
        try:
            await database.migrate()
            return await command(settings, *args, **kwargs)
        finally:
            await database.disconnect()

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with refusals_told():
            settings = load_settings()
            use_settings(settings)
            return asyncio.run(connected(settings, *args, **kwargs))

    return run


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
readable_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
writable_file = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Hearback: ask, count, code, and show what was done about it."""


@main.command()
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


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    up_to_date()
    tell("The database is up to date")


@main.command()
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


@main.group()
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


@main.group()
def survey() -> None:
    """Questionnaires."""


@survey.command("import")
@click.argument("file", type=readable_file)
@click.option("--slug", help="The consultation's name in addresses; made from the title if absent.")
@click.option("--open", "open_now", is_flag=True, help="Open it now, with no closing date.")
@json_option
@in_database
async def import_survey(
    _settings: Settings, *, file: Path, slug: str | None, open_now: bool, as_json: bool
) -> None:
    """Make a consultation from a questionnaire: .json, .xlsx (XLSForm) or .lss (LimeSurvey)."""
    source = read_file(file.read_bytes(), name=file.name)
    made = await surveys.create_consultation(
        source.document, slug=slug, by=SYSTEM, now=now(), notes=source.notes
    )
    notes = list(source.notes)
    if open_now:
        await surveys.open_round(made.slug, by=SYSTEM, now=now())
        notes += await surveys.override_notes(made.id)
    asked = [one for one in source.questionnaire.questions if not isinstance(one, Statement)]
    if as_json:
        print_json(
            {
                "slug": made.slug,
                "title": made.title,
                "pages": len(source.questionnaire.pages),
                "questions": len(asked),
                "notes": notes,
            }
        )
    else:
        click.echo(f"{made.slug}: {made.title}, {len(asked)} questions")
        tell_notes(notes)


@survey.command("export")
@click.argument("slug")
@click.option("--format", "form", required=True, type=click.Choice(["json", "xlsform"]))
@click.option("-o", "--output", required=True, type=writable_file)
@in_database
async def export_survey(_settings: Settings, *, slug: str, form: str, output: Path) -> None:
    """Write the newest questionnaire of a consultation to a file."""
    if form == "json":
        output.write_bytes(await surveys.document(slug))
    else:
        *_, newest = await surveys.versions((await surveys.consultation(slug)).id)
        written = write_xlsform(newest.questionnaire)
        output.write_bytes(written.data)
        tell_notes(written.notes)
    tell(f"Wrote {output}")


def tell_notes(notes: Iterable[Note]) -> None:
    """What a file's form could not hold, a line each."""
    for note in notes:
        tell(f"Note: {note.where}: {note.what}")


@survey.command("open")
@click.argument("slug")
@in_database
async def open_survey(_settings: Settings, *, slug: str) -> None:
    """Open the consultation's next round now."""
    await surveys.open_round(slug, by=SYSTEM, now=now())
    tell(f"{slug} is open")


@survey.command("close")
@click.argument("slug")
@in_database
async def close_survey(_settings: Settings, *, slug: str) -> None:
    """Close the consultation's open round now."""
    await surveys.close_round(slug, by=SYSTEM, now=now())
    tell(f"{slug} is closed")


@main.command()
@click.argument("slug")
@json_option
@in_database
async def ledger(_settings: Settings, *, slug: str, as_json: bool) -> None:
    """What was received, what was analysed, and why anything was not."""
    consultation = await surveys.consultation(slug)
    sheet = await responses.ledger(consultation.id)
    if as_json:
        print_json(sheet)
    else:
        click.echo(f"{sheet.received} received, {sheet.analysed} analysed")
    if not sheet.balanced:
        stop(f"The ledger of {slug} does not balance", FOUND_WRONG)


@main.command()
@click.argument("slug")
@click.option("--round", "round_number", type=click.IntRange(1), help="Only this round.")
@click.option("--compare", is_flag=True, help="Each round beside the others.")
@json_option
@in_database
async def tally(
    _settings: Settings, *, slug: str, round_number: int | None, compare: bool, as_json: bool
) -> None:
    """Count every closed question, small numbers suppressed."""
    counted = await analysis.tally(slug, round_number=round_number, compare=compare)
    if as_json:
        print_json(counted)
        return
    for question in counted.questions:
        click.echo(f"{question.key} ({question.type}): {question.answered} answered")
        for option in question.options or ():
            share = "" if option.share is None else f"  {option.share:.0%}"
            click.echo(f"  {option.value}: {'' if option.n is None else option.n}{share}")


@main.command()
@click.argument("slug")
@json_option
@in_database
async def lint(_settings: Settings, *, slug: str, as_json: bool) -> None:
    """What stops or weakens publication."""
    found = await publications.lint(slug)
    if as_json:
        print_json(found)
    else:
        for kind, gaps in (("Stops", found.blocking), ("Weakens", found.warnings)):
            for gap in gaps:
                click.echo(f"{kind}: {gap.what}. {gap.fix}")
    if found.blocking:
        stop(f"{len(found.blocking)} to mend before {slug} can be published", FOUND_WRONG)


@main.command()
@click.argument("slug")
@click.option("--reason", default="", help="Why a later edition replaces the one before.")
@json_option
@in_database
async def publish(_settings: Settings, *, slug: str, reason: str, as_json: bool) -> None:
    """Seal and publish the next edition of the report."""
    edition = await publications.publish(slug, by=SYSTEM, now=now(), reason=reason)
    if as_json:
        print_json({"slug": slug, "edition": edition.number, "seal": edition.seal})
    else:
        click.echo(f"Published edition {edition.number} of {slug}, seal {edition.seal}")


@main.command("backup")
@click.argument("file", type=writable_file)
@in_database
async def back_up(_settings: Settings, *, file: Path) -> None:
    """Write the whole state to one file, while the server runs."""
    await backups.backup(file)
    tell(f"Wrote {file}. It holds the secret key and every answer: keep it as safe as the database")


@main.command("restore")
@click.argument("file", type=readable_file)
@click.option("--replace", is_flag=True, help="Replace what is there now.")
def restore(file: Path, *, replace: bool) -> None:
    """Bring back the whole state from a backup, into an empty place."""
    with refusals_told():
        use_settings(load_settings())
        asyncio.run(backups.restore(file, replace=replace))
    tell(f"Restored from {file}")
