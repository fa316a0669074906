"""`hearback responses`: files of responses in and out."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import msgspec

from app.clock import now
from app.settings import Settings
from app.terminal import (
    FOUND_WRONG,
    SYSTEM,
    UNUSABLE,
    in_database,
    json_option,
    print_json,
    readable_file,
    stop,
    tell,
    writable_file,
)
from responses.files.formats import FORMATS
from responses.files.matching import FileMap, read_map
from responses.response import Channel
from responses.store import exporting, importing
from surveys import store as surveys

MOST_SHOWN = 20


@click.group("responses")
def response_files() -> None:
    """Responses: files in and out."""


@response_files.command("import")
@click.argument("slug")
@click.argument("file", type=readable_file)
@click.option(
    "--channel",
    default=Channel.ONLINE.value,
    show_default=True,
    type=click.Choice([channel.value for channel in Channel]),
    help="How they reached us, where the file does not say.",
)
@click.option("--round", "number", type=click.IntRange(1), help="The open one, else the last.")
@click.option(
    "--map", "map_file", type=readable_file, help='JSON: {"columns": {…}, "values": {…}}.'
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and store nothing.")
@json_option
@in_database
async def import_file(
    _settings: Settings,
    *,
    slug: str,
    file: Path,
    channel: str,
    number: int | None,
    map_file: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Store the responses of a CSV, .xlsx or JSON lines file: all of them, or none.

    Columns are named after questions, by key or by words. The same file again stores nothing.
    """
    at = now()
    consultation = await surveys.consultation(slug, at=at)
    into = importing.round_to_import_into(consultation, number, at)
    with _Progress() as progress:
        done = await importing.import_responses(
            consultation,
            file,
            into=into,
            version=await surveys.version(into.version_id),
            channel=Channel(channel),
            by=SYSTEM,
            now=at,
            said=_map(map_file),
            dry_run=dry_run,
            tell=progress.tell,
        )
    if as_json:
        print_json(done)
    else:
        _tell_import(done, dry_run=dry_run)
    if done.wrong:
        stop(f"{done.wrong:,} to mend in {file}. Nothing was stored", FOUND_WRONG)


def _map(file: Path | None) -> FileMap:
    if file is None:
        return FileMap()
    try:
        return read_map(file.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        stop(f"The map {file} cannot be read: {error}", UNUSABLE)


def _tell_import(done: importing.Imported, *, dry_run: bool) -> None:
    for each in done.rejected[:MOST_SHOWN]:
        place = f"Row {each.row:,}, {each.question}" if each.question else f"Row {each.row:,}"
        click.echo(f"{place}: {each.why}")
    if done.wrong > MOST_SHOWN:
        click.echo(f"and {done.wrong - MOST_SHOWN:,} more")
    for key, count in done.left_out.items():
        click.echo(f"{key}: {count:,} answers left out, as their route does not ask it")
    if not done.wrong:
        would = "would be imported" if dry_run else "imported"
        click.echo(f"{done.imported:,} {would}, {done.duplicates:,} were there already")


class _Progress:
    """A bar on standard error for each thing that takes its time."""

    def __init__(self) -> None:
        self._what = ""
        self._bars = ExitStack()
        self._bar: Any = None

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.close()

    def tell(self, what: str, share: float, rows: int) -> None:
        if what != self._what:
            self._begin(what)
        self._bar.label = f"{what.capitalize()} {rows:,} rows"
        self._bar.update(round(share * 1000) - self._bar.pos)

    def _begin(self, what: str) -> None:
        self._bars.close()
        self._what = what
        self._bar = self._bars.enter_context(
            click.progressbar(length=1000, label=what.capitalize(), file=sys.stderr)
        )


@response_files.command("export")
@click.argument("slug")
@click.option("--format", "form", required=True, type=click.Choice(sorted(FORMATS)))
@click.option("-o", "--output", required=True, type=writable_file)
@click.option("--round", "number", type=click.IntRange(1), help="Only this round.")
@click.option(
    "--private",
    is_flag=True,
    help="With contact details and answers about protected characteristics. The audit says so.",
)
@in_database
async def export_file(
    _settings: Settings,
    *,
    slug: str,
    form: str,
    output: Path,
    number: int | None,
    private: bool,
) -> None:
    """Write the responses that are in the figures to a file, with a codebook beside it."""
    consultation = await surveys.consultation(slug)
    written = await exporting.export_responses(
        consultation, output, form=form, round_number=number, private=private, by=SYSTEM
    )
    for note in written.notes:
        tell(f"Note: {note}")
    tell(f"Wrote {written.responses:,} responses to {output}")
    for beside in written.beside:
        tell(f"Wrote {beside}")
