"""One question's results: its numbers and what they open, its image and file, who may see them."""

import csv
import io
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import msgspec
import pytest
from litestar import Litestar
from PIL import Image

from analysis.groupings import Group, Wanted
from analysis.store.groupings import add_grouping
from analysis.summaries.numbers import Band
from responses import store as responses
from responses.response import Channel
from surveys import store as surveys
from tests.analysis.conftest import BY, NOW
from tests.analysis.examples import grid, likert, multiple, single
from tests.browsing import Browser, Page, words

SLUG = "streets"
DESK = f"/officer/consultations/{SLUG}"
OPTIONS = [{"value": value, "text": text} for value, text in (("a", "=1+1"), ("b", "Benches"))]
QUESTIONS = [
    likert(no_opinion=True),
    multiple(),
    grid(no_opinion=True),
    {"key": "rank", "type": "ranking", "text": "Rank these", "options": OPTIONS},
    {"key": "age", "type": "number", "text": "How old are you?"},
    single("faith", special_category=True, text="Do you have a faith?"),
    {"key": "formula", "type": "single", "text": "+Which?", "options": OPTIONS},
    {"key": "why", "type": "long_text", "text": "Why do you say that?"},
]
DOCUMENT = {
    "title": "Streets",
    "languages": ["en"],
    "pages": [{"title": "One", "questions": QUESTIONS}],
}
ANSWERS: list[dict[str, Any]] = [
    *[{"plan": "strongly_agree", "places": ["north", "east"], "faith": "no"}] * 5,
    *[{"plan": "agree", "places": ["north"], "rank": ["a", "b"], "age": 31}] * 4,
    *[{"plan": "disagree", "rank": ["b"], "age": 58, "formula": "a"}] * 3,
    {"plan": "dont_know", "faith": "yes", "why": "Because"},
    *[{"parts": {"paths": "important", "ponds": "not_important"}}] * 2,
    {"parts": {"paths": "not_important", "ponds": "very_important"}},
]


@pytest.fixture
async def streets(application: Litestar) -> None:
    await surveys.create_consultation(
        msgspec.json.encode(DOCUMENT), slug=SLUG, by=BY, now=NOW, caveat="Not a sample of anyone."
    )
    await surveys.open_round(SLUG, by=BY, now=NOW)
    consultation = await surveys.consultation(SLUG)
    version = await surveys.version(consultation.rounds[0].version_id)
    for at, answers in enumerate(ANSWERS):
        await responses.add_response(
            consultation.rounds[0],
            version,
            answers,
            channel=Channel.LETTER if at % 2 else Channel.ONLINE,
            submitted_at=NOW,
            key=uuid4(),
        )


def row(page: Page, label: str, table: int = 0) -> list[str]:
    (line,) = (
        line
        for line in page.soup.select("table")[table].select("tbody tr")
        if line.th and words(line.th) == label
    )
    return [words(cell) for cell in line.select("td")]


def of_how_many(behind: Page) -> str:
    """“9 of 16 responses”, or “9 responses who …”."""
    found = re.findall(r"\b(\d+) (?:of \d+ )?responses?\b", behind.text)
    return str(found[0])


