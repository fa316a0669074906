"""The coding desk and the pages around it, as officers use them without JavaScript."""

import pytest

from analysis import store
from analysis.coding import Codings
from tests.analysis.conftest import NOW, SLUG, Asked, asked
from tests.browsing import Browser

DESK = f"/officer/consultations/{SLUG}/coding"
THEMES = f"/officer/consultations/{SLUG}/themes"


@pytest.fixture
async def town(application: object) -> Asked:
    """Two people's answers and two themes, in the application's own database."""
    parks = await asked()
    await parks.answer(
        group="yes", faith="yes", why="Volunteers look after the lake", more="Thanks"
    )
    await parks.answer(why="It is a terrible plan for the lake")
    await parks.theme("Lakes", "lake")
    await parks.theme("Volunteers", "volunteer")
    return parks


async def test_an_answer_is_shown_with_what_helps_to_code_it(town: Asked, coder: Browser) -> None:
    page = await coder.get(DESK)
    assert "Why do you say that?" in page.text
    assert "Volunteers look after the lake" in page.text
    assert "0 of 3 read" in page.text
    assert "Suggested because of “Volunteers”" in page.text
    assert "Do you run a group? Yes" in page.text
    assert not page.soup.select("input[name=theme][checked]")


async def test_private_answers_are_not_shown_at_the_desk(town: Asked, officer: Browser) -> None:
    page = await officer.get(DESK)
    rest = page.soup.select_one("dl.rest")
    assert rest is not None
    assert len(rest.select("dt")) == 2  # the group and the other answer in words, not the faith


async def test_tone_is_called_tone_and_comes_with_its_words(town: Asked, coder: Browser) -> None:
    third = (await town.texts())[2]
    page = await coder.get(f"{DESK}/{third.id}")
    assert "Tone of the words leans sharp , from “terrible”" in page.text
    assert "does not say whether the person agrees" in page.text


async def test_saving_stores_the_ticks_and_goes_on(town: Asked, coder: Browser) -> None:
    first, second, _ = await town.texts()
    lakes, volunteers = await store.themes(town.id)
    page = await coder.get(DESK)
    page = await page.form("coding").fill(theme=[str(lakes.id), str(volunteers.id)]).submit()
    assert page.path.endswith(f"/coding/{second.id}")
    assert "1 of 3 read" in page.text
    assert await store.codings_of_answer(first.id) == Codings((lakes.id, volunteers.id), True)


async def test_skipping_stores_nothing_and_comes_round_again(town: Asked, coder: Browser) -> None:
    first, second, third = await town.texts()
    page = await coder.get(f"{DESK}/{first.id}")
    for answer in (second, third, first):
        page = await page.follow("Skip")
        assert page.path.endswith(f"/coding/{answer.id}")
    assert await store.finished_ids(town.id) == frozenset()


async def test_the_desk_keeps_to_one_question(town: Asked, coder: Browser) -> None:
    first, _, third = await town.texts()
    page = await (await coder.get(DESK)).form("filter").fill(question="why").submit()
    assert "0 of 2 read" in page.text
    page = await page.form("coding").submit()
    assert page.path.endswith(f"/coding/{third.id}?question=why")
    page = await page.form("coding").submit()
    assert page.heading == "All answers to this question are read"
    assert "1 answer to other questions is still unread" in page.text
    assert first.id in await store.finished_ids(town.id)


async def test_a_step_is_taken_back_and_shown(town: Asked, coder: Browser) -> None:
    first, *_ = await town.texts()
    page = await (await coder.get(DESK)).form("coding").submit()
    page = await page.form("undo").submit()
    assert page.path.startswith(f"{DESK}/{first.id}")
    assert "Your last step was taken back" in page.text
    assert await store.finished_ids(town.id) == frozenset()


async def test_a_theme_is_added_without_losing_the_ticks(town: Asked, coder: Browser) -> None:
    first, *_ = await town.texts()
    lakes, _ = await store.themes(town.id)
    form = (await coder.get(DESK)).form("coding")
    page = await form.fill(theme=str(lakes.id), new_theme="Thanks").submit("Add theme")
    added = (await store.themes(town.id))[-1]
    ticked = [tag["value"] for tag in page.soup.select("input[name=theme][checked]")]
    assert (added.label, ticked) == ("Thanks", [str(lakes.id), str(added.id)])
    assert await store.codings_of_answer(first.id) == Codings()
    await page.form("coding").submit()
    assert await store.codings_of_answer(first.id) == Codings((lakes.id, added.id), True)


async def test_a_theme_that_is_there_already_is_refused_with_the_ticks_kept(
    town: Asked, coder: Browser
) -> None:
    lakes, _ = await store.themes(town.id)
    form = (await coder.get(DESK)).form("coding")
    page = await form.fill(theme=str(lakes.id), new_theme="lakes").submit()
    assert page.status_code == 422
    assert page.summary == [
        "There is already a theme called “lakes”. Use that one, or other words."
    ]
    assert [tag["value"] for tag in page.soup.select("input[name=theme][checked]")] == [
        str(lakes.id)
    ]
    assert page.soup.select_one("#new_theme")["value"] == "lakes"  # type: ignore[index]


