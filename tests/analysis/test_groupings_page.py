"""Groupings made, changed and removed on their pages, and texts beside “other” put somewhere."""

from typing import Any

import msgspec
import pytest
from litestar import Litestar

from analysis.store import groupings as kept
from analysis.store import other
from surveys import store as surveys
from tests.analysis.conftest import BY, NOW, SLUG, Asked
from tests.analysis.examples import grid, likert, multiple, single
from tests.browsing import Browser

HERE = f"/officer/consultations/{SLUG}/groupings"
QUESTIONS = [
    single(other=True),
    multiple(),
    likert(),
    grid(),
    {"key": "age", "type": "number", "text": "How old are you?", "whole": True},
    {"key": "since", "type": "date", "text": "Since when?"},
]


@pytest.fixture
async def town(application: Litestar) -> Asked:
    document = {
        "title": "Parks",
        "languages": ["en"],
        "pages": [{"title": "One", "questions": QUESTIONS}],
    }
    await surveys.create_consultation(msgspec.json.encode(document), slug=SLUG, by=BY, now=NOW)
    await surveys.open_round(SLUG, by=BY, now=NOW)
    consultation = await surveys.consultation(SLUG)
    (version,) = await surveys.versions(consultation.id)
    return Asked(consultation, version, consultation.rounds)


async def agreeing(town: Asked) -> None:
    """54 of 78 agree, as in Kent."""
    for n, value in ((54, "agree"), (24, "disagree")):
        for _ in range(n):
            await town.answer(plan=value)


async def test_kents_net_shows_as_69_per_cent(town: Asked, officer: Browser) -> None:
    await agreeing(town)
    page = await officer.get(f"{HERE}/new?question=plan")
    form = page.form("grouping")
    page = await form.fill({"group-1": "Agree", "values-1": ["strongly_agree", "agree"]}).submit(
        "Save grouping"
    )
    assert (page.status_code, page.path) == (200, HERE)
    assert "69% (54 of 78)" in page.text
    assert "69.2" not in page.text
    assert "Neither agree nor disagree, Disagree, Strongly disagree: 31% (24 of 78)" in page.text


