"""`hearback survey`: questionnaires in and out, opened and closed."""

from collections.abc import Iterable
from pathlib import Path

import click

from app.clock import now
from app.settings import Settings
from app.terminal import (
    SYSTEM,
    in_database,
    json_option,
    print_json,
    readable_file,
    tell,
    writable_file,
)
from surveys import store as surveys
from surveys.files import read_file
from surveys.imported import Note
from surveys.questionnaire import Statement
from surveys.xlsform import write_xlsform


@click.group()
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
