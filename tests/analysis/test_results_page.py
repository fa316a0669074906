"""The results of all questions: what is filtered for, what each number opens, who may filter."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest
from litestar import Litestar

from responses import store as responses
from responses.filters import Filter
from responses.response import Channel, Exclusion
from surveys import store as surveys
from tests.analysis.conftest import BY, NOW, SLUG, Asked, asked
from tests.browsing import Browser, Page

DESK = f"/officer/consultations/{SLUG}"
RESULTS = f"{DESK}/results"


@pytest.fixture
async def town(application: Litestar) -> Asked:
    """Two who run a group and agree, one of them on paper; two who do not, one in round 2."""
    parks = await asked()
    await parks.answer(group="yes", plan="agree", places=["north", "east"], why="The lake")
    await answer_on_paper(parks, group="yes", plan="agree", faith="yes")
    await parks.answer(group="no", plan="disagree", places=["east"], why="The road")
    await parks.answer(group="no", round_number=2)
    return parks


async def answer_on_paper(parks: Asked, **answers: object) -> None:
    """The day after the others."""
    await responses.add_response(
        parks.rounds[0],
        parks.version,
        answers,
        channel=Channel.PAPER,
        submitted_at=NOW + timedelta(days=1),
        key=uuid4(),
    )


def numbers(page: Page, question: str) -> list[str]:
    return [cell.get_text(" ", strip=True) for cell in page.soup.select(f"#{question} tbody td")]


def in_force(page: Page) -> list[str]:
    return [each.get_text(" ", strip=True) for each in page.soup.select(".filters-on li")]


async def test_filters_are_chosen_one_after_the_other_and_stand_in_the_address(
    town: Asked, officer: Browser
) -> None:
    page = await officer.get(RESULTS)
    assert numbers(page, "group") == ["2 50%", "2 50%"]
    page = await page.form("narrow").fill(round=["1"], where="plan:agree").submit()
    assert parse_qsl(urlsplit(page.path).query) == [("round", "1"), ("where", "plan:agree")]
    assert "2 analysed responses , only these: round 1; The plan is right: Agree" in page.text
    page = (
        await page.form("narrow")
        .fill(channel=["paper"], where=["plan:agree", "group:yes"])
        .submit()
    )
    assert numbers(page, "group") == ["1 100%", "0 0%"]
    assert in_force(page) == [
        "Round 1 Remove Round 1",
        "Paper form Remove Paper form",
        "The plan is right: Agree Remove The plan is right: Agree",
        "Do you run a group? Yes Remove Do you run a group? Yes",
    ]
    page = await page.follow("Remove Paper form")
    assert numbers(page, "group") == ["2 100%", "0 0%"]


@pytest.mark.parametrize(
    "chosen",
    [
        "",
        "round=1",
        "round=1&round=2",
        "channel=paper&channel=online&where=group:yes",
        "where=group:yes&where=group:no&where=plan:agree",
        "where=plan:_missing",
        "where=_theme.1:raised",
    ],
)
async def test_every_number_opens_as_many_responses(
    town: Asked, officer: Browser, chosen: str
) -> None:
    lakes = await town.theme("Lakes")
    await town.code((await town.texts())[0], lakes)
    page = await officer.get(f"{RESULTS}?{chosen}")
    links = page.soup.select("section td a, section .result__answered a")
    counted = [link for link in links if link.text.strip().isdigit()]
    assert len(counted) > 10
    for link in counted[::3]:
        behind = await officer.get(str(link["href"]))
        told = "1 response" if link.text == "1" else f"{link.text} responses"
        ours = "responses-behind" in str(link["href"])
        assert (told if ours else f"{link.text} of 4 responses") in behind.text, link["href"]


async def test_filters_go_along_to_a_question_and_to_its_comparison(
    town: Asked, officer: Browser
) -> None:
    page = await officer.get(f"{RESULTS}?round=1&where=group:yes")
    links = {str(link["href"]) for link in page.soup.select("#plan a")}
    assert f"{RESULTS}/plan?round=1&where=group:yes" in links
    assert f"{RESULTS}/plan/compare?round=1&where=group:yes" in links


@pytest.mark.parametrize(
    "query",
    ["round=9", "channel=pigeon", "where=plan:perhaps", "where=plan", "where=_theme.9:raised"],
)
async def test_a_filter_that_does_not_exist_is_refused(
    town: Asked, officer: Browser, query: str
) -> None:
    for page in ("", "/coming-in", "/responses-behind", "/saved-views"):
        assert (await officer.get(f"{RESULTS}{page}?{query}")).status_code == 404
    left = "&".join(f"left-{each}" for each in query.split("&"))
    assert (await officer.get(f"{RESULTS}/side-by-side?{left}")).status_code == 404


async def test_whoever_is_not_shown_small_numbers_filters_by_round_alone(
    town: Asked, coder: Browser
) -> None:
    """A filter less another is a person: two filtered views of one question tell who said what."""
    page = await coder.get(f"{RESULTS}?round=1")
    assert set(numbers(page, "faith")) == {"hidden"}
    assert not page.soup.select("form#narrow, a[href*=side-by-side], a[href*=saved-views]")
    for query in ("where=group:yes", "channel=paper", "round=1&round=2", "where=faith:yes"):
        assert (await coder.get(f"{RESULTS}?{query}")).status_code == 403
        assert (await coder.get(f"{RESULTS}/coming-in?{query}")).status_code == 403
    for page_name in ("side-by-side", "saved-views", "responses-behind"):
        assert (await coder.get(f"{RESULTS}/{page_name}")).status_code == 403


async def test_the_way_from_received_to_looked_at_adds_up(town: Asked, officer: Browser) -> None:
    ids = [row.id for row in (await listed(town))]
    await responses.exclude(ids[0], Exclusion.DUPLICATE, consultation_id=town.id, by=BY)
    page = await officer.get(f"{RESULTS}/coming-in?where=group:yes")
    lines = [
        (row.th.get_text(strip=True), row.td.get_text(strip=True))
        for row in page.soup.select("#fall tbody tr")
        if row.th and row.td
    ]
    assert lines == [
        ("Received", "4"),
        ("Less: a duplicate of another response", "1"),
        ("Less: analysed, and not like that", "1"),
        ("Looked at here", "2"),
    ]
    assert page.soup.select_one("#fall svg desc") is not None
    (left_out,) = (
        link for link in page.soup.select("#fall td a") if "outside" in str(link["href"])
    )
    behind = await officer.get(str(left_out["href"]))
    assert "1 response: all but these; Do you run a group? Yes" in behind.text


async def listed(town: Asked) -> tuple[responses.Summary, ...]:
    found = await responses.find_responses(
        town.id,
        Filter(),
        versions=await surveys.versions(town.id),
        same=await surveys.equivalences(town.id),
        first=0,
        size=10,
    )
    return found.summaries


async def test_days_are_told_by_round_and_channel_and_open_their_responses(
    town: Asked, officer: Browser
) -> None:
    page = await officer.get(f"{RESULTS}/coming-in")
    rows = page.soup.select("#days-1 tbody tr")
    first, second = ([cell.get_text(strip=True) for cell in row.select("td")] for row in rows)
    assert (first, second) == (["2", "2", "0"], ["1", "0", "1"])
    assert "round 1 opened, round 1 closed" in rows[0].text
    for link in page.soup.select("[id^=days] tbody a"):
        behind = await officer.get(str(link["href"]))
        assert f"{link.text} of 4 responses" in behind.text


async def test_a_day_is_that_of_the_council(town: Asked, officer: Browser) -> None:
    """Half past eleven at night in UTC is the next day in a British summer."""
    await responses.add_response(
        town.rounds[0],
        town.version,
        {},
        channel=Channel.EMAIL,
        submitted_at=NOW.replace(hour=23, minute=30) + timedelta(days=3),
        key=uuid4(),
    )
    page = await officer.get(f"{RESULTS}/coming-in?channel=email")
    (row,) = page.soup.select("#days-1 tbody tr:not(:has(.share))")
    assert row.th is not None
    assert row.th.get_text(strip=True) == "5 June 2026"
    behind = await officer.get(str(row.select("a")[0]["href"]))
    assert "1 of 5 responses" in behind.text
    assert "received on 5 June 2026" in behind.text


async def test_two_rounds_stand_side_by_side(town: Asked, officer: Browser) -> None:
    page = await (await officer.get(RESULTS)).follow("Two groups side by side")
    assert numbers(page, "group")[:6] == ["2 67%", "0 0%", "−67", "1 33%", "1 100%", "+67"]
    assert "nobody is on both sides" in page.text
    compared = await page.follow("Compare groups on The plan is right")
    assert compared.status_code == 200
    assert compared.path.endswith("/results/plan/compare?by=_round")
    assert "Whether a difference is more than chance is not said here" in page.text
    page = await page.form("sides").fill({"left-round": ["1"], "left-where": "group:yes"}).submit()
    page = await page.form("sides").fill({"right-round": ["1"], "right-where": "group:no"}).submit()
    heads = [each.get_text(strip=True) for each in page.soup.select(".two-sides h2")]
    assert heads == [
        "First: Round 1; Do you run a group? Yes",
        "Second: Round 1; Do you run a group? No",
    ]
    page = await page.follow("Remove Do you run a group? No")
    assert "2 responses stand on both sides" in page.text
    for link in page.soup.select("#group tbody a"):
        assert f"{link.text} of 4 responses" in (await officer.get(str(link["href"]))).text


async def test_a_view_is_saved_for_all_officers_renamed_and_removed(
    town: Asked, officer: Browser
) -> None:
    page = await officer.get(f"{RESULTS}?channel=paper&where=plan:agree")
    page = await page.follow("Save this view")
    assert "To be saved: paper form; The plan is right: Agree." in page.text
    page = await page.form("save-view").fill(name="").submit()
    assert page.summary == ["Enter a name for this view"]
    page = await page.form("save-view").fill(name="Agree on paper").submit()
    assert page.path == f"{RESULTS}?channel=paper&where=plan:agree"
    page = await (await officer.get(RESULTS)).follow("Agree on paper")
    assert numbers(page, "group") == ["1 100%", "0 0%"]

    await page.follow("Save this view")
    page = await officer.get(f"{RESULTS}/saved-views?round=2")
    page = await page.form("save-view").fill(name="agree  on Paper").submit()
    assert page.summary == ["There is already a view called “Agree on paper”. Use another name."]
    assert page.form("save-view").values["name"] == ["agree  on Paper"]
    page = await officer.get(f"{RESULTS}/saved-views")
    page = await page.form("view-1").fill({"name-1": "On paper"}).submit("Rename")
    assert [each.text for each in page.soup.select(".listed__name")] == ["On paper"]
    page = await page.form("view-1").submit("Remove")
    assert "None is saved yet" in page.text
