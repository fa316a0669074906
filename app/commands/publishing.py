"""`hearback lint` and `publish`."""

import click

from app.clock import now
from app.settings import Settings
from app.terminal import FOUND_WRONG, SYSTEM, in_database, json_option, print_json, stop
from publications import store as publications


@click.command()
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


@click.command()
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
