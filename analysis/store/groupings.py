"""Groupings that officers made: kept, changed, removed, and their members."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from analysis.codebook import same_label
from analysis.counting import Form, form, forms
from analysis.crosstab import Groups, Marks
from analysis.groupings import Group, Grouping, GroupingCounts, Wanted, grouped, grouping_counts
from analysis.matrix import Coding
from analysis.store.matrices import codings_by_version
from analysis.store.values import values
from analysis.tables import GroupingRow
from app.audit import store as audit
from app.database import transaction
from app.problems import Refusal
from surveys import store as surveys


class NoSuchGrouping(Refusal):
    status = 404
    title = "There is no such grouping"


class NameTaken(Refusal):
    title = "There is already a grouping with this name"


class Asks(Struct, frozen=True):
    """Every question of every version, and how each version's questions are called."""

    forms: tuple[Form, ...]
    codings: Mapping[int, Coding]

    def form(self, key: str) -> Form | None:
        """The newest question of this key."""
        return next((each for each in self.forms if each.key == key), None)

    def place(self, version_id: int, place: str) -> str:
        """What a place of one version is in the newest that asks it; empty where none does, or
        where that key has become another question's."""
        key, dot, row = place.partition(".")
        coding = self.codings.get(version_id)
        question = coding.questionnaire.by_key().get(key) if coding else None
        if coding is None or question is None:
            return ""
        asks = form(question, names=coding.names).asks
        found = next((each for each in self.forms if each.asks == asks), None)
        return f"{found.key}{dot}{row}" if found and self.form(found.key) is found else ""

    def called_now(self, place: str) -> str:
        """What a place goes by that an earlier version called so; as it is where nothing else
        is known."""
        key = place.partition(".")[0]
        versions = (version for version, coding in self.codings.items() if key in coding.names)
        places = () if self.form(key) else (self.place(version, place) for version in versions)
        return next((each for each in places if each), place)

    def version_of(self, key: str) -> int:
        """The newest version that has a question of this key."""
        return next(version for version, coding in self.codings.items() if key in coding.names)


async def asks_of(consultation_id: int) -> Asks:
    codings = await codings_by_version(consultation_id)
    named = ((each.questionnaire, each.names) for each in codings.values())
    return Asks(forms(named), codings)


async def groupings(consultation_id: int) -> tuple[Grouping, ...]:
    """In the order made, those whose question is still asked by any version; `place` is as the
    newest has it."""
    return tuple(each for each in await every_grouping(consultation_id) if each.place)


async def every_grouping(consultation_id: int) -> tuple[Grouping, ...]:
    """Those too, with an empty place, whose question was taken out of a draft since."""
    rows = (
        await GroupingRow.select()
        .where(GroupingRow.consultation == consultation_id)
        .order_by(GroupingRow.id)
    )
    if not rows:
        return ()
    asks = await asks_of(consultation_id)
    return tuple(_grouping(row, asks) for row in rows)


async def grouping(consultation_id: int, grouping_id: int) -> Grouping:
    """Raises NoSuchGrouping."""
    return _found(await every_grouping(consultation_id), grouping_id)


async def members(grouping: Grouping, marks: Sequence[Marks]) -> Groups:
    """Who is in each group, of those who are looked at; `marks` are the matrix's blocks, narrowed
    or not. A group's name is its one layer. Those of a multiple choice may overlap."""
    asked = form_in(grouping, marks)
    if not grouping.in_bands:
        return grouped(grouping, asked, marks)
    return grouped(grouping, asked, marks, await values(grouping.consultation_id, asked, marks))


async def counts(grouping: Grouping, marks: Sequence[Marks]) -> GroupingCounts:
    """People in each group, in full: for those who may manage."""
    groups = await members(grouping, marks)
    return grouping_counts(grouping, form_in(grouping, marks), marks, groups)


def form_in(grouping: Grouping, marks: Sequence[Marks]) -> Form:
    codings = [each.block.coding for each in marks]
    asked = forms((each.questionnaire, each.names) for each in codings)
    return next(each for each in asked if each.key == grouping.key)


async def add_grouping(
    slug: str, place: str, wanted: Wanted, *, by: str, now: datetime
) -> Grouping:
    """Raises NameTaken."""
    consultation = await surveys.consultation(slug)
    asks = await asks_of(consultation.id)
    async with transaction():
        _refuse_taken(wanted.name, await every_grouping(consultation.id))
        row = GroupingRow(
            consultation=consultation.id,
            version=asks.version_of(place.partition(".")[0]),
            place=place,
            name=wanted.name,
            made_of=_encoded(wanted.groups),
            made_by=by,
            made_at=now,
        )
        (inserted,) = await GroupingRow.insert(row)
        added = Grouping(inserted["id"], consultation.id, wanted.name, place, wanted.groups)
        await audit.record("add-grouping", _subject(slug), by=by, detail=_detail(added))
    return added


async def change_grouping(
    slug: str, grouping_id: int, wanted: Wanted, *, by: str, now: datetime
) -> Grouping:
    """Its name and groups; the question stays. Raises NoSuchGrouping and NameTaken."""
    consultation = await surveys.consultation(slug)
    async with transaction():
        present = await every_grouping(consultation.id)
        before = _found(present, grouping_id)
        _refuse_taken(wanted.name, (each for each in present if each.id != grouping_id))
        after = msgspec.structs.replace(before, name=wanted.name, groups=wanted.groups)
        if after == before:
            return before
        await GroupingRow.update(
            {
                GroupingRow.name: after.name,
                GroupingRow.made_of: _encoded(after.groups),
                GroupingRow.made_by: by,
                GroupingRow.made_at: now,
            }
        ).where(GroupingRow.id == grouping_id)
        detail = {"before": _detail(before), "after": _detail(after)}
        await audit.record("change-grouping", _subject(slug), by=by, detail=detail)
    return after


async def remove_grouping(slug: str, grouping_id: int, *, by: str) -> Grouping:
    """Raises NoSuchGrouping."""
    consultation = await surveys.consultation(slug)
    async with transaction():
        gone = await grouping(consultation.id, grouping_id)
        await GroupingRow.delete().where(GroupingRow.id == grouping_id)
        await audit.record("remove-grouping", _subject(slug), by=by, detail=_detail(gone))
    return gone


def _found(present: Iterable[Grouping], grouping_id: int) -> Grouping:
    found = next((each for each in present if each.id == grouping_id), None)
    if found is None:
        raise NoSuchGrouping("It may have been removed. Choose one that is listed.")
    return found


def _refuse_taken(name: str, present: Iterable[Grouping]) -> None:
    if any(same_label(name, each.name) for each in present):
        raise NameTaken(f"There is already a grouping called “{name}”. Use another name.")


def _grouping(row: Mapping[str, Any], asks: Asks) -> Grouping:
    return Grouping(
        id=row["id"],
        consultation_id=row["consultation"],
        name=row["name"],
        place=asks.place(row["version"], row["place"]),
        groups=msgspec.json.decode(row["made_of"], type=tuple[Group, ...]),
    )


def _encoded(groups: tuple[Group, ...]) -> str:
    return msgspec.json.encode(groups).decode()


def _detail(said: Grouping) -> dict[str, object]:
    return {
        "id": said.id,
        "name": said.name,
        "question": said.place,
        "groups": msgspec.to_builtins(said.groups),
    }


def _subject(slug: str) -> str:
    return f"consultation:{slug}"
