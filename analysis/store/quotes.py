"""Quotes that officers have cleared for the public."""

from datetime import datetime

from msgspec import Struct

from analysis.quoting import is_of, tidy_quote
from analysis.store.codings import coded_pairs, finished_ids
from analysis.tables import ClearedQuoteRow
from app.audit import store as audit
from app.database import transaction
from app.problems import Refusal
from responses import store as responses
from responses.store import TextAnswer
from surveys import store as surveys


class ClearedQuote(Struct, frozen=True):
    theme_id: int
    quote: str
    round_number: int


class UnderTheme(Struct, frozen=True):
    """An answer that a person coded to a theme, and what of it is cleared for the public."""

    answer: TextAnswer
    finished: bool
    quote: str | None


class NotInTheAnswer(Refusal):
    status = 422
    title = "These are not the answer's own words"


class NotCoded(Refusal):
    title = "This answer is not coded under the theme"


async def clear_quote(
    slug: str, text_answer_id: int, theme_id: int, quote: str, *, by: str, now: datetime
) -> None:
    """Clears words of an answer for the public under a theme, in place of any cleared before.

    Raises NotInTheAnswer unless the words stand in the answer but for gaps written […].
    """
    consultation = await surveys.consultation(slug)
    tidy = tidy_quote(quote)
    async with transaction():
        under = await answers_under(consultation.id, theme_id)
        found = next((one.answer for one in under if one.answer.id == text_answer_id), None)
        if found is None:
            raise NotCoded("Code the answer under the theme first, then clear a quote from it.")
        if not is_of(tidy, found.text):
            raise NotInTheAnswer(
                "Use the answer's own words. Write […] in place of what you leave out."
            )
        await _delete(text_answer_id, theme_id)
        await ClearedQuoteRow.insert(
            ClearedQuoteRow(
                text_answer=text_answer_id,
                theme=theme_id,
                quote=tidy,
                cleared_by=by,
                cleared_at=now,
            )
        )
        await _record("clear-quote", slug, text_answer_id, theme_id, by)


async def take_back_quote(slug: str, text_answer_id: int, theme_id: int, *, by: str) -> None:
    """The quote is no longer cleared; editions already published keep it."""
    async with transaction():
        await _delete(text_answer_id, theme_id)
        await _record("take-back-quote", slug, text_answer_id, theme_id, by)


async def cleared_quotes(consultation_id: int) -> tuple[ClearedQuote, ...]:
    """The quotes that may be published: their answers are analysed, finished, and still coded
    under the theme. In the order of the answers."""
    read = await finished_ids(consultation_id)
    coded = set(await coded_pairs(consultation_id))
    answers = {answer.id: answer for answer in await responses.text_answers(consultation_id)}
    rows = (
        await ClearedQuoteRow.select()
        .where(ClearedQuoteRow.theme.consultation == consultation_id)
        .order_by(ClearedQuoteRow.text_answer)
    )
    return tuple(
        ClearedQuote(row["theme"], row["quote"], answers[row["text_answer"]].round_number)
        for row in rows
        if row["text_answer"] in read
        and row["text_answer"] in answers
        and (row["text_answer"], row["theme"]) in coded
    )


async def answers_under(consultation_id: int, theme_id: int) -> tuple[UnderTheme, ...]:
    """The analysed answers coded under a theme, in the order stored."""
    coded = {answer for answer, theme in await coded_pairs(consultation_id) if theme == theme_id}
    read = await finished_ids(consultation_id)
    rows = await ClearedQuoteRow.select(ClearedQuoteRow.text_answer, ClearedQuoteRow.quote).where(
        ClearedQuoteRow.theme == theme_id
    )
    quotes = {row["text_answer"]: row["quote"] for row in rows}
    return tuple(
        UnderTheme(answer, answer.id in read, quotes.get(answer.id))
        for answer in await responses.text_answers(consultation_id)
        if answer.id in coded
    )


async def _delete(text_answer_id: int, theme_id: int) -> None:
    await ClearedQuoteRow.delete().where(
        ClearedQuoteRow.text_answer == text_answer_id, ClearedQuoteRow.theme == theme_id
    )


async def _record(action: str, slug: str, text_answer_id: int, theme_id: int, by: str) -> None:
    detail = {"text_answer": text_answer_id, "theme": theme_id}
    await audit.record(action, f"consultation:{slug}", by=by, detail=detail)