async def test_a_coder_is_told_when_someone_else_coded_the_answer_meanwhile(
    town: Asked, coder: Browser, officer: Browser
) -> None:
    first, *_ = await town.texts()
    lakes, volunteers = await store.themes(town.id)
    mine = (await coder.get(f"{DESK}/{first.id}")).form("coding")
    theirs = (await officer.get(f"{DESK}/{first.id}")).form("coding")
    await theirs.fill(theme=str(lakes.id)).submit()
    page = await mine.fill(theme=str(volunteers.id)).submit()
    assert page.status_code == 409
    assert page.summary == [
        "officer@hearback.example has coded this answer since you opened it. "
        "Your ticks are not saved yet."
    ]
    assert "officer@hearback.example chose “Lakes”" in page.text
    assert [tag["value"] for tag in page.soup.select("input[name=theme][checked]")] == [
        str(volunteers.id)
    ]
    assert await store.codings_of_answer(first.id) == Codings((lakes.id,), True)
    await page.form("coding").submit()
    assert await store.codings_of_answer(first.id) == Codings((volunteers.id,), True)


async def test_a_theme_merged_meanwhile_is_not_stored(town: Asked, coder: Browser) -> None:
    lakes, volunteers = await store.themes(town.id)
    form = (await coder.get(DESK)).form("coding").fill(theme=str(lakes.id))
    await store.merge_themes(SLUG, lakes.id, volunteers.id, by="x", now=NOW)
    page = await form.submit()
    assert page.status_code == 422
    assert page.summary == ["A theme you ticked is no longer in the codebook. Check your ticks."]


async def test_when_all_is_read_the_page_says_where_to_go(town: Asked, coder: Browser) -> None:
    page = await coder.get(DESK)
    for _ in range(3):
        page = await page.form("coding").submit()
    assert page.heading == "Every answer is read"
    assert page.soup.select_one(f'a[href="/officer/consultations/{SLUG}/outcomes"]')


async def test_before_anyone_answers_there_is_nothing_to_code(
    application: object, coder: Browser
) -> None:
    await asked()
    assert (await coder.get(DESK)).heading == "Nothing to code yet"


async def test_an_answer_that_is_not_there_is_a_404(town: Asked, coder: Browser) -> None:
    assert (await coder.get(f"{DESK}/999")).status_code == 404


async def test_a_theme_is_added_and_edited(town: Asked, officer: Browser) -> None:
    page = await officer.get(THEMES)
    form = page.form("add-theme").fill(label="Boats", keywords="boat\nrow", reference="4.9")
    page = await form.submit()
    assert "Boats" in page.text
    boats = (await store.themes(town.id))[-1]
    assert boats.keywords == ("boat", "row")
    page = await officer.get(f"{THEMES}/{boats.id}/edit")
    page = await page.form("edit-theme").fill(label="Boating").submit()
    assert page.heading == "Boating"
    assert (await store.themes(town.id))[-1].label == "Boating"


async def test_a_theme_needs_a_name_and_what_was_typed_stays(town: Asked, officer: Browser) -> None:
    page = await (await officer.get(THEMES)).form("add-theme").fill(keywords="boat").submit()
    assert page.status_code == 422
    assert page.summary == ["Enter a name for the theme"]
    assert page.form("add-theme").values["keywords"] == ["boat"]


async def test_a_coder_adds_themes_but_does_not_change_them(town: Asked, coder: Browser) -> None:
    assert (await (await coder.get(THEMES)).form("add-theme").fill(label="Boats").submit()).path
    lakes = (await store.themes(town.id))[0]
    assert (await coder.get(f"{THEMES}/{lakes.id}/edit")).status_code == 403


async def test_a_quote_is_cleared_corrected_and_taken_back(town: Asked, officer: Browser) -> None:
    first, *_ = await town.texts()
    lakes = (await store.themes(town.id))[0]
    await town.code(first, lakes)
    page = await officer.get(f"{THEMES}/{lakes.id}")
    form = page.form(f"clear-{first.id}")
    page = await form.fill({f"quote-{first.id}": "Volunteers mend the lake"}).submit()
    assert page.status_code == 422
    assert page.summary == ["Use the answer's own words. Write […] in place of what you leave out."]
    form = page.form(f"clear-{first.id}")
    assert form.values[f"quote-{first.id}"] == ["Volunteers mend the lake"]
    page = await form.fill({f"quote-{first.id}": "Volunteers […] the lake"}).submit()
    assert "Cleared for the public “Volunteers […] the lake”" in page.text
    assert [quote.quote for quote in await store.cleared_quotes(town.id)] == [
        "Volunteers […] the lake"
    ]
    await page.form(f"take-back-{first.id}").submit()
    assert await store.cleared_quotes(town.id) == ()


async def test_results_show_every_question_with_its_caveat(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"/officer/consultations/{SLUG}/results")
    assert page.status_code == 200
    assert "Not a sample of anyone." in page.text
    links = [str(link["href"]) for link in page.soup.select("td a")]
    behind = f"/officer/consultations/{SLUG}/responses?question=group&value=yes&status=analysed"
    assert behind in links
    opened = await officer.get(behind)
    assert "1 of 2 responses" in opened.text


async def test_results_are_switched_by_round(town: Asked, officer: Browser) -> None:
    page = await officer.get(f"/officer/consultations/{SLUG}/results")
    page = await page.follow("Round 2")
    assert "0 analysed responses" in page.text
    page = await page.follow("All rounds together")
    assert "2 analysed responses" in page.text
    missing = await officer.get(f"/officer/consultations/{SLUG}/results?round=9")
    assert missing.status_code == 404


async def test_a_coder_does_not_see_small_numbers_about_sensitive_things(
    town: Asked, coder: Browser, officer: Browser
) -> None:
    address = f"/officer/consultations/{SLUG}/results"
    faith = (await coder.get(address)).soup.select_one("#faith")
    assert faith is not None
    assert {cell.get_text(strip=True) for cell in faith.select("tbody td")} == {"hidden"}
    assert (await officer.get(address)).soup.select("#faith tbody td a")
