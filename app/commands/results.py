"""`hearback results`: every question's figures as a workbook or a document."""

import asyncio
from pathlib import Path

import click

from analysis.narrowing import Narrowing
from analysis.pack.document import document
from analysis.pack.workbook import workbook
from analysis.store.pack import note_taken_out, packed
from app.clock import now
from app.settings import Settings
from app.terminal import SYSTEM, in_database, tell, writable_file
from surveys import store as surveys


def _known_ending(_context: click.Context, _option: click.Parameter, output: Path) -> Path:
    if output.suffix not in (".xlsx", ".docx"):
        raise click.BadParameter("End the name in .xlsx for tables, or .docx for words and charts.")
    return output


@click.command()
@click.argument("slug")
@click.option("-o", "--output", required=True, type=writable_file, callback=_known_ending)
@click.option("--round", "round_number", type=click.IntRange(1), help="Only this round.")
@in_database
async def results(settings: Settings, *, slug: str, output: Path, round_number: int | None) -> None:
    """Write every question's results to a workbook (.xlsx) or a document (.docx).

    Small numbers are suppressed as in `tally`.
    """
    consultation = await surveys.consultation(slug)
    found = await packed(
        consultation,
        Narrowing(rounds=(round_number,) if round_number else ()),
        narrowed_to=f"round {round_number}" if round_number else "",
        full=False,
        made_on=now().astimezone(settings.time_zone).date(),
    )
    words = output.suffix == ".docx"
    made = document(found, organisation=settings.organisation) if words else workbook(found)
    await asyncio.to_thread(output.write_bytes, made)
    form = output.suffix.removeprefix(".")
    await note_taken_out(consultation, found.narrowing, form=form, full=False, by=SYSTEM)
    tell(f"Wrote {len(found.reads)} questions to {output}")
