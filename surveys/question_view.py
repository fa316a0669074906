"""A question as a page shows it: its words in one language, what was answered, what is wrong."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from app.speech import Speech
from surveys.map_view import MapView
from surveys.upload_view import UploadView

MOST_SIDE_BY_SIDE = 7
SHORTEST_WORDS = 4


class Words(Struct, frozen=True):
    """Words of the questionnaire; `lang` is None where they are in the language that the field
    speaks."""

    text: str
    lang: str | None = None


class ChoiceView(Struct, frozen=True):
    value: str
    words: Words
    chosen: bool
    exclusive: bool = False


class PartView(Struct, frozen=True):
    """One field of a question with several: a grid's row, a ranked option, an “other” text."""

    name: str
    words: Words
    typed: str
    error: str | None
    choices: tuple[ChoiceView, ...] = ()

    @property
    def side_by_side(self) -> bool:
        """Whether a row's points stand beside each other where the window is wide enough: not
        where they are so many that their words would be squeezed."""
        short = all(len(choice.words.text) <= SHORTEST_WORDS for choice in self.choices)
        return short or len(self.choices) <= MOST_SIDE_BY_SIDE


class QuestionView(Struct, frozen=True, kw_only=True):
    """`typed` is the answer of a one-field question; `day` a date's three parts. `hints` are said
    under the question. `condition` is what is left to decide by other answers on the page, as
    JSON, and `when` says it in words. `speech` says the words around the questionnaire's own."""

    key: str
    type: str
    words: Words
    speech: Speech
    hints: tuple[Words, ...]
    required: bool
    alone: bool = False
    typed: str = ""
    day: Mapping[str, str]
    choices: tuple[ChoiceView, ...] = ()
    parts: tuple[PartView, ...] = ()
    other: PartView | None = None
    error: str | None = None
    when: str = ""
    condition: str = ""
    points: str = ""
    max_length: int | None = None
    max_words: int | None = None
    upload: UploadView | None = None
    map: MapView | None = None
    map_words: Words | None = None
    varies: bool = False
    whole: bool = False
    unit: Words | None = None

    def message(self, error: str | None) -> dict[str, str] | None:
        """A problem as the govuk macros take an errorMessage."""
        said = {"text": error or "", "visuallyHiddenText": self.speech.say("Error")}
        return said if error else None

    @property
    def left(self) -> str:
        """How many characters or words are left: every form of the sentence, as JSON."""
        if self.max_words:
            return _json(self.speech.forms("You have {n} word left", "You have {n} words left"))
        return _json(
            self.speech.forms("You have {n} character left", "You have {n} characters left")
        )

    @property
    def over(self) -> str:
        """The same of how many there are too many."""
        if self.max_words:
            return _json(
                self.speech.forms("You have {n} word too many", "You have {n} words too many")
            )
        return _json(
            self.speech.forms("You have {n} character too many", "You have {n} characters too many")
        )


def _json(forms: Mapping[str, str]) -> str:
    return msgspec.json.encode(forms).decode()
