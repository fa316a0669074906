"""Officers correct what is asked, look after documents, strands and questions to use again."""

import io
import zipfile
from datetime import timedelta

import pytest
from msgspec.structs import replace

from app.clock import now
from surveys import store
from surveys.documents import Kind
from surveys.drafting.operations import ChangeQuestion
from surveys.questionnaire import ShortText
from tests.browsing import Browser, Page
from tests.surveys.asking import SYSTEM, open_parks, parks

DESK = "/officer/consultations/parks"
ASKED = f"{DESK}/questionnaire"
EDIT = f"{ASKED}/edit"
PUBLIC = "/consultations/parks"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


async def reword(asked: str, **changed: object) -> None:
    there = (await store.draft("parks")).questionnaire.by_key()[asked]
    operation = ChangeQuestion(asked, replace(there, **changed))
    await store.change("parks", operation, by=SYSTEM, now=now())


class TestCorrecting:
    async def test_a_version_is_begun_changed_compared_and_used(self, officer: Browser) -> None:
        await open_parks()
        page = await officer.get(f"{ASKED}/correct")
        page = await page.form("begin").fill(note="The name was asked badly").submit()
        assert page.path.startswith(EDIT)
        await reword("name", text="Your full name?", key="full_name")
        page = await officer.get(f"{ASKED}/correct")
        assert "Round 1 asks version 1 now" in page.text
        page = await page.follow("See what differs from version 1")
        assert page.heading == "From version 1 to version 2"
        assert "1 question added, 1 removed, 0 changed or moved" in page.text
        page = await officer.get(f"{ASKED}/correct")
        form = page.form("use")
        assert form.values["note"] == ["The name was asked badly"]
        await form.fill(sure="yes").submit()
        made = await store.consultation("parks")
        second = (await store.versions(made.id))[1]
        assert made.rounds[0].version_id == second.id

    async def test_a_correction_without_a_note_or_a_yes_keeps_what_was_typed(
        self, officer: Browser
    ) -> None:
        await open_parks()
        page = await (await officer.get(f"{ASKED}/correct")).form("begin").submit()
        assert page.summary == ["Say what is to change and why"]
        await page.form("begin").fill(note="Prices").submit()
        page = await officer.get(f"{ASKED}/correct")
        page = await page.form("use").fill(note="The price was wrong").submit()
        assert page.status_code == 422
        assert page.summary == ["Tick the box to use the corrected questions from now on"]
        assert page.form("use").values["note"] == ["The price was wrong"]

    async def test_what_an_officer_says_is_the_same_is_counted_as_one(
        self, officer: Browser
    ) -> None:
        made = await open_parks()
        await store.begin_version("parks", note="Names", by=SYSTEM, now=now())
        await reword("name", text="Your full name?", key="full_name")
        compare = f"{ASKED}/compare?from=1&to=2"
        page = await officer.get(compare)
        page = await page.form("Count them as one : full_name").fill(same_as="name").submit()
        assert "0 questions added, 0 removed, 1 changed or moved" in page.text
        assert "Its key was “name” and is “full_name”" in page.text
        assert [cut.get_text() for cut in page.soup.select("ins, del")] == [
            "added:  full end of added. "
        ]
        same = await store.equivalences(made.id)
        assert same.keys_like("full_name") == {1: "name", 2: "full_name"}
        page = await page.form("Go by its key again : full_name").submit()
        assert "1 question added, 1 removed" in page.text

    async def test_a_difference_is_marked_in_words_as_well_as_in_looks(
        self, officer: Browser
    ) -> None:
        await open_parks()
        await store.begin_version("parks", note="Words", by=SYSTEM, now=now())
        await reword("home", text="Your home postcode?")
        page = await officer.get(f"{ASKED}/compare")
        assert "added: home" in page.text
        page = await page.form("It is another question : home").submit()
        assert "You said that it is the same as no earlier question" in page.text

    async def test_one_version_has_nothing_to_compare_with(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{ASKED}/compare?from=7&to=x")
        assert "There is one version only" in page.text


class TestBank:
    async def test_questions_are_added_where_they_are_wanted(self, officer: Browser) -> None:
        await parks()
        keys = [page.key for page in (await store.draft("parks")).questionnaire.pages]
        page = await officer.get(f"{EDIT}/bank?page={keys[0]}&at=1")
        assert "Census 2021" in page.text
        ticked = ["bank:sex", "bank:long_lasting_condition"]
        page = await page.form("bank").fill(entry=ticked).submit()
        assert page.path.startswith(EDIT)
        questionnaire = (await store.draft("parks")).questionnaire
        added = [each.key for each in questionnaire.pages[0].questions]
        assert added[:4] == ["intro", "sex", "long_lasting_condition", "activity_restriction"]
        condition = questionnaire.by_key()["activity_restriction"].show_if
        assert condition is not None
        assert condition.question == "long_lasting_condition"
        again = await officer.get(f"{EDIT}/bank?page={keys[1]}")
        assert "Asked already" in again.text
        await again.form("bank").fill(entry=["bank:sex"]).submit()
        last = (await store.draft("parks")).questionnaire.pages[1].questions[-1]
        assert last.key == "sex_2"

    async def test_nothing_ticked_is_a_problem(self, officer: Browser) -> None:
        await parks()
        page = await (await officer.get(f"{EDIT}/bank")).form("bank").submit()
        assert (page.status_code, page.summary) == (422, ["Choose at least one question to add"])

    async def test_a_question_of_a_draft_is_saved_used_renamed_and_removed(
        self, officer: Browser
    ) -> None:
        await parks()
        page = await officer.get(f"{EDIT}/bank/save?question=members")
        assert page.form("save").values["question"] == ["members"]
        page = await page.form("save").submit()
        assert page.summary == ["Give it a name to find it by"]
        page = await page.form("save").fill(name="Members", source="Survey 2025").submit()
        assert page.path == "/officer/questions"
        assert "Survey 2025" in page.text
        bank = await officer.get(f"{EDIT}/bank")
        (saved,) = await store.saved_questions()
        await bank.form("bank").fill(entry=[f"saved:{saved.id}"]).submit()
        assert "members_2" in (await store.draft("parks")).questionnaire.by_key()
        page = await (await officer.get("/officer/questions")).follow("Members")
        page = await page.form("rename").fill(name="How many members").submit()
        page = await (await page.follow("How many members")).form("remove").submit()
        assert "None is saved yet." in page.text

    async def test_a_name_that_is_taken_keeps_what_was_typed(self, officer: Browser) -> None:
        await parks()
        question = ShortText(key="a", text="A?")
        await store.save_question(question, name="A", source="", by=SYSTEM, now=now())
        form = (await officer.get(f"{EDIT}/bank/save?question=name")).form("save")
        page = await form.fill(name="A", source="Here").submit()
        assert page.status_code == 422
        assert page.form("save").values["source"] == ["Here"]


def zipped(inside: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(inside, "<w/>")
    return buffer.getvalue()


async def plan(**more: object) -> int:
    given = {"title": "The plan", "kind": Kind.DRAFT, "strand": "", "by": SYSTEM, "now": now()}
    return await store.add_document("parks", **{**given, **more})  # type: ignore[arg-type]


async def upload(officer: Browser, number: int, file_name: str, data: bytes, **more: str) -> Page:
    """A file under its own name, which the browser of these tests does not send."""
    page = await officer.get(f"{DESK}/documents/{number}")
    fields = {key: values[0] for key, values in page.form("version-form").values.items() if values}
    response = await officer.client.post(
        f"{DESK}/documents/{number}/versions",
        data=fields | {"name": "Draft 1"} | more,
        files={"file": (file_name, data)},
        headers={"Origin": officer.origin, "Sec-Fetch-Site": "same-origin"},
    )
    return Page(officer, response)


class TestDocuments:
    async def test_a_document_is_added_with_a_link_and_everyone_finds_it(
        self, officer: Browser, visitor: Browser
    ) -> None:
        await open_parks()
        page = await (await officer.get(f"{DESK}/documents")).follow("Add a document")
        page = await page.form("document").submit()
        assert page.summary == [
            "Enter the title of the document",
            "Choose what kind of document it is",
        ]
        typed = {"title-en": "Parks plan", "title-cy": "Cynllun parciau", "kind": "easy_read"}
        page = await page.form("document").fill(typed).submit()
        assert page.heading == "Parks plan"
        link = "https://exampleshire.example/plan"
        page = await page.form("version-form").fill(name="Draft 1", url=link).submit()
        assert "Draft 1, English" in page.text
        public = await visitor.get(PUBLIC)
        assert "Easy Read" in public.text
        assert public.soup.select_one(f"a[href='{link}']")
        assert "Cynllun parciau" in (await visitor.get(f"{PUBLIC}?lang=cy")).text

    async def test_a_file_is_served_as_what_it_is_and_in_its_language(
        self, officer: Browser, visitor: Browser
    ) -> None:
        await open_parks()
        number = await plan()
        await upload(officer, number, "../The plan é.pdf", PDF, language="cy")
        answer = await visitor.get(f"{PUBLIC}/documents/{number}/1/cy")
        headers = answer.response.headers
        assert answer.response.content == PDF
        assert headers["content-type"] == "application/pdf"
        assert headers["content-language"] == "cy"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-disposition"] == "inline; filename*=UTF-8''The%20plan%20%C3%A9.pdf"
        again = await visitor.get(
            f"{PUBLIC}/documents/{number}/1/cy", headers={"If-None-Match": headers["etag"]}
        )
        assert (again.status_code, again.response.content) == (304, b"")

    async def test_anything_but_a_pdf_is_saved_rather_than_shown(
        self, officer: Browser, visitor: Browser
    ) -> None:
        await open_parks()
        number = await plan()
        await upload(officer, number, "plan.txt", b"<script>alert(1)</script>")
        headers = (await visitor.get(f"{PUBLIC}/documents/{number}/1/en")).response.headers
        assert headers["content-disposition"].startswith("attachment;")
        assert headers["content-type"].startswith("text/plain")

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("plan.html", b"<html>", "Choose a PDF, a Word"),
            ("plan.pdf", b"<html>", "The file is not what its name says"),
            ("plan.docx", zipped("other.xml"), "The file is not what its name says"),
            ("plan.exe", b"MZ", "Choose a PDF, a Word"),
            ("plan.txt", b"", "The file is empty"),
        ],
    )
    async def test_a_file_is_told_by_its_content(
        self, officer: Browser, name: str, data: bytes, words: str
    ) -> None:
        made = await parks()
        page = await upload(officer, await plan(), name, data)
        assert page.status_code == 422
        assert words in page.summary[0]
        assert page.form("version-form").values["name"] == ["Draft 1"]
        assert (await store.documents(made.id))[0].versions == ()

    async def test_a_word_document_is_taken(self, officer: Browser) -> None:
        made = await parks()
        await upload(officer, await plan(), "plan.docx", zipped("word/document.xml"))
        (version,) = (await store.documents(made.id))[0].versions
        assert version.file_name == "plan.docx"

    async def test_a_file_and_an_address_are_not_taken_together_nor_neither(
        self, officer: Browser
    ) -> None:
        await parks()
        number = await plan()
        page = await officer.get(f"{DESK}/documents/{number}")
        page = await page.form("version-form").fill(name="Draft 1").submit()
        assert page.summary == ["Choose a file, or enter a web address, and not both"]
        page = await page.form("version-form").fill(url="javascript:alert(1)").submit()
        assert page.summary == ["Enter a web address that begins with https://"]

    async def test_earlier_versions_stay_and_a_removed_document_does_not(
        self, officer: Browser, visitor: Browser
    ) -> None:
        await open_parks()
        number = await plan()
        await upload(officer, number, "plan.pdf", PDF)
        await upload(officer, number, "plan.pdf", PDF + b" ", name="Draft 2")
        page = await visitor.get(PUBLIC)
        assert "Draft 2 , English" in page.text
        assert "Earlier versions" in page.text
        assert (await visitor.get(f"{PUBLIC}/documents/{number}/1/en")).status_code == 200
        page = await (await officer.get(f"{DESK}/documents/{number}")).form("remove").submit()
        assert (await visitor.get(f"{PUBLIC}/documents/{number}/1/en")).status_code == 404
        assert "The plan" not in (await visitor.get(PUBLIC)).text
        await page.form("Put back The plan").submit()
        assert (await visitor.get(f"{PUBLIC}/documents/{number}/1/en")).status_code == 200

    async def test_a_draft_consultations_documents_are_for_officers_only(
        self, officer: Browser, visitor: Browser
    ) -> None:
        await parks()
        number = await plan()
        await upload(officer, number, "plan.pdf", PDF)
        assert (await visitor.get(f"{PUBLIC}/documents/{number}/1/en")).status_code == 404
        assert (await officer.get(f"{DESK}/documents/{number}/1/en")).status_code == 200

    async def test_no_address_reaches_what_is_not_there(self, visitor: Browser) -> None:
        await open_parks()
        for tail in ("1/1/en", "1/1/..", "1/1/%2e%2e%2fsecret-key", "999999999999/1/en"):
            assert (await visitor.get(f"{PUBLIC}/documents/{tail}")).status_code == 404


