"""Two themes become one, and nothing that was said or promised about either is lost."""

import pytest
from litestar import Litestar

from analysis import store as analysis
from app.audit import store as audit
from app.clock import now
from publications import store
from tests.browsing import Browser
from tests.publications.parks import BY, SLUG, Parks, asked_and_answered, fund_by, lamps

HOME = f"/officer/consultations/{SLUG}"


@pytest.fixture
async def parks(application: Litestar) -> Parks:
    return await asked_and_answered(now())


async def labels(parks: Parks) -> list[str]:
    return [theme.label for theme in await analysis.themes(parks.consultation.id)]


async def test_a_theme_is_merged_into_another(officer: Browser, parks: Parks) -> None:
    page = await officer.get(f"{HOME}/themes/{parks.lighting.id}/edit")
    page = await page.follow("Merge it into the other one")
    page = await page.form("merge-themes").fill(into=str(parks.funding.id)).submit()
    assert page.heading == parks.funding.label
    assert await labels(parks) == [parks.funding.label]


async def test_the_other_theme_must_be_chosen(officer: Browser, parks: Parks) -> None:
    page = await officer.get(f"{HOME}/themes/{parks.lighting.id}/merge")
    page = await page.form("merge-themes").submit()
    assert page.status_code == 422
    assert page.summary == ["Choose the theme to merge into"]


async def test_an_outcome_is_taken_back_before_its_theme_is_merged(
    officer: Browser, parks: Parks
) -> None:
    free = await officer.get(f"{HOME}/themes/{parks.lighting.id}/merge")
    await store.record_outcome(parks.consultation, lamps(parks), by=BY, now=now())
    page = await free.form("merge-themes").fill(into=str(parks.funding.id)).submit()
    assert page.status_code == 422
    assert len(await labels(parks)) == 2
    page = await page.follow("Take its outcome back")
    page = await page.form("remove").submit()
    assert page.path == f"{HOME}/outcomes"
    assert await store.outcomes(parks.consultation.id) == {}
    assert any(
        entry.action == "remove-outcome" and lamps(parks).statement in entry.detail
        for entry in await audit.entries(limit=9)
    )
    page = await officer.get(f"{HOME}/themes/{parks.lighting.id}/merge")
    await page.form("merge-themes").fill(into=str(parks.funding.id)).submit()
    assert await labels(parks) == [parks.funding.label]


async def test_a_promise_does_not_lose_its_theme(officer: Browser, parks: Parks) -> None:
    promise = fund_by(parks, days=90)
    await store.add_commitment(parks.consultation, promise, by=BY)
    with pytest.raises(store.ThemeIsAnswered):
        await store.merge_themes(
            parks.consultation, parks.funding.id, parks.lighting.id, by=BY, now=now()
        )
    page = await officer.get(f"{HOME}/themes/{parks.funding.id}/merge")
    assert "Give this promise another theme" in page.text