async def test_a_grouping_is_changed_and_removed(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{HERE}/new?question=group")
    typed = {"name": "Groups", "group-1": "Run one", "values-1": ["yes"]}
    page = await page.form("grouping").fill(typed).submit("Save grouping")
    page = await page.follow("Change Groups")
    form = page.form("grouping")
    assert form.values["values-1"] == ["yes"]
    page = await form.fill({"group-2": "Run none", "values-2": ["no"]}).submit("Save grouping")
    assert [each.names for each in await kept.groupings(town.id)] == [("Run one", "Run none")]
    page = await page.form("Remove Groups").submit()
    assert await kept.groupings(town.id) == ()
    assert "There are no groupings yet" in page.text


async def test_what_is_wrong_is_said_and_everything_typed_is_kept(
    town: Asked, officer: Browser
) -> None:
    page = await officer.get(f"{HERE}/new?question=places")
    typed = {
        "group-1": "North",
        "values-1": ["north", "east"],
        "group-2": "north",
        "values-2": ["east", "south"],
    }
    page = await page.form("grouping").fill(typed).submit("Save grouping")
    assert page.status_code == 422
    assert page.summary == [
        "Enter a name for the whole, like “VCS against public”",
        "There is already a group called “north”. Use another name",
        "“East” is in “North” already. Tick it in one group only",
    ]
    for link in page.soup.select(".govuk-error-summary__list a"):
        assert page.soup.select_one(f"[id='{str(link['href'])[1:]}']")
    form = page.form("grouping")
    assert {name: form.values[name] for name in ("values-1", "values-2")} == {
        "values-1": ["north", "east"],
        "values-2": ["east", "south"],
    }
    assert await kept.groupings(town.id) == ()


async def test_a_name_in_use_is_refused_beside_the_name(town: Asked, officer: Browser) -> None:
    for _ in range(2):
        page = await officer.get(f"{HERE}/new?question=group")
        typed = {"name": "Groups", "group-1": "Run one", "values-1": ["yes"]}
        page = await page.form("grouping").fill(typed).submit("Save grouping")
    assert page.summary == ["There is already a grouping called “Groups”. Use another name."]
    assert len(await kept.groupings(town.id)) == 1


async def test_bands_of_numbers_are_filled_in_and_named(town: Asked, officer: Browser) -> None:
    for age in (17, 18, 64, 65, 90):
        await town.answer(age=age)
    page = await officer.get(f"{HERE}/new?question=age")
    assert "5 answered, from 17 to 90." in page.text
    page = await page.form("grouping").fill(begins="65, 18").submit("Fill in the bands")
    form = page.form("grouping")
    assert form.values["group-2"] == ["18 to 64"]
    page = await form.fill(name="Age").submit("Save grouping")
    assert "18 to 64 2 of 5 (40%)" in page.text
    assert "65 and over 2 of 5 (40%)" in page.text
    assert "In no group" not in page.text


async def test_bands_of_dates_are_filled_in_by_month(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{HERE}/new?question=since")
    page = await page.form("grouping").submit("By month")
    assert page.summary == ["Nobody has given a date yet. Type the bands that you want below"]
    for day in ("2026-01-31", "2026-02-01"):
        await town.answer(since=day)
    page = await page.form("grouping").submit("By month")
    form = page.form("grouping")
    assert [form.values[name] for name in ("group-1", "from-2", "to-2")] == [
        ["January 2026"],
        ["2026-02-01"],
        ["2026-03-01"],
    ]
    page = await form.fill(name="Month").submit("Save grouping")
    assert "February 2026 1 of 2 (50%)" in page.text


async def test_bands_that_overlap_or_are_no_numbers_are_refused(
    town: Asked, officer: Browser
) -> None:
    page = await officer.get(f"{HERE}/new?question=age")
    typed = {"name": "Age", "to-1": "eighteen", "from-2": "16", "to-2": "65"}
    page = await page.form("grouping").fill(typed).submit("Save grouping")
    assert page.summary == ["Enter a number, like 18"]
    assert page.form("grouping").values["to-1"] == ["eighteen"]
    page = await page.form("grouping").fill({"to-1": "18"}).submit("Save grouping")
    assert page.summary == [
        "“16 to 64” overlaps “Under 18”. Begin it at 18, or end it before the other begins"
    ]


async def test_another_group_keeps_what_was_typed(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{HERE}/new?question=parts.paths")
    typed = {"group-1": "High", "values-1": ["important"], "group-2": "Low"}
    page = await page.form("grouping").fill(typed).submit("Add another group")
    form = page.form("grouping")
    assert (page.status_code, form.values["group-2"]) == (200, ["Low"])
    assert "group-3" in form.values


async def test_an_unknown_question_leads_back_to_the_list(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"{HERE}/new?question=nothing")
    assert page.path == HERE
    assert (await officer.get(f"{HERE}/99")).status_code == 404


async def wrote(town: Asked, text: str) -> None:
    answers: dict[str, Any] = {"group": "other", "group.other": text}
    await town.answer(**answers)


async def test_texts_beside_other_are_decided_and_taken_back(town: Asked, officer: Browser) -> None:
    for text in ("A church", "a CHURCH.", "Both"):
        await wrote(town, text)
    page = await officer.get(HERE)
    assert "2 to decide" in page.text
    page = await page.follow("Do you run a group?")
    form = page.form("texts").fill(category="Faith groups")
    page = await form.submit("Add category")
    church, both = (each.words for each in (await other.others(town.id))[0].written)
    form = page.form("texts").fill({church: "category:Faith groups", both: "value:yes"})
    page = await form.submit("Save")
    assert "2 texts, all decided." in page.text
    assert "Faith groups (new category) – 2 of 3 (67%)" in page.text
    assert "Other 3 of 3 (100%) 0 of 3 (0%)" in page.text
    page = await page.form("undo").submit()
    assert "2 of 2 texts to decide." in page.text


async def test_what_somebody_else_decided_meanwhile_stays(town: Asked, officer: Browser) -> None:
    for text in ("A church", "Both"):
        await wrote(town, text)
    church, both = (each.words for each in (await other.others(town.id))[0].written)
    mine = await officer.get(f"{HERE}/other/group")
    theirs = await officer.get(f"{HERE}/other/group")
    await theirs.form("texts").fill({church: "value:yes"}).submit("Save")
    page = await mine.form("texts").fill({both: "left"}).submit("Save")
    assert page.form("texts").values[church] == ["value:yes"]
    assert page.form("texts").values[both] == ["left"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter a name for the category"),
        ("yes", "“Yes” is an option already. Choose it below"),
    ],
)
async def test_a_category_that_helps_nobody_is_refused(
    town: Asked, officer: Browser, name: str, words: str
) -> None:
    await wrote(town, "A church")
    page = await officer.get(f"{HERE}/other/group")
    page = await page.form("texts").fill(category=name).submit("Add category")
    assert (page.status_code, page.summary) == (422, [words])


async def test_only_those_who_manage_may_look(town: Asked, coder: Browser) -> None:
    for path in (HERE, f"{HERE}/new?question=group", f"{HERE}/other/group"):
        assert (await coder.get(path)).status_code == 403
