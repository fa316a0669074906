"""Who answered, on officers' pages.

1. A table is pasted, sent as a file or typed row by row; its groups are matched to answers, and
   what matches none is named; nothing is kept until all of it is right, and all typed stays.
2. The page tells who is missing while they can still answer, and afterwards what to say of it.
3. Sensitive questions show their numbers to those who manage only, unless all are large.
4. Weights are shown on request and beside the plain figures.
"""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from litestar import Litestar

from app.audit import store as audit
from app.clock import now
from responses import store as responses
from responses.ledger import Event
from surveys import store as surveys
from tests.analysis.conftest import BY, SLUG, Asked
from tests.analysis.examples import likert, single
from tests.analysis.reach.test_reading import workbook
from tests.browsing import Browser, Page

DESK = f"/officer/consultations/{SLUG}"
REACH = f"{DESK}/reach"
AGES = [
    {"value": "young", "text": "16 to 24"},
    {"value": "middle", "text": "25 to 64"},
    {"value": "old", "text": "65 and over"},
    {"value": "silent", "text": "Prefer not to say"},
]
DOCUMENT = {
    "title": "Parks",
    "languages": ["en"],
    "pages": [
        {
            "title": "One",
            "questions": [
                single("age", text="How old are you?", options=AGES),
                single("faith", special_category=True, text="Do you have a faith?"),
                likert(),
            ],
        }
    ],
}
CENSUS = "group,people\nAged 16-24,1800\n25–64,6000\n65+,2200\nUnder 16,900\n"
FROM = {
    "source": "Census 2021, Kent",
    "address": "https://www.nomisweb.co.uk/",
    "on-day": "21",
    "on-month": "3",
    "on-year": "2021",
}


@pytest.fixture
async def town(application: Litestar) -> Asked:
    """A round that is open: 12 of 340 who told their age are young, and they disagree."""
    await surveys.create_consultation(
        msgspec.json.encode(DOCUMENT), slug=SLUG, by=BY, now=now(), caveat="Not a sample of anyone."
    )
    await surveys.open_round(SLUG, by=BY, now=now() - timedelta(days=1))
    consultation = await surveys.consultation(SLUG)
    (version,) = await surveys.versions(consultation.id)
    parks = Asked(consultation, version, consultation.rounds)
    for age, people, plan in (
        ("young", 12, "disagree"),
        ("middle", 38, "agree"),
        ("old", 35, "agree"),
    ):
        for _ in range(people):
            await parks.answer(age=age, plan=plan)
    for faith in ("yes", "no", "no"):
        await parks.answer(age="silent", faith=faith)
    return parks


async def matched(officer: Browser, pasted: str = CENSUS, place: str = "age") -> Page:
    page = await officer.get(f"{REACH}/tables/new")
    return await page.form("new-table").fill(place=place, pasted=pasted).submit()


async def given(officer: Browser, pasted: str = CENSUS, **more: str) -> Page:
    """The census, kept."""
    page = await matched(officer, pasted)
    left_out = {"answer-3": "_left_out"} if pasted == CENSUS else {}
    return await page.form("table").fill(FROM | left_out | more).submit("keep")


def rows(page: Page) -> list[list[str]]:
    return [
        [" ".join(cell.get_text(" ").split()) for cell in line.select("th, td")]
        for line in page.soup.select(".reach-figures tbody tr")
    ]


def typed(page: Page, name: str) -> Any:
    (field,) = page.soup.select(f"#{name}")
    return field.get("value") if field.name == "input" else field.select("[selected]")


async def test_groups_are_matched_and_those_that_match_nothing_are_named(
    town: Asked, officer: Browser
) -> None:
    page = await matched(officer)
    assert "1 group matches no answer by name: “Under 16”" in page.text
    assert "No group of the table stands for “Prefer not to say” (3 people)" in page.text
    chosen = [line.select_one("select [selected]") for line in page.soup.select(".reach-rows tr")]
    assert [each["value"] for each in chosen if each] == ["young", "middle", "old"]
    refused = await page.form("table").fill(FROM).submit("keep")
    assert refused.status_code == 422
    assert refused.summary == [
        "“Under 16” matches no answer: choose the answer that stands for it, or leave it out"
    ]
    assert (typed(refused, "source"), typed(refused, "group-3")) == (FROM["source"], "Under 16")
    assert "There is nothing to set the answers beside yet" in (await officer.get(REACH)).text


