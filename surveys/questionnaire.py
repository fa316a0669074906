"""What is asked: a questionnaire as a frozen tree, read from and written to native JSON."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeAlias, get_args

import msgspec
from msgspec import Struct

Text: TypeAlias = str | dict[str, str]
"""Words for people: one string, or a string for each language code."""

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
OTHER = "other"
DONT_KNOW = "dont_know"
RESERVED = frozenset({OTHER, DONT_KNOW})


class Layout(StrEnum):
    PAGED = "paged"
    SINGLE = "single"


class Option(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    value: str
    text: Text
    exclusive: bool = False


class Row(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    value: str
    text: Text


class Condition(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One node of a condition tree: a test of one question, or `all`, `any` or `not` of others."""

    question: str | None = None
    is_: str | int | float | None = msgspec.field(name="is", default=None)
    is_not: str | int | float | None = None
    includes: str | None = None
    at_least: int | float | str | None = None
    at_most: int | float | str | None = None
    answered: bool | None = None
    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: "Condition | None" = msgspec.field(name="not", default=None)

    def __post_init__(self) -> None:
        joined = [part for part in (self.all, self.any, self.not_) if part is not None]
        if self.question is None:
            if len(joined) != 1 or self.test is not None:
                raise ValueError("a condition needs one of question, all, any or not")
            if () in joined:
                raise ValueError("all and any need at least one condition")
        elif joined or self.test is None:
            raise ValueError(
                "a condition on a question needs exactly one of is, is_not, includes, at_least, "
                "at_most or answered"
            )

    @property
    def test(self) -> tuple[str, Any] | None:
        """The one test as (name, value), like `("is", "yes")`; None unless there is just one."""
        given = (
            ("is", self.is_),
            ("is_not", self.is_not),
            ("includes", self.includes),
            ("at_least", self.at_least),
            ("at_most", self.at_most),
            ("answered", self.answered),
        )
        tests = [each for each in given if each[1] is not None]
        return tests[0] if len(tests) == 1 else None


class Asked(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What every question has, whatever its type."""

    key: str
    text: Text
    hint: Text = ""
    required: bool = False
    show_if: Condition | None = None
    special_category: bool = False


class ShortText(Asked, frozen=True, tag_field="type", tag="text"):
    max_length: int = 500


class LongText(Asked, frozen=True, tag_field="type", tag="long_text"):
    """With `max_words` the count that people see is of words; `max_length` holds all the same."""

    max_length: int = 10_000
    max_words: int | None = None


class Number(Asked, frozen=True, tag_field="type", tag="number"):
    min: int | float | None = None
    max: int | float | None = None
    whole: bool = False
    unit: Text = ""


class Date(Asked, frozen=True, tag_field="type", tag="date"):
    min: str | None = None
    max: str | None = None


class Email(Asked, frozen=True, tag_field="type", tag="email"):
    pass


class Postcode(Asked, frozen=True, tag_field="type", tag="postcode"):
    pass


class Single(Asked, frozen=True, tag_field="type", tag="single"):
    options: tuple[Option, ...]
    other: bool = False
    random_order: bool = False


class Multiple(Asked, frozen=True, tag_field="type", tag="multiple"):
    options: tuple[Option, ...]
    other: bool = False
    min_choices: int | None = None
    max_choices: int | None = None
    random_order: bool = False


class Dropdown(Asked, frozen=True, tag_field="type", tag="dropdown"):
    options: tuple[Option, ...]
    other: bool = False
    random_order: bool = False


class Likert(Asked, frozen=True, tag_field="type", tag="likert"):
    scale: str | tuple[Option, ...]
    no_opinion: bool = False


class Grid(Asked, frozen=True, tag_field="type", tag="grid"):
    rows: tuple[Row, ...]
    scale: str | tuple[Option, ...]
    no_opinion: bool = False
    random_order: bool = False


class Ranking(Asked, frozen=True, tag_field="type", tag="ranking"):
    options: tuple[Option, ...]
    max_choices: int | None = None
    random_order: bool = False


class Upload(Asked, frozen=True, tag_field="type", tag="upload"):
    """Files, up to `max_files` of at most `max_megabytes` each. `accept` names kinds of file;
    empty means every kind that is taken at all."""

    accept: tuple[str, ...] = ()
    max_files: int = 1
    max_megabytes: int = 10


class Map(Struct, frozen=True, forbid_unknown_fields=True):
    """A picture of a map with north up: its address, what it shows in words, and the degrees
    (WGS 84) of its edges, between which it is taken to be even."""

    image: str
    text: Text
    west: float
    south: float
    east: float
    north: float


class Location(Asked, frozen=True, tag_field="type", tag="location"):
    map: Map | None = None


class Statement(Asked, frozen=True, tag_field="type", tag="statement"):
    pass


Question: TypeAlias = (
    ShortText
    | LongText
    | Number
    | Date
    | Email
    | Postcode
    | Single
    | Multiple
    | Dropdown
    | Likert
    | Grid
    | Ranking
    | Upload
    | Location
    | Statement
)

KINDS: Mapping[str, type[Question]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(Question)
}
"""Every type of question by the contract's name."""

Choice: TypeAlias = Single | Multiple | Dropdown
Scaled: TypeAlias = Likert | Grid


class Strand(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One of the parts that a consultation falls into, with what is proposed in it. Pages and
    documents name the strand that they belong to by its key."""

    key: str
    title: Text
    text: Text = ""
    proposals: tuple[Row, ...] = ()


class Page(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`key` tells pages apart while officers edit; files from elsewhere may leave it out."""

    title: Text
    questions: tuple[Question, ...]
    key: str = ""
    strand: str = ""


class Questionnaire(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    title: Text
    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    layout: Layout = Layout.PAGED
    strands: tuple[Strand, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order asked, statements included."""
        return tuple(question for page in self.pages for question in page.questions)

    def by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.questions}


def say(text: Text, language: str) -> str:
    """The words in `language`, else in the first language they are given in."""
    if isinstance(text, str):
        return text
    return text.get(language) or next((words for words in text.values() if words), "")


def spoken(text: Text, language: str, *, default: str) -> str:
    """The language that `say` would answer in; a plain string is in the questionnaire's default."""
    if isinstance(text, str):
        return default
    return language if text.get(language) else next((key for key, w in text.items() if w), default)


def type_name(question: Question) -> str:
    """The contract's name of the question's type, like `long_text`."""
    return str(question.__struct_config__.tag)
