"""What every command does: connect, tell, print one document, and end in one line where it must."""

import asyncio
import functools
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

import click
import msgspec

from app import database
from app.problems import Refusal
from app.settings import Settings, UnusableSetting, load_settings, use_settings

DONE, FOUND_WRONG, UNUSABLE = 0, 1, 2
SYSTEM = "system"
"""Who does what is done at the terminal."""

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
    except Refusal as refusal:
        # What was not found is named by the title alone; all others say themselves what is wrong.
        words = f"{refusal.title}. {refusal.words}" if refusal.status == 404 else refusal.words
        stop(words, UNUSABLE if refusal.unusable else FOUND_WRONG)
    except BrokenPipeError:  # whoever reads, like `head`, has enough: click ends it without a word
        raise
    except OSError as error:  # a full disk, a folder that may not be written to
        stop(f"This could not be done: {error}", FOUND_WRONG)


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
