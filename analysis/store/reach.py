"""Who answered beside the population or a register, from what is stored."""

import asyncio
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import numpy as np
from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.contrast import KIND
from analysis.crosstab import Groups, Marks, among, everybody, picked
from analysis.groupings import Grouping, Kind
from analysis.hiding import SPECIAL
from analysis.narrowing import GROUPING, Narrowing
from analysis.reach.population import KeptTable, population
from analysis.reach.standing import ReachStanding, Told, standing
from analysis.reach.weighing import Weighed, weighed
from analysis.store.figures import tally
from analysis.store.groupings import groupings, members
from analysis.store.narrowed import narrowed, questions_of
from analysis.store.places import KIND_WORDS, Read, grouped_by
from analysis.store.reach_tables import NoSuchReachTable, reach_tables
from analysis.tally import OptionTally
from app.problems import Refusal
from responses import store as responses
from surveys.consultation import Consultation

_ONE_ANSWER = ("single", "dropdown", "likert", "grid")


class NoSuchPlace(Refusal):
    status = 404
    title = "There is no such question to match a table to"


class ReachPlace(Struct, frozen=True):
    """What a table can stand beside: something of which each person gives one answer at most.
    `answers` are values with their words; `question` is the key behind it, empty where there is
    none."""

    place: str
    title: str
    answers: Mapping[str, str]
    question: str = ""
    special_category: bool = False
    grouping: Grouping | None = None


async def reach_places(consultation: Consultation) -> tuple[ReachPlace, ...]:
    return await _places(consultation, await narrowed(consultation, Narrowing()))


async def reach_place(consultation: Consultation, place: str) -> ReachPlace:
    """Raises NoSuchPlace."""
    found = next((p for p in await reach_places(consultation) if p.place == place), None)
    if found is None:
        raise NoSuchPlace("It may have been removed. Choose one that is listed.")
    return found


async def people_by_answer(consultation: Consultation, place: ReachPlace) -> dict[str, int]:
    """In full, for those who may manage."""
    marks = await narrowed(consultation, Narrowing())
    groups = await _groups(consultation, place, marks, questions_of(marks))
    return dict(zip(place.answers, groups.bases().tolist(), strict=True))


async def reach_standing(
    consultation: Consultation, *, full: bool, round_number: int | None = None
) -> ReachStanding:
    """Every table beside those who answered, in one round or in all. Without `full`, what is too
    small about a special category is held back. Raises NoSuchFilter of an unknown round."""
    kept = await reach_tables(consultation.id)
    narrowing = Narrowing(rounds=(round_number,) if round_number else ())
    marks = await narrowed(consultation, narrowing)
    base = int(everybody(marks).bases()[0])
    if not kept:
        return ReachStanding(base, ())
    places = {place.place: place for place in await _places(consultation, marks)}
    large = await _all_large(consultation, places, kept, round_number)
    asked = questions_of(marks)
    told = [
        await _told(consultation, places.get(each.table.place), marks, asked, large)
        for each in kept
    ]
    return standing(kept, told, base=base, full=full)


async def reach_weighed(
    consultation: Consultation, table_ids: Sequence[int], *, round_number: int | None = None
) -> Weighed:
    """Every closed question weighed by the tables, beside the plain figures, in full. Raises
    NoSuchReachTable, CannotWeigh, and NoSuchFilter of an unknown round."""
    kept = {each.id: each for each in await reach_tables(consultation.id)}
    narrowing = Narrowing(rounds=(round_number,) if round_number else ())
    marks = await narrowed(consultation, narrowing)
    asked = questions_of(marks)
    places = {place.place: place for place in await _places(consultation, marks)}
    by = []
    for number in dict.fromkeys(table_ids):
        place = places.get(kept[number].table.place) if number in kept else None
        if place is None:
            raise NoSuchReachTable("It may have been removed. Choose one that is listed.")
        values, people = population(kept[number].table, place.answers)
        groups = await _groups(consultation, place, marks, asked)
        by.append((picked(groups, values), people))
    # Of a million responses it takes seconds, in which others are served.
    return await asyncio.to_thread(weighed, by, marks, asked)


