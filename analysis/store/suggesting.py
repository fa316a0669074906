"""Suggestions: made again for unread answers whenever a theme changes."""

from datetime import datetime

import msgspec

from analysis.codebook import Theme
from analysis.store.codings import finished_ids
from analysis.suggestion import Suggestion, matching_words, suggestions
from analysis.tables import SuggestionRow
from responses import store as responses
from responses.store import TextAnswer

# SQLite takes 32,766 values a statement, and a suggestion has four.
MOST_AT_ONCE = 5_000


async def remake_suggestions(consultation_id: int, theme: Theme, *, now: datetime) -> None:
    """What the theme suggests to the answers that nobody has finished, in place of what it did."""
    read = await finished_ids(consultation_id)
    await SuggestionRow.delete().where(SuggestionRow.theme == theme.id)
    rows = [
        _row(answer, Suggestion(theme.id, because), now)
        for answer in await responses.text_answers(consultation_id)
        if answer.id not in read and (because := matching_words(answer.text, theme.keywords))
    ]
    for start in range(0, len(rows), MOST_AT_ONCE):
        await SuggestionRow.insert(*rows[start : start + MOST_AT_ONCE])


async def suggestions_for(answer: TextAnswer, themes: tuple[Theme, ...]) -> tuple[Suggestion, ...]:
    """The suggestions of one answer. One that came after the last change of the codebook has none
    stored yet: its are found as it is read."""
    rows = await SuggestionRow.select(SuggestionRow.theme, SuggestionRow.because).where(
        SuggestionRow.text_answer == answer.id
    )
    if not rows:
        return suggestions(answer.text, themes)
    return tuple(
        Suggestion(row["theme"], msgspec.json.decode(row["because"], type=tuple[str, ...]))
        for row in rows
    )


async def suggestion_counts(consultation_id: int) -> dict[int, int]:
    """Unread answers that each theme is suggested for."""
    read = await finished_ids(consultation_id)
    rows = await SuggestionRow.select(SuggestionRow.theme, SuggestionRow.text_answer).where(
        SuggestionRow.theme.consultation == consultation_id
    )
    counts: dict[int, int] = {}
    for row in rows:
        if row["text_answer"] not in read:
            counts[row["theme"]] = counts.get(row["theme"], 0) + 1
    return counts


def _row(answer: TextAnswer, made: Suggestion, now: datetime) -> SuggestionRow:
    return SuggestionRow(
        text_answer=answer.id,
        theme=made.theme_id,
        because=msgspec.json.encode(made.because).decode(),
        made_at=now,
    )
