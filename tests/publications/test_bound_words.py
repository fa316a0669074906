"""Statements and bands on their way into a sealed edition, through the stores and the pages."""

import json
from uuid import UUID

import pytest
from litestar import Litestar

from analysis import store as analysis
from analysis.quantities import Band
from analysis.statements import Bound
from app.clock import now
from publications import store
from responses import store as responses
from responses.response import Channel, Exclusion
from surveys import store as surveys
from tests.browsing import Browser
from tests.publications.parks import BY, SLUG, Parks, asked_and_answered, with_outcomes

REPORT = f"/consultations/{SLUG}/report"
AGREED = Bound("later", values=("strongly_agree", "agree"))


@pytest.fixture
async def parks(application: Litestar) -> Parks:
    return await with_outcomes(await asked_and_answered(now()))


async def answered(later: str, *, ethnicity: str = "a", people: int, first: int) -> None:
    """So many more people, whose responses are numbered from `first`."""
    consultation = await surveys.consultation(SLUG)
    (asked,) = consultation.rounds
    version = await surveys.version(asked.version_id)
    for number in range(first, first + people):
        await responses.add_response(
            asked,
            version,
            {"later": later, "ethnicity": ethnicity},
            channel=Channel.ONLINE,
            submitted_at=asked.opens_at or now(),
            key=UUID(int=number),
        )


async def printed(parks: Parks, bound: Bound = AGREED, sentence: str = "") -> int:
    kept = await analysis.keep_statement(parks.consultation, bound, by=BY, now=now())
    await analysis.print_statement(parks.consultation, kept, in_report=True, by=BY)
    if sentence:
        found = await analysis.word_statement(parks.consultation, kept, sentence, by=BY, now=now())
        assert found == ()
    return kept


async def published(reason: str = "") -> None:
    await store.publish(SLUG, by=BY, now=now(), reason=reason)


async def test_an_edition_prints_a_statement_and_never_changes(
    visitor: Browser, parks: Parks
) -> None:
    await answered("agree", people=50, first=100)
    await answered("disagree", people=23, first=200)
    kept = await printed(parks)
    await published()
    page = await visitor.get(f"{REPORT}/editions/1")
    words = "Most of those who answered (53 of 79, 67%) agreed with ‘Parks should open later’."
    assert words in page.text
    assert "most: 55% to 89%" in page.text
    sealed = (await visitor.get(f"{REPORT}/editions/1/report.json")).response.content
    figures = {each["place"]: each["value"] for each in json.loads(sealed)["figures"]}
    assert (figures[f"statements.{kept}.n"], figures[f"statements.{kept}.base"]) == (53, 79)

    await answered("disagree", people=40, first=300)
    ours = (Band("a big part", 40, {"cy": "rhan fawr"}), Band("some", 0))
    await analysis.set_bands(ours, by=BY, now=now())
    await published("More answers were found.")
    assert words in (await visitor.get(f"{REPORT}/editions/1")).text
    assert "most: 55% to 89%" in (await visitor.get(f"{REPORT}/editions/1")).text
    again = await visitor.get(f"{REPORT}/editions/1/report.json")
    assert again.response.content == sealed
    latest = await visitor.get(REPORT)
    assert "A big part of those who answered (53 of 119, 45%) agreed" in latest.text
    assert "a big part: 40% or more" in latest.text
    welsh = await visitor.get(f"{REPORT}?lang=cy")
    assert "Cytunodd rhan fawr o’r rhai a atebodd (53 o 119, 45%)" in welsh.text
    assert "rhan fawr: 40% neu fwy" in welsh.text


async def test_a_conflict_stops_publication_until_somebody_settles_it(
    publisher: Browser, parks: Parks
) -> None:
    await answered("agree", people=50, first=100)
    kept = await printed(parks, sentence="Almost all want later hours.")
    assert (await store.lint(SLUG)).blocking == ()
    await answered("disagree", people=23, first=200)
    (gap,) = (await store.lint(SLUG)).blocking
    assert gap.what == "“Almost all want later hours.” does not fit its numbers any more"
    with pytest.raises(store.NotReadyToPublish):
        await published()
    page = await publisher.get(f"/officer/consultations/{SLUG}/publish")
    page = await page.follow("Change the sentence, let the program word it, or remove it")
    assert page.path == f"/officer/consultations/{SLUG}/statements/{kept}"
    await page.form("own-words").fill(sentence="Most want later hours.").submit()
    assert (await store.lint(SLUG)).blocking == ()
    await published()
    assert "Most want later hours (53 of 79, 67%)." in (await publisher.get(REPORT)).text


async def test_a_small_number_of_a_special_category_is_never_sealed(parks: Parks) -> None:
    bound = Bound("ethnicity", values=("b",))
    await answered("agree", ethnicity="b", people=6, first=100)
    kept = await printed(parks, bound)
    consultation = await surveys.consultation(SLUG)
    last = (await responses.coded_rows(consultation.id))[-3:]
    for row in last:
        await responses.exclude(
            row.response_id, Exclusion.DUPLICATE, consultation_id=consultation.id, by=BY
        )
    warnings = [gap.what for gap in (await store.lint(SLUG)).warnings]
    assert "A statement on “Your ethnic group” is left out" in warnings
    await published()
    edition = await store.latest_edition(SLUG)
    assert edition is not None
    assert edition.report.statements == ()
    assert f"statements.{kept}" not in edition.snapshot.decode()


async def test_under_thirty_no_percentage_stands_in_the_report(
    visitor: Browser, parks: Parks
) -> None:
    await answered("agree", people=23, first=100)
    await printed(parks)
    await published()
    page = await visitor.get(REPORT)
    assert "26 of 29 who answered agreed with ‘Parks should open later’." in page.text
    about_bands = page.text.index("Words like these stand for shares")
    assert "%" not in page.text[:about_bands]
    figures = page.soup.select_one("#figures")
    assert figures is not None
    assert "%" not in figures.get_text()


async def test_at_thirty_percentages_stand_beside_their_counts(
    visitor: Browser, parks: Parks
) -> None:
    await answered("agree", people=24, first=100)
    await printed(parks)
    await published()
    page = await visitor.get(REPORT)
    assert "Almost all of those who answered (27 of 30, 90%) agreed" in page.text
    figures = page.soup.select_one("#figures")
    assert figures is not None
    assert "90%" in figures.get_text()
    assert "90.0%" not in figures.get_text()


async def test_what_an_edition_keeps_back_beside_an_earlier_one_no_statement_tells(
    parks: Parks,
) -> None:
    bound = Bound("ethnicity", values=("b",))
    await answered("agree", ethnicity="b", people=19, first=100)
    await printed(parks, bound)
    await published()
    await answered("agree", ethnicity="b", people=1, first=300)
    warnings = [gap.what for gap in (await store.lint(SLUG)).warnings]
    assert "A statement on “Your ethnic group” is left out" in warnings
    await published("One more answer was found.")
    first, second = await store.edition(SLUG, 1), await store.edition(SLUG, 2)
    assert first is not None
    assert second is not None
    assert [each.n for each in first.report.statements] == [20]
    assert second.report.statements == ()
