"""The pages of an organisation's draft: whose each is just now, who changed it, whether it is
ready. One person edits a page at a time, until they go on, or their time is over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.database import transaction
from responses.organisation import HOLD, Section
from responses.store.drafts import Draft
from responses.store.units import Noting, Writing
from responses.tables import DraftRow, SectionRow


async def sections(draft: Draft) -> dict[str, Section]:
    """What is known of each section by its key; of one that nobody opened yet, nothing."""
    rows = await SectionRow.select().where(SectionRow.draft == draft.key)
    return {row["section"]: _section(row) for row in rows}


async def open_section(draft: Draft, key: str, member: int, *, now: datetime) -> Section:
    """The section, which is this person's from now on if nobody else is editing it. Another that
    was theirs is free again: one person edits one page."""
    async with transaction():
        await _insertion(draft, key)
        free = (
            SectionRow.editor.is_null()
            | (SectionRow.editor == member)
            | SectionRow.edit_until.is_null()
            | (SectionRow.edit_until <= now)
        )
        await SectionRow.update(_holding(member, now)).where(_one(draft, key), free)
        await SectionRow.update({SectionRow.editor: None, SectionRow.edit_until: None}).where(
            SectionRow.draft == draft.key, SectionRow.editor == member, SectionRow.section != key
        )
        return await _read(draft, key)


async def take_over(draft: Draft, key: str, member: int, *, note: str, now: datetime) -> None:
    """The section is this person's, whoever was editing it; who it was and why stay written."""
    async with transaction():
        await _insertion(draft, key)
        before = await _read(draft, key)
        taken: dict[Any, Any] = _holding(member, now)
        if before.editor not in (None, member):
            taken |= {
                SectionRow.taken_from: before.editor,
                SectionRow.taken_by: member,
                SectionRow.taken_at: now,
                SectionRow.note: note,
            }
        await SectionRow.update(taken).where(_one(draft, key))


async def leave_section(draft: Draft, member: int) -> None:
    """Whatever this person was editing is free."""
    await SectionRow.update({SectionRow.editor: None, SectionRow.edit_until: None}).where(
        SectionRow.draft == draft.key, SectionRow.editor == member
    )


def noting_changes(draft: Draft, keys: Iterable[str], member: int, *, now: datetime) -> Noting:
    """Who changed these sections, written beside a save if that holds."""
    listed = tuple(keys)
    return lambda saving: _notes(draft, listed, member, now, DraftRow.saving == saving)


def note_changes(
    draft: Draft, keys: Iterable[str], member: int, *, now: datetime
) -> tuple[Writing, ...]:
    """The same of what is kept whatever else was saved, as files are."""
    return _notes(draft, keys, member, now)


async def mark_ready(
    draft: Draft, key: str, member: int | None, *, ready_as: str, now: datetime
) -> None:
    """Somebody says that the section is ready as it is; without a member, that it is not."""
    async with transaction():
        await _insertion(draft, key)
        marked: dict[Any, Any] = {
            SectionRow.ready_by: member,
            SectionRow.ready_at: now if member is not None else None,
            SectionRow.ready_as: ready_as if member is not None else "",
        }
        await SectionRow.update(marked).where(_one(draft, key))


def _notes(
    draft: Draft, keys: Iterable[str], member: int, now: datetime, *which: Any
) -> tuple[Writing, ...]:
    live = DraftRow.select(DraftRow.response_key).where(
        DraftRow.token_hash == draft.token_hash, DraftRow.submitted_at.is_null(), *which
    )
    changed: dict[Any, Any] = {SectionRow.changed_by: member, SectionRow.changed_at: now}
    return tuple(
        writing
        for key in keys
        for writing in (
            _insertion(draft, key),
            SectionRow.update(changed).where(_one(draft, key), SectionRow.draft.is_in(live)),
        )
    )


def _insertion(draft: Draft, key: str) -> Writing:
    return SectionRow.insert(SectionRow(draft=draft.key, section=key)).on_conflict(
        target=(SectionRow.draft, SectionRow.section), action="DO NOTHING"
    )


async def _read(draft: Draft, key: str) -> Section:
    rows = await SectionRow.select().where(_one(draft, key))
    return _section(rows[0])


def _holding(member: int, now: datetime) -> dict[Any, Any]:
    return {SectionRow.editor: member, SectionRow.edit_until: now + HOLD}


def _one(draft: Draft, key: str) -> Any:
    return (SectionRow.draft == draft.key) & (SectionRow.section == key)


def _section(row: dict[str, Any]) -> Section:
    named = {name: row[name] for name in Section.__struct_fields__ if name != "key"}
    return Section(key=row["section"], **named)
