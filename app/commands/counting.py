"""`hearback ledger` and `tally`: what was received, and what it says in numbers."""

from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

import click

from analysis import store as analysis
from analysis.distributed import sums_by_workers
from analysis.partitions import sums_here
from analysis.store.partitions import Counting, tally_of_partitions, write_partitions
from app.commands.tally_lines import tally_lines
from app.settings import Settings
from app.terminal import FOUND_WRONG, in_database, json_option, print_json, stop, tell
from responses import store as responses
from surveys import store as surveys

folder = click.Path(file_okay=False, path_type=Path)


@click.command()
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


class Asked(TypedDict):
    round_number: int | None
    by: str | None
    compare: bool


def _counting(workers: int | None, scheduler: str | None) -> Counting:
    if workers is None and scheduler is None:
        return sums_here
    return partial(sums_by_workers, workers=workers or 0, scheduler=scheduler or "")


@click.command()
@click.argument("slug")
@click.option("--round", "round_number", type=click.IntRange(1), help="Only this round.")
@click.option("--by", metavar="QUESTION", help="Each by this one's answers; publish by one only.")
@click.option("--compare", is_flag=True, help="Each round beside the others.")
@click.option("--partitions", type=folder, help="Count what `hearback partitions` wrote here.")
@click.option("--workers", type=click.IntRange(1), help="So many processes count the partitions.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster counts the partitions.")
@json_option
@in_database
async def tally(
    _settings: Settings,
    *,
    slug: str,
    partitions: Path | None,
    workers: int | None,
    scheduler: str | None,
    as_json: bool,
    **wanted: Unpack[Asked],
) -> None:
    """Count every closed question, small numbers suppressed."""
    if partitions is None and (workers or scheduler):
        raise click.UsageError("Workers count partitions: say where they are with --partitions.")
    if partitions is None:
        counted = await analysis.tally(slug, **wanted)
    else:
        counting = _counting(workers, scheduler)
        counted = await tally_of_partitions(slug, partitions, counting, **wanted)
    if as_json:
        print_json(counted)
        return
    for line in tally_lines(counted):
        click.echo(line)


@click.command()
@click.argument("slug")
@click.argument("where", metavar="FOLDER", type=folder)
@in_database
async def partitions(_settings: Settings, *, slug: str, where: Path) -> None:
    """Write the coded closed answers to Parquet files, for `tally --partitions`.

    For sets that outgrow one machine's memory. The files hold single answers: keep them as safe as
    the database, and remove them after.
    """
    written = await write_partitions(slug, where)
    tell(f"Wrote {written:,} responses to {where}")
