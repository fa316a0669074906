"""Counts over every consultation at once, for lists of them."""

from piccolo.query.functions.aggregate import Count

from responses.response import ANALYSED
from responses.tables import ResponseRow, TextAnswerRow


async def received_counts() -> dict[int, int]:
    """How many responses each consultation has received, by its id."""
    rows = await ResponseRow.select(ResponseRow.consultation, Count()).group_by(
        ResponseRow.consultation
    )
    return {row["consultation"]: row["count"] for row in rows}


async def written_counts() -> dict[int, int]:
    """How many free-text answers of analysed responses each consultation has, by its id."""
    rows = (
        await TextAnswerRow.select(TextAnswerRow.consultation, Count())
        .where(TextAnswerRow.response.status == ANALYSED)
        .group_by(TextAnswerRow.consultation)
    )
    return {row["consultation"]: row["count"] for row in rows}
