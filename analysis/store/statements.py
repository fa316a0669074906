"""Statements on record, each beside the data as they may be published now."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from analysis.asked import AskedInWords, asked_in_words
from analysis.quantities import Band, Stated, stated
from analysis.statements import (
    Bound,
    Kept,
    Offer,
    Standing,
    can_be_bound,
    counted,
    offer_of,
    offered,
    saying_of,
    sentence_problems,
)
from analysis.store.bands import bands
from analysis.store.matrices import matrix
from analysis.tables import StatementRow
from analysis.tally import Plan, QuestionTally, Tally
from analysis.tally import tally as tally_of
from app.audit.store import record
from app.database import transaction
from app.problems import Problem, Refusal
from surveys.consultation import Consultation


class NoSuchStatement(Refusal):
    status = 404
    title = "There is no such statement"


class NothingToState(Refusal):
    title = "There are no numbers here that may be published"


class CountedInWords(Struct, frozen=True):
    """The consultation as it may be published: each question in words with its figures, of all
    rounds together and of each; and the bands in force."""

    asked: tuple[AskedInWords, ...]
    tally: Tally
    bands: tuple[Band, ...]

    def of(self, key: str) -> tuple[AskedInWords, QuestionTally] | None:
        """A question by its key, or by the name that equivalent ones share."""
        pairs = zip(self.asked, self.tally.questions, strict=True)
        named = [pair for pair in pairs if key in (pair[0].form.key, pair[0].form.name)]
        return named[0] if named else None

    def offers(self, key: str, round_number: int | None) -> tuple[Offer, ...]:
        found = self.of(key)
        return offered(*found, self.bands, round_number) if found else ()

    def offer(self, bound: Bound) -> Offer | None:
        found = self.of(bound.question)
        return offer_of(*found, bound, self.bands) if found else None


async def counted_in_words(consultation: Consultation) -> CountedInWords:
    marks = await matrix(consultation.id)
    codings = [each.block.coding for each in marks]
    plan = Plan(
        tuple(each.number for each in consultation.rounds),
        compare=True,
        threshold=consultation.threshold,
    )
    return CountedInWords(
        asked_in_words((each.questionnaire for each in codings), [each.names for each in codings]),
        tally_of(marks, plan),
        await bands(),
    )


async def statements(
    consultation: Consultation, now: CountedInWords | None = None
) -> tuple[Standing, ...]:
    """Every statement, the first one kept first. Where there is none, nothing is counted."""
    rows = (
        await StatementRow.select()
        .where(StatementRow.consultation == consultation.id)
        .order_by(StatementRow.id)
    )
    if not rows:
        return ()
    data = now or await counted_in_words(consultation)
    return tuple(_standing(_kept(row), data) for row in rows)


async def statement(consultation: Consultation, statement_id: int) -> Standing:
    row = await StatementRow.select().where(_is(consultation, statement_id)).first()
    if row is None:
        raise NoSuchStatement("It may have been taken off the record.")
    return _standing(_kept(row), await counted_in_words(consultation))


async def keep_statement(
    consultation: Consultation, bound: Bound, *, by: str, now: datetime
) -> int:
    """Put a statement by rule on record; the id of the one that is there where it was kept before.
    Raises NothingToState."""
    async with transaction():
        for standing in await statements(consultation):
            if standing.kept.bound == bound:
                return standing.kept.id
        offer = (await counted_in_words(consultation)).offer(bound)
        if offer is None:
            raise NothingToState("Nobody answered it, or so few that their number is not shown.")
        row = StatementRow(
            consultation=consultation.id,
            question=bound.question,
            row=bound.row,
            answers=msgspec.json.encode(bound.values).decode(),
            round_number=bound.round_number,
            sentence="",
            in_report=False,
            written_by=by,
            written_at=now,
            **_written(offer.now),
        )
        await row.save()
        await _audit("keep-statement", consultation, row.id, by=by)
    return int(row.id)


async def word_statement(
    consultation: Consultation, statement_id: int, sentence: str, *, by: str, now: datetime
) -> tuple[Problem, ...]:
    """Put somebody's own sentence in place of what there was, or with an empty one the program's
    words. Where the sentence does not say what the numbers are now, nothing is stored."""
    async with transaction():
        standing = await statement(consultation, statement_id)
        if standing.now is None:
            raise NothingToState("Nobody answered it, or so few that their number is not shown.")
        if sentence and (found := sentence_problems(sentence, standing.now, standing.bands)):
            return found
        values: dict[str, Any] = {"sentence": sentence, "written_by": by, "written_at": now}
        await StatementRow.update(**values, **_written(standing.now)).where(
            _is(consultation, statement_id)
        )
        await _audit("word-statement", consultation, statement_id, by=by)
    return ()


async def print_statement(
    consultation: Consultation, statement_id: int, *, in_report: bool, by: str
) -> None:
    """Whether the next edition prints it."""
    async with transaction():
        await statement(consultation, statement_id)
        await StatementRow.update({"in_report": in_report}).where(_is(consultation, statement_id))
        action = "print-statement" if in_report else "leave-out-statement"
        await _audit(action, consultation, statement_id, by=by)


async def remove_statement(consultation: Consultation, statement_id: int, *, by: str) -> None:
    """Take it off the record; editions that were sealed with it keep it."""
    async with transaction():
        standing = await statement(consultation, statement_id)
        await StatementRow.delete().where(_is(consultation, statement_id))
        await _audit("remove-statement", consultation, statement_id, by=by, words=standing.words)


def _standing(kept: Kept, data: CountedInWords) -> Standing:
    found = data.of(kept.bound.question)
    if found is None or not can_be_bound(found[0], kept.bound):
        return Standing(kept=kept, saying=None, now=None, bands=data.bands)
    asked, question = found
    numbers = counted(question, kept.bound)
    return Standing(
        kept=kept,
        saying=saying_of(asked, kept.bound),
        now=stated(*numbers, data.bands) if numbers else None,
        key=asked.form.key,
        sensitive=asked.form.special_category,
        bands=data.bands,
    )


def _kept(row: dict[str, Any]) -> Kept:
    values = msgspec.json.decode(row["answers"], type=tuple[str, ...])
    return Kept(
        id=row["id"],
        bound=Bound(row["question"], row["row"], values, row["round_number"]),
        written=Stated(row["word"], row["n"], row["base"]),
        sentence=row["sentence"],
        in_report=row["in_report"],
        written_by=row["written_by"],
        written_at=row["written_at"],
    )


def _written(now: Stated) -> dict[str, Any]:
    return {"word": now.word, "n": now.n, "base": now.base}


def _is(consultation: Consultation, statement_id: int) -> Any:
    return (StatementRow.id == statement_id) & (StatementRow.consultation == consultation.id)


async def _audit(
    action: str, consultation: Consultation, statement_id: int, *, by: str, words: str = ""
) -> None:
    detail = {"statement": statement_id} | ({"words": words} if words else {})
    await record(action, f"consultation:{consultation.slug}", by=by, detail=detail)
