"""People's codings of answers: set, finished and taken back, each step kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from analysis.coding import ChangedMeanwhile, Codings, Step, codings, undone, with_merges
from analysis.tables import CodingRow, CodingStepRow, FinishedAnswerRow, ThemeRow
from app.database import engine, transaction

# Any number will do, as long as nothing else in the database locks pairs under it.
CODING_LOCK = 20_261


class CodingProgress(Struct, frozen=True):
    """Answers in words that people have read and finished, of all."""

    finished: int
    total: int


class OwnTheme(Struct, frozen=True):
    """A theme that a respondent's own answer was counted under."""

    question: str
    theme_id: int
    label: str


async def set_codings(
    text_answer_id: int,
    theme_ids: Iterable[int],
    *,
    consultation_id: int,
    finished: bool,
    coder: str,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Makes these the answer's codings, in place of any others.

    `seen` is the mark of the codings that the coder was looking at; where the answer's are others
    by now, nothing is stored and ChangedMeanwhile is raised.
    """
    after = codings(theme_ids, finished=finished)
    async with transaction():
        await _one_at_a_time(text_answer_id)
        before = await codings_of_answer(text_answer_id)
        if seen is not None and seen != before.mark:
            raise ChangedMeanwhile(before, await last_coder(text_answer_id))
        if after == before:
            return
        step = Step(text_answer_id, coder, before, after)
        await _apply(step, consultation_id, now=now)
        await CodingStepRow.insert(_step_row(step, consultation_id, now))


async def undo(consultation_id: int, coder: str, *, now: datetime) -> int | None:
    """Takes the coder's last step back and returns its answer's id; None when there is none left.

    Raises ChangedMeanwhile where someone else has coded the answer since.
    """
    async with transaction():
        row = await _last_step(consultation_id, coder)
        if row is None:
            return None
        step = await _step(row, consultation_id)
        await _one_at_a_time(step.text_answer_id)
        current = await codings_of_answer(step.text_answer_id)
        by = await last_coder(step.text_answer_id)
        back = Step(step.text_answer_id, coder, current, undone(step, current, by=by))
        await _apply(back, consultation_id, now=now)
        await CodingStepRow.update({CodingStepRow.undone: True}).where(
            CodingStepRow.id == row["id"]
        )
        return step.text_answer_id


async def may_undo(consultation_id: int, coder: str) -> bool:
    return await _last_step(consultation_id, coder) is not None


async def others_coded(consultation_id: int, coder: str) -> bool:
    """Whether anyone else has taken a step in this consultation."""
    return await CodingStepRow.exists().where(
        CodingStepRow.consultation == consultation_id, CodingStepRow.coder != coder
    )


async def last_answer(consultation_id: int, coder: str) -> int | None:
    """The answer that the coder coded last."""
    row = await _last_step(consultation_id, coder)
    return None if row is None else int(row["text_answer"])


async def codings_of_answer(text_answer_id: int) -> Codings:
    rows = await CodingRow.select(CodingRow.theme).where(CodingRow.text_answer == text_answer_id)
    finished = await FinishedAnswerRow.exists().where(
        FinishedAnswerRow.text_answer == text_answer_id
    )
    return codings((row["theme"] for row in rows), finished=finished)


async def last_coder(text_answer_id: int) -> str:
    """Who took the last step on this answer that stands; empty when nobody has."""
    row = (
        await CodingStepRow.select(CodingStepRow.coder)
        .where(CodingStepRow.text_answer == text_answer_id, CodingStepRow.undone.eq(False))
        .order_by(CodingStepRow.id, ascending=False)
        .first()
    )
    return str(row["coder"]) if row else ""


async def finished_ids(consultation_id: int) -> frozenset[int]:
    """The text answers that a person has finished."""
    rows = await FinishedAnswerRow.select(FinishedAnswerRow.text_answer).where(
        FinishedAnswerRow.consultation == consultation_id
    )
    return frozenset(row["text_answer"] for row in rows)


async def coded_pairs(consultation_id: int) -> tuple[tuple[int, int], ...]:
    """Every (text answer, theme) that a person coded, finished or not."""
    rows = await CodingRow.select(CodingRow.text_answer, CodingRow.theme).where(
        CodingRow.theme.consultation == consultation_id
    )
    return tuple((row["text_answer"], row["theme"]) for row in rows)


async def codings_of(response_key: UUID) -> tuple[OwnTheme, ...]:
    """The themes of one response, from those of its answers that are finished."""
    finished = FinishedAnswerRow.select(FinishedAnswerRow.text_answer).where(
        FinishedAnswerRow.text_answer.response == response_key
    )
    read = [row["text_answer"] for row in await finished]
    if not read:
        return ()
    rows = (
        await CodingRow.select(
            CodingRow.text_answer.question.as_alias("question"),
            CodingRow.theme.as_alias("theme_id"),
            CodingRow.theme.label.as_alias("label"),
        )
        .where(CodingRow.text_answer.is_in(read))
        .order_by(CodingRow.text_answer, CodingRow.theme.position)
    )
    return tuple(OwnTheme(**row) for row in rows)


async def _apply(step: Step, consultation_id: int, *, now: datetime) -> None:
    """Brings the rows from the step's `before` to its `after`."""
    answer = step.text_answer_id
    gone = [theme for theme in step.before.themes if theme not in step.after.themes]
    new = [theme for theme in step.after.themes if theme not in step.before.themes]
    if gone:
        await CodingRow.delete().where(CodingRow.text_answer == answer, CodingRow.theme.is_in(gone))
    if new:
        await CodingRow.insert(
            *(
                CodingRow(text_answer=answer, theme=theme, coder=step.coder, coded_at=now)
                for theme in new
            )
        )
    if step.before.finished and not step.after.finished:
        await FinishedAnswerRow.delete().where(FinishedAnswerRow.text_answer == answer)
    elif step.after.finished and not step.before.finished:
        await FinishedAnswerRow.insert(
            FinishedAnswerRow(
                consultation=consultation_id, text_answer=answer, coder=step.coder, finished_at=now
            )
        )


async def _last_step(consultation_id: int, coder: str) -> Mapping[str, Any] | None:
    row: Mapping[str, Any] | None = (
        await CodingStepRow.select()
        .where(
            CodingStepRow.consultation == consultation_id,
            CodingStepRow.coder == coder,
            CodingStepRow.undone.eq(False),
        )
        .order_by(CodingStepRow.id, ascending=False)
        .first()
    )
    return row


async def _step(row: Mapping[str, Any], consultation_id: int) -> Step:
    """The step as it would be had today's themes been merged then."""
    merges = await _merges(consultation_id)
    before, after = (
        with_merges(msgspec.json.decode(row[name], type=Codings), merges)
        for name in ("before", "after")
    )
    return Step(row["text_answer"], row["coder"], before, after)


async def _merges(consultation_id: int) -> dict[int, int]:
    rows = await ThemeRow.select(ThemeRow.id, ThemeRow.merged_into).where(
        ThemeRow.consultation == consultation_id, ThemeRow.merged_into.is_not_null()
    )
    return {row["id"]: row["merged_into"] for row in rows}


async def _one_at_a_time(text_answer_id: int) -> None:
    # SQLite has one writer anyway; two PostgreSQL transactions could both see the same codings.
    if engine().engine_type == "postgres":
        await CodingRow.raw("SELECT pg_advisory_xact_lock({}, {})", CODING_LOCK, text_answer_id)


def _step_row(step: Step, consultation_id: int, now: datetime) -> CodingStepRow:
    return CodingStepRow(
        consultation=consultation_id,
        text_answer=step.text_answer_id,
        coder=step.coder,
        before=msgspec.json.encode(step.before).decode(),
        after=msgspec.json.encode(step.after).decode(),
        taken_at=now,
    )
