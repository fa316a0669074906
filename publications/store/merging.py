"""Merging a theme into another, unless what was said and promised about it would be lost."""

from datetime import datetime

from analysis import store as analysis
from analysis.codebook import Theme
from app.database import transaction
from app.problems import Refusal
from publications.tables import CommitmentRow, OutcomeRow
from surveys.consultation import Consultation


class ThemeIsAnswered(Refusal):
    title = "This theme has an outcome or promises of its own"


async def merge_themes(
    consultation: Consultation, theme_id: int, into_id: int, *, by: str, now: datetime
) -> Theme:
    """The theme that took the other in. Raises ThemeIsAnswered, since an outcome and promises do
    not move: which of two themes they are true of is for people to say."""
    async with transaction():
        if await OutcomeRow.exists().where(OutcomeRow.theme == theme_id):
            raise ThemeIsAnswered(
                "What became of this theme is on record. Take its outcome back first, "
                "or merge the other theme into this one."
            )
        if await CommitmentRow.exists().where(CommitmentRow.theme == theme_id):
            raise ThemeIsAnswered(
                "Promises stand behind this theme. Give them another theme first, "
                "or merge the other theme into this one."
            )
        return await analysis.merge_themes(consultation.slug, theme_id, into_id, by=by, now=now)
