"""Translating a questionnaire: each of its texts with a name for where it stands, what it says in
another language, and the operation that writes translations down."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from app.languages import named_in_english
from surveys.drafting.applying import cover_of
from surveys.drafting.operations import ChangePage, ChangeQuestion, Operation, Several
from surveys.questionnaire import (
    Grid,
    Likert,
    Map,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    Statement,
    Strand,
    Text,
    say,
)
from surveys.scales import SCALES
from surveys.translated import TEXT_FIELDS
from surveys.typed import shortened, tidy

T = TypeVar("T", bound=Struct)
Telling: TypeAlias = Callable[[str, Text], Text]
"""What a text becomes, by its place."""

COVER = ""
"""The key of the sheet with the title and the strands."""

_READ = ("title", "text", "hint", "unit", "options", "rows", "scale", "map", "proposals")
_LABELS: Mapping[tuple[str, str], str] = {
    ("title", ""): "Title",
    ("strands", "title"): "Strand",
    ("strands", "text"): "About the strand",
    ("strands", "proposals"): "Proposal",
    ("pages", "title"): "Page title",
    ("questions", "text"): "Question",
    ("questions", "hint"): "Hint",
    ("questions", "unit"): "Unit",
    ("questions", "options"): "Option",
    ("questions", "scale"): "Point of the scale",
    ("questions", "rows"): "Row",
    ("questions", "map"): "What the map shows",
}


class Line(Struct, frozen=True):
    """A text in the default language, `words`, and in another, `said`. Its place stays the same
    while keys and values do."""

    place: str
    label: str
    words: str
    said: str

    @property
    def is_missing(self) -> bool:
        return bool(self.words.strip()) and not self.said.strip()


class Group(Struct, frozen=True):
    """The texts of one question, or of one strand. A question asked has a number. `scale` names
    the built-in scale of a question that does not speak the language."""

    key: str
    number: int
    lines: tuple[Line, ...]
    scale: str = ""


class Sheet(Struct, frozen=True):
    """What is translated on one page: the title and the strands, or a page of questions. Pages
    are numbered from 1."""

    key: str
    number: int
    words: str
    groups: tuple[Group, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def missing(self) -> int:
        return sum(line.is_missing for line in self.lines)


class Standing(Struct, frozen=True):
    """How far a language has come. `scales` counts the questions whose built-in scale does not
    speak it."""

    texts: int
    missing: int
    scales: int

    @property
    def written(self) -> int:
        return self.texts - self.missing


class Edit(Struct, frozen=True):
    """What somebody made of the translation at a place: how it was, and how it should be."""

    place: str
    was: str
    mine: str


class Clash(Struct, frozen=True):
    """A translation that two people changed, each in their own way."""

    place: str
    was: str
    theirs: str
    mine: str


class Settled(Struct, frozen=True):
    """`operation` is None where nothing changes. `gone` are edits of texts that are not there any
    more."""

    operation: Operation | None
    clashes: tuple[Clash, ...]
    gone: tuple[Edit, ...]


def sheets(questionnaire: Questionnaire, language: str) -> tuple[Sheet, ...]:
    """Every text beside its translation; the first sheet is the title and the strands."""
    default = questionnaire.languages[0]
    asked = [each.key for each in questionnaire.questions if not isinstance(each, Statement)]
    numbers = {key: number for number, key in enumerate(asked, start=1)}

    def lines(found: Mapping[str, Text]) -> tuple[Line, ...]:
        each = (_line(place, text, language, default) for place, text in found.items())
        return tuple(line for line in each if line.words.strip())

    def group(question: Question) -> Group:
        scale = silent_scale(question, language)
        found = lines(_found(question, f"questions.{question.key}"))
        if isinstance(question, Statement):
            found = tuple(replace(line, label=_labelled(line)) for line in found)
        return Group(question.key, numbers.get(question.key, 0), found, scale)

    cover = (
        Group("", 0, lines({"title": questionnaire.title})),
        *(Group(s.key, 0, lines(_found(s, f"strands.{s.key}"))) for s in questionnaire.strands),
    )
    pages = (
        Sheet(
            page.key,
            number,
            say(page.title, default),
            (Group("", 0, lines({_title(page): page.title})), *map(group, page.questions)),
        )
        for number, page in enumerate(questionnaire.pages, start=1)
    )
    return (Sheet(COVER, 0, "", cover), *pages)


def next_missing(every: tuple[Sheet, ...], after: str) -> Sheet | None:
    """The next sheet on which anything is missing, from the start again after the last; None
    where nothing is missing at all."""
    keys = [sheet.key for sheet in every]
    at = keys.index(after) + 1 if after in keys else 0
    return next((sheet for sheet in (*every[at:], *every[:at]) if sheet.missing), None)


def standing(every: tuple[Sheet, ...]) -> Standing:
    """Of all the sheets of a language."""
    groups = [group for sheet in every for group in sheet.groups]
    lines = [line for group in groups for line in group.lines]
    return Standing(
        texts=len(lines),
        missing=sum(line.is_missing for line in lines),
        scales=sum(bool(group.scale) for group in groups),
    )


def silent_scale(question: Question, language: str) -> str:
    """The built-in scale of the question where it has no words in the language; else nothing."""
    if not isinstance(question, Likert | Grid) or not isinstance(question.scale, str):
        return ""
    told = SCALES[question.scale][0].text
    return "" if isinstance(told, dict) and language in told else question.scale


def every_text(questionnaire: Questionnaire) -> Mapping[str, Text]:
    """Every text by its place."""
    return _noted(lambda telling: _whole(questionnaire, telling))


def label_of(place: str) -> str:
    """What stands at the place, like “Hint”."""
    head, _, rest = place.partition(".")
    parts = rest.split(".", 2)
    return _LABELS[head, parts[1] if len(parts) > 1 else ""]


def translated(questionnaire: Questionnaire, language: str, edits: Iterable[Edit]) -> Settled:
    """What the edits come to in the questionnaire as it is now. Nothing that somebody else wrote
    since is overwritten: that is a clash. In the default language nothing is a translation."""
    default = questionnaire.languages[0]
    there = every_text(questionnaire) if language in questionnaire.languages[1:] else {}
    wanted: dict[str, str] = {}
    clashes, gone = [], []
    for edit in edits:
        if edit.mine == edit.was:
            continue
        if edit.place not in there:
            gone.append(edit)
            continue
        now = tidy(said_in(there[edit.place], language, default))
        if now == edit.was:
            wanted[edit.place] = edit.mine
        elif now != edit.mine:
            clashes.append(Clash(edit.place, edit.was, now, edit.mine))
    return Settled(_written(questionnaire, language, wanted), tuple(clashes), tuple(gone))


def said_in(text: Text, language: str, default: str) -> str:
    """The words in this very language; a plain string is in the default."""
    if isinstance(text, str):
        return text if language == default else ""
    return text.get(language, "")


def _written(
    questionnaire: Questionnaire, language: str, wanted: Mapping[str, str]
) -> Operation | None:
    default = questionnaire.languages[0]

    def telling(place: str, text: Text) -> Text:
        return with_translation(text, language, wanted[place], default) if place in wanted else text

    anew = _whole(questionnaire, telling)
    heads = replace(anew, pages=()), replace(questionnaire, pages=())
    steps: list[Operation] = [cover_of(anew)] if heads[0] != heads[1] else []
    steps += [
        ChangePage(new.key, new.title, new.strand)
        for old, new in zip(questionnaire.pages, anew.pages, strict=True)
        if old.title != new.title
    ]
    steps += [
        ChangeQuestion(new.key, new)
        for old, new in zip(questionnaire.questions, anew.questions, strict=True)
        if old != new
    ]
    return Several(tuple(steps)) if steps else None


def translation_words(before: Questionnaire, after: Questionnaire) -> str:
    """Like “Translated 3 texts into Welsh (Cymraeg)”; nothing where anything else was changed."""
    default = before.languages[0]
    if _untranslated(before) != _untranslated(after):
        return ""
    now = every_text(after)
    changed = {
        place: [
            code
            for code in before.languages[1:]
            if said_in(text, code, default) != said_in(now[place], code, default)
        ]
        for place, text in every_text(before).items()
        if text != now[place]
    }
    languages = dict.fromkeys(code for codes in changed.values() for code in codes)
    if not languages:
        return ""
    one = f"‘{shortened(say(now[next(iter(changed))], default))}’"
    what = one if len(changed) == 1 else f"{len(changed)} texts"
    return f"Translated {what} into {' and '.join(map(named_in_english, languages))}"


def _untranslated(questionnaire: Questionnaire) -> Questionnaire:
    default = questionnaire.languages[0]
    return _whole(questionnaire, lambda _, text: said_in(text, default, default))


def with_translation(text: Text, language: str, words: str, default: str) -> Text:
    """The text saying `words` in the language; without words it is not in that language."""
    spelt = {default: text} if isinstance(text, str) else text
    if words:
        return {**spelt, language: words}
    if isinstance(text, str):
        return text
    return {code: said for code, said in text.items() if code != language}


def _whole(questionnaire: Questionnaire, telling: Telling) -> Questionnaire:
    strands = tuple(_told(s, f"strands.{s.key}", telling) for s in questionnaire.strands)
    title = telling("title", questionnaire.title)
    pages = tuple(_page(page, telling) for page in questionnaire.pages)
    return replace(questionnaire, title=title, strands=strands, pages=pages)


def _page(page: Page, telling: Telling) -> Page:
    asked = tuple(_told(each, f"questions.{each.key}", telling) for each in page.questions)
    return replace(page, title=telling(_title(page), page.title), questions=asked)


def _title(page: Page) -> str:
    return f"pages.{page.key}.title"


def _found(part: Question | Strand, at: str) -> Mapping[str, Text]:
    return _noted(lambda telling: _told(part, at, telling))


def _noted(walk: Callable[[Telling], object]) -> Mapping[str, Text]:
    """The texts that a walk comes by."""
    found: dict[str, Text] = {}

    def telling(place: str, text: Text) -> Text:
        found[place] = text
        return text

    walk(telling)
    return found


def _told(part: T, at: str, telling: Telling) -> T:
    """The part with each of its texts told anew."""
    anew: dict[str, Any] = {}
    for name in _telling_fields(type(part)):
        value, place = getattr(part, name), f"{at}.{name}"
        if name in TEXT_FIELDS and value:
            anew[name] = telling(place, value)
        elif isinstance(value, Map):
            anew[name] = _told(value, place, telling)
        elif isinstance(value, tuple) and value and isinstance(value[0], Option | Row):
            anew[name] = tuple(_told(each, f"{place}.{each.value}", telling) for each in value)
    return replace(part, **anew)


def _labelled(line: Line) -> str:
    """A statement asks nothing, so that its text is no question."""
    return "Words" if line.place.endswith(".text") else line.label


@cache
def _telling_fields(kind: type[Struct]) -> tuple[str, ...]:
    """The fields that hold texts or parts with texts, in the order in which they are read."""
    return tuple(name for name in _READ if name in kind.__struct_fields__)


def _line(place: str, text: Text, language: str, default: str) -> Line:
    said = said_in(text, language, default)
    return Line(place, label_of(place), say(text, default), said)
