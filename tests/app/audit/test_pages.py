"""The audit as those who may read it see it."""

from app.audit.store import record
from app.audit.tables import AuditRow
from app.database import transaction
from tests.browsing import Browser


async def fill(count: int) -> None:
    async with transaction():
        for n in range(count):
            await record("open-round", f"consultation:kent-{n}", by="system", detail={"round": n})


async def test_entries_are_in_words_and_newest_first(admin: Browser) -> None:
    await fill(2)
    page = await admin.get("/officer/audit")
    assert page.text.index("consultation kent-1 (round 1)") < page.text.index("consultation kent-0")
    assert "Open round: consultation kent-1" in page.text
    assert "Add account: admin@hearback.example (role admin)" in page.text


async def test_older_entries_are_a_page_further(admin: Browser) -> None:
    await fill(60)
    page = await admin.get("/officer/audit")
    assert "consultation kent-59" in page.text
    assert "consultation kent-9 " not in page.text
    assert "without a break" in page.text
    older = await page.follow("Older entries")
    assert "consultation kent-9 " in older.text
    assert "consultation kent-59" not in older.text
    assert "without a break" in older.text
    assert (await older.follow("Newest entries")).path == "/officer/audit"


async def test_an_altered_entry_is_shown(admin: Browser) -> None:
    await fill(60)
    page = await admin.get("/officer/audit/chain")
    assert page.heading == "The audit is unaltered"
    await AuditRow.update({AuditRow.by: "eve"}).where(AuditRow.number == 5)
    assert "without a break" in (await admin.get("/officer/audit")).text
    assert "Entry 5 was altered" in (await admin.get("/officer/audit?below=12")).text
    page = await admin.get("/officer/audit/chain")
    assert page.heading == "The audit was altered"
    assert "Entry 5 does not match" in page.text


async def test_a_page_number_that_is_none_shows_the_newest(admin: Browser) -> None:
    await fill(1)
    for asked in ("x", "-1", "9" * 40, "²"):
        page = await admin.get(f"/officer/audit?below={asked}")
        assert page.status_code == 200
        assert "consultation kent-0" in page.text
