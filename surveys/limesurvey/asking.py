"""What every question of a survey needs on its way: its words, its names and its limits."""

from collections.abc import Mapping
from typing import TypedDict

from msgspec import Struct

from surveys.foreign.notebook import Place
from surveys.foreign.variables import Variable, as_number
from surveys.limesurvey.piping import is_blank
from surveys.limesurvey.survey import Item, LimeQuestion
from surveys.limesurvey.transfer import Options, Transfer, place_of
from surveys.questionnaire import Question, ShortText, Statement, Text, say
from surveys.soundness import MOST_OPTIONS
from surveys.typed import shortened


class Brought(Struct, frozen=True):
    """The questions that one became, and what of it can be tested: by what follows its code in
    LimeSurvey's names, like `SQ001`; of two scales the second is `SQ001#1`."""

    questions: tuple[Question, ...] = ()
    variables: Mapping[str, Variable] = {}


NOTHING = Brought()


class Head(TypedDict):
    key: str
    text: Text
    hint: Text
    required: bool


class Asking(Struct, frozen=True):
    transfer: Transfer
    question: LimeQuestion
    place: Place
    text: Text
    hint: Text
    required: bool

    def note(self, what: str) -> None:
        self.transfer.note(self.place, what)

    def key(self, ending: str = "") -> str:
        code = self.question.code
        if not ending:
            return self.transfer.key(code, self.place)
        return self.transfer.part_key(f"{code}_{ending}", self.place)

    def head(self) -> Head:
        """What every type of question is made with."""
        return {
            "key": self.key(),
            "text": self.text,
            "hint": self.hint,
            "required": self.required,
        }

    def part(self, ending: str, text: Text) -> Head:
        """As `head`, for one of several questions that one becomes; the hint is the first's."""
        return {"key": self.key(ending), "text": text, "hint": "", "required": self.required}

    def options(self, items: tuple[Item, ...], *, most: int = MOST_OPTIONS) -> Options:
        return self.transfer.options(self._in_order(items), self.place, most=most)

    def _in_order(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        question, base = self.question, self.transfer.base
        by_words = question.setting("answer_order") == "alphabetical" or question.is_on("alphasort")
        if not by_words:
            return items
        return tuple(sorted(items, key=lambda item: item.text.get(base, item.code).casefold()))

    @property
    def shuffled(self) -> bool:
        question = self.question
        orders = (question.setting("answer_order"), question.setting("subquestion_order"))
        return question.setting("random_order") in ("1", "2") or "random" in orders

    def words_set(self, name: str) -> Text:
        """The attribute as words, which may be the same in every language."""
        said, languages = self.question.settings.get(name, {}), self.transfer.languages
        raw = {code: said.get(code) or said.get("", "") for code in languages}
        return self.transfer.line({code: words for code, words in raw.items() if words}, self.place)

    def number(self, name: str) -> int | float | None:
        """The attribute as a number; noted where it is worked out from answers."""
        value = self.question.setting(name)
        number = as_number(value) if value else None
        if value and number is None:
            self.note(f"Its limit {name} was worked out (‘{shortened(value, 60)}’), so left out")
        return number

    def count(self, name: str, *, most: int) -> int | None:
        """The attribute as a number from 1 to `most`, None where it sets no limit."""
        number = self.number(name)
        return min(int(number), most) if number is not None and number >= 1 else None

    def introduced(self, parts: tuple[Question, ...]) -> tuple[Question, ...]:
        """Several questions under the words of the one that they were, as a statement."""
        return (Statement(key=self.key("intro"), text=self.with_hint()), *parts)

    def with_hint(self) -> Text:
        if not self.hint or isinstance(self.text, str):
            return f"{self.text}\n\n{self.hint}" if self.hint else self.text
        return {
            language: "\n\n".join(filter(None, (words, say(self.hint, language))))
            for language, words in self.text.items()
        }

    def as_words(self, why: str) -> Brought:
        """The last resort: the question answered in words."""
        self.note(why)
        return Brought((ShortText(**self.head()),))

    def left_out(self, why: str) -> Brought:
        self.note(why)
        return NOTHING


def asking(transfer: Transfer, question: LimeQuestion) -> Asking:
    place = place_of(question, transfer.base)
    text, hint = transfer.text(question.text, place), transfer.text(question.help, place)
    if not text or is_blank(say(text, transfer.base)):
        text, hint = hint, ""
    if not text and question.kind != "X":
        transfer.note(place, "Has no words of its own. Write what it asks")
        text = question.code
    return Asking(transfer, question, place, text, hint, _is_required(transfer, question, place))


def _is_required(transfer: Transfer, question: LimeQuestion, place: Place) -> bool:
    if question.mandatory == "S":
        transfer.note(place, "People were reminded to answer it but could go on. It is optional")
    if question.mandatory == "Y" and _hides_rows(question):
        transfer.note(place, "It was required for the rows that were shown. It is optional now")
        return False
    return question.mandatory == "Y" and question.kind != "X"


def _hides_rows(question: LimeQuestion) -> bool:
    filters = question.setting("array_filter") or question.setting("array_filter_exclude")
    return bool(filters) or any(item.relevance not in ("", "1") for item in question.items)
