"""Which questions are the same over the versions of a consultation, as keys and officers say."""

from datetime import datetime
from typing import ClassVar

from app.audit.store import record
from app.database import transaction
from app.problems import Refusal
from surveys.consultation import Consultation, Version
from surveys.equivalence import Equivalences, Mapped, may_be_same
from surveys.equivalence import equivalences as equivalences_of
from surveys.store.reading import consultation
from surveys.store.versioning import NoSuchVersion, versions
from surveys.tables import EquivalenceRow


class CannotBeTheSame(Refusal):
    status: ClassVar[int] = 422
    title: ClassVar[str] = "These cannot be counted as one question"


async def equivalences(consultation_id: int, *, known: tuple[Version, ...] = ()) -> Equivalences:
    """By version id, what each question's key is called among all versions, which are read unless
    they are `known`."""
    every = known or await versions(consultation_id)
    return equivalences_of(every, await mapped(consultation_id))


async def mapped(consultation_id: int) -> Mapped:
    """What officers said, by version id and key."""
    table = EquivalenceRow
    rows = await table.select(table.version, table.key, table.same_as).where(
        table.version.consultation == consultation_id
    )
    return {(row["version"], row["key"]): row["same_as"] for row in rows}


async def map_question(
    slug: str, number: int, key: str, same_as: str | None, *, by: str, now: datetime
) -> None:
    """Say that a question of version `number` is the same as the earlier one called `same_as`; as
    none where that is empty; as its key says where it is None. Raises NoSuchVersion and
    CannotBeTheSame."""
    async with transaction():
        found = await consultation(slug, at=now)
        later = await _version(found, number)
        if same_as:
            await _check(found, later, key, same_as)
        table = EquivalenceRow
        await table.delete().where(table.version == later.id, table.key == key)
        if same_as is not None:
            row = table(version=later.id, key=key, same_as=same_as, made_by=by, made_at=now)
            await table.insert(row)
        said = "as its key says" if same_as is None else same_as or "none"
        detail = {"version": number, "question": key, "same_as": said}
        await record("map-question", f"consultation:{slug}", by=by, detail=detail)


async def _version(found: Consultation, number: int) -> Version:
    for version in await versions(found.id):
        if version.number == number:
            return version
    raise NoSuchVersion("Go back to the questionnaire and choose one that is listed.")


async def _check(found: Consultation, later: Version, key: str, same_as: str) -> None:
    question = later.questionnaire.by_key().get(key)
    earlier = [v for v in await versions(found.id) if v.number < later.number]
    there = [q for v in earlier if (q := v.questionnaire.by_key().get(same_as)) is not None]
    if question is None or not there:
        raise CannotBeTheSame("Choose a question that both versions still have.")
    if not any(may_be_same(question, each) for each in there):
        raise CannotBeTheSame(
            "Their answers cannot be added up: they are of different types, or on different "
            "scales. Choose another question."
        )