async def test_a_question_has_its_chart_table_and_words(streets: None, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/plan")
    assert page.heading == "The plan is right"
    assert row(page, "Strongly agree") == ["5", "38%", "18% to 64%"]
    assert row(page, "Don’t know")[0] == "1"
    assert [row(page, label)[0] for label in ("Answered", "No answer", "Not asked")] == [
        "13",
        "3",
        "0",
    ]
    wide, narrow = page.soup.select("main svg.svg-chart")
    assert (wide["width"], narrow["width"]) == ("720", "290")
    (box,) = page.soup.select("textarea#words")
    assert box.text.startswith("Of the 13 people who answered “The plan is right”, 9 said")
    assert "%" not in box.text
    assert box.text.endswith("Not a sample of anyone.")


async def test_shares_of_everybody_asked_name_no_answer(streets: None, officer: Browser) -> None:
    page = await (await officer.get(f"{DESK}/results/plan")).follow("Shares of: everybody asked")
    assert row(page, "No answer")[:2] == ["3", "19%"]
    assert row(page, "Strongly agree")[:2] == ["5", "31%"]
    assert row(page, "Answered")[:2] == ["13", "81%"]
    assert parse_qs(urlsplit(page.path).query) == {"of": ["asked"]}


async def test_intervals_and_the_mean_come_when_asked_for(streets: None, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/plan")
    assert "Mean" not in [words(each) for each in page.soup.select(".facts dt")]
    page = await page.follow("Intervals: for all shares at once")
    page = await page.follow("Mean: shown")
    assert row(page, "Strongly agree")[2] == "13% to 71%"
    named = page.soup.select(".facts dt"), page.soup.select(".facts dd")
    facts = {words(name): words(told) for name, told in zip(*named, strict=True)}
    assert facts["Mean"] == "3.92 (SD 1.24)"
    assert facts["Middle answer"] == "“Agree”"


@pytest.mark.parametrize(
    "address",
    [
        "plan",
        "places?combinations=yes",
        "parts",
        "rank",
        "age",
        "plan?channel=letter&where=places:north",
        "places?round=1&where=plan:agree&where=plan:strongly_agree&combinations=yes",
    ],
)
async def test_every_number_opens_as_many_responses(
    streets: None, officer: Browser, address: str
) -> None:
    page = await officer.get(f"{DESK}/results/{address}")
    links = page.soup.select("table td a")
    assert links
    for link in links:
        behind = await officer.get(str(link["href"]))
        assert (behind.status_code, of_how_many(behind)) == (200, words(link)), link["href"]


async def test_a_narrowing_is_said_with_a_way_back(streets: None, officer: Browser) -> None:
    page = await officer.get(f"{DESK}/results/plan?channel=letter&where=places:north&of=asked")
    assert "only these: letter; Where? North." in page.text
    assert page.soup.select("main p a")[0].text == "4 analysed responses"
    assert "Only these responses: letter; Where? North." in page.soup.select("#words")[0].text
    without = await page.follow("Remove Letter")
    assert "5 analysed responses" not in without.text
    assert row(without, "No answer")[0] == "0"
    back = await page.follow("Show everybody")
    assert "16 analysed responses" in back.text
    assert row(back, "No answer")[0] == "3"


@pytest.mark.parametrize("key", [str(question["key"]) for question in QUESTIONS])
async def test_nobody_at_all_is_a_page_as_well(streets: None, officer: Browser, key: str) -> None:
    query = "?channel=meeting&of=asked&intervals=together&mean=yes&combinations=yes"
    for path in (key, f"{key}/chart.svg", f"{key}/table.csv"):
        assert (await officer.get(f"{DESK}/results/{path}{query}")).status_code == 200


async def test_previous_and_next_lead_through_all_questions(
    streets: None, officer: Browser
) -> None:
    page = await officer.get(f"{DESK}/results/plan?channel=letter")
    seen = [page.heading]
    while following := page.soup.select("a[rel=next]"):
        page = await officer.get(str(following[0]["href"]))
        seen.append(page.heading)
    assert seen == [str(question["text"]) for question in QUESTIONS]
    assert "only these: letter" in page.text


async def test_a_multiple_choice_says_what_its_shares_add_up_to(
    streets: None, officer: Browser
) -> None:
    page = await officer.get(f"{DESK}/results/places")
    assert "the shares add up to 156%, and can exceed 100%" in page.text
    assert "What was chosen together" not in page.text
    page = await page.follow("Combinations: shown")
    assert row(page, "North + East", 1)[:2] == ["5", "56%"]
    assert row(page, "2 answers", 2)[0] == "5"


async def test_a_net_category_stands_under_its_question(streets: None, officer: Browser) -> None:
    agree = Wanted("In favour", (Group("In favour", ("strongly_agree", "agree")),))
    await add_grouping(SLUG, "plan", agree, by=BY, now=NOW)
    page = await officer.get(f"{DESK}/results/plan")
    assert row(page, "In favour", 1) == ["9", "69%", "42% to 87%"]
    assert row(page, "In none of these", 1)[0] == "4"
    links = page.soup.select("table")[1].select("td a")
    assert [of_how_many(await officer.get(str(link["href"]))) for link in links] == ["9", "4"]


@pytest.mark.parametrize(
    ("place", "group", "people"),
    [
        ("places", Group("East", ("east",)), ["5", "4"]),
        ("parts.paths", Group("So", ("important",)), ["2", "1"]),
        ("age", Group("Under 40", band=Band(None, 40)), ["4", "3"]),
    ],
)
async def test_whoever_answered_and_is_in_no_group_is_listed(
    streets: None, officer: Browser, place: str, group: Group, people: list[str]
) -> None:
    await add_grouping(SLUG, place, Wanted(group.name, (group,)), by=BY, now=NOW)
    page = await officer.get(f"{DESK}/results/{place.partition('.')[0]}")
    (table,) = (
        each for each in page.soup.select("main table") if "In none of these" in words(each)
    )
    links = table.select("td a")
    assert [words(link) for link in links] == people
    assert [of_how_many(await officer.get(str(link["href"]))) for link in links] == people


async def test_rankings_numbers_and_scales_say_what_they_can(
    streets: None, officer: Browser
) -> None:
    page = await officer.get(f"{DESK}/results/rank")
    assert row(page, "=1+1") == ["4", "57%", "25% to 84%", "4", "1.00", "0.57", "1"]
    assert row(page, "Benches", 1) == ["3", "–"]
    assert "“=1+1” is preferred to every other" in page.text
    page = await officer.get(f"{DESK}/results/age")
    facts = [words(each) for each in page.soup.select(".facts dd")]
    assert facts == ["31", "31 to 58", "31 and 58"]
    page = await officer.get(f"{DESK}/results/parts")
    assert "“Paths” points the other way" in page.text or "“Ponds” points" in page.text
    assert "Cronbach’s alpha is −" in page.text


async def test_the_chart_is_an_image_to_take_along(streets: None, officer: Browser) -> None:
    svg = (await officer.get(f"{DESK}/results/plan/chart.svg?of=asked")).response
    assert svg.headers["content-type"].startswith("image/svg+xml")
    for part in ("The plan is right", "No answer", "3 of 16", "Not a sample of anyone."):
        assert part in svg.text
    png = (await officer.get(f"{DESK}/results/plan/chart.png")).response
    picture = Image.open(io.BytesIO(png.content))
    assert picture.format == "PNG"
    assert picture.width > 1400


async def test_in_the_file_text_stays_text(streets: None, officer: Browser) -> None:
    file = (await officer.get(f"{DESK}/results/formula/table.csv")).response
    assert "attachment" in file.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert lines[0] == ["Answer", "People", "Share of those who answered", "95% interval"]
    assert lines[1][:3] == ["'=1+1", "3", "100%"]
    assert lines[3] == ["Answered", "3", "", ""]


async def test_a_grids_file_has_a_line_for_each_answer_of_each_row(
    streets: None, officer: Browser
) -> None:
    file = (await officer.get(f"{DESK}/results/parts/table.csv")).response
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Row", "Answer", "People", "Share of those who answered"]
    assert ["Paths", "Important", "2", "67%"] in [line[:4] for line in lines]
    ends = [line[1:3] for line in lines if line[0] == "Paths"][-3:]
    assert ends == [["Answered", "3"], ["No answer", "13"], ["Not asked", "0"]]
    assert len(lines) == 1 + 2 * 9


async def test_nobody_is_given_away_to_coders(streets: None, coder: Browser) -> None:
    page = await coder.get(f"{DESK}/results/faith")
    assert row(page, "Yes")[0] == "hidden"
    assert not page.soup.select("table td a")
    assert "too small to show" in page.soup.select("#words")[0].text
    file = (await coder.get(f"{DESK}/results/faith/table.csv")).response.text
    svg = (await coder.get(f"{DESK}/results/faith/chart.svg")).response.text
    assert "Yes,,," in file
    assert "1 of 6" not in svg
    assert "5 of 6" not in svg


@pytest.mark.parametrize("path", ["", "/chart.svg", "/chart.png", "/table.csv"])
async def test_coders_narrow_by_one_round_only(streets: None, coder: Browser, path: str) -> None:
    here = f"{DESK}/results/plan{path}"
    assert (await coder.get(f"{here}?round=1")).status_code == 200
    assert (await coder.get(f"{here}?where=faith:yes")).status_code == 403


async def test_coders_see_no_list_that_tells_who(streets: None, coder: Browser) -> None:
    people = f"{DESK}/results/plan/people?value=agree&value=disagree"
    assert (await coder.get(people)).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "nothing",
        "plan?where=plan:nothing",
        "plan?round=9",
        "plan/people?how=band&value=x&value=1",
        "plan/people?how=anything",
    ],
)
async def test_what_is_not_there_is_not_found(
    streets: None, officer: Browser, address: str
) -> None:
    assert (await officer.get(f"{DESK}/results/{address}")).status_code == 404
