"""The form on paper, made from what was frozen.

1. It holds every question and option, in the language asked for, for a person with a pen.
2. It is a tagged PDF with a language, a title and headings, and the same bytes each time.
3. Nothing that anybody wrote is read as markup, and a letter without a shape is no error.
4. Every page carries its number and a code that leads back to the version.
"""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from PIL import Image
from pypdf import PdfReader

from app.settings import load_settings, use_settings
from surveys.choices import choices
from surveys.consultation import About, Consultation, Document, Round, State, Version
from surveys.native_files import read_questionnaire
from surveys.paper.form import PaperForm, Sender, paper_form
from surveys.paper.marks import Boxes, Lines, Numbers, Table, Ticks, TicksByRow
from surveys.paper.page_code import read_page_code
from surveys.paper.printing import NoLettersForIt, kept_print, pictured, printed
from surveys.paper.questions import PrintedQuestion
from surveys.questionnaire import Grid, Questionnaire, Statement, say
from tests.surveys.every_type import EVERY_TYPE

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ASKED = Round(1, 1, 1, 7, State.OPEN, NOW, NOW + timedelta(days=40), Document(""))
ABOUT = About(
    summary="We plan for #parks.",
    why={"en": "The money ends.", "cy": "Daw’r arian i ben."},
    other_formats="Freepost PARKS\nTown Hall",
    contact="Ask Jo on 01234 567890",
    privacy="Names are kept apart.",
    retention="For two years.",
    what_happens_next="Cabinet decides in March.",
)
SENDER = Sender("Exampleshire Council", "https://example.org/consultations/parks")
NASTY = '#panic("x") $a$ *b* _c_ "d" \\e @f <g> [h] `i` // j /* k */ ~l = m #{n}'

TITLES = {"en": "Parks for everyone", "cy": "Parciau i bawb", "ar": "حدائق للجميع"}


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    use_settings(load_settings({"HEARBACK_DATA_DIR": str(tmp_path)}))


def asking(document: dict[str, Any]) -> Questionnaire:
    return read_questionnaire(json.dumps(document).encode())


def form_of(
    document: dict[str, Any] = EVERY_TYPE,
    *,
    language: str = "en",
    large: bool = False,
    about: About = ABOUT,
    asked: Round | None = ASKED,
) -> PaperForm:
    questionnaire = asking(document)
    title = say(questionnaire.title, "en")
    parks = Consultation(1, "parks", title, about, State.OPEN, "", False, 5, (ASKED,))
    version = Version(7, 1, 1, questionnaire, frozen=True)
    return paper_form(parks, version, language=language, large=large, sender=SENDER, asked=asked)


def one(question: dict[str, Any], **form: Any) -> PaperForm:
    asked = {"key": "q", "text": "What?", **question}
    pages = [{"title": "Page", "questions": [asked]}]
    return form_of({"title": "One", "languages": ["en"], "pages": pages}, **form)


def questions(form: PaperForm) -> dict[int, PrintedQuestion]:
    return {each.number: each for page in form.pages for each in page.questions}


def read(form: PaperForm) -> PdfReader:
    return PdfReader(io.BytesIO(printed(form, at=NOW)))


