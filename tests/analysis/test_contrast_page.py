"""Groups compared on officers' pages: each number, what it opens, what is said, who may see it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from litestar import Litestar

from tests.analysis.conftest import SLUG, Asked, asked
from tests.browsing import Browser, Page

DESK = f"/officer/consultations/{SLUG}"
PLANS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")


@pytest.fixture
async def town(application: Litestar) -> Asked:
    """Groups that agree, others that do not, some of whom wrote about lakes."""
    parks = await asked()
    for group, counts in (("yes", (5, 4, 1, 0, 1)), ("no", (1, 1, 2, 4, 4))):
        for plan, people in zip(PLANS, counts, strict=True):
            for _ in range(people):
                await parks.answer(group=group, plan=plan, places=["north"])
    await parks.answer(group="yes", why="The lake", round_number=2)
    await parks.answer(group="no", why="The road", faith="yes", round_number=2)
    lakes = await parks.theme("Lakes")
    first, second = await parks.texts()
    await parks.code(first, lakes)
    await parks.code(second)
    return parks


def cells(page: Page, row: str) -> list[str]:
    (line,) = (tr for tr in page.soup.select(".heat tbody tr") if tr.th and tr.th.text == row)
    return [cell.get_text(" ", strip=True) for cell in line.select("td")]


def links(page: Page, row: str) -> list[str]:
    (line,) = (tr for tr in page.soup.select(".heat tbody tr") if tr.th and tr.th.text == row)
    return [str(link["href"]) for link in line.select("td a")]


async def test_three_clicks_lead_to_whether_groups_differ_and_whether_it_matters(
    town: Asked, officer: Browser
) -> None:
    page = await (await officer.get(DESK)).follow("Results")
    page = await page.follow("Compare groups on The plan is right")
    page = await page.follow("Do you run a group?")
    (said,) = page.soup.select(".finding")
    assert (
        "Among “Yes”, 9 of 11 (82%) answered “Strongly agree” or “Agree”; among “No”, 2 of 12"
        in said.text
    )
    assert (
        "seldom make the groups differ as much as this (Mann–Whitney U, n = 23, p = 0.0"
        in said.text
    )
    assert "The difference is large (rank-biserial 0." in said.text
    assert "not about everybody who could have" in said.text
    assert "which group people are in tells much about their answer" in said.text
    assert "One comparison was looked at here" in page.text
    assert cells(page, "Yes")[:3] == ["12", "5 45%", "4 36%"]


async def test_three_clicks_lead_from_a_theme_to_who_raised_it(
    town: Asked, officer: Browser
) -> None:
    page = await (await officer.get(DESK)).follow("Themes")
    page = await page.follow("Lakes")
    page = await page.follow("Do you run a group?")
    assert "Among “Yes”, 1 of 1 (100%) raised “Lakes”; among “No”, 0 of 1 (0%)." in page.text
    assert cells(page, "No") == ["13", "0 0%", "1 100%", "12"]
    behind = await officer.get(links(page, "No")[2])
    assert "1 response whose answers have been read and do not raise it" in behind.text
    assert len(behind.soup.select(".people a")) == 1


@pytest.mark.parametrize(
    "chosen",
    [
        "by=group",
        "by=_channel",
        "by=_round",
        "by=group&round=1&where=places:north",
        "by=group&within=_round&within=places",
        "by=_round&round=2",
    ],
)
async def test_every_number_opens_as_many_responses(
    town: Asked, officer: Browser, chosen: str
) -> None:
    page = await officer.get(f"{DESK}/results/plan/compare?{chosen}")
    for line in page.soup.select(".heat tbody tr"):
        for link in (line.select("td a")[at] for at in (0, 2, -2)):
            behind = await officer.get(str(link["href"]))
            assert f"{link.text} of 25 responses" in behind.text or (
                "/people?" in behind.path and f"{link.text} response" in behind.text
            )


async def test_the_way_back_keeps_the_filters(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/plan/compare?by=group&round=1&where=places:north")
    (back,) = page.soup.select(".govuk-back-link")
    assert back["href"] == f"{DESK}/results?round=1&where=places:north#plan"


async def test_where_nobody_is_looked_at_no_channel_is_told(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/plan/compare?by=_channel&where=places:south")
    assert "Nobody in these groups answered" in page.text


async def test_a_multiple_choice_is_told_option_by_option(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/places/compare?by=group")
    assert [each.text for each in page.soup.select(".option-findings dt")] == [
        "North",
        "East",
        "South",
        "West",
    ]
    assert "shares can add up to more than 100%" in page.text


async def test_what_is_chosen_stands_in_the_address(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/plan/compare")
    page = await page.form("compare").fill(by="group", round="1", where="places:north").submit()
    page = await page.form("compare").fill(group=["no"]).submit()
    asked_for = parse_qs(urlsplit(page.path).query)
    assert asked_for == {
        "by": ["group"],
        "round": ["1"],
        "where": ["places:north"],
        "group": ["no"],
    }
    assert "23 analysed responses in round 1, who answered “North” to “Where?”" in page.text
    assert len(page.soup.select(".heat tbody tr")) == 1
    assert "Only “No” has answers (12), so there is nothing to compare it with." in page.text
    page = await page.form("compare").fill(by="_channel").submit()
    assert cells(page, "Online form")[0] == "23"
    page = await page.follow("take this away (who answered “North” to “Where?”)")
    assert parse_qs(urlsplit(page.path).query) == {
        "by": ["_channel"],
        "round": ["1"],
        "group": ["no"],
    }


async def test_groups_within_each_round_are_one_family(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/plan/compare?by=group")
    page = await page.form("compare").fill(within="_round").submit()
    titles = [each.text for each in page.soup.select(".contrast h2")]
    assert titles == ["Round 1", "Round 2"]
    assert "Different people answered each round" in page.text
    assert "Nobody in these groups answered, so there is nothing to compare." in page.text
    assert "One comparison was looked at here" in page.text


async def test_the_family_is_corrected_as_the_address_asks(town: Asked, officer: Browser) -> None:
    for _ in range(4):
        await town.answer(group="no", places=["east"])
    page = await officer.get(f"{DESK}/results/places/compare?by=group")
    assert "2 comparisons were looked at here together" in page.text
    assert "by Holm’s method" in page.text
    page = await page.follow("Use Benjamini and Hochberg’s method, which finds more")
    assert "correct=false-discovery" in page.path
    assert "by Benjamini and Hochberg’s method" in page.text
    page = await page.form("compare").fill(by="plan").submit()
    assert "correct=false-discovery" in page.path


async def test_rounds_stand_together_and_apart_with_what_each_asked(
    town: Asked, officer: Browser
) -> None:
    page = await officer.get(f"{DESK}/results/plan/compare?by=_round")
    assert "Rounds 1 and 2 asked it in the same words, with the same answers." in page.text
    assert cells(page, "All rounds together")[:2] == ["25", "6 26%"]
    assert cells(page, "Round 2")[0] == "2"
    assert "Different people answered each round" in page.text


async def test_groups_by_theme_open_to_a_list_of_their_own(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/group/compare")
    page = await page.follow("Theme: Lakes")
    assert cells(page, "Raised “Lakes”")[:3] == ["1", "1 100%", "0 0%"]
    behind = await officer.get(links(page, "Raised “Lakes”")[1])
    assert "1 response who answered “Yes”, in “Raised “Lakes””." in behind.text
    assert len(behind.soup.select(".people a")) == 1


async def test_two_answers_of_the_same_people_are_set_against_each_other(
    town: Asked, officer: Browser
) -> None:
    await town.answer(group="yes", faith="no")
    await town.answer(group="yes", faith="yes")
    page = await officer.get(f"{DESK}/results/group/compare")
    page = await page.follow("Against “Do you have a faith?”")
    (said,) = page.soup.select(".finding")
    assert "Of the 3 who answered both, 1 of 3 (33%) answered alike" in said.text
    assert "Both answers came in one response" in said.text
    (line,) = (tr for tr in page.soup.select("tbody tr") if tr.th and tr.th.text == "Yes")
    (alike, changed) = line.select("td a")
    assert (alike.text, changed.text) == ("1", "1")
    behind = await officer.get(str(changed["href"]))
    assert "1 of 27 responses" in behind.text
    assert (await officer.get(f"{DESK}/results/group/against/plan")).status_code == 404


async def test_groups_that_overlap_are_shown_and_not_tested(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/plan/compare?by=places")
    assert "People could be in several of these groups" in page.text
    assert "How that was tested" not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "results/why/compare",
        "results/plan/compare?by=nothing",
        "results/plan/compare?by=group&round=9",
    ],
)
async def test_what_cannot_be_compared_is_not_found(
    town: Asked, officer: Browser, address: str
) -> None:
    assert (await officer.get(f"{DESK}/{address}")).status_code == 404


async def test_coders_are_not_shown_who_said_what_of_themselves(
    town: Asked, coder: Browser
) -> None:
    assert (await coder.get(f"{DESK}/results/plan/compare?by=faith")).status_code == 403
    assert "Compare groups" not in (await coder.get(f"{DESK}/results")).text
    listed = f"{DESK}/responses?question=plan&value=agree&also=faith:yes"
    assert (await coder.get(listed)).status_code == 403


async def test_every_number_of_a_theme_opens_as_many_responses(
    town: Asked, officer: Browser
) -> None:
    page = await (await officer.get(f"{DESK}/themes")).follow("Lakes")
    page = await page.follow("Something else")
    page = await page.form("compare").fill(by="group").submit()
    for row in ("Yes", "No"):
        for words, link in zip(cells(page, row)[1:], links(page, row)[1:], strict=True):
            behind = await officer.get(link)
            number = int(words.split()[0])
            assert f"{number} response" in behind.text
            assert len(behind.soup.select(".people a")) == number
    assert (await officer.get(f"{links(page, 'No')[1]}x")).status_code == 404
