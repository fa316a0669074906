"""From the overview to the receipt a Welsh and an Arabic respondent meet nothing in English that is
not marked as English."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from tests.browsing import Browser, Page, Value

LIBRARY = "/consultations/library-hours"
ANSWERS: tuple[dict[str, Value], ...] = (
    {"visits": "never", "barriers": ["other"], "barriers.other": "؟"},
    {"plan": "agree"},
    {},
)
# Names, codes and what the test itself searches for, which no language translates.
SAME_IN_ALL = re.compile(
    r"Exampleshire Council|SHA-256|https?://\S+|[0-9A-Z]{4}(-[0-9A-Z]{4})+-.|library|\bPDF\b"
)


@pytest.fixture
def sqlite_url(demonstration_url: str) -> str:
    return demonstration_url


def unmarked(soup: BeautifulSoup, language: str) -> Iterator[str]:
    """The words of a page that are in its own language by what the page says. A title cannot mark
    parts of itself, so the heading's words are taken out of it."""
    heading = soup.h1.get_text() if soup.h1 else ""
    for text in soup.find_all(string=True):
        if isinstance(text, PreformattedString) or text.parent is None or not text.strip():
            continue
        if text.parent.name in ("script", "style", "code"):
            continue
        if language_of(text) == language:
            yield text.replace(heading, "") if text.parent.name == "title" else text
    for tag in soup.select("[aria-label], [alt], [placeholder]"):
        yield from (str(tag.get(name, "")) for name in ("aria-label", "alt", "placeholder"))


def language_of(text: NavigableString) -> str:
    marks = (tag.get("lang") for tag in text.parents if isinstance(tag, Tag))
    return next(str(lang) for lang in marks if lang)


def english(page: Page, language: str) -> list[str]:
    """What is in English all the same: common words among Welsh ones, any Latin in Arabic."""
    html = page.soup.html
    assert html is not None
    assert html["lang"] == language
    assert html["dir"] == ("rtl" if language == "ar" else "ltr")
    said = [SAME_IN_ALL.sub("", words) for words in unmarked(page.soup, language)]
    is_english = re.compile("[A-Za-z]{2}") if language == "ar" else ENGLISH
    return [" ".join(words.split()) for words in said if is_english.search(words)]


ENGLISH = re.compile(
    r"\b(the|you|your|this|that|of|to|and|is|are|it|not|what|answers?|questions?|page|we|with|for|"
    r"back|error|open|closed|receipt|from|day|month|year|there)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("language", "words"),
    [("cy", ("Parhau", "Anfon eich atebion")), ("ar", ("متابعة", "أرسل إجاباتك"))],
)
async def test_a_journey_from_the_overview_to_the_receipt_speaks_one_language(
    visitor: Browser, language: str, words: tuple[str, str]
) -> None:
    go_on, send = words
    page = await visitor.get(f"{LIBRARY}?lang={language}")
    pages = [page]
    start = page.soup.select_one("a.govuk-button--start")
    assert start is not None
    page = await visitor.get(str(start["href"]))
    wrong = await page.form().submit(go_on)
    assert wrong.summary
    pages += [page, wrong]
    for answers in ANSWERS:
        pages.append(page)
        page = await page.form().fill(answers).submit(go_on)
    assert page.path.startswith(f"{LIBRARY}/respond/check")
    pages.append(page)
    page = await page.form(send).submit()
    assert page.path.startswith("/receipts/")
    pages.append(page)
    pages.append(await visitor.get(f"{page.path}/withdraw"))
    found = {each.path: english(each, language) for each in pages}
    assert found == {path: [] for path in found}


@pytest.mark.parametrize("language", ["cy", "ar"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=library",
        "/accessibility",
        "/privacy",
        "/cookies",
        "/receipts",
        "/receipts/K7QF-2M9X-4TRD-8",
        "/nowhere",
        "/consultations/school-street/report",
    ],
)
async def test_every_public_page_speaks_the_language_asked_for(
    visitor: Browser, path: str, language: str
) -> None:
    query = "&" if "?" in path else "?"
    page = await visitor.get(f"{path}{query}lang={language}")
    assert english(page, language) == []


async def test_switching_keeps_what_was_typed_even_where_it_fits_no_check(visitor: Browser) -> None:
    page = await visitor.get(f"{LIBRARY}/respond")
    page = await page.form().fill(visits="never", barriers=["other"]).submit("العربية")
    assert page.soup.html is not None
    assert page.soup.html["lang"] == "ar"
    assert page.form().values["barriers"] == ["other"]
    again = await visitor.get(f"{LIBRARY}/respond")
    assert again.form().values["visits"] == ["never"]
    assert again.form().values["barriers"] == ["other"]
    assert again.soup.html is not None
    assert again.soup.html["lang"] == "ar"
    refused = await again.form().submit("متابعة")
    assert refused.status_code == 422


async def test_a_receipt_speaks_as_its_answers_were_given(visitor: Browser) -> None:
    page = await visitor.get(f"{LIBRARY}/respond?lang=cy")
    page = await page.form().fill(visits="weekly").submit("Parhau")
    page = await (await page.form().submit("Parhau")).form().submit("Parhau")
    page = await page.form("Anfon eich atebion").submit()
    address = page.path
    assert page.heading == "Mae eich atebion gennym"
    assert (await visitor.get(f"{address}?lang=ar")).heading == "وصلتنا إجاباتك"
    assert (await visitor.get(address)).heading == "Mae eich atebion gennym"
