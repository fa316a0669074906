"""Groups by what is known of responses: who sent them, where people live, themes, groupings."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from msgspec import Struct

from analysis import store
from analysis.contrast import Wanted
from analysis.groupings import Group
from analysis.groupings import Wanted as WantedGrouping
from analysis.narrowing import Narrowing
from analysis.store.groupings import add_grouping
from responses import store as responses
from responses.response import Channel
from responses.tables import DeclarationRow
from surveys import store as surveys
from surveys.consultation import Consultation
from tests.analysis.examples import likert, single

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
BY = "officer@hearback.example"
WHO = [{"value": value, "text": value.title()} for value in ("charity", "club", "resident")]
QUESTIONS = [
    single("who", text="Who are you?", options=WHO),
    likert(),
    {"key": "home", "type": "postcode", "text": "Where do you live?"},
    single("faith", special_category=True, text="Do you have a faith?"),
    {"key": "born", "type": "postcode", "text": "Where were you born?", "special_category": True},
]


class Town(Struct, frozen=True):
    consultation: Consultation

    async def compared(self, **wanted: Any) -> list[tuple[str, list[int]]]:
        """Each group in words, with how many gave each point of the plan."""
        found = await store.compared(self.consultation, "plan", Wanted(**wanted))
        (contrast,) = found.contrasts
        words = (found.grouped.words[name] for (*_, name) in contrast.tab.names)
        return list(zip(words, contrast.tab.options[:, :2].tolist(), strict=True))


@pytest.fixture
async def town(database: str) -> Town:
    document = {
        "title": "Town",
        "languages": ["en"],
        "pages": [{"title": "One", "questions": QUESTIONS}],
    }
    await surveys.create_consultation(msgspec.json.encode(document), slug="town", by=BY, now=NOW)
    await surveys.open_round("town", by=BY, now=NOW)
    consultation = await surveys.consultation("town", at=NOW)
    (version,) = await surveys.versions(consultation.id)
    lived = [("ME14 1XQ", "charity", "agree")] * 6 + [("CT1 2EF", "club", "strongly_agree")] * 2
    for home, who, plan in [*lived, ("TN1 1AA", "resident", "agree"), ("", "resident", "agree")]:
        answers = {"who": who, "plan": plan, "born": "ME1 1AA"} | ({"home": home} if home else {})
        key = uuid4()
        await responses.add_response(
            consultation.rounds[0],
            version,
            answers,
            channel=Channel.PAPER if who == "club" else Channel.ONLINE,
            submitted_at=NOW,
            key=key,
        )
        if who == "club":
            await _declare(consultation, key)
    return Town(consultation)


async def _declare(consultation: Consultation, key: Any) -> None:
    row = DeclarationRow(
        response=key,
        consultation=consultation.id,
        organisation="A club",
        represented="members",
        asked="[]",
        more="",
        because="",
    )
    await DeclarationRow.insert(row)


async def ways(town: Town) -> Sequence[str]:
    read = await store.read_narrowed(town.consultation, Wanted())
    return [way.place for way in await store.ways_to_group(town.consultation, read.asked)]


async def test_what_there_is_may_make_groups_and_what_is_kept_apart_makes_no_areas(
    town: Town,
) -> None:
    assert await ways(town) == ["who", "faith", "_kind", "_area.home", "_channel", "plan"]


async def test_areas_with_fewer_people_than_the_threshold_are_together(town: Town) -> None:
    assert await town.compared(by="_area.home") == [
        ("ME14", [0, 6]),
        ("2 other areas together", [2, 1]),
    ]
    with pytest.raises(store.NoSuchQuestion):
        await town.compared(by="_area.born")


async def test_a_narrowing_leaves_the_areas_as_they_are(town: Town) -> None:
    clubs = Narrowing(where=(("who", "club"),))
    assert await town.compared(by="_area.home", narrowing=clubs) == [
        ("ME14", [0, 0]),
        ("2 other areas together", [2, 0]),
    ]


async def test_responses_for_an_organisation_are_apart(town: Town) -> None:
    assert await town.compared(by="_kind") == [
        ("Answered for an organisation", [2, 0]),
        ("Did not say so", [0, 8]),
    ]


async def test_only_channels_that_were_used_make_groups(town: Town) -> None:
    assert await town.compared(by="_channel") == [("Online form", [0, 8]), ("Paper form", [2, 0])]


async def test_an_officers_grouping_makes_groups_and_a_net_stands_beside_the_rest(
    town: Town,
) -> None:
    sector = (Group("Sector", ("charity", "club")), Group("Public", ("resident",)))
    made = await add_grouping("town", "who", WantedGrouping("Sides", sector), by=BY, now=NOW)
    net = await add_grouping("town", "who", WantedGrouping("VCS", sector[:1]), by=BY, now=NOW)
    assert await town.compared(by=f"_grouping.{made.id}") == [
        ("Sector", [2, 6]),
        ("Public", [0, 2]),
    ]
    assert await town.compared(by=f"_grouping.{net.id}") == [
        ("Sector", [2, 6]),
        ("Answered otherwise", [0, 2]),
    ]
    assert (await ways(town))[:2] == [f"_grouping.{made.id}", f"_grouping.{net.id}"]


async def test_the_people_behind_a_number_are_those_it_counts(town: Town) -> None:
    wanted = Wanted(by="_area.home", within=("_channel",))
    for cell, value, people in (
        (("online", "ME14"), "agree", 6),
        (("paper", "_others"), "", 2),
        (("online", "_others"), "strongly_agree", 0),
        (("online",), "agree", 8),
        ((), "_missing", 0),
    ):
        behind = store.BehindCell(cell, value)
        found = await store.people_behind_cell(town.consultation, "plan", wanted, behind)
        assert len(found) == people


@pytest.mark.parametrize(
    ("cell", "value"), [(("online", "XX1"), "agree"), (("online", "ME14"), "perhaps")]
)
async def test_a_number_that_there_is_not_has_nobody_behind_it(
    town: Town, cell: tuple[str, ...], value: str
) -> None:
    wanted, behind = Wanted(by="_area.home", within=("_channel",)), store.BehindCell(cell, value)
    with pytest.raises(store.NoSuchPeople):
        await store.people_behind_cell(town.consultation, "plan", wanted, behind)


async def test_groups_are_named_as_a_reader_would(town: Town) -> None:
    read = await store.read_narrowed(town.consultation, Wanted())
    told = await store.narrowing_words(read, Narrowing((1,), ("paper",), (("plan", "_missing"),)))
    assert told == (
        "in round 1",
        "received by paper form",
        "who were asked “The plan is right” and did not answer",
    )
    assert await store.place_words(read, "_area.home", "ME14") == "in “ME14”"
