"""What python-docx leaves out: contents, links, page numbers, repeated headings, described
pictures."""

import io
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from msgspec import Struct

from analysis.pack.packed import printable

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2.2)
TEXT_WIDTH = 9_411
"""Between the margins, in twentieths of a point."""
_WIDTH = Cm(21 - 2 * 2.2)
_INK = RGBColor(0x16, 0x20, 0x2A)
LISTED = 2
LONGEST_ALT = 2_000
LONGEST_PROPERTY = 255


class Grid(Struct, frozen=True):
    """A table: its heading row, and lines whose first cell says what they are of."""

    caption: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


class Paper:
    """A document that is written from its top to its end."""

    def __init__(self, title: str, *, author: str) -> None:
        self._document: Any = Document()
        self._contents: Any = None
        self._listed: list[tuple[int, str, str]] = []
        _set_up(self._document, printable(title), printable(author))

    def title(self, words: str) -> None:
        self._paragraph(words, "Title")

    def heading(self, words: str, level: int) -> None:
        """The first two levels are listed in the contents."""
        paragraph = self._paragraph(words, f"Heading{level}")
        if level > LISTED:
            return
        name = f"_Toc{len(self._listed) + 1:08d}"
        _bookmark(paragraph, name, len(self._listed) + 1)
        self._listed.append((level, printable(words), name))

    def words(self, words: str) -> None:
        if words:
            self._paragraph(words, "")

    def points(self, points: Iterable[str]) -> None:
        for words in points:
            self._paragraph(words, "ListBullet")

    def _paragraph(self, words: str, style_id: str) -> Any:
        # By its id: python-docx takes 5 ms to look for a style's name.
        paragraph = self._document.add_paragraph(printable(words))
        if style_id:
            paragraph._p.style = style_id
        return paragraph

    def contents(self, heading: str) -> None:
        """Here; what it lists is known at the end."""
        # Not a heading itself: contents do not list themselves.
        self._paragraph(heading, "TOCHeading")
        self._contents = self._document.add_paragraph()

    def picture(self, png: bytes, *, title: str, says: str) -> None:
        picture = self._document.add_picture(io.BytesIO(png), width=_WIDTH)
        about = picture._inline.docPr
        about.set("title", printable(title)[:LONGEST_PROPERTY])
        about.set("descr", printable(says)[:LONGEST_ALT])

    def table(self, grid: Grid) -> None:
        made = parse_xml(_table(grid))
        self._document.element.body.insert_element_before(made, "w:sectPr")
        self._document.add_paragraph()

    def made(self) -> bytes:
        if self._contents is not None:
            _list_contents(self._contents, self._listed)
        written = io.BytesIO()
        self._document.save(written)
        return written.getvalue()


def _set_up(document: Any, title: str, author: str) -> None:
    properties = document.core_properties
    properties.title, properties.author = title[:LONGEST_PROPERTY], author[:LONGEST_PROPERTY]
    properties.language, properties.comments = "en-GB", ""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = section.top_margin = MARGIN
    section.bottom_margin = MARGIN
    _number_pages(section.footer.paragraphs[0])
    _set_language(document)
    _set_letters(document)


def _set_language(document: Any) -> None:
    """Of everything, so that it is read aloud and spelled as English."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _set_letters(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "TOC Heading"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Arial", _INK
        # The theme's letters would win over the name.
        fonts = style.element.rPr.rFonts
        for theme in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[theme]


def _number_pages(paragraph: Any) -> None:
    paragraph.add_run("Page ")
    _field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES", "1")


def _field(paragraph: Any, asks: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), asks)
    run = paragraph.add_run(shown)._r
    field.append(run)
    paragraph._p.append(field)


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert_element_before(start, "w:r")
    paragraph._p.append(end)


def _list_contents(first: Any, listed: Sequence[tuple[int, str, str]]) -> None:
    """A field of Word's that it can bring up to date, and that reads well before it does."""
    _mark(first, "begin")
    asks = OxmlElement("w:instrText")
    asks.set(qn("xml:space"), "preserve")
    asks.text = r'TOC \o "1-2" \h \z \u'
    first.add_run()._r.append(asks)
    _mark(first, "separate")
    paragraph = first
    for level, words, name in listed:
        paragraph = _after(paragraph)
        paragraph.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        link.append(paragraph.add_run(words)._r)
        paragraph._p.append(link)
    _mark(paragraph, "end")


def _after(paragraph: Any) -> Any:
    made = type(paragraph)(OxmlElement("w:p"), paragraph._parent)
    paragraph._p.addnext(made._p)
    made.paragraph_format.space_after = Pt(3)
    return made


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _table(grid: Grid) -> str:
    """Put together as text: python-docx takes half a millisecond for each cell."""
    first, rest = _widths(len(grid.heads))
    widths = (first, *[rest] * (len(grid.heads) - 1))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row(grid.heads, widths, is_head=True)]
    rows += [_row(line, widths, is_head=False) for line in grid.lines]
    caption = quoteattr(printable(grid.caption)[:LONGEST_PROPERTY])
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:type="pct" w:w="5000"/><w:tblLook w:val="0620" w:firstRow="1"/>'
        f"<w:tblCaption w:val={caption}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _widths(columns: int) -> tuple[int, int]:
    """Of the first column and of each other, in twentieths of a point."""
    rest = TEXT_WIDTH // max(columns + 1, 5)
    return TEXT_WIDTH - rest * (columns - 1), rest


def _row(cells: Sequence[str], widths: Sequence[int], *, is_head: bool) -> str:
    """No line breaks over two pages, and the headings stand on each."""
    about = f"<w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}"
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{_SHADE if is_head else ""}</w:tcPr>'
        f"<w:p><w:pPr>{_CLOSE}{_RIGHT if at else ''}</w:pPr>"
        f"<w:r>{_BOLD if is_head else _PLAIN}"
        f'<w:t xml:space="preserve">{escape(" ".join(printable(words).split()))}</w:t></w:r>'
        "</w:p></w:tc>"
        for at, (words, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr>{about}</w:trPr>{written}</w:tr>"


_CLOSE = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
_RIGHT = '<w:jc w:val="right"/>'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="eef1f3"/>'
_PLAIN = '<w:rPr><w:sz w:val="19"/></w:rPr>'
_BOLD = '<w:rPr><w:b/><w:sz w:val="19"/></w:rPr>'
