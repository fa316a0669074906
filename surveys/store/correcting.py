"""Correcting what is asked: a new version begun from the newest, and put in use in a round."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from app.audit.store import record
from app.database import transaction
from app.problems import Refusal
from surveys.consultation import Consultation, Round, State, Version
from surveys.drafting.building import keyed
from surveys.native_files import read_questionnaire, write_questionnaire
from surveys.store.reading import consultation
from surveys.store.rounds import RoundNotOpen
from surveys.store.versioning import NoSuchVersion, freeze, insert_version, version, versions
from surveys.tables import QuestionnaireVersionRow, RoundRow


class DraftThereAlready(Refusal):
    title: ClassVar[str] = "There is a version to change already"


class NoteMissing(Refusal):
    status: ClassVar[int] = 422
    title: ClassVar[str] = "A correction needs a note"


class NotACorrection(Refusal):
    title: ClassVar[str] = "This version cannot correct the round"


class Correction(Struct, frozen=True):
    """A version that a round went over to while it was open."""

    round_number: int
    version: int
    note: str
    at: datetime


async def begin_version(slug: str, *, note: str, by: str, now: datetime) -> Version:
    """A copy of the newest version, to be changed; frozen ones stay as they are. Raises
    DraftThereAlready."""
    async with transaction():
        found = await consultation(slug, at=now)
        newest = (await versions(found.id))[-1]
        if not newest.frozen:
            raise DraftThereAlready(f"No round asks version {newest.number} yet. Change that one.")
        document = write_questionnaire(keyed(newest.questionnaire))
        number = newest.number + 1
        added = await insert_version(found.id, document, number=number, note=note, now=now)
        detail = {"version": number, "copied_from": newest.number}
        await record("begin-version", f"consultation:{slug}", by=by, detail=detail)
        return await version(added)


async def correct_round(slug: str, number: int, *, note: str, by: str, now: datetime) -> Round:
    """From now on the round under way asks version `number`, which is frozen. `note` tells
    everyone what was corrected. Raises RoundNotOpen, NoSuchVersion, NoteMissing, NotACorrection
    and UnusableQuestionnaire."""
    if not note.strip():
        raise NoteMissing("Say what was corrected and why, in words that everyone may read.")
    async with transaction():
        found = await consultation(slug, at=now)
        under_way = round_under_way(found, now)
        if under_way is None:
            raise RoundNotOpen("Only a round that is open or paused can be corrected.")
        corrected = await _correction(found, under_way, number)
        # Drafts may hold pages without questions; what is asked may not.
        read_questionnaire(write_questionnaire(corrected.questionnaire))
        table = QuestionnaireVersionRow
        await table.update({table.note: note.strip()}).where(table.id == corrected.id)
        await freeze(corrected.id, now)
        moved = RoundRow.update({RoundRow.version: corrected.id})
        await moved.where(RoundRow.id == under_way.id)
        detail = {"round": under_way.number, "version": number, "note": note.strip()}
        await record("correct-round", f"consultation:{slug}", by=by, detail=detail)
        found = await consultation(slug, at=now)
    return next(each for each in found.rounds if each.id == under_way.id)


def round_under_way(found: Consultation, now: datetime) -> Round | None:
    standing = (State.OPEN, State.PAUSED)
    return next((each for each in found.rounds if each.standing(now) in standing), None)


async def _correction(found: Consultation, under_way: Round, number: int) -> Version:
    known = {each.number: each for each in await versions(found.id)}
    if number not in known:
        raise NoSuchVersion("Choose a version that is listed.")
    corrected = known[number]
    asked = next(each for each in known.values() if each.id == under_way.version_id)
    if corrected.frozen or number <= asked.number:
        raise NotACorrection("Begin a new version, correct it, and use that.")
    return corrected


async def corrections(found: Consultation) -> tuple[Correction, ...]:
    """Every version that a round went over to after it had opened, in order."""
    table = QuestionnaireVersionRow
    columns = (table.id, table.number, table.note, table.frozen_at)
    rows = await table.select(*columns).where(
        table.consultation == found.id, table.frozen_at.is_not_null()
    )
    numbers = {row["id"]: row["number"] for row in rows}
    return tuple(
        Correction(asked.number, row["number"], row["note"], row["frozen_at"])
        for asked, below in _with_number_before(found.rounds, numbers)
        for row in sorted(rows, key=lambda each: int(each["number"]))
        if below < row["number"] <= numbers.get(asked.version_id, 0)
        and asked.opens_at is not None
        and row["frozen_at"] > asked.opens_at
        and row["note"]
    )


def _with_number_before(
    rounds: Iterable[Round], numbers: dict[int, int]
) -> Iterable[tuple[Round, int]]:
    """Each round with the number of the version that the round before it came to ask."""
    below = 0
    for asked in rounds:
        yield asked, below
        below = numbers.get(asked.version_id, below)
