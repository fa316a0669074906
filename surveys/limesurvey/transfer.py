"""One survey on its way into a questionnaire: its languages, the names given, the notes made."""

from collections.abc import Callable, Container, Mapping

from msgspec import Struct, field

from surveys.foreign.markup import plain, without_expressions
from surveys.foreign.notebook import Notebook, Place
from surveys.imported import fitted_key
from surveys.limesurvey.survey import Item, LimeQuestion, Raw
from surveys.limesurvey.words import Word, word, worded
from surveys.questionnaire import RESERVED, Option, Text, say
from surveys.soundness import LONGEST_VALUE
from surveys.typed import on_one_line, shortened

Fill = Callable[[str, str, Place], str]
"""What puts words for the expressions in some HTML, given its language and place."""


class Transfer(Struct):
    """`measured` are the variables that conditions compare with numbers."""

    languages: tuple[str, ...]
    notebook: Notebook
    fill: Fill
    measured: frozenset[str] = frozenset()
    keys: set[str] = field(default_factory=set)

    @property
    def base(self) -> str:
        return self.languages[0]

    def note(self, place: Place, what: str) -> None:
        self.notebook.note(place, what)

    def key(self, name: str, place: Place) -> str:
        """A key for a question of this name, noted where it differs from the name."""
        key = fitted_key(name, self.keys)
        self.keys.add(key)
        if key != name:
            self.notebook.renamed(place, f"Its name ‘{shortened(name, 80)}’ became the key ‘{key}’")
        return key

    def part_key(self, name: str, place: Place) -> str:
        """A key for one of several questions that one became."""
        key = fitted_key(name, self.keys)
        self.keys.add(key)
        self.notebook.part(place, key)
        return key

    def text(self, raw: Raw, place: Place) -> Text:
        """Plain words in every language that has any, the base language first; `""` for none."""
        said = {code: self._plain(raw[code], code, place) for code in self.languages if code in raw}
        return self._in_languages({code: words for code, words in said.items() if words}, place)

    def line(self, raw: Raw, place: Place) -> Text:
        """As `text`, on one line."""
        return each_language(self.text(raw, place), on_one_line)

    def _plain(self, source: str, language: str, place: Place) -> str:
        read = plain(self.fill(source, language, place))
        if read.lost:
            self.note(place, f"Left out of its text: {', '.join(read.lost)}")
        return read.text

    def _in_languages(self, said: Mapping[str, str], place: Place) -> Text:
        if not said:
            return ""
        if self.base not in said:
            other = next(iter(said))
            self.note(place, f"Has no words in ‘{self.base}’, so those in ‘{other}’ stand there")
            said = {self.base: said[other], **said}
        return dict(said) if len(self.languages) > 1 else said[self.base]

    def word(self, name: Word) -> Text:
        return worded(name, self.languages)

    def with_comment(self, text: Text) -> Text:
        """“Broccoli – your comment”."""
        return joined_text(text, self.word("comment"), " – ")

    def page_title(self, number: int) -> Text:
        said = {code: f"{word('page', code)} {number}" for code in self.languages}
        return said if len(said) > 1 else said[self.base]

    def options(self, items: tuple[Item, ...], place: Place, *, most: int) -> "Options":
        """The items as options, with the value that each code became."""
        if len(items) > most:
            self.note(
                place, f"Only the first {most:,} of its {len(items):,} answers or rows were taken"
            )
        values: dict[str, str] = {}
        options: list[Option] = []
        for item in items[:most]:
            value = self._value(item.code, {each.value for each in options}, place)
            values.setdefault(item.code, value)
            options.append(Option(value, self.line(item.text, place) or item.code or value))
        return Options(tuple(options), values)

    def _value(self, code: str, taken: Container[str], place: Place) -> str:
        plain_code = on_one_line(code).replace(";", "_")[: LONGEST_VALUE - 10].strip() or "blank"
        value, number = plain_code, 1
        while value in taken or value in RESERVED:
            number += 1
            value = f"{plain_code}_{number}"
        if value != code:
            self.notebook.renamed(place, f"Its answer code ‘{code[:40]}’ became ‘{value}’")
        return value


class Options(Struct, frozen=True):
    options: tuple[Option, ...]
    values: Mapping[str, str]


def each_language(text: Text, change: Callable[[str], str]) -> Text:
    if isinstance(text, str):
        return change(text)
    return {language: change(words) for language, words in text.items()}


def joined_text(first: Text, second: Text, sign: str) -> Text:
    """The two with a sign between, in every language that the first is given in."""
    if not first or not second:
        return first or second
    if isinstance(first, str):
        return f"{first}{sign}{say(second, '')}"
    return {language: f"{words}{sign}{say(second, language)}" for language, words in first.items()}


def place_of(question: LimeQuestion, base: str) -> Place:
    """The question by its code and its words, expressions and markup left out."""
    source = question.text.get(base) or next(iter(question.text.values()), "")
    words = shortened(plain(without_expressions(source[:2_000])).text, 60)
    return Place(
        f"Question ‘{question.code}’ “{words}”" if words else f"Question ‘{question.code}’",
        question.code,
    )