async def test_missing_groups_come_first_while_they_can_still_answer(
    town: Asked, officer: Browser
) -> None:
    page = await given(officer)
    assert page.path == REACH
    (only,) = page.soup.select("#missing li")
    assert only.text.startswith("25 to 64: 45% (38 of 85), where the population has 60%")
    for _ in range(255):
        await town.answer(age="middle")
    page = await officer.get(REACH)
    (first, *_) = page.soup.select("#missing li")
    assert "16 to 24: 4% (12 of 340), where the population has 18%" in first.text
    assert "60 more answers from this group would even it out" in first.text
    assert rows(page)[0] == [
        "16 to 24",
        "12 4%",
        "1,800 18%",
        "−14",
        "Fewer than chance explains",
        "60",
    ]
    assert 12 / 340 < 72 / 400 == 0.18
    assert "3 people answered “Prefer not to say”: left out here" in page.text
    assert "chi-square goodness of fit, n = 340, p under 0.001" in page.text
    assert "representative" not in page.text.casefold()
    assert "For the report" not in page.text
    overview = await officer.get(DESK)
    assert "16 to 24: 4% (12 of 340), where the population has 18%" in overview.text
    assert (await overview.follow("See who is missing")).path == REACH


async def test_every_number_opens_as_many_responses(town: Asked, officer: Browser) -> None:
    page = await given(officer)
    for link in page.soup.select(".reach-figures td a"):
        behind = await officer.get(str(link["href"]))
        assert f"{link.text} of 88 responses" in behind.text


async def test_once_closed_it_is_a_statement_for_the_report(town: Asked, officer: Browser) -> None:
    await given(officer)
    await surveys.close_round(SLUG, by=BY, now=now())
    page = await officer.get(REACH)
    assert "Missing so far" not in page.text
    (statement,) = page.soup.select("#statement .finding")
    assert "Of 88 responses, 85 told us “How old are you?”" in statement.text
    assert "the population (Census 2021, Kent, 21 March 2021)" in statement.text
    assert (
        "“65 and over” has more than its share: 41% (35 of 85), where the population has 22%"
        in page.text
    )
    assert "those in it who did not answer may think otherwise" in statement.text


