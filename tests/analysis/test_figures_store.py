"""Figures and quotes from what is stored."""

from uuid import uuid4

import msgspec
import pytest

from analysis import store
from app.audit import store as audit
from responses import store as responses
from responses.filters import Filter
from responses.response import Channel
from surveys import store as surveys
from surveys.consultation import Version
from tests.analysis.conftest import BY, NOW, SLUG, Asked
from tests.analysis.examples import YES_NO, single


async def test_people_are_counted_once_however_often_they_say_it(parks: Asked) -> None:
    await parks.answer(why="Lakes", more="Lakes again")
    await parks.answer(why="Ponds")
    await parks.answer(why="Lakes", round_number=2)
    await parks.answer(why="Unread")
    lakes, ponds = await parks.theme("Lakes"), await parks.theme("Ponds")
    first, again, pond, later, unread = await parks.texts()
    for answer, theme in ((first, lakes), (again, lakes), (pond, ponds), (later, lakes)):
        await parks.code(answer, theme)
    await parks.code(unread, lakes, finished=False)
    counts = await store.theme_counts(parks.id)
    assert counts[lakes.id] == store.ThemeCount(
        2, 3, (store.RoundCount(1, 1, 2), store.RoundCount(2, 1, 1))
    )
    assert counts[ponds.id] == store.ThemeCount(
        1, 3, (store.RoundCount(1, 1, 2), store.RoundCount(2, 0, 1))
    )


async def test_the_tally_is_of_analysed_responses_by_round_and_together(parks: Asked) -> None:
    await parks.answer(group="yes", plan="agree")
    await parks.answer(group="no", round_number=2)
    made = await store.tally(SLUG, compare=True)
    group = made.questions[0]
    assert (made.base, made.caveat) == (2, "Not a sample of anyone.")
    assert [option.n for option in group.options] == [1, 1]
    assert isinstance(group.rounds, tuple)
    assert [(part.round, part.base, part.answered) for part in group.rounds] == [
        (1, 1, 1),
        (2, 1, 1),
    ]
    alone = await store.tally(SLUG, round_number=2)
    assert [option.n for option in alone.questions[0].options] == [0, 1]


async def test_only_the_public_tally_hides_small_sensitive_numbers(parks: Asked) -> None:
    for value in ["yes"] * 9 + ["no"] * 2:
        await parks.answer(faith=value)
    public, officers = [
        {question.key: question for question in (await store.tally(SLUG, public=public)).questions}
        for public in (True, False)
    ]
    assert [option.n for option in public["faith"].options] == [None, None]
    assert [option.n for option in officers["faith"].options] == [9, 2]


async def test_a_round_that_is_not_there_has_no_tally(parks: Asked) -> None:
    with pytest.raises(store.NoSuchRound):
        await store.tally(SLUG, round_number=3)


async def test_a_quote_is_cleared_once_the_answer_is_coded_and_finished(parks: Asked) -> None:
    await parks.answer(why="I am Sam and the lake is lovely", round_number=2)
    (answer,) = await parks.texts()
    lakes = await parks.theme("Lakes")
    with pytest.raises(store.NotCoded):
        await store.clear_quote(SLUG, answer.id, lakes.id, "lovely", by=BY, now=NOW)
    await parks.code(answer, lakes)
    with pytest.raises(store.NotInTheAnswer):
        await store.clear_quote(SLUG, answer.id, lakes.id, "the lake is ugly", by=BY, now=NOW)
    await store.clear_quote(SLUG, answer.id, lakes.id, "I am [...] lovely", by=BY, now=NOW)
    await store.clear_quote(SLUG, answer.id, lakes.id, "the lake is lovely", by=BY, now=NOW)
    assert await store.cleared_quotes(parks.id) == (
        store.ClearedQuote(lakes.id, "the lake is lovely", 2),
    )
    await store.take_back_quote(SLUG, answer.id, lakes.id, by=BY)
    assert await store.cleared_quotes(parks.id) == ()


async def test_a_quote_is_not_public_once_its_answer_is_coded_otherwise(parks: Asked) -> None:
    await parks.answer(why="The lake is lovely")
    (answer,) = await parks.texts()
    lakes, praise = await parks.theme("Lakes"), await parks.theme("Praise")
    await parks.code(answer, lakes)
    await store.clear_quote(SLUG, answer.id, lakes.id, "The lake", by=BY, now=NOW)
    await parks.code(answer, praise)
    assert await store.cleared_quotes(parks.id) == ()
    await parks.code(answer, praise, lakes, finished=False)
    assert await store.cleared_quotes(parks.id) == ()


