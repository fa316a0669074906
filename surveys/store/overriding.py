"""Opening checks that were overridden: each with what it found and why the round opened anyway."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from msgspec import Struct

from app.problems import Refusal
from app.settings import settings
from surveys.consultation import Consultation, Round, State
from surveys.imported import Note
from surveys.questionnaire import Statement
from surveys.readiness import Concern, Nation, concerns, title_of
from surveys.store.documents import documents
from surveys.store.versioning import version
from surveys.tables import OverriddenCheckRow, RoundRow


class Overridden(Struct, frozen=True):
    """`found` is what the check said; `reason` is empty where nobody gave one."""

    round_number: int
    code: str
    found: str
    reason: str
    by: str
    at: datetime


class NothingToAsk(Refusal):
    title: ClassVar[str] = "There is no question yet"


class ReasonsMissing(Refusal):
    """`concerns` are those that nobody gave a reason for."""

    status: ClassVar[int] = 422
    title: ClassVar[str] = "Give a reason for each check"

    def __init__(self, concerns: tuple[Concern, ...]) -> None:
        super().__init__("Say why it opens all the same: " + "; ".join(c.title for c in concerns))
        self.concerns = concerns


class Overriding(Struct, frozen=True):
    """Reasons, by the code of the check, with which somebody opens a round in spite of what is
    found. To `insist` takes no check without a reason."""

    reasons: Mapping[str, str]
    by: str
    now: datetime
    insist: bool

    async def record(self, found: Consultation, opened: Round) -> tuple[str, ...]:
        """Keep what the checks find, in the transaction under way; the codes of it. Raises
        NothingToAsk and ReasonsMissing."""
        asked = (await version(opened.version_id)).questionnaire
        if all(isinstance(each, Statement) for each in asked.questions):
            raise NothingToAsk("Add a question first. People would have nothing to answer.")
        opens = opened.opens_at or self.now
        concerns = await opening_concerns(found, opened, opens=opens, closes=opened.closes_at)
        given = {code: why.strip() for code, why in self.reasons.items() if why.strip()}
        told = {**await reasons_given(opened), **given}
        missing = tuple(each for each in concerns if each.code not in told)
        if self.insist and missing:
            raise ReasonsMissing(missing)
        return await record_overridden(opened, concerns, reasons=told, by=self.by, now=self.now)


async def opening_concerns(
    found: Consultation, asked: Round, *, opens: datetime, closes: datetime | None
) -> tuple[Concern, ...]:
    """What the checks find in a round, on its version, if it is open between these moments."""
    return concerns(
        (await version(asked.version_id)).questionnaire,
        found.about,
        opens=_day(opens),
        closes=_day(closes) if closes else None,
        documents=await documents(found.id),
        asked_about=asked.asked_about,
        nation=Nation(settings().nation),
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(settings().time_zone).date()


async def reasons_given(asked: Round) -> dict[str, str]:
    """The reasons on record for a round, by code: one that was paused keeps them."""
    return {each.code: each.reason for each in await _of_round(asked) if each.reason}


async def record_overridden(
    asked: Round, found: Iterable[Concern], *, reasons: Mapping[str, str], by: str, now: datetime
) -> tuple[str, ...]:
    """Keep each with its reason, in the transaction under way; what is on record already in the
    same words is kept once. The codes of all of them."""
    known = {(each.code, each.found, each.reason) for each in await _of_round(asked)}
    every = tuple(found)
    for concern in every:
        reason = reasons.get(concern.code, "")
        if (concern.code, concern.found, reason) not in known:
            row = OverriddenCheckRow(
                round=asked.id,
                code=concern.code,
                found=concern.found,
                reason=reason,
                overridden_by=by,
                overridden_at=now,
            )
            await OverriddenCheckRow.insert(row)
    return tuple(concern.code for concern in every)


async def _of_round(asked: Round) -> tuple[Overridden, ...]:
    return _newest(await _rows([asked.id]), {asked.id: asked.number})


async def overridden(consultation_id: int) -> tuple[Overridden, ...]:
    """Every overridden check of a consultation's rounds as it was last recorded, in order. What a
    round that was called off had is left out."""
    table = RoundRow
    rounds = await table.select(table.id, table.number).where(
        table.consultation == consultation_id, table.state != State.DRAFT.value
    )
    numbers = {row["id"]: row["number"] for row in rounds}
    return _newest(await _rows(list(numbers)), numbers)


async def override_notes(consultation_id: int) -> tuple[Note, ...]:
    """The same as notes, for those who open a round without a page to give reasons on."""
    return tuple(map(_as_note, await overridden(consultation_id)))


def _as_note(each: Overridden) -> Note:
    title = title_of(each.code)
    found = " ".join(each.found.split())
    # Some checks find nothing more than their title says.
    more = "" if found.rstrip(".") == title else f"{found} "
    reason = each.reason or "no reason was recorded"
    return Note(f"Check before opening: {title}", f"{more}Opened all the same: {reason}")


async def _rows(rounds: list[int]) -> list[dict[str, Any]]:
    table = OverriddenCheckRow
    if not rounds:
        return []
    return await table.select().where(table.round.is_in(rounds)).order_by(table.id)


def _newest(
    rows: Iterable[Mapping[str, Any]], numbers: Mapping[int, int]
) -> tuple[Overridden, ...]:
    last = {(row["round"], row["code"]): row for row in rows}
    every = (_overridden(row, numbers[row["round"]]) for row in last.values())
    return tuple(sorted(every, key=lambda each: each.round_number))


def _overridden(row: Mapping[str, Any], number: int) -> Overridden:
    return Overridden(
        number,
        row["code"],
        row["found"],
        row["reason"],
        row["overridden_by"],
        row["overridden_at"],
    )
