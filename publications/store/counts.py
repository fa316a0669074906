"""What is decided and what is overdue over every consultation at once, for lists of them."""

from datetime import date

from piccolo.query.functions.aggregate import Count

from publications.tables import CommitmentRow, OutcomeRow


async def decided_themes() -> frozenset[int]:
    """The themes that have an outcome, whatever their consultation."""
    rows = await OutcomeRow.select(OutcomeRow.theme)
    return frozenset(row["theme"] for row in rows)


async def overdue_counts(today: date) -> dict[int, int]:
    """How many promises of each consultation were due before today and are not kept."""
    rows = (
        await CommitmentRow.select(CommitmentRow.consultation, Count())
        .where(CommitmentRow.due_on < today, CommitmentRow.kept_on.is_null())
        .group_by(CommitmentRow.consultation)
    )
    return {row["consultation"]: row["count"] for row in rows}
