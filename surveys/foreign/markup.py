"""HTML made plain: paragraphs, lists, links and pictures as text, and what could not be."""

import html
import re
from collections.abc import Mapping

from msgspec import Struct

from surveys.typed import tidy

# Python's own HTML parser takes half a minute over 50,000 characters of unclosed tags. What is
# needed here is little: tags that are closed, read once from left to right.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""(?<![a-zA-Z-])([a-zA-Z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_BLANKS = re.compile(r"\s+")
_LONGEST_TAG = 2_000
# Like LimeSurvey, a brace with a blank inside begins no expression.
EXPRESSION = re.compile(r"\{([^\s{}][^{}]*)\}")
_SKIPPED = {"script": "scripts", "style": "styles", "noscript": "", "head": "", "title": ""}
_OPENING = re.compile(r"<!--|<(script|style|noscript|head|title)(?=[\s>/])", re.IGNORECASE)
_ENDINGS: Mapping[str, re.Pattern[str]] = {
    "": re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in _SKIPPED},
}
_BREAKS: Mapping[str, str] = {
    "br": "\n",
    "tr": "\n",
    "hr": "\n\n",
    "ul": "\n",
    "ol": "\n",
    "dt": "\n",
    "dd": "\n",
    **dict.fromkeys(("p", "table", "blockquote", "pre"), "\n\n"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "\n\n"),
    **dict.fromkeys(("div", "section", "article", "header", "footer", "form", "fieldset"), "\n"),
}
_LOST = {
    "iframe": "embedded pages",
    "object": "embedded objects",
    "embed": "embedded objects",
    "video": "videos",
    "audio": "sound",
    "canvas": "drawings",
    "svg": "drawings",
    "input": "form fields",
    "select": "form fields",
    "textarea": "form fields",
    "button": "buttons",
}


class Plain(Struct, frozen=True):
    """Text without markup, and what was in it that text cannot hold, like “scripts”."""

    text: str
    lost: tuple[str, ...] = ()


def without_programs(source: str) -> Plain:
    """The HTML without scripts, styles and comments, which may hold braces that mean nothing."""
    kept: list[str] = []
    lost: list[str] = []
    place = 0
    while found := _OPENING.search(source, place):
        name = (found[1] or "").lower()
        kept.append(source[place : found.start()])
        lost += [_SKIPPED[name]] if name in _SKIPPED else []
        ending = _ENDINGS[name].search(source, found.end())
        place = ending.end() if ending else len(source)
    kept.append(source[place:])
    return Plain("".join(kept), tuple(dict.fromkeys(what for what in lost if what)))


def without_expressions(source: str) -> str:
    """The HTML with “…” for each `{…}`, which LimeSurvey fills with earlier answers."""
    return EXPRESSION.sub("…", source)


def plain(source: str) -> Plain:
    """The words of some HTML: paragraphs parted by blank lines, lists with dashes or numbers,
    links with their addresses, pictures by their descriptions."""
    kept = without_programs(source)
    reading = _Reading()
    place = 0
    for tag in _TAG.finditer(kept.text):
        reading.words(kept.text[place : tag.start()])
        reading.tag(tag[2].lower(), tag[3], closing=bool(tag[1]))
        place = tag.end()
    reading.words(kept.text[place:])
    lost = dict.fromkeys((*kept.lost, *reading.lost))
    return Plain(_evened("".join(reading.parts)), tuple(lost))


def _evened(text: str) -> str:
    lines = [" ".join(line.split()) for line in tidy(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reading:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lost: list[str] = []
        self._lists: list[int] = []
        self._link: tuple[str, int] | None = None
        self._cells = 0

    def words(self, source: str) -> None:
        # A line break in HTML is a blank; the breaks that show are tags.
        if source:
            self.parts.append(_BLANKS.sub(" ", html.unescape(source)))

    def tag(self, name: str, settings: str, *, closing: bool) -> None:
        if name in _LOST:
            self.lost += [] if closing else [_LOST[name]]
        elif name == "img":
            self._picture(_attributes(settings))
        elif name == "a":
            self._end_link() if closing else self._begin_link(_attributes(settings))
        elif name in ("td", "th"):
            self._cell(closing=closing)
        elif name == "li":
            self._item(closing=closing)
        elif name in _BREAKS:
            self._break(name, closing=closing)

    def _picture(self, settings: Mapping[str, str]) -> None:
        described = settings.get("alt", "").strip()
        if described:
            self.parts.append(f" [{described}] ")
        self.lost.append("pictures (their descriptions stand)" if described else "pictures")

    def _begin_link(self, settings: Mapping[str, str]) -> None:
        self._link = (settings.get("href", "").strip(), len(self.parts))

    def _end_link(self) -> None:
        if self._link is None:
            return
        address, begun = self._link
        words = "".join(self.parts[begun:]).strip()
        self._link = None
        shown = address.removeprefix("mailto:")
        if address.startswith(("http://", "https://", "mailto:")) and shown != words:
            self.parts.append(f" ({shown})" if words else shown)
        elif address and not address.startswith(("http://", "https://", "mailto:", "#")):
            self.lost.append("links that lead nowhere outside LimeSurvey")

    def _cell(self, *, closing: bool) -> None:
        if not closing:
            self.parts.append(" | " if self._cells else "")
            self._cells += 1

    def _item(self, *, closing: bool) -> None:
        if closing:
            return
        number = self._lists[-1] if self._lists else 0
        if number:
            self._lists[-1] += 1
        self.parts.append(f"\n{number}. " if number else "\n- ")

    def _break(self, name: str, *, closing: bool) -> None:
        if name in ("ul", "ol"):
            self._nest(name, closing=closing)
        if name == "tr":
            self._cells = 0
        self.parts.append(_BREAKS[name])

    def _nest(self, name: str, *, closing: bool) -> None:
        if not closing:
            self._lists.append(1 if name == "ol" else 0)
        elif self._lists:
            self._lists.pop()


def _attributes(settings: str) -> Mapping[str, str]:
    return {
        name.lower(): html.unescape(value.strip("\"'"))
        for name, value in _ATTRIBUTE.findall(settings[:_LONGEST_TAG])
    }
