"""Files through the pages: kept at once, shown by name, removed without a script, handed to those
who may have them and to nobody else.

1. A file that came with a page is kept, whatever else is wrong with the page.
2. What is refused says why and what to do.
3. The holder of the draft or receipt and staff get it, to be saved and never shown.
4. What the route hides, what is replaced and what is withdrawn is deleted.
"""

from typing import Any

import pytest
from litestar import Litestar

from app import clock
from responses import store
from responses.store.uploads import folder
from tests.browsing import Browser, Page
from tests.responses.asking import SLUG
from tests.responses.files import PDF, RESPOND, asking_for_files, photo

LETTER = ("letter to the council.pdf", PDF)
PHOTO = ("IMG_1.JPG", photo())
DESK = f"/officer/consultations/{SLUG}"


def kept(page: Page) -> list[str]:
    """The names of the files that a page lists."""
    return [" ".join(name.text.split()) for name in page.soup.select(".files__name bdi")]


def on_disk() -> int:
    return len(list(folder().iterdir())) if folder().exists() else 0


async def first_page(visitor: Browser) -> Page:
    await asking_for_files()
    return await visitor.get(RESPOND)


async def sent(visitor: Browser) -> Page:
    """A receipt's page for answers with a letter and a photo."""
    page = await first_page(visitor)
    page = await page.form().fill(stop="A1", plans=[LETTER], photo=[PHOTO]).submit()
    page = await page.form().fill(why="It is far").submit()
    return await page.form("send").submit()


async def test_files_are_sent_with_the_answers_they_came_with(visitor: Browser) -> None:
    receipt = await sent(visitor)
    found = await store.response_by_receipt(receipt.path.rpartition("/")[2])
    assert found is not None
    files = await store.files_of(found.key)
    assert [file.name for file in files] == ["letter to the council.pdf", "IMG_1.jpg"]
    assert found.answers["plans"] == [files[0].token]
    assert found.answers["photo"] == [files[1].token]
    assert "letter to the council.pdf" in receipt.text