async def test_a_workbook_or_nothing_does_as_well_as_pasting(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{REACH}/tables/new")
    book = workbook(("Group", "People"), ("16 to 24", 1800), ("65 and over", 2200))
    filled = page.form("new-table").fill(place="age", file=[("ages.xlsx", book)])
    page = await filled.submit()
    assert [typed(page, f"people-{at}") for at in range(3)] == ["1800", "2200", ""]
    page = await matched(officer, "")
    assert [typed(page, f"group-{at}") for at in range(4)] == [each["text"] for each in AGES]
    page = await page.form("table").submit("more")
    assert len(page.soup.select(".reach-rows tbody tr")) == 14


@pytest.mark.parametrize(
    ("pasted", "place", "why"),
    [
        ("16 to 24,1,800\n", "age", "more than two columns"),
        (CENSUS, "", "Choose the question that the table is to stand beside"),
    ],
)
async def test_what_cannot_be_read_stays_as_it_was_typed(
    town: Asked, officer: Browser, pasted: str, place: str, why: str
) -> None:
    page = await matched(officer, pasted, place)
    assert page.status_code == 422
    assert why in " ".join(page.summary)
    (field,) = page.soup.select("#pasted")
    assert field.text.strip() == pasted.strip()


async def test_every_wrong_field_is_named_at_once_and_nothing_is_kept(
    town: Asked, officer: Browser
) -> None:
    page = await matched(officer, "")
    wrong = {"people-0": "many", "people-1": "5", "people-2": "-1", "group-3": ""}
    wrong |= {"on-day": "31", "on-month": "2", "on-year": "2021", "address": "census"}
    page = await page.form("table").fill(wrong).submit("keep")
    assert page.status_code == 422
    assert page.summary == [
        "Say where the table is from",
        "Enter a real date, like 27 3 2026",
        "Enter how many are in “16 to 24” as a whole number, like 61200",
        "Enter how many are in “65 and over” as a whole number, like 61200",
    ]
    for link in page.soup.select(".govuk-error-summary a"):
        assert page.soup.select(str(link["href"]))
    assert (typed(page, "people-0"), typed(page, "address")) == ("many", "census")
    assert (await officer.get(REACH)).soup.select(".reach-figures") == []


async def test_a_table_is_changed_and_removed_and_the_audit_says_so(
    town: Asked, officer: Browser
) -> None:
    page = await (await given(officer)).follow("Change this table about How old are you?")
    page = await page.form("table").fill(source="Census 2031").submit("keep")
    assert "Census 2031, 21 March 2021" in page.text
    page = await page.follow("Change this table about How old are you?")
    page = await page.form("remove").submit()
    assert "There is nothing to set the answers beside yet" in page.text
    done = [entry.action for entry in await audit.entries(limit=3)]
    assert done == ["remove-reach-table", "change-reach-table", "add-reach-table"]
    assert (await officer.get(f"{REACH}/tables/1")).status_code == 404


async def test_sensitive_numbers_are_for_those_who_manage(
    town: Asked, officer: Browser, coder: Browser
) -> None:
    page = await matched(officer, "Yes,600\nNo,400\n", "faith")
    full = await page.form("table").fill(FROM).submit("keep")
    assert rows(full)[0][1] == "1 33%"
    held = await coder.get(REACH)
    assert "too few people are in some of its groups" in held.text
    assert (rows(held), held.soup.select(".svg-chart")) == ([], [])
    await surveys.close_round(SLUG, by=BY, now=now())
    assert (await officer.get(REACH)).soup.select("#statement") == []
    assert (await coder.get(f"{REACH}/weights?table=1")).status_code == 403


async def test_large_sensitive_numbers_are_shown_without_what_opens_them(
    town: Asked, officer: Browser, coder: Browser
) -> None:
    page = await matched(officer, "Yes,600\nNo,400\n", "faith")
    await page.form("table").fill(FROM).submit("keep")
    for faith in ("yes", "no"):
        for _ in range(10):
            await town.answer(faith=faith)
    page = await coder.get(REACH)
    assert [row[1] for row in rows(page)] == ["11 48%", "12 52%"]
    assert page.soup.select(".reach-figures a") == []


async def test_weights_stand_beside_the_plain_figures(town: Asked, officer: Browser) -> None:
    page = await (await given(officer)).follow("What would weights change?")
    assert "Weights cannot mend that people chose to answer" in page.text
    assert page.soup.select(".figures") == []
    page = await page.form("weigh").fill(table="1").submit()
    costs = [each.get_text(" ", strip=True) for each in page.soup.select(".weights-cost dd")]
    assert costs[0] == "85 of 88"
    assert costs[1].startswith("3 responses")
    lines = {
        line.th.text: [cell.get_text(" ", strip=True) for cell in line.select("td")]
        for line in page.soup.select(".figures tbody tr")
        if line.th
    }
    assert lines["16 to 24"] == ["12 14%", "14%", "18%", "+4"]
    assert lines["Disagree"] == ["12 14%", "14%", "18%", "+4"]
    assert "85 answered; 85 of them have a weight" in page.text


async def test_weights_that_cannot_be_made_are_refused_with_a_remedy(
    town: Asked, officer: Browser
) -> None:
    await given(officer, "16 to 24,6000\n25 to 64,10\n65+,10\n")
    page = await officer.get(f"{REACH}/weights?table=1")
    assert page.status_code == 422
    assert "One person’s answer would count as 7.1" in page.summary[0]
    assert "Put the smallest groups together" in page.summary[0]
    assert (await officer.get(f"{REACH}/weights?table=9")).status_code == 404


async def test_a_register_of_organisations_is_a_table_of_its_own(
    town: Asked, officer: Browser
) -> None:
    """Medway's 930 known organisations. The 78 attendees and 44 organisations of an event are other
    units: nothing on the page counts them."""
    await responses.add_event(town.consultation, Event("Town hall", 78, 44), by=BY)
    before = rows(await given(officer))
    register = "16 to 24,10\n25 to 64,700\n65+,220\n"
    page = await given(officer, register, source="Register of organisations", unit="organisations")
    assert "85 of the 930 on the register answered (9%)" in page.text
    assert "In a group more answered than the register has" in page.text
    assert "2 tables are looked at here together" in page.text
    both = rows(page)
    assert [row[:4] for row in both[:3]] == [row[:4] for row in before]
    assert [row[1] for row in both[3:]] == ["12 14%", "38 45%", "35 41%"]
    assert [row[-1] for row in both[3:]] == ["120%", "5%", "16%"]


async def test_a_register_that_is_one_number_tells_how_many_of_it_answered(
    town: Asked, officer: Browser
) -> None:
    page = await given(officer, "25 to 64,930", source="Register", unit="organisations")
    assert "38 of the 930 on the register answered (4%)" in page.text
    assert "goodness of fit" not in page.text
    await surveys.close_round(SLUG, by=BY, now=now())
    assert "That is 38 of 930 on the register" in (await officer.get(REACH)).text
    assert "Add a table with two groups" in (await officer.get(f"{REACH}/weights")).text
