"""What an imported file held and the version made of it does not, kept with the version."""

from collections.abc import Iterable

from surveys.imported import Note
from surveys.tables import ImportNoteRow


async def insert_import_notes(version_id: int, notes: Iterable[Note]) -> None:
    rows = [ImportNoteRow(version=version_id, place=note.where, what=note.what) for note in notes]
    if rows:
        await ImportNoteRow.insert(*rows)


async def import_notes(version_id: int) -> tuple[Note, ...]:
    """In the order that the file was read in."""
    table = ImportNoteRow
    rows = await table.select().where(table.version == version_id).order_by(table.id)
    return tuple(Note(row["place"], row["what"]) for row in rows)


async def count_import_notes(version_ids: Iterable[int]) -> dict[int, int]:
    """How many notes each version has, those with none left out."""
    table = ImportNoteRow
    counts: dict[int, int] = {}
    for row in await table.select(table.version).where(table.version.is_in(list(version_ids))):
        counts[row["version"]] = counts.get(row["version"], 0) + 1
    return counts
