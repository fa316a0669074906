"""The pages of translations: languages added, every text beside its translation, and two people.

1. The list says what each language has and lacks, and which words stay in English.
2. A page shows every text with a field in the right language and direction; saving goes on to the
   next page with anything missing, and is one step to take back.
3. What two people wrote of one text is shown to them, never overwritten; all else is kept.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Litestar

from app.auth.account import Role
from app.clock import now
from surveys import store
from surveys.drafting.building import page_removal, removal
from surveys.questionnaire import Questionnaire
from surveys.translated import lacking, retold, texts
from surveys.translation import sheets
from tests.browsing import Browser, Page, signed_in, words
from tests.surveys.asking import parks

EDIT = "/officer/consultations/parks/questionnaire/edit"
ALL = f"{EDIT}/languages"
WELSH = f"{ALL}/cy"
FIRST, SECOND = f"{WELSH}?page=page_1", f"{WELSH}?page=page_2"
TITLE = "pages.page_2.title"


@pytest.fixture(autouse=True)
async def draft(application: Litestar) -> None:
    await parks()


@pytest.fixture
async def other(application: Litestar) -> AsyncIterator[Browser]:
    async with signed_in(application, Role.ADMIN) as browser:
        yield browser


async def asked() -> Questionnaire:
    return (await store.draft("parks")).questionnaire


def line_of(page: Page, name: str) -> str:
    found = [one for one in page.soup.select(".translations__one") if name in words(one)]
    return words(found[0])


def missing_marks(page: Page) -> int:
    return len(page.soup.select(".twin__missing"))


def shown(page: Page) -> list[str]:
    return [str(one["name"]) for one in page.soup.select(".twin__field")]


class TestLanguages:
    async def test_each_has_what_it_has_and_lacks(self, officer: Browser) -> None:
        page = await officer.get(ALL)
        lacks, total = lacking(await asked(), "cy"), len(list(texts(await asked())))
        assert f"{lacks} missing" in line_of(page, "Welsh")
        assert f"{total - lacks} of {total} texts translated" in line_of(page, "Welsh")
        assert "Written first" in line_of(page, "English")

    async def test_one_is_added_and_translated_from_then_on(self, officer: Browser) -> None:
        page = await officer.get(ALL)
        page = await page.form("add").fill(language="ar").submit()
        assert page.path == f"{ALL}/ar"
        assert (await asked()).languages == ("en", "cy", "ar")
        field = page.soup.select(".twin__field")[0]
        assert (field["lang"], field["dir"]) == ("ar", "rtl")
        text = page.soup.select(".twin__words .twin__text")[0]
        assert (text["lang"], text["dir"]) == ("en", "ltr")

    async def test_one_that_is_not_listed_is_added_by_its_code(self, officer: Browser) -> None:
        page = await officer.get(ALL)
        page = await page.form("add").fill(code="ZH_hant_tw").submit()
        assert (await asked()).languages == ("en", "cy", "zh-Hant-TW")

    async def test_it_is_said_which_words_stay_in_english(self, officer: Browser) -> None:
        page = await (await officer.get(ALL)).form("add").fill(language="pl").submit()
        page = await officer.get(ALL)
        assert "will be in English" in line_of(page, "Polish")
        assert "2 questions use a built-in scale" in line_of(page, "Polish")
        assert "in English" not in line_of(page, "Welsh")
        assert "built-in" not in line_of(page, "Welsh")
        sheet = await officer.get(f"{ALL}/pl?page=page_2")
        assert "the built-in scale of agreement, are not in Polish" in sheet.text

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({}, "Choose a language, or enter its code"),
            ({"code": "welsh"}, "Enter a code of two or three letters, like pl or rom"),
            ({"code": "CY"}, "Welsh (Cymraeg) is there already"),
        ],
    )
    async def test_what_cannot_be_added_is_said_and_kept(
        self, officer: Browser, typed: dict[str, Any], said: str
    ) -> None:
        page = await (await officer.get(ALL)).form("add").fill(typed).submit()
        assert (page.status_code, page.summary) == (422, [said])
        assert page.form("add").values["code"] == [typed.get("code", "")]
        assert (await asked()).languages == ("en", "cy")

    async def test_what_is_no_language_to_translate_into_leads_to_the_list(
        self, officer: Browser
    ) -> None:
        for code in ("en", "xx"):
            assert (await officer.get(f"{ALL}/{code}")).path == ALL


class TestOnePage:
    async def test_what_is_missing_is_marked_counted_and_shown_alone(
        self, officer: Browser
    ) -> None:
        page = await officer.get(FIRST)
        sheet = sheets(await asked(), "cy")[1]
        assert missing_marks(page) == sheet.missing > 0
        assert f"{sheet.missing} of {len(sheet.lines)} texts" in page.text
        alone = await page.follow("Show only what is missing")
        assert shown(alone) == [line.place for line in sheet.lines if line.is_missing]
        assert shown(await alone.follow("Show every text of this page")) == shown(page)

    async def test_saving_goes_on_to_where_anything_is_missing(self, officer: Browser) -> None:
        page = await officer.get(f"{WELSH}?missing=true&page=page_1")
        for _ in range(9):
            if page.path.startswith(f"{ALL}?complete"):
                break
            form = page.form("translations")
            page = await form.fill({name: f"Cy {name}" for name in shown(page)}).submit()
        assert "Everything is in Welsh (Cymraeg) now" in page.text
        assert lacking(await asked(), "cy") == 0

    async def test_what_a_saving_on_the_way_has_stored_already_counts_as_translated(
        self, officer: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The button is pressed while the form is still saving itself: both send the same texts."""
        store_once = store.change

        async def store_twice(*what: Any, **how: Any) -> Any:
            await store_once(*what, **how)
            return await store_once(*what, **how)

        monkeypatch.setattr(store, "change", store_twice)
        page = await officer.get(f"{WELSH}?missing=true&page=page_1")
        for _ in [each for each in sheets(await asked(), "cy") if each.missing]:
            typed = {name: f"Cy {name}" for name in shown(page)}
            page = await page.form("translations").fill(typed).submit()
        assert page.path.startswith(f"{ALL}?complete=cy")

    async def test_it_is_one_step_to_take_back(self, officer: Browser) -> None:
        before = await asked()
        form = (await officer.get(SECOND)).form("translations")
        typed = {TITLE: "Parciau", "questions.view.text": "Cytuno?"}
        page = await form.fill(typed).submit("Save")
        assert page.path.startswith(f"{WELSH}?page=page_2")
        assert (await asked()).pages[1].title == {"en": "Parks", "cy": "Parciau"}
        assert "Translated 2 texts into Welsh (Cymraeg)" in words(page.soup.select("#done")[0])
        await page.form("take-back").submit()
        assert await asked() == before

    async def test_words_of_several_lines_and_odd_values_come_back_as_typed(
        self, officer: Browser
    ) -> None:
        form = (await officer.get(FIRST)).form("translations")
        typed = "Yn gyntaf,\n\namdanoch <chi> & “ni”"
        await form.fill({"questions.intro.text": f"  {typed} "}).submit("Save")
        assert (await asked()).by_key()["intro"].text == {"en": "First, about you.", "cy": typed}
        page = await officer.get(FIRST)
        assert page.form("translations").values["questions.intro.text"] == [typed]

    async def test_emptying_takes_a_translation_away(self, officer: Browser) -> None:
        form = (await officer.get(FIRST)).form("translations")
        await form.fill({"questions.group.text": ""}).submit("Save")
        assert (await asked()).by_key()["group"].text == {"en": "Do you run a group?"}

    async def test_too_long_a_text_is_refused_and_kept(self, officer: Browser) -> None:
        form = (await officer.get(FIRST)).form("translations")
        typed = {"questions.intro.text": "x" * 50_001, "questions.home.text": "Cod post?"}
        page = await form.fill(typed).submit()
        assert page.status_code == 422
        assert page.summary == ["Use 50,000 characters or fewer; you used 50,001"]
        (link,) = page.soup.select(".govuk-error-summary__list a")
        assert page.soup.select(f"{link['href']}[name='questions.intro.text']")
        assert page.form("translations").values["questions.home.text"] == ["Cod post?"]
        assert (await asked()).by_key()["home"].text == "Your postcode?"

    async def test_a_form_that_saves_itself_stays_as_it_was_typed(self, officer: Browser) -> None:
        alone = await officer.get(f"{FIRST}&missing=true")
        form = alone.form("translations").fill({"questions.home.text": "Cod post "})
        sent = {**form.values, "_autosave": "yes"}
        page = await officer.post(WELSH, sent)
        assert page.status_code == 200
        assert shown(page) == shown(alone)
        assert page.form("translations").values["questions.home.text"] == ["Cod post "]
        assert page.form("translations").values["_was.questions.home.text"] == ["Cod post"]
        assert (await asked()).by_key()["home"].text == {"en": "Your postcode?", "cy": "Cod post"}


