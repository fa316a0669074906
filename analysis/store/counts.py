"""How far reading has come over every consultation at once, and in one response."""

from uuid import UUID

from piccolo.query.functions.aggregate import Count

from analysis.codebook import Theme
from analysis.store.codebook import theme_of
from analysis.store.codings import CodingProgress
from analysis.tables import FinishedAnswerRow, ThemeRow
from responses import store as responses
from responses.response import ANALYSED


async def progress_of_all() -> dict[int, CodingProgress]:
    """The free-text answers of each consultation that people have finished, by its id."""
    rows = (
        await FinishedAnswerRow.select(FinishedAnswerRow.consultation, Count())
        .where(FinishedAnswerRow.text_answer._.response._.status == ANALYSED)
        .group_by(FinishedAnswerRow.consultation)
    )
    finished = {row["consultation"]: row["count"] for row in rows}
    return {
        consultation: CodingProgress(finished.get(consultation, 0), written)
        for consultation, written in (await responses.written_counts()).items()
    }


async def themes_of_all() -> dict[int, tuple[Theme, ...]]:
    """Each consultation's codebook in its order, by its id."""
    rows = (
        await ThemeRow.select()
        .where(ThemeRow.merged_into.is_null())
        .order_by(ThemeRow.position, ThemeRow.id)
    )
    found: dict[int, tuple[Theme, ...]] = {}
    for row in rows:
        found[row["consultation"]] = (*found.get(row["consultation"], ()), theme_of(row))
    return found


async def finished_questions(response_key: UUID) -> frozenset[str]:
    """The questions of one response whose free-text answers a person has finished."""
    rows = await FinishedAnswerRow.select(
        FinishedAnswerRow.text_answer.question.as_alias("question")
    ).where(FinishedAnswerRow.text_answer.response == response_key)
    return frozenset(row["question"] for row in rows)
