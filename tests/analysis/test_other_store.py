"""Where officers put what people wrote beside “other”, on both databases."""

import json
from typing import Any

import msgspec
import pytest

from analysis.other import Put
from analysis.store import other as kept
from analysis.store.figures import NoSuchQuestion
from analysis.store.matrices import matrix
from analysis.store.other import NothingToUndo, OtherOf
from analysis.tables import OtherDecisionRow
from app.audit import store as audit
from responses import store as responses
from responses.response import Exclusion
from surveys import store as surveys
from tests.analysis.conftest import BY, NOW, SLUG, Asked
from tests.analysis.examples import multiple, single

QUESTIONS = [
    single(other=True),
    multiple(other=True),
    single("faith", special_category=True, other=True, text="Do you have a faith?"),
    {"key": "why", "type": "long_text", "text": "Why?"},
]


@pytest.fixture
async def town(database: str) -> Asked:
    document = {
        "title": "Parks",
        "languages": ["en"],
        "pages": [{"title": "One", "questions": QUESTIONS}],
    }
    await surveys.create_consultation(msgspec.json.encode(document), slug=SLUG, by=BY, now=NOW)
    await surveys.open_round(SLUG, by=BY, now=NOW)
    consultation = await surveys.consultation(SLUG)
    (version,) = await surveys.versions(consultation.id)
    return Asked(consultation, version, consultation.rounds)


async def wrote(town: Asked, key: str, text: str) -> None:
    answers: dict[str, Any] = {
        key: ["north", "other"] if key == "places" else "other",
        f"{key}.other": text,
        "why": '.other": "places.other"',
    }
    await town.answer(**answers)


async def of(town: Asked, key: str) -> OtherOf:
    return next(each for each in await kept.others(town.id) if each.key == key)


async def to_decide(town: Asked) -> int:
    return sum(each.to_decide for each in await kept.others(town.id))


async def put(town: Asked, key: str, **places: Put | None) -> int:
    words = {each.text: each.words for each in (await of(town, key)).written}
    where = {words[text]: to for text, to in places.items()}
    return await kept.decide(SLUG, key, where, by=BY, now=NOW)


async def test_texts_are_listed_by_question_with_those_to_decide(town: Asked) -> None:
    await wrote(town, "places", "Docks")
    await wrote(town, "places", "docks!")
    await wrote(town, "group", "Docks")
    await wrote(town, "faith", "Jedi")
    await town.answer(group="other")
    listed = {each.key: each for each in await kept.others(town.id)}
    assert {key: [len(w.people) for w in each.written] for key, each in listed.items()} == {
        "group": [1],
        "places": [2],
        "faith": [1],
    }
    assert await to_decide(town) == 3
    await wrote(town, "places", "Hill")
    assert await to_decide(town) == 4


async def test_deciding_moves_people_and_leaves_what_they_gave(town: Asked) -> None:
    await wrote(town, "places", "Docks")
    await wrote(town, "places", "Hill")
    before = await responses.response(1, consultation_id=town.id)
    assert await put(town, "places", Docks=Put("north"), Hill=Put("", "Hills")) == 2
    found = await kept.coded_in(town.id, "places", await matrix(town.id))
    lines = {line.value or line.category: (line.given, line.coded) for line in found.lines}
    assert lines["north"] == (2, 2)
    assert lines["other"] == (2, 0)
    assert lines["Hills"] == (0, 1)
    assert (found.moved, found.waiting) == (2, 0)
    assert await responses.response(1, consultation_id=town.id) == before
    assert (await of(town, "places")).categories == ("Hills",)


async def test_the_same_words_are_decided_once_and_new_ones_wait(town: Asked) -> None:
    await wrote(town, "group", "Docks")
    await put(town, "group", Docks=Put("yes"))
    await wrote(town, "group", " DOCKS")
    assert await to_decide(town) == 0
    await wrote(town, "group", "Hill")
    assert await to_decide(town) == 1


async def test_a_step_is_undone_as_a_whole_and_the_one_before_holds_again(town: Asked) -> None:
    await wrote(town, "group", "Docks")
    await wrote(town, "group", "Hill")
    await put(town, "group", Docks=Put("yes"))
    await put(town, "group", Docks=Put("no"), Hill=Put())
    step = await kept.last_step(town.id, "group")
    assert step is not None
    assert (step.texts, step.by) == (2, BY)
    assert await kept.undo_deciding(SLUG, "group", by=BY) == 2
    there = {each.text: each.put for each in (await of(town, "group")).written}
    assert there == {"Docks": Put("yes"), "Hill": None}
    await kept.undo_deciding(SLUG, "group", by=BY)
    with pytest.raises(NothingToUndo):
        await kept.undo_deciding(SLUG, "group", by=BY)


async def test_undoing_one_question_leaves_the_others(town: Asked) -> None:
    await wrote(town, "group", "Docks")
    await wrote(town, "places", "Hill")
    await put(town, "group", Docks=Put("yes"))
    await put(town, "places", Hill=Put("east"))
    await kept.undo_deciding(SLUG, "group", by=BY)
    assert [each.put for each in (await of(town, "places")).written] == [Put("east")]


async def test_a_decision_can_be_taken_back(town: Asked) -> None:
    await wrote(town, "group", "Docks")
    await put(town, "group", Docks=Put("yes"))
    assert await put(town, "group", Docks=Put("yes")) == 0
    assert await put(town, "group", Docks=None) == 1
    assert [each.put for each in (await of(town, "group")).written] == [None]


async def test_what_was_put_to_an_option_that_is_gone_is_to_be_decided_again(town: Asked) -> None:
    await wrote(town, "group", "Docks")
    await put(town, "group", Docks=Put("no_longer_offered"))
    assert await to_decide(town) == 1
    found = await kept.coded_in(town.id, "group", await matrix(town.id))
    assert all(line.given == line.coded for line in found.lines)


async def test_neither_the_audit_nor_a_decision_holds_the_words(town: Asked) -> None:
    await wrote(town, "group", "Docks")
    await put(town, "group", Docks=Put("", "Harbours"))
    await kept.undo_deciding(SLUG, "group", by=BY)
    undone, placed = await audit.entries(limit=2)
    assert (placed.action, undone.action) == ("place-other-texts", "undo-other-texts")
    assert json.loads(placed.detail) == {"question": "group", "texts": 1, "step": 1}
    told = placed.detail + undone.detail + str(await OtherDecisionRow.select())
    assert "ocks" not in told


async def test_what_a_response_left_out_had_written_is_gone(town: Asked) -> None:
    await wrote(town, "faith", "Jedi")
    assert len((await of(town, "faith")).written) == 1
    await responses.exclude(1, Exclusion.TEST, consultation_id=town.id, by=BY)
    assert (await of(town, "faith")).written == ()


async def test_a_question_without_other_is_refused(town: Asked) -> None:
    with pytest.raises(NoSuchQuestion):
        await kept.coded_in(town.id, "why", await matrix(town.id))
