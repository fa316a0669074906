"""The pages of what is asked.

1. Everyone reads why, what can change and by when, and starts only while it is open.
2. Officers import, see, preview, plan, open, pause and close; what was typed is never lost.
"""

import json
from datetime import timedelta

import msgspec
import pytest

from app.clock import now
from app.settings import settings, use_settings
from surveys import store
from surveys.consultation import About, Document, State
from surveys.native_files import LARGEST_FILE
from surveys.xlsform import read_xlsform
from tests.browsing import Browser
from tests.surveys.asking import EVERYTHING, SYSTEM, open_parks, opened, parks
from tests.surveys.xlsform.building import workbook

DESK = "/officer/consultations/parks"
ASKED = f"{DESK}/questionnaire"
IMPORT = "/officer/consultations/import"
TOMORROW = timedelta(days=1)


def written(document: object = EVERYTHING) -> str:
    return json.dumps(document)


class TestOverview:
    async def test_an_open_one_says_why_and_until_when_and_can_be_started(
        self, visitor: Browser
    ) -> None:
        await open_parks(closes_at=now() + 9 * TOMORROW, caveat="Not a representative survey")
        page = await visitor.get("/consultations/parks")
        assert page.heading == "Parks for all"
        for words in (
            "9 days left",
            "There are 14 questions over 2 pages",
            "The budget fell.",
            "What cannot change",
            "Not a representative survey",
            "Ask for paper",
        ):
            assert words in page.text
        assert page.soup.select_one("a[href='/consultations/parks/respond']")

    async def test_everything_that_people_should_know_is_told_in_their_language(
        self, visitor: Browser
    ) -> None:
        about = About(
            alternatives={"en": "A smaller park", "cy": "Parc llai"},
            why_short="The grant ends in May",
            lawful_basis={"en": "A public task", "cy": "Tasg gyhoeddus"},
            retention="Two years",
        )
        await open_parks(about=about)
        page = await visitor.get("/consultations/parks")
        for words in ("A smaller park", "The grant ends in May", "A public task", "Two years"):
            assert words in page.text
        page = await visitor.get("/consultations/parks?lang=cy")
        assert "Parc llai" in page.text
        assert "Tasg gyhoeddus" in page.text
        untranslated = [each.get_text(strip=True) for each in page.soup.select("[lang=en]")]
        assert "Two years" in untranslated

    async def test_it_promises_a_reply_and_says_what_the_law_may_ask(
        self, visitor: Browser
    ) -> None:
        about = About(reply_weeks=12, freedom_of_information={"en": "Ask Ann", "cy": "Holwch Ann"})
        await open_parks(closes_at=now() + 9 * TOMORROW, about=about)
        page = await visitor.get("/consultations/parks")
        for words in (
            "within 12 weeks of the close",
            "Freedom of Information Act 2000",
            "We do not disclose who you are",
            "Ask Ann",
        ):
            assert words in page.text
        page = await visitor.get("/consultations/parks?lang=cy")
        for words in ("o fewn 12 wythnos i’r cau", "Ddeddf Rhyddid Gwybodaeth 2000", "Holwch Ann"):
            assert words in page.text

    async def test_scotland_has_its_own_law(self, visitor: Browser) -> None:
        use_settings(msgspec.structs.replace(settings(), nation="scotland"))
        await open_parks()
        page = await visitor.get("/consultations/parks")
        assert "Freedom of Information (Scotland) Act 2002" in page.text
        assert "Freedom of Information Act 2000" not in page.text

    async def test_who_may_wait_is_told_until_when_and_who_never_promised_is_not(
        self, visitor: Browser
    ) -> None:
        await open_parks(about=About(reply_weeks=12, about_reply="The board meets in May"))
        await store.close_round("parks", by=SYSTEM, now=now())
        page = await visitor.get("/consultations/parks")
        assert "There are 84 days left." in page.text
        assert "The board meets in May" in page.text
        assert "Answer in another way" not in page.text
        before = await store.consultation("parks")
        about = msgspec.structs.replace(before.about, reply_weeks=0, about_reply="")
        await store.change_about("parks", about=about, caveat="", by=SYSTEM, now=now())
        page = await visitor.get("/consultations/parks")
        assert "We promise" not in page.text

    async def test_saved_answers_and_every_section_are_a_link_away(self, visitor: Browser) -> None:
        await open_parks(closes_at=now() + 9 * TOMORROW)
        page = await visitor.get("/consultations/parks")
        back = await page.follow("Come back to answers that you saved")
        assert back.status_code == 200
        anchors = [str(link["href"]) for link in page.soup.select(".overview__contents a")]
        assert len(anchors) >= 6
        for anchor in anchors:
            assert page.soup.select(anchor), anchor

    async def test_programs_read_the_day_of_the_reply(self, visitor: Browser) -> None:
        await open_parks(closes_at=now() + 9 * TOMORROW)
        told = (await visitor.get("/api/consultations/parks")).json()
        london = (now() + 9 * TOMORROW).astimezone(settings().time_zone).date()
        assert told["reply_weeks"] == 12
        assert told["reply_by"] == (london + timedelta(weeks=12)).isoformat()

    async def test_a_draft_is_nobodys_business(self, visitor: Browser) -> None:
        await parks()
        assert (await visitor.get("/consultations/parks")).status_code == 404

    async def test_a_paused_one_says_why_and_cannot_be_started(self, visitor: Browser) -> None:
        await open_parks()
        await store.pause_round("parks", reason="Elections are held.", by=SYSTEM, now=now())
        page = await visitor.get("/consultations/parks")
        assert "Paused. No answers are being taken for the moment. Elections are held." in page.text
        assert not page.soup.select_one("a[href='/consultations/parks/respond']")

    async def test_the_pause_between_rounds_has_its_public_reason(self, visitor: Browser) -> None:
        made = await open_parks()
        await store.pause_round("parks", reason="The pandemic.", by=SYSTEM, now=now())
        await store.close_round("parks", by=SYSTEM, now=now())
        await store.add_round(
            "parks",
            version_id=made.rounds[0].version_id,
            opens_at=None,
            closes_at=now() + TOMORROW,
            asked_about=Document("Strategy", "Draft 2", "https://example.org/2"),
            by=SYSTEM,
            now=now(),
        )
        await store.open_round("parks", by=SYSTEM, now=now())
        page = await visitor.get("/consultations/parks")
        assert "Why there was a pause The pandemic." in page.text
        assert "We are asking about “ Strategy (Draft 2) ”" in page.text
        assert page.soup.select_one("a[href='https://example.org/2']")

    async def test_a_closed_one_says_so_and_a_reported_one_links_to_the_report(
        self, visitor: Browser
    ) -> None:
        made = await open_parks()
        await store.close_round("parks", by=SYSTEM, now=now())
        page = await visitor.get("/consultations/parks")
        assert "Answers are no longer taken" in page.text
        assert not page.soup.select_one("a[href='/consultations/parks/report']")
        await store.mark_reported(made.id, now=now())
        page = await visitor.get("/consultations/parks")
        assert page.soup.select_one("a[href='/consultations/parks/report']")

    async def test_words_of_officers_are_text_and_never_html(self, visitor: Browser) -> None:
        document = {**EVERYTHING, "title": "<b>Parks</b>", "languages": ["en", "cy"]}
        await open_parks(document=document)
        page = await visitor.get("/consultations/parks")
        assert page.heading == "<b>Parks</b>"


