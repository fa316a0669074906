"""The results pack as a Word document.

1. It opens, whatever words are in it, and can be found one's way in: headings, contents, language.
2. Each question has its sentence, its chart with words in its place, and its table.
3. Of fewer than 30 it says counts and no shares.
4. It says who answered, and never that they stand for others.
"""

import io
import struct
from datetime import date
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from analysis import store
from analysis.narrowing import Narrowing
from analysis.pack.document import document
from analysis.picture import as_pngs
from analysis.reach.population import Line, ReachTable, Unit
from analysis.reach.saying import CANNOT_TELL
from surveys import store as surveys
from tests.analysis.conftest import BY, NOW
from tests.analysis.pack.conftest import ARABIC, QUESTIONS, SLUG, Pack, second_round


async def made(pack: Pack, **asked: Any) -> Any:
    written = document(await pack(**asked), organisation="Exampleshire Council")
    return Document(io.BytesIO(written))


def style(each: Any) -> str:
    """By its id: python-docx takes long to look for a name."""
    return "" if isinstance(each, Table) else each._p.style or ""


def under(paper: Any, heading: str) -> list[Any]:
    """What follows a heading, up to the next of its level or above."""
    every = list(paper.iter_inner_content())
    at = next(
        at
        for at, each in enumerate(every)
        if style(each).startswith("Heading") and each.text.endswith(heading)
    )
    level = style(every[at])
    after = every[at + 1 :]
    ends = (n for n, each in enumerate(after) if "Heading" <= style(each) <= level)
    return after[: next(ends, len(after))]


def cells(table: Table) -> list[list[str]]:
    return [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.tc_lst]
        for row in table._tbl.tr_lst
    ]


def tables(paper: Any, heading: str) -> list[list[list[str]]]:
    return [cells(each) for each in under(paper, heading) if isinstance(each, Table)]


def said(paper: Any, heading: str) -> str:
    return "\n".join(each.text for each in under(paper, heading) if not isinstance(each, Table))


async def test_every_question_has_a_heading_that_the_contents_lead_to(pack: Pack) -> None:
    paper = await made(pack)
    body = paper.element.body
    headings = [each for each in paper.paragraphs if style(each) == "Heading2"]
    assert [each.text.partition(". ")[2] for each in headings] == [
        " ".join(question["text"].split()) for question in QUESTIONS
    ]
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    listed = [each for each in paper.paragraphs if style(each) in ("Heading1", "Heading2")]
    assert anchors == marks
    assert len(anchors) == len(listed)
    (field,) = body.iter(qn("w:instrText"))
    assert field.text.startswith("TOC ")
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


async def test_its_language_title_and_page_numbers_are_set(pack: Pack) -> None:
    paper = await made(pack)
    assert paper.core_properties.title == "Streets <&> ways: results"
    (language,) = paper.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    footer = paper.sections[0].footer._element
    asked = [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))]
    assert asked == ["PAGE", "NUMPAGES"]


async def test_each_chart_has_words_in_its_place(pack: Pack) -> None:
    paper = await made(pack)
    pictures = [shape._inline.docPr for shape in paper.inline_shapes]
    drawn = [question for question in QUESTIONS if question["type"] != "long_text"]
    titles = [picture.get("title") for picture in pictures]
    assert titles == [f"Chart: {' '.join(each['text'].split())}"[:255] for each in drawn]
    assert all(picture.get("descr") for picture in pictures)
    assert "39 people who answered" in pictures[0].get("descr")
    assert len({picture.get("id") for picture in pictures}) == len(pictures)


async def test_every_table_repeats_its_headings(pack: Pack) -> None:
    paper = await made(pack)
    assert len(paper.tables) > len(QUESTIONS)
    for table in paper.tables:
        first, *rest = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert [row for row in rest if row.trPr.find(qn("w:tblHeader")) is not None] == []
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert all(cells(table)[0])


async def test_the_numbers_are_the_tallys(pack: Pack) -> None:
    paper = await made(pack)
    for question in (await store.tally(SLUG, public=False)).questions:
        if question.rows:
            continue
        words = next(each["text"] for each in QUESTIONS if each["key"] == question.key)
        first = tables(paper, " ".join(words.split()))[0]
        counts = [line[1] for line in first[1 : len(question.options) + 1]]
        assert counts == [str(option.n) for option in question.options]
    (parts, together) = tables(paper, "How important?")
    assert parts[1][:3] == ["Paths", "0 (0%)", "31 (97%)"]
    assert together[2][:4] == ["Ponds", "0 (0%)", "0 (0%)", "31 (100%)"]


async def test_of_few_there_are_counts_and_no_shares(pack: Pack) -> None:
    paper = await made(pack)
    few = tables(paper, "Rank these")
    assert few[0][0] == ["Answer", "People"]
    assert "%" not in str(few)
    assert "%" not in said(paper, "Rank these")
    many = tables(paper, "The plan is right")
    assert many[0][0] == ["Answer", "People", "Share of those who answered", "95% interval"]
    assert many[0][1][1:] == ["25", "64%", "48% to 77%"]


async def test_rounds_stand_side_by_side(pack: Pack) -> None:
    await second_round()
    first = tables(await made(pack), "The plan is right")[0]
    assert first[0] == ["Answer", "All rounds", "Round 1", "Round 2"]
    assert first[2] == ["Agree", "16 (36%)", "10 (26%)", "6"]


async def test_it_says_who_answered_and_what_that_cannot_tell(pack: Pack) -> None:
    consultation = await surveys.consultation(SLUG)
    people = (Line("Agree", 500, "strongly_agree"), Line("Disagree", 500, "disagree"))
    told = ReachTable("plan", Unit.PEOPLE, "Census 2021", date(2021, 3, 21), "", people)
    await store.add_reach_table(consultation, told, by=BY, now=NOW)
    paper = await made(pack)
    assert ["Online form", "36", "36"] in tables(paper, "Who answered")[0]
    words = said(paper, "Who answered")
    assert "72 responses came in, and 72 were analysed." in words
    assert "“Disagree” falls short of its share: 3 of 28" in words
    assert CANNOT_TELL in words
    assert "most: 55% to 89%" in said(paper, "In words")
    assert "Not a sample of anyone." in "\n".join(each.text for each in paper.paragraphs)


async def test_what_is_hidden_is_hidden_in_words_charts_and_tables(pack: Pack) -> None:
    paper = await made(pack, full=False)
    first = tables(paper, "Do you have a faith?")[0]
    assert first[1][1:] == ["hidden", "hidden"]
    assert "1 person" not in said(paper, "Do you have a faith?")
    assert "hidden" in said(paper, "How to read these figures")


async def test_a_narrowing_is_said_in_the_document(pack: Pack) -> None:
    paper = await made(pack, narrowing=Narrowing(rounds=(1,)))
    assert "only these: round 1." in "\n".join(each.text for each in paper.paragraphs[:5])
    assert ARABIC in said(paper, "The questions")


async def test_nothing_came_in_is_a_document_too(pack: Pack) -> None:
    paper = await made(pack, narrowing=Narrowing(channels=("paper",)))
    assert "Made of 0 analysed responses" in "\n".join(each.text for each in paper.paragraphs[:5])


def test_several_charts_are_drawn_at_once() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="9" viewBox="0 0 {0} 9"/>'
    first, second = as_pngs([svg.format(100), svg.format(200)])
    assert (as_pngs([]), first[:4]) == ([], b"\x89PNG")
    wide = [struct.unpack(">I", png[16:20])[0] for png in (first, second)]
    assert wide[1] - wide[0] == 200
