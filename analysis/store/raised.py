"""Whose answers raise a theme, of those whose answers have been read."""

from analysis.tables import CodingRow, FinishedAnswerRow
from responses.response import ANALYSED


async def who_raised(consultation_id: int, theme_id: int) -> tuple[frozenset[int], frozenset[int]]:
    """The responses any of whose answers people have finished reading, and those of them that
    raise the theme in such an answer."""
    answer = FinishedAnswerRow.text_answer
    rows = await FinishedAnswerRow.select(answer, answer._.response._.id.as_alias("person")).where(
        FinishedAnswerRow.consultation == consultation_id,
        answer._.response._.status == ANALYSED,
    )
    person_of = {row["text_answer"]: row["person"] for row in rows}
    coded = await CodingRow.select(CodingRow.text_answer).where(CodingRow.theme == theme_id)
    raised = {person_of.get(row["text_answer"], 0) for row in coded}
    return frozenset(person_of.values()), frozenset(raised - {0})
