"""The codebook: themes added, edited, merged and put in order; suggestions follow each change."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from analysis.codebook import Theme, ThemeWords, read_keywords, same_label, theme_slug
from analysis.store.suggesting import remake_suggestions
from analysis.tables import ClearedQuoteRow, CodingRow, SuggestionRow, ThemeRow
from app.audit import store as audit
from app.database import transaction
from app.problems import Refusal
from surveys import store as surveys


class NoSuchTheme(Refusal):
    status = 404
    title = "There is no such theme"


class LabelTaken(Refusal):
    title = "There is already a theme with this name"


async def themes(consultation_id: int) -> tuple[Theme, ...]:
    """The codebook in its order, merged themes left out."""
    rows = (
        await ThemeRow.select()
        .where(ThemeRow.consultation == consultation_id, ThemeRow.merged_into.is_null())
        .order_by(ThemeRow.position, ThemeRow.id)
    )
    return tuple(theme_of(row) for row in rows)


async def theme(consultation_id: int, theme_id: int) -> Theme:
    """Raises NoSuchTheme, also for one that was merged into another."""
    return _found(await themes(consultation_id), theme_id)


async def add_theme(slug: str, words: ThemeWords, *, by: str, now: datetime) -> Theme:
    """A new theme at the end of the codebook. Raises LabelTaken."""
    consultation = await surveys.consultation(slug)
    async with transaction():
        present = await themes(consultation.id)
        _refuse_taken(words.label, present)
        added = Theme(
            id=0,
            slug=theme_slug(words.label, await _slugs(consultation.id)),
            label=words.label,
            description=words.description,
            keywords=words.keywords,
            reference=words.reference,
            position=max((each.position for each in present), default=0) + 1,
            created_at=now,
        )
        (row,) = await ThemeRow.insert(_row(added, consultation.id))
        added = msgspec.structs.replace(added, id=row["id"])
        await remake_suggestions(consultation.id, added, now=now)
        await audit.record("add-theme", _subject(slug), by=by, detail=_detail(added))
    return added


async def edit_theme(
    slug: str, theme_id: int, words: ThemeWords, *, by: str, now: datetime
) -> Theme:
    """The theme in other words; its address stays. Raises NoSuchTheme or LabelTaken."""
    consultation = await surveys.consultation(slug)
    async with transaction():
        present = await themes(consultation.id)
        before = _found(present, theme_id)
        _refuse_taken(words.label, (each for each in present if each.id != theme_id))
        after = msgspec.structs.replace(before, **msgspec.structs.asdict(words))
        if after == before:
            return before
        await _update(after)
        if after.keywords != before.keywords:
            await remake_suggestions(consultation.id, after, now=now)
        detail = {"before": _detail(before), "after": _detail(after)}
        await audit.record("edit-theme", _subject(slug), by=by, detail=detail)
    return after


async def merge_themes(slug: str, theme_id: int, into_id: int, *, by: str, now: datetime) -> Theme:
    """Moves the codings, cleared quotes and keywords of one theme to another, which is returned.

    The merged theme leaves the codebook; its row stays. Raises NoSuchTheme.
    """
    consultation = await surveys.consultation(slug)
    async with transaction():
        present = await themes(consultation.id)
        gone, into = _found(present, theme_id), _found(present, into_id)
        if gone == into:
            raise NoSuchTheme("Choose another theme to merge into.")
        keywords = read_keywords("\n".join(into.keywords + gone.keywords))
        into = msgspec.structs.replace(into, keywords=keywords)
        await _move(CodingRow, gone.id, into=into.id)
        await _move(ClearedQuoteRow, gone.id, into=into.id)
        await SuggestionRow.delete().where(SuggestionRow.theme == gone.id)
        await ThemeRow.update({ThemeRow.merged_into: into.id}).where(ThemeRow.id == gone.id)
        await _update(into)
        await remake_suggestions(consultation.id, into, now=now)
        detail = {"theme": _detail(gone), "into": _detail(into)}
        await audit.record("merge-themes", _subject(slug), by=by, detail=detail)
    return into


async def move_theme(slug: str, theme_id: int, *, up: bool, by: str) -> None:
    """Changes places with the theme before or after it; at the end of the list nothing happens."""
    consultation = await surveys.consultation(slug)
    async with transaction():
        present = await themes(consultation.id)
        moved = _found(present, theme_id)
        place = present.index(moved) + (-1 if up else 1)
        if not 0 <= place < len(present):
            return
        other = present[place]
        await _update(msgspec.structs.replace(moved, position=other.position))
        await _update(msgspec.structs.replace(other, position=moved.position))
        detail = {"theme": moved.id, "up": up}
        await audit.record("move-theme", _subject(slug), by=by, detail=detail)


async def _move(table: type[CodingRow] | type[ClearedQuoteRow], gone: int, *, into: int) -> None:
    there = table.select(table.text_answer).where(table.theme == into)
    await table.delete().where(table.theme == gone, table.text_answer.is_in(there))
    await table.update({table.theme: into}).where(table.theme == gone)


async def _update(changed: Theme) -> None:
    await ThemeRow.update(
        {
            ThemeRow.label: changed.label,
            ThemeRow.description: changed.description,
            ThemeRow.keywords: _encoded(changed.keywords),
            ThemeRow.reference: changed.reference,
            ThemeRow.position: changed.position,
        }
    ).where(ThemeRow.id == changed.id)


async def _slugs(consultation_id: int) -> list[str]:
    rows = await ThemeRow.select(ThemeRow.slug).where(ThemeRow.consultation == consultation_id)
    return [row["slug"] for row in rows]


def _found(present: tuple[Theme, ...], theme_id: int) -> Theme:
    found = next((each for each in present if each.id == theme_id), None)
    if found is None:
        raise NoSuchTheme("This consultation has no such theme. It may have been merged.")
    return found


def _refuse_taken(label: str, present: Iterable[Theme]) -> None:
    if any(same_label(label, each.label) for each in present):
        raise LabelTaken(
            f"There is already a theme called “{label}”. Use that one, or other words."
        )


def theme_of(row: Mapping[str, Any]) -> Theme:
    keywords = msgspec.json.decode(row["keywords"], type=tuple[str, ...])
    fields = {name: row[name] for name in Theme.__struct_fields__}
    return Theme(**fields | {"keywords": keywords})


def _row(added: Theme, consultation_id: int) -> ThemeRow:
    return ThemeRow(
        consultation=consultation_id,
        slug=added.slug,
        label=added.label,
        description=added.description,
        keywords=_encoded(added.keywords),
        reference=added.reference,
        position=added.position,
        created_at=added.created_at,
    )


def _encoded(keywords: tuple[str, ...]) -> str:
    return msgspec.json.encode(keywords).decode()


def _detail(said: Theme) -> dict[str, object]:
    return {
        "id": said.id,
        "label": said.label,
        "description": said.description,
        "keywords": list(said.keywords),
        "reference": said.reference,
    }


def _subject(slug: str) -> str:
    return f"consultation:{slug}"
