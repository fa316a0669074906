"""What went wrong, in words: problems that the reader can mend, and refusals that rules demand."""

from typing import ClassVar

from msgspec import Struct


class Problem(Struct, frozen=True):
    """Something the reader can mend. `place` is the field's name, `words` say what to do."""

    place: str
    words: str


class Refusal(Exception):  # noqa: N818 (a refusal is named as a sentence, like RoundClosed)
    """The rules say no. Turned into a page, JSON or a line on the terminal in one place."""

    status: ClassVar[int] = 409
    title: ClassVar[str] = "This cannot be done"

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
