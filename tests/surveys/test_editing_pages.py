"""The editor's pages: how a questionnaire begins, is rearranged, taken back, and told of others.

1. A consultation begins with a title and languages; what was typed is never lost.
2. Pages and questions are added, renamed, moved, copied and removed; an officer lands where it
   happened, reads what was done, and can take it back.
3. What one officer changed is shown to the other, and never overwritten without both texts.
4. Versions that have been opened are not edited.
"""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Litestar

from app.auth.account import Role
from app.clock import now
from surveys import store
from surveys.questionnaire import Layout
from surveys.translated import lacking
from tests.browsing import Browser, Page, signed_in
from tests.surveys.asking import EVERYTHING, SYSTEM, open_parks, parks

NEW = "/officer/consultations/new"
ASKED = "/officer/consultations/parks/questionnaire"
EDIT = f"{ASKED}/edit"
REMOVED = "Removed ‘Do you run a group?’, and changed 1 other place"


@pytest.fixture
async def other(application: Litestar) -> AsyncIterator[Browser]:
    """Another officer than `officer`."""
    async with signed_in(application, Role.ADMIN) as browser:
        yield browser


async def keys() -> list[list[str]]:
    draft = await store.draft("parks")
    return [[each.key for each in page.questions] for page in draft.questionnaire.pages]


async def press(page: Page, address: str, **fields: str) -> Page:
    """Presses a button of the outline: its form, sent to the button's own address."""
    sent = {name: values[0] for name, values in page.form("outline").values.items()}
    return await page.browser.post(f"{EDIT}/{address}", {**sent, **fields})


def done(page: Page) -> str:
    found = page.soup.select_one("#done .done__words")
    return found.get_text(strip=True) if found else ""


def item_of_done(page: Page) -> str:
    found = page.soup.select_one("#done")
    holder = found and found.find_parent(id=True)
    return str(holder["id"]) if holder else ""


class TestBeginning:
    async def test_a_title_and_a_language_are_enough(self, officer: Browser) -> None:
        page = await officer.get(NEW)
        page = await page.form("new").fill(title="Parks for all").submit()
        assert page.path.startswith("/officer/consultations/parks-for-all/questionnaire/edit")
        assert "Add its first question" in done(page)
        draft = await store.draft("parks-for-all")
        assert draft.questionnaire.languages == ("en",)
        assert [each.questions for each in draft.questionnaire.pages] == [()]

    async def test_the_first_language_comes_first_and_the_others_once(
        self, officer: Browser
    ) -> None:
        form = (await officer.get(NEW)).form("new")
        await form.fill(title="Parciau", language="cy", others=["en", "cy"], slug="p").submit()
        assert (await store.draft("p")).questionnaire.languages == ("cy", "en")

    async def test_problems_keep_everything_typed(self, officer: Browser) -> None:
        await parks()
        form = (await officer.get(NEW)).form("new")
        page = await form.fill(slug="Not one", others=["cy"]).submit()
        assert page.status_code == 422
        assert page.summary == [
            "Enter a title",
            "Use lower-case letters, digits and hyphens, like parks-for-all",
        ]
        assert page.form("new").values["others"] == ["cy"]
        page = await page.form("new").fill(title="Parks", slug="parks").submit()
        assert page.summary == ["There is a consultation called “parks”. Choose another name."]
        assert page.form("new").values["title"] == ["Parks"]

    async def test_the_words_of_addresses_are_no_names(self, officer: Browser) -> None:
        form = (await officer.get(NEW)).form("new")
        page = await form.fill(title="New", slug="new").submit()
        assert page.status_code == 422


class TestHub:
    async def test_it_says_what_to_do_next(self, officer: Browser) -> None:
        await store.start_consultation(
            "Parks", languages=("en",), slug="parks", by=SYSTEM, now=now()
        )
        page = await officer.get(ASKED)
        assert await self.next(page) == f"{EDIT}"
        await store.create_consultation(
            json.dumps(EVERYTHING).encode(), slug="more", by=SYSTEM, now=now()
        )
        page = await officer.get(ASKED.replace("parks", "more"))
        assert (await self.next(page)).endswith("/questionnaire/edit/languages")

    async def next(self, page: Page) -> str:
        return str(page.soup.select(".next-box a")[0]["href"])

    async def test_one_whose_versions_are_fixed_offers_a_new_version(
        self, officer: Browser
    ) -> None:
        await open_parks()
        page = await officer.get(ASKED)
        assert not page.soup.select(f"a[href='{EDIT}']")
        assert page.soup.select(f"a[href='{ASKED}/correct']")

    async def test_fixed_versions_are_not_edited(self, officer: Browser) -> None:
        await open_parks()
        assert (await officer.get(EDIT)).path == ASKED
        page = await officer.get(f"{EDIT}/cover")
        assert (page.status_code, page.heading) == (409, "There is no draft to edit")