class TestTwoPeople:
    async def both(self, officer: Browser, other: Browser) -> Page:
        """Both translate the title of page 2; the officer a question as well."""
        mine, theirs = await officer.get(SECOND), await other.get(SECOND)
        await theirs.form("translations").fill({TITLE: "Y parciau"}).submit()
        typed = {TITLE: "Parciau", "questions.view.text": "Cytuno?"}
        page = await mine.form("translations").fill(typed).submit()
        assert page.status_code == 409
        assert "Y parciau" in page.text
        assert "Parciau" in page.text
        assert (await asked()).pages[1].title == {"en": "Parks", "cy": "Y parciau"}
        return page

    @pytest.mark.parametrize(
        ("choice", "becomes"),
        [("theirs", "Y parciau"), ("mine", "Parciau"), ("own", "Ein parciau")],
    )
    async def test_where_both_wrote_one_chooses_and_all_else_is_kept(
        self, officer: Browser, other: Browser, choice: str, becomes: str
    ) -> None:
        form = (await self.both(officer, other)).form("both")
        form.fill({f"own.{TITLE}": "Ein parciau", f"choice.{TITLE}": choice})
        page = await form.submit()
        assert page.path.startswith(f"{WELSH}?page=page_2")
        draft = await asked()
        assert draft.pages[1].title == {"en": "Parks", "cy": becomes}
        assert draft.by_key()["view"].text == {"en": "Agree?", "cy": "Cytuno?"}

    async def test_nothing_is_stored_before_one_chooses(
        self, officer: Browser, other: Browser
    ) -> None:
        page = await (await self.both(officer, other)).form("both").submit()
        assert (page.status_code, page.summary) == (422, ["Choose what “Page title” should be"])
        assert "Y parciau" in page.text
        page = await page.form("both").fill({f"choice.{TITLE}": "mine"}).submit()
        assert (await asked()).pages[1].title == {"en": "Parks", "cy": "Parciau"}
        assert (await asked()).by_key()["view"].text == {"en": "Agree?", "cy": "Cytuno?"}

    async def test_a_third_change_meanwhile_is_shown_again(
        self, officer: Browser, other: Browser
    ) -> None:
        page = await self.both(officer, other)
        again = await other.get(SECOND)
        await again.form("translations").fill({TITLE: "Parciau ni"}).submit()
        page = await page.form("both").fill({f"choice.{TITLE}": "mine"}).submit()
        assert page.status_code == 409
        assert "Parciau ni" in page.text

    async def test_different_texts_of_one_question_are_both_kept(
        self, officer: Browser, other: Browser
    ) -> None:
        mine, theirs = await officer.get(SECOND), await other.get(SECOND)
        await theirs.form("translations").fill({"questions.uses.text": "At beth?"}).submit()
        await (
            mine.form("translations").fill({"questions.uses.options.walk.text": "Cerdded"}).submit()
        )
        (uses,) = [each for each in (await asked()).questions if each.key == "uses"]
        assert uses.text == {"en": "What for?", "cy": "At beth?"}
        assert uses.options[0].text == {"en": "Walking", "cy": "Cerdded"}  # type: ignore[union-attr]

    async def test_what_is_gone_is_told_with_what_was_typed_and_the_rest_is_saved(
        self, officer: Browser
    ) -> None:
        form = (await officer.get(SECOND)).form("translations")
        form.fill({"questions.more.text": "Rhywbeth arall?", TITLE: "Parciau"})
        await store.change("parks", lambda q: removal(q, "more"), by="other", now=now())
        page = await form.submit()
        assert page.status_code == 409
        assert "Rhywbeth arall?" in page.text
        await page.form("both").submit()
        assert (await asked()).pages[1].title == {"en": "Parks", "cy": "Parciau"}

    async def test_a_page_that_moved_or_went_loses_nothing(self, officer: Browser) -> None:
        form = (await officer.get(SECOND)).form("translations")
        form.fill({"questions.more.text": "Rhywbeth arall?"})
        await store.change("parks", lambda q: page_removal(q, "page_2"), by="other", now=now())
        page = await form.submit()
        assert page.status_code == 409
        assert "Rhywbeth arall?" in page.text

    async def test_a_language_that_went_is_told_with_what_was_typed(self, officer: Browser) -> None:
        form = (await officer.get(SECOND)).form("translations").fill({TITLE: "Parciau"})
        await store.change("parks", lambda q: retold(q, languages=("en",)), by="other", now=now())
        page = await form.submit()
        assert page.status_code == 409
        assert "took Welsh (Cymraeg) out" in page.text
        assert "Parciau" in page.text
        assert (await asked()).languages == ("en",)