def words_of(reader: PdfReader) -> str:
    """All words of the PDF, spaces as one: lines may break anywhere."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return normalize("NFKC", "".join(text.split()))


def tags_of(reader: PdfReader) -> Iterator[str]:
    """Every type in the structure tree."""
    root: Any = reader.trailer["/Root"]
    waiting: list[Any] = [root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            if "/S" in element:
                yield str(element["/S"])
            if "/K" in element:
                waiting.append(element["/K"])


def plain(text: str) -> str:
    return normalize("NFKC", "".join(text.split()))


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("large", [False, True])
def test_every_question_option_and_row_is_on_the_paper(language: str, large: bool) -> None:
    words = words_of(read(form_of(language=language, large=large)))
    questionnaire = asking(EVERY_TYPE)
    asked = [say(each.text, language) for each in questionnaire.questions]
    hints = [say(each.hint, language) for each in questionnaire.questions if each.hint]
    options = [
        say(text, language)
        for question in questionnaire.questions
        for text in (
            *(choice.text for choice in choices(question)),
            *(row.text for row in (question.rows if isinstance(question, Grid) else ())),
        )
    ]
    titles = [say(page.title, language) for page in questionnaire.pages]
    assert [each for each in asked + hints + options + titles if plain(each) not in words] == []


def test_every_question_has_somewhere_to_put_the_pen_but_what_is_enclosed() -> None:
    asked = [each for each in asking(EVERY_TYPE).questions if not isinstance(each, Statement)]
    found = questions(form_of())
    without = [asked[number - 1].key for number, each in found.items() if number and not each.marks]
    assert len(found) == len(asked) + 1
    assert without == ["photo", "papers"]


def test_the_paper_is_tagged_titled_and_in_its_language() -> None:
    for language, title in (
        ("en", "Parks for everyone"),
        ("cy", "Parciau i bawb"),
        ("ar", "حدائق للجميع"),
    ):
        reader = read(form_of(language=language))
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert str(root["/Lang"]).startswith(language)
        assert reader.metadata is not None
        assert reader.metadata.title == title
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        tags = list(tags_of(reader))
        numbered = [number for number in questions(form_of(language=language)) if number]
        # Named /H1 or by the role that stands for it.
        assert tags.count("/H3") == len(numbered)
        assert "/H1" in tags
        assert "/TH" in tags
        assert tags.count("/LI") > 30


def test_the_same_form_has_the_same_bytes_and_is_made_once() -> None:
    form = form_of()
    first = printed(form, at=NOW)
    assert first == printed(form_of(), at=NOW)
    assert kept_print(form, at=NOW) == first
    assert kept_print(form, at=NOW) is kept_print(form_of(), at=NOW)
    assert kept_print(form_of(large=True), at=NOW) != first


def test_large_print_is_at_least_sixteen_points() -> None:
    sizes: set[float] = set()

    def note(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * (tm[3] or tm[1]) * (cm[3] or 1)), 1))

    for page in read(form_of(large=True)).pages:
        page.extract_text(visitor_text=note)
    assert min(sizes) >= 16


def test_what_was_written_is_never_read_as_markup() -> None:
    text = f"{NASTY}\n{NASTY}"
    document = {
        "title": NASTY,
        "languages": ["en"],
        "pages": [
            {
                "title": NASTY,
                "questions": [
                    {"key": "said", "type": "statement", "text": text},
                    {"key": "a", "type": "text", "text": NASTY, "hint": NASTY},
                    {
                        "key": "b",
                        "type": "single",
                        "text": NASTY,
                        "options": [{"value": "x", "text": NASTY}, {"value": "y", "text": "Y"}],
                        "show_if": {"question": "a", "answered": True},
                    },
                    {
                        "key": "c",
                        "type": "grid",
                        "text": NASTY,
                        "scale": [{"value": "x", "text": "#1"}, {"value": "y", "text": "$2"}],
                        "rows": [{"value": "x", "text": NASTY}],
                    },
                    {"key": "d", "type": "number", "text": "D", "unit": NASTY},
                ],
            }
        ],
    }
    about = About(summary=NASTY, contact=NASTY, privacy=NASTY)
    reader = read(form_of(document, about=about))
    assert reader.metadata is not None
    assert reader.metadata.title == NASTY
    # Title, page, a statement of two lines, 4 questions, a hint, an option, a condition, a row, a
    # unit, and the three texts at the front.
    assert words_of(reader).count(plain(NASTY)) == 15


def test_a_letter_that_no_font_has_is_a_box_and_a_form_of_such_letters_is_refused() -> None:
    about = About(contact="\x01\x0b\t\u2028 ask {place}")
    told = one({"type": "text", "text": "Do you like it 😀? Α Ж ŵ ŷ ok"}, about=about)
    assert "ask{place}" in words_of(read(told))
    assert plain("Do you like it □? Α Ж ŵ ŷ ok") in words_of(read(told))
    with pytest.raises(NoLettersForIt):
        printed(one({"type": "text", "text": "日本語" * 40}), at=NOW)


def test_each_page_says_its_number_and_a_code_of_its_own() -> None:
    reader = read(form_of(language="cy", large=True))
    codes = [read_page_code(page.extract_text().split()[-1]) for page in reader.pages]
    assert len(codes) > 5
    for number, (code, page) in enumerate(zip(codes, reader.pages, strict=True), start=1):
        assert code is not None
        assert (code.version_id, code.language, code.large, code.page) == (7, 1, True, number)
        assert f"Tudalen {number} o {len(codes)}" in page.extract_text()


def test_the_front_says_who_asks_why_by_when_where_to_send_it_and_what_becomes_of_it() -> None:
    front = read(form_of()).pages[0].extract_text()
    for words in (
        "Consultation by Exampleshire Council",
        "We plan for #parks.",
        "The money ends.",
        "Your answers must reach us by 12 December 2026.",
        "Freepost PARKS\nTown Hall",
        "Ask Jo on 01234 567890",
        SENDER.address,
        "Cabinet decides in March.",
        "Names are kept apart.",
        "For two years.",
    ):
        assert words in front
    nowhere = read(form_of(about=About())).pages[0].extract_text()
    assert "Ask Exampleshire Council where to send it." in nowhere


def test_a_draft_is_marked_on_every_page_and_a_form_that_is_asked_on_none() -> None:
    marked_as = "Draft, not to be handed out"
    assert all(marked_as in page.extract_text() for page in read(form_of(asked=None)).pages)
    assert not any(marked_as in page.extract_text() for page in read(form_of()).pages)


def test_a_condition_is_said_in_words_with_the_number_of_the_question() -> None:
    found = {asked.words[0].text: asked for asked in questions(form_of()).values()}
    assert found["How many are in it?"].when == (
        "Answer this only if you answered ‘Yes’ to ‘4. Do you run a group?’."
    )
    assert found["Do you run a group?"].when == ""


def test_limits_and_what_must_be_answered_are_said() -> None:
    assert questions(one({"type": "number", "whole": True, "min": 1, "max": 10, "required": True}))[
        1
    ].how == ("You must answer this question", "A whole number", "From 1 to 10")
    assert questions(one({"type": "long_text", "max_words": 50}))[1].how == (
        "You can write up to 50 words",
    )
    assert "Kept apart from your other answers" in questions(one({"type": "email"}))[1].how


def test_what_the_officers_say_themselves_is_not_said_again() -> None:
    options = [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}]
    asked = one({"type": "multiple", "options": options, "hint": "Choose all that apply."})
    assert questions(asked)[1].how == ()
    asked = one({"type": "multiple", "options": options, "hint": "As you see it."})
    assert questions(asked)[1].how == ("Choose all that apply",)


def test_an_option_that_stands_alone_says_so_and_other_has_a_line() -> None:
    options = [{"value": "a", "text": "A"}, {"value": "n", "text": "None", "exclusive": True}]
    asked = questions(one({"type": "multiple", "options": options, "other": True}))[1]
    (ticks,) = asked.marks
    assert isinstance(ticks, Ticks)
    assert [(each.words.text, each.note, each.line) for each in ticks.choices] == [
        ("A", "", False),
        ("Other", "", True),
        ("None", "If you tick this box, tick no other", False),
    ]


def test_a_grid_is_a_table_while_it_fits_and_a_list_for_each_row_when_it_does_not() -> None:
    rows = [{"value": "r", "text": "Row"}]
    grid = {"type": "grid", "rows": rows, "scale": "agreement", "no_opinion": True}
    assert isinstance(questions(one(grid))[1].marks[0], Table)
    assert isinstance(questions(one(grid, large=True))[1].marks[0], TicksByRow)
    wide = [{"value": f"v{number}", "text": f"Somewhere {number}"} for number in range(12)]
    assert isinstance(questions(one({**grid, "scale": wide}))[1].marks[0], TicksByRow)


def test_dates_and_postcodes_have_boxes_rankings_numbers_and_long_answers_lines() -> None:
    (date,) = questions(one({"type": "date"}))[1].marks
    assert isinstance(date, Boxes)
    assert [(each.label, each.count) for each in date.groups] == [
        ("Day", 2),
        ("Month", 2),
        ("Year", 4),
    ]
    (post,) = questions(one({"type": "postcode"}))[1].marks
    assert isinstance(post, Boxes)
    options = [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}]
    (ranks,) = questions(one({"type": "ranking", "options": options}))[1].marks
    assert isinstance(ranks, Numbers)
    (lines,) = questions(one({"type": "long_text"}))[1].marks
    assert isinstance(lines, Lines)
    assert lines.count >= 8


def test_boxes_to_tick_are_seen() -> None:
    """By their pixels: the same page with and without options differs in dark ones."""
    options = [{"value": f"v{number}", "text": "."} for number in range(6)]
    dark = []
    for listed in (options[:2], options):
        page = pictured(one({"type": "single", "options": listed}), at=NOW)[-1]
        grey = Image.open(io.BytesIO(page)).convert("L")
        dark.append(sum(grey.histogram()[:200]))
    assert dark[1] - dark[0] > 4 * 30
