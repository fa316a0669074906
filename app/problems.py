"""What went wrong, in words: problems that the reader can mend, and refusals that rules demand."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

from app.speech import ENGLISH, Part, Speech, speech


class Problem(Struct, frozen=True):
    """Something the reader can mend. `place` is the field's name, `words` say what to do."""

    place: str
    words: str


def problem_at(problems: Sequence[Problem], place: str) -> dict[str, str] | None:
    """The first problem at a field, as the govuk macros take an errorMessage; None without one."""
    return next(({"text": one.words} for one in problems if one.place == place), None)


class Refusal(Exception):  # noqa: N818 (a refusal is named as a sentence, like RoundClosed)
    """The rules say no. Turned into a page, JSON or a line on the terminal in one place."""

    status: ClassVar[int] = 409
    title: ClassVar[str] = "This cannot be done"
    unusable: ClassVar[bool] = False
    """Whether what was given can be used for nothing, which ends a command with 2."""

    def __init__(self, english: str, /, **parts: Part) -> None:
        super().__init__(english)
        self._english, self._parts = english, parts

    @property
    def words(self) -> str:
        return self.said(speech(ENGLISH))

    def said(self, speaks: Speech) -> str:
        """Why not, in the reader's language where the sentence is in its catalogue."""
        return speaks.say(self._english, **self._parts)
