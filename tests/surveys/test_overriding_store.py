"""Overridden checks kept with the opening of a round, on both databases."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from app.audit.store import entries
from surveys import store
from surveys.consultation import Consultation, Document, State
from surveys.store import Overridden

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OFFICER = "officer@hearback.example"
DOCUMENT = b"""{"languages": ["en"], "title": "Parks for all",
  "pages": [{"title": "One", "questions": [
    {"key": "why", "type": "long_text", "text": "Why?"}]}]}"""
ALL = 12

pytestmark = pytest.mark.usefixtures("database")


async def parks() -> Consultation:
    return await store.create_consultation(DOCUMENT, slug="parks", by=OFFICER, now=NOW)


async def one(made: Consultation, code: str) -> Overridden:
    return next(each for each in await store.overridden(made.id) if each.code == code)


async def test_what_is_found_is_recorded_with_its_reason_or_without() -> None:
    made = await parks()
    await store.open_round("parks", by=OFFICER, now=NOW, reasons={"no_why": " It is in the plan "})
    assert len(await store.overridden(made.id)) == ALL
    assert await one(made, "no_why") == Overridden(
        1, "no_why", "It does not say why people are asked.", "It is in the plan", OFFICER, NOW
    )
    assert (await one(made, "no_alternatives")).reason == ""


async def test_to_insist_opens_nothing_without_a_reason_for_each() -> None:
    made = await parks()
    with pytest.raises(store.ReasonsMissing) as missing:
        await store.open_round("parks", by=OFFICER, now=NOW, insist=True)
    assert len(missing.value.concerns) == ALL
    assert (await store.consultation("parks")).rounds == ()
    assert await store.overridden(made.id) == ()
    reasons = {each.code: "Because" for each in missing.value.concerns}
    opened = await store.open_round("parks", by=OFFICER, now=NOW, insist=True, reasons=reasons)
    assert opened.state is State.OPEN


async def test_what_was_not_found_is_not_recorded_whatever_reasons_are_given() -> None:
    made = await parks()
    reasons = {"leading": "None of it leads", "nonsense": "x"}
    await store.open_round("parks", by=OFFICER, now=NOW, reasons=reasons)
    codes = {each.code for each in await store.overridden(made.id)}
    assert codes.isdisjoint(reasons)


async def test_opening_a_paused_round_again_records_nothing_twice() -> None:
    made = await parks()
    await store.open_round("parks", by=OFFICER, now=NOW, reasons={"no_why": "In the plan"})
    before = await store.overridden(made.id)
    await store.pause_round("parks", reason="Elections", by=OFFICER, now=NOW + DAY)
    await store.open_round("parks", by=OFFICER, now=NOW + 2 * DAY)
    assert await store.overridden(made.id) == before
    await store.pause_round("parks", reason="Elections", by=OFFICER, now=NOW + 3 * DAY)
    later = NOW + 4 * DAY
    await store.open_round("parks", by=OFFICER, now=later, reasons={"no_why": "Another reason"})
    assert len(await store.overridden(made.id)) == ALL
    again = await one(made, "no_why")
    assert (again.reason, again.at) == ("Another reason", later)


async def test_each_round_has_its_own() -> None:
    made = await parks()
    await store.open_round("parks", by=OFFICER, now=NOW)
    await store.close_round("parks", by=OFFICER, now=NOW + DAY)
    await store.open_round("parks", by=OFFICER, now=NOW + 2 * DAY)
    numbers = [each.round_number for each in await store.overridden(made.id)]
    assert numbers == [1] * ALL + [2] * ALL


async def test_the_audit_names_the_checks_and_not_the_reasons() -> None:
    await parks()
    await store.open_round("parks", by=OFFICER, now=NOW, reasons={"no_why": "In the plan"})
    (last,) = await entries(limit=1)
    assert last.action == "open-round"
    assert "no_why" in json.loads(last.detail)["overridden"]
    assert "In the plan" not in last.detail


async def test_they_can_be_told_as_notes() -> None:
    made = await parks()
    await store.open_round("parks", by=OFFICER, now=NOW)
    notes = {note.where: note.what for note in await store.override_notes(made.id)}
    assert notes["Check before opening: No alternatives are given"] == (
        "Opened all the same: no reason was recorded"
    )


async def test_a_scheduled_round_waits_for_its_day_and_then_is_open() -> None:
    made = await parks()
    opens, closes = NOW + 5 * DAY, NOW + 60 * DAY
    waiting = await store.schedule_round(
        "parks", opens_at=opens, closes_at=closes, by=OFFICER, now=NOW
    )
    assert (waiting.state, waiting.standing(NOW), waiting.is_scheduled(NOW)) == (
        State.OPEN,
        State.DRAFT,
        True,
    )
    assert waiting.is_open(opens)
    assert not waiting.is_scheduled(opens)
    assert (await store.version(waiting.version_id)).frozen
    assert len(await store.overridden(made.id)) == ALL
    (last,) = await entries(limit=1)
    assert last.action == "schedule-round"


async def test_a_planned_round_is_the_one_that_is_scheduled() -> None:
    made = await parks()
    (version,) = await store.versions(made.id)
    planned = await store.add_round(
        "parks",
        version_id=version.id,
        opens_at=NOW + DAY,
        closes_at=NOW + 50 * DAY,
        asked_about=Document("Plan"),
        by=OFFICER,
        now=NOW,
    )
    waiting = await store.schedule_round("parks", opens_at=NOW + 2 * DAY, by=OFFICER, now=NOW)
    assert (waiting.id, waiting.closes_at) == (planned.id, NOW + 50 * DAY)
    assert not planned.is_scheduled(NOW)


async def test_a_round_that_is_called_off_is_a_draft_again() -> None:
    await parks()
    await store.schedule_round("parks", opens_at=NOW + DAY, by=OFFICER, now=NOW)
    called_off = await store.call_off_round("parks", by=OFFICER, now=NOW)
    assert await store.overridden(called_off.consultation_id) == ()
    assert called_off.standing(NOW + 2 * DAY) is State.DRAFT
    with pytest.raises(store.RoundNotScheduled):
        await store.call_off_round("parks", by=OFFICER, now=NOW)


async def test_no_two_rounds_share_a_day() -> None:
    await parks()
    await store.open_round("parks", by=OFFICER, now=NOW, closes_at=NOW + 10 * DAY)
    with pytest.raises(store.RoundAlreadyOpen):
        await store.schedule_round("parks", opens_at=NOW + 9 * DAY, by=OFFICER, now=NOW)
    await store.schedule_round("parks", opens_at=NOW + 11 * DAY, by=OFFICER, now=NOW)
    await store.pause_round("parks", reason="Elections", by=OFFICER, now=NOW)
    with pytest.raises(store.RoundAlreadyOpen):
        await store.open_round("parks", by=OFFICER, now=NOW, closes_at=NOW + 20 * DAY)
    assert (await store.open_round("parks", by=OFFICER, now=NOW)).number == 1


async def test_a_round_does_not_close_before_it_opens_by_itself() -> None:
    await parks()
    with pytest.raises(store.ClosesBeforeItOpens):
        await store.schedule_round(
            "parks", opens_at=NOW + 5 * DAY, closes_at=NOW + 4 * DAY, by=OFFICER, now=NOW
        )
