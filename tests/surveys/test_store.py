"""Consultations, versions and rounds kept, on both databases."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.audit.store import entries
from surveys import store
from surveys.consultation import About, Consultation, Document, State
from surveys.native_files import UnusableQuestionnaire

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OFFICER = "officer@hearback.example"
# Spaces, order and a setting at its default: none of it may be lost.
DOCUMENT = b"""{"languages": ["en"], "title": "Parks for all",
  "pages": [{"title": "One", "questions": [
    {"required": false, "key": "why", "type": "long_text", "text": "Why? \xc5\xb5"}]}]}"""
SECOND_DOCUMENT = DOCUMENT.replace(b'"why"', b'"how"')

pytestmark = pytest.mark.usefixtures("database")


async def parks(**more: Any) -> Consultation:
    return await store.create_consultation(DOCUMENT, slug=None, by=OFFICER, now=NOW, **more)


async def actions() -> list[str]:
    return [entry.action for entry in reversed(await entries(limit=50))]


async def test_a_consultation_is_made_with_its_first_version() -> None:
    about = About(why="The budget fell", documents=(Document("Plan", "Draft 1"),))
    made = await parks(about=about, caveat="Open to all", invented=True, threshold=7)
    assert made == await store.consultation("parks-for-all")
    assert (made.about, made.caveat, made.invented, made.threshold) == (
        about,
        "Open to all",
        True,
        7,
    )
    assert (made.state, made.rounds) == (State.DRAFT, ())
    (version,) = await store.versions(made.id)
    assert (version.number, version.frozen) == (1, False)
    assert await actions() == ["create-consultation"]


async def test_the_document_comes_out_as_it_went_in() -> None:
    made = await parks()
    assert await store.document(made.slug) == DOCUMENT
    await store.add_version(made.id, SECOND_DOCUMENT, by=OFFICER, now=NOW, note="How")
    assert await store.document(made.slug) == SECOND_DOCUMENT
    assert await store.document(made.slug, number=1) == DOCUMENT


async def test_a_slug_is_taken_once() -> None:
    await parks()
    with pytest.raises(store.SlugTaken):
        await parks()
    assert len(await store.consultations()) == 1
    assert await actions() == ["create-consultation"]


async def test_nothing_is_kept_of_a_questionnaire_that_cannot_be_used() -> None:
    with pytest.raises(UnusableQuestionnaire):
        await store.create_consultation(b"{}", slug="x", by=OFFICER, now=NOW)
    made = await parks()
    with pytest.raises(UnusableQuestionnaire):
        await store.add_version(made.id, b"{}", by=OFFICER, now=NOW)
    assert len(await store.consultations()) == 1
    assert len(await store.versions(made.id)) == 1


async def test_an_unusable_slug_is_refused() -> None:
    with pytest.raises(store.UnusableSlug):
        await store.create_consultation(DOCUMENT, slug="Not One", by=OFFICER, now=NOW)


async def test_what_does_not_exist_is_a_refusal() -> None:
    with pytest.raises(store.NoSuchConsultation):
        await store.consultation("nowhere")
    with pytest.raises(store.NoSuchVersion):
        await store.version(999)
    with pytest.raises(store.NoSuchConsultation):
        await store.open_round("nowhere", by=OFFICER, now=NOW)


async def test_opening_makes_round_1_and_freezes_its_version() -> None:
    made = await parks()
    opened = await store.open_round(made.slug, by=OFFICER, now=NOW, closes_at=NOW + DAY)
    assert (opened.number, opened.state, opened.opens_at, opened.closes_at) == (
        1,
        State.OPEN,
        NOW,
        NOW + DAY,
    )
    found = await store.consultation(made.slug, at=NOW)
    assert found.open_round(NOW) == opened
    assert found.open_round(NOW + 2 * DAY) is None
    assert (await store.version(opened.version_id)).frozen
    assert await actions() == ["create-consultation", "add-round", "open-round"]


async def test_a_frozen_version_is_read_once() -> None:
    made = await parks()
    opened = await store.open_round(made.slug, by=OFFICER, now=NOW)
    first = await store.version(opened.version_id)
    assert await store.version(opened.version_id) is first
    assert (await store.versions(made.id))[0] is first


async def test_an_unfrozen_version_is_not_kept_in_memory() -> None:
    made = await parks()
    (version,) = await store.versions(made.id)
    assert not (await store.version(version.id)).frozen
    await store.open_round(made.slug, by=OFFICER, now=NOW)
    assert (await store.version(version.id)).frozen


async def test_one_round_is_open_at_a_time() -> None:
    made = await parks()
    await store.open_round(made.slug, by=OFFICER, now=NOW)
    with pytest.raises(store.RoundAlreadyOpen):
        await store.open_round(made.slug, by=OFFICER, now=NOW)
    assert len((await store.consultation(made.slug)).rounds) == 1


async def test_a_pause_has_a_public_reason_and_ends_by_opening_again() -> None:
    made = await parks()
    await store.open_round(made.slug, by=OFFICER, now=NOW, closes_at=NOW + 9 * DAY)
    paused = await store.pause_round(made.slug, reason=" Elections ", by=OFFICER, now=NOW + DAY)
    assert (paused.state, paused.pause_reason) == (State.PAUSED, "Elections")
    assert (await store.consultation(made.slug, at=NOW + DAY)).state is State.PAUSED
    again = await store.open_round(made.slug, by=OFFICER, now=NOW + 2 * DAY)
    assert (again.number, again.state, again.opens_at) == (1, State.OPEN, NOW)
    assert (again.closes_at, again.pause_reason) == (NOW + 9 * DAY, "")


async def test_a_pause_without_a_reason_is_refused() -> None:
    made = await parks()
    await store.open_round(made.slug, by=OFFICER, now=NOW)
    with pytest.raises(store.PauseWithoutReason):
        await store.pause_round(made.slug, reason=" ", by=OFFICER, now=NOW)


async def test_closing_ends_it_now_and_keeps_why_it_was_paused() -> None:
    made = await parks()
    await store.open_round(made.slug, by=OFFICER, now=NOW)
    await store.pause_round(made.slug, reason="Elections", by=OFFICER, now=NOW)
    closed = await store.close_round(made.slug, by=OFFICER, now=NOW + DAY)
    assert (closed.state, closed.closes_at) == (State.CLOSED, NOW + DAY)
    assert closed.pause_reason == "Elections"
    with pytest.raises(store.RoundNotOpen):
        await store.close_round(made.slug, by=OFFICER, now=NOW + DAY)
    with pytest.raises(store.RoundNotOpen):
        await store.pause_round(made.slug, reason="x", by=OFFICER, now=NOW + DAY)


async def test_a_second_round_asks_its_own_version_about_its_own_draft() -> None:
    made = await parks()
    await store.open_round(made.slug, by=OFFICER, now=NOW)
    await store.close_round(made.slug, by=OFFICER, now=NOW + DAY)
    version = await store.add_version(made.id, SECOND_DOCUMENT, by=OFFICER, now=NOW, note="How")
    assert (version.number, version.note) == (2, "How")
    draft = Document("Strategy", "Draft 2", "https://example.org/2")
    planned = await store.add_round(
        made.slug,
        version_id=version.id,
        opens_at=NOW + 5 * DAY,
        closes_at=NOW + 9 * DAY,
        asked_about=draft,
        by=OFFICER,
        now=NOW + DAY,
    )
    assert (planned.number, planned.state) == (2, State.DRAFT)
    opened = await store.open_round(made.slug, by=OFFICER, now=NOW + 6 * DAY)
    assert (opened.version_id, opened.asked_about) == (version.id, draft)
    assert (opened.opens_at, opened.closes_at) == (NOW + 5 * DAY, NOW + 9 * DAY)
    rounds = (await store.consultation(made.slug)).rounds
    assert [each.number for each in rounds] == [1, 2]


async def test_a_round_cannot_ask_another_consultations_version() -> None:
    made = await parks()
    other = await store.create_consultation(DOCUMENT, slug="other", by=OFFICER, now=NOW)
    (version,) = await store.versions(other.id)
    with pytest.raises(store.NoSuchVersion):
        await store.add_round(
            made.slug,
            version_id=version.id,
            opens_at=None,
            closes_at=None,
            asked_about=Document(""),
            by=OFFICER,
            now=NOW,
        )


async def test_a_round_does_not_open_after_its_closing_date() -> None:
    made = await parks()
    with pytest.raises(store.ClosesBeforeItOpens):
        await store.open_round(made.slug, by=OFFICER, now=NOW, closes_at=NOW)
    assert (await store.consultation(made.slug)).rounds == ()


async def test_after_its_closing_date_a_consultation_is_closed_and_may_open_a_new_round() -> None:
    made = await parks()
    await store.open_round(made.slug, by=OFFICER, now=NOW, closes_at=NOW + DAY)
    assert (await store.consultation(made.slug, at=NOW + 2 * DAY)).state is State.CLOSED
    assert (await store.open_round(made.slug, by=OFFICER, now=NOW + 2 * DAY)).number == 2


async def test_what_people_read_can_change() -> None:
    made = await parks()
    about = About(why="New words", documents=(Document("Plan"),))
    await store.change_about(made.slug, about=about, caveat="Not all", by=OFFICER, now=NOW)
    changed = await store.consultation(made.slug)
    assert (changed.about, changed.caveat) == (about, "Not all")
    assert await actions() == ["create-consultation", "change-about"]


async def test_a_reported_consultation_says_so_once_nothing_is_open() -> None:
    made = await parks()
    await store.open_round(made.slug, by=OFFICER, now=NOW)
    await store.mark_reported(made.id, now=NOW)
    assert (await store.consultation(made.slug)).state is State.OPEN
    assert (await store.consultation(made.slug)).reported
    await store.close_round(made.slug, by=OFFICER, now=NOW + DAY)
    (listed,) = await store.consultations()
    assert listed.state is State.REPORTED


async def test_the_audit_holds_who_did_what_to_which_round() -> None:
    made = await parks()
    await store.open_round(made.slug, by=OFFICER, now=NOW)
    await store.pause_round(made.slug, reason="Elections", by=OFFICER, now=NOW)
    (last,) = await entries(limit=1)
    assert (last.action, last.subject, last.by) == (
        "pause-round",
        "consultation:parks-for-all",
        OFFICER,
    )
    detail = json.loads(last.detail)
    assert (detail["round"], detail["reason"]) == (1, "Elections")