class TestOutline:
    async def test_it_says_of_each_question_what_it_is_and_when_it_is_asked(
        self, officer: Browser
    ) -> None:
        await parks()
        page = await officer.get(EDIT)
        row = page.soup.select_one("#item-members")
        assert row is not None
        words = " ".join(row.get_text(" ").split())
        assert "2. How many members?" in words
        assert "Number" in words
        assert "2 translations missing" in words
        assert "Asked only if you answered ‘Yes’ to ‘Do you run a group?’" in words

    async def test_missing_translations_lead_to_where_they_are_written(
        self, officer: Browser
    ) -> None:
        await store.start_consultation(
            "Trees", languages=("en", "cy"), slug="trees", by="ann@example.org", now=now()
        )
        page = await officer.get("/officer/consultations/trees/questionnaire/edit")
        links = [(each.get_text(), each["href"]) for each in page.soup.select(".outline__missing")]
        whole = "/officer/consultations/trees/questionnaire/edit/languages"
        assert links == [
            ("2 translations missing", whole),
            ("1 translation missing", f"{whole}/cy?page=page_1"),
        ]

    async def test_a_question_goes_down_and_lands_where_it_went(self, officer: Browser) -> None:
        await parks()
        page = await press(await officer.get(EDIT), "questions/email/move", to="down")
        assert (await keys())[0][-3:] == ["home", "email", "name"]
        assert done(page) == "Moved ‘Your email address?’ within its page"
        assert item_of_done(page) == "item-email"
        assert page.path.endswith("&at=email&since=0")

    async def test_a_question_goes_over_the_edge_of_its_page(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(EDIT)
        page = await press(page, "questions/name/move", to="down")
        assert (await keys())[1][0] == "name"
        await press(page, "questions/name/move", to="up")
        assert (await keys())[0][-1] == "name"

    async def test_it_goes_to_a_page_and_place_that_are_chosen(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{EDIT}/questions/email/move")
        page = await page.form("move").fill(place="page_2/view").submit()
        assert (await keys())[1][2:4] == ["view", "email"]
        assert item_of_done(page) == "item-email"

    async def test_a_move_that_breaks_a_condition_is_refused_in_words(
        self, officer: Browser
    ) -> None:
        await parks()
        page = await press(await officer.get(EDIT), "questions/members/move", to="up")
        assert page.status_code == 422
        assert page.summary == [
            "Its condition tests ‘Do you run a group?’, which is not asked before it. "
            "Move one of them"
        ]
        assert "members" in (await keys())[0][2]

    async def test_a_copy_stands_after_its_original(self, officer: Browser) -> None:
        await parks()
        page = await press(await officer.get(EDIT), "questions/group/copy")
        assert (await keys())[0][1:3] == ["group", "group_2"]
        assert item_of_done(page) == "item-group_2"

    async def test_before_a_removal_it_is_said_which_conditions_fall(
        self, officer: Browser
    ) -> None:
        await parks()
        page = await officer.get(f"{EDIT}/questions/group/remove")
        assert "“How many members?” is asked only if you answered ‘Yes’" in page.text
        page = await page.form("remove").submit()
        assert done(page) == REMOVED
        draft = await store.draft("parks")
        assert draft.questionnaire.by_key()["members"].show_if is None

    async def test_what_was_done_is_undone_and_done_again(self, officer: Browser) -> None:
        await parks()
        before = await keys()
        page = await (await officer.get(f"{EDIT}/questions/group/remove")).form("remove").submit()
        page = await page.form("outline").submit("Undo")
        assert done(page) == f"Took back: {REMOVED}"
        assert await keys() == before
        assert (await store.draft("parks")).questionnaire.by_key()["members"].show_if
        page = await page.form("outline").submit(f"Redo {REMOVED}")
        assert await keys() != before

    async def test_an_undo_that_spoke_of_another_change_is_not_made(self, officer: Browser) -> None:
        await parks()
        old = await press(await officer.get(EDIT), "questions/name/move", to="up")
        await press(old, "questions/email/move", to="up")
        moved = await keys()
        page = await old.form("outline").submit("Undo")
        assert page.status_code == 422
        assert "You have changed more in another window" in page.summary[0]
        assert await keys() == moved


class TestPages:
    async def test_one_is_added_and_renamed_in_each_language(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{EDIT}/pages/new")
        page = await page.form("page").submit()
        assert page.summary == ["Enter a title for the page"]
        page = await page.form("page").fill({"title-en": "Last", "title-cy": "Olaf"}).submit()
        assert done(page) == "Added the page ‘Last’"
        assert item_of_done(page) == "item-page_3"
        page = await officer.get(f"{EDIT}/pages/page_3")
        page = await page.form("page").fill({"title-cy": "Yn olaf"}).submit()
        titles = [each.title for each in (await store.draft("parks")).questionnaire.pages]
        assert titles[2] == {"en": "Last", "cy": "Yn olaf"}

    async def test_one_comes_to_stand_where_it_was_wanted(self, officer: Browser) -> None:
        await parks()
        form = (await officer.get(f"{EDIT}/pages/new?at=1")).form("page")
        await form.fill({"title-en": "Between"}).submit()
        assert [bool(each) for each in await keys()] == [True, False, True]

    async def test_one_is_copied_with_its_questions(self, officer: Browser) -> None:
        await parks()
        page = await press(await officer.get(EDIT), "pages/page_1/copy")
        first, copy, _ = await keys()
        assert copy == [f"{key}_2" for key in first]
        assert item_of_done(page) == "item-page_3"
        copied = (await store.draft("parks")).questionnaire.by_key()["members_2"]
        assert copied.show_if is not None
        assert copied.show_if.question == "group_2"

    async def test_one_is_moved_and_removed(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{EDIT}/pages/page_2/move")
        await page.form("move").fill(place="/").submit()
        assert (await keys())[0][0] == "uses"
        page = await officer.get(f"{EDIT}/pages/page_2/remove")
        assert "No other question depends on it" in page.text
        page = await page.form("remove").submit()
        assert [each[0] for each in await keys()] == ["intro"]

    async def test_a_new_place_is_named_by_the_question_before_it(self, officer: Browser) -> None:
        """So a drop lands there although somebody else has added a question above meanwhile."""
        await parks()
        page = await officer.get(EDIT)
        await press(page, "questions/email/copy")
        await press(page, "questions/name/move", place="page_1/group")
        assert (await keys())[0][1:3] == ["group", "name"]


class TestCover:
    async def test_title_layout_and_a_language_more(self, officer: Browser) -> None:
        await parks()
        form = (await officer.get(f"{EDIT}/cover")).form("cover")
        typed: dict[str, Any] = {"title-en": "Parks", "layout": "single", "others": ["cy", "ar"]}
        page = await form.fill(typed).submit()
        draft = await store.draft("parks")
        assert draft.questionnaire.title == {"en": "Parks", "cy": "Parciau i bawb"}
        assert draft.questionnaire.layout is Layout.SINGLE
        assert draft.questionnaire.languages == ("en", "cy", "ar")
        assert done(page)

    async def test_a_language_goes_only_once_it_is_said_what_goes_with_it(
        self, officer: Browser
    ) -> None:
        await parks()
        before = (await store.draft("parks")).questionnaire
        page = await (await officer.get(f"{EDIT}/cover")).form("cover").clear("others").submit()
        assert page.summary == ["Say whether Welsh (Cymraeg) goes, with the 5 texts written in it"]
        assert "5 texts are written in it" in page.text
        assert (await store.draft("parks")).questionnaire == before
        page = await page.form("cover").fill(sure="cy").submit()
        assert (await store.draft("parks")).questionnaire.languages == ("en",)
        page = await page.form("outline").submit("Undo")
        assert (await store.draft("parks")).questionnaire == before

    async def test_the_default_must_have_every_text(self, officer: Browser) -> None:
        await parks()
        count = lacking((await store.draft("parks")).questionnaire, "cy")
        form = (await officer.get(f"{EDIT}/cover")).form("cover")
        page = await form.fill(language="cy", others=["en"]).submit()
        assert page.summary == [
            f"Translate everything into Welsh (Cymraeg) first: {count} texts are missing"
        ]
        assert page.form("cover").values["language"] == ["cy"]


class TestTwoOfficers:
    async def test_what_the_other_did_meanwhile_is_said(
        self, officer: Browser, other: Browser
    ) -> None:
        await parks()
        mine = await officer.get(EDIT)
        await press(await other.get(EDIT), "questions/name/move", to="up")
        page = await press(mine, "questions/view/copy")
        news = page.soup.select_one("[data-new-changes]")
        assert news is not None
        assert "Moved ‘Your name?’ within its page" in news.text
        assert "admin@hearback.example" in news.text
        assert done(page) == "Added ‘Agree?’"

    async def test_undo_takes_back_ones_own_change_only(
        self, officer: Browser, other: Browser
    ) -> None:
        await parks()
        await press(await officer.get(EDIT), "questions/view/copy")
        await press(await other.get(EDIT), "questions/name/move", to="up")
        page = await officer.get(EDIT)
        page = await page.form("outline").submit()
        assert "view_2" not in (await keys())[1]
        assert (await keys())[0][-2:] == ["name", "home"]

    async def test_different_fields_of_a_page_are_brought_together(
        self, officer: Browser, other: Browser
    ) -> None:
        await parks()
        mine = await officer.get(f"{EDIT}/pages/page_1")
        theirs = await other.get(f"{EDIT}/pages/page_1")
        await theirs.form("page").fill({"title-cy": "Chi"}).submit()
        await mine.form("page").fill({"title-en": "You"}).submit()
        title = (await store.draft("parks")).questionnaire.pages[0].title
        assert title == {"en": "You", "cy": "Chi"}

    @pytest.mark.parametrize(
        ("address", "form"), [("pages/page_1", "page"), ("cover", "cover")], ids=["page", "cover"]
    )
    async def test_the_same_text_is_not_overwritten_before_both_are_shown(
        self, officer: Browser, other: Browser, address: str, form: str
    ) -> None:
        await parks()
        mine = await officer.get(f"{EDIT}/{address}")
        theirs = await other.get(f"{EDIT}/{address}")
        await theirs.form(form).fill({"title-en": "Theirs"}).submit()
        page = await mine.form(form).fill({"title-en": "Mine"}).submit()
        assert (page.status_code, "This changed since you opened it" in page.text) == (409, True)
        assert "English: Theirs" in page.text
        assert page.form(form).values["title-en"] == ["Mine"]
        assert (
            "Theirs" in (await officer.get(EDIT)).text + (await officer.get(f"{EDIT}/cover")).text
        )
        await page.form(form).submit()
        page = await officer.get(f"{EDIT}/{address}")
        assert page.form(form).values["title-en"] == ["Mine"]

    async def test_what_is_gone_meanwhile_is_said(self, officer: Browser, other: Browser) -> None:
        await parks()
        mine = await officer.get(EDIT)
        page = await other.get(f"{EDIT}/questions/email/remove")
        await page.form("remove").submit()
        page = await press(mine, "questions/email/move", to="up")
        assert page.status_code == 422
        assert "is not there any more" in page.summary[0]

    async def test_the_history_says_who_did_what(self, officer: Browser, other: Browser) -> None:
        await parks()
        await press(await officer.get(EDIT), "questions/view/copy")
        page = await press(await other.get(EDIT), "questions/name/move", to="up")
        await page.form("outline").submit("Undo")
        page = await officer.get(f"{EDIT}/history?since=1")
        lines = [" ".join(each.get_text(" ").split()) for each in page.soup.select(".history li")]
        assert lines[0].startswith("Moved ‘Your name?’ within its page Taken back admin@")
        assert "officer@hearback.example" in lines[1]
        assert page.soup.select("[data-new-changes]")


class TestPreviewBeside:
    async def test_only_the_preview_may_be_framed_and_only_by_us(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(EDIT)
        source = str(page.soup.select("iframe")[0]["src"])
        assert "frame-src 'self'" in page.response.headers["content-security-policy"]
        assert page.response.headers["x-frame-options"] == "DENY"
        frame = await officer.get(source)
        assert "frame-ancestors 'self'" in frame.response.headers["content-security-policy"]
        assert frame.response.headers["x-frame-options"] == "SAMEORIGIN"
        assert not frame.soup.select(".masthead")
        alone = await officer.get(f"{ASKED}/preview/1")
        assert "frame-ancestors 'none'" in alone.response.headers["content-security-policy"]

    async def test_it_shows_the_page_of_what_was_changed(self, officer: Browser) -> None:
        await parks()
        page = await press(await officer.get(EDIT), "questions/view/copy")
        frame = page.soup.select("iframe")[0]
        assert "/preview/2?" in str(frame["src"])
        assert frame["data-preview"] == "view_2"

    async def test_an_empty_page_says_so(self, officer: Browser) -> None:
        await store.start_consultation(
            "Parks", languages=("en",), slug="parks", by=SYSTEM, now=now()
        )
        frame = await officer.get(f"{ASKED}/preview/1?frame=true")
        assert "There are no questions on this page yet" in frame.text