async def _places(consultation: Consultation, marks: Sequence[Marks]) -> tuple[ReachPlace, ...]:
    asked = questions_of(marks)
    found = [place for each in asked for place in _of_question(each)]
    by_key = {each.form.key: each for each in asked}
    for grouping in await groupings(consultation.id):
        question = by_key.get(grouping.key)
        if question and grouping.kind is Kind.GROUPS and question.form.type != "multiple":
            found.append(_of_grouping(grouping, question))
    if await responses.declared_ids(consultation.id):
        found.append(ReachPlace(KIND, "Who the response was sent for", KIND_WORDS))
    return tuple(found)


def _of_question(asked: AskedInWords) -> list[ReachPlace]:
    form = asked.form
    if form.type not in _ONE_ANSWER or not form.values:
        return []
    rows = {f"{form.key}.{row}": f"{asked.title}: {asked.rows[row]}" for row in form.rows}
    places = rows or {form.key: asked.title}
    answers = {value: asked.options[value] for value in form.values}
    return [
        ReachPlace(place, title, answers, form.key, form.special_category)
        for place, title in places.items()
    ]


def _of_grouping(grouping: Grouping, asked: AskedInWords) -> ReachPlace:
    return ReachPlace(
        f"{GROUPING}{grouping.id}",
        grouping.name,
        {name: name for name in grouping.names},
        asked.form.key,
        asked.form.special_category,
        grouping,
    )


async def _groups(
    consultation: Consultation,
    place: ReachPlace,
    marks: Sequence[Marks],
    asked: Sequence[AskedInWords],
) -> Groups:
    """Who gave each of the place's answers, in their order."""
    if place.grouping:
        return among(await members(place.grouping, marks), everybody(marks))
    read = Read(consultation, tuple(asked), tuple(marks))
    return (await grouped_by(read, place.place)).groups


async def _told(
    consultation: Consultation,
    place: ReachPlace | None,
    marks: Sequence[Marks],
    asked: Sequence[AskedInWords],
    large: Mapping[str, bool],
) -> Told | None:
    if place is None:
        return None
    groups = await _groups(consultation, place, marks, asked)
    return Told(
        place.title,
        tuple(place.answers.items()),
        groups.bases(),
        int(everybody(marks).bases()[0]),
        not place.special_category or large[place.place],
        tuple(_opens(place, answer) for answer in place.answers),
    )


def _opens(place: ReachPlace, answer: str) -> str:
    """The query that lists who gave an answer; of bands, and of who it was sent for, there is
    none."""
    values: tuple[str, ...] = (answer,)
    if place.grouping:
        values = next(each.values for each in place.grouping.groups if each.name == answer)
    asked = _place_asked(place)
    return urlencode([("where", f"{asked}:{value}") for value in values]) if place.question else ""


async def _all_large(
    consultation: Consultation,
    places: Mapping[str, ReachPlace],
    kept: Sequence[KeptTable],
    round_number: int | None,
) -> dict[str, bool]:
    """Of each place about a special category that a table stands beside: whether the tally that
    anybody may see shows all of its answers, and none of 1 to 9 people. So nothing shows here that
    is hidden there, and no two pages together tell what each holds back."""
    special = {
        each.table.place: places[each.table.place]
        for each in kept
        if each.table.place in places and places[each.table.place].special_category
    }
    if not special:
        return {}
    made = await tally(consultation.slug, round_number=round_number, public=True)
    shown: dict[str, tuple[OptionTally, ...]] = {each.key: each.options for each in made.questions}
    for each in made.questions:
        for row in each.rows if isinstance(each.rows, tuple) else ():
            shown[f"{each.key}.{row.value}"] = row.options
    least = max(SPECIAL, consultation.threshold)
    return {
        name: _is_large(shown.get(_place_asked(place), ()), least)
        for name, place in special.items()
    }


def _place_asked(place: ReachPlace) -> str:
    """The question or row whose answers it is made of."""
    return place.grouping.place if place.grouping else place.place


def _is_large(options: Sequence[OptionTally], least: int) -> bool:
    """Bands of numbers have no options, and are never all large: two tables with other bands would
    tell the difference."""
    counts = np.array([-1 if each.n is None else each.n for each in options])
    return counts.size > 0 and bool(((counts == 0) | (counts >= least)).all())