async def test_clearing_is_audited_without_the_words(parks: Asked) -> None:
    await parks.answer(why="The lake is lovely")
    (answer,) = await parks.texts()
    lakes = await parks.theme("Lakes")
    await parks.code(answer, lakes)
    await store.clear_quote(SLUG, answer.id, lakes.id, "The lake", by=BY, now=NOW)
    latest = await audit.latest()
    assert latest is not None
    assert latest.action == "clear-quote"
    assert "lake" not in latest.detail


async def test_the_progress_and_codebooks_of_all_are_read_together(parks: Asked) -> None:
    await parks.answer(why="Lakes", more="Ponds")
    lakes = await parks.theme("Lakes")
    first, _ = await parks.texts()
    await parks.code(first, lakes)
    assert await store.progress_of_all() == {parks.id: store.CodingProgress(1, 2)}
    assert await store.themes_of_all() == {parks.id: (lakes,)}
    assert await store.finished_questions(first.response_key) == {"why"}


async def test_the_ledger_is_passed_on(parks: Asked) -> None:
    await parks.answer(why="Fine")
    ledger = await store.ledger_figures(parks.id)
    assert (ledger.received, ledger.analysed, ledger.balanced) == (1, 1, True)


async def corrected(parks: Asked, **later: object) -> Version:
    """Another version of the parks, in which `group` is called `runs_one`."""
    asked = msgspec.json.decode(await surveys.document(SLUG))
    (page,) = asked["pages"]
    page["questions"][0] |= {"key": "runs_one", **later}
    return await surveys.add_version(parks.id, msgspec.json.encode(asked), by=BY, now=NOW)


async def answered(parks: Asked, version: Version, **answers: object) -> None:
    await responses.add_response(
        parks.rounds[1],
        version,
        answers,
        channel=Channel.ONLINE,
        submitted_at=NOW,
        key=uuid4(),
    )


async def test_a_question_renamed_between_versions_and_mapped_is_counted_as_one(
    parks: Asked,
) -> None:
    options = [*YES_NO, {"value": "did", "text": "I did"}]
    version = await corrected(parks, options=options)
    await parks.answer(group="yes")
    await answered(parks, version, runs_one="yes")
    await answered(parks, version, runs_one="did")
    apart = {each.key: each.answered for each in (await store.tally(SLUG)).questions}
    assert (apart["runs_one"], apart["group"]) == (2, 1)
    await surveys.map_question(SLUG, 2, "runs_one", "group", by=BY, now=NOW)
    tally = await store.tally(SLUG, compare=True)
    counted = {each.key: each for each in tally.questions}
    assert "group" not in counted
    one = counted["runs_one"]
    assert (one.answered, one.missing, one.not_routed) == (3, 0, 0)
    assert [(option.value, option.n) for option in one.options] == [
        ("yes", 2),
        ("no", 0),
        ("did", 1),
    ]
    assert isinstance(one.rounds, tuple)
    assert [(part.round, [o.n for o in part.options]) for part in one.rounds] == [
        (1, [1, 0, 0]),
        (2, [1, 0, 1]),
    ]


async def test_the_number_of_a_renamed_question_opens_to_the_responses_behind_it(
    parks: Asked,
) -> None:
    version = await corrected(parks)
    await parks.answer(group="yes")
    await parks.answer(group="no")
    await answered(parks, version, runs_one="yes")
    await surveys.map_question(SLUG, 2, "runs_one", "group", by=BY, now=NOW)
    found = await responses.find_responses(
        parks.id,
        Filter(question="runs_one", value="yes"),
        versions=await surveys.versions(parks.id),
        same=await surveys.equivalences(parks.id),
        first=0,
        size=10,
    )
    assert (found.matching, found.total) == (2, 3)


async def test_what_follows_a_renamed_sensitive_question_is_withheld_with_it(parks: Asked) -> None:
    asked = msgspec.json.decode(await surveys.document(SLUG))
    questions = asked["pages"][0]["questions"]
    questions[3]["key"] = "belief"
    which = single("which", show_if={"question": "belief", "is": "yes"})
    questions.append(which)
    version = await surveys.add_version(parks.id, msgspec.json.encode(asked), by=BY, now=NOW)
    await surveys.map_question(SLUG, 2, "belief", "faith", by=BY, now=NOW)
    for value in ["yes"] * 9 + ["no"] * 2:
        await parks.answer(faith=value)
    await answered(parks, version, belief="yes", which="no")
    public = {each.key: each for each in (await store.tally(SLUG)).questions}
    assert [option.n for option in public["belief"].options] == [None, None]
    assert public["which"].not_routed is None
