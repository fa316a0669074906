"""One entry of the bank: questions that belong together, where they come from, when to ask."""

from enum import StrEnum

from msgspec import Struct

from surveys.questionnaire import Option, Question

PREFER_NOT = "prefer_not_to_say"


class About(StrEnum):
    """What an entry asks about, which is how the bank is parted."""

    PEOPLE = "About the person"
    PLACE = "Where they live"
    ORGANISATION = "About an organisation"


class Source(Struct, frozen=True):
    """Who made the question, when, and how ours differs from theirs."""

    name: str
    date: str
    adapted: str


class Entry(Struct, frozen=True, kw_only=True):
    """`why` says what the answers are good for and when to ask. Where `questions` are several, a
    later one may depend on an earlier."""

    name: str
    about: About
    why: str
    source: Source
    questions: tuple[Question, ...]

    @property
    def key(self) -> str:
        """Its first question's key, which no other entry has."""
        return self.questions[0].key

    @property
    def special_category(self) -> bool:
        return any(question.special_category for question in self.questions)


def option(value: str, english: str, welsh: str, *, exclusive: bool = False) -> Option:
    return Option(value, {"en": english, "cy": welsh}, exclusive)


def options(*given: tuple[str, str, str]) -> tuple[Option, ...]:
    """The options by value, English and Welsh, and then “prefer not to say”."""
    refusal = option(PREFER_NOT, "Prefer not to say", "Mae’n well gen i beidio â dweud")
    return (*(option(*each) for each in given), refusal)
