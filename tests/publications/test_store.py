"""Outcomes, commitments and editions as they are kept, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.audit import store as audit
from app.problems import Refusal
from publications import store
from publications.outcomes import Kind, Outcome
from surveys import store as surveys
from surveys.consultation import State
from tests.publications.parks import (
    BY,
    SLUG,
    Parks,
    asked_and_answered,
    fund_by,
    grants,
    lamps,
    with_outcomes,
)

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


@pytest.fixture
async def parks(database: str) -> Parks:
    return await asked_and_answered(NOW)


async def test_an_outcome_is_read_back_as_it_was_recorded(parks: Parks) -> None:
    await store.record_outcome(parks.consultation, lamps(parks), by=BY, now=NOW)
    found = await store.outcomes(parks.consultation.id)
    assert found == {parks.lighting.id: lamps(parks)}


async def test_a_theme_has_one_outcome_the_latest(parks: Parks) -> None:
    await store.record_outcome(parks.consultation, lamps(parks), by=BY, now=NOW)
    other = Outcome(
        theme_id=parks.lighting.id, kind=Kind.NO_CHANGE, statement="None.", reason="Bats."
    )
    await store.record_outcome(parks.consultation, other, by=BY, now=NOW)
    assert await store.outcomes(parks.consultation.id) == {parks.lighting.id: other}


async def test_respondents_see_only_what_is_ready(parks: Parks) -> None:
    await with_outcomes(parks)
    hidden = Outcome(theme_id=parks.funding.id, kind=Kind.STRENGTHENED, statement="Firmer.")
    await store.record_outcome(parks.consultation, hidden, by=BY, now=NOW)
    both = [parks.lighting.id, parks.funding.id]
    assert await store.outcomes_ready(both) == {parks.lighting.id: lamps(parks)}
    assert await store.outcomes_ready([]) == {}


async def test_a_commitment_is_changed_and_kept_and_unkept(parks: Parks) -> None:
    promise = fund_by(parks, days=9, with_theme=False)
    added = await store.add_commitment(parks.consultation, promise, by=BY)
    later = fund_by(parks, days=40)
    await store.change_commitment(parks.consultation, added, later, by=BY)
    await store.mark_kept(
        parks.consultation, added, kept_on=NOW.date(), progress="It is open.", by=BY
    )
    (kept,) = await store.commitments(parks.consultation.id)
    assert (kept.due_on, kept.kept_on, kept.progress) == (later.due_on, NOW.date(), "It is open.")
    assert kept.theme_id == parks.funding.id
    await store.mark_kept(parks.consultation, added, kept_on=None, progress="", by=BY)
    assert (await store.commitments(parks.consultation.id))[0].kept_on is None


async def test_lint_names_the_theme_without_an_outcome(parks: Parks) -> None:
    await store.record_outcome(parks.consultation, lamps(parks), by=BY, now=NOW)
    blocking = (await store.lint(SLUG, now=NOW)).blocking
    assert [gap.what for gap in blocking] == ["“Fair funding” has no outcome"]


async def test_publication_is_refused_while_anything_is_missing_and_stores_nothing(
    parks: Parks,
) -> None:
    await store.record_outcome(parks.consultation, lamps(parks), by=BY, now=NOW)
    await store.record_outcome(parks.consultation, grants(parks), by=BY, now=NOW)
    with pytest.raises(store.NotReadyToPublish, match="commitment"):
        await store.publish(SLUG, by=BY, now=NOW)
    assert await store.editions(SLUG) == ()
    assert (await surveys.consultation(SLUG)).state is State.CLOSED


async def test_an_edition_seals_what_was_asked_said_and_done(parks: Parks) -> None:
    await with_outcomes(parks)
    sealed = await store.publish(SLUG, by=BY, now=NOW)
    assert sealed == await store.latest_edition(SLUG)
    assert sealed.is_intact
    report = sealed.report
    assert (report.answered.received, report.answered.analysed) == (6, 6)
    lighting, funding = report.themes
    assert (lighting.people, lighting.read) == (4, 6)
    assert (funding.people, funding.read) == (2, 6)
    assert [quote.words for quote in lighting.quotes] == ["I will not walk there after dark."]
    assert lighting.outcome.after == "Main paths are lit until ten in the evening."
    assert [each.theme for each in report.commitments] == ["fair-funding"]
    assert report.asked == ("What matters most in a park?",)
    assert (await surveys.consultation(SLUG)).state is State.REPORTED


async def test_small_numbers_about_a_special_category_are_not_in_an_edition(parks: Parks) -> None:
    await with_outcomes(parks)
    report = (await store.publish(SLUG, by=BY, now=NOW)).report
    by_key = {question.key: question.items[0] for question in report.questions}
    assert all(option.n is None for option in by_key["ethnicity"].options)
    agreed = {option.value: option.n for option in by_key["later"].options}
    assert agreed["agree"] == 2
    assert agreed["dont_know"] == 1


async def test_an_edition_never_changes_and_the_next_one_names_it(parks: Parks) -> None:
    await with_outcomes(parks)
    first = await store.publish(SLUG, by=BY, now=NOW)
    changed = Outcome(
        theme_id=parks.lighting.id,
        kind=Kind.NO_CHANGE,
        statement="None.",
        reason="Bats.",
        ready=True,
    )
    await store.record_outcome(parks.consultation, changed, by=BY, now=NOW)
    assert await store.edition(SLUG, 1) == first
    second = await store.publish(SLUG, by=BY, now=NOW, reason="The bats were forgotten.")
    assert await store.edition(SLUG, 1) == first
    assert second.report.replaces == first.seal
    marks = await store.editions(SLUG)
    assert [(mark.number, mark.reason) for mark in marks] == [
        (1, ""),
        (2, "The bats were forgotten."),
    ]


async def test_a_later_edition_without_a_reason_is_refused(parks: Parks) -> None:
    await with_outcomes(parks)
    await store.publish(SLUG, by=BY, now=NOW)
    with pytest.raises(store.NotReadyToPublish) as refused:
        await store.publish(SLUG, by=BY, now=NOW)
    assert [gap.fix for gap in refused.value.gaps] == ["Say why edition 2 replaces edition 1"]


async def test_two_publishers_at_once_make_one_edition(parks: Parks) -> None:
    await with_outcomes(parks)
    made = await asyncio.gather(
        store.publish(SLUG, by=BY, now=NOW),
        store.publish(SLUG, by=BY, now=NOW),
        return_exceptions=True,
    )
    assert len([one for one in made if isinstance(one, Refusal)]) == 1
    assert [mark.number for mark in await store.editions(SLUG)] == [1]


async def test_there_is_no_edition_before_one_is_published(parks: Parks) -> None:
    assert await store.latest_edition(SLUG) is None
    assert await store.edition(SLUG, 1) is None


async def test_a_preview_numbers_the_edition_it_would_be(parks: Parks) -> None:
    await with_outcomes(parks)
    await store.publish(SLUG, by=BY, now=NOW)
    assert (await store.report_as_it_stands(SLUG, now=NOW)).edition == 2


async def test_lint_of_a_consultation_that_never_opened_says_so(database: str) -> None:
    await surveys.create_consultation(
        b'{"title": "Benches", "languages": ["en"], "pages": [{"title": "One", "questions": '
        b'[{"key": "view", "type": "long_text", "text": "What do you think?"}]}]}',
        slug="benches",
        by=BY,
        now=NOW,
    )
    gaps = (await store.lint("benches", now=NOW + timedelta(days=1))).blocking
    assert [gap.what for gap in gaps] == ["Nobody has been asked yet", "There is no codebook"]


async def test_who_did_what_is_in_the_audit(parks: Parks) -> None:
    await with_outcomes(parks)
    await store.publish(SLUG, by=BY, now=NOW)
    done = {entry.action for entry in await audit.entries(limit=99)}
    assert {"record-outcome", "add-commitment", "publish-edition"} <= done
