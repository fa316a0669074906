"""Which languages a form is in, and its labels as our texts."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from msgspec import Struct

from app.languages import language_name
from surveys.foreign.markup import plain
from surveys.foreign.notebook import Notebook, Place
from surveys.questionnaire import Text
from surveys.typed import on_one_line, shortened
from surveys.xlsform.workbook import unmasked

_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*$")
_BARE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_REFERENCE = re.compile(r"\$\{[^{}]*\}")
# No mark stands inside what it marks, so that one that is never closed is not looked for in vain.
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]{1,1000})(?<=\S)\1(?![\w*_])")
_STRONG = re.compile(r"\*\*(?=\S)([^*]{1,1000})(?<=\S)\*\*|__(?=\S)([^_]{1,1000})(?<=\S)__")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
# A mark after a backslash is only itself. It wears a private character while marks are read.
_MARK = re.compile(r"[\\*_#\[]")
_ESCAPED = re.compile(r"\\([\\*_#\[])")
_MARKS = str.maketrans("\\*_#[", "\ue0f4\ue0f5\ue0f6\ue0f7\ue0f8")
_WORN = str.maketrans("\ue0f4\ue0f5\ue0f6\ue0f7\ue0f8", "\\*_#[")
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")
UNNAMED = "default"
TRANSLATED = ("label", "hint")


class Languages(Struct, frozen=True):
    """The code of each language by its name in the form, the default first."""

    codes: Mapping[str, str]

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.codes.values()))

    def text(self, label: Any, place: Place, notebook: Notebook) -> Text:
        """A label or hint in plain words, the default language first; empty for none."""
        said = {self.codes.get(name, ""): words for name, words in _by_name(label).items()}
        plainly = {code: _plainly(words, place, notebook) for code, words in said.items() if code}
        kept = {code: plainly[code] for code in self.all if plainly.get(code)}
        default = self.all[0]
        if kept and default not in kept:
            other = next(iter(kept))
            notebook.note(place, f"Has no words in ‘{default}’, so those in ‘{other}’ stand there")
            kept = {default: kept[other], **kept}
        return kept if len(kept) > 1 else next(iter(kept.values()), "")

    def line(self, label: Any, place: Place, notebook: Notebook) -> Text:
        text = self.text(label, place, notebook)
        if isinstance(text, str):
            return on_one_line(text)
        return {language: on_one_line(words) for language, words in text.items()}


def _by_name(label: Any) -> Mapping[str, str]:
    if isinstance(label, Mapping):
        return {str(name): unmasked(str(words)) for name, words in label.items()}
    return {UNNAMED: unmasked(str(label))} if label else {}


def _plainly(words: str, place: Place, notebook: Notebook) -> str:
    if _REFERENCE.search(words):
        notebook.note(place, "Repeated an earlier answer in its text. “…” stands there now")
    marked = _unmarked(_REFERENCE.sub("…", words))
    # In a sheet a line break shows; in HTML it is a blank.
    read = plain(marked.replace("\n", "<br>"))
    if read.lost:
        notebook.note(place, f"Left out of its text: {', '.join(read.lost)}")
    return read.text


def _unmarked(words: str) -> str:
    """Markdown, as programs for forms show it, as plain words."""
    kept = _ESCAPED.sub(lambda found: found[1].translate(_MARKS), words)
    linked = _HEADING.sub("", _LINK.sub(r"\1 (\2)", kept))
    return _STRONG.sub(r"\1\2", _EMPHASIS.sub(r"\2", linked)).translate(_WORN)


def languages_of(tree: Mapping[str, Any], notebook: Notebook) -> Languages:
    """The default language of the settings first, then each as it is first met."""
    met = list(dict.fromkeys(_names(tree.get("children", ()))))
    named = str(tree.get("default_language") or UNNAMED)
    if named == UNNAMED and UNNAMED not in met:
        named = next(iter(met), UNNAMED)
    codes: dict[str, str] = {}
    for name in dict.fromkeys([named, *met]):
        if name == UNNAMED:
            continue
        codes[name] = _code(name, len(codes))
        if codes[name].startswith("mis-"):
            what = f"The language ‘{shortened(name, 60)}’ has no known code. Give it one"
            notebook.note(Place("The settings"), f"{what}: it is ‘{codes[name]}’ now")
    unnamed = "en" if "en" not in codes.values() else "mis"
    return Languages({UNNAMED: codes.get(named, unnamed), **codes})


def _names(children: Any) -> Iterator[str]:
    """The languages of all words, in the order met; those in none are in the default one."""
    for child in children:
        for part in (child, *child.get("choices", ())):
            for name in TRANSLATED:
                yield from _by_name(part.get(name))
        yield from _names(child.get("children", ()))


def _code(name: str, number: int) -> str:
    if found := _CODE.search(name):
        return found[1]
    plain_name = name.strip()
    if _BARE_CODE.fullmatch(plain_name) and plain_name in _codes_by_name().values():
        return plain_name
    known = _codes_by_name().get(plain_name.casefold())
    # `mis` is the standard's code for a language that has none.
    return known or f"mis-x{number:02d}"


@cache
def _codes_by_name() -> Mapping[str, str]:
    """Each language by its English name, after the CLDR, and the commoner ones by their own."""
    english = Locale("en").languages
    named = {str(code): str(name) for code, name in english.items() if _plain_code(str(code))}
    own = {language_name(code).casefold(): code for code in named if language_name(code) != code}
    return {**own, **{name.casefold(): code for code, name in named.items()}}


def _plain_code(code: str) -> bool:
    return len(code) in (2, 3) and code.isalpha()


# Asked first, because most words hold nothing of the kind.
_MARKED = re.compile(r"[\\*_]|^#|\]\(", re.MULTILINE)
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!])")
_ENTITY_LIKE = re.compile(r"&(?=#?[A-Za-z0-9]+;)")


def as_label(words: str) -> str:
    """Plain words as a label, where `<` would begin a tag, `${` an earlier answer, and a pair of
    stars a mark."""
    if _MARKED.search(words) and _unmarked(words) != words:
        words = _MARK.sub(r"\\\g<0>", words)
    escaped = _TAG_LIKE.sub("&lt;", _ENTITY_LIKE.sub("&amp;", words))
    return escaped.replace("${", "$ {")


@lru_cache(maxsize=500)
def named_language(code: str) -> str:
    """The name that a form gives a language, like `Welsh (cy)`."""
    name = Locale("en").languages.get(code, code)
    return f"{name} ({code})"
