"""Words on paper with the language that they are in, so that they are read aloud and set by it."""

from msgspec import Struct

from app.speech import Speech
from surveys.marked import Marked
from surveys.question_view import Words


class Said(Struct, frozen=True):
    """A paragraph, or part of one; `\\n` ends a line within it."""

    text: str
    lang: str


def said(words: Marked | Words, speaks: Speech) -> Said:
    return Said(words.text.strip(), words.lang or speaks.language)


def paragraphs(words: Marked | Words, speaks: Speech) -> tuple[Said, ...]:
    """One for each part that an empty line sets apart."""
    parts = (part.strip() for part in words.text.replace("\r\n", "\n").split("\n\n"))
    return tuple(Said(part, words.lang or speaks.language) for part in parts if part)


def own(words: str, speaks: Speech) -> Said:
    """The program's own words."""
    return Said(words, speaks.language)