class TestImporting:
    async def test_a_pasted_questionnaire_becomes_a_draft(self, officer: Browser) -> None:
        page = await officer.get(IMPORT)
        page = await page.form("import").fill(document=written(), slug="parks").submit()
        assert (page.status_code, page.path) == (200, ASKED)
        assert (await store.consultation("parks")).state is State.DRAFT
        assert json.loads(await store.document("parks")) == EVERYTHING

    async def test_a_file_is_read_and_the_slug_made_of_the_title(self, officer: Browser) -> None:
        page = await officer.get(IMPORT)
        page = await page.form("import").fill(file=written().encode()).submit()
        assert page.path == "/officer/consultations/parks-for-all/questionnaire"

    async def test_a_file_from_elsewhere_is_read_and_what_it_lost_is_listed(
        self, officer: Browser
    ) -> None:
        rows = [{"type": "start", "name": "begun"}, {"type": "text", "name": "a", "label": "Who?"}]
        page = await officer.get(IMPORT)
        page = await page.form("import").fill(file=workbook(rows), slug="parks").submit()
        assert page.path == f"{ASKED}/notes/1"
        assert "‘begun’" in page.text
        page = await officer.get(ASKED)
        assert "What the import left out of version 1" in page.text

    async def test_a_broken_workbook_is_refused_without_its_bytes_in_the_page(
        self, officer: Browser
    ) -> None:
        page = await officer.get(IMPORT)
        page = await page.form("import").fill(file=b"PK\x03\x04 and no more").submit()
        assert page.status_code == 422
        assert "not an .xlsx workbook" in page.summary[0]

    async def test_a_questionnaire_is_taken_away_as_json_and_as_xlsform(
        self, officer: Browser
    ) -> None:
        await parks()
        document = await officer.get(f"{ASKED}/export/json")
        assert json.loads(document.response.content) == EVERYTHING
        workbook_page = await officer.get(f"{ASKED}/export/xlsform")
        back = read_xlsform(workbook_page.response.content).questionnaire
        assert [
            question["key"] for page in EVERYTHING["pages"] for question in page["questions"]
        ] == [question.key for question in back.questions]

    async def test_problems_are_listed_with_everything_still_there(self, officer: Browser) -> None:
        typed = written({**EVERYTHING, "layout": "tabs", "colour": "red"})
        page = await officer.get(IMPORT)
        page = await page.form("import").fill(document=typed, slug="parks").submit()
        assert page.status_code == 422
        assert page.summary == [
            "The document: ‘colour’ is not a setting here. Remove it, or use title, languages, "
            "pages, layout, strands",
            "The document: ‘layout’ should be one of paged, single",
        ]
        assert page.form("import").values["document"] == [typed]
        assert page.form("import").values["slug"] == ["parks"]
        assert page.title.startswith("Error: ")
        assert await store.consultations() == ()

    async def test_the_text_of_a_refused_file_can_be_mended_on_the_page(
        self, officer: Browser
    ) -> None:
        page = await officer.get(IMPORT)
        page = await page.form("import").fill(file=b'{"title": "x"}').submit()
        assert page.status_code == 422
        assert page.form("import").values["document"] == ['{"title": "x"}']

    async def test_a_file_that_is_too_large_is_not_shown_again(self, officer: Browser) -> None:
        page = await officer.get(IMPORT)
        page = await page.form("import").fill(file=b'{"title":' + b" " * LARGEST_FILE).submit()
        assert page.status_code == 422
        assert "can have up to" in page.summary[0]
        assert len(page.response.content) < 20_000

    async def test_a_slug_that_is_taken_or_unusable_is_a_problem(self, officer: Browser) -> None:
        await parks()
        form = (await officer.get(IMPORT)).form("import")
        page = await form.fill(document=written(), slug="parks").submit()
        assert page.summary == ["There is a consultation called “parks”. Choose another name."]
        page = await page.form("import").fill(slug="Not One").submit()
        assert page.summary == ["Use lower-case letters, digits and hyphens, like parks-for-all"]

    @pytest.mark.parametrize(
        "odd",
        ["[" * 50_000, '{"pages": [[[]]]}', "null", "\ud83d", '{"title": "\\u0000"}', "9" * 9999],
    )
    async def test_odd_text_is_refused_and_never_a_bug(self, officer: Browser, odd: str) -> None:
        form = (await officer.get(IMPORT)).form("import")
        page = await form.fill(file=odd.encode("utf-8", "surrogatepass")).submit()
        assert page.status_code == 422
        assert page.summary

    async def test_nothing_given_is_a_problem(self, officer: Browser) -> None:
        page = await (await officer.get(IMPORT)).form("import").submit()
        assert page.summary == ["Choose a file, or paste the questionnaire"]

    async def test_a_new_version_begins_with_the_newest(self, officer: Browser) -> None:
        made = await open_parks()
        page = await officer.get(f"{ASKED}/version")
        assert json.loads(page.form("version").values["document"][0]) == EVERYTHING
        page = await page.form("version").submit()
        assert page.summary == ["Say in a few words what is new in it"]
        page = await page.form("version").fill(note="Shorter").submit()
        assert page.path == ASKED
        assert [each.number for each in await store.versions(made.id)] == [1, 2]
        assert "New in it: Shorter" in page.text


