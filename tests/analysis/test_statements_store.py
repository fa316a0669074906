"""Statements and bands on record, on both databases, beside data that change under them."""

import pytest

from analysis import store
from analysis.quantities import BANDS, Band
from analysis.statements import Bound
from app.audit import store as audit
from tests.analysis.conftest import BY, NOW, Asked

AGREED = Bound("plan", values=("strongly_agree", "agree"))


async def answered(parks: Asked, *, agree: int, other: int, round_number: int = 1) -> None:
    for _ in range(agree):
        await parks.answer(plan="agree", faith="yes", round_number=round_number)
    for _ in range(other):
        await parks.answer(plan="disagree", faith="no", round_number=round_number)


async def kept(parks: Asked, bound: Bound = AGREED) -> int:
    return await store.keep_statement(parks.consultation, bound, by=BY, now=NOW)


async def test_a_word_of_the_programs_own_changes_with_the_data(parks: Asked) -> None:
    await answered(parks, agree=20, other=9)
    number = await kept(parks)
    standing = await store.statement(parks.consultation, number)
    assert standing.words.startswith("20 of 29 who answered agreed with")
    await answered(parks, agree=1, other=0)
    standing = await store.statement(parks.consultation, number)
    assert standing.words.startswith("Most of those who answered (21 of 30, 70%) agreed with")
    await answered(parks, agree=0, other=12)
    standing = await store.statement(parks.consultation, number)
    assert standing.words.startswith("Around half of those who answered (21 of 42, 50%)")
    assert standing.conflict is None
    assert standing.has_changed


async def test_somebodys_own_word_stays_and_a_conflict_is_raised_until_it_is_settled(
    parks: Asked,
) -> None:
    await answered(parks, agree=25, other=10)
    number = await kept(parks)

    async def worded(sentence: str) -> list[str]:
        found = await store.word_statement(parks.consultation, number, sentence, by=BY, now=NOW)
        return [problem.words for problem in found]

    assert await worded("A few people want it.") == [
        "Say “most” in the sentence: that is what 25 of 35, 71% is",
        "“a few” is another share than 25 of 35, 71%: leave it out",
    ]
    assert not (await store.statement(parks.consultation, number)).is_own
    assert await worded("Most people want it.") == []
    await answered(parks, agree=0, other=15)
    standing = await store.statement(parks.consultation, number)
    assert standing.kept.sentence == "Most people want it."
    assert standing.conflict is not None
    assert standing.conflict.now.word == "around half"
    assert await worded("Around half of the people want it.") == []
    (standing,) = await store.statements(parks.consultation)
    assert standing.conflict is None
    assert standing.words == "Around half of the people want it (25 of 50, 50%)."
    assert await worded("") == []
    (standing,) = await store.statements(parks.consultation)
    assert not standing.is_own


async def test_other_bands_move_words_and_raise_conflicts(parks: Asked) -> None:
    await answered(parks, agree=25, other=10)
    by_rule, own = await kept(parks), await kept(parks, Bound("plan", values=("agree",)))
    await store.word_statement(parks.consultation, own, "Most people agree.", by=BY, now=NOW)
    ours = (Band("a clear majority", 70), Band("some", 0))
    await store.set_bands(ours, by=BY, now=NOW)
    assert await store.bands() == ours
    assert (await store.statement(parks.consultation, by_rule)).words.startswith(
        "A clear majority of those who answered (25 of 35, 71%)"
    )
    conflict = (await store.statement(parks.consultation, own)).conflict
    assert conflict is not None
    assert conflict.now.word == "a clear majority"
    await store.set_bands(BANDS, by=BY, now=NOW)
    assert await store.bands() == BANDS
    assert (await store.statement(parks.consultation, own)).conflict is None


async def test_a_statement_is_of_all_rounds_or_of_one(parks: Asked) -> None:
    await answered(parks, agree=5, other=1)
    await answered(parks, agree=2, other=7, round_number=2)
    both = await kept(parks)
    second = await kept(parks, Bound("plan", values=AGREED.values, round_number=2))
    numbers = {each.kept.id: each.numbers for each in await store.statements(parks.consultation)}
    assert numbers == {both: "7 of 15", second: "2 of 9"}


async def test_the_same_statement_is_kept_once(parks: Asked) -> None:
    await answered(parks, agree=2, other=1)
    assert await kept(parks) == await kept(parks)
    assert len(await store.statements(parks.consultation)) == 1


async def test_small_numbers_of_a_special_category_are_never_stated(parks: Asked) -> None:
    await answered(parks, agree=40, other=2)
    data = await store.counted_in_words(parks.consultation)
    assert data.offers("faith", None) == ()
    with pytest.raises(store.NothingToState):
        await kept(parks, Bound("faith", values=("yes",)))
    await answered(parks, agree=0, other=20)
    number = await kept(parks, Bound("faith", values=("yes",)))
    assert (await store.statement(parks.consultation, number)).numbers == "40 of 62, 65%"


async def test_nothing_is_stated_of_what_nobody_asked(parks: Asked) -> None:
    await answered(parks, agree=2, other=1)
    for bound in (Bound("nothing", values=("a",)), Bound("plan", values=("maybe",))):
        with pytest.raises(store.NothingToState):
            await kept(parks, bound)


async def test_every_change_is_audited(parks: Asked) -> None:
    await answered(parks, agree=2, other=1)
    number = await kept(parks)
    await store.print_statement(parks.consultation, number, in_report=True, by=BY)
    assert (await store.statement(parks.consultation, number)).kept.in_report
    await store.print_statement(parks.consultation, number, in_report=False, by=BY)
    await store.word_statement(parks.consultation, number, "2 of 3 do.", by=BY, now=NOW)
    await store.remove_statement(parks.consultation, number, by=BY)
    with pytest.raises(store.NoSuchStatement):
        await store.statement(parks.consultation, number)
    await store.set_bands((Band("some", 0),), by=BY, now=NOW)
    await store.set_bands((Band("some", 0),), by=BY, now=NOW)
    actions = [entry.action for entry in await audit.entries(limit=6)]
    assert actions == [
        "set-bands",
        "remove-statement",
        "word-statement",
        "leave-out-statement",
        "print-statement",
        "keep-statement",
    ]