class TestStrands:
    async def test_three_strands_group_pages_proposals_and_documents(
        self, officer: Browser, visitor: Browser
    ) -> None:
        """After Leicester's review of 2014, which fell into three strands."""
        await parks()
        keys = [page.key for page in (await store.draft("parks")).questionnaire.pages]
        titles = ("Support for groups", "A cohesive city", "Volunteering")
        for title, pages in zip(titles, ([keys[0]], [], [keys[1]]), strict=True):
            page = await (await officer.get(f"{EDIT}/strands")).follow("Add a strand")
            typed = {
                "title-en": title,
                "title-cy": f"{title} (cy)",
                "text-en": f"About {title.lower()}",
                "proposals-en": "Advice\n• Training",
                "proposals-cy": "Cyngor\nHyfforddiant",
                "page": pages,
            }
            page = await page.form("strand").fill(typed).submit()
        page = await page.form("Move up Volunteering").submit()
        strands = (await store.draft("parks")).questionnaire.strands
        assert [each.key for each in strands] == [
            "support_for_groups",
            "volunteering",
            "a_cohesive_city",
        ]
        assert [row.value for row in strands[0].proposals] == ["advice", "training"]
        number = await plan(strand="volunteering", kind=Kind.SUMMARY)
        await store.add_document_version(
            "parks",
            number,
            store.NewVersion("en", "Draft 1", url="https://exampleshire.example/v"),
            by=SYSTEM,
            now=now(),
        )
        await store.open_round("parks", by=SYSTEM, now=now(), closes_at=now() + timedelta(days=50))
        public = await visitor.get(PUBLIC)
        sections = {str(s.h3.string): s for s in public.soup.select(".strand") if s.h3}
        assert list(sections) == [titles[0], titles[2], titles[1]]
        assert [li.get_text() for li in sections[titles[0]].select("li")] == ["Advice", "Training"]
        assert sections[titles[2]].select_one("a[href='https://exampleshire.example/v']")
        caption = (await visitor.get(f"{PUBLIC}/respond")).soup.select_one(".answering__strand")
        assert caption is not None
        assert caption.get_text() == titles[0]
        welsh = await visitor.get(f"{PUBLIC}/respond?lang=cy")
        assert f"{titles[0]} (cy)" in welsh.text

    async def test_a_strand_is_changed_and_removed_and_its_pages_stay(
        self, officer: Browser
    ) -> None:
        await parks()
        key = (await store.draft("parks")).questionnaire.pages[0].key
        page = await officer.get(f"{EDIT}/strands/new")
        page = await page.form("strand").fill({"title-en": "Money", "page": [key]}).submit()
        page = await page.follow("Money")
        assert page.form("strand").values["page"] == [key]
        page = await page.form("strand").fill({"title-en": "Funding"}).clear("page").submit()
        questionnaire = (await store.draft("parks")).questionnaire
        assert [each.key for each in questionnaire.strands] == ["money"]
        assert questionnaire.pages[0].strand == ""
        page = await page.form("Remove Funding").submit()
        questionnaire = (await store.draft("parks")).questionnaire
        assert questionnaire.strands == ()
        assert len(questionnaire.pages) == 2

    async def test_problems_of_a_strand_keep_everything_typed(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(f"{EDIT}/strands/new")
        typed = {"text-cy": "Testun", "proposals-en": "One\nTwo", "proposals-cy": "Un"}
        page = await page.form("strand").fill(typed).submit()
        assert page.status_code == 422
        assert page.summary == [
            "Enter a title for the strand",
            "Write a line in Cymraeg for each of the 2 proposals, in the same order",
            "Write the text in English too",
        ]
        assert page.form("strand").values["proposals-cy"] == ["Un"]
