"""What every question of an XLSForm needs on its way: its words, its names and its limits."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from msgspec import Struct, field

from surveys.foreign.notebook import Notebook, Place
from surveys.foreign.variables import Shape, Variable
from surveys.imported import fitted_key
from surveys.questionnaire import Question, ShortText, Text, say
from surveys.typed import shortened
from surveys.xlsform.languages import Languages
from surveys.xlsform.limits import Limits, read_limits

Row = Mapping[str, Any]
_YES = frozenset({"yes", "true", "true()", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})


class Transfer(Struct):
    """One form on its way: `known` are the variables of the questions asked so far."""

    languages: Languages
    notebook: Notebook
    with_other: frozenset[str]
    keys: set[str] = field(default_factory=set)
    known: dict[str, Variable] = field(default_factory=dict)

    def text(self, label: Any, place: Place) -> Text:
        return self.languages.text(label, place, self.notebook)

    def line(self, label: Any, place: Place) -> Text:
        return self.languages.line(label, place, self.notebook)

    def key(self, name: str, place: Place) -> str:
        key = fitted_key(name, self.keys)
        self.keys.add(key)
        if key != name:
            self.notebook.renamed(place, f"Its name ‘{shortened(name, 80)}’ became the key ‘{key}’")
        return key


class Head(TypedDict):
    key: str
    text: Text
    hint: Text
    required: bool


class Brought(Struct, frozen=True):
    """The questions that a row became, and what of them can be tested."""

    questions: tuple[Question, ...] = ()
    variable: Variable | None = None


NOTHING = Brought()


class Asking(Struct, frozen=True):
    """`specified`: a text question that asks for the words of its “other” stands right after."""

    transfer: Transfer
    row: Row
    place: Place
    specified: bool = False

    @property
    def name(self) -> str:
        return str(self.row.get("name", ""))

    @property
    def choices(self) -> Sequence[Row]:
        found: Sequence[Row] = self.row.get("choices") or ()
        return found

    @property
    def offers_other(self) -> bool:
        return self.name in self.transfer.with_other

    @property
    def shuffled(self) -> bool:
        return str(_part(self.row, "parameters").get("randomize", "")).lower() == "true"

    def looks(self, *names: str) -> bool:
        return any(name in appearance(self.row).split() for name in names)

    def note(self, what: str) -> None:
        self.transfer.notebook.note(self.place, what)

    def renamed(self, what: str) -> None:
        self.transfer.notebook.renamed(self.place, what)

    def line(self, label: Any) -> Text:
        return self.transfer.line(label, self.place)

    def head(self) -> Head:
        """What every type of question is made with."""
        hint = self.transfer.text(self.row.get("hint"), self.place)
        text = self.transfer.text(self.row.get("label"), self.place)
        if not text:
            text, hint = (hint, "") if hint else (self.name, "")
            self.note("Has no words of its own. Write what it asks")
        return {
            "key": self.transfer.key(self.name, self.place),
            "text": text,
            "hint": hint,
            "required": self.required(),
        }

    def required(self) -> bool:
        given = bound(self.row, "required").strip().lower()
        if given not in _YES | _NO:
            self.note("It was required only sometimes. It is optional now")
        return given in _YES

    def limits(self, *, whole: bool = False) -> Limits:
        """What its constraint says; noted where that could not be said."""
        constraint = bound(self.row, "constraint").strip()
        if not constraint:
            return Limits()
        limits = read_limits(constraint, whole=whole)
        if limits.unsaid:
            rule = shortened(constraint, 100)
            self.note(f"Not all of its rule for answers could be kept: ‘{rule}’")
        elif self.row.get("bind", {}).get("jr:constraintMsg"):
            self.note("The message for a wrong answer is in Hearback’s own words")
        return limits


def appearance(row: Row) -> str:
    return str(_part(row, "control").get("appearance", ""))


def bound(row: Row, name: str) -> str:
    return str(_part(row, "bind").get(name, "") or "")


def _part(row: Row, name: str) -> Row:
    found = row.get(name)
    return found if isinstance(found, Mapping) else {}


def as_words(asking: Asking, head: Head) -> Brought:
    """A question whose choices are not in the file, answered in words."""
    asking.note("Its choices are not in the file. It is answered in words now")
    question = ShortText(**head)
    return Brought((question,), Variable(question.key, Shape.TEXT))


def place_of(row: Row, languages: Languages) -> Place:
    """A row by its name and its words."""
    name = str(row.get("name", ""))
    label = row.get("label")
    words = say(languages.line(label, Place(""), Notebook()), languages.all[0])
    shown = shortened(words, 60)
    return Place(f"‘{name}’ “{shown}”" if shown else f"‘{name}’", name)