async def test_a_problem_elsewhere_loses_no_file(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(plans=[LETTER]).submit()
    assert page.status_code == 422
    assert page.summary == ["Answer ‘Which stop?’"]
    assert kept(page) == ["letter to the council.pdf"]
    page = await page.form().fill(stop="A1").submit()
    assert page.path == f"{RESPOND}/2"
    page = await page.form().submit()
    assert "letter to the council.pdf" in page.text


async def test_a_file_that_is_refused_takes_nothing_else_with_it(visitor: Browser) -> None:
    page = await first_page(visitor)
    bad = ("run.exe", b"MZ\x90\x00")
    page = await page.form().fill(stop="A1", plans=[LETTER, bad], photo=[LETTER]).submit()
    assert page.status_code == 422
    assert page.summary == [
        "‘run.exe’ is not a kind of file that ‘Any plans?’ takes. Choose one ending in .pdf, "
        ".docx, .odt, .xlsx, .ods, .csv, .pptx, .odp, .txt, .jpg, .jpeg, .png or .webp",
        "‘letter to the council.pdf’ is not a kind of file that ‘A photo?’ takes. Choose one "
        "ending in .jpg, .jpeg, .png or .webp",
    ]
    assert kept(page) == ["letter to the council.pdf"]
    assert page.form().values["stop"] == ["A1"]


async def test_a_file_over_the_limit_says_by_how_much(visitor: Browser) -> None:
    page = await first_page(visitor)
    large = ("photo.png", bytes(2 * 1024 * 1024))
    page = await page.form().fill(stop="A1", photo=[large]).submit()
    assert page.summary == [
        "‘photo.png’ has 2 MB. A file in answer to ‘A photo?’ may have up to 1 MB"
    ]


async def test_more_files_than_the_question_takes_are_not_kept(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(stop="A1", plans=[LETTER, LETTER, LETTER]).submit()
    assert page.summary == [
        "You can send up to 2 files in answer to ‘Any plans?’. Remove one before you add another"
    ]
    assert len(kept(page)) == 2


async def test_a_lone_file_is_replaced_by_another(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(photo=[PHOTO]).submit()
    page = await page.form().fill(photo=[("IMG_2.JPG", photo())]).submit()
    assert kept(page) == ["IMG_2.jpg"]
    assert on_disk() == 1


async def test_a_file_is_removed_by_a_button_and_what_was_typed_stays(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(plans=[LETTER], photo=[PHOTO]).submit()
    page = await page.form().fill(stop="A1").submit("Remove IMG_1.jpg")
    assert page.status_code == 200
    assert kept(page) == ["letter to the council.pdf"]
    assert page.form().values["stop"] == ["A1"]
    assert on_disk() == 1


async def test_files_are_added_one_by_one_without_leaving_the_page(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(plans=[LETTER]).submit("Add these files")
    page = await page.form().fill(plans=[("sums.csv", b"a,b\n1,2\n")]).submit("Add these files")
    assert page.path == RESPOND
    assert kept(page) == ["letter to the council.pdf", "sums.csv"]


async def test_switching_the_language_keeps_the_files(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(stop="A1", plans=[LETTER]).submit("Cymraeg")
    assert kept(page) == ["letter to the council.pdf"]
    assert page.form().values["stop"] == ["A1"]


async def test_nobody_names_a_file_of_somebody_else(
    visitor: Browser, application: Litestar
) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(plans=[LETTER]).submit()
    [token] = [str(button["value"]) for button in page.soup.select("[name=_remove]")]
    stranger = Browser(application)
    other = await stranger.post(RESPOND, {"stop": "B2", "plans": token, "_remove": token})
    assert kept(other) == []
    assert (await stranger.get(f"{RESPOND}/files/{token}")).status_code == 404
    assert (await visitor.get(f"{RESPOND}/files/{token}")).response.content == PDF
    await stranger.close()


async def test_files_are_only_ever_saved(visitor: Browser, officer: Browser) -> None:
    receipt = await sent(visitor)
    code = receipt.path.rpartition("/")[2]
    found = await store.response_by_receipt(code)
    assert found is not None
    [letter, _] = await store.files_of(found.key)
    for browser, address in (
        (visitor, f"{receipt.path}/files/{letter.token}"),
        (officer, f"{DESK}/responses/{found.id}/files/{letter.token}"),
    ):
        got = (await browser.get(address)).response
        assert got.content == PDF
        assert got.headers["content-disposition"].startswith("attachment;")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["cache-control"] == "no-store"
        assert "sandbox" in got.headers["content-security-policy"]


async def test_a_stranger_gets_no_file(visitor: Browser, coder: Browser) -> None:
    receipt = await sent(visitor)
    found = await store.response_by_receipt(receipt.path.rpartition("/")[2])
    assert found is not None
    [letter, _] = await store.files_of(found.key)
    desk = await visitor.get(f"{DESK}/responses/{found.id}/files/{letter.token}")
    assert "Sign in" in desk.heading
    assert (await visitor.get(f"{RESPOND}/files/{letter.token}")).status_code in (404, 409)
    assert (await visitor.get(f"{receipt.path}/files/{'0' * 32}")).status_code == 404
    assert (await coder.get(f"{DESK}/responses/{found.id}/files/{letter.token}")).status_code == 200


async def test_a_file_of_a_special_category_is_for_officers(
    visitor: Browser, coder: Browser, officer: Browser
) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(stop="A1", plans=[LETTER]).submit()
    page = await page.form().fill(proof=[("proof.pdf", PDF)]).submit()
    receipt = await page.form("send").submit()
    found = await store.response_by_receipt(receipt.path.rpartition("/")[2], private=True)
    assert found is not None
    address = f"{DESK}/responses/{found.id}/files/{found.answers['proof'][0]}"
    assert (await coder.get(address)).status_code == 404
    assert (await officer.get(address)).status_code == 200
    seen = await coder.get(f"{DESK}/responses/{found.id}")
    assert "proof.pdf" not in seen.text


async def test_withdrawing_deletes_the_files(visitor: Browser) -> None:
    receipt = await sent(visitor)
    assert on_disk() == 2
    page = await visitor.get(f"{receipt.path}/withdraw")
    await page.form().submit()
    assert on_disk() == 0


async def test_discarding_deletes_the_files(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(stop="A1", plans=[LETTER]).submit()
    page = await page.form().submit()
    await page.form("discard").submit()
    assert on_disk() == 0


async def test_the_file_of_a_hidden_question_is_neither_sent_nor_kept(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(stop="A1", photo=[PHOTO]).submit()
    page = await visitor.get(f"{RESPOND}?change=1")
    page = await page.form().fill(stop="none").submit()
    assert "A photo?" in page.text
    receipt = await page.form("send").submit()
    found = await store.response_by_receipt(receipt.path.rpartition("/")[2])
    assert found is not None
    assert found.answers == {"stop": "none"}
    assert on_disk() == 0


async def test_a_body_that_no_question_of_the_page_takes_is_refused(visitor: Browser) -> None:
    page = await first_page(visitor)
    page = await page.form().fill(stop="A1", plans=[("a.pdf", bytes(31 * 1024 * 1024))]).submit()
    assert page.status_code == 413
    assert page.heading == "What you sent is too large"
    assert on_disk() == 0


async def test_a_page_that_asks_for_no_files_takes_no_large_body(visitor: Browser) -> None:
    questions = [{"key": "stop", "type": "text", "text": "Which stop?"}]
    await asking_for_files(pages=[{"title": "One", "questions": questions}])
    page = await visitor.post(RESPOND, {"stop": "A" * 9_000_000})
    assert page.status_code == 413


async def test_an_officer_keys_a_response_with_a_scan(officer: Browser) -> None:
    await asking_for_files()
    page = await officer.get(f"{DESK}/responses/key")
    page = await page.form("key-response").fill(plans=[LETTER], stop="A1").submit()
    assert page.status_code == 422
    assert kept(page) == ["letter to the council.pdf"]
    page = await page.form("key-response").fill(_channel="paper", **today()).submit()
    assert page.status_code == 200
    listed = await page.follow("Look at the response")
    got = await listed.follow("letter to the council.pdf")
    assert got.response.content == PDF


def today() -> dict[str, Any]:
    moment = clock.now()
    parts = {"day": moment.day, "month": moment.month, "year": moment.year}
    return {f"_received-{part}": str(number) for part, number in parts.items()}


@pytest.mark.parametrize("answers", [{"stop": "A1", "plans": ["0" * 32]}, {"stop": "A1"}])
async def test_the_api_sends_those_with_files_to_the_page(
    visitor: Browser, answers: dict[str, object]
) -> None:
    await asking_for_files(pages=PAGES)
    address = f"/api/consultations/{SLUG}/responses"
    refused = await visitor.post(address, json={"answers": answers})
    assert refused.status_code == 422
    [error] = refused.json()["errors"]
    assert error["question"] == "plans"
    assert error["message"].startswith("Files cannot be sent here. Send them on the page http")


PAGES = [
    {
        "title": "One",
        "questions": [
            {"key": "stop", "type": "text", "text": "Which stop?"},
            {"key": "plans", "type": "upload", "text": "Any plans?", "required": True},
        ],
    }
]
