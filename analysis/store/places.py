"""What groups can be made by, beside any question: channel, round, kind, area, theme, grouping."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.areas import OTHERS, Areas, areas, in_areas, outward_codes
from analysis.asked import AskedInWords
from analysis.asked_in_rounds import AskedInRound, asked_in_rounds
from analysis.contrast import AREA, CHANNEL, KIND, NOT_RAISED, RAISED, ROUND, Grouped
from analysis.crosstab import (
    Groups,
    Marks,
    among,
    everybody,
    groups_by_mask,
    groups_by_question,
    groups_by_round,
)
from analysis.groupings import Grouping
from analysis.narrowing import GROUPING, THEME, Narrowing, number_in
from analysis.results import MISSING, NOT_ROUTED
from analysis.store.answers_kept import answers_beside
from analysis.store.codebook import theme, themes
from analysis.store.figures import NoSuchQuestion
from analysis.store.groupings import grouping, groupings, members
from analysis.store.matrices import codings_by_version
from analysis.store.raised import who_raised
from responses import store as responses
from responses.response import CHANNEL_WORDS
from surveys.consultation import Consultation

ORGANISATION, PERSON, OTHERWISE = "organisation", "person", "_otherwise"
KIND_WORDS = {
    ORGANISATION: "Answered for an organisation",
    PERSON: "Did not say so",
}
_RECEIVED = "How the response was received"
_KIND = "Whether it was sent for an organisation"


class WayToGroup(Struct, frozen=True):
    """One way to make groups, and the list that it stands in."""

    place: str
    words: str
    kind: str


class Read(Struct, frozen=True, eq=False):
    """Those who are looked at, and the questions in words."""

    consultation: Consultation
    asked: tuple[AskedInWords, ...]
    marks: tuple[Marks, ...]


def asked_by(asked: Sequence[AskedInWords], place: str) -> AskedInWords:
    """The newest question of this key, or of a grid's row. Raises NoSuchQuestion."""
    key, _, row = place.partition(".")
    for each in asked:
        if key == each.form.key and (not row or row in each.form.rows):
            return each
    raise NoSuchQuestion(f"No question “{place}” is asked here.")


async def ways_to_group(
    consultation: Consultation, asked: Sequence[AskedInWords]
) -> tuple[WayToGroup, ...]:
    """Choices before scales, which say less of who people are."""
    questions = [way for each in asked if not each.form.points for way in _ways(each)]
    scales = [way for each in asked if each.form.points for way in _ways(each)]
    answers = []
    if await responses.declared_ids(consultation.id):
        answers.append(WayToGroup(KIND, _KIND, "The response"))
    answers += [
        WayToGroup(AREA + key, f"{title} (by area)", "The response") for key, title in _where(asked)
    ]
    answers.append(WayToGroup(CHANNEL, _RECEIVED, "The response"))
    if len(consultation.rounds) > 1:
        answers.append(WayToGroup(ROUND, "Round", "The response"))
    raised = [
        WayToGroup(f"{THEME}{each.id}", f"Theme: {each.label}", "Themes")
        for each in await themes(consultation.id)
    ]
    made = [
        WayToGroup(f"{GROUPING}{each.id}", each.name, "Your groupings")
        for each in await groupings(consultation.id)
    ]
    return (*made, *questions, *answers, *scales, *raised)


def _ways(asked: AskedInWords) -> Iterator[WayToGroup]:
    form, kind = asked.form, "Scales" if asked.form.points else "Questions"
    if form.values and not form.rows:
        yield WayToGroup(form.key, asked.title, kind)
    for row in form.rows:
        yield WayToGroup(f"{form.key}.{row}", f"{asked.title}: {asked.rows[row]}", kind)


def _where(asked: Sequence[AskedInWords]) -> Iterator[tuple[str, str]]:
    """The questions that ask where people live, those apart that are kept apart."""
    for each in asked:
        if each.form.type in ("postcode", "location") and not each.form.special_category:
            yield each.form.key, each.title


async def grouped_by(read: Read, place: str) -> Grouped:
    """The groups of a place. Raises NoSuchQuestion, NoSuchTheme and NoSuchGrouping."""
    theme_id, grouping_id = number_in(place, THEME), number_in(place, GROUPING)
    if theme_id is not None:
        return await _by_theme(read, theme_id)
    if grouping_id is not None:
        return await _by_grouping(read, grouping_id)
    if place == CHANNEL:
        return _by_channel(read)
    if place == ROUND:
        return _by_round(read)
    if place == KIND:
        return await _by_kind(read)
    if place.startswith(AREA):
        return await _by_area(read, place.removeprefix(AREA))
    return _by_question(read, place)


def _by_question(read: Read, place: str) -> Grouped:
    asked = asked_by(read.asked, place)
    row = place.partition(".")[2] or None
    if not asked.form.values or (asked.form.rows and row is None):
        raise NoSuchQuestion(f"“{place}” has no options that make groups.")
    return Grouped(
        groups_by_question(asked.form, read.marks, row),
        asked.options,
        asked.form.type == "multiple",
        len(asked.form.points),
    )


def _by_round(read: Read) -> Grouped:
    numbers = [each.number for each in read.consultation.rounds]
    words = {str(number): f"Round {number}" for number in numbers}
    return Grouped(groups_by_round(numbers, read.marks), words)