class TestRounds:
    async def test_an_officer_opens_pauses_opens_again_and_closes(self, officer: Browser) -> None:
        await parks()
        page = await opened(await officer.get(f"{ASKED}/open"))
        assert "Open now. No closing date has been set." in page.text
        page = await page.form("pause").fill(reason="Elections").submit()
        assert "Why it was paused: Elections" in page.text
        page = await page.follow("Open it again")
        page = await page.form("open").submit("Open it again")
        assert (await store.consultation("parks")).state is State.OPEN
        page = await page.form("close").fill(sure="yes").submit()
        assert (await store.consultation("parks")).state is State.CLOSED

    async def test_a_pause_needs_a_reason_and_a_close_needs_a_tick(self, officer: Browser) -> None:
        await open_parks()
        page = await (await officer.get(ASKED)).form("pause").submit()
        assert page.summary == ["Say why it is paused"]
        page = await page.form("close").submit()
        assert page.summary == ["Tick the box to close it now"]
        assert (await store.consultation("parks")).state is State.OPEN

    async def test_a_round_is_planned_with_its_dates_and_its_draft(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{ASKED}/round")
        typed = {
            "opens-day": "6",
            "opens-month": "9",
            "opens-year": "2098",
            "closes-day": "5",
            "closes-month": "9",
            "closes-year": "2098",
            "document-title": "Strategy",
            "document-version": "Draft 2",
            "document-url": "example.org",
        }
        page = await page.form("plan").fill(typed).submit()
        assert page.summary == [
            "Enter a closing date that is after the opening date",
            "Enter a web address that begins with https://",
        ]
        mended = {"closes-month": "10", "document-url": "https://example.org"}
        page = await page.form("plan").fill(mended).submit()
        assert page.path == ASKED
        (planned,) = (await store.consultation("parks")).rounds
        assert planned.asked_about == Document("Strategy", "Draft 2", "https://example.org")
        page = await officer.get(f"{ASKED}/open")
        assert page.form("open").values["when"] == ["later"]
        assert page.form("open").values["opens-year"] == ["2098"]
        assert page.form("open").values["closes-month"] == ["10"]

    async def test_a_coder_cannot_open_it(self, coder: Browser) -> None:
        await parks()
        assert (await coder.get(ASKED)).status_code == 403

    async def test_a_version_downloads_as_it_was_given(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{ASKED}/versions/1")
        assert page.json() == EVERYTHING
        assert page.response.content == await store.document("parks")


class TestPreview:
    async def test_every_page_can_be_seen_in_every_language(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{ASKED}/preview/1")
        assert page.heading == "About you"
        page = await page.follow("Cymraeg")
        assert page.heading == "Amdanoch chi"
        asked = page.soup.select_one("[data-question=group][lang=cy]")
        assert asked is not None
        assert "Ydych chi’n rhedeg grŵp?" in asked.text
        untranslated = page.soup.select_one("[data-question=name][lang=cy] [lang=en]")
        assert untranslated is not None
        assert untranslated.text == "Your name?"
        page = await page.follow("Next page")
        assert "Page 2 of 2" in page.text
        assert "Cytuno’n gryf" in page.text

    async def test_conditions_are_said_in_words(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{ASKED}/preview/1")
        assert "Answer this if you answered ‘Yes’ to ‘Do you run a group?’." in page.text

    async def test_a_page_or_version_that_is_not_there_is_not_found(self, officer: Browser) -> None:
        await parks()
        assert (await officer.get(f"{ASKED}/preview/3")).status_code == 404
        assert (await officer.get(f"{ASKED}/preview/1?version=2")).status_code == 404


class TestAbout:
    async def test_what_people_read_is_edited(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{DESK}/about")
        typed = {"why": "New words", "caveat": "Not everyone"}
        page = await page.form("about").fill(typed).submit()
        assert "Saved." in page.text
        changed = await store.consultation("parks")
        assert (changed.about.why, changed.caveat) == ("New words", "Not everyone")
        page = await page.follow("See the page as people will")
        assert "New words" in page.text

    async def test_how_soon_a_reply_is_promised_is_a_whole_number_of_weeks(
        self, officer: Browser
    ) -> None:
        await parks()
        page = await officer.get(f"{DESK}/about")
        assert page.form("about").values["reply_weeks"] == ["12"]
        for wrong, words in (
            ("soon", "Enter a whole number, like 12"),
            ("53", "Enter 1 to 52 weeks, or 0 for no promise"),
            ("", "Enter how many weeks, or 0 for no promise"),
        ):
            refused = await page.form("about").fill(reply_weeks=wrong).submit()
            assert refused.summary == [words]
            assert refused.form("about").values["reply_weeks"] == [wrong]
        await page.form("about").fill(reply_weeks="16").submit()
        assert (await store.consultation("parks")).about.reply_weeks == 16

    async def test_every_text_stands_beside_its_translation(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{DESK}/about")
        assert "Welsh (Cymraeg): 8 texts missing" in page.text
        typed = {"why": "New words", "why-cy": "Geiriau newydd", "alternatives-cy": "Dim"}
        page = await page.form("about").fill(typed).submit()
        about = (await store.consultation("parks")).about
        assert about.why == {"en": "New words", "cy": "Geiriau newydd"}
        assert about.alternatives == {"cy": "Dim"}
        assert about.privacy == "Kept for two years"
        assert "Welsh (Cymraeg): 7 texts missing" in page.text
        assert "English: 1 text missing" in page.text
        assert page.form("about").values["why-cy"] == ["Geiriau newydd"]

    async def test_saving_keeps_documents_and_languages_given_up(self, officer: Browser) -> None:
        plan = Document("Plan", url="https://example.org")
        about = About(why={"en": "Why", "pl": "Dlaczego"}, documents=(plan,))
        await parks(about=about)
        page = await officer.get(f"{DESK}/about")
        await page.form("about").fill(why="Because").submit()
        changed = (await store.consultation("parks")).about
        assert changed.why == {"en": "Because", "pl": "Dlaczego"}
        assert changed.documents == (plan,)

    async def test_problems_keep_everything_typed(self, officer: Browser) -> None:
        await parks()
        form = (await officer.get(f"{DESK}/about")).form("about")
        typed = {"why": "Other words", "caveat": "x" * 501}
        page = await form.fill(typed).submit()
        assert page.status_code == 422
        assert page.summary == ["Use 500 characters or fewer; you used 501"]
        assert page.form("about").values["why"] == ["Other words"]
        assert page.form("about").values["caveat"] == ["x" * 501]
        kept = (await store.consultation("parks")).about
        assert kept.said("why", "en").startswith("The budget fell")