def _by_channel(read: Read) -> Grouped:
    """Those that anybody who is looked at used."""
    members = {name: [each.of_channel(name) for each in read.marks] for name in CHANNEL_WORDS}
    used = [name for name, bits in members.items() if any(each.any() for each in bits)]
    by_block = tuple(
        np.array([members[name][at] for name in used], np.uint64).reshape(len(used), words.size)
        for at, words in enumerate(each.everybody() for each in read.marks)
    )
    groups = Groups(tuple((str(name),) for name in used), by_block)
    return Grouped(groups, {str(name): CHANNEL_WORDS[name] for name in used})


async def _by_grouping(read: Read, grouping_id: int) -> Grouped:
    made = await grouping(read.consultation.id, grouping_id)
    if not made.place:
        raise NoSuchQuestion(f"The question of “{made.name}” is not asked any more.")
    several = asked_by(read.asked, made.key).form.type == "multiple"
    words = {name: name for name in made.names}
    ordered = len(words) if made.in_bands else 0
    found = Grouped(await members(made, read.marks), words, several, ordered)
    return found if len(words) > 1 else _net_and_rest(read, found, made)


def _net_and_rest(read: Read, net: Grouped, made: Grouping) -> Grouped:
    """One category is compared with everybody else who answered the question."""
    asked = asked_by(read.asked, made.key).form
    (name,) = made.names
    members = tuple(
        np.array([inside[0], each.states(asked, made.row)[0] & ~inside[0]])
        for each, inside in zip(read.marks, net.groups.members, strict=True)
    )
    groups = Groups(((name,), (OTHERWISE,)), members)
    return Grouped(groups, {name: name, OTHERWISE: "Answered otherwise"})


async def _by_theme(read: Read, theme_id: int) -> Grouped:
    found = await theme(read.consultation.id, theme_id)
    seen, raised = await who_raised(read.consultation.id, theme_id)
    masks = []
    for each in read.marks:
        yes, there = (np.isin(each.block.ids, list(people)) for people in (raised, seen))
        masks.append(np.array([yes, there & ~yes]))
    words = {RAISED: f"Raised “{found.label}”", NOT_RAISED: "Did not, though read"}
    return _by_mask(read, words, masks)


async def _by_kind(read: Read) -> Grouped:
    declared = list(await responses.declared_ids(read.consultation.id))
    organisations = [np.isin(each.block.ids, declared) for each in read.marks]
    return _by_mask(read, KIND_WORDS, [np.array([each, ~each]) for each in organisations])


async def _by_area(read: Read, key: str) -> Grouped:
    """By the first half of a postcode. Which areas are told apart does not hang on a narrowing."""
    if key not in dict(_where(read.asked)):
        raise NoSuchQuestion(f"No question “{key[:80]}” asks here where people live.")
    form = asked_by(read.asked, key).form
    codes = await answers_beside(read.consultation.id, form, read.marks, outward_codes, nothing=b"")
    found = areas(codes, read.consultation.threshold)
    words = {name: name for name in found.names}
    if found.others:
        words[OTHERS] = _others_words(found)
    return _by_mask(read, words, [in_areas(each, found) for each in codes])


def _others_words(found: Areas) -> str:
    return f"{len(found.others)} other areas together" if found.names else "All areas together"


def _by_mask(read: Read, words: Mapping[str, str], masks: Sequence[NDArray[np.bool_]]) -> Grouped:
    return Grouped(among(groups_by_mask(tuple(words), masks), everybody(read.marks)), words)


async def rounds_asked(read: Read, asked: AskedInWords) -> tuple[AskedInRound, ...]:
    """What each round asked, by the version that it stood on."""
    codings = await codings_by_version(read.consultation.id)
    versions = (
        (each.number, codings[each.version_id].questionnaire, codings[each.version_id].names)
        for each in read.consultation.rounds
    )
    return asked_in_rounds(asked.form, versions)


async def place_words(read: Read, place: str, value: str) -> str:
    """Who is in a group, like “who answered ‘Yes’ to ‘Do you run a group?’”."""
    if place == ROUND:
        return f"in round {value}"
    if place == CHANNEL:
        return f"received by {_channel_words(value).lower()}"
    if place.startswith("_"):
        words = (await grouped_by(read, place)).words.get(value, "whose answers are not read yet")
        return f"in “{words}”"
    asked = asked_by(read.asked, place)
    row = place.partition(".")[2]
    title = f"{asked.title}: {asked.rows[row]}" if row else asked.title
    if value == MISSING:
        return f"who were asked “{title}” and did not answer"
    if value == NOT_ROUTED:
        return f"who were not asked “{title}”"
    return f"who answered “{asked.options.get(value, value)}” to “{title}”"


async def narrowing_words(read: Read, narrowing: Narrowing) -> tuple[str, ...]:
    """A phrase for each part of a narrowing."""
    return tuple([await place_words(read, place, value) for place, value in conditions(narrowing)])


def conditions(narrowing: Narrowing) -> tuple[tuple[str, str], ...]:
    """Every part of a narrowing as a place and a value."""
    rounds = ((ROUND, str(number)) for number in narrowing.rounds)
    channels = ((CHANNEL, channel) for channel in narrowing.channels)
    return (*rounds, *channels, *narrowing.where)


def _channel_words(value: str) -> str:
    return next((words for each, words in CHANNEL_WORDS.items() if each == value), value)
